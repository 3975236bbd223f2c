//! How fast promises are kept that ask for nothing, and how soon after its commit one is begun.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use base::{Actor, App, Job, Outcome, Promise, Slice, Works, pool::Pool, workers::Workers};
use cluster::Urls;
use domain::OwnerId;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use tokio_postgres::Client;
use uuid::Uuid;

use super::{data, load::Heard, server};
use crate::problem::Problem;

/// A promise to do nothing.
#[derive(Debug, Serialize, Deserialize)]
struct Nothing {
    n: u64,
}

impl Promise for Nothing {
    const KIND: &'static str = "bench_nothing";
}

impl Job for Nothing {
    async fn run(&self, at: &Works) -> Outcome {
        let kept = at.app.part::<Kept>();
        if let Some(slot) = kept
            .began
            .lock()
            .expect("nobody panics while holding it")
            .get_mut(usize::try_from(self.n).unwrap_or(usize::MAX))
        {
            *slot = Some(Instant::now());
        }
        kept.count.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

#[derive(Default)]
struct Kept {
    count: AtomicU64,
    began: Mutex<Vec<Option<Instant>>>,
}

/// Events a second, and the waits from commit to beginning.
pub struct Pace {
    pub events: u64,
    pub took: Duration,
    pub waits: Heard,
}

/// Keeps `events` promises that were there before, then some hundreds made one by one.
pub async fn measure(admin: &Client, urls: &Urls, events: u64, singles: usize) -> Result<Pace, Problem> {
    let owner = OwnerId(Uuid::parse_str(&data::id(data::OWNERS, 0))?);
    let app = server::app(urls, 4)?.with(Kept::default());
    let workshop = app.through(Pool::new(&urls.worker, 4)?);
    let kept: Arc<Kept> = app.part();
    // Their numbers lie beyond those that are timed.
    let insert = "insert into outbox (id, owner_id, kind, payload)
                  select gen_random_uuid(), $1, 'bench_nothing', jsonb_build_object('n', 1000000000 + n) from generate_series(1, $2::bigint) n";
    admin.execute(insert, &[&owner, &i64::try_from(events)?]).await?;
    admin.batch_execute("vacuum (analyze) outbox").await?;

    let workers = Workers::new(workshop, &[Slice::new("bench").job::<Nothing>()]);
    let (stop, stopped) = watch::channel(false);
    let began = Instant::now();
    let running = tokio::spawn(async move { workers.run(stopped).await });
    let left = "select exists (select from outbox where status = 'pending')";
    while admin.query_one(left, &[]).await?.get(0) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let took = began.elapsed();
    let waits = singly(&app, &kept, owner, singles).await?;
    let _ = stop.send(true);
    running.await?;
    Ok(Pace { events, took, waits })
}

async fn singly(app: &App, kept: &Kept, owner: OwnerId, singles: usize) -> Result<Heard, Problem> {
    *kept.began.lock().expect("nobody panics while holding it") = vec![None; singles];
    let actor = Actor::system(app, owner);
    let before = kept.count.load(Ordering::Relaxed);
    let mut committed = Vec::with_capacity(singles);
    for n in 0..singles {
        actor.transact(async |tx| tx.promise(&Nothing { n: n as u64 }).await).await?;
        committed.push(Instant::now());
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    while kept.count.load(Ordering::Relaxed) < before + singles as u64 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let began = kept.began.lock().expect("nobody panics while holding it");
    let mut waits: Vec<Duration> = began
        .iter()
        .zip(&committed)
        .map(|(began, committed)| began.map_or(Duration::ZERO, |b| b.saturating_duration_since(*committed)))
        .collect();
    waits.sort_unstable();
    Ok(Heard { answers: singles as u64, waits, ..Heard::default() })
}
