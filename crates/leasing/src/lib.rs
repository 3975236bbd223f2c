//! Tenants and their contracts, and the sheets they come in by.

use base::Slice;

/// The slices of this area.
pub fn slices() -> Vec<Slice> {
    Vec::new()
}
