//! Reminders in three stages: which one a late bill has reached, what the text may say, what a text costs.

use jiff::civil::{Date, date};

use crate::Money;

/// How many stages there are.
pub const STAGES: i16 = 3;

/// The days after the due day on which the stages begin, when the owner says nothing else.
pub const DEFAULT_DAYS: [i32; 3] = [1, 7, 14];

/// The stage that a bill so many days late has reached; 0 before the first. `days` begin the stages, in order.
pub fn reached(days_late: i64, days: [i32; 3]) -> i16 {
    days.into_iter()
        .map(i64::from)
        .zip(1i16..)
        .filter(|(day, _)| days_late >= *day)
        .map(|(_, stage)| stage)
        .max()
        .unwrap_or(0)
}

/// What a text may have filled in.
pub const PLACEHOLDERS: [&str; 5] = ["owner", "space", "amount", "days", "link"];

/// Why a text can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    #[error("{{{0}}} is nothing that can be filled in")]
    Unknown(String),
    #[error("a brace is not closed")]
    Unclosed,
}

/// The text with what stands in braces filled in by `fact`.
pub fn fill(text: &str, fact: impl Fn(&str) -> Option<String>) -> Result<String, TextError> {
    let mut filled = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, behind) = after.split_once('}').ok_or(TextError::Unclosed)?;
        filled.push_str(before);
        filled.push_str(&fact(name.trim()).ok_or_else(|| TextError::Unknown(name.trim().to_owned()))?);
        rest = behind;
    }
    filled.push_str(rest);
    Ok(filled)
}

/// Whether a text names only what there is.
pub fn check(text: &str) -> Result<(), TextError> {
    fill(text, |name| PLACEHOLDERS.contains(&name).then(String::new)).map(drop)
}

/// What a part of a text costs, in möngö, oldest first: to be confirmed with the operators' contracts.
const PRICES: [(Date, i64); 1] = [(date(2022, 1, 1), 5_500)];

/// What a text of so many parts costs on a day.
pub fn cost(parts: i64, on: Date) -> Money {
    let price = PRICES.iter().rev().find(|(since, _)| *since <= on).unwrap_or(&PRICES[0]).1;
    Money::from_mungo(price.saturating_mul(parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_late_bill_reaches_stage_after_stage() {
        let on = |late| reached(late, DEFAULT_DAYS);
        assert_eq!([-3, 0, 1, 6, 7, 13, 14, 400].map(on), [0, 0, 1, 1, 2, 2, 3, 3]);
    }

    #[test]
    fn a_text_is_filled_in_and_a_wrong_name_is_told() {
        let fact = |name: &str| (name == "amount").then(|| "100".to_owned());
        assert_eq!(fill("Төлөх {amount} ₮, {amount}", fact), Ok("Төлөх 100 ₮, 100".into()));
        assert_eq!(check("{owner}: {space} {amount} {days} {link}"), Ok(()));
        assert_eq!(check("{Owner}"), Err(TextError::Unknown("Owner".into())));
        assert_eq!(check("{amount"), Err(TextError::Unclosed));
    }

    #[test]
    fn a_text_costs_by_its_parts() {
        assert_eq!(cost(2, date(2026, 11, 22)), Money::from_tugrug(110));
        assert_eq!(cost(1, date(2001, 1, 1)), Money::from_tugrug(55));
    }
}
