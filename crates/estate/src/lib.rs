//! Buildings, floors and rooms.

pub mod floors;
pub mod properties;
pub mod rooms;

use base::{Checks, Slice};
use rust_decimal::Decimal;

/// The slices of this area.
pub fn slices() -> Vec<Slice> {
    vec![properties::slice(), floors::slice(), rooms::slice()]
}

/// An area in m² of at most two decimals that the tables can hold.
fn check_area(checks: &mut Checks, path: &'static str, area_m2: Decimal) {
    if area_m2.is_sign_negative() && !area_m2.is_zero() {
        checks.note_with(path, "too-small", vec![("min", "0".into())]);
    } else if area_m2 >= Decimal::from(1_000_000_000) {
        checks.note_with(path, "too-large", vec![("max", "999999999.99".into())]);
    } else if area_m2.normalize().scale() > 2 {
        checks.note(path, "bad-format");
    }
}
