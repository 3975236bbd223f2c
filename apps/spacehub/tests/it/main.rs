//! Stories through the real router to a real Postgres, with two owners in them.

mod auth;
mod catalogue;
mod contract;
mod estate;
mod leasing;
mod idempotency;
mod outbox;
mod town;
