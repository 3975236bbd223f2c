//! The doors under /v2/invoices.

use axum::response::Response;
use base::{
    Actor, App, Checks, Json, Once, Path, Query, Refusals, Result,
    exports::{self, Exported, Workbook},
    lists::Window,
};
use domain::{InvoiceId, rights::Action};
use http::{HeaderMap, StatusCode};
use serde_json::json;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page,
    invoices::{Cancellation, InvoiceFilter, InvoiceRow, InvoiceTotals, InvoiceView, NewCorrection, NewInvoice},
};

use super::{
    export::Invoices,
    queries::{self, Place},
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(totals))
        .routes(routes!(export))
        .routes(routes!(get))
        .routes(routes!(issue))
        .routes(routes!(cancel))
        .routes(routes!(correct))
}

/// Invoices, newest period first.
#[utoipa::path(get, path = "/v2/invoices", operation_id = "listInvoices", tag = "invoices", params(InvoiceFilter),
    responses((status = 200, body = Page<InvoiceRow>), Refusals))]
async fn list(actor: Actor, Query(filter): Query<InvoiceFilter>) -> Result<Json<Page<InvoiceRow>>> {
    let window = Window::new(filter.limit, filter.cursor.as_deref())?;
    let rows = actor
        .transact(async |tx| {
            tx.allow(Action::ReadInvoices)?;
            queries::page(tx, &filter, &window).await
        })
        .await?;
    Ok(Json(window.page(rows, |row| Place(row.period, row.id))))
}

/// What the filtered invoices add up to.
#[utoipa::path(get, path = "/v2/invoices/totals", operation_id = "invoiceTotals", tag = "invoices", params(InvoiceFilter),
    responses((status = 200, body = InvoiceTotals), Refusals))]
async fn totals(actor: Actor, Query(filter): Query<InvoiceFilter>) -> Result<Json<InvoiceTotals>> {
    let totals = actor
        .transact(async |tx| {
            tx.allow(Action::ReadInvoices)?;
            queries::totals(tx, &filter).await
        })
        .await?;
    Ok(Json(totals))
}

/// The invoices that a filter picks, as an Excel file.
#[utoipa::path(
    get,
    path = "/v2/invoices/export",
    operation_id = "exportInvoices",
    tag = "invoices",
    params(InvoiceFilter),
    responses(Workbook, Refusals)
)]
async fn export(actor: Actor, Query(filter): Query<InvoiceFilter>) -> Result<Exported> {
    exports::export(&actor, Invoices(filter)).await
}

/// Makes a one-off invoice of a contract.
#[utoipa::path(post, path = "/v2/invoices", operation_id = "createInvoice", tag = "invoices", request_body = NewInvoice,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key and body again get the same answer.")),
    responses((status = 201, body = InvoiceView), Refusals))]
async fn create(actor: Actor, headers: HeaderMap, Json(new): Json<NewInvoice>) -> Result<Response> {
    Once::new(&headers, "POST /v2/invoices", &new)?
        .answer(&actor, StatusCode::CREATED, async |tx| super::create(tx, &new).await)
        .await
}

/// One invoice, whole.
#[utoipa::path(get, path = "/v2/invoices/{id}", operation_id = "getInvoice", tag = "invoices",
    params(("id" = InvoiceId, Path)), responses((status = 200, body = InvoiceView), Refusals))]
async fn get(actor: Actor, Path(id): Path<InvoiceId>) -> Result<Json<InvoiceView>> {
    actor.transact(async |tx| super::find(tx, id).await).await.map(Json)
}

/// Gives a draft its number and sends it.
#[utoipa::path(post, path = "/v2/invoices/{id}/issuance", operation_id = "issueInvoice", tag = "invoices",
    params(("id" = InvoiceId, Path),
           ("Idempotency-Key" = Option<String>, Header, description = "The same key again gets the same answer.")),
    responses((status = 200, body = InvoiceView), Refusals))]
async fn issue(actor: Actor, headers: HeaderMap, Path(id): Path<InvoiceId>) -> Result<Response> {
    Once::new(&headers, "POST /v2/invoices/{id}/issuance", &json!({ "id": id }))?
        .answer(&actor, StatusCode::OK, async |tx| super::issue(tx, id).await)
        .await
}

/// Takes an unpaid invoice back.
#[utoipa::path(post, path = "/v2/invoices/{id}/cancellation", operation_id = "cancelInvoice", tag = "invoices",
    request_body = Cancellation,
    params(("id" = InvoiceId, Path),
           ("Idempotency-Key" = Option<String>, Header, description = "The same key and body again get the same answer.")),
    responses((status = 200, body = InvoiceView), Refusals))]
async fn cancel(
    actor: Actor,
    headers: HeaderMap,
    Path(id): Path<InvoiceId>,
    Json(sent): Json<Cancellation>,
) -> Result<Response> {
    Checks::new().name("reason", &sent.reason, 500).done()?;
    Once::new(&headers, "POST /v2/invoices/{id}/cancellation", &json!({ "id": id, "reason": sent.reason }))?
        .answer(&actor, StatusCode::OK, async |tx| super::cancel(tx, id, sent.reason.trim()).await)
        .await
}

/// Takes something off an issued invoice: the whole of what is left, or chosen lines. Answers the correction.
#[utoipa::path(post, path = "/v2/invoices/{id}/correction", operation_id = "correctInvoice", tag = "invoices",
    request_body = NewCorrection,
    params(("id" = InvoiceId, Path),
           ("Idempotency-Key" = Option<String>, Header, description = "The same key and body again get the same answer.")),
    responses((status = 201, body = InvoiceView), Refusals))]
async fn correct(
    actor: Actor,
    headers: HeaderMap,
    Path(id): Path<InvoiceId>,
    Json(new): Json<NewCorrection>,
) -> Result<Response> {
    Once::new(&headers, "POST /v2/invoices/{id}/correction", &json!({ "id": id, "correction": new }))?
        .answer(&actor, StatusCode::CREATED, async |tx| super::correct(tx, id, &new).await)
        .await
}
