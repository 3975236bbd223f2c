//! Tenants over a pretended API.

use axum::Json;
use serde_json::json;
use wire::Page as Listed;

use super::*;
use crate::api::tests::{Pages, refusal};

fn pages() -> Pages {
    let sample = TenantPage::sample();
    let (tenant, contracts, open) = (sample.tenant, sample.contracts, sample.open);
    let wrong = async || {
        let details = json!({ "fields": { "registerNo": ["Регистрийн дугаар буруу байна."] } });
        refusal(StatusCode::BAD_REQUEST, "VALIDATION_ERROR", "Алдаатай.", details)
    };
    Pages::over(
        Router::new()
            .route("/v2/tenants", get(async || Json(Listed { items: TenantList::sample().rows, next_cursor: None })))
            .route("/v2/tenants/{id}", get(async move || Json(tenant)).patch(wrong))
            .route("/v2/contracts", get(async move || Json(Listed { items: contracts, next_cursor: None })))
            .route("/v2/invoices/totals", get(async move || Json(open))),
    )
}

#[tokio::test]
async fn a_tenant_shows_what_they_rent_and_owe() {
    let pages = pages();
    pages.get("/tenants?q=5123").await.shows("Хан-Уул Оптик ХХК");
    assert!(pages.asked("/v2/tenants")[0].address.contains("q=5123"));
    let id = TenantId::new();
    let reply = pages.get(&format!("/tenants/{id}")).await;
    reply.shows("CT-2026-0001").shows("4\u{2009}960\u{2009}000");
    assert!(pages.asked("/v2/invoices/totals")[0].address.contains(&format!("tenantId={id}")));
}

#[tokio::test]
async fn what_the_api_finds_wrong_stands_beside_the_field() {
    let fields = [("version", "1"), ("name", "Ундрах"), ("registerNo", "12")];
    let reply = pages().post(&format!("/tenants/{}", TenantId::new()), &fields).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    reply.shows(r#"id="registerNo-remark""#).shows(r#"value="12""#);
}
