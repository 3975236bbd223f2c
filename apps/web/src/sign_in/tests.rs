//! Signing in and out over a pretended API.

use axum::{
    Json,
    http::{HeaderMap, HeaderValue},
};
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
        (Some("two@altan.example"), _) => {
            let asked = json!({ "twoFactorRedirect": true, "twoFactorMethods": ["totp"] });
            ([("set-cookie", "better-auth.two_factor=w")], Json(asked)).into_response()
        }
        (Some("new@altan.example"), _) => refused("EMAIL_NOT_VERIFIED", StatusCode::FORBIDDEN),
        (_, Some("spacehub-demo")) => ([("set-cookie", GOOD)], Json(json!({}))).into_response(),
        _ => {
            let no = json!({ "code": "INVALID_EMAIL_OR_PASSWORD", "message": "Invalid email or password" });
            (StatusCode::UNAUTHORIZED, Json(no)).into_response()
        }
    }
}

async fn code_door(headers: HeaderMap, Json(sent): Json<serde_json::Value>) -> Response {
    if sent["phoneNumber"] == "+97688000000" {
        let busy = (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "240")], Json(json!({ "message": "Too many" })));
        return busy.into_response();
    }
    assert!(headers.contains_key("sec-fetch-site"), "the API knows that a browser asks");
    ([("set-cookie", "better-auth.phone_code=b; Path=/")], Json(json!({ "message": "code sent" }))).into_response()
}

async fn verify_door(Json(sent): Json<serde_json::Value>) -> Response {
    match (sent["phoneNumber"].as_str(), sent["code"].as_str()) {
        (Some("+97699110001"), Some("123456")) => {
            ([("set-cookie", GOOD)], Json(json!({ "status": true, "token": "t", "user": {} }))).into_response()
        }
        _ => refused("INVALID_OTP", StatusCode::BAD_REQUEST),
    }
}

async fn factor_door(Json(sent): Json<serde_json::Value>) -> Response {
    match (sent["code"].as_str(), sent["trustDevice"].as_bool()) {
        (Some("654321"), Some(true)) => ([("set-cookie", GOOD)], Json(json!({ "token": "t" }))).into_response(),
        (Some("000000"), _) => refused("INVALID_TWO_FACTOR_COOKIE", StatusCode::UNAUTHORIZED),
        _ => refused("INVALID_CODE", StatusCode::UNAUTHORIZED),
    }
}

fn refused(code: &str, status: StatusCode) -> Response {
    (status, Json(json!({ "code": code, "message": "no" }))).into_response()
}

fn pages() -> Pages {
    Pages::over(
        Router::new()
            .route("/api/auth/phone-number/send-otp", post(code_door))
            .route("/api/auth/phone-number/verify", post(verify_door))
            .route("/api/auth/two-factor/verify-totp", post(factor_door))
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
async fn whoever_comes_from_the_letter_is_told_that_it_worked() {
    pages().get("/sign-in?verified=1").await.shows("Хаяг баталгаажлаа");
    assert!(!pages().get("/sign-in").await.page.contains("Хаяг баталгаажлаа"));
}

#[tokio::test]
async fn signing_out_clears_the_cookies() {
    let reply = pages().post("/sign-out", &[]).await;
    assert_eq!((reply.location(), &reply.headers["set-cookie"]), ("/sign-in", &HeaderValue::from_static("gone")));
}

#[tokio::test]
async fn who_is_remembered_and_who_is_not_is_told_to_the_api() {
    let pages = pages();
    let fields = [("email", "a@altan.example"), ("password", "spacehub-demo")];
    pages.post("/sign-in", &fields).await;
    pages.post("/sign-in", &[fields[0], fields[1], ("remember", "yes")]).await;
    let asked: Vec<bool> = pages
        .asked("/api/auth/sign-in/email")
        .iter()
        .map(|asked| asked.json()["rememberMe"].as_bool().expect("is said"))
        .collect();
    assert_eq!(asked, [false, true]);
}

#[tokio::test]
async fn a_second_factor_is_asked_for_on_the_way() {
    let reply = signs_in("two@altan.example", "x", "/months").await;
    assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, "/sign-in/second?next=%2Fmonths"));
    assert_eq!(reply.headers["set-cookie"], "better-auth.two_factor=w");

    let give = |code: &'static str| async move {
        let fields = [("by", "app"), ("code", code), ("trust", "yes"), ("next", "/months")];
        pages().post("/sign-in/second", &fields).await
    };
    let reply = give("111111").await;
    assert_eq!(reply.status, StatusCode::UNAUTHORIZED);
    reply.shows("Код буруу байна.").shows(r#"name="next" value="/months""#);
    assert!(!reply.page.contains("111111"));
    let reply = give(" 654 321 ").await;
    assert_eq!((reply.location(), &reply.headers["set-cookie"]), ("/months", &HeaderValue::from_static(GOOD)));
    let reply = give("000000").await;
    assert_eq!(reply.location(), "/sign-in?next=%2Fmonths", "whoever waited too long begins again");
}

#[tokio::test]
async fn an_address_that_is_not_verified_is_told_of_the_letter() {
    let reply = signs_in("new@altan.example", "x", "").await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    reply.shows("Шинэ захидал илгээлээ");
}

#[tokio::test]
async fn a_tenant_comes_in_with_the_code_that_was_sent() {
    let pages = pages();
    let request = http::Request::post("/sign-in/phone")
        .header("origin", crate::api::tests::PUBLIC)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded");
    let reply = pages.send(request, "phone=9911+0001&next=%2Fhome").await;
    assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, "/sign-in/code"));
    let cookies: Vec<&str> = reply.headers.get_all("set-cookie").iter().map(|c| c.to_str().expect("ASCII")).collect();
    assert!(cookies[0].starts_with("better-auth.phone_code=b"), "{cookies:?}");
    let waiting = cookies[1].split(';').next().expect("a pair");

    let page = pages.send(http::Request::get("/sign-in/code").header("cookie", waiting), "").await;
    page.shows("9911\u{a0}0001").shows("autocomplete=\"one-time-code\"").shows("inputmode=\"numeric\"");
    let enter = |code: &'static str| {
        let request = http::Request::post("/sign-in/code")
            .header("origin", crate::api::tests::PUBLIC)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cookie", waiting);
        pages.send(request, code)
    };
    let reply = enter("code=999999").await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    reply.shows("Код буруу байна.");
    enter("code=12").await.shows("Код 6 оронтой тоо байна.");
    let reply = enter("code=Spacehub%3A+123456+(5+min)").await;
    assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, "/home"));
    let cookies: Vec<&str> = reply.headers.get_all("set-cookie").iter().map(|c| c.to_str().expect("ASCII")).collect();
    assert!(cookies.contains(&GOOD) && cookies.iter().any(|c| c.starts_with("waiting=;")), "{cookies:?}");
}

#[tokio::test]
async fn the_page_of_a_code_without_anybody_waiting_leads_back() {
    assert_eq!(pages().get("/sign-in/code").await.location(), "/sign-in/phone");
    let reply = pages().post("/sign-in/phone", &[("phone", "12345")]).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    let reply = pages().post("/sign-in/phone", &[("phone", "88000000")]).await;
    assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
    reply.shows("4 минутын дараа");
}
