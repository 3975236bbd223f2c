//! Money that came in: recorded once, put on the oldest bills first, taken back by a row of its own.

mod allocate;
mod export;
mod queries;
mod record;
mod record_all;
mod reverse;
mod routes;

use base::{Checks, Error, Result, Slice, Tx};
use domain::{PaymentId, payment::PaymentMethod, rights::Action};
use wire::payments::{NewPayment, PaymentView};

pub use self::{
    allocate::{allocate, release},
    record::{Incoming, Recorded, record},
    record_all::record_all,
    reverse::reverse,
};
pub(crate) use self::{queries::first_moment, reverse::reverse_unless_done};
use crate::intents;

pub fn slice() -> Slice {
    Slice::new("payments").routes(routes::routes())
}

/// Takes in money by hand: cash, or a transfer that an accountant has seen.
pub async fn take_in(tx: &Tx, new: NewPayment) -> Result<PaymentView> {
    let now = tx.clock().now();
    let mut checks = Checks::new();
    checks.that(matches!(new.method, PaymentMethod::Cash | PaymentMethod::Bank), "method", "not-a-choice");
    checks.that(new.amount.is_positive(), "amount", "not-positive");
    checks.that(new.paid_at.is_none_or(|paid_at| paid_at <= now), "paidAt", "in-the-future");
    checks.text("payer", &new.payer, 200);
    checks.text("note", &new.note, 500);
    for (place, chosen) in new.allocations.iter().flatten().enumerate() {
        checks.that(chosen.amount.is_positive(), format!("allocations[{place}].amount"), "not-positive");
    }
    checks.that(new.allocations.as_ref().is_none_or(|chosen| chosen.len() <= 100), "allocations", "too-many");
    checks.done()?;
    let incoming = Incoming {
        tenant: new.tenant_id,
        method: new.method,
        amount: new.amount,
        paid_at: new.paid_at.unwrap_or(now),
        payer: new.payer.trim().to_owned(),
        provider_reference: None,
        note: new.note.trim().to_owned(),
        for_invoice: None,
        allocations: new.allocations.map(|chosen| chosen.iter().map(|part| (part.invoice_id, part.amount)).collect()),
    };
    let recorded = record(tx, incoming).await?;
    let Recorded { payment, .. } = recorded.ok_or_else(|| Error::Internal("nothing has no reference".into()))?;
    withdraw_qr(tx, payment).await?;
    reread(tx, payment).await
}

/// What a payer still has on the screen for a bill that this payment pays asks for too much now.
async fn withdraw_qr(tx: &Tx, payment: PaymentId) -> Result<()> {
    let paid = reverse::allocations(tx, payment).await?;
    intents::withdraw(tx, &paid.iter().map(|part| part.invoice).collect::<Vec<_>>()).await
}

/// One payment and what it was put on.
pub async fn find(tx: &Tx, id: PaymentId) -> Result<PaymentView> {
    tx.allow(Action::ReadPayments)?;
    queries::view(tx, id, true).await?.ok_or(Error::NotFound("payment"))
}

/// The payment as it has become; what is written after it still belongs to the transaction.
pub(crate) async fn reread(tx: &Tx, id: PaymentId) -> Result<PaymentView> {
    queries::view(tx, id, false).await?.ok_or(Error::NotFound("payment"))
}
