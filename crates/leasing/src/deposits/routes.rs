//! The doors of deposits.

use axum::response::Response;
use base::{
    Actor, App, Json, Once, Path, Query, Refusals, Result,
    exports::{self, Exported, Workbook},
    lists::Window,
};
use domain::{ContractId, rights::Action};
use http::{HeaderMap, StatusCode};
use serde_json::json;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page,
    deposits::{DepositFilter, DepositRow, DepositTotals, DepositView, NewDepositEntry},
};

use super::{export::Deposits, register};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(totals))
        .routes(routes!(export))
        .routes(routes!(get))
        .routes(routes!(enter))
}

/// The register of deposits, by the contracts' codes.
#[utoipa::path(get, path = "/v2/deposits", operation_id = "listDeposits", tag = "deposits", params(DepositFilter),
    responses((status = 200, body = Page<DepositRow>), Refusals))]
async fn list(actor: Actor, Query(filter): Query<DepositFilter>) -> Result<Json<Page<DepositRow>>> {
    let window = Window::new(filter.limit, filter.cursor.as_deref())?;
    let rows = actor
        .transact(async |tx| {
            tx.allow(Action::ReadReports)?;
            register::page(tx, &filter, &window).await
        })
        .await?;
    Ok(Json(window.page(rows, |row| row.contract_code.clone())))
}

/// What the filtered deposits add up to.
#[utoipa::path(get, path = "/v2/deposits/totals", operation_id = "depositTotals", tag = "deposits",
    params(DepositFilter), responses((status = 200, body = DepositTotals), Refusals))]
async fn totals(actor: Actor, Query(filter): Query<DepositFilter>) -> Result<Json<DepositTotals>> {
    let totals = actor
        .transact(async |tx| {
            tx.allow(Action::ReadReports)?;
            register::totals(tx, &filter).await
        })
        .await?;
    Ok(Json(totals))
}

/// The register as a filter picks it, as an Excel file.
#[utoipa::path(
    get,
    path = "/v2/deposits/export",
    operation_id = "exportDeposits",
    tag = "deposits",
    params(DepositFilter),
    responses(Workbook, Refusals)
)]
async fn export(actor: Actor, Query(filter): Query<DepositFilter>) -> Result<Exported> {
    exports::export(&actor, Deposits(filter)).await
}

/// The deposit of a contract with its entries.
#[utoipa::path(get, path = "/v2/contracts/{id}/deposit", operation_id = "getDeposit", tag = "deposits",
    params(("id" = ContractId, Path)), responses((status = 200, body = DepositView), Refusals))]
async fn get(actor: Actor, Path(id): Path<ContractId>) -> Result<Json<DepositView>> {
    actor.transact(async |tx| super::find(tx, id).await).await.map(Json)
}

/// Writes down what is due, what came in, what was given back, or what was wrong.
#[utoipa::path(post, path = "/v2/contracts/{id}/deposit/entries", operation_id = "enterDeposit", tag = "deposits",
    params(("id" = ContractId, Path),
           ("Idempotency-Key" = Option<String>, Header, description = "The same key and body again get the same answer.")),
    request_body(content = NewDepositEntry,
        example = json!({ "kind": "received", "amount": "225000000", "on": "2026-11-20", "reference": "ХААН 5000123456" })),
    responses((status = 201, body = DepositView), Refusals))]
async fn enter(
    actor: Actor,
    headers: HeaderMap,
    Path(id): Path<ContractId>,
    Json(new): Json<NewDepositEntry>,
) -> Result<Response> {
    Once::new(&headers, "POST /v2/contracts/{id}/deposit/entries", &json!({ "id": id, "entry": new }))?
        .answer(&actor, StatusCode::CREATED, async |tx| super::enter(tx, id, &new).await)
        .await
}
