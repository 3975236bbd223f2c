//! Dates: real ones, `2026.03.15`, `15/03/2026` (day first), `2026 оны 3 сарын 15-ны өдөр`, bare serial numbers.

use domain::{Month, text::fold_word};
use jiff::{ToSpan, civil::Date};
use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::{Read, Unclear, said, words::ordinal};
use crate::{
    lexicon::Lexicon,
    workbook::{Cell, Value},
};

/// The date in a cell.
pub fn read(cell: &Cell) -> Read<Date> {
    match &cell.value {
        Value::Blank => Ok(None),
        Value::Date(date) => plausible(*date).map(Some),
        Value::Number(number) => digits(&number.trunc().normalize().to_string()).map(Some),
        Value::Text(_) => said(cell).map(|text| parse(&text)).transpose(),
        Value::Flag(_) => Err(Unclear),
    }
}

/// The month in a cell: `2026-10`, `2026.10`, `2026 оны 10 сар`, `10/2026`, or any day of it.
pub fn month(cell: &Cell) -> Read<Month> {
    let Value::Text(_) = cell.value else { return read(cell).map(|day| day.map(Month::of)) };
    let Some(text) = said(cell) else { return Ok(None) };
    let folded = fold_word(&text);
    let numbers = Said::of(&folded)?.numbers;
    let (year, month) = match numbers.as_slice() {
        [year, month] if year.digits == 4 => (year.value, month.value),
        [month, year] if year.digits == 4 => (year.value, month.value),
        _ => return parse(&text).map(|day| Some(Month::of(day))),
    };
    let first = day(year, month, 1)?;
    Ok(Some(Month::of(first)))
}

/// The date that a text says; `Unclear` where there is no such day, and where the year has but two digits and nothing
/// says which of the numbers it is.
pub fn parse(text: &str) -> Result<Date, Unclear> {
    let folded = fold_word(text);
    let whole = folded.strip_suffix(".0").unwrap_or(&folded);
    if whole.bytes().all(|b| b.is_ascii_digit()) {
        return digits(whole);
    }
    let Said { numbers, says_year, names_month_first } = Said::of(&folded)?;
    let [a, b, c] = numbers.as_slice().try_into().map_err(|_| Unclear)?;
    match (a.digits, b.digits, c.digits) {
        (4, ..) => day(a.value, b.value, c.value),
        (_, _, 4) if names_month_first => day(c.value, a.value, b.value),
        (_, _, 4) => day(c.value, b.value, a.value),
        (2, ..) if says_year => day(2000 + a.value, b.value, c.value),
        _ => Err(Unclear),
    }
}

/// A date of nothing but digits: a spreadsheet's serial number, or year, month and day run together.
fn digits(text: &str) -> Result<Date, Unclear> {
    let part = |from: usize, to: usize| text.get(from..to).and_then(|digits| digits.parse::<i16>().ok()).ok_or(Unclear);
    match text.len() {
        5 => serial(text.parse().map_err(|_| Unclear)?),
        8 => day(part(0, 4)?, part(4, 6)?, part(6, 8)?).or_else(|_| day(part(4, 8)?, part(2, 4)?, part(0, 2)?)),
        _ => Err(Unclear),
    }
}

/// The day that a spreadsheet counts with this number; only days that a contract may have (1982 and later).
fn serial(number: Decimal) -> Result<Date, Unclear> {
    let days = number.to_i64().filter(|days| (30_000..90_000).contains(days)).ok_or(Unclear)?;
    Date::constant(1899, 12, 30).checked_add(days.days()).map_err(|_| Unclear)
}

fn day(year: i16, month: i16, day: i16) -> Result<Date, Unclear> {
    let (month, day) = (i8::try_from(month).map_err(|_| Unclear)?, i8::try_from(day).map_err(|_| Unclear)?);
    Date::new(year, month, day).map_err(|_| Unclear).and_then(plausible)
}

/// A year that a contract may have; a slip such as 2206 or 0226 is none.
fn plausible(date: Date) -> Result<Date, Unclear> {
    if (1921..=2150).contains(&date.year()) { Ok(date) } else { Err(Unclear) }
}

/// The numbers of a written date, in order.
#[derive(Default)]
struct Said {
    numbers: Vec<Number>,
    /// "он" stands behind the first of them.
    says_year: bool,
    /// The first of them was an English month's name.
    names_month_first: bool,
}

#[derive(Clone, Copy)]
struct Number {
    value: i16,
    digits: usize,
}

impl Said {
    fn of(folded: &str) -> Result<Said, Unclear> {
        let mut said = Said::default();
        let mut ten_before = false;
        for word in words(without_time(folded)) {
            let number = match word.parse::<i16>() {
                Ok(value) => Some(Number { value, digits: word.len() }),
                Err(_) if word.bytes().all(|b| b.is_ascii_digit()) => return Err(Unclear),
                Err(_) => {
                    let ten = if ten_before { 10 } else { 0 };
                    ordinal(&word)
                        .or_else(|| english_month(&word))
                        .map(|value| Number { value: value + ten, digits: 2 })
                }
            };
            ten_before = TEN.whole(&word).is_some();
            match number {
                Some(number) => {
                    said.names_month_first |= said.numbers.is_empty() && english_month(&word).is_some();
                    said.numbers.push(number);
                }
                None if ten_before => (),
                None => said.says_year |= WORDS.whole(&word).ok_or(Unclear)? && said.numbers.len() == 1,
            }
        }
        Ok(said)
    }
}

/// The words beside a date's numbers, and whether they mean a year.
static WORDS: Lexicon<bool> = Lexicon::new(&[
    ("он|оны|онд|оноос", true),
    ("сар|сарын|сард|сараас|өдөр|өдрийн|өдрөөс|өдрийг|ны|ний|нд|ноос|нөөс|наас|нээс|нийг", false),
    ("ныг|ын|ийн|аас|ээс|оос|өөс|с|р|д|дугаар|дүгээр|хүртэл|эхлэн|г|t", false),
]);
static TEN: Lexicon<()> = Lexicon::new(&[("арван", ())]);
static ENGLISH_MONTHS: Lexicon<i16> = Lexicon::new(&[
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("may", 5),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sep", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
]);

fn english_month(word: &str) -> Option<i16> {
    ENGLISH_MONTHS.strip_prefix(word).map(|(_, month)| month)
}

/// The text before a time of day (`2026-03-15 00:00:00`).
fn without_time(text: &str) -> &str {
    match text.find(':') {
        Some(colon) => text[..colon].trim_end_matches(|c: char| c.is_ascii_digit()),
        None => text,
    }
}

/// Runs of digits and runs of letters.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.chars() {
        let continues =
            word.chars().next_back().is_some_and(|before: char| before.is_ascii_digit() == c.is_ascii_digit());
        let ends = !continues || !c.is_alphanumeric();
        if ends && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.push(c);
        }
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_is_the_same_in_every_form() {
        let ides = date(2026, 3, 15);
        for text in [
            "2026.03.15",
            "2026.3.15",
            "2026-03-15",
            "2026/03/15",
            "2026 03 15",
            "2026.03.15.",
            " 2026 . 03 . 15 ",
            "20260315",
            "15/03/2026",
            "15.03.2026",
            "15-3-2026",
            "15032026",
            "2026 оны 3 сарын 15",
            "2026 оны 03-р сарын 15-ны өдөр",
            "2026 оны 3 дугаар сарын 15-ний өдрөөс",
            "2026оны3сарын15",
            "2026 оны гуравдугаар сарын 15",
            "26 оны 3 сарын 15",
            "2026.03.15-ний",
            "2026.03.15-наас",
            "2026.03.15-ныг хүртэл",
            "2026-03-15T00:00:00",
            "2026-03-15 08:30",
            "15 Mar 2026",
            "March 15, 2026",
            "46096",
            "46096.0",
            "2026.03.15 он",
            "2026–03–15",
        ] {
            assert_eq!(read(&Cell::text(text)), Ok(Some(ides)), "{text}");
        }
        assert_eq!(parse("2026 оны арван нэгдүгээр сарын 1"), Ok(date(2026, 11, 1)));
        assert_eq!(parse("2026 оны аравдугаар сарын 31"), Ok(date(2026, 10, 31)));
        assert_eq!(parse("05/06/2026"), Ok(date(2026, 6, 5)), "the day stands first");
        for cell in
            [Cell::number(46_096), Cell::number(Decimal::new(460_965, 1)), Cell::number(20_260_315), Cell::date(ides)]
        {
            assert_eq!(read(&cell), Ok(Some(ides)), "{cell:?}");
        }
    }

    #[test]
    fn a_day_that_does_not_exist_is_not_moved() {
        for text in [
            "2026.02.30",
            "31/04/2026",
            "2026.13.01",
            "03/15/2026",
            "2025.02.29",
            "00/01/2026",
            "26.03.15",
            "15/03/26",
            "2026.03",
            "2026",
            "гуравдугаар сар",
            "2026.03.15 - 2027.03.14",
            "2206.03.15",
            "12345",
            "маргааш",
            "#N/A",
            "99999",
            "20261332",
        ] {
            assert_eq!(read(&Cell::text(text)), Err(Unclear), "{text}");
        }
        assert_eq!(read(&Cell::text("-")), Ok(None));
        assert_eq!(read(&Cell::number(3)), Err(Unclear));
        assert_eq!(read(&Cell::date(date(1900, 1, 5))), Err(Unclear));
    }

    #[test]
    fn a_month_is_read_with_or_without_a_day() {
        for text in ["2026-10", "2026.10", "10/2026", "2026 оны 10 сар", "2026 оны аравдугаар сар", "2026-10-15"]
        {
            assert_eq!(month(&Cell::text(text)), Ok(Month::new(2026, 10).ok()), "{text}");
        }
        assert_eq!(month(&Cell::date(date(2026, 10, 1))), Ok(Month::new(2026, 10).ok()));
        for unclear in ["2026-13", "10", "2026", "аравдугаар сар"] {
            assert_eq!(month(&Cell::text(unclear)), Err(Unclear), "{unclear}");
        }
    }

    #[test]
    fn serials_count_as_the_spreadsheet_does() {
        assert_eq!(read(&Cell::text("45658")), Ok(Some(date(2025, 1, 1))));
        assert_eq!(read(&Cell::number(46_387)), Ok(Some(date(2026, 12, 31))));
    }
}
