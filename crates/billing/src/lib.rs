//! The month: bills, the money that comes in, and the tax receipt.

mod clockwork;
pub mod invoices;
pub mod months;
pub mod news;
pub mod payments;
pub mod receipts;
pub mod today;

use base::Slice;

/// The slices of this area.
pub fn slices() -> Vec<Slice> {
    vec![invoices::slice(), months::slice(), payments::slice(), today::slice()]
}
