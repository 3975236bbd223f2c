//! The month: bills, the money that comes in, and the tax receipt.

pub mod aging;
pub mod arrears;
pub mod bulk;
mod clockwork;
pub mod hooks;
pub mod intents;
pub mod invoices;
pub mod links;
pub mod meters;
pub mod month_locks;
pub mod months;
pub mod news;
pub mod open_invoices;
pub mod payments;
pub mod penalties;
mod providers_at_hand;
pub mod qpay_accounts;
pub mod readings;
pub mod receipts;
pub mod set_offs;
pub mod settlements;
pub mod setup;
pub mod statements;
pub mod tariffs;
pub mod tie_out;
pub mod today;
mod utilities;
pub mod write_offs;

use base::Slice;

pub use providers_at_hand::{Outside, Providers};

/// The slices of this area.
pub fn slices() -> Vec<Slice> {
    vec![
        invoices::slice(),
        bulk::slice(),
        months::slice(),
        tie_out::slice(),
        month_locks::slice(),
        payments::slice(),
        statements::slice(),
        penalties::slice(),
        aging::slice(),
        arrears::slice(),
        open_invoices::slice(),
        links::slice(),
        intents::slice(),
        hooks::slice(),
        receipts::slice(),
        meters::slice(),
        readings::slice(),
        tariffs::slice(),
        today::slice(),
        settlements::slice(),
        set_offs::slice(),
        write_offs::slice(),
        setup::slice(),
        qpay_accounts::slice(),
    ]
}
