//! Money: whole möngö in an `i64`, checked arithmetic, one rounding rule.
//!
//! The rule: a share that does not come out whole is rounded half away from zero to a möngö, so that a charge and
//! the discount of the same size cancel out. Parts of a whole use [`Money::split`], whose parts always add up.

pub mod in_words;

use std::{cmp::Ordering, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An amount of tögrög, counted in möngö (1 ₮ = 100 möngö). On the wire a decimal string: `"150000000"` is 1 500 000 ₮.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Money(i64);

/// The amount does not fit into 64 bits of möngö.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the amount is too large")]
pub struct TooLarge;

impl Money {
    pub const ZERO: Money = Money(0);
    pub const MAX: Money = Money(i64::MAX);

    pub const fn from_mungo(mungo: i64) -> Money {
        Money(mungo)
    }

    /// Whole tögrög, for literals in tests and demo data.
    pub const fn from_tugrug(tugrug: i64) -> Money {
        match tugrug.checked_mul(100) {
            Some(mungo) => Money(mungo),
            None => panic!("a literal amount fits"),
        }
    }

    pub const fn mungo(self) -> i64 {
        self.0
    }

    /// How two amounts stand to each other; decisions about money use this, never `==`.
    pub fn compare(self, other: Money) -> Ordering {
        self.0.cmp(&other.0)
    }

    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    pub fn checked_add(self, other: Money) -> Result<Money, TooLarge> {
        self.0.checked_add(other.0).map(Money).ok_or(TooLarge)
    }

    pub fn checked_sub(self, other: Money) -> Result<Money, TooLarge> {
        self.0.checked_sub(other.0).map(Money).ok_or(TooLarge)
    }

    pub fn checked_neg(self) -> Result<Money, TooLarge> {
        self.0.checked_neg().map(Money).ok_or(TooLarge)
    }

    /// The sum, or `TooLarge` when it does not fit.
    pub fn sum(amounts: impl IntoIterator<Item = Money>) -> Result<Money, TooLarge> {
        amounts.into_iter().try_fold(Money::ZERO, Money::checked_add)
    }

    /// `self × numerator ÷ denominator`, rounded half away from zero. The denominator is positive.
    pub fn share(self, numerator: i64, denominator: i64) -> Result<Money, TooLarge> {
        assert!(denominator > 0, "a share is taken of a positive whole");
        let exact = i128::from(self.0) * i128::from(numerator);
        round_div(exact, i128::from(denominator))
    }

    /// `self × quantity` for an exact decimal quantity (m², kWh, m³), rounded half away from zero.
    pub fn times(self, quantity: rust_decimal::Decimal) -> Result<Money, TooLarge> {
        self.times_over(quantity, 1)
    }

    /// `self × quantity ÷ divisor`, computed exactly and rounded once, half away from zero. The divisor is positive.
    pub fn times_over(self, quantity: rust_decimal::Decimal, divisor: i64) -> Result<Money, TooLarge> {
        assert!(divisor > 0, "a part is taken of a positive whole");
        let mantissa = quantity.mantissa();
        let scale = 10i128.checked_pow(quantity.scale()).ok_or(TooLarge)?;
        let scale = scale.checked_mul(i128::from(divisor)).ok_or(TooLarge)?;
        let exact = i128::from(self.0).checked_mul(mantissa).ok_or(TooLarge)?;
        round_div(exact, scale)
    }

    /// Cuts the amount by weights; the parts add up to it exactly (largest remainder, earlier parts first).
    /// Weights are not negative and not all zero.
    pub fn split(self, weights: &[i64]) -> Vec<Money> {
        let parts = split_whole(i128::from(self.0), weights);
        parts.into_iter().map(|p| Money(i64::try_from(p).expect("a part is no larger than the whole"))).collect()
    }

    /// Möngö as the providers write tögrög: `"76000.00"`.
    pub fn to_decimal_string(self) -> String {
        let (sign, abs) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        format!("{sign}{}.{:02}", abs / 100, abs % 100)
    }

    /// Tögrög with at most two decimals, as `"76000"`, `"76000.5"` or `"76000.50"`.
    pub fn parse_decimal(text: &str) -> Option<Money> {
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1i128, rest),
            None => (1, text),
        };
        let (whole, cents) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || whole.len() > 18 || cents.len() > 2 || !plain(whole) || !plain(cents) {
            return None;
        }
        let cents: i128 = format!("{cents:0<2}").parse().ok()?;
        let mungo = sign * (whole.parse::<i128>().ok()? * 100 + cents);
        i64::try_from(mungo).ok().map(Money)
    }
}

/// Cuts a whole number by weights; the parts add up to it exactly (largest remainder, earlier parts first).
pub(crate) fn split_whole(amount: i128, weights: &[i64]) -> Vec<i128> {
    let whole: i128 = weights.iter().map(|w| i128::from(*w)).sum();
    assert!(whole > 0 && weights.iter().all(|w| *w >= 0), "weights are shares of something");
    let mut parts: Vec<i128> = weights.iter().map(|w| amount * i128::from(*w) / whole).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    let rest = |i: usize| (amount * i128::from(weights[i]) % whole).abs();
    order.sort_by_key(|i| (std::cmp::Reverse(rest(*i)), *i));
    let missing = amount - parts.iter().sum::<i128>();
    for i in order.into_iter().take(usize::try_from(missing.abs()).expect("fewer than the parts are missing")) {
        parts[i] += missing.signum();
    }
    parts
}

fn round_div(exact: i128, divisor: i128) -> Result<Money, TooLarge> {
    let doubled = exact.abs().checked_mul(2).and_then(|d| d.checked_add(divisor)).ok_or(TooLarge)?;
    let rounded = doubled / (divisor * 2) * exact.signum();
    i64::try_from(rounded).map(Money).map_err(|_| TooLarge)
}

/// As people read it: `1 250 000 ₮`, decimals only when there are any (thin groups are plain blanks here).
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let abs = self.0.unsigned_abs();
        let whole = (abs / 100).to_string();
        if self.0 < 0 {
            f.write_str("−")?;
        }
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) {
                f.write_str("\u{a0}")?;
            }
            write!(f, "{digit}")?;
        }
        match abs % 100 {
            0 => Ok(()),
            cents => write!(f, ".{cents:02}"),
        }
    }
}

impl FromStr for Money {
    type Err = TooLarge;

    /// The wire form: an optional minus and digits of möngö, no leading zeros.
    fn from_str(text: &str) -> Result<Money, TooLarge> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let canonical = match digits.as_bytes() {
            [b'0'] => text == "0",
            [b'1'..=b'9', rest @ ..] => rest.iter().all(u8::is_ascii_digit),
            _ => false,
        };
        if !canonical {
            return Err(TooLarge);
        }
        text.parse().map(Money).map_err(|_| TooLarge)
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Money, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(from)?;
        text.parse().map_err(|_| de::Error::custom("a decimal string of mungo within 64 bits"))
    }
}

#[cfg(feature = "sql")]
crate::id::column!(Money, i64);

#[cfg(feature = "openapi")]
crate::id::schema!(
    Money,
    utoipa::openapi::ObjectBuilder::new()
        .schema_type(utoipa::openapi::schema::Type::String)
        .pattern(Some("^(0|-?[1-9][0-9]{0,18})$"))
        .description(Some("Mungo as a decimal string; 100 mungo are one tugrug."))
);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn half_a_mungo_is_rounded_away_from_zero() {
        assert_eq!(Money(5).share(1, 2), Ok(Money(3)));
        assert_eq!(Money(-5).share(1, 2), Ok(Money(-3)));
        assert_eq!(Money(i64::MAX).share(2, 1), Err(TooLarge));
        assert_eq!(Money(1000).times(rust_decimal::Decimal::new(12345, 3)), Ok(Money(12345)));
    }

    #[test]
    fn people_read_groups_and_decimals_only_when_there_are_any() {
        assert_eq!(Money::from_tugrug(1_250_000).to_string(), "1\u{a0}250\u{a0}000");
        assert_eq!(Money(-7_600_050).to_string(), "−76\u{a0}000.50");
        assert_eq!(Money(0).to_string(), "0");
    }

    #[test]
    fn the_wire_takes_whole_mungo_only() {
        for bad in ["", "-", "01", "-0", "1.5", " 1", "+1", "9223372036854775808", "1e3"] {
            assert!(bad.parse::<Money>().is_err(), "{bad}");
        }
        assert_eq!("-9223372036854775808".parse(), Ok(Money(i64::MIN)));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100_000))]

        #[test]
        fn parts_add_up_to_the_whole(amount: i64, weights in proptest::collection::vec(0i64..1_000_000, 1..12)) {
            prop_assume!(weights.iter().any(|w| *w > 0));
            let parts = Money(amount).split(&weights);
            let sum: i128 = parts.iter().map(|p| i128::from(p.0)).sum();
            prop_assert_eq!(sum, i128::from(amount));
        }

        #[test]
        fn what_is_written_is_read_back(amount: i64) {
            prop_assert_eq!(Money(amount).0.to_string().parse(), Ok(Money(amount)));
            prop_assert_eq!(Money::parse_decimal(&Money(amount).to_decimal_string()), Some(Money(amount)));
        }
    }
}
