//! How what people type is read: amounts, days and months, in the spellings that are usual here.

use std::str::FromStr;

use domain::{Money, Month};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// An amount of tögrög: `1 250 000`, `1250000`, `1,250,000.50`, `76 000,00`, `1.25 сая`, `−5 мянга`.
///
/// A single mark before exactly three digits (`1.250`, `1,250 сая`) could be either, so it is refused; only a point
/// before a word such as `сая` is sure to be a decimal one.
pub fn money(text: &str) -> Option<Money> {
    let text = text.trim().to_lowercase().replace(['−', '–'], "-");
    let text = ["₮", "төгрөг", "төг", "mnt"].iter().find_map(|sign| text.strip_suffix(sign)).unwrap_or(&text).trim();
    let (number, zeros) = MULTIPLES
        .iter()
        .find_map(|(word, zeros)| text.strip_suffix(word).map(|number| (number.trim(), *zeros)))
        .unwrap_or((text, 0));
    let number: String = number.chars().filter(|c| !c.is_whitespace() && *c != '\'').collect();
    let plain = plain_decimal(&number, zeros > 0)?;

    let multiple = Decimal::from(10_u64.pow(zeros + 2));
    let mungo = plain.parse::<Decimal>().ok()?.checked_mul(multiple)?.normalize();
    // A part of a möngö is a typing error, not something to round.
    if mungo.scale() > 0 {
        return None;
    }
    i64::try_from(mungo.mantissa()).ok().map(Money::from_mungo)
}

/// Words for round amounts, longer ones first, with the zeros they stand for.
const MULTIPLES: [(&str, u32); 6] =
    [("тэрбум", 9), ("мянга", 3), ("мян", 3), ("сая", 6), ("million", 6), ("thousand", 3)];

/// Settles which points and commas are decimal; `None` when that can't be known.
fn plain_decimal(number: &str, is_multiple: bool) -> Option<String> {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let marks: Vec<(usize, char)> = digits.char_indices().filter(|(_, c)| matches!(c, '.' | ',')).collect();
    let is_plain = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.ends_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    if !is_plain || digits.len() > 30 {
        return None;
    }
    let Some(&(last, mark)) = marks.last() else { return Some(format!("{sign}{digits}")) };
    let decimals = digits.len() - last - 1;
    let groups = marks.iter().filter(|(_, c)| *c == mark).count();
    let last_is_decimal = groups == 1 && (decimals <= 2 || (is_multiple && mark == '.'));
    if !last_is_decimal && marks.len() == 1 {
        return None;
    }
    let (whole, fraction) = if last_is_decimal { (&digits[..last], &digits[last + 1..]) } else { (digits, "") };
    let mut parts = whole.split(['.', ',']);
    let first = parts.next().unwrap_or_default();
    let well_grouped = (whole.len() == first.len() || first.len() <= 3) && parts.all(|part| part.len() == 3);
    let one_mark = marks[..marks.len() - usize::from(last_is_decimal)].windows(2).all(|pair| pair[0].1 == pair[1].1);
    if !well_grouped || !one_mark {
        return None;
    }
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    Some(if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") })
}

/// A day: `2026-11-22` as a date field sends it, `2026.11.22` or `2026/11/22` as people write it.
pub fn date(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.trim().split(['-', '.', '/']).map(str::trim).collect();
    let [year, month, day] = parts[..] else { return None };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A month: `2026-11` as a month field sends it, or `2026.11`.
pub fn month(text: &str) -> Option<Month> {
    let (year, month) = text.trim().split_once(['-', '.', '/'])?;
    if year.len() != 4 {
        return None;
    }
    Month::new(year.parse().ok()?, month.trim().parse().ok()?).ok()
}

/// A word or an id of the domain, spelled as it crosses the API.
pub fn word<T: FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

/// A Mongolian telephone as the API takes it: `9911 0001` and `+976 99110001` are `+97699110001`.
pub fn phone(text: &str) -> Option<String> {
    domain::text::phone(text).map(|digits| format!("+976{digits}"))
}

/// An address for e-mail; whether somebody reads it, only a letter tells.
pub fn email(text: &str) -> Option<String> {
    let (name, host) = text.split_once('@')?;
    let is_whole = !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.');
    (is_whole && text.len() <= 320 && !host.contains('@') && !text.contains(char::is_whitespace))
        .then(|| text.to_owned())
}

/// The register number of a company: seven digits.
pub fn register_no(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    (digits.len() == 7 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

/// A code of six digits, also out of the message that it came in: `123 456`, `Код: 123456`.
pub fn code(text: &str) -> Option<String> {
    let mut close = String::new();
    let mut letters = text.trim().chars().peekable();
    while let Some(letter) = letters.next() {
        // A blank within a number groups it.
        let groups = matches!(letter, ' ' | '-') && close.ends_with(|c: char| c.is_ascii_digit());
        if !(groups && letters.peek().is_some_and(char::is_ascii_digit)) {
            close.push(letter);
        }
    }
    close.split(|c: char| !c.is_ascii_digit()).find(|digits| digits.len() == 6).map(str::to_owned)
}

/// An exact quantity: `120.5`, `120,5`, `1 200`.
pub fn quantity(text: &str) -> Option<Decimal> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).map(|c| if c == ',' { '.' } else { c }).collect();
    let is_plain = plain.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-')) && plain.len() <= 20;
    if is_plain { plain.parse().ok() } else { None }
}

/// A percentage as people type it, `0.5` or `0,5 %`, in whole basis points.
pub fn basis_points(text: &str) -> Option<i32> {
    let points = quantity(text.trim_end_matches(['%', ' ']))?.checked_mul(Decimal::ONE_HUNDRED)?.normalize();
    if points.scale() > 0 { None } else { i32::try_from(points.mantissa()).ok() }
}

#[cfg(test)]
mod tests {
    use jiff::civil;

    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, mungo) in [
            ("1 250 000", 125_000_000),
            ("1250000", 125_000_000),
            ("1\u{2009}250\u{2009}000 ₮", 125_000_000),
            ("1,250,000", 125_000_000),
            ("1.250.000", 125_000_000),
            ("1,250,000.50", 125_000_050),
            ("712,134.92", 71_213_492),
            ("76 000,00 төг", 7_600_000),
            ("1.25 сая", 125_000_000),
            ("1.250 сая", 125_000_000),
            ("1,5 сая", 150_000_000),
            ("2 тэрбум", 200_000_000_000),
            ("850мянга", 85_000_000),
            ("−76 000.5", -7_600_050),
            ("0", 0),
        ] {
            assert_eq!(money(text), Some(Money::from_mungo(mungo)), "{text}");
        }
    }

    #[test]
    fn what_could_mean_two_things_is_asked_again() {
        for text in [
            "",
            "-",
            "₮",
            "сая",
            "1.250",
            "1,250",
            "1,250 сая",
            "12.345",
            "1.2.3",
            "1,25,000",
            "1.250,000.5",
            "1,2500.00",
            ".5",
            "5.",
            "1e6",
            "NaN",
            "0x10",
            "1.005",
            "0.000000001 сая",
            "99999999999999999999",
            "9223372036854775808 тэрбум",
            "1 сая 200 мянга",
            "10 000$",
        ] {
            assert_eq!(money(text), None, "{text}");
        }
    }

    #[test]
    fn every_amount_we_write_is_read_back() {
        for mungo in [0, 1, 99, 100, 12_345, 125_000_000, -7_600_050, i64::MAX, i64::MIN] {
            let amount = Money::from_mungo(mungo);
            assert_eq!(money(&crate::fmt::money_text(amount)), Some(amount));
        }
    }

    #[test]
    fn a_code_is_found_in_what_was_pasted() {
        for text in ["123456", " 123 456 ", "123-456", "Spacehub: 123456 (5 минут)", "Код 123 456."] {
            assert_eq!(code(text).as_deref(), Some("123456"), "{text}");
        }
        for text in ["", "12345", "1234567", "abc", "12 34"] {
            assert_eq!(code(text), None, "{text}");
        }
        assert_eq!(phone("9911 0001").as_deref(), Some("+97699110001"));
        assert_eq!(phone("+976 99110001").as_deref(), Some("+97699110001"));
        assert_eq!(phone("123"), None);
    }

    #[test]
    fn days_and_months() {
        for text in ["2026-11-02", "2026.11.02", "2026/11/2", " 2026.11.2 "] {
            assert_eq!(date(text), Some(civil::date(2026, 11, 2)), "{text}");
        }
        for text in ["", "2026-02-30", "22.11.2026", "26.11.22", "2026-11", "2026-11-22-1"] {
            assert_eq!(date(text), None, "{text}");
        }
        assert_eq!(month("2026-11").map(|m| m.to_string()).as_deref(), Some("2026-11"));
        assert_eq!(month("2026.13"), None);
        assert_eq!(quantity("1 120,50"), "1120.50".parse().ok());
        assert_eq!(quantity("12м²"), None);
        assert_eq!((basis_points("0,5 %"), basis_points("10"), basis_points("0.005")), (Some(50), Some(1000), None));
    }
}
