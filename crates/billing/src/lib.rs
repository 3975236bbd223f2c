//! The month: bills, the money that comes in, and the tax receipt.

pub mod invoices;
pub mod news;
pub mod payments;
pub mod receipts;

use base::Slice;

/// The slices of this area.
pub fn slices() -> Vec<Slice> {
    Vec::new()
}
