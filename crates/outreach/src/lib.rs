//! What is said to people outside: text messages and letters, later push and announcements.

pub mod bulk;
pub mod mail;
pub mod sms;

use base::Slice;

/// The slices of this area.
pub fn slices() -> Vec<Slice> {
    vec![sms::slice(), mail::slice(), bulk::slice()]
}
