//! Asks the provider for the QR of an intent.
//!
//! An asking's number is used once. Should its answer be lost, the next try has the next number, and the lost one's QR
//! was shown to nobody: of all that were made, one can be paid.

use base::{Actor, Failure, Job, Lane, Outcome, Promise, Result, Tx, Works};
use domain::{IntentId, Money, payment::IntentStatus};
use providers::{
    CallError,
    qr_payments::{Asked, Asking, QrMerchant, Reference},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::queries;
use crate::{Providers, qpay_accounts};

/// Makes the QR that a payer has asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenIntent {
    pub intent: IntentId,
}

impl Promise for OpenIntent {
    const KIND: &'static str = "intent.open";

    /// Shared with the checks: none runs before it is known what to ask about.
    fn aggregate(&self) -> Option<Uuid> {
        Some(self.intent.0)
    }
}

impl Job for OpenIntent {
    const LANE: Lane = Lane::Calls { at_once: 16, per_owner: 4 };
    /// A payer is waiting; after a minute it is better to say that it did not work.
    const ATTEMPTS: i32 = 6;

    async fn run(&self, at: &Works) -> Outcome {
        let (merchant, asking) = match at.actor.transact(async |tx| begin(tx, self.intent).await).await? {
            Begun::Done => return Ok(()),
            Begun::NoAccount => return fail(&at.actor, self.intent, "the owner has no QPay account").await,
            Begun::Ask(merchant, asking) => (merchant, asking),
        };
        let qr = &Providers::of(&at.app).qr;
        match qr.ask(&merchant, &asking).await {
            Ok(asked) => {
                let shown =
                    at.actor.transact(async |tx| finish(tx, self.intent, asking.reference, &asked).await).await?;
                if !shown {
                    // Another try was quicker, or the payer's time is over; nobody has seen this QR.
                    let taken_back = qr.cancel(&merchant, &asked.provider_invoice_id).await;
                    tracing::warn!(intent.id = %self.intent, ?taken_back, "a QR nobody was shown was taken back");
                }
                Ok(())
            }
            Err(error @ CallError::Refused { .. }) => fail(&at.actor, self.intent, &error.to_string()).await,
            Err(error) if at.attempt >= Self::ATTEMPTS => fail(&at.actor, self.intent, &error.to_string()).await,
            Err(error) => Err(Failure::later(error.to_string())),
        }
    }
}

enum Begun {
    /// There is nothing to ask any more.
    Done,
    NoAccount,
    Ask(QrMerchant, Asking),
}

/// Takes the next number before anything is asked under it.
async fn begin(tx: &Tx, id: IntentId) -> Result<Begun> {
    let Some(intent) = queries::lock(tx, id).await? else { return Ok(Begun::Done) };
    if intent.status != IntentStatus::Requested {
        return Ok(Begun::Done);
    }
    if !intent.balance.is_positive() {
        let next = intent.status.transition_to(IntentStatus::Cancelled)?;
        queries::save_status(tx, id, next, None).await?;
        tx.audit("intent.cancel", id.0, &json!({ "reason": "nothing is owed any more" })).await?;
        return Ok(Begun::Done);
    }
    let Some(merchant) = qpay_accounts::find(tx).await? else { return Ok(Begun::NoAccount) };
    let amount: Money = intent.balance;
    let reference = Reference { intent: id, attempt: intent.attempt.saturating_add(1) };
    queries::count_attempt(tx, id, amount, reference.attempt).await?;
    let asking = Asking {
        reference,
        amount,
        description: format!("{} {} {}", intent.invoice_code, intent.units, intent.period),
        callback_url: super::callback_url(tx.app(), id),
        expires_at: Some(intent.expires_at),
    };
    Ok(Begun::Ask(merchant, asking))
}

/// Keeps what the payer is to be shown; false when it is not wanted any more.
async fn finish(tx: &Tx, id: IntentId, reference: Reference, asked: &Asked) -> Result<bool> {
    let shown = queries::save_open(tx, id, reference.attempt, asked).await?;
    if shown {
        let made = json!({ "providerInvoiceId": asked.provider_invoice_id, "attempt": reference.attempt });
        tx.audit("intent.open", id.0, &made).await?;
    }
    Ok(shown)
}

/// The payer is told that there is no QR, and staff why.
async fn fail(actor: &Actor, id: IntentId, why: &str) -> Outcome {
    actor
        .transact(async |tx| {
            let Some(intent) = queries::lock(tx, id).await? else { return Ok(()) };
            if intent.status != IntentStatus::Requested {
                return Ok(());
            }
            let next = intent.status.transition_to(IntentStatus::Failed)?;
            queries::save_status(tx, id, next, Some(why)).await?;
            tx.audit("intent.fail", id.0, &json!({ "reason": why })).await
        })
        .await?;
    Err(Failure::never(why))
}
