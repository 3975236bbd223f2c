//! Every night: the prices that rise on that day, and those that should have while nobody ran.

use base::{
    App, Job, Outcome, Promise, Result, Works,
    clock::business_day,
    cron::{Cron, Schedule, promise_to_owners},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// Puts an owner's rises up to a day into effect.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct ApplyIncreases {
    pub on: Date,
}

impl Promise for ApplyIncreases {
    const KIND: &'static str = "contract.increases";
}

impl Job for ApplyIncreases {
    async fn run(&self, at: &Works) -> Outcome {
        let risen = at.actor.transact(async |tx| super::apply_due(tx, self.on).await).await?;
        if risen > 0 {
            tracing::info!(charges = risen, "prices of {risen} charges rose by {}", self.on);
        }
        Ok(())
    }
}

pub fn cron() -> Cron {
    Cron::new("contract.increases", Schedule::Daily(0, 30), promise_to_each)
}

async fn promise_to_each(app: App, slot: Timestamp) -> Result<()> {
    promise_to_owners(&app, None, &ApplyIncreases { on: business_day(slot) }).await
}
