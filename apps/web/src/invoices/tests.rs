//! Invoices over a pretended API: filters kept in links, totals of the filter, remarks beside what was typed, one key.

use axum::Json;
use serde_json::json;

use super::{sample::*, *};
use crate::api::tests::{Pages, refusal};

fn api() -> Router {
    let rows = async || Json(json!({ "items": (1..=3).map(row).collect::<Vec<_>>(), "nextCursor": "next1" }));
    let totals = async || {
        Json(json!({ "count": 88, "vatAmount": "1", "total": "123456700", "paidAmount": "100", "balance": "200" }))
    };
    Router::new()
        .route("/v2/invoices", get(rows))
        .route("/v2/invoices/totals", get(totals))
        .route("/v2/invoices/{id}", get(async |Path(id): Path<InvoiceId>| Json(InvoiceView { id, ..invoice() })))
        .route("/v2/properties", get(async || Json(json!({ "items": [], "nextCursor": null }))))
        .route("/v2/contracts/{id}", get(async || Json(contract())))
        .route("/v2/write-offs", get(async || Json(json!({ "items": [], "nextCursor": null }))))
        .route("/v2/invoice-views", get(async || Json(json!({ "items": [] }))))
}

#[tokio::test]
async fn the_filter_stays_in_every_link_and_the_totals_follow_it() {
    let pages = Pages::over(api());
    let reply = pages.get("/invoices?period=2026-11&billed=true&q=301&status=").await;

    let asked = "/v2/invoices?period=2026-11&billed=true&q=301";
    assert_eq!(pages.asked("/v2/invoices")[0].address, format!("{asked}&standing=true"));
    assert_eq!(pages.asked("/v2/invoices/totals")[0].address, asked.replace("invoices?", "invoices/totals?"));
    reply.shows("1\u{2009}234\u{2009}567").shows("88 нэхэмжлэл");
    // The next page, a row and another view keep what was asked for; the filter form carries what has no field.
    reply.shows("href=\"/invoices?period=2026-11&amp;billed=true&amp;q=301&amp;cursor=next1\"");
    reply.shows("period=2026-11&amp;billed=true&amp;q=301&amp;panel=");
    reply.shows("href=\"/invoices?period=2026-11&amp;q=301&amp;overdue=true\"");
    reply.shows("type=\"hidden\" name=\"billed\" value=\"true\" data-set");
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_rather_than_shown_unfiltered() {
    let pages = Pages::over(api());
    for address in ["/invoices?status=nothing", "/invoices?period=11", "/invoices?open=maybe"] {
        assert_eq!(pages.get(address).await.status, StatusCode::BAD_REQUEST, "{address}");
    }
    assert!(pages.asked("/v2/invoices").is_empty());
}

#[tokio::test]
async fn the_panel_alone_is_fetched_without_the_list() {
    let pages = Pages::over(api());
    let id = InvoiceId::new();
    let request = http::Request::get(format!("/invoices?panel={id}"));
    let reply = pages.send(request.header("hx-request", "true").header("hx-target", "aside#panel"), "").await;
    reply.shows("INV-2026-0101").shows("124.5 м² × 33 000 ₮");
    assert!(pages.asked("/v2/invoices").is_empty() && pages.asked("/v2/invoices/totals").is_empty());
}

#[tokio::test]
async fn an_invoice_says_how_it_was_made_and_where_the_tenant_sees_it() {
    let reply = Pages::over(api()).get(&format!("/invoices/{}", InvoiceId::new())).await;
    reply.shows("Яаж бодсон бэ?").shows("124.5 м² × 33 000 ₮").shows("НӨАТ ногдохгүй");
    reply.shows("data-copy=\"https://app.example.mn/i/4f1c9a7be2\"").shows("/payments/new?tenantId=");
    // Money is on it: it cannot be taken back before that.
    assert!(!reply.page.contains("/cancellation"));
}

#[tokio::test]
async fn a_cancellation_wants_a_reason_and_goes_under_its_key() {
    let id = InvoiceId::new();
    let unpaid =
        InvoiceView { paid_amount: domain::Money::ZERO, status: domain::invoice::InvoiceStatus::Issued, ..invoice() };
    let shown = unpaid.clone();
    let api = Router::new()
        .route("/v2/write-offs", get(async || Json(json!({ "items": [], "nextCursor": null }))))
        .route("/v2/invoices/{id}", get(async move || Json(shown.clone())))
        .route("/v2/invoices/{id}/cancellation", post(async move || Json(unpaid.clone())));
    let pages = Pages::over(api);

    let reply = pages.post(&format!("/invoices/{id}/cancellation"), &[("reason", " "), ("key", "k-7")]).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    reply.shows("id=\"reason-remark\"").shows("name=\"key\" value=\"k-7\"").shows("<details class=\"box undo\" open");

    let reply = pages.post(&format!("/invoices/{id}/cancellation"), &[("reason", "Давхардсан"), ("key", "k-7")]).await;
    assert_eq!(reply.location(), format!("/invoices/{id}"));
    let asked = &pages.asked(&format!("/v2/invoices/{id}/cancellation"))[0];
    assert_eq!(
        (&asked.headers["idempotency-key"], asked.json()),
        (&"k-7".parse().expect("a header"), json!({ "reason": "Давхардсан" }))
    );
}

#[tokio::test]
async fn a_one_off_invoice_is_read_as_people_type_and_sent_once() {
    let contract = ContractId::new();
    let pages = Pages::over(api().route("/v2/invoices", post(async || (StatusCode::CREATED, Json(invoice())))));
    let (id, fields) = (contract.to_string(), ["description-1", "unitPrice-1", "quantity-1", "vatMode-1"]);
    let fields = [
        ("contractId", id.as_str()),
        ("key", "k-9"),
        ("kind", "fee"),
        ("period", "2026-11"),
        (fields[0], "Цэвэрлэгээ"),
        (fields[1], "1.25 сая"),
        (fields[2], "1,5"),
        (fields[3], "added"),
        ("action", "issue"),
    ];
    let reply = pages.post("/invoices/new", &fields).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    let asked = &pages.asked("/v2/invoices")[0];
    assert_eq!(asked.headers["idempotency-key"], "k-9");
    assert_eq!(
        asked.json(),
        json!({ "contractId": id, "kind": "fee", "period": "2026-11", "note": "", "issue": true, "items": [
            { "description": "Цэвэрлэгээ", "quantity": "1.5", "unitPrice": "125000000", "vatMode": "added" } ] })
    );
}

#[tokio::test]
async fn a_refused_invoice_comes_back_as_it_was_typed() {
    let id = ContractId::new().to_string();
    let no = async || {
        let details = json!({ "fields": { "items[0].exemptionCode": ["Заавал бөглөнө үү."] } });
        refusal(StatusCode::BAD_REQUEST, "VALIDATION_ERROR", "Алдаа байна.", details)
    };
    let pages = Pages::over(api().route("/v2/invoices", post(no)));
    let fields = [
        ("contractId", id.as_str()),
        ("key", "k-9"),
        ("kind", "sale"),
        ("description-0", "Орон сууц"),
        ("unitPrice-0", "850 000"),
        ("vatMode-0", "exempt"),
    ];
    let reply = pages.post("/invoices/new", &fields).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    reply.shows("id=\"exemptionCode-0-remark\"").shows("value=\"850 000\"").shows("value=\"Орон сууц\"");
    reply.shows("name=\"key\" value=\"k-9\"").shows("value=\"exempt\" selected");

    let unread =
        [("contractId", id.as_str()), ("kind", "sale"), ("description-0", "Орон сууц"), ("unitPrice-0", "1.250")];
    let reply = pages.post("/invoices/new", &unread).await;
    reply.shows("id=\"unitPrice-0-remark\"").shows("value=\"1.250\"");
    assert_eq!(pages.asked("/v2/invoices").len(), 1, "what can't be read is not sent");
}
