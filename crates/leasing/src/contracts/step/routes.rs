//! The doors of a contract's steps.

use base::{Actor, App, Json, Path, Refusals, Result};
use domain::ContractId;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::contracts::{ContractView, Termination};

use crate::contracts::{ending, signing};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(sign)).routes(routes!(terminate))
}

/// Puts a draft into force.
#[utoipa::path(post, path = "/v2/contracts/{id}/signature", operation_id = "signContract", tag = "contracts",
    params(("id" = ContractId, Path)), responses((status = 200, body = ContractView), Refusals))]
async fn sign(actor: Actor, Path(id): Path<ContractId>) -> Result<Json<ContractView>> {
    actor.transact(async |tx| signing::sign(tx, id).await).await.map(Json)
}

/// Ends a contract before its time; a draft is dropped.
#[utoipa::path(post, path = "/v2/contracts/{id}/termination", operation_id = "terminateContract", tag = "contracts",
    params(("id" = ContractId, Path)), request_body = Termination,
    responses((status = 200, body = ContractView), Refusals))]
async fn terminate(
    actor: Actor,
    Path(id): Path<ContractId>,
    Json(order): Json<Termination>,
) -> Result<Json<ContractView>> {
    actor.transact(async |tx| ending::terminate(tx, id, &order).await).await.map(Json)
}
