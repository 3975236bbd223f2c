//! What every door of /api/auth does first, and what a session is worth: origins, forms of bodies, redirect targets,
//! cookies, how long and how many.

use base::Clock;
use billing::Providers;
use http::Method;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::town::{PASSWORD, Reply, Town, nothing};

const SIGN_IN: &str = "/api/auth/sign-in/email";

#[tokio::test]
async fn a_browser_is_heard_from_our_own_pages_only() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let body = json!({ "email": dulmaa.email, "password": PASSWORD });
    let said = async |headers: &[(&str, &str)]| {
        let reply = town.nobody().ask(Method::POST, SIGN_IN, Some(body.clone()), headers).await;
        (reply.status.as_u16(), reply.json()["code"].as_str().unwrap_or_default().to_owned())
    };
    let refusal = |code: &str| (403, code.to_owned());
    let own = ("origin", "http://town.test");

    assert_eq!(said(&[]).await.0, 200);
    assert_eq!(said(&[("cookie", "a=b"), own]).await.0, 200);
    assert_eq!(said(&[("cookie", "a=b"), ("referer", "http://town.test/sign-in")]).await.0, 200);
    assert_eq!(said(&[("sec-fetch-mode", "cors"), own]).await.0, 200);
    assert_eq!(said(&[("cookie", "a=b")]).await, refusal("MISSING_OR_NULL_ORIGIN"));
    assert_eq!(said(&[("cookie", "a=b"), ("origin", "null")]).await, refusal("MISSING_OR_NULL_ORIGIN"));
    assert_eq!(said(&[("sec-fetch-mode", "cors")]).await, refusal("MISSING_OR_NULL_ORIGIN"));
    for foreign in ["http://evil.test", "https://town.test", "http://town.test.evil.test", "http://a.town.test"] {
        assert_eq!(said(&[("cookie", "a=b"), ("origin", foreign)]).await, refusal("INVALID_ORIGIN"), "{foreign}");
    }
    let navigation = [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), own];
    assert_eq!(said(&navigation).await, refusal("CROSS_SITE_NAVIGATION_LOGIN_BLOCKED"));

    let form = Some(("application/x-www-form-urlencoded", b"email=a&password=b".to_vec()));
    let reply = town.nobody().send(Method::POST, SIGN_IN, form.clone(), &[]).await.is(403);
    reply.shows("/code", "MISSING_OR_NULL_ORIGIN");
    let reply = town.nobody().send(Method::POST, SIGN_IN, form, &[own]).await.is(415);
    reply.shows("/code", "UNSUPPORTED_MEDIA_TYPE");
}

#[tokio::test]
async fn what_was_sent_is_judged_field_by_field_in_the_clients_own_form() {
    let town = Town::new().await;
    let send = async |body: &str| {
        let body = Some(("application/json", body.as_bytes().to_vec()));
        let json = town.nobody().send(Method::POST, SIGN_IN, body, &[]).await.json();
        (json["code"].as_str().expect("a code").to_owned(), json["message"].as_str().expect("a message").to_owned())
    };

    let (code, message) = send(r#"{"password":"x"}"#).await;
    assert!(code == "VALIDATION_ERROR" && message.starts_with("[body.email] "), "{code} {message}");
    let (code, message) = send(r#"{"email":5,"password":"x"}"#).await;
    assert!(code == "VALIDATION_ERROR" && message.starts_with("[body.email] "), "{code} {message}");
    assert_eq!(send(r#"{"email":"#).await.0, "BAD_REQUEST");
    for target in ["//evil.test", "http://evil.test/x", "/\\evil.test", "javascript:alert(1)"] {
        let body = json!({ "email": "a@town.test", "password": "x", "callbackURL": target }).to_string();
        assert_eq!(send(&body).await.0, "INVALID_CALLBACK_URL", "{target}");
    }
}

#[tokio::test]
async fn where_there_is_no_door_there_is_no_word_either() {
    let town = Town::new().await;

    for (method, path) in [(Method::GET, "/api/auth/no/such"), (Method::GET, SIGN_IN), (Method::PUT, SIGN_IN)] {
        let reply = town.nobody().ask(method, path, None, &[]).await.is(404);
        assert!(reply.bytes.is_empty(), "{}", reply.text());
    }
    let reply = town.nobody().post("/api/auth/get-session", nothing()).await.is(405);
    reply.shows("/code", "METHOD_NOT_ALLOWED_DEFER_SESSION_REQUIRED");
}

#[tokio::test]
async fn behind_https_the_cookie_is_this_hosts_alone() {
    let ten = "2026-10-10T02:00:00Z".parse().expect("a moment");
    let nobody = Providers::sandbox("http://127.0.0.1:9").expect("an address");
    let town = Town::at("https://town.test", Clock::held(ten), nobody).await;
    let dulmaa = town.director().await;

    let reply = sign_in(&town, &dulmaa.email, json!(true)).await;
    let cookie = cookies(&reply).remove(0);

    assert!(cookie.starts_with("__Host-better-auth.session_token="), "{cookie}");
    assert!(cookie.ends_with("; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax; Secure"), "{cookie}");
    let pair = cookie.split(';').next().expect("a value").to_owned();
    let asks = async |cookie: &str| town.nobody().ask(Method::GET, "/v2/me", None, &[("cookie", cookie)]).await.status;
    assert_eq!(asks(&pair).await, 200);
    assert_eq!(asks(pair.trim_start_matches("__Host-")).await, 401, "a neighbouring host can set that one");
}

#[tokio::test]
async fn a_session_that_is_not_remembered_ends_with_the_browser() {
    let town = Town::new().await;
    let dulmaa = town.director().await;

    let reply = sign_in(&town, &dulmaa.email, json!(false)).await;

    let cookies = cookies(&reply);
    assert!(cookies.iter().all(|cookie| !cookie.contains("Max-Age")), "{cookies:?}");
    assert!(cookies[1].starts_with("better-auth.dont_remember=true."), "{cookies:?}");
    let token = reply.json()["token"].as_str().expect("a token").to_owned();
    let later = town.holder_of(token);
    town.passes(SignedDuration::from_hours(23));
    later.get("/v2/me").await.is(200);
    town.passes(SignedDuration::from_hours(1));
    later.get("/v2/me").await.refuses(401, "UNAUTHORIZED");
}

#[tokio::test]
async fn a_session_lives_seven_days_from_its_last_use_and_ninety_in_all() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let idle = town.accountant().await;
    let cookie = async || dulmaa.get("/api/auth/get-session").await.is(200).headers.contains_key("set-cookie");

    assert!(!cookie().await, "used within the day");
    let mut days = 0;
    while days < 90 {
        town.passes(SignedDuration::from_hours(6 * 24));
        days += 6;
        let alive = dulmaa.get("/api/auth/get-session").await.is(200).text() != "null";
        assert_eq!(alive, days < 90, "on day {days}");
    }
    assert_eq!(idle.get("/api/auth/get-session").await.is(200).text(), "null");
    dulmaa.get("/v2/me").await.refuses(401, "UNAUTHORIZED");
}

#[tokio::test]
async fn the_sixth_device_ends_the_oldest_and_its_holder_is_told() {
    let town = Town::new().await;
    let dulmaa = town.director().await; // the first
    let mut devices = vec![dulmaa.token.clone().expect("signed in")];
    for _ in 0..5 {
        town.passes(SignedDuration::from_mins(1));
        let reply = sign_in(&town, &dulmaa.email, json!(true)).await;
        devices.push(reply.json()["token"].as_str().expect("a token").to_owned());
    }

    let mut alive = Vec::new();
    for token in &devices {
        let device = town.holder_of(token.as_str());
        alive.push(device.get("/v2/me").await.status == 200);
    }

    assert_eq!(alive, [false, true, true, true, true, true]);
    let letters = town.sql("select payload, owner_id from outbox where kind = 'account.letter'").await;
    let letters: Vec<Value> = letters.iter().map(|row| row.get("payload")).collect();
    assert_eq!(letters.len(), 1, "{letters:?}");
    assert_eq!(letters[0]["letter"]["about"], "session_displaced");
    let audits = "select count(*) from audit_log where action = 'session.displace' and owner_id is not null
                     and user_id is not null";
    assert_eq!(town.count(audits).await, 1);
}

async fn sign_in(town: &Town, email: &str, remember: Value) -> Reply {
    let body = json!({ "email": email, "password": PASSWORD, "rememberMe": remember });
    town.nobody().post(SIGN_IN, body).await.is(200)
}

/// The whole lines of `Set-Cookie`.
fn cookies(reply: &Reply) -> Vec<String> {
    reply.headers.get_all("set-cookie").iter().map(|v| v.to_str().expect("plain").to_owned()).collect()
}
