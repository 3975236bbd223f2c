//! Settlements: a contract that ends before its time is billed for the days used, what was billed too far is taken back,
//! the tenant's credit and the deposit pay what is open – and all of it is undone when the ending was a mistake.
//!
//! Leasing ends and restores the contract; what that costs is said here, in the same transaction. The preview makes the
//! same plan from the same facts, so its figures are the outcome's.

mod facts;
mod make;
mod routes;
mod undo;
mod view;

use base::{Error, Result, Slice, Tx, params};
use domain::{ContractEndingId, ContractId, InvoiceId, PaymentId, SettlementId, rights::Action};
use leasing::contracts::ending;
use serde_json::json;
use wire::{
    contracts::{ContractView, Termination},
    lifecycle::{EndedContract, StepBack},
    settlements::{SettlementView, TerminationAsked},
};

use self::facts::Known;

pub fn slice() -> Slice {
    Slice::new("settlements").routes(routes::routes())
}

/// What a termination would be settled with.
pub async fn preview(tx: &Tx, id: ContractId, asked: &TerminationAsked) -> Result<SettlementView> {
    let on = asked.on.unwrap_or_else(|| tx.clock().today());
    ending::may_end(tx, id, on).await?;
    let known = Known::of(tx, id, on, asked.set_off_deposit).await?;
    let settlement = known.plan(tx)?;
    Ok(view::of(tx, &known, &settlement))
}

/// Ends a contract before its time and settles it. A draft is dropped, and there is nothing to settle.
pub async fn terminate(tx: &Tx, id: ContractId, order: &Termination) -> Result<EndedContract> {
    tx.allow(Action::TerminateContracts)?;
    let before = Known::held_still(tx, id, order.on, order.set_off_deposit).await?;
    let ended = ending::terminate(tx, id, order).await?;
    let Some(of) = ended.ending else { return Ok(EndedContract { contract: ended.contract, settlement: None }) };
    let settlement = before.plan(tx)?;
    let made = make::make(tx, &before, &settlement).await?;
    let mut told = view::of(tx, &before, &settlement);
    told.payment_id = made.payment;
    for (month, id) in &made.bills {
        told.months
            .iter_mut()
            .filter(|settled| settled.month == *month)
            .for_each(|settled| settled.made_id = Some(*id));
    }
    keep(tx, of, &told, &made.bills.iter().map(|(_, id)| *id).collect::<Vec<_>>(), made.payment).await?;
    Ok(EndedContract { contract: ended.contract, settlement: Some(told) })
}

/// Undoes a termination that was a mistake, with everything that it was settled with: by reversals, never by deletion.
pub async fn restore(tx: &Tx, id: ContractId, order: &StepBack) -> Result<ContractView> {
    let restored = ending::restore(tx, id, &order.reason, order.version).await?;
    if let Some(settled) = find(tx, restored.ending).await? {
        undo::undo(tx, id, &settled, order.reason.trim()).await?;
    }
    Ok(restored.contract)
}

/// Writes down what a contract was settled with.
async fn keep(
    tx: &Tx,
    ending: ContractEndingId,
    told: &SettlementView,
    invoices: &[InvoiceId],
    payment: Option<PaymentId>,
) -> Result<()> {
    let id = SettlementId::new();
    tx.later(
        "insert into settlements (id, contract_id, ending_id, figures, invoice_ids, payment_id)
         values ($1, $2, $3, $4, $5, $6)",
        params![id, told.contract_id, ending, json!(told), invoices.to_vec(), payment],
    )
    .await?;
    let figures = json!({ "contractId": told.contract_id, "on": told.on, "billed": told.billed,
        "takenBack": told.taken_back, "setOff": told.set_off, "toPay": told.to_pay, "depositLeft": told.deposit_left });
    tx.audit("settlement.make", id.0, &figures).await
}

async fn find(tx: &Tx, ending: ContractEndingId) -> Result<Option<SettlementView>> {
    let row = tx
        .maybe(
            "select figures from settlements where owner_id = (select app_owner_id()) and ending_id = $1",
            &[&ending],
        )
        .await?;
    let figures = row.map(|row| serde_json::from_value(row.get("figures"))).transpose();
    figures.map_err(|error| Error::Internal(error.to_string()))
}
