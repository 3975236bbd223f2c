//! Promises: what a transaction wants done outside, written inside it and kept by a worker.

use std::{future::Future, pin::Pin, sync::Arc};

use domain::PromiseId;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use uuid::Uuid;

use crate::{Actor, App, Error, Tx, error::Result, params};

/// What can be promised. An area that only has news to give (an invoice was issued) defines the promise; the area
/// that keeps it wraps it in a [`Job`] of the same kind, so that news travels upwards without an arrow.
pub trait Promise: Serialize + Send + Sync + 'static {
    /// Its name in the outbox.
    const KIND: &'static str;

    /// Promises of one aggregate are kept one after the other, in the order they were made.
    fn aggregate(&self) -> Option<Uuid> {
        None
    }
}

/// A promise and how it is kept, at least once: it asks first whether it is still to be done.
pub trait Job: Promise + DeserializeOwned {
    /// How many may run at once; what calls out has a lane of its own.
    const LANE: Lane = Lane::Local;
    /// After so many tries it is laid aside with its reason, and people are told.
    const ATTEMPTS: i32 = 12;

    fn run(&self, at: &Works) -> impl Future<Output = Outcome> + Send;
}

/// Who a job waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lane {
    /// Only Postgres: taken in large batches.
    Local,
    /// A provider: claimed only as fast as it can start.
    Calls { at_once: usize, per_owner: usize },
}

/// How a job ended.
pub type Outcome = std::result::Result<(), Failure>;

/// Why a job is not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Trying again may help.
    Later(String),
    /// Trying again can't help; it is laid aside.
    Never(String),
}

impl Failure {
    pub fn later(why: impl Into<String>) -> Failure {
        Failure::Later(why.into())
    }

    pub fn never(why: impl Into<String>) -> Failure {
        Failure::Never(why.into())
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::Later(error.to_string())
    }
}

/// What a job works with.
pub struct Works {
    pub app: App,
    /// Acts for the owner of the promise, under row security like anyone; for none when the promise has none.
    pub actor: Actor,
    /// The reference that the outside knows this effect by.
    pub promise: PromiseId,
    /// Counted from 1.
    pub attempt: i32,
}

/// A job's kind without its type: how the worker finds the code for a row.
#[derive(Clone)]
pub struct Kind {
    pub name: &'static str,
    pub lane: Lane,
    pub attempts: i32,
    pub(crate) run: Arc<dyn Fn(Value, Works) -> Running + Send + Sync>,
}

type Running = Pin<Box<dyn Future<Output = Outcome> + Send>>;

impl Kind {
    pub fn of<J: Job>() -> Kind {
        let run = |payload: Value, at: Works| -> Running {
            Box::pin(async move {
                let job: J = serde_json::from_value(payload)
                    .map_err(|error| Failure::never(format!("the payload of {} does not fit: {error}", J::KIND)))?;
                job.run(&at).await
            })
        };
        Kind { name: J::KIND, lane: J::LANE, attempts: J::ATTEMPTS, run: Arc::new(run) }
    }
}

impl Tx {
    /// Promises a job: kept if and only if this transaction commits.
    pub async fn promise<P: Promise>(&self, promise: &P) -> Result<PromiseId> {
        self.promise_at(promise, self.clock().now()).await
    }

    /// Promises a job for a later moment.
    pub async fn promise_at<P: Promise>(&self, promise: &P, run_at: jiff::Timestamp) -> Result<PromiseId> {
        let payload = serde_json::to_value(promise).map_err(|error| Error::Internal(error.to_string()))?;
        let id = PromiseId::new();
        self.later(
            "insert into outbox (id, kind, aggregate_id, payload, run_at) values ($1, $2, $3, $4, $5)",
            params![id, P::KIND, promise.aggregate(), payload, run_at],
        )
        .await?;
        self.promised();
        Ok(id)
    }

    /// Says that rows of the outbox were written by a set-based statement, so that the workers are woken.
    pub fn promised_many(&self) {
        self.promised();
    }
}
