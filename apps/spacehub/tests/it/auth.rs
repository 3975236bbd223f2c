//! Signing in and out, and what a session is worth.

use http::Method;
use serde_json::json;

use crate::town::{PASSWORD, Town, nothing};

#[tokio::test]
async fn a_person_signs_in_looks_around_and_signs_out() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let body = json!({ "email": dulmaa.email.to_uppercase(), "password": PASSWORD });

    let reply = town.nobody().post("/api/auth/sign-in/email", body).await.is(200);
    let cookie = reply.headers["set-cookie"].to_str().expect("plain").to_owned();
    let token = reply.json()["token"].as_str().expect("a token").to_owned();
    let cookie = cookie.split(';').next().expect("a value").to_owned();

    assert!(cookie.starts_with("better-auth.session_token="), "{cookie}");
    let by_cookie = [("cookie", cookie.as_str())];
    let me = town.nobody().ask(Method::GET, "/v2/me", None, &by_cookie).await.is(200);
    me.shows("/role", "owner_director").shows("/owner/name", "Алтан Тауэр ХХК");
    let session = town.nobody().ask(Method::GET, "/api/auth/get-session", None, &by_cookie).await.is(200);
    session.shows("/session/token", token.clone()).shows("/user/email", dulmaa.email.clone());

    let own = [("cookie", cookie.as_str()), ("origin", "http://town.test")];
    let foreign = [("cookie", cookie.as_str()), ("origin", "http://evil.test")];
    town.nobody().ask(Method::POST, "/api/auth/sign-out", Some(nothing()), &foreign).await.is(403);
    town.nobody().ask(Method::POST, "/api/auth/sign-out", Some(nothing()), &own).await.is(200);
    town.nobody().ask(Method::GET, "/v2/me", None, &by_cookie).await.refuses(401, "UNAUTHORIZED");
    let gone = town.nobody().ask(Method::GET, "/api/auth/get-session", None, &by_cookie).await.is(200);
    assert_eq!(gone.text(), "null");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_are_told_alike() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let sign_in = async |email: &str, password: &str| {
        town.nobody().post("/api/auth/sign-in/email", json!({ "email": email, "password": password })).await
    };

    let wrong = sign_in(&dulmaa.email, "not it").await.is(401);
    let unknown = sign_in("nobody@town.test", "not it").await.is(401);

    assert_eq!(wrong.text(), unknown.text());
    wrong.shows("/code", "INVALID_EMAIL_OR_PASSWORD");
    sign_in("no address", "x").await.is(400).shows("/code", "VALIDATION_ERROR");
}

#[tokio::test]
async fn a_token_is_nowhere_in_the_database() {
    let town = Town::new().await;
    let dulmaa = town.director().await;

    let rows = town.sql("select s::text as row from sessions s").await;

    let token = dulmaa.token.clone().expect("signed in");
    assert!(rows.iter().all(|row| !row.get::<_, String>("row").contains(&token)));
}

#[tokio::test]
async fn nobody_and_the_neighbour_see_nothing_of_an_owner() {
    let town = Town::new().await;
    let (dulmaa, saraa) = (town.director().await, town.neighbour().await);
    let altan = format!("/v2/property-owners/{}", town.altan);

    dulmaa.get(&altan).await.is(200).shows("/registerNo", "5112345");
    saraa.get(&altan).await.refuses(404, "NOT_FOUND");
    saraa
        .get("/v2/property-owners")
        .await
        .is(200)
        .shows("/items/0/registerNo", "6223456")
        .shows("/nextCursor", json!(null));
    saraa.patch(&altan, json!({ "version": 1, "name": "Миний" })).await.refuses(404, "NOT_FOUND");
    town.nobody().get(&altan).await.refuses(401, "UNAUTHORIZED");
    dulmaa.get("/v2/property-owners/not-an-id").await.refuses(404, "NOT_FOUND");
}

#[tokio::test]
async fn an_owner_is_changed_by_its_director_with_the_version_that_was_read() {
    let town = Town::new().await;
    let (dulmaa, nara) = (town.director().await, town.accountant().await);
    let altan = format!("/v2/property-owners/{}", town.altan);

    dulmaa.patch(&altan, json!({ "version": 1, "billingDay": 5 })).await.is(200).shows("/billingDay", 5);

    let stale = dulmaa.patch(&altan, json!({ "version": 1, "billingDay": 6 })).await.refuses(409, "CONFLICT");
    assert_eq!(stale["details"]["reason"], "VERSION");
    nara.patch(&altan, json!({ "version": 2, "billingDay": 6 })).await.refuses(403, "FORBIDDEN");
    let wrong = dulmaa.patch(&altan, json!({ "version": 2, "billingDay": 31, "ownerId": "x" })).await;
    assert!(wrong.refuses(400, "VALIDATION_ERROR")["details"]["fields"]["ownerId"].is_array());
    let wrong = dulmaa.patch(&altan, json!({ "version": 2, "billingDay": 31 })).await;
    assert!(wrong.refuses(400, "VALIDATION_ERROR")["details"]["fields"]["billingDay"].is_array());
}

#[tokio::test]
async fn a_device_is_registered_once_however_often_it_says_so() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let body = json!({ "fcm_token": "abc", "platform": "android" });

    let first = dulmaa.post("/v2/devices", body.clone()).await.is(201);
    let second = dulmaa.post("/v2/devices", body).await.is(201);

    assert_eq!(first.id(), second.id());
    let wrong = dulmaa.post("/v2/devices", json!({ "fcm_token": "", "platform": "nokia" })).await;
    assert!(wrong.refuses(400, "VALIDATION_ERROR")["details"]["fields"]["platform"].is_array());
}

#[tokio::test]
async fn platform_staff_see_every_owner_and_no_owner_s_rows_until_they_choose_one() {
    let town = Town::new().await;
    let staff = town.admin().await;

    let owners = staff.get("/v2/property-owners").await.is(200).json();
    let contracts = staff.get("/v2/contracts").await.is(200).json();

    assert_eq!(owners["items"].as_array().map(Vec::len), Some(2));
    assert_eq!(contracts["items"], json!([]));
}
