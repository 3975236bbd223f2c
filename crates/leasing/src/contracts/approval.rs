//! Approval: before its first bill a contract made by hand is looked at by somebody who answers for money.
//!
//! A director or an accountant who drafts a contract has looked at it; what an employee drafts waits, and an approved
//! draft that an employee changes waits again. Until then the month's run leaves the contract out and says why.

use base::{Actor, App, Conflict, Error, Json, Path, Refusals, Result, Tx, audit::Note, params};
use domain::{ContractId, UserId, contract::What, rights::Action};
use jiff::Timestamp;
use serde_json::json;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::contracts::ContractView;

use super::{drafts, history, queries};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(post_approval))
}

/// Approves a contract for billing; approved a second time it stays as it is.
#[utoipa::path(post, path = "/v2/contracts/{id}/approval", operation_id = "approveContract", tag = "contracts",
    params(("id" = ContractId, Path)), responses((status = 200, body = ContractView), Refusals))]
async fn post_approval(actor: Actor, Path(id): Path<ContractId>) -> Result<Json<ContractView>> {
    actor.transact(async |tx| approve(tx, id).await).await.map(Json)
}

/// Approves a contract for billing. There must be something to approve: rooms, and what they cost.
pub async fn approve(tx: &Tx, id: ContractId) -> Result<ContractView> {
    tx.allow(Action::ApproveContracts)?;
    let contract = queries::lock(tx, id).await?.ok_or(Error::NotFound("contract"))?;
    if contract.status.is_final() {
        return Err(Conflict::new("CONTRACT_ENDED").into());
    }
    let before = queries::whole(tx, id).await?;
    if before.approved_at.is_some() {
        return Ok(before);
    }
    drafts::require_complete(&before)?;
    tx.later(
        "update contracts set approved_at = $2, approved_by = app_user_id(), version = version + 1 where id = $1",
        params![id, tx.clock().now()],
    )
    .await?;
    tx.audit("contract.approve", id.0, &json!({ "code": before.code, "version": contract.version })).await?;
    history::record(tx, id, What::Approved, tx.clock().today(), None).await
}

/// When and by whom a contract counts as approved that this person makes.
pub(super) async fn of_maker(tx: &Tx) -> Result<(Option<Timestamp>, Option<UserId>)> {
    let who = tx.who().await?;
    let may = who.role.is_some_and(|role| role.may(Action::ApproveContracts));
    Ok(if may { (Some(tx.clock().now()), who.user) } else { (None, None) })
}

/// Takes an approval back when a draft is changed by somebody who could not give it.
pub(super) async fn withdraw_unless_given(tx: &Tx, draft: ContractId) -> Result<()> {
    if of_maker(tx).await?.0.is_some() {
        return Ok(());
    }
    let withdrawn = tx
        .maybe(
            "update contracts set approved_at = null, approved_by = null
              where id = $1 and approved_at is not null returning id",
            &[&draft],
        )
        .await?;
    if withdrawn.is_some() {
        tx.note(Note {
            action: "contract.withdraw_approval",
            id: Some(draft.0),
            before: None,
            after: Some(json!({ "approved": false })),
            reason: None,
        })
        .await?;
    }
    Ok(())
}
