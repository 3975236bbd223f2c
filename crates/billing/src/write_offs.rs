//! What of a bill will never be paid: asked for with a reason, decided by whoever answers for the owner, taken back as long
//! as its month is not locked.
//!
//! What is written off is taken off the bill by an allocation of its own, so that ages, statements and the tie-out know of
//! it; the ledger moves it from `receivable` to `write_off`. VAT and income stay as they were billed.

mod queries;
mod routes;

use base::{Checks, Conflict, Error, OnConstraint, Result, Slice, Tx, audit::Note};
use domain::{InvoiceId, Money, WriteOffId, rights::Action, write_off::WriteOffStatus};
use serde_json::json;
use wire::write_offs::{NewWriteOff, WriteOffDecision, WriteOffView};

use crate::{
    intents,
    invoices::{self, Standing},
    month_locks,
};

pub fn slice() -> Slice {
    Slice::new("write_offs").routes(routes::routes())
}

/// Asks that a bill's rest be written off; who may decide it decides it by asking.
pub async fn ask(tx: &Tx, invoice: InvoiceId, new: &NewWriteOff) -> Result<WriteOffView> {
    tx.allow(Action::EditInvoices)?;
    let mut checks = Checks::new();
    checks.name("reason", &new.reason, 500);
    checks.that(new.amount.is_none_or(Money::is_positive), "amount", "not-positive");
    checks.done()?;
    let bill = invoices::lock_standing(tx, invoice).await?.ok_or(Error::NotFound("invoice"))?;
    let amount = new.amount.unwrap_or(open_of(&bill));
    fits(&bill, amount)?;
    let id = WriteOffId::new();
    let reason = new.reason.trim();
    queries::insert(tx, id, invoice, amount, reason).await.on_constraint("write_offs_one_asked", || {
        Conflict::new("WRITE_OFF_ASKED").with("code", bill.code.clone()).into()
    })?;
    let told = json!({ "code": bill.code, "amount": amount });
    let note = Note {
        action: "write_off.ask",
        id: Some(id.0),
        before: None,
        after: Some(told),
        reason: Some(reason.to_owned()),
    };
    tx.note(note).await?;
    if tx.who().await?.role.is_some_and(|role| role.may(Action::DecideWriteOffs)) {
        book(tx, id, bill, amount).await?;
    }
    find(tx, id).await
}

/// Books what was asked for, or refuses it.
pub async fn decide(tx: &Tx, id: WriteOffId, decision: &WriteOffDecision) -> Result<WriteOffView> {
    tx.allow(Action::DecideWriteOffs)?;
    let mut checks = Checks::new();
    match decision.accept {
        true => checks.text("reason", &decision.reason, 500),
        false => checks.name("reason", &decision.reason, 500),
    };
    checks.done()?;
    let invoice = queries::invoice_of(tx, id).await?.ok_or(Error::NotFound("write-off"))?;
    // The bill first, as whoever pays it holds it.
    let bill = invoices::lock_standing(tx, invoice).await?.ok_or(Error::NotFound("invoice"))?;
    let (status, amount, _) = queries::lock(tx, id).await?.ok_or(Error::NotFound("write-off"))?;
    if decision.accept {
        status.transition_to(WriteOffStatus::Booked)?;
        fits(&bill, amount)?;
        book(tx, id, bill, amount).await?;
    } else {
        let refused = status.transition_to(WriteOffStatus::Refused)?;
        queries::decide(tx, id, refused, None, decision.reason.trim()).await?;
        note(tx, "write_off.refuse", id, status, refused, decision.reason.trim()).await?;
    }
    find(tx, id).await
}

/// Takes a write-off back while its month is open: the bill owes it again.
pub async fn reverse(tx: &Tx, id: WriteOffId, reason: &str) -> Result<WriteOffView> {
    tx.allow(Action::DecideWriteOffs)?;
    let invoice = queries::invoice_of(tx, id).await?.ok_or(Error::NotFound("write-off"))?;
    let bill = invoices::lock_standing(tx, invoice).await?.ok_or(Error::NotFound("invoice"))?;
    let (status, amount, booked_on) = queries::lock(tx, id).await?.ok_or(Error::NotFound("write-off"))?;
    let reversed = status.transition_to(WriteOffStatus::Reversed)?;
    if let Some(day) = booked_on {
        month_locks::ensure_open(tx, day).await?;
    }
    put(tx, id, bill, amount.checked_neg()?).await?;
    queries::decide(tx, id, reversed, booked_on, reason).await?;
    note(tx, "write_off.reverse", id, status, reversed, reason).await?;
    find(tx, id).await
}

/// One write-off.
pub async fn find(tx: &Tx, id: WriteOffId) -> Result<WriteOffView> {
    tx.allow(Action::ReadReports)?;
    queries::find(tx, id).await?.ok_or(Error::NotFound("write-off"))
}

/// Whether something of the bill is written off, or somebody asked for it.
pub(crate) async fn stands(tx: &Tx, invoice: InvoiceId) -> Result<bool> {
    queries::stands(tx, invoice).await
}

async fn book(tx: &Tx, id: WriteOffId, bill: Standing, amount: Money) -> Result<()> {
    let today = tx.clock().today();
    month_locks::ensure_open(tx, today).await?;
    let invoice = bill.id;
    queries::decide(tx, id, WriteOffStatus::Asked.transition_to(WriteOffStatus::Booked)?, Some(today), "").await?;
    put(tx, id, bill, amount).await?;
    // What a payer has on the screen asks for more than is owed now.
    intents::withdraw(tx, &[invoice]).await?;
    note(tx, "write_off.book", id, WriteOffStatus::Asked, WriteOffStatus::Booked, "").await
}

async fn put(tx: &Tx, id: WriteOffId, bill: Standing, amount: Money) -> Result<()> {
    queries::allocate(tx, id, bill.id, amount).await?;
    let step = bill.put(amount, tx.clock().today())?;
    invoices::save_standings(tx, &[step]).await
}

fn open_of(bill: &Standing) -> Money {
    if bill.status.is_open() { bill.open() } else { Money::ZERO }
}

fn fits(bill: &Standing, amount: Money) -> Result<()> {
    let open = open_of(bill);
    if !open.is_positive() || amount.compare(open).is_gt() {
        return Err(Conflict::new("WRITE_OFF_ABOVE_OPEN").with("open", open.to_string()).into());
    }
    Ok(())
}

async fn note(
    tx: &Tx,
    action: &'static str,
    id: WriteOffId,
    before: WriteOffStatus,
    after: WriteOffStatus,
    reason: &str,
) -> Result<()> {
    tx.note(Note {
        action,
        id: Some(id.0),
        before: Some(json!({ "status": before })),
        after: Some(json!({ "status": after })),
        reason: Some(reason.to_owned()).filter(|reason| !reason.is_empty()),
    })
    .await
}
