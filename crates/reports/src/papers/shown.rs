//! How values are printed: thin blanks between thousands, `2026.11.22`, days of a month with the ending they are read with.

use domain::{Money, Month, money::in_words::mongolian};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use super::Monthly;

/// Between groups of three digits; a line never ends there.
const THIN: &str = "\u{202f}";

/// `1 250 000.50`
pub fn money_text(amount: Money) -> String {
    // The fonts have no minus sign; a hyphen can also be pasted into a sheet.
    amount.to_string().replace('\u{a0}', THIN).replace('−', "-")
}

/// `2026.11.22`
pub fn day_text(day: Date) -> String {
    day.strftime("%Y.%m.%d").to_string()
}

/// `2026 оны 11 дүгээр сарын 22-ны`, to be followed by «өдөр» in whatever case.
pub fn long_day_text(day: Date) -> String {
    let ordinal = if matches!(day.month(), 1 | 4 | 9 | 11) { "дүгээр" } else { "дугаар" };
    format!("{} оны {} {ordinal} сарын {}", day.year(), day.month(), ordinal_day_text(day.day().into()))
}

/// `1-ний`, `2-ны`: numbers that end in one, four and nine are read with front vowels.
fn ordinal_day_text(day: i32) -> String {
    let ending = if matches!(day % 10, 1 | 4 | 9) { "ний" } else { "ны" };
    format!("{day}-{ending}")
}

pub fn money<S: Serializer>(amount: &Money, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&money_text(*amount))
}

/// Nothing where nothing moved.
pub fn money_if_any<S: Serializer>(amount: &Money, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&if amount.is_zero() { String::new() } else { money_text(*amount) })
}

pub fn money_or_none<S: Serializer>(amount: &Option<Money>, to: S) -> Result<S::Ok, S::Error> {
    amount.map(money_text).serialize(to)
}

/// In figures and in words.
#[derive(Serialize)]
struct Amount {
    amount: String,
    words: String,
}

impl Amount {
    fn of(amount: Money) -> Amount {
        Amount { amount: money_text(amount), words: mongolian(amount) }
    }
}

pub fn amount<S: Serializer>(amount: &Money, to: S) -> Result<S::Ok, S::Error> {
    Amount::of(*amount).serialize(to)
}

pub fn amount_or_none<S: Serializer>(amount: &Option<Money>, to: S) -> Result<S::Ok, S::Error> {
    amount.map(Amount::of).serialize(to)
}

pub fn monthly<S: Serializer>(monthly: &Monthly, to: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Shown {
        total: String,
        vat: String,
        words: String,
    }
    Shown { total: money_text(monthly.total), vat: money_text(monthly.vat), words: mongolian(monthly.total) }
        .serialize(to)
}

pub fn day<S: Serializer>(day: &Date, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&day_text(*day))
}

pub fn day_or_none<S: Serializer>(day: &Option<Date>, to: S) -> Result<S::Ok, S::Error> {
    day.map(day_text).serialize(to)
}

/// `2026 оны 11 дүгээр сар`.
pub fn billed_month<S: Serializer>(month: &Month, to: S) -> Result<S::Ok, S::Error> {
    let ordinal = if matches!(month.number(), 1 | 4 | 9 | 11) { "дүгээр" } else { "дугаар" };
    to.serialize_str(&format!("{} оны {} {ordinal} сар", month.year(), month.number()))
}

/// The month of a day.
pub fn month<S: Serializer>(day: &Date, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&day.strftime("%Y.%m").to_string())
}

/// `2026.10.01 – 2027.03.31`, an open end left open.
pub fn days<S: Serializer>(days: &Option<(Date, Option<Date>)>, to: S) -> Result<S::Ok, S::Error> {
    let text = days.map(|(from, to)| format!("{} – {}", day_text(from), to.map(day_text).unwrap_or_default()));
    text.as_deref().map(str::trim_end).serialize(to)
}

pub fn long_day<S: Serializer>(day: &Date, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&long_day_text(*day))
}

pub fn long_day_or_none<S: Serializer>(day: &Option<Date>, to: S) -> Result<S::Ok, S::Error> {
    day.map(long_day_text).serialize(to)
}

pub fn ordinal_day<S: Serializer>(day: &i32, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&ordinal_day_text(*day))
}

/// Square metres as they were measured, without idle zeros: `1 250.5`.
pub fn area<S: Serializer>(area: &Decimal, to: S) -> Result<S::Ok, S::Error> {
    let text = area.normalize().to_string();
    let (whole, decimals) = text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let mut shown = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            shown.push_str(THIN);
        }
        shown.push(digit);
    }
    if let Some(decimals) = decimals {
        shown.push('.');
        shown.push_str(decimals);
    }
    to.serialize_str(&shown)
}

/// Basis points in per cent: 50 is `0.5`.
pub fn percent<S: Serializer>(points: &Option<i32>, to: S) -> Result<S::Ok, S::Error> {
    points.map(|points| Decimal::new(points.into(), 2).normalize().to_string()).serialize(to)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_read_with_their_endings() {
        let long = |month, day| long_day_text(date(2026, month, day));
        assert_eq!(long(1, 1), "2026 оны 1 дүгээр сарын 1-ний");
        assert_eq!(long(10, 2), "2026 оны 10 дугаар сарын 2-ны");
        assert_eq!(long(11, 14), "2026 оны 11 дүгээр сарын 14-ний");
        assert_eq!(long(12, 30), "2026 оны 12 дугаар сарын 30-ны");
    }

    #[test]
    fn figures_have_thin_groups_and_no_idle_decimals() {
        assert_eq!(money_text(Money::from_mungo(125_000_050)), "1\u{202f}250\u{202f}000.50");
        let shown = |value: &Decimal| {
            let mut out = Vec::new();
            area(value, &mut serde_json::Serializer::new(&mut out)).map(|()| String::from_utf8(out).unwrap())
        };
        assert_eq!(shown(&"1250.50".parse().unwrap()).unwrap(), "\"1\u{202f}250.5\"");
        assert_eq!(shown(&"100.00".parse().unwrap()).unwrap(), "\"100\"");
    }
}
