//! Moments of a statement: real dates, serial numbers to the nearest second, and text with or without a time of day.

use domain::bank::Precision;
use jiff::{
    ToSpan,
    civil::{Date, DateTime, Time},
};
use rust_decimal::{Decimal, prelude::ToPrimitive};

use crate::{
    values::{Read, Unclear, dates, said},
    workbook::{Cell, Value},
};

/// The moment in a cell, and how exactly it is told.
pub fn read(cell: &Cell) -> Read<(DateTime, Precision)> {
    if let Some(moment) = cell.moment {
        return Ok(Some((moment, Precision::Second)));
    }
    match &cell.value {
        Value::Blank => Ok(None),
        Value::Number(number) => serial(*number).map(Some),
        Value::Date(date) => Ok(Some((date.at(0, 0, 0, 0), Precision::Day))),
        Value::Text(_) => said(cell).map(|text| parse(&text)).transpose(),
        Value::Flag(_) => Err(Unclear),
    }
}

/// The moment that a text says: `2026-10-02 17:18:17`, `2026-10-02T17:18`, `02.10.2026`, `2026/10/02 5:18:17 PM`.
pub fn parse(text: &str) -> Result<(DateTime, Precision), Unclear> {
    let Some(colon) = text.find(':') else {
        return match text.parse::<Decimal>() {
            Ok(number) if text.contains('.') && text.matches('.').count() == 1 => serial(number),
            _ => dates::parse(text).map(|date| (date.at(0, 0, 0, 0), Precision::Day)),
        };
    };
    let hour = text[..colon].trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let date = text[..hour].trim_end_matches(|c: char| c == 'T' || c == ',' || c.is_whitespace());
    let (time, precision) = time(&text[hour..])?;
    Ok((day(date)?.to_datetime(time), precision))
}

/// The time of day that stands in a cell of its own.
pub fn of_day(cell: &Cell) -> Read<(Time, Precision)> {
    match &cell.value {
        Value::Number(number) if number.trunc().is_zero() => {
            serial(*number + Decimal::from(40_000)).map(|(at, _)| Some((at.time(), Precision::Second)))
        }
        _ => match cell.moment {
            Some(moment) => Ok(Some((moment.time(), Precision::Second))),
            None => said(cell).map(|text| time(&text)).transpose(),
        },
    }
}

fn day(text: &str) -> Result<Date, Unclear> {
    dates::parse(text)
}

fn time(text: &str) -> Result<(Time, Precision), Unclear> {
    let upper = text.trim().to_ascii_uppercase();
    let upper = upper.strip_suffix("+08:00").unwrap_or(&upper).trim_end();
    let (clock, half) = match (upper.strip_suffix("AM"), upper.strip_suffix("PM")) {
        (Some(clock), _) => (clock.trim_end(), Some(false)),
        (_, Some(clock)) => (clock.trim_end(), Some(true)),
        _ => (upper, None),
    };
    let number = |part: &str| -> Result<i8, Unclear> {
        let is_short = (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if is_short { part.parse().map_err(|_| Unclear) } else { Err(Unclear) }
    };
    let parts: Vec<&str> = clock.split(':').collect();
    let (hour, minute, second, precision) = match parts.as_slice() {
        [hour, minute] => (number(hour)?, number(minute)?, 0, Precision::Minute),
        [hour, minute, second] => {
            let whole = second.split_once('.').map_or(*second, |(whole, _)| whole);
            (number(hour)?, number(minute)?, number(whole)?, Precision::Second)
        }
        _ => return Err(Unclear),
    };
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return Err(Unclear),
        Some(afternoon) => hour % 12 + if afternoon { 12 } else { 0 },
        None => hour,
    };
    Time::new(hour, minute, second, 0).map(|time| (time, precision)).map_err(|_| Unclear)
}

/// The moment that a spreadsheet counts with this number: days since 1899-12-30, the rest of it the time, which is a hair
/// off: cut instead of rounded, every third is a second early.
fn serial(number: Decimal) -> Result<(DateTime, Precision), Unclear> {
    const SECONDS_A_DAY: i64 = 86_400;
    let days = number.trunc().to_i64().filter(|days| (30_000..90_000).contains(days));
    let Some(days) = days else { return compact(number) };
    let seconds = (number.fract() * Decimal::from(SECONDS_A_DAY)).round().to_i64().ok_or(Unclear)?;
    let precision = if number.fract().is_zero() { Precision::Day } else { Precision::Second };
    let day = Date::constant(1899, 12, 30).checked_add(days.days()).map_err(|_| Unclear)?;
    let at = day.at(0, 0, 0, 0).checked_add(seconds.seconds()).map_err(|_| Unclear)?;
    Ok((at, precision))
}

/// A day whose digits were run together: `20261002`.
fn compact(number: Decimal) -> Result<(DateTime, Precision), Unclear> {
    let day = dates::parse(&number.normalize().to_string())?;
    Ok((day.at(0, 0, 0, 0), Precision::Day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_serial_number_is_rounded_to_the_second() {
        for (serial, moment) in [
            ("46297.721030092594", "2026-10-02T17:18:17"),
            ("46086.385104166664", "2026-03-05T09:14:33"),
            ("46086.999999", "2026-03-06T00:00:00"),
        ] {
            let number: Decimal = serial.parse().expect("a number");
            let (at, precision) = read(&Cell::number(number)).expect("a moment").expect("something");
            assert_eq!((at.to_string().as_str(), precision), (moment, Precision::Second), "{serial}");
        }
        let (at, precision) = read(&Cell::number(46_086)).expect("a day").expect("something");
        assert_eq!((at.to_string().as_str(), precision), ("2026-03-05T00:00:00", Precision::Day));
    }

    #[test]
    fn a_moment_is_read_however_a_bank_writes_it() {
        use Precision::{Day, Minute, Second};
        for (text, moment, exactly) in [
            ("2026-10-02 17:18:17", "2026-10-02T17:18:17", Second),
            ("2026-10-02T17:18:17", "2026-10-02T17:18:17", Second),
            ("2026-10-02T17:18", "2026-10-02T17:18:00", Minute),
            ("2026/10/02 17:18:17.250", "2026-10-02T17:18:17", Second),
            ("2026.10.02 7:08", "2026-10-02T07:08:00", Minute),
            ("02.10.2026 17:18:17", "2026-10-02T17:18:17", Second),
            ("2026-10-02 5:18:17 PM", "2026-10-02T17:18:17", Second),
            ("2026-10-02 12:00:01 AM", "2026-10-02T00:00:01", Second),
            ("2026-10-02T17:18:17+08:00", "2026-10-02T17:18:17", Second),
            ("2026.10.02", "2026-10-02T00:00:00", Day),
            ("20261002", "2026-10-02T00:00:00", Day),
            ("46297.721030092594", "2026-10-02T17:18:17", Second),
        ] {
            assert_eq!(
                parse(text).map(|(at, exactly)| (at.to_string(), exactly)),
                Ok((moment.into(), exactly)),
                "{text}"
            );
        }
        for unclear in ["2026-13-02 17:18", "2026-10-02 25:00", "2026-10-02 17:18:17Z", "маргааш", "17:18"] {
            assert_eq!(parse(unclear), Err(Unclear), "{unclear}");
        }
    }
}
