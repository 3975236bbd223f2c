//! A Mongolian mobile number, however people write it.

use domain::text;

use crate::auth::AuthError;

/// The first two digits of numbers that get texts; fixed lines begin with 7 and foreign ones are nobody's here. New
/// ranges are opened every few years.
const RANGES: [&str; 16] =
    ["80", "83", "85", "86", "88", "89", "90", "91", "92", "93", "94", "95", "96", "97", "98", "99"];

/// Eight digits of a mobile number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Number(String);

impl Number {
    /// `+97699112233`, `9911-2233`, `976 9911 2233`.
    pub fn read(written: &str) -> Option<Number> {
        let written = written.trim();
        let readable = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | '-' | '.' | '(' | ')');
        let international = written.strip_prefix('+');
        if written.len() > 40 || !international.unwrap_or(written).chars().all(readable) {
            return None;
        }
        if international.is_some_and(|rest| !rest.trim_start_matches(['(', ' ']).starts_with("976")) {
            return None;
        }
        let local = text::phone(written)?;
        RANGES.iter().any(|range| local.starts_with(range)).then_some(Number(local))
    }

    /// The same, or the refusal.
    pub fn asked(written: &str) -> Result<Number, AuthError> {
        Number::read(written).ok_or_else(|| AuthError::bad("INVALID_PHONE_NUMBER", "Invalid phone number"))
    }

    /// Eight digits, as the gateways take it.
    pub fn local(&self) -> &str {
        &self.0
    }

    /// `+97699112233`, as the wire and the table have it.
    pub fn international(&self) -> String {
        format!("+976{}", self.0)
    }

    /// The first four digits.
    pub fn range(&self) -> &str {
        &self.0[..4]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_write_a_number_in_many_ways() {
        let ways = [
            "99112233",
            "9911-2233",
            "9911 2233",
            "+97699112233",
            "+976 9911 2233",
            "97699112233",
            "0097699112233",
            "(976) 99-11-22-33",
            " +976-99112233 ",
        ];
        for written in ways {
            assert_eq!(Number::read(written).map(|n| n.international()).as_deref(), Some("+97699112233"), "{written}");
        }
    }

    #[test]
    fn what_gets_no_text_is_no_number() {
        let nothing = [
            "",
            "9911223",
            "991122334",
            "70112233",
            "11112233",
            "50112233",
            "+86991122",
            "+1 9911 2233",
            "+44 99112233",
            "+8699112233",
            "99112233,88112233",
            "99112233 88112233",
            "nomin@example.mn",
            "9911223x",
            "９９１１２２３３",
            "+976+97699112233",
            "81112233",
        ];
        for written in nothing {
            assert_eq!(Number::read(written), None, "{written}");
        }
    }
}
