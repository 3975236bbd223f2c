//! Asking for money by QR: a click promises an intent, a worker opens it at the provider, and it is paid when the
//! provider says so, whoever else says what.

mod check;
mod expire;
mod open;
mod queries;
mod routes;

use base::{App, Conflict, Error, Result, Slice, Tx, cron::Cron, cron::Schedule, secrets::TokenHash};
use domain::{IntentId, InvoiceId, Money, payment::IntentStatus, payment::PaymentMethod, rights::Action};
use jiff::{SignedDuration, Timestamp};
use wire::links::IntentView;

pub use self::{
    check::CheckIntent,
    expire::ExpireIntents,
    open::OpenIntent,
    queries::{Intent, promise_check},
};
pub(crate) use self::{
    queries::{NEWEST, intent},
    routes::answer,
};
use crate::clockwork;

/// How long a QR can be paid.
const PAYABLE_FOR: SignedDuration = SignedDuration::from_hours(24);
/// The payer's page asks the provider no more often than this.
const CHECK_EVERY: SignedDuration = SignedDuration::from_secs(20);

pub fn slice() -> Slice {
    let clock = Cron::new("intents.expire", Schedule::Hourly, async |app, _| {
        clockwork::promise_to_owners(&app, None, &ExpireIntents {}).await
    });
    let slice = Slice::new("payment-intents").routes(routes::routes());
    slice.job::<OpenIntent>().job::<CheckIntent>().job::<ExpireIntents>().cron(clock)
}

/// What a click on "pay" came to.
pub enum Asked {
    New(IntentView),
    /// Someone clicked before, and that QR can still be paid.
    Before(IntentView),
}

/// Asks for a QR for what is left of an invoice; a second click finds the first one's.
pub async fn ask(tx: &Tx, invoice: InvoiceId, provider: PaymentMethod) -> Result<Asked> {
    tx.allow(Action::PayInvoice)?;
    let balance = queries::balance(tx, invoice).await?.ok_or(Error::NotFound("invoice"))?;
    if provider != PaymentMethod::Qpay {
        return Err(Error::field("provider", "not-a-choice"));
    }
    if !balance.is_positive() {
        return Err(Conflict::new("NOTHING_TO_PAY").into());
    }
    let intent = IntentId::new();
    let new = queries::New {
        intent,
        invoice,
        amount: balance,
        callback_hash: TokenHash::of(&callback_token(tx.app(), intent)),
        expires_at: tx.clock().now().saturating_add(PAYABLE_FOR).unwrap_or(Timestamp::MAX),
    };
    if queries::insert(tx, &new).await? {
        tx.audit("intent.request", intent.0, &serde_json::json!({ "invoiceId": invoice, "amount": balance })).await?;
        tx.promise(&OpenIntent { intent }).await?;
        return Ok(Asked::New(payable_now(tx, invoice).await?));
    }
    let before = payable_now(tx, invoice).await?;
    if before.amount.compare(balance).is_ne() {
        // Something was paid another way meanwhile: looking at the page has the old QR taken back.
        return Err(Conflict::new("QR_OUT_OF_DATE").into());
    }
    Ok(Asked::Before(before))
}

/// The newest QR of an invoice; looking has the provider asked, if it was perhaps paid meanwhile.
pub async fn look(tx: &Tx, invoice: InvoiceId) -> Result<IntentView> {
    tx.allow(Action::PayInvoice)?;
    let balance = queries::balance(tx, invoice).await?.ok_or(Error::NotFound("invoice"))?;
    let intent = queries::newest(tx, invoice).await?.ok_or(Error::NotFound("intent"))?;
    if wants_check(&intent, balance, tx.clock().now()) {
        promise_check(tx, intent.view.id).await?;
    }
    Ok(intent.view)
}

/// The payer has come back to look: the provider is asked, if it was not just now. A QR for another amount than is left
/// is asked about at once, to be taken back.
pub fn wants_check(intent: &Intent, balance: Money, now: Timestamp) -> bool {
    let rested = |since: Timestamp| now.duration_since(since) >= CHECK_EVERY;
    let due = intent.checked_at.is_none_or(rested) || intent.view.amount.compare(balance).is_ne();
    intent.view.status == IntentStatus::Open && due
}

/// The callback's address for an intent: known to us and the provider, kept nowhere.
fn callback_url(app: &App, intent: IntentId) -> String {
    format!("{}/hooks/qpay/{}", app.public_url, callback_token(app, intent))
}

fn callback_token(app: &App, intent: IntentId) -> String {
    app.key.derive("qpay-callback", &intent.to_string())
}

/// Whether a text could be one of our callback tokens at all.
pub fn is_callback_token(text: &str) -> bool {
    text.len() == 22 && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

async fn payable_now(tx: &Tx, invoice: InvoiceId) -> Result<IntentView> {
    let newest = queries::newest(tx, invoice).await?.filter(|intent| intent.is_payable());
    newest.map(|intent| intent.view).ok_or_else(|| Error::Unavailable("the QR ended while it was asked for".into()))
}

/// A QR that asks for what these invoices do not owe any more is taken back, unless somebody has paid it by then.
pub(crate) async fn withdraw(tx: &Tx, invoices: &[InvoiceId]) -> Result<()> {
    queries::promise_checks(tx, invoices).await
}
