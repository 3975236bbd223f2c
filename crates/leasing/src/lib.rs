//! Tenants, their contracts and deposits, and the sheets they come in by.

pub mod contracts;
pub mod deposits;
pub mod imports;
pub mod news;
pub mod tenants;

use base::{Checks, Slice};
use domain::Money;

/// The slices of this area.
pub fn slices() -> Vec<Slice> {
    vec![tenants::slice(), contracts::slice(), deposits::slice(), imports::slice()]
}

/// No price or deposit is larger (10 trillion ₮), so that sums of thousands of them still fit.
pub(crate) const LARGEST: Money = Money::from_tugrug(10_000_000_000_000);

/// An amount between nothing and [`LARGEST`].
pub(crate) fn check_amount(checks: &mut Checks, path: impl Into<std::borrow::Cow<'static, str>>, amount: Money) {
    if amount.is_negative() {
        checks.note_with(path, "too-small", vec![("min", "0".into())]);
    } else if amount.compare(LARGEST).is_gt() {
        checks.note_with(path, "too-large", vec![("max", LARGEST.to_string())]);
    }
}
