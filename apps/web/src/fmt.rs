//! How figures, days and months are written for people.

use domain::{Money, Month};
use jiff::{Timestamp, civil::Date, tz::Offset};
use maud::{Markup, html};
use rust_decimal::Decimal;

use crate::reader::Reader;

/// Groups of three are parted by a thin space.
const GROUP: char = '\u{2009}';

/// An amount in a table: minus in front and red, zero as a dash, decimals only when there are any.
pub fn money(amount: Money) -> Markup {
    match amount {
        zero if zero.is_zero() => html! { span class="num nil" { "–" } },
        debt if debt.is_negative() => html! { span class="num minus" { (money_text(debt)) } },
        some => html! { span class="num" { (money_text(some)) } },
    }
}

/// An amount that stands alone, with its sign: `1 250 000 ₮`; zero is `0 ₮`.
pub fn tugrug(amount: Money) -> Markup {
    let class = if amount.is_negative() { "num minus" } else { "num" };
    html! { span class=(class) { (money_text(amount)) span class="sign" { "\u{a0}₮" } } }
}

/// An amount as plain text: `−76 000.50`, without the sign.
pub fn money_text(amount: Money) -> String {
    let mungo = amount.mungo().unsigned_abs();
    let sign = if amount.is_negative() { "−" } else { "" };
    match mungo % 100 {
        0 => format!("{sign}{}", count(mungo / 100)),
        cents => format!("{sign}{}.{cents:02}", count(mungo / 100)),
    }
}

/// An amount in few letters, for charts: `12.5 сая`.
pub fn compact(reader: &Reader, amount: Money) -> String {
    let tugrug = amount.mungo().unsigned_abs() / 100;
    let sign = if amount.is_negative() { "−" } else { "" };
    let (unit, key) = match tugrug {
        0..1_000 => return format!("{sign}{tugrug}"),
        1_000..1_000_000 => (1_000, "compact-thousand"),
        1_000_000..1_000_000_000 => (1_000_000, "compact-million"),
        _ => (1_000_000_000, "compact-billion"),
    };
    let tenths = tugrug / (unit / 10);
    let number = match tenths % 10 {
        0 => format!("{sign}{}", count(tenths / 10)),
        tenth => format!("{sign}{}.{tenth}", count(tenths / 10)),
    };
    reader.say_with(key, &[("n", number.into())]).into_owned()
}

/// A whole number in groups of three.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() * 2);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(GROUP);
        }
        grouped.push(digit);
    }
    grouped
}

/// An exact quantity without trailing zeros: `120.5`; groups as in amounts.
pub fn quantity(number: Decimal) -> String {
    let text = number.abs().normalize().to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), count);
    let sign = if number.is_sign_negative() && !number.is_zero() { "−" } else { "" };
    if decimals.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{decimals}") }
}

/// An area with its unit.
pub fn area_m2(area: Decimal) -> Markup {
    html! { span class="num" { (quantity(area)) "\u{a0}м²" } }
}

/// `part` of `whole` in whole per cent, rounded down so that 100 % means all of it; `None` of nothing.
pub fn percent(part: Money, whole: Money) -> Option<String> {
    if whole.mungo() <= 0 {
        return None;
    }
    let percent = i128::from(part.mungo()) * 100 / i128::from(whole.mungo());
    Some(if percent < 0 { format!("−{}%", -percent) } else { format!("{percent}%") })
}

/// Basis points as a percentage without its sign: `0.5`.
pub fn basis_points(points: i32) -> String {
    Decimal::new(points.into(), 2).normalize().to_string()
}

/// A day: `2026.11.22`.
pub fn date(day: Date) -> Markup {
    html! { time class="num" datetime=(day) { (date_text(day)) } }
}

pub fn date_text(day: Date) -> String {
    format!("{:04}.{:02}.{:02}", day.year(), day.month(), day.day())
}

/// A moment as the clocks in Ulaanbaatar showed it: `2026.11.22 14:05`.
pub fn moment(at: Timestamp) -> Markup {
    html! { time class="num" datetime=(at) { (moment_text(at)) } }
}

/// The day in Ulaanbaatar on which a moment falls.
pub fn day_of(at: Timestamp) -> Date {
    Offset::constant(8).to_datetime(at).date()
}

pub fn moment_text(at: Timestamp) -> String {
    // UTC+8 without summer time since 2017, and nothing we show is older.
    let local = Offset::constant(8).to_datetime(at);
    format!("{} {:02}:{:02}", date_text(local.date()), local.hour(), local.minute())
}

/// A month in words: `2026 оны 11-р сар`, `November 2026`.
pub fn month(reader: &Reader, month: Month) -> String {
    let (year, number) = (i64::from(month.year()), i64::from(month.number()));
    reader.say_with("month-of-year", &[("year", year.into()), ("month", number.into())]).into_owned()
}

/// A month where there is room for two or three letters only.
pub fn month_short(reader: &Reader, month: Month) -> String {
    reader.say_with("month-short", &[("month", i64::from(month.number()).into())]).into_owned()
}

/// A telephone in two groups: `9911 0001`, also of `+97699110001`; whatever is not eight digits stays as it is.
pub fn phone(digits: &str) -> String {
    let digits = digits.strip_prefix("+976").unwrap_or(digits);
    match (digits.len(), digits.is_ascii()) {
        (8, true) => format!("{}\u{a0}{}", &digits[..4], &digits[4..]),
        _ => digits.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil;
    use words::Lang;

    use super::*;

    #[test]
    fn amounts_are_grouped_and_zero_is_a_dash() {
        assert_eq!(money_text(Money::from_tugrug(1_250_000)), "1\u{2009}250\u{2009}000");
        assert_eq!(money_text(Money::from_mungo(-7_600_050)), "−76\u{2009}000.50");
        assert_eq!(
            money_text(Money::from_mungo(i64::MIN)),
            "−92\u{2009}233\u{2009}720\u{2009}368\u{2009}547\u{2009}758.08"
        );
        assert_eq!(money(Money::ZERO).0, r#"<span class="num nil">–</span>"#);
        assert!(money(Money::from_mungo(-1)).0.contains("minus"));
    }

    #[test]
    fn few_letters_are_enough_for_a_chart() {
        let mn = Reader::default();
        for (tugrug, text) in
            [(0, "0"), (999, "999"), (1_500, "1.5 мянга"), (12_480_000, "12.4 сая"), (2_000_000_000, "2 тэрбум")]
        {
            assert_eq!(compact(&mn, Money::from_tugrug(tugrug)), text);
        }
    }

    #[test]
    fn days_and_months_are_written_as_here() {
        let (mn, en) = (Reader::default(), Reader { lang: Lang::En, ..Reader::default() });
        let november = Month::new(2026, 11).expect("a month");
        assert_eq!(date_text(civil::date(2026, 11, 2)), "2026.11.02");
        assert_eq!(month(&mn, november), "2026 оны 11-р сар");
        assert_eq!(month(&en, november), "November 2026");
        let midnight: Timestamp = "2026-11-21T16:00:00Z".parse().expect("a moment");
        assert_eq!(moment_text(midnight), "2026.11.22 00:00");
    }

    #[test]
    fn quantities_lose_only_their_idle_zeros() {
        for (number, text) in [("120.50", "120.5"), ("1200", "1\u{2009}200"), ("-0.125", "−0.125"), ("0.00", "0")] {
            assert_eq!(quantity(number.parse().expect("a number")), text);
        }
        assert_eq!(percent(Money::from_tugrug(999), Money::from_tugrug(1000)).as_deref(), Some("99%"));
        assert_eq!(percent(Money::from_tugrug(1), Money::ZERO), None);
        assert_eq!(phone("99110001"), "9911\u{a0}0001");
    }
}
