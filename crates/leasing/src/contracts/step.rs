//! What the steps of a contract's life have in common: the contract held still at the version that was read, the step by
//! the published table, and what each leaves behind.

mod queries;
mod routes;

use base::{Conflict, Error, Result, Tx, audit::Note};
use domain::{
    ContractId,
    contract::{ContractStatus, What},
};
use jiff::civil::Date;
use serde_json::json;
use wire::contracts::ContractView;

pub(crate) use self::queries::Standing;
pub(super) use self::routes::routes;
use super::history;

/// A step that was taken, in the words of the audit and of the history.
pub(super) struct Taken {
    /// `contract.sign`
    pub action: &'static str,
    pub what: What,
    pub to: ContractStatus,
    /// The first day for which it holds.
    pub effective_on: Date,
    pub reason: Option<String>,
}

/// The contract, held against other changes until this transaction ends; refused when another version was read.
pub(crate) async fn lock(tx: &Tx, id: ContractId, version: Option<i32>) -> Result<Standing> {
    let contract = queries::lock(tx, id).await?.ok_or(Error::NotFound("contract"))?;
    if version.is_some_and(|version| version != contract.version) {
        return Err(Conflict::new("VERSION").into());
    }
    Ok(contract)
}

/// The contract as it stands, not held: what a preview looks at.
pub(crate) async fn find(tx: &Tx, id: ContractId) -> Result<Standing> {
    queries::find(tx, id).await?.ok_or(Error::NotFound("contract"))
}

/// Goes to `to`, if the table knows the step.
pub(super) async fn go(tx: &Tx, from: &Standing, to: ContractStatus) -> Result<ContractStatus> {
    let next = from.status.transition_to(to)?;
    queries::save_status(tx, from.id, next).await?;
    Ok(next)
}

/// Notes a step down, in the audit and in the contract's history.
pub(super) async fn note(tx: &Tx, from: &Standing, taken: Taken) -> Result<ContractView> {
    tx.note(Note {
        action: taken.action,
        id: Some(from.id.0),
        before: Some(json!({ "status": from.status, "endsOn": from.ends_on })),
        after: Some(json!({ "status": taken.to, "effectiveOn": taken.effective_on })),
        reason: taken.reason.clone(),
    })
    .await?;
    history::record(tx, from.id, taken.what, taken.effective_on, taken.reason.as_deref()).await
}
