//! Forgets lottery numbers: a day after they were shown, a month after they were given.

use base::{Job, Outcome, Promise, Works};
use domain::ReceiptId;
use serde::{Deserialize, Serialize};

use super::queries;

/// Notes when a tenant's page first held a receipt's number. The page itself may not write receipts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptShown {
    pub receipt: ReceiptId,
}

impl Promise for ReceiptShown {
    const KIND: &'static str = "receipt.shown";
}

impl Job for ReceiptShown {
    async fn run(&self, at: &Works) -> Outcome {
        at.actor.transact(async |tx| queries::mark_shown(tx, self.receipt).await).await?;
        Ok(())
    }
}

/// Clears an owner's numbers that have been kept long enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForgetNumbers {}

impl Promise for ForgetNumbers {
    const KIND: &'static str = "receipts.forget";
}

impl Job for ForgetNumbers {
    async fn run(&self, at: &Works) -> Outcome {
        let forgotten = at.actor.transact(async |tx| queries::forget(tx).await).await?;
        if forgotten > 0 {
            tracing::info!(forgotten, "forgot the lottery numbers of {forgotten} receipts");
        }
        Ok(())
    }
}
