//! The doors under /v2/receivables.

use base::{
    Actor, App, Json, Query, Refusals, Result,
    exports::{self, Exported, Workbook},
    lists::Window,
};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page,
    receivables::{ReceivableFilter, ReceivableLine, ReceivableLineFilter, ReceivableRow, ReceivableTotals},
};

use super::{
    export::Receivables,
    queries::{LinePlace, Place},
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(totals)).routes(routes!(export)).routes(routes!(lines))
}

/// Receivables by age as of a day, the largest first.
#[utoipa::path(get, path = "/v2/receivables", operation_id = "listReceivables", tag = "receivables",
    params(ReceivableFilter), responses((status = 200, body = Page<ReceivableRow>), Refusals))]
async fn list(actor: Actor, Query(filter): Query<ReceivableFilter>) -> Result<Json<Page<ReceivableRow>>> {
    let window = Window::new(filter.limit, filter.cursor.as_deref())?;
    let rows = actor.transact(async |tx| super::page(tx, &filter, &window).await).await?;
    Ok(Json(window.page(rows, Place::of)))
}

/// What the filtered receivables add up to.
#[utoipa::path(get, path = "/v2/receivables/totals", operation_id = "receivableTotals", tag = "receivables",
    params(ReceivableFilter), responses((status = 200, body = ReceivableTotals), Refusals))]
async fn totals(actor: Actor, Query(filter): Query<ReceivableFilter>) -> Result<Json<ReceivableTotals>> {
    actor.transact(async |tx| super::totals(tx, &filter).await).await.map(Json)
}

/// The receivables that a filter picks, as an Excel file.
#[utoipa::path(
    get,
    path = "/v2/receivables/export",
    operation_id = "exportReceivables",
    tag = "receivables",
    params(ReceivableFilter),
    responses(Workbook, Refusals)
)]
async fn export(actor: Actor, Query(filter): Query<ReceivableFilter>) -> Result<Exported> {
    exports::export(&actor, Receivables(filter)).await
}

/// The open bills behind a figure, the longest due first.
#[utoipa::path(get, path = "/v2/receivables/lines", operation_id = "receivableLines", tag = "receivables",
    params(ReceivableLineFilter), responses((status = 200, body = Page<ReceivableLine>), Refusals))]
async fn lines(actor: Actor, Query(filter): Query<ReceivableLineFilter>) -> Result<Json<Page<ReceivableLine>>> {
    let window = Window::new(filter.limit, filter.cursor.as_deref())?;
    let rows = actor.transact(async |tx| super::lines(tx, &filter, &window).await).await?;
    Ok(Json(window.page(rows, |row| LinePlace(row.due_on, row.invoice_id))))
}
