//! Leasing's news as a job: a tenant hears a few days ahead that a contract ends.

use base::{Job, Outcome, Promise, Result, Tx, Works};
use leasing::news::ContractEnding;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    news::{self, LANE},
    queries,
    send::{self, Draft},
    texts,
};

/// Sends the text that a contract ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TellOfContractEnd(pub ContractEnding);

impl Promise for TellOfContractEnd {
    const KIND: &'static str = ContractEnding::KIND;

    fn aggregate(&self) -> Option<Uuid> {
        self.0.aggregate()
    }
}

impl Job for TellOfContractEnd {
    const LANE: base::Lane = LANE;

    async fn run(&self, at: &Works) -> Outcome {
        let draft = at.actor.transact(async |tx| self.write(tx, at).await).await?;
        match draft {
            Some(draft) => send::send(at, &draft).await,
            None => Ok(()),
        }
    }
}

impl TellOfContractEnd {
    /// The text, unless the contract was extended, renewed or ended meanwhile, or its end has gone by.
    async fn write(&self, tx: &Tx, at: &Works) -> Result<Option<Draft>> {
        let Some(ending) = queries::contract_ending(tx, self.0.contract).await? else { return Ok(None) };
        let days = (self.0.ends_on - tx.clock().today()).get_days();
        if ending.ends_on != Some(self.0.ends_on) || days < 0 {
            return Ok(None);
        }
        if let Some(morning) = news::not_before(tx.clock().now()).filter(|_| !ending.to.demo) {
            tx.promise_at(&self.0, morning).await?;
            return Ok(None);
        }
        let Some(phone) = news::phone_or_note(tx, &ending.to, self.0.contract.0).await? else { return Ok(None) };
        let (template, text) = texts::contract_ending(&ending, self.0.ends_on, days);
        send::begin(tx, at.promise, Draft { to: phone, text, secret: None, template, invoice: None }).await
    }
}
