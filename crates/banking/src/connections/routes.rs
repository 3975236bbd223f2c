//! The doors under /v2/bank-accounts/{id}/connection.

use base::{Actor, App, Json, Path, Refusals, Result};
use domain::BankAccountId;
use http::StatusCode;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::banks::{ConnectionView, NewBankConnection};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(connect, disconnect)).routes(routes!(test))
}

/// Keeps what the bank gave to read the account with, in place of what was there, and tries it.
#[utoipa::path(put, path = "/v2/bank-accounts/{id}/connection", operation_id = "connectBankAccount", tag = "bank-accounts",
    params(("id" = BankAccountId, Path)), request_body = NewBankConnection,
    responses((status = 200, body = ConnectionView), Refusals))]
async fn connect(
    actor: Actor,
    Path(id): Path<BankAccountId>,
    Json(new): Json<NewBankConnection>,
) -> Result<Json<ConnectionView>> {
    actor.transact(async |tx| super::connect(tx, id, &new).await).await.map(Json)
}

/// Forgets what the account is read with; what was read stays.
#[utoipa::path(delete, path = "/v2/bank-accounts/{id}/connection", operation_id = "disconnectBankAccount", tag = "bank-accounts",
    params(("id" = BankAccountId, Path)), responses((status = 204, description = "Forgotten."), Refusals))]
async fn disconnect(actor: Actor, Path(id): Path<BankAccountId>) -> Result<StatusCode> {
    actor.transact(async |tx| super::disconnect(tx, id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Asks the bank now; how it went stands on the account a moment later.
#[utoipa::path(post, path = "/v2/bank-accounts/{id}/connection/tests", operation_id = "testBankAccount", tag = "bank-accounts",
    params(("id" = BankAccountId, Path)), responses((status = 200, body = ConnectionView), Refusals))]
async fn test(actor: Actor, Path(id): Path<BankAccountId>) -> Result<Json<ConnectionView>> {
    actor.transact(async |tx| super::test(tx, id).await).await.map(Json)
}
