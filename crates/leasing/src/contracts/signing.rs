//! How a draft comes into force.

use base::{Error, Result, Tx};
use domain::{ContractId, contract::ContractStatus, rights::Action};
use wire::contracts::ContractView;

use super::{queries, step};

/// Puts a draft into force.
pub async fn sign(tx: &Tx, id: ContractId) -> Result<ContractView> {
    tx.allow(Action::EditContracts)?;
    let draft = queries::lock(tx, id).await?.ok_or(Error::NotFound("contract"))?;
    let status = draft.status.transition_to(ContractStatus::Active)?;
    queries::sign(tx, id, status).await?;
    step::note(tx, "contract.sign", &draft, status, None).await?;
    queries::whole(tx, id).await
}
