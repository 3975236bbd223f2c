//! The doors under /v2/contracts; those of their steps are in `step/routes.rs`, of their
//! charge lines in `items.rs`.

use axum::response::Response;
use base::{
    Actor, App, Error, Json, Once, Path, Query, Refusals, Result,
    exports::{self, Exported, Workbook},
    lists::Window,
};
use domain::{ContractId, rights::Action};
use http::{HeaderMap, StatusCode};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page,
    contracts::{ContractAsOf, ContractChange, ContractFilter, ContractRow, ContractTotals, ContractView, NewContract},
};

use super::{export::Contracts, history, list, queries};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_page, create))
        .routes(routes!(totals))
        .routes(routes!(export))
        .routes(routes!(get, edit))
}

/// Contracts, filtered and sorted.
#[utoipa::path(get, path = "/v2/contracts", operation_id = "listContracts", tag = "contracts", params(ContractFilter),
    responses((status = 200, body = Page<ContractRow>), Refusals))]
async fn get_page(actor: Actor, Query(filter): Query<ContractFilter>) -> Result<Json<Page<ContractRow>>> {
    let window = Window::new(filter.limit, filter.cursor.as_deref())?;
    check(&filter)?;
    let page = actor
        .transact(async |tx| {
            tx.allow(Action::ReadContracts)?;
            list::page(tx, &filter, &window).await
        })
        .await?;
    Ok(Json(page))
}

/// What the filtered contracts add up to.
#[utoipa::path(get, path = "/v2/contracts/totals", operation_id = "totalContracts", tag = "contracts",
    params(ContractFilter), responses((status = 200, body = ContractTotals), Refusals))]
async fn totals(actor: Actor, Query(filter): Query<ContractFilter>) -> Result<Json<ContractTotals>> {
    check(&filter)?;
    let totals = actor
        .transact(async |tx| {
            tx.allow(Action::ReadContracts)?;
            list::totals(tx, &filter).await
        })
        .await?;
    Ok(Json(totals))
}

/// The contracts that a filter picks, in its order, as an Excel file.
#[utoipa::path(
    get,
    path = "/v2/contracts/export",
    operation_id = "exportContracts",
    tag = "contracts",
    params(ContractFilter),
    responses(Workbook, Refusals)
)]
async fn export(actor: Actor, Query(filter): Query<ContractFilter>) -> Result<Exported> {
    check(&filter)?;
    exports::export(&actor, Contracts(filter)).await
}

fn check(filter: &ContractFilter) -> Result<()> {
    match filter.ending_within_days {
        Some(days) if !(0..=3660).contains(&days) => Err(Error::field("endingWithinDays", "bad-format")),
        _ => Ok(()),
    }
}

/// One contract with its rooms and charge lines, as it is now or as it was known on a past day.
#[utoipa::path(get, path = "/v2/contracts/{id}", operation_id = "getContract", tag = "contracts",
    params(("id" = ContractId, Path), ContractAsOf), responses((status = 200, body = ContractView), Refusals))]
async fn get(
    actor: Actor,
    Path(id): Path<ContractId>,
    Query(asked): Query<ContractAsOf>,
) -> Result<Json<ContractView>> {
    let contract = actor
        .transact(async |tx| {
            tx.allow(Action::ReadContracts)?;
            match asked.as_of {
                Some(day) => history::as_of(tx, id, day).await,
                None => queries::find(tx, id).await,
            }
        })
        .await?;
    Ok(Json(contract))
}

/// Drafts a contract, which holds its rooms from then on.
#[utoipa::path(post, path = "/v2/contracts", operation_id = "createContract", tag = "contracts",
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key and body again is answered as the first time.")),
    request_body = NewContract, responses((status = 201, body = ContractView), Refusals))]
async fn create(actor: Actor, headers: HeaderMap, Json(new): Json<NewContract>) -> Result<Response> {
    let once = Once::new(&headers, "POST /v2/contracts", &new)?;
    once.answer(&actor, StatusCode::CREATED, async |tx| super::create(tx, &new).await).await
}

/// Changes a contract: a draft in everything, one in force in how it is paid, its notes, and by a later end.
#[utoipa::path(patch, path = "/v2/contracts/{id}", operation_id = "editContract", tag = "contracts",
    params(("id" = ContractId, Path)), request_body = ContractChange,
    responses((status = 200, body = ContractView), Refusals))]
async fn edit(
    actor: Actor,
    Path(id): Path<ContractId>,
    Json(change): Json<ContractChange>,
) -> Result<Json<ContractView>> {
    actor.transact(async |tx| super::edit(tx, id, &change).await).await.map(Json)
}
