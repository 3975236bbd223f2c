//! Stories through the real router to a real Postgres, with two owners in them.

mod auth;
mod bench;
mod books;
mod browser;
mod cancellation;
mod catalogue;
mod contract;
mod estate;
mod idempotency;
mod imports;
mod invoices;
mod isolation;
mod leasing;
mod months;
mod open_invoices;
mod openapi;
mod outbox;
mod paying;
mod payments;
mod places;
mod receipts;
mod sms;
mod today;
mod town;
