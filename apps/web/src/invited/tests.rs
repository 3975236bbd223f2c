//! Invitations over a pretended API.

use axum::{
    Json,
    routing::{get, post},
};
use serde_json::{Value, json};

use super::*;
use crate::api::tests::{Pages, refusal};

fn pages(session: Value, has_account: bool) -> Pages {
    let invitation = json!({
        "organizationName": "Алтан Тауэр ХХК", "role": "owner_accountant", "email": "nomin@altan.example",
        "phone": null, "expiresAt": "2026-11-24T08:00:00Z", "hasAccount": has_account,
    });
    let accepted = json!({ "ownerId": domain::OwnerId::new(), "role": "owner_accountant", "token": "t" });
    Pages::over(
        Router::new()
            .route("/v2/invitations/good", get(async move || Json(invitation)))
            .route(
                "/v2/invitations/good/acceptance",
                post(async move || ([("set-cookie", "session=new")], Json(accepted))),
            )
            .route("/api/auth/get-session", get(async move || Json(session)))
            .fallback(async || refusal(StatusCode::NOT_FOUND, "NOT_FOUND", "Алга.", json!(null))),
    )
}

#[tokio::test]
async fn who_is_new_gives_a_name_and_a_password() {
    let pages = pages(Value::Null, false);
    pages.get("/invitation/good").await.shows("Алтан Тауэр ХХК").shows("Нягтлан бодогч").shows("name=\"password\"");
    let reply = pages.post("/invitation/good", &[("name", ""), ("password", "short")]).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    reply.shows("id=\"name-remark\"").shows("id=\"password-remark\"");
    let reply = pages.post("/invitation/good", &[("name", "Б. Номин"), ("password", "long enough")]).await;
    assert_eq!((reply.location(), &reply.headers["set-cookie"].to_str().expect("ASCII")), ("/", &"session=new"));
    let sent = pages.asked("/v2/invitations/good/acceptance")[0].json();
    assert_eq!(sent, json!({ "name": "Б. Номин", "password": "long enough" }));
}

#[tokio::test]
async fn who_has_an_account_signs_in_first_and_joins_as_they_are() {
    pages(Value::Null, true).get("/invitation/good").await.shows("href=\"/sign-in?next=%2Finvitation%2Fgood\"");
    let at = "2026-11-20T08:00:00Z";
    let session = json!({
        "session": { "id": "1", "token": "t", "createdAt": at, "updatedAt": at },
        "user": { "name": "Г. Нарантуяа", "email": "nara@altan.example", "emailVerified": true },
    });
    let pages = pages(session, true);
    pages.get("/invitation/good").await.shows("Г. Нарантуяа нэрээр хүлээн авах");
    assert_eq!(pages.post("/invitation/good", &[("as", "me")]).await.location(), "/");
    assert_eq!(pages.asked("/v2/invitations/good/acceptance")[0].json(), json!({}));
}

#[tokio::test]
async fn a_link_that_opens_nothing_says_so() {
    let pages = pages(Value::Null, false);
    for token in ["old", "..%2F..%2Fme"] {
        let reply = pages.get(&format!("/invitation/{token}")).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{token}");
        reply.shows("Урилга хүчингүй байна");
    }
    assert!(pages.asked("/v2/me").is_empty(), "a token never leads elsewhere in the API");
}
