//! Where processes count together: Redis between them, nothing but its own memory when a process is alone.
//!
//! Whoever counts (limits, codes) keeps a memory of their own beside it and says what happens while Redis is away.

use std::{
    fmt,
    sync::{Arc, Mutex},
    time::Duration,
};

use redis::{AsyncConnectionConfig, FromRedisValue, ScriptInvocation, aio::MultiplexedConnection};
use tokio::time::{Instant, timeout};

use crate::{Error, error::Result};

/// How long a request waits for Redis, connecting included.
const PATIENCE: Duration = Duration::from_millis(250);
/// After it did not answer, how long nobody asks it: else each request would wait for itself.
const REST: Duration = Duration::from_millis(500);

/// What processes share, if anything.
#[derive(Debug, Clone)]
pub enum Kv {
    InProcess,
    Redis(Arc<Redis>),
}

/// A Redis that may go away and come back.
pub struct Redis {
    client: redis::Client,
    connection: Mutex<Option<MultiplexedConnection>>,
    /// Held by the one who connects.
    connecting: tokio::sync::Mutex<()>,
    rests_until: Mutex<Option<Instant>>,
}

/// Redis did not answer in time, or could not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the shared store does not answer: {0}")]
pub struct Unreachable(pub String);

impl Kv {
    pub fn in_process() -> Kv {
        Kv::InProcess
    }

    /// Connects when it is first needed, and again whenever it has to.
    pub fn redis(url: &str) -> Result<Kv> {
        let client =
            redis::Client::open(url).map_err(|_| Error::Internal("REDIS_URL is not a Redis address".into()))?;
        Ok(Kv::Redis(Arc::new(Redis {
            client,
            connection: Mutex::default(),
            connecting: tokio::sync::Mutex::default(),
            rests_until: Mutex::default(),
        })))
    }
}

impl Redis {
    /// Runs a script; its answer, or within a quarter of a second that there is none.
    pub async fn run<T: FromRedisValue>(&self, script: &ScriptInvocation<'_>) -> Result<T, Unreachable> {
        if self.rests_until.lock().expect("no panic while held").is_some_and(|until| Instant::now() < until) {
            return Err(Unreachable("it did not a moment ago".into()));
        }
        let asked = async { script.invoke_async(&mut self.connection().await?).await };
        let why = match timeout(PATIENCE, asked).await {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(error)) => error.to_string(),
            Err(_) => format!("not within {} ms", PATIENCE.as_millis()),
        };
        // A connection into the void never says that it is broken, so every failure ends it.
        *self.connection.lock().expect("no panic while held") = None;
        *self.rests_until.lock().expect("no panic while held") = Some(Instant::now() + REST);
        tracing::warn!("Redis does not answer: {why}");
        metrics::counter!("redis_failures_total").increment(1);
        Err(Unreachable(why))
    }

    async fn connection(&self) -> redis::RedisResult<MultiplexedConnection> {
        if let Some(open) = self.open() {
            return Ok(open);
        }
        let _turn = self.connecting.lock().await;
        if let Some(open) = self.open() {
            return Ok(open);
        }
        let config = AsyncConnectionConfig::new().set_connection_timeout(Some(PATIENCE)).set_response_timeout(None);
        let fresh = self.client.get_multiplexed_async_connection_with_config(&config).await?;
        *self.connection.lock().expect("no panic while held") = Some(fresh.clone());
        Ok(fresh)
    }

    fn open(&self) -> Option<MultiplexedConnection> {
        self.connection.lock().expect("no panic while held").clone()
    }
}

impl fmt::Debug for Redis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Redis(…)")
    }
}

impl From<Unreachable> for Error {
    fn from(error: Unreachable) -> Error {
        Error::Unavailable(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use redis::Script;
    use tokio::net::TcpListener;

    use super::*;

    #[tokio::test]
    async fn a_redis_that_takes_calls_and_never_answers_costs_a_quarter_of_a_second_once() {
        let void = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("redis://{}", void.local_addr().expect("it is bound"));
        let Kv::Redis(redis) = Kv::redis(&url).expect("an address") else { unreachable!("it was asked for") };
        let script = Script::new("return 1");

        let began = Instant::now();
        let first = redis.run::<i64>(&script.prepare_invoke()).await;
        let waited = began.elapsed();
        for _ in 0..100 {
            redis.run::<i64>(&script.prepare_invoke()).await.expect_err("nobody is there");
        }

        first.expect_err("nobody is there");
        assert!(waited < Duration::from_millis(400), "{waited:?}");
        assert!(began.elapsed() < Duration::from_millis(500), "{:?}", began.elapsed());
    }
}
