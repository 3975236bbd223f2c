//! Stories through the real router to a real Postgres, with two owners in them.

mod auth;
mod books;
mod catalogue;
mod contract;
mod estate;
mod idempotency;
mod invoices;
mod leasing;
mod months;
mod open_invoices;
mod outbox;
mod payments;
mod today;
mod town;
