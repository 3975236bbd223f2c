//! Forgotten passwords over a pretended API: the answers are the same for everybody.

use axum::{Json, routing::post};
use serde_json::json;

use super::*;
use crate::api::tests::{PUBLIC, Pages};

fn pages() -> Pages {
    let done = || post(async || Json(json!({ "status": true })));
    let reset = post(async |Json(sent): Json<serde_json::Value>| match sent["token"].as_str() {
        Some("good") => Json(json!({ "status": true })).into_response(),
        _ => {
            let no = json!({ "code": "INVALID_TOKEN", "message": "Invalid token" });
            (StatusCode::BAD_REQUEST, Json(no)).into_response()
        }
    });
    Pages::over(
        Router::new()
            .route("/api/auth/request-password-reset", done())
            .route("/api/auth/phone-number/request-password-reset", done())
            .route("/api/auth/phone-number/reset-password", done())
            .route("/api/auth/reset-password", reset),
    )
}

#[tokio::test]
async fn an_address_gets_a_letter_and_a_telephone_a_code() {
    let pages = pages();
    let reply = pages.post(HERE, &[("to", " nomin@altan.example ")]).await;
    assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, SENT));
    let asked = pages.asked("/api/auth/request-password-reset")[0].json();
    assert_eq!((&asked["email"], &asked["redirectTo"]), (&"nomin@altan.example".into(), &"/reset-password".into()));

    let reply = pages.post(HERE, &[("to", "9911 0001")]).await;
    assert_eq!(reply.location(), by_phone::HERE);
    let waiting = reply.headers["set-cookie"].to_str().expect("ASCII").split(';').next().expect("a pair").to_owned();
    let set = http::Request::post(by_phone::HERE)
        .header("origin", PUBLIC)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("cookie", waiting);
    let reply = pages.send(set, "code=123456&password=long+enough").await;
    assert_eq!(reply.location(), "/sign-in");
    let sent = pages.asked("/api/auth/phone-number/reset-password")[0].json();
    assert_eq!(sent, json!({ "phoneNumber": "+97699110001", "otp": "123456", "newPassword": "long enough" }));

    let reply = pages.post(HERE, &[("to", "номин")]).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    reply.shows("И-мэйл хаяг эсвэл 8 оронтой утасны дугаар");
}

#[tokio::test]
async fn the_link_lets_one_set_a_password_once() {
    let pages = pages();
    pages.get("/reset-password?token=good").await.shows(r#"name="token" value="good""#);
    pages.get("/reset-password?error=INVALID_TOKEN").await.shows("Шинэ холбоос авах");
    let set = |token: &'static str, password: &'static str| {
        let pages = &pages;
        async move { pages.post("/reset-password", &[("token", token), ("password", password)]).await }
    };
    set("good", "short").await.shows("8-аас доошгүй");
    assert_eq!(set("good", "long enough").await.location(), "/sign-in");
    let reply = set("old", "long enough").await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    reply.shows("Шинэ холбоос авах");
}
