//! Every question asked about the entries of a deposit.

use base::{Result, Tx, params};
use domain::{
    ContractId, DepositEntryId, Money, PaymentId,
    deposit::{Deposit, DepositKind, Effect},
};
use tokio_postgres::Row;
use wire::deposits::DepositEntryView;

use super::Entry;

/// An entry as far as putting it right goes.
pub(super) struct Found {
    pub id: DepositEntryId,
    pub kind: DepositKind,
    pub effect: Effect,
    pub payment: Option<PaymentId>,
}

/// What all entries of a contract add up to.
pub(super) async fn deposit(tx: &Tx, contract: ContractId) -> Result<Deposit> {
    let row = tx
        .one(
            "select coalesce(sum(due_amount), 0)::bigint as due, coalesce(sum(held_amount), 0)::bigint as held
               from deposit_entries
              where owner_id = (select app_owner_id()) and contract_id = $1",
            &[&contract],
        )
        .await?;
    Ok(Deposit { due: row.get("due"), held: row.get("held") })
}

pub(super) async fn entry(tx: &Tx, contract: ContractId, id: DepositEntryId) -> Result<Option<Found>> {
    let row = tx
        .maybe(
            "select id, kind, due_amount, held_amount, payment_id
               from deposit_entries
              where owner_id = (select app_owner_id()) and contract_id = $1 and id = $2",
            &[&contract, &id],
        )
        .await?;
    Ok(row.as_ref().map(found))
}

/// The set-off that a payment is, and whose.
pub(super) async fn of_payment(tx: &Tx, payment: PaymentId) -> Result<Option<(ContractId, Found)>> {
    let row = tx
        .maybe(
            "select contract_id, id, kind, due_amount, held_amount, payment_id
               from deposit_entries
              where owner_id = (select app_owner_id()) and payment_id = $1",
            &[&payment],
        )
        .await?;
    Ok(row.as_ref().map(|row| (row.get("contract_id"), found(row))))
}

/// The entries in the order of their days.
pub(super) async fn entries(tx: &Tx, contract: ContractId) -> Result<Vec<DepositEntryView>> {
    let rows = tx
        .all(
            "select e.id, e.kind, e.on_day, e.due_amount, e.held_amount, e.reference, e.reason, e.payment_id, e.corrects_id,
                    e.created_at,
                    exists (select from deposit_entries c
                             where c.owner_id = e.owner_id and c.corrects_id = e.id) as is_corrected
               from deposit_entries e
              where e.owner_id = (select app_owner_id()) and e.contract_id = $1
              order by e.on_day, e.id",
            &[&contract],
        )
        .await?;
    Ok(rows.iter().map(view).collect())
}

/// Puts an entry in; what Postgres says of it is waited for here.
pub(super) async fn insert(tx: &Tx, contract: ContractId, id: DepositEntryId, entry: &Entry) -> Result<()> {
    tx.touch(
        "insert into deposit_entries (id, contract_id, kind, on_day, due_amount, held_amount, reference, reason, payment_id,
                                      corrects_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &[
            &id,
            &contract,
            &entry.kind,
            &entry.on,
            &entry.effect.due,
            &entry.effect.held,
            &entry.reference,
            &entry.reason,
            &entry.payment,
            &entry.corrects,
        ],
    )
    .await
    .map(drop)
}

/// What the contract agrees on follows what is due.
pub(super) async fn save_due(tx: &Tx, contract: ContractId, due: Money) -> Result<()> {
    tx.later("update contracts set deposit_amount = $2, version = version + 1 where id = $1", params![contract, due])
        .await
}

fn found(row: &Row) -> Found {
    Found {
        id: row.get("id"),
        kind: row.get("kind"),
        effect: Effect { due: row.get("due_amount"), held: row.get("held_amount") },
        payment: row.get("payment_id"),
    }
}

fn view(row: &Row) -> DepositEntryView {
    DepositEntryView {
        id: row.get("id"),
        kind: row.get("kind"),
        on: row.get("on_day"),
        due_amount: row.get("due_amount"),
        held_amount: row.get("held_amount"),
        reference: row.get("reference"),
        reason: row.get("reason"),
        payment_id: row.get("payment_id"),
        corrects_id: row.get("corrects_id"),
        is_corrected: row.get("is_corrected"),
        created_at: row.get("created_at"),
    }
}
