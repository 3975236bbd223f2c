//! Once at its end every QR is checked, for a callback that never came; between there is no polling.

use base::{Job, Outcome, Promise, Works};
use serde::{Deserialize, Serialize};

use super::queries;

/// Has an owner's QRs whose time is over checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpireIntents {}

impl Promise for ExpireIntents {
    const KIND: &'static str = "intents.expire";
}

impl Job for ExpireIntents {
    async fn run(&self, at: &Works) -> Outcome {
        let now = at.app.clock.now();
        at.actor
            .transact(async |tx| {
                for intent in queries::expired(tx, now).await? {
                    queries::promise_check(tx, intent).await?;
                }
                Ok(())
            })
            .await?;
        Ok(())
    }
}
