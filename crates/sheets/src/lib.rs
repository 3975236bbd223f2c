//! Reads the sheets that owners keep, in the state in which an accountant uploads them, and writes lists as sheets: no
//! database, no clock.
//!
//! A file becomes a [`Workbook`] of cells; [`columns`] finds by its words what stands in which column; [`values`] reads
//! what people write in a cell; [`rent_roll`], [`open_invoices`] and [`readings`] put rows
//! together and say what is wrong with them.

pub mod columns;
mod lexicon;
pub mod listing;
pub mod open_invoices;
pub mod problem;
pub mod readings;
pub mod rent_roll;
pub mod statement;
pub mod values;
pub mod workbook;

pub use open_invoices::OpenInvoices;
pub use problem::{Kind, Problem};
pub use readings::Readings;
pub use rent_roll::RentRoll;
pub use workbook::{Unreadable, Workbook};
