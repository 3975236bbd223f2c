//! Every owner's run on its own billing day at nine.

use base::{
    App, Error, Failure, Job, Outcome, Promise, Result, Works,
    clock::business_day,
    cron::{Cron, Schedule},
};
use domain::Month;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use wire::months::RunOrder;
use words::Lang;

use super::remember;
use crate::clockwork;

/// Runs the month in which the billing day lies. A total out of bounds is not billed: the promise is laid aside with
/// the figures, the month says so, and a person looks at the preview.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct RunMonth {
    pub issue_on: Date,
}

impl Promise for RunMonth {
    const KIND: &'static str = "bills.monthly";
}

impl Job for RunMonth {
    async fn run(&self, at: &Works) -> Outcome {
        let order = RunOrder { issue_on: Some(self.issue_on), ..RunOrder::default() };
        let mut stopped = None;
        let run = at.actor.transact(async |tx| super::run(tx, Month::of(self.issue_on), &order, &mut stopped).await);
        match run.await {
            Ok(_) => Ok(()),
            Err(refused @ Error::Conflict(_)) => {
                if let Some(stopped) = &stopped {
                    at.actor.transact(async |tx| remember(tx, stopped).await).await?;
                }
                Err(Failure::never(refused.message(Lang::Mn)))
            }
            Err(error) => Err(error.into()),
        }
    }
}

pub(super) fn cron() -> Cron {
    Cron::new("bills.monthly", Schedule::Daily(9, 0), promise_todays_runs)
}

async fn promise_todays_runs(app: App, slot: Timestamp) -> Result<()> {
    let issue_on = business_day(slot);
    clockwork::promise_to_owners(&app, Some(issue_on.day()), &RunMonth { issue_on }).await
}
