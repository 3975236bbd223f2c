//! What happens by the clock in Ulaanbaatar: each slot once, on however many nodes.

use std::{future::Future, pin::Pin, sync::Arc};

use domain::{OwnerId, PromiseId};
use jiff::{Timestamp, ToSpan, civil::Time, tz::TimeZone};

use crate::{
    Actor, App, Promise,
    clock::ulaanbaatar,
    error::{Error, Result},
};

/// When.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schedule {
    /// Every full hour.
    Hourly,
    /// Every day at that hour and minute.
    Daily(i8, i8),
}

impl Schedule {
    /// The last slot at or before `now`. Slots missed while nobody ran are skipped but for the latest.
    pub fn slot(self, now: Timestamp) -> Timestamp {
        let zone: TimeZone = ulaanbaatar();
        let local = now.to_zoned(zone.clone()).datetime();
        let slot = match self {
            Schedule::Hourly => local.date().to_datetime(Time::constant(local.hour(), 0, 0, 0)),
            Schedule::Daily(hour, minute) => {
                let today = local.date().to_datetime(Time::constant(hour, minute, 0, 0));
                if today <= local { today } else { today.saturating_sub(1.day()) }
            }
        };
        zone.to_timestamp(slot).expect("a fixed offset has every moment of our days")
    }
}

/// A named piece of clockwork.
#[derive(Clone)]
pub struct Cron {
    pub name: &'static str,
    pub schedule: Schedule,
    pub(crate) run: Arc<dyn Fn(App, Timestamp) -> Running + Send + Sync>,
}

type Running = Pin<Box<dyn Future<Output = Result<()>> + Send>>;

impl Cron {
    /// `work` gets the workers' app and the slot; it should promise jobs rather than do the work itself.
    pub fn new<F>(
        name: &'static str,
        schedule: Schedule,
        work: impl Fn(App, Timestamp) -> F + Send + Sync + 'static,
    ) -> Cron
    where
        F: Future<Output = Result<()>> + Send + 'static,
    {
        Cron { name, schedule, run: Arc::new(move |app, slot| Box::pin(work(app, slot))) }
    }

    /// Does the work of the latest slot now, whether or not it was done: what stories and operators set off by hand.
    pub async fn strike(&self, app: App) -> Result<()> {
        let slot = self.schedule.slot(app.clock.now());
        (self.run)(app, slot).await
    }
}

/// Promises the same to every owner, or to those whose bills are made on that day of the month: a promise for each, so that
/// one owner's trouble is not another's.
pub async fn promise_to_owners<P: Promise>(app: &App, billing_day: Option<i8>, promise: &P) -> Result<()> {
    let payload = serde_json::to_value(promise).map_err(|error| Error::Internal(error.to_string()))?;
    let now = app.clock.now();
    Actor::platform(app)
        .transact(async |tx| {
            let rows = tx
                .all(
                    "select id from property_owners where $1::int is null or billing_day = $1",
                    &[&billing_day.map(i32::from)],
                )
                .await?;
            let owners: Vec<OwnerId> = rows.iter().map(|row| row.get("id")).collect();
            let ids: Vec<PromiseId> = owners.iter().map(|_| PromiseId::new()).collect();
            tx.touch(
                "insert into outbox (id, owner_id, kind, aggregate_id, payload, run_at)
                 select p.id, p.owner, $3, $4, $5, $6 from unnest($1::uuid[], $2::uuid[]) as p (id, owner)",
                &[&ids, &owners, &P::KIND, &promise.aggregate(), &payload, &now],
            )
            .await?;
            tx.promised_many();
            Ok(())
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_slot_is_told_in_ulaanbaatar_time() {
        let now: Timestamp = "2026-11-22T00:59:59Z".parse().expect("a moment"); // 08:59:59 there
        assert_eq!(Schedule::Daily(9, 0).slot(now).to_string(), "2026-11-21T01:00:00Z");
        assert_eq!(Schedule::Daily(8, 59).slot(now).to_string(), "2026-11-22T00:59:00Z");
        assert_eq!(Schedule::Hourly.slot(now).to_string(), "2026-11-22T00:00:00Z");
    }
}
