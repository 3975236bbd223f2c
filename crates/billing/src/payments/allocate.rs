//! A payment that is in the books already, put on bills by hand, or taken off them again: then it is the tenant's credit.

use base::{Conflict, Error, Result, Tx, audit::Note, params};
use domain::{
    InvoiceId, Money, PaymentId, TenantId,
    allocation::{self, Allocation, OpenInvoice, Spread},
    payment::PaymentStatus,
    rights::Action,
};
use serde_json::{Value, json};
use wire::payments::{NewAllocation, PaymentView};

use super::{
    record::{lock_open, put, refusal},
    reread,
    reverse::{allocations, lock_bills},
};
use crate::{invoices::Standing, receipts::IssueReceipt};

/// Puts what is left of a payment on chosen bills, or on the oldest due when nobody chose. Of two at once the second sees
/// what the first has left.
pub async fn allocate(tx: &Tx, id: PaymentId, chosen: Option<&[NewAllocation]>) -> Result<PaymentView> {
    tx.allow(Action::RecordPayments)?;
    let payment = hold(tx, id).await?;
    let bills = lock_open(tx, payment.tenant).await?;
    let open: Vec<OpenInvoice> = bills.iter().map(Standing::as_open_invoice).collect();
    let left = payment.amount.checked_sub(payment.allocated)?;
    if !left.is_positive() {
        return Err(Conflict::new("OVER_ALLOCATION").with("open", left.to_string()).into());
    }
    let spread = match chosen {
        Some(chosen) => {
            let chosen: Vec<Allocation> =
                chosen.iter().map(|part| Allocation { invoice: part.invoice_id, amount: part.amount }).collect();
            allocation::by_hand(left, &open, &chosen)
        }
        None => allocation::oldest_first(left, &open),
    };
    let Spread { allocations, rest } = spread.map_err(refusal)?;
    if allocations.is_empty() {
        return reread(tx, id).await;
    }
    put(tx, id, &allocations, bills).await?;
    save(tx, id, payment.amount.checked_sub(rest)?).await?;
    note(tx, "payment.allocate", id, &payment, told(&allocations), None).await?;
    if payment.with_receipt {
        tx.promise(&IssueReceipt { payment: id }).await?;
    }
    reread(tx, id).await
}

/// Takes so much of a payment off bills that it pays; they are owed again, and it is the tenant's credit.
pub async fn release(tx: &Tx, id: PaymentId, off: &[NewAllocation], reason: &str) -> Result<PaymentView> {
    tx.allow(Action::RecordPayments)?;
    let payment = hold(tx, id).await?;
    let paid = allocations(tx, id).await?;
    let mut taken: Vec<Allocation> = Vec::with_capacity(off.len());
    let mut allocated = payment.allocated;
    for part in off {
        if taken.iter().any(|other| other.invoice == part.invoice_id) {
            return Err(Error::field("allocations", "repeated"));
        }
        let there = paid.iter().find(|paid| paid.invoice == part.invoice_id).map_or(Money::ZERO, |paid| paid.amount);
        if part.amount.compare(there).is_gt() {
            return Err(Conflict::new("NOT_ALLOCATED").with("allocated", there.to_string()).into());
        }
        taken.push(Allocation { invoice: part.invoice_id, amount: part.amount.checked_neg()? });
        allocated = allocated.checked_sub(part.amount)?;
    }
    let bills = lock_bills(tx, taken.iter().map(|part| part.invoice).collect::<Vec<InvoiceId>>()).await?;
    put(tx, id, &taken, bills).await?;
    save(tx, id, allocated).await?;
    tx.promise(&IssueReceipt { payment: id }).await?;
    note(tx, "payment.release", id, &payment, told(&taken), Some(reason)).await?;
    reread(tx, id).await
}

/// A payment as far as its rest is concerned, held until this transaction ends.
struct Held {
    tenant: TenantId,
    amount: Money,
    allocated: Money,
    /// The tax office is told of every part that pays a bill.
    with_receipt: bool,
}

async fn hold(tx: &Tx, id: PaymentId) -> Result<Held> {
    let row = tx
        .maybe(
            "select p.tenant_id, p.amount, p.allocated, p.status, o.receipt_moment = 'on_payment' as with_receipt
               from payments p
               join property_owners o on o.id = p.owner_id
              where p.owner_id = (select app_owner_id()) and p.id = $1
                for no key update of p",
            &[&id],
        )
        .await?
        .ok_or(Error::NotFound("payment"))?;
    let held = Held {
        tenant: row.get("tenant_id"),
        amount: row.get("amount"),
        allocated: row.get("allocated"),
        with_receipt: row.get("with_receipt"),
    };
    if held.amount.is_negative() || row.get::<_, PaymentStatus>("status") == PaymentStatus::Reversed {
        return Err(Conflict::new("PAYMENT_TAKEN_BACK").into());
    }
    Ok(held)
}

async fn save(tx: &Tx, id: PaymentId, allocated: Money) -> Result<()> {
    tx.later(
        "update payments set allocated = $2 where owner_id = (select app_owner_id()) and id = $1",
        params![id, allocated],
    )
    .await
}

fn told(allocations: &[Allocation]) -> Value {
    allocations.iter().map(|part| json!({ "invoiceId": part.invoice, "amount": part.amount })).collect()
}

async fn note(
    tx: &Tx,
    action: &'static str,
    id: PaymentId,
    before: &Held,
    allocations: Value,
    reason: Option<&str>,
) -> Result<()> {
    tx.note(Note {
        action,
        id: Some(id.0),
        before: Some(json!({ "allocated": before.allocated })),
        after: Some(json!({ "allocations": allocations })),
        reason: reason.map(str::to_owned),
    })
    .await
}
