//! The account over a pretended API.

use axum::{
    Json, Router,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use http::StatusCode;
use serde_json::{Value, json};

use crate::api::tests::{PUBLIC, Pages};

const AT: &str = "2026-11-20T08:00:00Z";

fn session(two_factor: bool) -> Value {
    json!({
        "session": { "id": "mine", "token": "secret-token-1", "createdAt": AT, "updatedAt": AT },
        "user": {
            "name": "Б. Номин", "email": "0193@phone.invalid", "emailVerified": false, "phoneNumber": "+97699112233",
            "twoFactorEnabled": two_factor,
        },
    })
}

fn refused(code: &str, status: StatusCode) -> Response {
    (status, Json(json!({ "code": code, "message": "no" }))).into_response()
}

fn done() -> axum::routing::MethodRouter {
    post(async || Json(json!({ "status": true })))
}

fn pages(two_factor: bool) -> Pages {
    let sessions = json!([
        { "id": "other", "token": "secret-token-2", "createdAt": AT, "updatedAt": "2026-11-21T08:00:00Z",
          "ipAddress": "202.131.4.17", "userAgent": "Mozilla/5.0 (iPhone; CPU) Version/18.1 Mobile Safari/604.1" },
        { "id": "mine", "token": "secret-token-1", "createdAt": AT, "updatedAt": AT },
    ]);
    let password = post(async |Json(sent): Json<Value>| match sent["currentPassword"].as_str() {
        Some("old one") => ([("set-cookie", "session=new")], Json(json!({ "token": "t" }))).into_response(),
        _ => refused("INVALID_PASSWORD", StatusCode::BAD_REQUEST),
    });
    let enable = post(async |Json(sent): Json<Value>| match sent["password"].as_str() {
        Some("old one") => Json(json!({
            "method": "totp", "totpURI": "otpauth://totp/Spacehub:a?secret=ABCDEFGH&issuer=Spacehub",
            "backupCodes": ["aaaaa-bbbbb", "ccccc-ddddd"],
        }))
        .into_response(),
        _ => refused("INVALID_PASSWORD", StatusCode::BAD_REQUEST),
    });
    let verify = post(async |Json(sent): Json<Value>| match sent["code"].as_str() {
        Some("123456") => ([("set-cookie", "session=new")], Json(json!({ "token": "t" }))).into_response(),
        _ => refused("INVALID_CODE", StatusCode::UNAUTHORIZED),
    });
    Pages::over(
        Router::new()
            .route("/api/auth/get-session", get(async move || Json(session(two_factor))))
            .route("/api/auth/list-sessions", get(async move || Json(sessions)))
            .route("/api/auth/revoke-session", done())
            .route("/api/auth/revoke-other-sessions", done())
            .route("/api/auth/update-user", done())
            .route("/api/auth/change-email", done())
            .route("/api/auth/phone-number/send-otp", done())
            .route("/api/auth/phone-number/verify", done())
            .route("/api/auth/change-password", password)
            .route("/api/auth/two-factor/enable", enable)
            .route("/api/auth/two-factor/verify-totp", verify),
    )
}

#[tokio::test]
async fn devices_are_listed_without_what_they_sign_in_with() {
    let pages = pages(false);
    let reply = pages.get("/account/sessions").await;
    reply.shows("Safari · iPhone").shows("202.131.4.17").shows("Энэ төхөөрөмж").shows("Танигдаагүй төхөөрөмж");
    assert!(!reply.page.contains("secret-token"), "a token stands in no page");
    assert_eq!(reply.page.matches("name=\"id\"").count(), 1, "the one in hand is not offered to be ended");

    assert_eq!(pages.post("/account/sessions/end", &[("id", "other")]).await.location(), "/account/sessions");
    assert_eq!(pages.asked("/api/auth/revoke-session")[0].json()["token"], "secret-token-2");
    pages.post("/account/sessions/end", &[("id", "somebody-elses")]).await;
    assert_eq!(pages.asked("/api/auth/revoke-session").len(), 1, "only one's own are ended");
    pages.post("/account/sessions/end-others", &[]).await;
    assert_eq!(pages.asked("/api/auth/revoke-other-sessions").len(), 1);
}

#[tokio::test]
async fn an_old_session_has_to_sign_in_again_to_see_them() {
    let stale = get(async || refused("SESSION_NOT_FRESH", StatusCode::FORBIDDEN));
    let api = Router::new()
        .route("/api/auth/get-session", get(async || Json(session(false))))
        .route("/api/auth/list-sessions", stale);
    Pages::over(api).get("/account/sessions").await.shows("href=\"/sign-in?next=%2Faccount%2Fsessions\"");
}

#[tokio::test]
async fn a_new_password_needs_the_present_one() {
    let pages = pages(false);
    let change = |current: &'static str, new: &'static str| {
        let pages = &pages;
        async move { pages.post("/account/password", &[("current", current), ("password", new)]).await }
    };
    change("wrong", "long enough").await.shows("id=\"current-remark\"").shows("Нууц үг буруу байна.");
    change("old one", "short").await.shows("id=\"password-remark\"");
    let reply = change("old one", "long enough").await;
    assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, "/account/password"));
    assert_eq!(reply.headers["set-cookie"], "session=new", "the session in hand was replaced");
    assert_eq!(pages.asked("/api/auth/change-password").last().expect("asked").json()["revokeOtherSessions"], true);
}

#[tokio::test]
async fn the_second_factor_is_set_up_and_shown_again_after_a_wrong_code() {
    let pages = pages(false);
    pages.get("/account/second-factor").await.shows("Идэвхгүй").shows("Тохируулж эхлэх");
    pages.post("/account/second-factor/begin", &[("password", "wrong")]).await.shows("Нууц үг буруу байна.");
    let reply = pages.post("/account/second-factor/begin", &[("password", "old one")]).await;
    reply.shows("class=\"qr\"").shows("ABCD EFGH").shows("aaaaa-bbbbb").shows("ccccc-ddddd");

    let uri = "otpauth://totp/Spacehub:a?secret=ABCDEFGH&issuer=Spacehub";
    let confirm = |code: &'static str| {
        let pages = &pages;
        async move {
            let fields = [("uri", uri), ("backup", "aaaaa-bbbbb ccccc-ddddd"), ("code", code)];
            pages.post("/account/second-factor/confirm", &fields).await
        }
    };
    let reply = confirm("111111").await;
    assert_eq!(reply.status, StatusCode::UNAUTHORIZED);
    reply.shows("Код буруу байна.").shows("class=\"qr\"").shows("aaaaa-bbbbb");
    let reply = confirm("123 456").await;
    assert_eq!(
        (reply.location(), &reply.headers["set-cookie"]),
        ("/account/second-factor", &"session=new".parse().expect("a header"))
    );
}

#[tokio::test]
async fn who_has_two_factors_may_renew_codes_or_switch_them_off() {
    let reply = pages(true).get("/account/second-factor").await;
    reply.shows("Шинэ нөөц код авах").shows("Идэвхгүй болгох");
}

#[tokio::test]
async fn a_profile_changes_piece_by_piece() {
    let pages = pages(false);
    let reply = pages.get("/account").await;
    reply.shows("value=\"Б. Номин\"").shows("9911\u{a0}2233");
    assert!(!reply.page.contains("phone.invalid"), "a made-up address is not shown");
    pages.post("/account/name", &[("name", "Б. Номин-Эрдэнэ")]).await;
    assert_eq!(pages.asked("/api/auth/update-user")[0].json()["name"], "Б. Номин-Эрдэнэ");
    pages.post("/account/email", &[("email", "nomin")]).await.shows("id=\"email-remark\"");
    assert_eq!(pages.post("/account/email", &[("email", "nomin@altan.example")]).await.location(), "/account");

    let reply = pages.post("/account/phone", &[("phone", "8811 0022")]).await;
    let waiting = reply.headers["set-cookie"].to_str().expect("ASCII").split(';').next().expect("a pair").to_owned();
    let page = pages.send(http::Request::get("/account").header("cookie", &waiting), "").await;
    page.shows("8811\u{a0}0022").shows("one-time-code");
    let enter = http::Request::post("/account/phone/code")
        .header("origin", PUBLIC)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("cookie", &waiting);
    assert_eq!(pages.send(enter, "code=123456").await.location(), "/account");
    let sent = pages.asked("/api/auth/phone-number/verify")[0].json();
    assert_eq!(sent, json!({ "phoneNumber": "+97688110022", "code": "123456", "updatePhoneNumber": true }));
}

#[tokio::test]
async fn the_language_is_noted_in_the_account() {
    let pages = pages(false);
    let reply = pages.post("/preferences", &[("lang", "en"), ("back", "/account")]).await;
    assert_eq!(reply.location(), "/account");
    assert_eq!(pages.asked("/api/auth/update-user")[0].json(), json!({ "locale": "en" }));
}
