//! Papers: contracts, hand-over acts and statements of account as PDF, one by one or many in an archive.

pub mod batches;
pub mod documents;
mod gather;
pub mod papers;
mod press;
pub mod typeset;

use base::Slice;

/// The slices of this area.
pub fn slices() -> Vec<Slice> {
    vec![documents::slice(), batches::slice()]
}
