//! Numbers of banks, taken from their digits and never through a float: amounts to the möngö, ids as they are.

use domain::Money;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, de};
use serde_json::value::RawValue;

/// An amount in tögrög, written as a number or as text, with two decimals at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount(pub Money);

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Amount, D::Error> {
        let raw = Box::<RawValue>::deserialize(from)?;
        parse(raw.get()).map(Amount).ok_or_else(|| de::Error::custom("not an amount of tögrög"))
    }
}

/// A number or a text, as text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Digits(pub String);

impl<'de> Deserialize<'de> for Digits {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Digits, D::Error> {
        let raw = Box::<RawValue>::deserialize(from)?;
        match raw.get() {
            "null" => Ok(Digits::default()),
            text if text.starts_with('"') => serde_json::from_str(text).map(Digits).map_err(de::Error::custom),
            text if text.starts_with(['{', '[']) => Err(de::Error::custom("neither a number nor a text")),
            text => Ok(Digits(text.to_owned())),
        }
    }
}

pub fn parse(raw: &str) -> Option<Money> {
    let text: String = raw.trim().trim_matches('"').chars().filter(|c| *c != ',').collect();
    let number = text.parse::<Decimal>().or_else(|_| Decimal::from_scientific(&text)).ok()?;
    let mungo = number.checked_mul(Decimal::ONE_HUNDRED)?.normalize();
    (mungo.scale() == 0).then(|| i64::try_from(mungo).ok().map(Money::from_mungo)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_their_digits() {
        for (raw, mungo) in [
            ("1250000.5", 125_000_050),
            ("\"1250000.00\"", 125_000_000),
            ("-50200", -5_020_000),
            ("\"1,050,000.00\"", 105_000_000),
            ("1e6", 100_000_000),
            ("0", 0),
            ("9007199254740993.01", 900_719_925_474_099_301),
        ] {
            assert_eq!(parse(raw), Some(Money::from_mungo(mungo)), "{raw}");
        }
        for none in ["1.001", "\"\"", "true", "{}", "1e40"] {
            assert_eq!(parse(none), None, "{none}");
        }
        let digits: Vec<Digits> = serde_json::from_str(r#"[864400012574, "05", null]"#).expect("digits");
        assert_eq!(digits, [Digits("864400012574".into()), Digits("05".into()), Digits::default()]);
    }
}
