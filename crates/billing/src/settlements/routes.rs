//! The doors by which a contract ends before its time, and comes back.

use axum::response::Response;
use base::{Actor, App, Json, Once, Path, Query, Refusals, Result};
use domain::ContractId;
use http::{HeaderMap, StatusCode};
use serde_json::json;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    contracts::{ContractView, Termination},
    lifecycle::{EndedContract, StepBack},
    settlements::{SettlementView, TerminationAsked},
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(preview)).routes(routes!(terminate)).routes(routes!(restore))
}

/// What a termination would be settled with; its figures are those of the termination.
#[utoipa::path(get, path = "/v2/contracts/{id}/termination-preview", operation_id = "previewTermination",
    tag = "contracts", params(("id" = ContractId, Path), TerminationAsked),
    responses((status = 200, body = SettlementView), Refusals))]
async fn preview(
    actor: Actor,
    Path(id): Path<ContractId>,
    Query(asked): Query<TerminationAsked>,
) -> Result<Json<SettlementView>> {
    actor.transact(async |tx| super::preview(tx, id, &asked).await).await.map(Json)
}

/// Ends a contract before its time and settles it; a draft is dropped.
#[utoipa::path(post, path = "/v2/contracts/{id}/termination", operation_id = "terminateContract", tag = "contracts",
    params(("id" = ContractId, Path),
           ("Idempotency-Key" = Option<String>, Header, description = "The same key and body again get the same answer.")),
    request_body(content = Termination, example = json!({ "on": "2026-11-30", "reason": "Түрээслэгчийн хүсэлтээр",
        "setOffDeposit": true, "version": 3 })),
    responses((status = 200, body = EndedContract), Refusals))]
async fn terminate(
    actor: Actor,
    headers: HeaderMap,
    Path(id): Path<ContractId>,
    Json(order): Json<Termination>,
) -> Result<Response> {
    Once::new(&headers, "POST /v2/contracts/{id}/termination", &json!({ "id": id, "order": order }))?
        .answer(&actor, StatusCode::OK, async |tx| super::terminate(tx, id, &order).await)
        .await
}

/// Undoes a termination that was a mistake, within the month in which it was noted.
#[utoipa::path(post, path = "/v2/contracts/{id}/restoration", operation_id = "restoreContract", tag = "contracts",
    params(("id" = ContractId, Path),
           ("Idempotency-Key" = Option<String>, Header, description = "The same key and body again get the same answer.")),
    request_body(content = StepBack, example = json!({ "reason": "Өөр гэрээ цуцлах байсан", "version": 4 })),
    responses((status = 200, body = ContractView), Refusals))]
async fn restore(
    actor: Actor,
    headers: HeaderMap,
    Path(id): Path<ContractId>,
    Json(order): Json<StepBack>,
) -> Result<Response> {
    Once::new(&headers, "POST /v2/contracts/{id}/restoration", &json!({ "id": id, "order": order }))?
        .answer(&actor, StatusCode::OK, async |tx| super::restore(tx, id, &order).await)
        .await
}
