//! The month: bills, the money that comes in, and the tax receipt.

use base::Slice;

/// The slices of this area.
pub fn slices() -> Vec<Slice> {
    Vec::new()
}
