//! The doors under /v2/bank-accounts.

use base::{Actor, App, Json, Path, Refusals, Result};
use domain::BankAccountId;
use http::StatusCode;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::banks::{BankAccountChange, BankAccountView, NewBankAccount};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(edit))
}

/// The owner's bank accounts.
#[utoipa::path(get, path = "/v2/bank-accounts", operation_id = "listBankAccounts", tag = "bank-accounts",
    responses((status = 200, body = [BankAccountView]), Refusals))]
async fn list(actor: Actor) -> Result<Json<Vec<BankAccountView>>> {
    actor.transact(async |tx| super::list(tx).await).await.map(Json)
}

/// Registers a bank account.
#[utoipa::path(post, path = "/v2/bank-accounts", operation_id = "createBankAccount", tag = "bank-accounts",
    request_body = NewBankAccount, responses((status = 201, body = BankAccountView), Refusals))]
async fn create(actor: Actor, Json(new): Json<NewBankAccount>) -> Result<(StatusCode, Json<BankAccountView>)> {
    let made = actor.transact(async |tx| super::create(tx, &new).await).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// Changes the holder's name, or whether tenants are told to pay to the account.
#[utoipa::path(patch, path = "/v2/bank-accounts/{id}", operation_id = "editBankAccount", tag = "bank-accounts",
    params(("id" = BankAccountId, Path)), request_body = BankAccountChange,
    responses((status = 200, body = BankAccountView), Refusals))]
async fn edit(
    actor: Actor,
    Path(id): Path<BankAccountId>,
    Json(change): Json<BankAccountChange>,
) -> Result<Json<BankAccountView>> {
    actor.transact(async |tx| super::edit(tx, id, &change).await).await.map(Json)
}
