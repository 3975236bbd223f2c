//! The edge where a file's binary floats become exact decimals.

use rust_decimal::Decimal;

/// The decimal that a person sees for this float: 15 significant digits, as Excel itself keeps and shows. `None` for what
/// is no number or beyond any amount.
pub fn decimal(float: f64) -> Option<Decimal> {
    let shown = format!("{float:.14e}");
    let number = Decimal::from_scientific(&shown).ok()?;
    Some(number.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_float_is_read_as_people_see_it() {
        for (float, seen) in [
            (525_034.5, "525034.5"),
            (0.1 + 0.2, "0.3"),
            (17.299_999_999_999_997, "17.3"),
            (61_209_183_241.0, "61209183241"),
            (-0.005, "-0.005"),
            (0.0, "0"),
            (1e15, "1000000000000000"),
        ] {
            assert_eq!(decimal(float).map(|d| d.to_string()).as_deref(), Some(seen));
        }
        for none in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e40] {
            assert_eq!(decimal(none), None);
        }
    }
}
