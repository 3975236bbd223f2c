//! Stories through the real router to a real Postgres, with two owners in them.

mod auth;
mod books;
mod contract;
mod invoices;
mod town;
