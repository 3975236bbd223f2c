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
    queries::{self, Run},
    tell, utilities_of,
};
use crate::{invoices::Bill, month_locks};

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
        let mut ahead = Ahead::default();
        loop {
            let made = at.actor.transact(async |tx| self.batch(tx, &mut ahead).await).await;
            match made {
                Ok(MonthRunStatus::Running) => {}
                Ok(_) => return Ok(()),
                // Somebody made a bill of the month meanwhile: what is ahead is read again.
                Err(Error::Conflict(conflict)) if conflict.reason == "MONTH_BEING_BILLED" => {
                    return Err(Failure::later(conflict.reason));
                }
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

/// What is still to be gone through, read once by whoever makes the bills. Should a commit fail, the job begins anew and
/// reads it again.
#[derive(Default)]
struct Ahead {
    rents: Option<VecDeque<Due>>,
    utilities: Option<VecDeque<Bill>>,
}

impl MakeBills {
    /// Makes one batch and says how far the run is then.
    async fn batch(&self, tx: &Tx, ahead: &mut Ahead) -> Result<MonthRunStatus> {
        let Some(month) = queries::month_of(tx, self.run).await? else { return Ok(MonthRunStatus::Done) };
        lock(tx, month).await?;
        let Some(run) = queries::lock(tx, self.run).await? else { return Ok(MonthRunStatus::Done) };
        if run.status.is_over() {
            return Ok(run.status);
        }
        month_locks::ensure_open(tx, run.issue_on).await?;
        let ground = Ground::of(tx, month, run.issue_on).await?;
        let rents = match &mut ahead.rents {
            Some(rents) => rents,
            none => none.insert(due_in_month(tx, month, run.reached.as_deref()).await?.into()),
        };
        if !rents.is_empty() {
            return self.rents(tx, &ground, &run, rents).await;
        }
        let utilities = match &mut ahead.utilities {
            Some(utilities) => utilities,
            none => none.insert(utilities_of(tx, month, run.issue_on).await?.bills.into()),
        };
        self.utilities(tx, &ground, &run, utilities).await
    }

    /// The next contracts' rent. Each is looked at anew: what changed since the planning is billed as it is now.
    async fn rents(&self, tx: &Tx, ground: &Ground, run: &Run, rents: &mut VecDeque<Due>) -> Result<MonthRunStatus> {
        // Somebody else, whose lease had run out, may have gone on meanwhile.
        if let Some(reached) = &run.reached
            && let Some(place) = rents.iter().position(|due| due.code == *reached)
        {
            rents.drain(..=place);
        }
        let part: Vec<Due> = rents.drain(..BATCH.min(rents.len())).collect();
        let portion = Portion::of(tx, ground, &part).await?;
        let contracts: Vec<_> = part.iter().map(|due| due.contract).collect();
        let mut left_out: HashSet<_> = queries::left_out(tx, self.run, &contracts).await?.into_iter().collect();
        let mut parked = Vec::new();
        for looked in &portion.0 {
            if let Err(because) = &looked.plan
                && left_out.insert(looked.facts.contract)
            {
                let (contract, because) = (looked.facts.contract, because.clone());
                let now = looked.billed.map(|(_, total)| total).unwrap_or_default();
                parked.push(Parked { contract, last: looked.last, now, because });
            }
        }
        let made = batch::make(tx, ground, &portion, &left_out, run.send).await?;
        queries::park(tx, self.run, &parked).await?;
        let reached = part.last().map(|due| due.code.as_str());
        Ok(queries::go_on(tx, run, part.len(), reached, &made, false).await?.status)
    }

    /// What meters come to; the run is done with the last of it.
    async fn utilities(
        &self,
        tx: &Tx,
        ground: &Ground,
        run: &Run,
        utilities: &mut VecDeque<Bill>,
    ) -> Result<MonthRunStatus> {
        let part: Vec<Bill> = utilities.drain(..BATCH.min(utilities.len())).collect();
        let count = part.len();
        let made = batch::issue(tx, ground, part, run.send).await?;
        let run = queries::go_on(tx, run, count, None, &made, utilities.is_empty()).await?;
        if run.status == MonthRunStatus::Done {
            tell(tx, &run).await?;
        }
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
