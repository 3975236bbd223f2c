//! Splits the promise of a payment's receipts into one for each invoice that the payment was put on.

use base::{Job, Outcome, Promise, Result, Tx, Works};
use domain::{PaymentId, ReceiptId};
use serde::{Deserialize, Serialize};

use super::{SendReceipt, queries};

/// Gives each invoice that a payment paid its tax receipt. It has no aggregate: a thank-you that can't be delivered
/// does not hold up the tax office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueReceipt {
    pub payment: PaymentId,
}

impl Promise for IssueReceipt {
    const KIND: &'static str = "receipt.issue";
}

impl Job for IssueReceipt {
    async fn run(&self, at: &Works) -> Outcome {
        at.actor.transact(async |tx| prepare(tx, self.payment).await).await?;
        Ok(())
    }
}

/// A row and a promise for each invoice that has none of this payment yet.
async fn prepare(tx: &Tx, payment: PaymentId) -> Result<()> {
    for due in queries::due(tx, payment).await? {
        let receipt = ReceiptId::new();
        if queries::insert(tx, receipt, payment, &due).await? {
            tx.promise(&SendReceipt { receipt }).await?;
        }
    }
    Ok(())
}
