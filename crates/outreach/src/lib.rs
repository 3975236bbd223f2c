//! What is said to people outside: text messages, later push and announcements.

use base::Slice;

/// The slices of this area.
pub fn slices() -> Vec<Slice> {
    Vec::new()
}
