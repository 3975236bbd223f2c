//! The rules of rented space, true with the plug pulled: no I/O, no clock, no floats.

#[macro_use]
mod status;

pub mod aging;
pub mod allocation;
pub mod asking;
pub mod bank;
pub mod bulk;
pub mod charges;
pub mod contract;
pub mod correction;
pub mod deposit;
pub mod document;
pub mod file;
pub mod id;
pub mod increase;
pub mod invoice;
pub mod latin;
pub mod ledger;
pub mod list_view;
pub mod matching;
pub mod meter;
pub mod money;
pub mod month;
pub mod month_report;
pub mod month_run;
pub mod payment;
pub mod penalty;
pub mod promise_to_pay;
pub mod receipt;
pub mod reminder;
pub mod rights;
pub mod rooms;
pub mod settlement;
pub mod short;
pub mod tariff;
pub mod tax;
pub mod tenant_link;
pub mod text;
pub mod tie_out;
pub mod utility;
pub mod write_off;

pub use id::*;
pub use money::Money;
pub use month::Month;
pub use status::NotAllowed;
