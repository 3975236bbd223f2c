//! Stories through the real router to a real Postgres, with two owners in them.

mod auth;
mod contract;
mod paying;
mod receipts;
mod sms;
mod town;
