//! Stories through the real router to a real Postgres, with two owners in them.

mod auth;
mod catalogue;
mod contract;
mod estate;
mod idempotency;
mod leasing;
mod outbox;
mod town;
