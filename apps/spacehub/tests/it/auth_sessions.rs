//! Sessions as their holder sees them: listed, ended one by one or together, and nobody else's touched.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::town::{PASSWORD, Town, nothing};

const LIST: &str = "/api/auth/list-sessions";

#[tokio::test]
async fn a_person_sees_their_sessions_and_ends_them() {
    let town = Town::new().await;
    let (dulmaa, saraa) = (town.director().await, town.neighbour().await);
    let [phone, tablet, desk] =
        [sign_in(&town, &dulmaa.email).await, sign_in(&town, &dulmaa.email).await, sign_in(&town, &dulmaa.email).await];
    let here = town.holder_of(desk.as_str());

    let listed = here.get(LIST).await.is(200).json();
    let listed = listed.as_array().expect("a list").clone();
    assert_eq!(listed.len(), 4);
    assert_eq!(listed[0]["token"], json!(desk), "its own");
    assert!(listed[1..].iter().all(|s| s["token"] == s["id"]), "no other token is told: {listed:?}");
    assert!(listed.iter().all(|s| ![&phone, &tablet].iter().any(|token| s["token"] == json!(token))));
    let handle = listed[1]["token"].as_str().expect("a handle").to_owned();
    town.holder_of(handle.as_str()).get("/v2/me").await.refuses(401, "UNAUTHORIZED");

    let revoke = async |token: &str| here.post("/api/auth/revoke-session", json!({ "token": token })).await.is(200);
    revoke(&handle).await;
    town.holder_of(tablet.as_str()).get("/v2/me").await.refuses(401, "UNAUTHORIZED");
    revoke(&phone).await;
    town.holder_of(phone.as_str()).get("/v2/me").await.refuses(401, "UNAUTHORIZED");
    // Another's, and none at all, are answered alike and left alone.
    let saraas = saraa.get(LIST).await.is(200).json()[0]["id"].as_str().expect("an id").to_owned();
    for foreign in [saraas.as_str(), saraa.token.as_deref().expect("signed in"), "nothing"] {
        assert_eq!(revoke(foreign).await.json(), json!({ "status": true }));
    }
    saraa.get("/v2/me").await.is(200);

    here.post("/api/auth/revoke-other-sessions", nothing()).await.is(200);
    dulmaa.get("/v2/me").await.refuses(401, "UNAUTHORIZED");
    here.get("/v2/me").await.is(200);
    let reply = here.post("/api/auth/revoke-sessions", nothing()).await.is(200);
    assert_eq!(reply.headers.get_all("set-cookie").iter().count(), 3);
    here.get("/v2/me").await.refuses(401, "UNAUTHORIZED");
    saraa.get("/v2/me").await.is(200);
}

#[tokio::test]
async fn a_session_of_yesterday_must_sign_in_again_to_see_the_others() {
    let town = Town::new().await;
    let dulmaa = town.director().await;

    town.passes(SignedDuration::from_hours(24));

    dulmaa.get("/v2/me").await.is(200);
    dulmaa.get(LIST).await.is(403).shows("/code", "SESSION_NOT_FRESH");
    town.nobody().get(LIST).await.is(401).shows("/code", "UNAUTHORIZED");
    town.nobody().post("/api/auth/revoke-sessions", nothing()).await.is(401);
}

#[tokio::test]
async fn a_person_changes_name_picture_and_language_and_nothing_else() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let update = async |body: Value| dulmaa.post("/api/auth/update-user", body).await;

    let reply = update(json!({ "name": " Б. Дулмаа-Эрдэнэ ", "image": "https://a.mn/x.png", "locale": "en" })).await;
    let reply = reply.is(200).shows("/status", true);
    assert!(reply.headers.contains_key("set-auth-token"), "the cookie is sent again");
    let seen = dulmaa.get("/api/auth/get-session").await.is(200);
    seen.shows("/user/name", "Б. Дулмаа-Эрдэнэ").shows("/user/image", "https://a.mn/x.png");
    dulmaa.get("/v2/me").await.is(200).shows("/locale", "en").shows("/name", "Б. Дулмаа-Эрдэнэ");
    update(json!({ "image": null })).await.is(200);
    dulmaa.get("/api/auth/get-session").await.is(200).shows("/user/image", Value::Null);

    for (body, code) in [
        (json!({ "email": "x@y.mn" }), "EMAIL_CAN_NOT_BE_UPDATED"),
        (json!({ "phoneNumber": "+97699110001" }), "PHONE_NUMBER_CANNOT_BE_UPDATED"),
        (json!({}), "NO_FIELDS_TO_UPDATE"),
        (json!({ "role": "admin" }), "VALIDATION_ERROR"),
        (json!({ "name": "a", "emailVerified": true }), "VALIDATION_ERROR"),
        (json!({ "locale": "de" }), "VALIDATION_ERROR"),
    ] {
        update(body).await.is(400).shows("/code", code);
    }
    dulmaa.get("/v2/me").await.is(200).shows("/role", "owner_director");
}

#[tokio::test]
async fn the_ways_in_are_listed_without_their_secrets() {
    let town = Town::new().await;
    let dulmaa = town.director().await;

    let reply = dulmaa.get("/api/auth/list-accounts").await.is(200);

    let reply = reply.shows("/0/providerId", "credential").shows("/0/scopes", json!([]));
    assert!(!reply.text().contains("argon2"), "{}", reply.text());
    town.nobody().get("/api/auth/list-accounts").await.is(401);
    town.nobody().get("/api/auth/ok").await.is(200).shows("/ok", true);
}

async fn sign_in(town: &Town, email: &str) -> String {
    town.passes(SignedDuration::from_mins(1));
    let body = json!({ "email": email, "password": PASSWORD });
    let reply = town.nobody().post("/api/auth/sign-in/email", body).await.is(200);
    reply.json()["token"].as_str().expect("a token").to_owned()
}
