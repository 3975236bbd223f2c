//! Makes the bills of a run that was ordered, batch by batch.

use std::collections::{HashSet, VecDeque};

use base::{Error, Failure, Job, Lane, Lang, Outcome, Promise, Result, Tx, Works};
use domain::{
    MonthRunId,
    month_run::{MonthRunStatus, Parked},
};
use leasing::contracts::{Due, due_in_month};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;
use words::say;

use super::{
    BATCH, batch, lock,
    portion::{Ground, Portion},
    queries, tell,
};

/// Makes the bills of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct MakeBills {
    pub run: MonthRunId,
}

impl Promise for MakeBills {
    const KIND: &'static str = "month.make";

    fn aggregate(&self) -> Option<Uuid> {
        Some(self.run.0)
    }
}

impl Job for MakeBills {
    /// Long ones of their own: a month's run must not hold up the news of others.
    const LANE: Lane = Lane::Calls { at_once: 2, per_owner: 1 };

    async fn run(&self, at: &Works) -> Outcome {
        let mut ahead = None;
        loop {
            let made = at.actor.transact(async |tx| self.batch(tx, &mut ahead).await).await;
            match made {
                Ok(MonthRunStatus::Running) => {}
                Ok(_) => return Ok(()),
                Err(refused @ Error::Conflict(_)) => {
                    let because = json!({ "mn": refused.message(Lang::Mn), "en": refused.message(Lang::En) });
                    self.stop(at, because).await?;
                    return Err(Failure::never(refused.message(Lang::Mn)));
                }
                Err(error) if at.attempt >= Self::ATTEMPTS => {
                    let [mn, en] = [Lang::Mn, Lang::En].map(|lang| say(lang, "run-gave-up", &[]).into_owned());
                    self.stop(at, json!({ "mn": mn, "en": en })).await?;
                    return Err(error.into());
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
}

impl MakeBills {
    /// Makes one batch and says how far the run is then. `ahead` is what is still to be gone through, read once; what was
    /// gone through by somebody else meanwhile is left out.
    async fn batch(&self, tx: &Tx, ahead: &mut Option<VecDeque<Due>>) -> Result<MonthRunStatus> {
        let Some(month) = queries::month_of(tx, self.run).await? else { return Ok(MonthRunStatus::Done) };
        lock(tx, month).await?;
        let Some(run) = queries::lock(tx, self.run).await? else { return Ok(MonthRunStatus::Done) };
        if run.status.is_over() {
            return Ok(run.status);
        }
        let ground = Ground::of(tx, month, run.issue_on).await?;
        let ahead = match ahead {
            Some(ahead) => ahead,
            None => ahead.insert(due_in_month(tx, month, run.reached.as_deref()).await?.into()),
        };
        let part: Vec<Due> = ahead.iter().take(BATCH).cloned().collect();
        let portion = Portion::of(tx, &ground, &part).await?;
        let contracts: Vec<_> = part.iter().map(|due| due.contract).collect();
        let mut left_out: HashSet<_> = queries::left_out(tx, self.run, &contracts).await?.into_iter().collect();
        let mut parked = Vec::new();
        for looked in &portion.0 {
            if let Err(because) = &looked.plan
                && left_out.insert(looked.facts.contract)
            {
                let now = looked.billed.map(|(_, total)| total).unwrap_or_default();
                parked.push(Parked {
                    contract: looked.facts.contract,
                    last: looked.last,
                    now,
                    because: because.clone(),
                });
            }
        }
        let made = batch::make(tx, &ground, &portion, &left_out, run.send).await?;
        queries::park(tx, self.run, &parked).await?;
        let reached = part.last().map_or("", |due| &due.code);
        let run = queries::go_on(tx, &run, part.len(), reached, &made, part.len() == ahead.len()).await?;
        if run.status == MonthRunStatus::Done {
            tell(tx, &run).await?;
        }
        // Should the commit fail, the job begins anew and reads again what is ahead.
        ahead.drain(..part.len());
        Ok(run.status)
    }

    async fn stop(&self, at: &Works, because: Value) -> Outcome {
        let stopped = at.actor.transact(async |tx| {
            if queries::stop(tx, self.run, because.clone()).await? {
                tx.audit("month.stop", self.run.0, &because).await?;
            }
            Ok(())
        });
        Ok(stopped.await?)
    }
}
