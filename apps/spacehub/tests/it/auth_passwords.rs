//! Passwords: changed, forgotten, made anew; whatever was open on the old one ends at once.

use http::Method;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::town::{Outside, PASSWORD, Reply, Town};

const NEW: &str = "a new password of the town";
const CHANGE: &str = "/api/auth/change-password";

#[tokio::test]
async fn a_changed_password_ends_every_other_session_at_once() {
    let (town, outside) = Town::with_outside().await;
    let dulmaa = town.director().await;
    let other = town.holder_of(token_of(&sign_in(&town, &dulmaa.email, PASSWORD).await.is(200)));
    let nara = town.accountant().await;
    let change = |current: &str, new: &str| json!({ "currentPassword": current, "newPassword": new });

    dulmaa.post(CHANGE, change("not it", NEW)).await.is(400).shows("/code", "INVALID_PASSWORD");
    dulmaa.post(CHANGE, change(PASSWORD, "short")).await.is(400).shows("/code", "PASSWORD_TOO_SHORT");
    town.nobody().post(CHANGE, change(PASSWORD, NEW)).await.is(401).shows("/code", "UNAUTHORIZED");
    other.get("/v2/me").await.is(200);
    dulmaa.post(CHANGE, change(PASSWORD, NEW)).await.is(200).shows("/token", Value::Null);

    other.get("/v2/me").await.refuses(401, "UNAUTHORIZED");
    dulmaa.get("/v2/me").await.is(200);
    nara.get("/v2/me").await.is(200);
    sign_in(&town, &dulmaa.email, PASSWORD).await.is(401);
    sign_in(&town, &dulmaa.email, NEW).await.is(200);
    town.keep_promises().await;
    assert!(outside.letter_to(&dulmaa.email).subject.contains("Нууц үг"));
    town.keeps_its_word().await;
}

#[tokio::test]
async fn with_the_others_this_session_can_be_replaced_too() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let body = json!({ "currentPassword": PASSWORD, "newPassword": NEW, "revokeOtherSessions": true });

    let reply = dulmaa.post(CHANGE, body).await.is(200);

    let token = token_of(&reply);
    assert!(reply.headers["set-cookie"].to_str().expect("plain").contains(&token));
    assert!(reply.headers["set-auth-token"].to_str().expect("plain").starts_with(&token));
    dulmaa.get("/v2/me").await.refuses(401, "UNAUTHORIZED");
    town.holder_of(token).get("/v2/me").await.is(200);
    assert_eq!(town.count("select count(*) from sessions").await, 1);
}

#[tokio::test]
async fn a_forgotten_password_is_made_anew_once_and_within_the_hour() {
    let (town, outside) = Town::with_outside().await;
    let dulmaa = town.director().await;

    let late = ask(&town, &outside, &dulmaa.email).await;
    let token = follow(&town, &late).await.expect("is good");
    town.passes(SignedDuration::from_hours(1));
    follow(&town, &late).await.expect_err("an hour is over");
    reset(&town, &token, NEW).await.is(400).shows("/code", "INVALID_TOKEN");

    let link = ask(&town, &outside, &dulmaa.email).await;
    let token = follow(&town, &link).await.expect("is good");
    reset(&town, &token, "short").await.is(400).shows("/code", "PASSWORD_TOO_SHORT");
    dulmaa.get("/v2/me").await.is(200);
    reset(&town, &token, NEW).await.is(200).shows("/status", true);

    dulmaa.get("/v2/me").await.refuses(401, "UNAUTHORIZED");
    reset(&town, &token, "a third password").await.is(400).shows("/code", "INVALID_TOKEN");
    follow(&town, &link).await.expect_err("works once");
    sign_in(&town, &dulmaa.email, PASSWORD).await.is(401);
    sign_in(&town, &dulmaa.email, NEW).await.is(200);
    town.keep_promises().await;
    town.keeps_its_word().await;
}

#[tokio::test]
async fn the_token_of_a_reset_is_in_the_letter_and_nowhere_else() {
    let (town, outside) = Town::with_outside().await;
    let dulmaa = town.director().await;

    let token = follow(&town, &ask(&town, &outside, &dulmaa.email).await).await.expect("is good");

    assert!(outside.letter_to(&dulmaa.email).text.contains(&token));
    let rows = "select string_agg(r::text, ' ') from (select p::text as r from password_resets p
                 union all select o::text from outbox o union all select a::text from audit_log a) all_rows";
    let kept: String = town.sql(rows).await[0].get(0);
    assert!(kept.contains("reset_password") && !kept.contains(&token), "{kept}");
}

#[tokio::test]
async fn nobody_is_written_to_whom_nobody_knows_and_the_known_not_without_end() {
    let (town, outside) = Town::with_outside().await;
    let dulmaa = town.director().await;
    for _ in 0..8 {
        for email in ["nobody@town.test", &dulmaa.email] {
            request(&town, email).await;
        }
    }
    town.keep_promises().await;

    assert!(outside.sandbox.mail.letters_to("nobody@town.test").is_empty());
    assert_eq!(outside.sandbox.mail.letters_to(&dulmaa.email).len(), 5);
    let away = json!({ "email": dulmaa.email, "redirectTo": "https://evil.test" });
    let away = town.nobody().post("/api/auth/request-password-reset", away).await;
    away.is(403).shows("/code", "INVALID_REDIRECT_URL");
    town.keeps_its_word().await;
}

#[tokio::test]
async fn whoever_was_disabled_is_out_at_once_and_gets_no_way_back() {
    let (town, outside) = Town::with_outside().await;
    let dulmaa = town.director().await;
    let link = ask(&town, &outside, &dulmaa.email).await;
    let token = follow(&town, &link).await.expect("is good");

    town.sql_batch(&format!("update users set disabled_at = now() where email = '{}'", dulmaa.email)).await;

    dulmaa.get("/v2/me").await.refuses(401, "UNAUTHORIZED");
    assert_eq!(dulmaa.get("/api/auth/get-session").await.is(200).text(), "null");
    sign_in(&town, &dulmaa.email, PASSWORD).await.is(401);
    reset(&town, &token, NEW).await.is(400).shows("/code", "INVALID_TOKEN");
}

async fn request(town: &Town, email: &str) {
    town.passes(SignedDuration::from_secs(30));
    let body = json!({ "email": email, "redirectTo": "/new-password" });
    town.nobody().post("/api/auth/request-password-reset", body).await.is(200).shows("/status", true);
}

/// Asks for a link and gives what stands in the letter.
async fn ask(town: &Town, outside: &Outside, email: &str) -> String {
    request(town, email).await;
    town.keep_promises().await;
    outside.link_to(email)
}

/// Where the link leads: the token, or the error.
async fn follow(town: &Town, link: &str) -> Result<String, String> {
    let reply = town.nobody().ask(Method::GET, link, None, &[]).await.is(302);
    let to = reply.headers["location"].to_str().expect("plain").to_owned();
    match to.strip_prefix("/new-password?token=") {
        Some(token) => Ok(token.to_owned()),
        None => Err(to),
    }
}

async fn reset(town: &Town, token: &str, password: &str) -> Reply {
    town.passes(SignedDuration::from_secs(20));
    town.nobody().post("/api/auth/reset-password", json!({ "newPassword": password, "token": token })).await
}

async fn sign_in(town: &Town, email: &str, password: &str) -> Reply {
    town.passes(SignedDuration::from_secs(20));
    town.nobody().post("/api/auth/sign-in/email", json!({ "email": email, "password": password })).await
}

fn token_of(reply: &Reply) -> String {
    reply.json()["token"].as_str().expect("a token").to_owned()
}
