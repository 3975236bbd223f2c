//! Undoing a link: its payments are taken back, its bills owed again, what was learnt from it forgotten.

use base::{Checks, Conflict, Error, Result, Tx, clock::ulaanbaatar, params};
use billing::{month_locks, payments::reverse};
use domain::{
    BankTransactionId, Month, PaymentId,
    bank::LineState,
    matching::{Clue, Reason},
    rights::Action,
};
use jiff::{Timestamp, civil::Date};
use serde_json::{Value, json};
use wire::{
    matching::{MatchingLine, MatchingUndoing},
    payments::AllocationView,
};

use super::{
    find,
    ignore::note,
    queries::{self, Held},
};

/// What undoing the line's link would take back with it.
pub async fn what_undoing_undoes(tx: &Tx, id: BankTransactionId) -> Result<MatchingUndoing> {
    tx.allow(Action::RecordPayments)?;
    let line = find(tx, id).await?;
    if line.state != LineState::Linked {
        return Err(Conflict::new("LINE_NOT_LINKED").into());
    }
    let payments: Vec<PaymentId> = line.payments.iter().map(|payment| payment.payment_id).collect();
    let day = day_of(line.posted_at);
    let row = tx
        .one(
            "select (select count(*) from receipts r
                      where r.owner_id = (select app_owner_id()) and r.payment_id = any($2)
                        and r.status in ('pending', 'sent', 'parked')) as receipts,
                    (select count(*) from bank_senders s
                      where s.owner_id = (select app_owner_id()) and s.transaction_id = $1) as senders,
                    day_is_locked(app_owner_id(), $3) as locked",
            &[&id, &payments, &day],
        )
        .await?;
    let mut reopened: Vec<AllocationView> = Vec::new();
    for part in line.payments.iter().flat_map(|payment| &payment.allocations) {
        match reopened.iter_mut().find(|other| other.invoice_id == part.invoice_id) {
            Some(other) => other.amount = other.amount.checked_add(part.amount)?,
            None => reopened.push(part.clone()),
        }
    }
    Ok(MatchingUndoing {
        line_id: id,
        payments: line.payments,
        reopened,
        receipts: row.get("receipts"),
        senders: row.get("senders"),
        locked_month: row.get::<_, bool>("locked").then(|| Month::of(day)),
    })
}

/// Undoes a line's link while its month is open. Nothing links it by itself again; what it paid stays offered.
pub async fn undo(tx: &Tx, id: BankTransactionId, reason: &str) -> Result<MatchingLine> {
    tx.allow(Action::RecordPayments)?;
    Checks::new().name("reason", reason, 500).done()?;
    let line = queries::hold(tx, id).await?;
    if line.state != LineState::Linked {
        return Err(Conflict::new("LINE_NOT_LINKED").into());
    }
    if line.amount.is_negative() {
        return Err(Conflict::new("LINE_TAKES_BACK").into());
    }
    month_locks::ensure_open(tx, day_of(line.posted_at)).await?;
    let offered = free(tx, id, reason).await?;
    let state = if offered.is_empty() { LineState::Unknown } else { LineState::Probable };
    tx.later(
        "update bank_transactions
            set state = $2, basis = '', reasons = '[]', candidates = $3, note = $4, held = true, version = version + 1
          where owner_id = (select app_owner_id()) and id = $1",
        params![id, state, Value::Array(offered), reason.trim().to_owned()],
    )
    .await?;
    note(tx, "bank_line.undo", id, LineState::Linked, state, reason).await?;
    find(tx, id).await
}

/// A person says that a line takes another back: the other one's payments are taken back, and it is for no bill any more.
pub(super) async fn take_back(tx: &Tx, id: BankTransactionId, line: &Held) -> Result<MatchingLine> {
    let other = line.reverses.ok_or_else(|| Error::from(Conflict::new("LINE_OUTGOING")))?;
    let came_in = queries::hold(tx, other).await?;
    if came_in.state != LineState::Linked {
        return Err(Conflict::new("LINE_NOT_LINKED").into());
    }
    free(tx, other, TAKEN_BACK).await?;
    let reasons = json!([Reason::new(Clue::TakesBack)]);
    tx.later(
        "update bank_transactions
            set state = case when id = $1 then 'linked' else 'ignored' end, basis = 'reversal', reasons = $3, candidates = '[]',
                judged_at = $4, version = version + 1
          where owner_id = (select app_owner_id()) and id in ($1, $2)",
        params![id, other, reasons, tx.clock().now()],
    )
    .await?;
    note(tx, "bank_line.take_back", id, line.state, LineState::Linked, "").await?;
    find(tx, id).await
}

/// What the taken back payments say.
const TAKEN_BACK: &str = "Банк гүйлгээг буцаасан";

/// Takes the payments of a link back and forgets what was learnt from it; gives what it paid, to be offered again.
async fn free(tx: &Tx, id: BankTransactionId, reason: &str) -> Result<Vec<Value>> {
    let rows = tx
        .all(
            "select k.payment_id, p.status = 'recorded' as stands,
                    array(select a.invoice_id from allocations a
                           where a.owner_id = k.owner_id and a.payment_id = k.payment_id order by a.id) as invoices
               from bank_links k
               join payments p on p.owner_id = k.owner_id and p.id = k.payment_id
              where k.owner_id = (select app_owner_id()) and k.transaction_id = $1 and k.undone_at is null
              order by k.id",
            &[&id],
        )
        .await?;
    let mut offered: Vec<Value> = Vec::new();
    for row in &rows {
        // somebody may have taken the payment back by itself
        if row.get::<_, bool>("stands") {
            reverse(tx, row.get("payment_id"), reason).await?;
        }
        for invoice in row.get::<_, Vec<domain::InvoiceId>>("invoices") {
            let offer = json!({ "invoice": invoice, "reasons": [Reason::new(Clue::PaidBefore)] });
            if !offered.contains(&offer) {
                offered.push(offer);
            }
        }
    }
    tx.later(
        "update bank_links set undone_at = $2
          where owner_id = (select app_owner_id()) and transaction_id = $1 and undone_at is null",
        params![id, tx.clock().now()],
    )
    .await?;
    tx.later("delete from bank_senders where owner_id = (select app_owner_id()) and transaction_id = $1", params![id])
        .await?;
    Ok(offered)
}

fn day_of(moment: Timestamp) -> Date {
    moment.to_zoned(ulaanbaatar()).date()
}
