//! Papers: contracts, hand-over acts, statements of account and invoices as PDF, one by one or many together.

pub mod batches;
pub mod bulk_print;
pub mod documents;
mod gather;
pub mod invoice_papers;
pub mod papers;
mod press;
pub mod typeset;

use base::Slice;

/// The slices of this area.
pub fn slices() -> Vec<Slice> {
    vec![documents::slice(), batches::slice(), invoice_papers::slice(), bulk_print::slice()]
}
