//! How a draft comes into force: sent for signature, signed or put into force without, or taken back to its draft.

use base::{Checks, Result, Tx, clock::ulaanbaatar, params};
use domain::{
    ContractId,
    contract::{ContractStatus, What},
    rights::Action,
    text::tidy,
};
use jiff::{Timestamp, civil::Date};
use wire::{
    contracts::ContractView,
    lifecycle::{ContractStep, Signature, StepBack},
};

use super::{
    check_day, drafts, queries, renewal,
    step::{self, Standing, Taken},
};
use crate::deposits;

/// Sends a draft for signature: the tenant sees it from now on, and it is the owner's draft no more.
pub async fn send(tx: &Tx, id: ContractId, order: &ContractStep) -> Result<ContractView> {
    tx.allow(Action::EditContracts)?;
    let draft = step::lock(tx, id, order.version).await?;
    let to = step::go(tx, &draft, ContractStatus::PendingSignature).await?;
    drafts::require_complete(&queries::whole(tx, id).await?)?;
    let effective_on = tx.clock().today();
    let taken = Taken { action: "contract.send", what: What::SentToSign, to, effective_on, reason: None };
    step::note(tx, &draft, taken).await
}

/// Makes a draft again of what was sent for signature.
pub async fn take_back(tx: &Tx, id: ContractId, order: &StepBack) -> Result<ContractView> {
    tx.allow(Action::EditContracts)?;
    let reason = reason(&order.reason)?;
    let sent = step::lock(tx, id, order.version).await?;
    let to = step::go(tx, &sent, ContractStatus::Draft).await?;
    let effective_on = tx.clock().today();
    let taken = Taken { action: "contract.take_back", what: What::SentBack, to, effective_on, reason: Some(reason) };
    step::note(tx, &sent, taken).await
}

/// Signs a contract, which puts it into force.
pub async fn sign(tx: &Tx, id: ContractId, order: &Signature) -> Result<ContractView> {
    tx.allow(Action::EditContracts)?;
    let today = tx.clock().today();
    let signed_on = order.signed_on.unwrap_or(today);
    let draft = step::lock(tx, id, order.version).await?;
    let mut checks = Checks::new();
    check_day(&mut checks, "signedOn", signed_on);
    checks.that(signed_on <= today, "signedOn", "in-the-future");
    checks.done()?;
    let to = put_into_force(tx, &draft).await?;
    let signed_at = if signed_on == today { tx.clock().now() } else { first_moment(signed_on) };
    tx.later("update contracts set signed_at = $2 where id = $1", params![id, signed_at]).await?;
    let taken = Taken { action: "contract.sign", what: What::Signed, to, effective_on: draft.starts_on, reason: None };
    step::note(tx, &draft, taken).await
}

/// Puts a contract into force without a signature.
pub async fn activate(tx: &Tx, id: ContractId, order: &ContractStep) -> Result<ContractView> {
    tx.allow(Action::EditContracts)?;
    let draft = step::lock(tx, id, order.version).await?;
    let to = put_into_force(tx, &draft).await?;
    let taken =
        Taken { action: "contract.activate", what: What::Activated, to, effective_on: draft.starts_on, reason: None };
    step::note(tx, &draft, taken).await
}

/// From now on it is billed and its deposit is due; the contract that it goes on from is renewed by it.
async fn put_into_force(tx: &Tx, draft: &Standing) -> Result<ContractStatus> {
    let to = step::go(tx, draft, ContractStatus::Active).await?;
    drafts::require_complete(&queries::whole(tx, draft.id).await?)?;
    if let Some(old) = draft.renews {
        renewal::take_over(tx, old, draft).await?;
    }
    deposits::owe(tx, draft.id, draft.deposit_amount, tx.clock().today()).await?;
    Ok(to)
}

/// Why a step is taken back.
pub(super) fn reason(said: &str) -> Result<String> {
    let reason = tidy(said);
    Checks::new().name("reason", &reason, 500).done()?;
    Ok(reason)
}

fn first_moment(day: Date) -> Timestamp {
    let midnight = day.to_datetime(jiff::civil::Time::midnight());
    ulaanbaatar().to_timestamp(midnight).expect("a fixed offset has every moment of our days")
}
