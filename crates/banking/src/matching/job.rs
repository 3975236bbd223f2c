//! Matching that nobody waits for: after statements came from a bank, and every hour for bills that were made since.

use base::{Job, Outcome, Promise, Works};
use serde::{Deserialize, Serialize};

/// The owner's waiting lines are to be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatchLines {}

impl Promise for MatchLines {
    const KIND: &'static str = "bank.match";
}

impl Job for MatchLines {
    async fn run(&self, at: &Works) -> Outcome {
        at.actor.transact(async |tx| super::run(tx).await).await?;
        Ok(())
    }
}
