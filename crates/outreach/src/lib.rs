//! What is said to people outside: text messages, later push and announcements.

pub mod sms;

use base::Slice;

/// The slices of this area.
pub fn slices() -> Vec<Slice> {
    vec![sms::slice()]
}
