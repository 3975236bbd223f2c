//! Decimals as people type them: any of the usual marks between thousands and before decimals.

use rust_decimal::Decimal;

/// What a single mark with exactly three digits behind it (`1,250`, `1.250`) is in a kind of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThreeBehind {
    /// Money: an amount of a thousand and more; nobody writes tenths of a möngö.
    Thousands,
    /// Rates: decimals.
    Decimals,
    /// Areas: decimals, but for a single digit before a comma: 1,250 m² is a hall, 45,125 m² is not a room.
    ByLength,
}

/// The number that a text without sign, unit and currency is. `None` where its marks do not stand as in a number, so
/// that two numbers in one cell are not taken for one.
pub fn decimal(text: &str, three_behind: ThreeBehind) -> Option<Decimal> {
    let text = text.trim().trim_end_matches(['.', ',']);
    let (whole, decimals) = match decimal_mark(text, three_behind) {
        Some(place) => (&text[..place], &text[place + 1..]),
        None => (text, ""),
    };
    let is_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let groups: Vec<&str> = whole.split(['.', ',', ' ', '\'']).collect();
    let grouped = match groups.as_slice() {
        [single] => !single.is_empty() || !decimals.is_empty(),
        [first, rest @ ..] => (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3),
        [] => false,
    };
    if !grouped || !is_digits(decimals) || !groups.iter().all(|group| is_digits(group)) {
        return None;
    }
    let whole = if whole.is_empty() { "0".to_owned() } else { groups.concat() };
    let number = if decimals.is_empty() { whole } else { format!("{whole}.{decimals}") };
    number.parse().ok()
}

/// The place of the mark that decimals stand behind.
fn decimal_mark(text: &str, three_behind: ThreeBehind) -> Option<usize> {
    let last = text.rfind(['.', ','])?;
    let mark = text[last..].chars().next()?;
    let other = if mark == '.' { ',' } else { '.' };
    if text.contains(other) {
        // of two kinds of mark the last one, when it stands alone, is before the decimals
        return (text.matches(mark).count() == 1).then_some(last);
    }
    if text.matches(mark).count() > 1 {
        return None;
    }
    let (before, behind) = (&text[..last], &text[last + 1..]);
    let group_before = before.rsplit([' ', '\'']).next().unwrap_or(before);
    let could_be_thousands = behind.len() == 3 && (1..=3).contains(&group_before.len()) && !before.starts_with('0');
    let is_thousands = match three_behind {
        ThreeBehind::Thousands => could_be_thousands,
        ThreeBehind::Decimals => false,
        ThreeBehind::ByLength => could_be_thousands && mark == ',' && before.len() == 1,
    };
    (!is_thousands).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, three_behind: ThreeBehind) -> Option<String> {
        decimal(text, three_behind).map(|number| number.normalize().to_string())
    }

    #[test]
    fn marks_between_thousands_and_before_decimals_are_told_apart() {
        for (text, expected) in [
            ("1250000", "1250000"),
            ("1,250,000", "1250000"),
            ("1.250.000", "1250000"),
            ("1 250 000", "1250000"),
            ("1'250'000", "1250000"),
            ("1,250,000.50", "1250000.5"),
            ("1.250.000,50", "1250000.5"),
            ("1 250 000,5", "1250000.5"),
            ("420,000", "420000"),
            ("420.000", "420000"),
            ("525034.500", "525034.5"),
            ("0,125", "0.125"),
            ("45,5", "45.5"),
            (",5", "0.5"),
            ("350000.", "350000"),
            ("0", "0"),
        ] {
            assert_eq!(read(text, ThreeBehind::Thousands).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(read("45,125", ThreeBehind::ByLength).as_deref(), Some("45.125"));
        assert_eq!(read("1,250", ThreeBehind::ByLength).as_deref(), Some("1250"));
        assert_eq!(read("1.250", ThreeBehind::ByLength).as_deref(), Some("1.25"));
        assert_eq!(read("0.125", ThreeBehind::Decimals).as_deref(), Some("0.125"));
    }

    #[test]
    fn two_numbers_are_not_one() {
        for text in
            ["350000 180000", "1 2500", "12 50", "1,25,000", "1.250.00", "1 250 0000", "", ",", "1-2", "12a", "1''250"]
        {
            assert_eq!(read(text, ThreeBehind::Thousands), None, "{text}");
        }
    }
}
