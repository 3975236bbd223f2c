//! What happens by the clock in Ulaanbaatar: each slot once, on however many nodes.

use std::{future::Future, pin::Pin, sync::Arc};

use jiff::{Timestamp, ToSpan, civil::Time, tz::TimeZone};

use crate::{App, clock::ulaanbaatar, error::Result};

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
