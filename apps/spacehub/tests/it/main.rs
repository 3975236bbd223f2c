//! Stories through the real router to a real Postgres, with two owners in them.

mod auth;
mod bench;
mod catalogue;
mod contract;
mod estate;
mod idempotency;
mod isolation;
mod leasing;
mod openapi;
mod outbox;
mod town;
