//! The workers: claim due promises, run them, write down how they ended; lay aside what keeps failing.
//!
//! A claim counts the attempt and takes a lease; the lease is renewed while the job runs and fences the result: a
//! worker whose lease ran out can't record anything over its successor. Rows of one aggregate are claimed in order.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use domain::{OwnerId, PromiseId};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use tokio::{sync::watch, task::JoinSet};
use uuid::Uuid;

use crate::{
    Actor, App, Failure, Lane, Outcome, Slice, Tx, Works, bell,
    cron::Cron,
    error::{Error, Result},
    outbox::Kind,
    params,
};

/// How long a claim holds without being renewed.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// How many local jobs one claim takes.
const BATCH: usize = 200;
/// Stands for "no owner" where turns are shared out: such promises are as one owner's.
const NOBODYS: OwnerId = OwnerId(Uuid::nil());
/// How often the table is looked at when nobody rings.
const POLL: Duration = Duration::from_secs(1);

/// Everything that works behind the requests of one process.
#[derive(Clone)]
pub struct Workers {
    app: App,
    kinds: Arc<HashMap<&'static str, Kind>>,
    crons: Arc<Vec<Cron>>,
    me: Uuid,
    /// What this worker holds, so that the leases can be renewed.
    held: Arc<Mutex<HashMap<PromiseId, i32>>>,
}

/// How much more a lane can start, all told and for one owner.
struct Room<'b> {
    rows: usize,
    per_owner: usize,
    busy: &'b HashMap<Option<OwnerId>, usize>,
}

/// A claimed row.
struct Claimed {
    id: PromiseId,
    /// None: it is about a person, not for an owner.
    owner: Option<OwnerId>,
    kind: String,
    payload: Value,
    attempt: i32,
    waited: Duration,
}

/// How a claimed row ended.
struct Ended {
    id: PromiseId,
    attempt: i32,
    outcome: Outcome,
    /// Tries used up, or no use in trying again.
    dead: bool,
}

impl Workers {
    /// `app` goes through the workers' own pool.
    pub fn new(app: App, slices: &[Slice]) -> Workers {
        let kinds = slices.iter().flat_map(|s| s.jobs.iter().cloned()).map(|kind| (kind.name, kind)).collect();
        let crons = slices.iter().flat_map(|s| s.crons.iter().cloned()).collect();
        Workers { app, kinds: Arc::new(kinds), crons: Arc::new(crons), me: Uuid::now_v7(), held: Arc::default() }
    }

    /// The process as the workers see it.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Works until `stop` turns true, then finishes what runs.
    pub async fn run(&self, stop: watch::Receiver<bool>) {
        let mut lanes: HashMap<(Lane, &'static str), Vec<&'static str>> = HashMap::new();
        for kind in self.kinds.values() {
            let name = if kind.lane == Lane::Local { "local" } else { kind.name };
            lanes.entry((kind.lane, name)).or_default().push(kind.name);
        }
        let mut loops = JoinSet::new();
        for ((lane, _), names) in lanes {
            let (workers, stop) = (self.clone(), stop.clone());
            loops.spawn(async move { workers.work_lane(lane, names, stop).await });
        }
        let (workers, stopping) = (self.clone(), stop.clone());
        loops.spawn(async move { workers.renew_leases(stopping).await });
        let (workers, stopping) = (self.clone(), stop.clone());
        loops.spawn(async move { workers.keep_time(stopping).await });
        loops.spawn(bell::run(self.app.clone(), stop));
        while loops.join_next().await.is_some() {}
    }

    /// Runs everything that is due until nothing is, one row after the other; for tests and the seed. How many ran.
    pub async fn drain(&self) -> Result<usize> {
        let names: Vec<&'static str> = self.kinds.keys().copied().collect();
        let (mut ran, nobody) = (0, HashMap::new());
        loop {
            let claimed = self.claim(&names, Room { rows: 1, per_owner: 1, busy: &nobody }, &[]).await?;
            let Some(row) = claimed.into_iter().next() else { return Ok(ran) };
            let ended = self.carry_out(row).await;
            self.claim(&[], Room { rows: 0, per_owner: 0, busy: &nobody }, &[ended]).await?;
            ran += 1;
        }
    }

    async fn work_lane(&self, lane: Lane, names: Vec<&'static str>, mut stop: watch::Receiver<bool>) {
        let (at_once, per_owner) = match lane {
            Lane::Local => (BATCH, BATCH),
            Lane::Calls { at_once, per_owner } => (at_once, per_owner),
        };
        let mut running: JoinSet<(Option<OwnerId>, Ended)> = JoinSet::new();
        let mut busy: HashMap<Option<OwnerId>, usize> = HashMap::new();
        let mut ended: Vec<Ended> = Vec::new();
        let (mut promised, mut rung) = (self.app.promised.subscribe(), self.app.rung.subscribe());
        loop {
            let stopping = *stop.borrow();
            let free = if stopping { 0 } else { at_once.saturating_sub(running.len()) };
            let mut claimed_some = false;
            if free > 0 || !ended.is_empty() {
                promised.mark_unchanged();
                rung.mark_unchanged();
                match self.claim(&names, Room { rows: free, per_owner, busy: &busy }, &ended).await {
                    Ok(rows) => {
                        ended.clear();
                        claimed_some = !rows.is_empty();
                        for row in rows {
                            *busy.entry(row.owner).or_default() += 1;
                            let workers = self.clone();
                            running.spawn(async move { (row.owner, workers.carry_out(row).await) });
                        }
                    }
                    Err(error) => {
                        tracing::warn!(%error, "the outbox can't be reached: {error}");
                        tokio::time::sleep(POLL).await;
                    }
                }
            }
            if stopping && running.is_empty() && ended.is_empty() {
                return;
            }
            if claimed_some && running.len() < at_once {
                continue;
            }
            tokio::select! {
                Some(done) = running.join_next() => self.collect(done, &mut busy, &mut ended),
                _ = promised.changed(), if free > 0 => {}
                _ = rung.changed(), if free > 0 => {}
                _ = stop.changed(), if !stopping => {}
                () = tokio::time::sleep(POLL) => {}
            }
            while let Some(done) = running.try_join_next() {
                self.collect(done, &mut busy, &mut ended);
            }
        }
    }

    fn collect(
        &self,
        done: std::result::Result<(Option<OwnerId>, Ended), tokio::task::JoinError>,
        busy: &mut HashMap<Option<OwnerId>, usize>,
        ended: &mut Vec<Ended>,
    ) {
        // A task that was lost (the runtime is going down) keeps its lease and is taken up again when that runs out.
        let Ok((owner, end)) = done else { return };
        if let Some(count) = busy.get_mut(&owner) {
            *count -= 1;
            if *count == 0 {
                busy.remove(&owner);
            }
        }
        ended.push(end);
    }

    /// Writes down how rows ended and claims the next, in one transaction.
    async fn claim(&self, kinds: &[&str], room: Room<'_>, ended: &[Ended]) -> Result<Vec<Claimed>> {
        let now = self.app.clock.now();
        let limit = i64::try_from(room.rows).unwrap_or(0);
        let cap = i64::try_from(room.per_owner).unwrap_or(i64::MAX);
        let (owners, running): (Vec<OwnerId>, Vec<i64>) = room
            .busy
            .iter()
            .map(|(owner, n)| (owner.unwrap_or(NOBODYS), i64::try_from(*n).unwrap_or(i64::MAX)))
            .unzip();
        let full: Vec<OwnerId> = room
            .busy
            .iter()
            .filter(|(_, n)| **n >= room.per_owner)
            .map(|(owner, _)| owner.unwrap_or(NOBODYS))
            .collect();
        let lease = now.saturating_add(LEASE).unwrap_or(now);
        let rows = Actor::platform(&self.app)
            .transact(async |tx| {
                self.record(tx, ended, now).await?;
                if limit == 0 {
                    return Ok(Vec::new());
                }
                let rows = tx
                    .last()
                    .all(
                        // Kind by kind, each in the order of its index: over all at once every due row would be sorted.
                        "with due as materialized (
                             select o.* from unnest($1::text[]) as of (kind) cross join lateral (
                                 select id, coalesce(owner_id, $10) as owner_id, run_at from outbox o
                                  where o.kind = of.kind and status = 'pending' and run_at <= $2
                                    and (locked_until is null or locked_until < $2)
                                    and coalesce(owner_id, $10) <> all($3)
                                    and (aggregate_id is null or not exists (
                                         select from outbox e
                                          where e.aggregate_id = o.aggregate_id and e.status = 'pending' and e.id < o.id))
                                  order by run_at, id
                                  limit $4
                                    for update skip locked) o),
                         fair as (
                             select due.id from
                                  (select id, owner_id, row_number() over (order by run_at, id) as place,
                                          row_number() over (partition by owner_id order by run_at, id) as nth
                                     from due) due
                               left join unnest($7::uuid[], $8::bigint[]) as busy (owner_id, running) using (owner_id)
                              where due.place <= $4 and due.nth <= $9 - coalesce(busy.running, 0))
                         update outbox o set attempts = o.attempts + 1, locked_by = $5, locked_until = $6
                           from fair where o.id = fair.id
                         returning o.id, o.owner_id, o.kind, o.payload, o.attempts, o.run_at",
                        &[&kinds, &now, &full, &limit, &self.me, &lease, &owners, &running, &cap, &NOBODYS],
                    )
                    .await?;
                Ok(rows)
            })
            .await?;
        let mut held = self.held.lock().expect("no panic while held");
        for end in ended {
            held.remove(&end.id);
        }
        let claimed: Vec<Claimed> = rows
            .iter()
            .map(|row| Claimed {
                id: row.get("id"),
                owner: row.get("owner_id"),
                kind: row.get("kind"),
                payload: row.get("payload"),
                attempt: row.get("attempts"),
                waited: now.duration_since(row.get("run_at")).try_into().unwrap_or_default(),
            })
            .collect();
        held.extend(claimed.iter().map(|row| (row.id, row.attempt)));
        for row in &claimed {
            metrics::histogram!("outbox_wait_seconds", "kind" => row.kind.clone()).record(row.waited);
        }
        Ok(claimed)
    }

    async fn record(&self, tx: &Tx, ended: &[Ended], now: Timestamp) -> Result<()> {
        let done: Vec<&Ended> = ended.iter().filter(|e| e.outcome.is_ok()).collect();
        if !done.is_empty() {
            let ids: Vec<PromiseId> = done.iter().map(|e| e.id).collect();
            let attempts: Vec<i32> = done.iter().map(|e| e.attempt).collect();
            tx.later(
                "update outbox o set status = 'done', done_at = $4, locked_by = null, locked_until = null, last_error = null
                   from unnest($1::uuid[], $2::int[]) as e (id, attempt)
                  where o.id = e.id and o.attempts = e.attempt and o.locked_by = $3 and o.status = 'pending'",
                params![ids, attempts, self.me, now],
            )
            .await?;
        }
        for end in ended {
            let Err(failure) = &end.outcome else { continue };
            let (Failure::Later(why) | Failure::Never(why)) = failure;
            let run_at = now.saturating_add(delay(end.attempt, end.id)).unwrap_or(now);
            tx.later(
                "update outbox set status = $4, run_at = $5, last_error = $6, locked_by = null, locked_until = null
                  where id = $1 and attempts = $2 and locked_by = $3 and status = 'pending'",
                params![
                    end.id,
                    end.attempt,
                    self.me,
                    if end.dead { "dead" } else { "pending" },
                    run_at,
                    why.chars().take(500).collect::<String>(),
                ],
            )
            .await?;
        }
        Ok(())
    }

    async fn carry_out(&self, row: Claimed) -> Ended {
        let Claimed { id, owner, kind, payload, attempt, .. } = row;
        let Some(found) = self.kinds.get(kind.as_str()).cloned() else {
            let outcome = Err(Failure::never(format!("nobody here does {kind}")));
            return Ended { id, attempt, outcome, dead: true };
        };
        let actor = owner.map_or_else(|| Actor::platform(&self.app), |owner| Actor::system(&self.app, owner));
        let works = Works { app: self.app.clone(), actor, promise: id, attempt };
        let run = tokio::spawn((found.run)(payload, works));
        let outcome = run.await.unwrap_or_else(|_| Err(Failure::later("the job panicked")));
        let dead = match &outcome {
            Ok(()) => false,
            Err(Failure::Never(_)) => true,
            Err(Failure::Later(_)) => attempt >= found.attempts,
        };
        match &outcome {
            Err(Failure::Later(why) | Failure::Never(why)) if dead => {
                tracing::error!(promise.id = %id, kind, attempt, "laid aside {kind} {id}: {why}");
            }
            Err(Failure::Later(why) | Failure::Never(why)) => {
                tracing::warn!(promise.id = %id, kind, attempt, "{kind} {id} will be tried again: {why}");
            }
            Ok(()) => tracing::debug!(promise.id = %id, kind, attempt, "kept {kind} {id}"),
        }
        let end = if dead {
            "dead"
        } else if outcome.is_ok() {
            "done"
        } else {
            "retry"
        };
        metrics::counter!("outbox_ended_total", "kind" => found.name, "how" => end).increment(1);
        Ended { id, attempt, outcome, dead }
    }

    async fn renew_leases(&self, mut stop: watch::Receiver<bool>) {
        loop {
            tokio::select! {
                () = tokio::time::sleep(Duration::from_secs(20)) => {}
                _ = stop.changed() => return,
            }
            let ids: Vec<PromiseId> = self.held.lock().expect("no panic while held").keys().copied().collect();
            if ids.is_empty() {
                continue;
            }
            let until = self.app.clock.now().saturating_add(LEASE).unwrap_or(Timestamp::MAX);
            let renewed = Actor::platform(&self.app)
                .transact(async |tx| {
                    tx.touch(
                        "update outbox set locked_until = $2 where id = any($1) and locked_by = $3 and status = 'pending'",
                        &[&ids, &until, &self.me],
                    )
                    .await
                })
                .await;
            if let Err(error) = renewed {
                tracing::warn!(%error, "leases could not be renewed: {error}");
            }
        }
    }

    async fn keep_time(&self, mut stop: watch::Receiver<bool>) {
        loop {
            self.tick().await;
            tokio::select! {
                () = tokio::time::sleep(Duration::from_secs(20)) => {}
                _ = stop.changed() => return,
            }
        }
    }

    /// Runs each schedule whose latest slot nobody has taken.
    pub async fn tick(&self) {
        let now = self.app.clock.now();
        for cron in self.crons.iter() {
            let slot = cron.schedule.slot(now);
            match self.take_slot(cron, slot).await {
                Ok(false) => {}
                Ok(true) => {
                    if let Err(error) = (cron.run)(self.app.clone(), slot).await {
                        tracing::error!(cron = cron.name, %slot, "{} of {slot} failed: {error}", cron.name);
                    }
                }
                Err(error) => tracing::warn!(cron = cron.name, "the clockwork can't reach Postgres: {error}"),
            }
        }
    }

    async fn take_slot(&self, cron: &Cron, slot: Timestamp) -> Result<bool, Error> {
        let id = Uuid::now_v7();
        Actor::platform(&self.app)
            .transact(async |tx| {
                let taken = tx
                    .last()
                    .maybe(
                        "insert into cron_slots (id, name, slot) values ($1, $2, $3) on conflict do nothing returning id",
                        &[&id, &cron.name, &slot],
                    )
                    .await?;
                Ok(taken.is_some())
            })
            .await
    }
}

/// min(2ⁿ s, 1 h), spread by up to a quarter so that what failed together does not come back together.
fn delay(attempt: i32, id: PromiseId) -> SignedDuration {
    let exponent = u32::try_from(attempt).unwrap_or(1).min(12);
    let seconds = 2i64.pow(exponent).min(3600);
    let spread = i64::from(id.0.as_bytes()[15]) * seconds / 4 / 255;
    SignedDuration::from_secs(seconds + spread)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_grow_to_an_hour_and_a_quarter() {
        let id = PromiseId::new();
        let delays: Vec<i64> = (1..20).map(|n| delay(n, id).as_secs()).collect();
        assert!(delays.windows(2).all(|pair| pair[0] <= pair[1]));
        assert!((2..=3).contains(&delays[0]) && (3600..=4500).contains(&delays[18]), "{delays:?}");
    }
}
