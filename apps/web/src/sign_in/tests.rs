//! Signing in and out over a pretended API.

use axum::{Json, http::HeaderValue};
use serde_json::json;

use super::*;
use crate::api::tests::Pages;

const GOOD: &str = "better-auth.session_token=new; Path=/; HttpOnly; SameSite=Lax";

async fn door(Json(sent): Json<serde_json::Value>) -> Response {
    match (sent["email"].as_str(), sent["password"].as_str()) {
        (Some("busy@altan.example"), _) => {
            (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "10")], Json(json!({ "message": "Too many" })))
                .into_response()
        }
        (_, Some("spacehub-demo")) => ([("set-cookie", GOOD)], Json(json!({}))).into_response(),
        _ => {
            let no = json!({ "code": "INVALID_EMAIL_OR_PASSWORD", "message": "Invalid email or password" });
            (StatusCode::UNAUTHORIZED, Json(no)).into_response()
        }
    }
}

fn pages() -> Pages {
    Pages::over(
        Router::new()
            .route("/api/auth/sign-in/email", post(door))
            .route("/api/auth/sign-out", post(async || ([("set-cookie", "gone")], Json(json!({}))))),
    )
}

async fn signs_in(email: &str, password: &str, next: &str) -> crate::api::tests::Reply {
    pages().post("/sign-in", &[("email", email), ("password", password), ("next", next)]).await
}

#[tokio::test]
async fn the_cookie_is_handed_on_and_the_page_asked_for_comes() {
    let reply = signs_in(" a@altan.example ", "spacehub-demo", "/invoices?open=true").await;
    assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, "/invoices?open=true"));
    assert_eq!(reply.headers["set-cookie"], GOOD);
}

#[tokio::test]
async fn nobody_is_led_to_another_site() {
    for next in ["//evil.example", "https://evil.example/", "/\\evil.example", ""] {
        assert_eq!(signs_in("a@altan.example", "spacehub-demo", next).await.location(), "/", "{next}");
    }
    let reply = pages().get("/sign-in?next=%2F%2Fevil.example").await;
    reply.shows(r#"name="next" value="""#);
}

#[tokio::test]
async fn a_wrong_password_is_said_beside_the_field() {
    let reply = signs_in("a@altan.example", "wrong-one", "/months").await;
    assert_eq!(reply.status, StatusCode::UNAUTHORIZED);
    reply.shows(r#"id="password-remark""#).shows("И-мэйл эсвэл нууц үг буруу байна.");
    reply.shows(r#"value="a@altan.example""#).shows(r#"name="next" value="/months""#);
    assert!(!reply.page.contains("wrong-one") && !reply.headers.contains_key("set-cookie"));
}

#[tokio::test]
async fn too_many_tries_are_told_to_wait() {
    let reply = signs_in("busy@altan.example", "x", "").await;
    assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
    reply.shows("10 секунд");
}

#[tokio::test]
async fn signing_out_clears_the_cookies() {
    let reply = pages().post("/sign-out", &[]).await;
    assert_eq!((reply.location(), &reply.headers["set-cookie"]), ("/sign-in", &HeaderValue::from_static("gone")));
}
