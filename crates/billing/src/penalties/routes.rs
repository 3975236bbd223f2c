//! The doors under /v2/penalties, and a contract's clause.

use axum::response::Response;
use base::{
    Actor, App, Json, Once, Path, Query, Refusals, Result,
    exports::{self, Exported, Workbook},
    lists::Window,
};
use domain::ContractId;
use http::{HeaderMap, StatusCode};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page,
    penalties::{PenaltiesDone, PenaltyFilter, PenaltyOrder, PenaltyRow, PenaltyTerms, PenaltyTotals, PenaltyWaiver},
};

use super::{export::Penalties, queries::Place, terms};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(totals))
        .routes(routes!(export))
        .routes(routes!(charge))
        .routes(routes!(waive))
        .routes(routes!(terms_of, set_terms))
}

/// Late bills with their penalties as of a day, the longest due first.
#[utoipa::path(get, path = "/v2/penalties", operation_id = "listPenalties", tag = "receivables", params(PenaltyFilter),
    responses((status = 200, body = Page<PenaltyRow>), Refusals))]
async fn list(actor: Actor, Query(filter): Query<PenaltyFilter>) -> Result<Json<Page<PenaltyRow>>> {
    let window = Window::new(filter.limit, filter.cursor.as_deref())?;
    let rows = actor.transact(async |tx| super::page(tx, &filter, &window).await).await?;
    Ok(Json(window.page(rows, |row| Place(row.due_on, row.invoice_id))))
}

/// What the filtered penalties add up to.
#[utoipa::path(get, path = "/v2/penalties/totals", operation_id = "penaltyTotals", tag = "receivables",
    params(PenaltyFilter), responses((status = 200, body = PenaltyTotals), Refusals))]
async fn totals(actor: Actor, Query(filter): Query<PenaltyFilter>) -> Result<Json<PenaltyTotals>> {
    actor.transact(async |tx| super::totals(tx, &filter).await).await.map(Json)
}

/// The report of penalties as an Excel file.
#[utoipa::path(
    get,
    path = "/v2/penalties/export",
    operation_id = "exportPenalties",
    tag = "receivables",
    params(PenaltyFilter),
    responses(Workbook, Refusals)
)]
async fn export(actor: Actor, Query(filter): Query<PenaltyFilter>) -> Result<Exported> {
    exports::export(&actor, Penalties(filter)).await
}

/// Charges what is left of penalties: a fee bill for each contract.
#[utoipa::path(post, path = "/v2/penalties/charges", operation_id = "chargePenalties", tag = "receivables",
    request_body = PenaltyOrder,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key and body again get the same answer.")),
    responses((status = 201, body = PenaltiesDone), Refusals))]
async fn charge(actor: Actor, headers: HeaderMap, Json(order): Json<PenaltyOrder>) -> Result<Response> {
    Once::new(&headers, "POST /v2/penalties/charges", &order)?
        .answer(&actor, StatusCode::CREATED, async |tx| super::charge(tx, &order).await)
        .await
}

/// Waives what is left of penalties, with a reason.
#[utoipa::path(post, path = "/v2/penalties/waivers", operation_id = "waivePenalties", tag = "receivables",
    request_body = PenaltyWaiver,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key and body again get the same answer.")),
    responses((status = 201, body = PenaltiesDone), Refusals))]
async fn waive(actor: Actor, headers: HeaderMap, Json(waiver): Json<PenaltyWaiver>) -> Result<Response> {
    Once::new(&headers, "POST /v2/penalties/waivers", &waiver)?
        .answer(&actor, StatusCode::CREATED, async |tx| super::waive(tx, &waiver).await)
        .await
}

/// A contract's written clause on penalty.
#[utoipa::path(get, path = "/v2/contracts/{id}/penalty-terms", operation_id = "getPenaltyTerms", tag = "receivables",
    params(("id" = ContractId, Path)), responses((status = 200, body = PenaltyTerms), Refusals))]
async fn terms_of(actor: Actor, Path(id): Path<ContractId>) -> Result<Json<PenaltyTerms>> {
    actor.transact(async |tx| terms::find(tx, id).await).await.map(Json)
}

/// Writes down a contract's clause on penalty.
#[utoipa::path(put, path = "/v2/contracts/{id}/penalty-terms", operation_id = "setPenaltyTerms", tag = "receivables",
    params(("id" = ContractId, Path)), request_body = PenaltyTerms,
    responses((status = 200, body = PenaltyTerms), Refusals))]
async fn set_terms(
    actor: Actor,
    Path(id): Path<ContractId>,
    Json(sent): Json<PenaltyTerms>,
) -> Result<Json<PenaltyTerms>> {
    actor.transact(async |tx| terms::set(tx, id, &sent).await).await.map(Json)
}
