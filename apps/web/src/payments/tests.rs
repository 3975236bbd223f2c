//! Payments over a pretended API: read as people type, recorded once, taken back with a reason.

use axum::Json;
use serde_json::json;

use super::{sample::*, *};
use crate::{
    api::tests::{Pages, refusal},
    invoices::sample::row,
};

fn api() -> Router {
    let tenants = async || Json(json!({ "items": [tenant(0), tenant(1)], "nextCursor": null }));
    Router::new()
        .route("/v2/payments", get(async || Json(json!({ "items": [payment(1), payment(3)], "nextCursor": "n" }))))
        .route("/v2/payments/totals", get(async || Json(json!({ "count": 61, "amount": "12345600", "credit": "100" }))))
        .route(
            "/v2/payments/{id}",
            get(async |Path(id): Path<PaymentId>| Json(wire::payments::PaymentView { id, ..payment(1) })),
        )
        .route("/v2/tenants", get(tenants))
        .route("/v2/tenants/{id}", get(async || Json(tenant(0))))
}

/// One open bill of 1 000 000 ₮.
fn bill() -> InvoiceRow {
    InvoiceRow { balance: Money::from_tugrug(1_000_000), ..row(1) }
}

fn with_bill(bill: &InvoiceRow) -> Router {
    let page = json!({ "items": [bill], "nextCursor": null });
    api().route("/v2/invoices", get(async move || Json(page.clone())))
}

#[tokio::test]
async fn the_days_of_the_address_go_to_the_api_and_stay_in_the_links() {
    let pages = Pages::over(api());
    let reply = pages.get("/payments?from=2026-11-01&to=2026.11.30&method=qpay").await;
    assert_eq!(pages.asked("/v2/payments")[0].address, "/v2/payments?from=2026-11-01&to=2026-11-30&method=qpay");
    assert_eq!(pages.asked("/v2/payments/totals").len(), 1);
    reply.shows("123\u{2009}456").shows("61 төлөлт").shows("method=qpay&amp;cursor=n");
}

#[tokio::test]
async fn a_tenant_is_searched_for_first() {
    let pages = Pages::over(api());
    let reply = pages.get("/payments/new?q=%D0%A3%D0%BD%D0%B4").await;
    assert_eq!(pages.asked("/v2/tenants")[0].address, "/v2/tenants?q=%D0%A3%D0%BD%D0%B4&limit=30");
    reply.shows("/payments/new?tenantId=").shows("Ундрах Өргөө ХХК");
}

#[tokio::test]
async fn the_bill_of_the_link_fills_the_form() {
    let bill = bill();
    let pages = Pages::over(with_bill(&bill));
    let reply = pages.get(&format!("/payments/new?tenantId={}&invoiceId={}", TenantId::new(), bill.id)).await;
    reply.shows("value=\"1\u{2009}000\u{2009}000\"").shows(&format!("value=\"{}\" selected", bill.id));
}

#[tokio::test]
async fn money_is_read_as_it_is_typed_and_put_on_the_chosen_bill_once() {
    let (bill, tenant) = (bill(), TenantId::new().to_string());
    let pages =
        Pages::over(with_bill(&bill).route("/v2/payments", post(async || (StatusCode::CREATED, Json(payment(3))))));
    let bill_id = bill.id.to_string();
    let fields = [
        ("tenantId", tenant.as_str()),
        ("key", "k-3"),
        ("amount", "1.25 сая"),
        ("method", "cash"),
        ("paidOn", "2026.11.05"),
        ("invoiceId", &bill_id),
    ];
    let reply = pages.post("/payments/new", &fields).await;

    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    let asked = &pages.asked("/v2/payments")[0];
    assert_eq!(asked.headers["idempotency-key"], "k-3");
    assert_eq!(asked.headers["origin"], "http://localhost:8080");
    assert_eq!(
        asked.json(),
        json!({ "tenantId": tenant, "method": "cash", "amount": "125000000", "paidAt": "2026-11-05T04:00:00Z",
            "payer": "", "note": "", "allocations": [{ "invoiceId": bill_id, "amount": "100000000" }] })
    );
}

#[tokio::test]
async fn what_is_wrong_comes_back_beside_what_was_typed() {
    let bill = bill();
    let no = async || {
        let details = json!({ "fields": { "paidAt": ["Ирээдүйн огноо байж болохгүй."] } });
        refusal(StatusCode::BAD_REQUEST, "VALIDATION_ERROR", "Алдаа байна.", details)
    };
    let pages = Pages::over(with_bill(&bill).route("/v2/payments", post(no)));
    let tenant = TenantId::new().to_string();
    let typed = |amount| {
        [
            ("tenantId", tenant.as_str()),
            ("key", "k-4"),
            ("amount", amount),
            ("method", "bank"),
            ("paidOn", "2027-01-01"),
        ]
    };

    let reply = pages.post("/payments/new", &typed("1.250")).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    reply.shows("id=\"amount-remark\"").shows("value=\"1.250\"").shows("name=\"key\" value=\"k-4\"");
    assert!(pages.asked("/v2/payments").is_empty(), "what can't be read is not sent");

    let reply = pages.post("/payments/new", &typed("850 000")).await;
    reply.shows("id=\"paidOn-remark\"").shows("Ирээдүйн огноо байж болохгүй.").shows("value=\"850 000\"");
}

#[tokio::test]
async fn a_payment_is_taken_back_with_a_reason_under_the_forms_key() {
    let id = PaymentId::new();
    let pages = Pages::over(api().route("/v2/payments/{id}/reversal", post(async || Json(payment(5)))));
    let address = format!("/payments/{id}/reversal");

    pages.post(&address, &[("key", "k-5")]).await.shows("id=\"reason-remark\"");
    let reply = pages.post(&address, &[("key", "k-5"), ("reason", "Өөр хүний төлөлт")]).await;

    assert_eq!(reply.location(), format!("/payments/{id}"));
    let asked = pages.asked(&format!("/v2/payments/{id}/reversal"));
    assert_eq!((asked.len(), &asked[0].headers["idempotency-key"]), (1, &"k-5".parse().expect("a header")));
}

#[tokio::test]
async fn a_foreign_page_can_record_nothing() {
    let pages = Pages::over(api());
    let request = http::Request::post("/payments/new")
        .header("origin", "https://evil.example")
        .header("content-type", "application/x-www-form-urlencoded");
    assert_eq!(pages.send(request, "amount=1").await.status, StatusCode::FORBIDDEN);
    assert!(pages.asked("/v2/payments").is_empty());
}
