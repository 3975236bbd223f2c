//! Issues one receipt at the tax office, once.
//!
//! The tax office can't be asked "did you already?", and a second receipt is as legal as the first. So the row says
//! that it is being sent before the call is made. An answer that was lost, and a try that was cut off half way, park
//! the receipt for a person; nothing is ever sent again by itself.

use base::{Failure, Job, Lane, Outcome, Promise, Result, Tx, Works};
use domain::{ReceiptId, receipt::ReceiptStatus};
use providers::{CallError, receipts::Issued};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{
    lottery, queries,
    sale::{self, Facts, Replaced},
};
use crate::{Providers, providers_at_hand::later};

/// Sends one receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendReceipt {
    pub receipt: ReceiptId,
}

impl Promise for SendReceipt {
    const KIND: &'static str = "receipt.send";

    fn aggregate(&self) -> Option<Uuid> {
        Some(self.receipt.0)
    }
}

impl Job for SendReceipt {
    const LANE: Lane = Lane::Calls { at_once: 8, per_owner: 2 };
    /// The daemon stands in an office and may be off for a day and a half; a receipt may wait that long.
    const ATTEMPTS: i32 = 48;

    async fn run(&self, at: &Works) -> Outcome {
        let facts = at.actor.transact(async |tx| begin(tx, self.receipt).await).await?;
        let Some(mut facts) = facts else { return Ok(()) };
        if facts.needs_tin() {
            facts.tin = self.learn_tin(at, &facts).await?;
        }
        let sale = match sale::of(&facts, self.receipt, at.app.clock.today()) {
            Ok(sale) => sale,
            Err(why) => return self.fail(at, &why).await,
        };
        let vat = sale::vat(&sale).map_err(|error| Failure::never(error.to_string()))?;
        if !at.actor.transact(async |tx| queries::mark_sending(tx, self.receipt, vat).await).await? {
            return Err(Failure::later("another worker has begun with it"));
        }
        match Providers::of(&at.app).receipts.issue(&sale).await {
            Ok(issued) => self.keep(at, &issued, facts.replaced.as_ref()).await,
            Err(CallError::Lost(why)) => {
                at.actor.transact(async |tx| park(tx, self.receipt, &why).await).await?;
                Ok(())
            }
            Err(CallError::Refused { code, message }) => self.fail(at, &format!("{code}: {message}")).await,
            Err(error @ CallError::NotSent(_)) => {
                at.actor.transact(async |tx| queries::unmark_sending(tx, self.receipt).await).await?;
                Err(later(error))
            }
        }
    }
}

impl SendReceipt {
    /// Looks a company's taxpayer number up by its register number and keeps it: the register may close.
    async fn learn_tin(&self, at: &Works, facts: &Facts) -> Result<Option<String>, Failure> {
        let Some(register_no) = &facts.register_no else { return Ok(None) };
        let learnt = Providers::of(&at.app).receipts.tin_of(register_no).await.map_err(later)?;
        if let Some(tin) = &learnt {
            at.actor.transact(async |tx| queries::keep_tin(tx, facts.tenant, tin).await).await?;
        }
        Ok(learnt)
    }

    /// Writes the number down. Should that fail the number is at least in the log, for whoever finds the row parked.
    async fn keep(&self, at: &Works, issued: &Issued, replaced: Option<&Replaced>) -> Outcome {
        let id = self.receipt;
        let kept = at
            .actor
            .transact(async |tx| {
                let key = &tx.app().key;
                let sealed = match replaced {
                    Some(replaced) => lottery::carry_over(key, replaced.id, replaced.sealed.as_deref(), id, issued),
                    None => lottery::seal(key, id, issued),
                };
                queries::save_sent(tx, id, issued, sealed).await?;
                if let Some(replaced) = replaced {
                    let returned = ReceiptStatus::Sent.transition_to(ReceiptStatus::Returned)?;
                    queries::save_returned(tx, replaced.id, returned).await?;
                    let told = json!({ "receiptNo": replaced.number, "replacedBy": issued.id.as_str() });
                    tx.audit("receipt.return", replaced.id.0, &told).await?;
                }
                tx.audit("receipt.send", id.0, &json!({ "receiptNo": issued.id.as_str() })).await
            })
            .await;
        if let Err(error) = kept {
            let number = issued.id.as_str();
            tracing::error!(receipt.id = %id, number, %error, "receipt {id} was issued as {number} and not written down");
            return Err(error.into());
        }
        Ok(())
    }

    /// The tax office said no, or there is nothing it could say yes to: a person has to mend it.
    async fn fail(&self, at: &Works, why: &str) -> Outcome {
        let id = self.receipt;
        at.actor
            .transact(async |tx| {
                queries::save_status(tx, id, ReceiptStatus::Pending.transition_to(ReceiptStatus::Failed)?, why).await?;
                tx.audit("receipt.fail", id.0, &json!({ "reason": why })).await
            })
            .await?;
        metrics::counter!("receipts_failed_total").increment(1);
        Err(Failure::never(why))
    }
}

/// What is to be sent, if that is still to be done and was never begun.
async fn begin(tx: &Tx, id: ReceiptId) -> Result<Option<Facts>> {
    let Some(mut facts) = queries::facts(tx, id).await? else { return Ok(None) };
    if facts.status != ReceiptStatus::Pending {
        return Ok(None);
    }
    if facts.sending {
        park(tx, id, "the work was cut off while the tax office was called").await?;
        return Ok(None);
    }
    if !facts.paid_now.is_positive() {
        let why = "what was paid was taken back before its receipt was sent";
        queries::save_status(tx, id, ReceiptStatus::Pending.transition_to(ReceiptStatus::Failed)?, why).await?;
        tx.audit("receipt.fail", id.0, &json!({ "reason": why })).await?;
        return Ok(None);
    }
    if facts.paid_now.compare(facts.amount).is_ne() {
        queries::save_amount(tx, id, facts.paid_now).await?;
        facts.amount = facts.paid_now;
    }
    Ok(Some(facts))
}

/// It may stand at the tax office or not: a person decides, and is told at once.
async fn park(tx: &Tx, id: ReceiptId, why: &str) -> Result<()> {
    queries::save_status(tx, id, ReceiptStatus::Pending.transition_to(ReceiptStatus::Parked)?, why).await?;
    tx.audit("receipt.park", id.0, &json!({ "reason": why })).await?;
    tracing::error!(receipt.id = %id, "receipt {id} is parked, whether it was issued is not known: {why}");
    metrics::counter!("receipts_parked_total").increment(1);
    Ok(())
}
