//! How many processes share the limits: each says every few seconds that it is there.

use std::{
    sync::{
        Arc, Weak,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use redis::Script;
use tokio::time::sleep;
use uuid::Uuid;

use crate::kv::Redis;

/// How often a process says that it is there.
const EVERY: Duration = if cfg!(test) { Duration::from_millis(50) } else { Duration::from_secs(2) };
/// After such a silence it is gone.
const GONE: Duration = Duration::from_secs(8);

/// What this process knows of the others.
#[derive(Debug)]
pub struct Company(Arc<AtomicU32>);

impl Company {
    /// Joins the others, for as long as the company is held on to.
    pub fn join(redis: &Arc<Redis>) -> Company {
        let size = Arc::new(AtomicU32::new(0));
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(keep_saying(redis.clone(), Arc::downgrade(&size)));
        }
        Company(size)
    }

    /// This process's share of what is divided among all; nothing until all have had the time to hear of it.
    pub fn share_of(&self, all: u32) -> u32 {
        all.checked_div(self.0.load(Ordering::Relaxed)).unwrap_or(0)
    }
}

async fn keep_saying(redis: Arc<Redis>, size: Weak<AtomicU32>) {
    let script = Script::new(
        "local now = tonumber(redis.call('TIME')[1])
         redis.call('ZADD', KEYS[1], now, ARGV[1])
         redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
         redis.call('EXPIRE', KEYS[1], ARGV[2])
         return redis.call('ZCARD', KEYS[1])",
    );
    let me = Uuid::now_v7().to_string();
    let mut heard = 0;
    loop {
        let said = redis.run::<u32>(script.key("limit:company").arg(&me).arg(GONE.as_secs())).await;
        let Some(size) = size.upgrade() else { return };
        // A stranger to the others, after the start or a silence, first gives them the time to count it in.
        heard = if said.is_ok() { heard + 1 } else { 0 };
        size.store(said.ok().filter(|_| heard > 2).unwrap_or(0), Ordering::Relaxed);
        drop(size);
        sleep(EVERY).await;
    }
}
