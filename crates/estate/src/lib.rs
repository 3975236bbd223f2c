//! Buildings, floors and rooms.

use base::Slice;

/// The slices of this area.
pub fn slices() -> Vec<Slice> {
    Vec::new()
}
