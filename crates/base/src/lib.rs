//! The ground that every slice stands on: who asks, the one way into Postgres, errors, promises and what keeps them.

pub mod actor;
pub mod app;
pub mod audit;
pub mod bell;
pub mod checks;
pub mod clock;
pub mod columns;
pub mod conditions;
pub mod cron;
pub mod envelope;
pub mod error;
pub mod extract;
pub mod idempotency;
pub mod kv;
pub mod lists;
pub mod origins;
pub mod outbox;
pub mod pool;
pub mod retention;
pub mod secrets;
pub mod slice;
pub mod tx;
pub mod workers;

pub use actor::{Actor, Credential};
pub use app::App;
pub use checks::Checks;
pub use clock::Clock;
pub use columns::Columns;
pub use conditions::Conditions;
pub use error::{Conflict, Error, OnConstraint, Refusals, Result};
pub use extract::{Json, Path, Query};
pub use idempotency::Once;
pub use outbox::{Failure, Job, Lane, Outcome, Promise, Works};
pub use slice::Slice;
pub use tx::{Tx, Who};
pub use words::Lang;
