//! Forgets lottery numbers: a day after they were shown, a month after they were given.

use base::{Actor, App, Job, Outcome, Promise, Result, Works};
use domain::ReceiptId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::queries;
use crate::owners;

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

/// Clears what has been kept long enough.
pub async fn run_out(app: App, _: Timestamp) -> Result<()> {
    for owner in owners::all(&app).await? {
        let of_owner = Actor::system(&app, owner);
        let forgotten = of_owner.transact(async |tx| queries::forget(tx).await).await?;
        if forgotten > 0 {
            tracing::info!(owner.id = %owner, forgotten, "forgot the lottery numbers of {forgotten} receipts");
        }
    }
    Ok(())
}
