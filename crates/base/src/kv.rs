//! Small shared counters: Redis between processes, a map within one; the same words for both.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use jiff::Timestamp;

use crate::{Error, error::Result};

/// Where counters are kept.
#[derive(Clone)]
pub enum Kv {
    InProcess(Arc<Mutex<HashMap<String, Counter>>>),
    Redis(redis::aio::ConnectionManager),
}

/// A count and when it starts again.
pub struct Counter {
    count: u64,
    ends_at: Timestamp,
}

impl Kv {
    pub fn in_process() -> Kv {
        Kv::InProcess(Arc::default())
    }

    /// Connects once and reconnects by itself afterwards.
    pub async fn redis(url: &str) -> Result<Kv> {
        let client =
            redis::Client::open(url).map_err(|_| Error::Internal("REDIS_URL is not a Redis address".into()))?;
        let manager = redis::aio::ConnectionManager::new(client).await;
        manager.map(Kv::Redis).map_err(|error| Error::Unavailable(error.to_string()))
    }

    /// Counts one against `limit` in a window that starts with the first; over it: how long to wait.
    pub async fn count(&self, key: &str, limit: u64, window: Duration, now: Timestamp) -> Result<()> {
        let (count, left) = match self {
            Kv::InProcess(counters) => count_here(counters, key, window, now),
            Kv::Redis(redis) => count_in_redis(redis.clone(), key, window).await?,
        };
        if count > limit { Err(Error::RateLimited { retry_after_secs: left.max(1) }) } else { Ok(()) }
    }
}

fn count_here(counters: &Mutex<HashMap<String, Counter>>, key: &str, window: Duration, now: Timestamp) -> (u64, u64) {
    let mut counters = counters.lock().expect("no panic while held");
    if counters.len() > 10_000 {
        counters.retain(|_, counter| counter.ends_at > now);
    }
    let span = jiff::SignedDuration::try_from(window).unwrap_or(jiff::SignedDuration::MAX);
    let ends_at = now.saturating_add(span).unwrap_or(Timestamp::MAX);
    let counter = counters.entry(key.to_owned()).or_insert(Counter { count: 0, ends_at });
    if counter.ends_at <= now {
        *counter = Counter { count: 0, ends_at };
    }
    counter.count += 1;
    let left = counter.ends_at.as_second() - now.as_second();
    (counter.count, u64::try_from(left).unwrap_or(0))
}

async fn count_in_redis(mut redis: redis::aio::ConnectionManager, key: &str, window: Duration) -> Result<(u64, u64)> {
    // One script, so that a counter never stays behind without an end.
    let script = redis::Script::new(
        "local n = redis.call('INCR', KEYS[1])
         if n == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
         return {n, redis.call('PTTL', KEYS[1])}",
    );
    let millis = u64::try_from(window.as_millis()).unwrap_or(u64::MAX);
    let answer: redis::RedisResult<(u64, i64)> = script.key(key).arg(millis).invoke_async(&mut redis).await;
    let (count, left_millis) = answer.map_err(|error| Error::Unavailable(error.to_string()))?;
    Ok((count, u64::try_from(left_millis).unwrap_or(0).div_ceil(1000)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_window_counts_to_its_limit_and_starts_again() {
        let kv = Kv::in_process();
        let (start, minute) = (Timestamp::UNIX_EPOCH, Duration::from_secs(60));
        for _ in 0..3 {
            kv.count("a", 3, minute, start).await.expect("within the limit");
        }
        let over = kv.count("a", 3, minute, start).await;
        assert!(matches!(over, Err(Error::RateLimited { retry_after_secs: 60 })), "{over:?}");
        kv.count("b", 3, minute, start).await.expect("another key counts by itself");
        kv.count("a", 3, minute, start + jiff::SignedDuration::from_secs(60)).await.expect("a new window");
    }
}
