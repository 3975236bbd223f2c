//! What is swept away by the clock: kept promises, answers kept for repeated requests, sessions that ended.

use jiff::{SignedDuration, Timestamp};
use uuid::{NoContext, Uuid};

use crate::{
    Actor, App, Slice,
    cron::{Cron, Schedule},
    error::Result,
};

/// How long a kept promise can still be looked at.
pub const PROMISES: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long a repeated request gets its first answer: a weekend and a day.
pub const ANSWERS: SignedDuration = SignedDuration::from_hours(72);
/// How long the slots of the clock are remembered.
pub const SLOTS: SignedDuration = SignedDuration::from_hours(90 * 24);

/// How many rows go in one transaction, so that none holds its locks for long.
const AT_ONCE: i64 = 5_000;

/// Sweeps every hour.
pub fn slice() -> Slice {
    Slice::new("retention").cron(Cron::new("retention", Schedule::Hourly, |app, _| async move { sweep(&app).await }))
}

/// Removes everything that has been kept long enough; `app` goes through the workers' pool.
pub async fn sweep(app: &App) -> Result<()> {
    let now = app.clock.now();
    let ago = |span: SignedDuration| now.saturating_sub(span).unwrap_or(Timestamp::MIN);
    let platform = Actor::platform(app);

    // Ids tell when they were made, so the primary key finds what is old without an index by age.
    let promises = "delete from outbox where id in
        (select id from outbox where id < $1 and status = 'done' and done_at < $2 order by id limit $3)";
    while remove(&platform, promises, &[&before(ago(PROMISES)), &ago(PROMISES), &AT_ONCE]).await? {}
    let answers = "delete from idempotency_keys where id in
        (select id from idempotency_keys where created_at < $1 order by created_at limit $2)";
    while remove(&platform, answers, &[&ago(ANSWERS), &AT_ONCE]).await? {}
    let slots = "delete from cron_slots where id in (select id from cron_slots where slot < $1 limit $2)";
    while remove(&platform, slots, &[&ago(SLOTS), &AT_ONCE]).await? {}
    let sessions = "delete from sessions where id in (select id from sessions where expires_at < $1 limit $2)";
    while remove(&platform.at_the_door(), sessions, &[&now, &AT_ONCE]).await? {}
    Ok(())
}

/// Removes some; whether there may be more.
async fn remove(actor: &Actor, sql: &str, params: &[&(dyn tokio_postgres::types::ToSql + Sync)]) -> Result<bool> {
    let removed = actor.transact(async |tx| tx.touch(sql, params).await).await?;
    Ok(i64::try_from(removed).is_ok_and(|removed| removed == AT_ONCE))
}

/// The smallest id made at that moment.
fn before(at: Timestamp) -> Uuid {
    let millis = u64::try_from(at.as_millisecond()).unwrap_or(0);
    let at =
        uuid::Timestamp::from_unix(NoContext, millis / 1000, u32::try_from(millis % 1000).unwrap_or(0) * 1_000_000);
    let mut bytes = *Uuid::new_v7(at).as_bytes();
    bytes[6..].fill(0);
    Uuid::from_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_older_than_a_later_moment_and_younger_than_an_earlier() {
        let now = Timestamp::now();
        let id = Uuid::now_v7();
        assert!(before(now - SignedDuration::from_secs(1)) < id && id < before(now + SignedDuration::from_secs(1)));
    }
}
