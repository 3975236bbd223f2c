//! Taking a payment back: a negative row of its own, and every bill it paid is owed again.

use base::{Conflict, Error, Result, Tx, audit::Note, params};
use domain::{
    InvoiceId, Money, PaymentId,
    allocation::{self, Allocation},
    payment::PaymentStatus,
    rights::Action,
};
use leasing::deposits;
use serde_json::json;
use wire::payments::PaymentView;

use super::{record::put, reread};
use crate::{
    invoices::{self, Standing},
    receipts::IssueReceipt,
};

/// Takes a payment back and gives the row that does it.
pub async fn reverse(tx: &Tx, id: PaymentId, reason: &str) -> Result<PaymentView> {
    tx.allow(Action::RecordPayments)?;
    let (amount, status) = lock(tx, id).await?;
    if amount.is_negative() {
        return Err(Conflict::new("PAYMENT_IS_REVERSAL").into());
    }
    let reversed = status.transition_to(PaymentStatus::Reversed)?;
    let paid = allocations(tx, id).await?;
    let undone = allocation::reverse(amount, &paid).map_err(|error| Error::Internal(error.to_string()))?;
    let bills = lock_bills(tx, undone.reopened.iter().map(|part| part.invoice).collect()).await?;

    let reversal = PaymentId::new();
    tx.later("update payments set status = $2 where id = $1", params![id, reversed]).await?;
    tx.later(
        "insert into payments (id, tenant_id, method, amount, paid_at, payer, reverses_id, note)
         select $2, tenant_id, method, -amount, $3, payer, id, $4 from payments where id = $1",
        params![id, reversal, tx.clock().now(), reason.to_owned()],
    )
    .await?;
    let mut taken = Vec::with_capacity(undone.reopened.len());
    for part in &undone.reopened {
        taken.push(Allocation { invoice: part.invoice, amount: part.amount.checked_neg()? });
    }
    put(tx, reversal, &taken, bills).await?;
    deposits::put_back(tx, id, reason).await?;
    tx.promise(&IssueReceipt { payment: id }).await?;
    tx.note(Note {
        action: "payment.reverse",
        id: Some(id.0),
        before: Some(json!({ "status": status, "amount": amount })),
        after: Some(json!({ "status": reversed, "reversalId": reversal, "credit": undone.credit })),
        reason: Some(reason.to_owned()),
    })
    .await?;
    reread(tx, reversal).await
}

/// The same, and nothing when somebody has taken it back already.
pub(crate) async fn reverse_unless_done(tx: &Tx, id: PaymentId, reason: &str) -> Result<()> {
    match lock(tx, id).await?.1 {
        PaymentStatus::Reversed => Ok(()),
        PaymentStatus::Recorded => reverse(tx, id, reason).await.map(drop),
    }
}

async fn lock(tx: &Tx, id: PaymentId) -> Result<(Money, PaymentStatus)> {
    let row = tx
        .maybe(
            "select amount, status from payments
              where owner_id = (select app_owner_id()) and id = $1
                for no key update",
            &[&id],
        )
        .await?
        .ok_or(Error::NotFound("payment"))?;
    Ok((row.get("amount"), row.get("status")))
}

/// What it still pays of each bill. What a correction took off through it stays taken off, so it counts with the bill that
/// was corrected.
pub(super) async fn allocations(tx: &Tx, id: PaymentId) -> Result<Vec<Allocation>> {
    let rows = tx
        .all(
            "select case when i.total < 0 then i.corrects_id else i.id end as bill_id, sum(a.amount)::bigint as amount
               from allocations a
               join invoices i on i.owner_id = a.owner_id and i.id = a.invoice_id
              where a.owner_id = (select app_owner_id()) and a.payment_id = $1
              group by 1 having sum(a.amount) <> 0
              order by 1",
            &[&id],
        )
        .await?;
    Ok(rows.iter().map(|row| Allocation { invoice: row.get("bill_id"), amount: row.get("amount") }).collect())
}

/// The bills that are owed again, held in the order in which payments hold them.
pub(super) async fn lock_bills(tx: &Tx, ids: Vec<InvoiceId>) -> Result<Vec<Standing>> {
    let rows = tx
        .all(
            "select id, code, status, issued_on, due_on, total, paid_amount
               from invoices
              where owner_id = (select app_owner_id()) and id = any($1)
              order by due_on, id
                for no key update",
            &[&ids],
        )
        .await?;
    Ok(rows.iter().map(invoices::standing).collect())
}
