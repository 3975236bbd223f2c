//! Does what an order asks for to one invoice after the other, each in a transaction of its own together with its mark: a
//! worker that is killed leaves done what is marked, and the next goes on with what waits.

use base::{Error, Job, Outcome, Promise, Result, Tx, Works};
use domain::{BulkItemId, BulkOrderId, bulk::BulkVerb};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;
use wire::invoices::NewCorrection;

use super::queries::{self, Ended};
use crate::invoices;

/// Issues or corrects the invoices of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct WorkBulk {
    pub order: BulkOrderId,
}

impl Promise for WorkBulk {
    const KIND: &'static str = "bulk.work";

    fn aggregate(&self) -> Option<Uuid> {
        Some(self.order.0)
    }
}

/// Items read at once.
const BATCH: i64 = 100;

impl Job for WorkBulk {
    async fn run(&self, at: &Works) -> Outcome {
        loop {
            let items = at.actor.transact(async |tx| queries::waiting(tx, self.order, BATCH).await).await?;
            if items.is_empty() {
                return Ok(());
            }
            for item in items {
                work(at, item).await?;
            }
        }
    }
}

/// One invoice: done, or failed with what stands against it. What may pass is left to another try.
async fn work(at: &Works, item: BulkItemId) -> Result<()> {
    let worked = at.actor.transact(async |tx| one(tx, item).await).await;
    let ended = match worked {
        Ok(()) => return Ok(()),
        Err(Error::Conflict(conflict)) => Ended::from(&conflict),
        Err(Error::NotFound(_)) => Ended::Failed { word: "NOT_ISSUED", facts: json!({}) },
        Err(error) => return Err(error),
    };
    at.actor.transact(async |tx| queries::end(tx, item, &ended).await).await
}

async fn one(tx: &Tx, item: BulkItemId) -> Result<()> {
    let Some((invoice, verb, reason)) = queries::lock_item(tx, item).await? else { return Ok(()) };
    let result = match verb {
        BulkVerb::Issue => invoices::issue(tx, invoice).await?.id,
        BulkVerb::Correct => invoices::correct(tx, invoice, &NewCorrection { reason, lines: None }).await?.id,
        BulkVerb::Send | BulkVerb::Remind | BulkVerb::Print => return Ok(()), // others' work
    };
    queries::end(tx, item, &Ended::Done { result: Some(result).filter(|id| *id != invoice), parts: 0 }).await
}
