//! The month: bills, the money that comes in, and the tax receipt.

pub mod bulk;
mod clockwork;
pub mod hooks;
pub mod intents;
pub mod invoices;
pub mod links;
pub mod months;
pub mod news;
pub mod open_invoices;
pub mod payments;
mod providers_at_hand;
pub mod qpay_accounts;
pub mod receipts;
pub mod settlements;
pub mod setup;
pub mod statements;
pub mod today;

use base::Slice;

pub use providers_at_hand::{Outside, Providers};

/// The slices of this area.
pub fn slices() -> Vec<Slice> {
    vec![
        invoices::slice(),
        bulk::slice(),
        months::slice(),
        payments::slice(),
        statements::slice(),
        open_invoices::slice(),
        links::slice(),
        intents::slice(),
        hooks::slice(),
        receipts::slice(),
        today::slice(),
        settlements::slice(),
        setup::slice(),
        qpay_accounts::slice(),
    ]
}
