//! The doors under /v2/write-offs, and the one by which a bill's rest is asked to be written off.

use axum::response::Response;
use base::{Actor, App, Checks, Json, Once, Path, Query, Refusals, Result, lists::Window};
use domain::{InvoiceId, WriteOffId, rights::Action};
use http::{HeaderMap, StatusCode};
use serde_json::json;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page,
    write_offs::{NewWriteOff, WriteOffDecision, WriteOffFilter, WriteOffReversal, WriteOffView},
};

use super::queries;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(ask)).routes(routes!(decide)).routes(routes!(reverse))
}

/// Write-offs that were asked for, booked, refused or taken back, newest first.
#[utoipa::path(get, path = "/v2/write-offs", operation_id = "listWriteOffs", tag = "receivables",
    params(WriteOffFilter), responses((status = 200, body = Page<WriteOffView>), Refusals))]
async fn list(actor: Actor, Query(filter): Query<WriteOffFilter>) -> Result<Json<Page<WriteOffView>>> {
    let window: Window<WriteOffId> = Window::new(filter.limit, filter.cursor.as_deref())?;
    let write_offs = actor
        .transact(async |tx| {
            tx.allow(Action::ReadReports)?;
            queries::page(tx, &filter, &window).await
        })
        .await?;
    Ok(Json(window.page(write_offs, |write_off| write_off.id)))
}

/// Asks that a bill's rest be written off. A director's own is booked at once.
#[utoipa::path(post, path = "/v2/invoices/{id}/write-offs", operation_id = "askWriteOff", tag = "receivables",
    request_body = NewWriteOff,
    params(("id" = InvoiceId, Path),
           ("Idempotency-Key" = Option<String>, Header, description = "The same key and body again get the same answer.")),
    responses((status = 201, body = WriteOffView), Refusals))]
async fn ask(
    actor: Actor,
    headers: HeaderMap,
    Path(id): Path<InvoiceId>,
    Json(new): Json<NewWriteOff>,
) -> Result<Response> {
    Once::new(&headers, "POST /v2/invoices/{id}/write-offs", &json!({ "id": id, "new": new }))?
        .answer(&actor, StatusCode::CREATED, async |tx| super::ask(tx, id, &new).await)
        .await
}

/// Books a write-off that was asked for, or refuses it with a reason.
#[utoipa::path(post, path = "/v2/write-offs/{id}/decision", operation_id = "decideWriteOff", tag = "receivables",
    request_body = WriteOffDecision,
    params(("id" = WriteOffId, Path),
           ("Idempotency-Key" = Option<String>, Header, description = "The same key and body again get the same answer.")),
    responses((status = 200, body = WriteOffView), Refusals))]
async fn decide(
    actor: Actor,
    headers: HeaderMap,
    Path(id): Path<WriteOffId>,
    Json(decision): Json<WriteOffDecision>,
) -> Result<Response> {
    Once::new(&headers, "POST /v2/write-offs/{id}/decision", &json!({ "id": id, "decision": decision }))?
        .answer(&actor, StatusCode::OK, async |tx| super::decide(tx, id, &decision).await)
        .await
}

/// Takes a write-off back, as long as its month is not locked: the bill owes it again.
#[utoipa::path(post, path = "/v2/write-offs/{id}/reversal", operation_id = "reverseWriteOff", tag = "receivables",
    request_body = WriteOffReversal,
    params(("id" = WriteOffId, Path),
           ("Idempotency-Key" = Option<String>, Header, description = "The same key and body again get the same answer.")),
    responses((status = 200, body = WriteOffView), Refusals))]
async fn reverse(
    actor: Actor,
    headers: HeaderMap,
    Path(id): Path<WriteOffId>,
    Json(why): Json<WriteOffReversal>,
) -> Result<Response> {
    let mut checks = Checks::new();
    checks.name("reason", &why.reason, 500);
    checks.done()?;
    Once::new(&headers, "POST /v2/write-offs/{id}/reversal", &json!({ "id": id, "why": why }))?
        .answer(&actor, StatusCode::OK, async |tx| super::reverse(tx, id, why.reason.trim()).await)
        .await
}
