//! The doors under /v2/payments.

use axum::response::Response;
use base::{
    Actor, App, Checks, Json, Once, Path, Query, Refusals, Result,
    exports::{self, Exported, Workbook},
    lists::Window,
};
use domain::{PaymentId, rights::Action};
use http::{HeaderMap, StatusCode};
use serde_json::json;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page,
    payments::{
        NewAllocation, NewPayment, PaymentAllocations, PaymentFilter, PaymentRelease, PaymentTotals, PaymentView,
        Reversal,
    },
};

use super::{
    export::Payments,
    queries::{self, Place},
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, take_in))
        .routes(routes!(totals))
        .routes(routes!(export))
        .routes(routes!(get))
        .routes(routes!(allocate))
        .routes(routes!(release))
        .routes(routes!(reverse))
}

/// Payments, the latest first.
#[utoipa::path(get, path = "/v2/payments", operation_id = "listPayments", tag = "payments", params(PaymentFilter),
    responses((status = 200, body = Page<PaymentView>), Refusals))]
async fn list(actor: Actor, Query(filter): Query<PaymentFilter>) -> Result<Json<Page<PaymentView>>> {
    let window = Window::new(filter.limit, filter.cursor.as_deref())?;
    let payments = actor
        .transact(async |tx| {
            tx.allow(Action::ReadPayments)?;
            queries::page(tx, &filter, &window).await
        })
        .await?;
    Ok(Json(window.page(payments, |payment| Place(payment.paid_at, payment.id))))
}

/// What the filtered payments add up to.
#[utoipa::path(get, path = "/v2/payments/totals", operation_id = "paymentTotals", tag = "payments", params(PaymentFilter),
    responses((status = 200, body = PaymentTotals), Refusals))]
async fn totals(actor: Actor, Query(filter): Query<PaymentFilter>) -> Result<Json<PaymentTotals>> {
    let totals = actor
        .transact(async |tx| {
            tx.allow(Action::ReadPayments)?;
            queries::totals(tx, &filter).await
        })
        .await?;
    Ok(Json(totals))
}

/// The payments that a filter picks, as an Excel file.
#[utoipa::path(
    get,
    path = "/v2/payments/export",
    operation_id = "exportPayments",
    tag = "payments",
    params(PaymentFilter),
    responses(Workbook, Refusals)
)]
async fn export(actor: Actor, Query(filter): Query<PaymentFilter>) -> Result<Exported> {
    exports::export(&actor, Payments(filter)).await
}

/// Takes in money by hand.
#[utoipa::path(post, path = "/v2/payments", operation_id = "takeInPayment", tag = "payments", request_body = NewPayment,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key and body again get the same answer.")),
    responses((status = 201, body = PaymentView), Refusals))]
async fn take_in(actor: Actor, headers: HeaderMap, Json(new): Json<NewPayment>) -> Result<Response> {
    Once::new(&headers, "POST /v2/payments", &new)?
        .answer(&actor, StatusCode::CREATED, async |tx| super::take_in(tx, new).await)
        .await
}

/// One payment.
#[utoipa::path(get, path = "/v2/payments/{id}", operation_id = "getPayment", tag = "payments",
    params(("id" = PaymentId, Path)), responses((status = 200, body = PaymentView), Refusals))]
async fn get(actor: Actor, Path(id): Path<PaymentId>) -> Result<Json<PaymentView>> {
    actor.transact(async |tx| super::find(tx, id).await).await.map(Json)
}

/// Puts what is left of a payment on invoices, chosen or the oldest due.
#[utoipa::path(post, path = "/v2/payments/{id}/allocations", operation_id = "allocatePayment", tag = "payments",
    request_body = PaymentAllocations,
    params(("id" = PaymentId, Path),
           ("Idempotency-Key" = Option<String>, Header, description = "The same key and body again get the same answer.")),
    responses((status = 201, body = PaymentView), Refusals))]
async fn allocate(
    actor: Actor,
    headers: HeaderMap,
    Path(id): Path<PaymentId>,
    Json(sent): Json<PaymentAllocations>,
) -> Result<Response> {
    if let Some(chosen) = &sent.allocations {
        parts(Checks::new(), chosen).done()?;
    }
    Once::new(&headers, "POST /v2/payments/{id}/allocations", &json!({ "id": id, "sent": sent }))?
        .answer(&actor, StatusCode::CREATED, async |tx| super::allocate(tx, id, sent.allocations.as_deref()).await)
        .await
}

/// Takes parts of a payment off the invoices that they pay: those are owed again, the money is the tenant's credit.
#[utoipa::path(post, path = "/v2/payments/{id}/releases", operation_id = "releasePayment", tag = "payments",
    request_body = PaymentRelease,
    params(("id" = PaymentId, Path),
           ("Idempotency-Key" = Option<String>, Header, description = "The same key and body again get the same answer.")),
    responses((status = 201, body = PaymentView), Refusals))]
async fn release(
    actor: Actor,
    headers: HeaderMap,
    Path(id): Path<PaymentId>,
    Json(sent): Json<PaymentRelease>,
) -> Result<Response> {
    let mut checks = parts(Checks::new(), &sent.allocations);
    checks.name("reason", &sent.reason, 500);
    checks.done()?;
    Once::new(&headers, "POST /v2/payments/{id}/releases", &json!({ "id": id, "sent": sent }))?
        .answer(&actor, StatusCode::CREATED, async |tx| {
            super::release(tx, id, &sent.allocations, sent.reason.trim()).await
        })
        .await
}

/// What is wrong with chosen parts before any payment is known.
fn parts(mut checks: Checks, chosen: &[NewAllocation]) -> Checks {
    checks.that(!chosen.is_empty(), "allocations", "required");
    checks.that(chosen.len() <= 100, "allocations", "too-many");
    for (place, part) in chosen.iter().enumerate() {
        checks.that(part.amount.is_positive(), format!("allocations[{place}].amount"), "not-positive");
    }
    checks
}

/// Takes a payment back; answers the row that does it.
#[utoipa::path(post, path = "/v2/payments/{id}/reversal", operation_id = "reversePayment", tag = "payments",
    request_body = Reversal,
    params(("id" = PaymentId, Path),
           ("Idempotency-Key" = Option<String>, Header, description = "The same key and body again get the same answer.")),
    responses((status = 201, body = PaymentView), Refusals))]
async fn reverse(
    actor: Actor,
    headers: HeaderMap,
    Path(id): Path<PaymentId>,
    Json(sent): Json<Reversal>,
) -> Result<Response> {
    Checks::new().name("reason", &sent.reason, 500).done()?;
    Once::new(&headers, "POST /v2/payments/{id}/reversal", &json!({ "id": id, "reason": sent.reason }))?
        .answer(&actor, StatusCode::CREATED, async |tx| super::reverse(tx, id, sent.reason.trim()).await)
        .await
}
