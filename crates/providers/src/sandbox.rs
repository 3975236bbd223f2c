//! Every provider's simulator under one router, with pages and JSON doors to play the outside world by hand or by script.

pub mod ledger;
pub mod moods;
pub mod part;

pub use ledger::Ledger;
pub use moods::{Mood, Moods, Provider};
pub use part::{Door, Part, ShownReceipt};
