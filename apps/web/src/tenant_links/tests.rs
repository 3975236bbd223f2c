//! Requests of tenants over a pretended API.

use axum::{Json, http::StatusCode};
use serde_json::json;

use super::*;
use crate::api::tests::{Pages, refusal};

fn pages() -> Pages {
    let rows = TenantLinks::sample().rows;
    let (list, confirmed) = (json!({ "items": rows, "nextCursor": null }), rows[1].clone());
    let api = Router::new()
        .route("/v2/tenant-links", get(async move || Json(list)))
        .route("/v2/tenant-links/{id}/confirmation", post(async move || Json(confirmed)))
        .route(
            "/v2/tenant-links/{id}/refusal",
            post(async || refusal(StatusCode::CONFLICT, "CONFLICT", "Аль хэдийн шийдсэн.", json!(null))),
        );
    Pages::over(api)
}

#[tokio::test]
async fn what_waits_is_shown_first_and_decided_here() {
    let pages = pages();
    let reply = pages.get("/tenant-links").await;
    reply.shows("Ундрах Өргөө ХХК").shows("9911\u{a0}0001").shows("Баталгаажуулах").shows("name=\"reason\"");
    assert!(pages.asked("/v2/tenant-links")[0].address.contains("status=waiting"));
    let id = TenantLinkId::new();
    assert_eq!(pages.post(&format!("/tenant-links/{id}/confirmation"), &[]).await.location(), "/tenant-links");
    let reply = pages.post(&format!("/tenant-links/{id}/refusal"), &[("reason", " Өөр хүн ")]).await;
    assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, "/tenant-links"));
    assert_eq!(pages.asked(&format!("/v2/tenant-links/{id}/refusal"))[0].json()["reason"], "Өөр хүн");
    assert_eq!(pages.post("/tenant-links/none/ending", &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(pages.get("/tenant-links?status=other").await.status, StatusCode::BAD_REQUEST);
}
