//! Gives a receipt back to the tax office whose payment pays nothing of its bill any more.
//!
//! The same call may be made again after a lost answer. A refusal then means that the first had done it; a first refusal –
//! the tax office's papers let companies' receipts be corrected and not cancelled – is laid aside for a person.

use base::{Failure, Job, Lane, Outcome, Promise, Works};
use domain::{ReceiptId, receipt::ReceiptStatus};
use providers::CallError;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{IssueReceipt, queries};
use crate::{Providers, providers_at_hand::later};

/// Gives one receipt back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GiveBackReceipt {
    pub receipt: ReceiptId,
}

impl Promise for GiveBackReceipt {
    const KIND: &'static str = "receipt.give_back";

    fn aggregate(&self) -> Option<Uuid> {
        Some(self.receipt.0)
    }
}

impl Job for GiveBackReceipt {
    const LANE: Lane = Lane::Calls { at_once: 8, per_owner: 2 };
    /// As long as a receipt may wait to be sent.
    const ATTEMPTS: i32 = 48;

    async fn run(&self, at: &Works) -> Outcome {
        let id = self.receipt;
        let begun = at
            .actor
            .transact(async |tx| {
                let Some(given) = queries::to_give_back(tx, id).await? else { return Ok(None) };
                if given.status != ReceiptStatus::Sent {
                    return Ok(None);
                }
                if given.paid.is_positive() {
                    // It pays again by now: its receipt is put right instead.
                    tx.promise(&IssueReceipt { payment: given.payment }).await?;
                    return Ok(None);
                }
                queries::mark_returning(tx, id).await?;
                Ok(Some(given))
            })
            .await?;
        let Some(given) = begun else { return Ok(()) };
        match Providers::of(&at.app).receipts.give_back(&given.number, &given.provider_date).await {
            Ok(()) => {}
            Err(CallError::Refused { .. }) if given.asked_before => {}
            Err(CallError::Refused { code, message }) => {
                let why = format!("{code}: {message}");
                at.actor
                    .transact(async |tx| {
                        queries::save_return_refused(tx, id, &why).await?;
                        tx.audit("receipt.return_fail", id.0, &json!({ "reason": why })).await
                    })
                    .await?;
                metrics::counter!("receipts_failed_total").increment(1);
                return Err(Failure::never(why));
            }
            Err(error @ CallError::NotSent(_)) => {
                // Nothing reached it, so a refusal of the next try is a first one.
                if !given.asked_before {
                    at.actor.transact(async |tx| queries::unmark_returning(tx, id).await).await?;
                }
                return Err(later(error));
            }
            Err(error @ CallError::Lost(_)) => return Err(later(error)),
        }
        at.actor
            .transact(async |tx| {
                queries::save_returned(tx, id, ReceiptStatus::Sent.transition_to(ReceiptStatus::Returned)?).await?;
                tx.audit("receipt.return", id.0, &json!({ "receiptNo": given.number.as_str() })).await
            })
            .await?;
        Ok(())
    }
}
