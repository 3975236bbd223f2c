//! Signing up over a pretended API.

use axum::{Json, routing::post};
use serde_json::json;

use super::*;
use crate::api::tests::{Pages, refusal};

const COMPANY: [(&str, &str); 5] = [
    ("registerNo", "611 2233"),
    ("companyName", "Хангай Проперти ХХК"),
    ("directorName", "С. Энхжаргал"),
    ("email", "enkhjargal@khangai.example"),
    ("password", " long enough "),
];

fn pages() -> Pages {
    let register = post(async |Json(sent): Json<serde_json::Value>| {
        if sent["registerNo"] == "9999999" {
            let fields = json!({ "fields": { "registerNo": ["Ийм байгууллага алга."] } });
            return refusal(StatusCode::BAD_REQUEST, "VALIDATION_ERROR", "Алдаатай.", fields);
        }
        (StatusCode::ACCEPTED, Json(json!({ "email": sent["email"] }))).into_response()
    });
    let again = post(async || Json(json!({ "status": true })));
    Pages::over(Router::new().route("/v2/registrations", register).route("/api/auth/send-verification-email", again))
}

#[tokio::test]
async fn a_company_signs_up_and_looks_into_its_mail() {
    let pages = pages();
    let reply = pages.post(HERE, &COMPANY).await;
    assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, "/sign-up/letter"));
    let sent = pages.asked("/v2/registrations")[0].json();
    assert_eq!(sent["registerNo"], "6112233");
    assert_eq!(sent["password"], " long enough ", "a password keeps its blanks");
    assert_eq!(sent["callbackPath"], "/verified");

    let waiting = reply.headers["set-cookie"].to_str().expect("ASCII").split(';').next().expect("a pair").to_owned();
    let page = pages.send(http::Request::get("/sign-up/letter").header("cookie", &waiting), "").await;
    page.shows("enkhjargal@khangai.example").shows("data-countdown=");
    assert_eq!(pages.get("/sign-up/letter").await.location(), HERE, "nobody waits");
    let again = http::Request::post("/sign-up/letter/again")
        .header("origin", crate::api::tests::PUBLIC)
        .header("cookie", &waiting);
    assert_eq!(pages.send(again, "").await.location(), "/sign-up/letter");
    assert_eq!(pages.asked("/api/auth/send-verification-email")[0].json()["email"], "enkhjargal@khangai.example");
}

#[tokio::test]
async fn what_is_wrong_stands_beside_what_was_typed() {
    let pages = pages();
    let mut wrong = COMPANY;
    wrong[0].1 = "12";
    wrong[4].1 = "short";
    let reply = pages.post(HERE, &wrong).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    reply.shows(r#"id="registerNo-remark""#).shows(r#"id="password-remark""#).shows("С. Энхжаргал");
    assert!(!reply.page.contains("value=\"short\"") && pages.asked("/v2/registrations").is_empty());

    wrong = COMPANY;
    wrong[0].1 = "9999999";
    pages.post(HERE, &wrong).await.shows("Ийм байгууллага алга.");
}

#[tokio::test]
async fn the_link_of_the_letter_ends_at_a_page() {
    pages().get("/verified").await.shows("Хаяг баталгаажлаа").shows("href=\"/sign-in\"");
    pages().get("/verified?error=TOKEN_EXPIRED").await.shows("Холбоос хүчингүй байна");
}
