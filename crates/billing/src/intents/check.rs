//! Asks the provider what has come in for an intent, with our own account and by our own invoice: the one source of
//! "paid". Each payment is recorded once under the provider's id, as what it is, be it less or more than was asked.

use base::{Failure, Job, Lane, Outcome, Promise, Result, Tx, Works};
use domain::{
    IntentId, Money,
    payment::{IntentStatus, PaymentMethod},
};
use jiff::SignedDuration;
use providers::{
    CallError, QrPayments,
    qr_payments::{QrMerchant, Received, ReceivedState},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::queries::{self, Known};
use crate::{
    Providers,
    payments::{self, Incoming},
    providers_at_hand::later,
    qpay_accounts,
};

/// A paid QR is asked about again no sooner than this, however often its callback is repeated.
const LOOK_AGAIN_AFTER: SignedDuration = SignedDuration::from_secs(60);

/// Finds out what was paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckIntent {
    pub intent: IntentId,
}

impl Promise for CheckIntent {
    const KIND: &'static str = "intent.check";

    fn aggregate(&self) -> Option<Uuid> {
        Some(self.intent.0)
    }
}

impl Job for CheckIntent {
    const LANE: Lane = Lane::Calls { at_once: 32, per_owner: 8 };

    async fn run(&self, at: &Works) -> Outcome {
        let found = at
            .actor
            .transact(async |tx| {
                let Some(intent) = queries::lock(tx, self.intent).await? else { return Ok(None) };
                Ok(Some((intent, qpay_accounts::find(tx).await?)))
            })
            .await?;
        let Some((intent, merchant)) = found else { return Ok(()) };
        if is_settled(&intent, at) {
            return Ok(());
        }
        let Some(asked) = intent.provider_invoice_id.clone() else {
            return at.actor.transact(async |tx| end_unasked(tx, self.intent).await).await.map_err(Failure::from);
        };
        let merchant = merchant.ok_or_else(|| Failure::never("the owner's QPay account is gone"))?;
        let qr = &*Providers::of(&at.app).qr;
        let came_in = qr.check(&merchant, &asked).await.map_err(later)?;
        let counted = with_moments(qr, &merchant, &asked, came_in).await?;
        let over = counted.is_empty() && is_over(&intent, at);
        if over {
            take_back(qr, &merchant, &asked).await?;
        }
        at.actor.transact(async |tx| settle(tx, self.intent, &counted, over).await).await?;
        Ok(())
    }
}

/// Nothing more is expected: it never reached the provider, or it is paid and was looked at a moment ago.
fn is_settled(intent: &Known, at: &Works) -> bool {
    let just_now = |checked| at.app.clock.now().duration_since(checked) < LOOK_AGAIN_AFTER;
    match intent.status {
        IntentStatus::Failed => true,
        IntentStatus::Paid => intent.checked_at.is_some_and(just_now),
        _ => false,
    }
}

/// Its time has come, or the invoice does not need the amount any more.
fn is_over(intent: &Known, at: &Works) -> bool {
    let out_of_date = intent.amount.compare(intent.balance).is_ne();
    intent.status == IntentStatus::Open && (intent.expires_at <= at.app.clock.now() || out_of_date)
}

/// Whoever pays at this very moment is in time: then it can't be taken back, and the next try sees the payment.
async fn take_back(qr: &dyn QrPayments, merchant: &QrMerchant, asked: &str) -> Outcome {
    match qr.cancel(merchant, asked).await {
        Err(CallError::Refused { code, .. }) if code != "INVOICE_PAID" => Ok(()), // closed already
        other => other.map_err(later),
    }
}

/// The payments that count, each with its moment. One that the provider then calls another invoice's is left out.
async fn with_moments(
    qr: &dyn QrPayments,
    merchant: &QrMerchant,
    asked: &str,
    came_in: Vec<Received>,
) -> Result<Vec<Received>, Failure> {
    let mut counted = Vec::new();
    for mut received in came_in.into_iter().filter(|r| r.counts() && r.amount.is_positive()) {
        if received.paid_at.is_none() {
            let whole = qr.payment(merchant, &received.provider_payment_id).await.map_err(later)?;
            if whole.provider_invoice_id.is_some_and(|invoice| invoice != asked) {
                tracing::error!(payment = received.provider_payment_id, "QPay gave a payment of another invoice");
                continue;
            }
            received.paid_at = whole.received.paid_at;
        }
        counted.push(received);
    }
    Ok(counted)
}

/// Records what came in and says where the intent stands by it.
async fn settle(tx: &Tx, id: IntentId, counted: &[Received], over: bool) -> Result<()> {
    let Some(intent) = queries::lock(tx, id).await? else { return Ok(()) };
    queries::save_checked(tx, id).await?;
    for received in counted {
        record(tx, &intent, received).await?;
    }
    let next = match (is_paid(&intent, counted)?, intent.status) {
        (true, _) => IntentStatus::Paid,
        (false, IntentStatus::Open) if over && intent.expires_at <= tx.clock().now() => IntentStatus::Expired,
        (false, IntentStatus::Open) if over => IntentStatus::Cancelled,
        (false, _) => return Ok(()),
    };
    if next == intent.status {
        return Ok(());
    }
    queries::save_status(tx, id, intent.status.transition_to(next)?, None).await?;
    tx.audit("intent.end", id.0, &json!({ "from": intent.status, "to": next })).await
}

/// A QR is paid by one payment; only an invoice that takes parts waits for its sum.
fn is_paid(intent: &Known, counted: &[Received]) -> Result<bool> {
    let sum = Money::sum(counted.iter().map(|received| received.amount))?;
    Ok(sum.compare(intent.amount).is_ge() || counted.iter().any(|received| received.state == ReceivedState::Paid))
}

async fn record(tx: &Tx, intent: &Known, received: &Received) -> Result<()> {
    let incoming = Incoming {
        tenant: intent.tenant,
        method: PaymentMethod::Qpay,
        amount: received.amount,
        paid_at: received.paid_at.unwrap_or_else(|| tx.clock().now()),
        payer: received.wallet.clone().unwrap_or_default(),
        provider_reference: Some(received.provider_payment_id.clone()),
        note: String::new(),
        for_invoice: Some(intent.invoice),
        allocations: None,
    };
    if payments::record(tx, incoming).await?.is_some() && received.amount.compare(intent.amount).is_ne() {
        let (asked, came) = (intent.amount, received.amount);
        tracing::warn!(invoice.id = %intent.invoice, "QPay brought {came} where {asked} was asked");
    }
    Ok(())
}

/// An intent that never reached the provider ends when its time is over.
async fn end_unasked(tx: &Tx, id: IntentId) -> Result<()> {
    let Some(intent) = queries::lock(tx, id).await? else { return Ok(()) };
    if intent.status != IntentStatus::Requested || intent.expires_at > tx.clock().now() {
        return Ok(());
    }
    let next = intent.status.transition_to(IntentStatus::Failed)?;
    queries::save_status(tx, id, next, Some("the provider was not reached in time")).await?;
    tx.audit("intent.end", id.0, &json!({ "from": intent.status, "to": next })).await
}
