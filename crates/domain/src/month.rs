//! A calendar month, the period of a bill.

use std::{fmt, str::FromStr};

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A calendar month in Asia/Ulaanbaatar; on the wire `2026-11`, in Postgres its first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Month(Date);

/// Not a month of the form `2026-11`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a month is written 2026-11")]
pub struct NotAMonth;

impl Month {
    pub fn new(year: i16, month: i8) -> Result<Month, NotAMonth> {
        if !(1900..=9000).contains(&year) {
            return Err(NotAMonth);
        }
        Date::new(year, month, 1).map(Month).map_err(|_| NotAMonth)
    }

    pub fn of(day: Date) -> Month {
        Month(day.first_of_month())
    }

    pub fn first_day(self) -> Date {
        self.0
    }

    pub fn last_day(self) -> Date {
        self.0.last_of_month()
    }

    pub fn days(self) -> i64 {
        i64::from(self.0.days_in_month())
    }

    pub fn next(self) -> Month {
        Month(self.0.saturating_add(1.month()))
    }

    pub fn previous(self) -> Month {
        Month(self.0.saturating_sub(1.month()))
    }

    pub fn year(self) -> i16 {
        self.0.year()
    }

    pub fn number(self) -> i8 {
        self.0.month()
    }

    pub fn contains(self, day: Date) -> bool {
        Month::of(day) == self
    }

    /// The day of that number in this month, or its last day when the month is shorter.
    pub fn day(self, number: i8) -> Date {
        let number = number.clamp(1, self.0.days_in_month());
        Date::new(self.0.year(), self.0.month(), number).expect("the number was clamped to the month")
    }
}

/// The first `payment_day` on or after the issue date; a short month pays on its last day.
pub fn due_on(issued_on: Date, payment_day: i8) -> Date {
    let month = Month::of(issued_on);
    let this_month = month.day(payment_day);
    if this_month >= issued_on { this_month } else { month.next().day(payment_day) }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

impl FromStr for Month {
    type Err = NotAMonth;
    fn from_str(text: &str) -> Result<Month, NotAMonth> {
        let (year, month) = text.split_once('-').ok_or(NotAMonth)?;
        if year.len() != 4 || month.len() != 2 {
            return Err(NotAMonth);
        }
        Month::new(year.parse().map_err(|_| NotAMonth)?, month.parse().map_err(|_| NotAMonth)?)
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Month, D::Error> {
        std::borrow::Cow::<str>::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(feature = "sql")]
crate::id::column!(Month, Date);

#[cfg(feature = "openapi")]
crate::id::schema!(
    Month,
    utoipa::openapi::ObjectBuilder::new()
        .schema_type(utoipa::openapi::schema::Type::String)
        .pattern(Some("^[0-9]{4}-(0[1-9]|1[0-2])$"))
        .examples(["2026-11"])
);

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_bill_is_due_on_the_first_payment_day_on_or_after_it_is_issued() {
        assert_eq!(due_on(date(2026, 10, 10), 1), date(2026, 11, 1));
        assert_eq!(due_on(date(2026, 10, 10), 10), date(2026, 10, 10));
        assert_eq!(due_on(date(2026, 10, 10), 15), date(2026, 10, 15));
        assert_eq!(due_on(date(2027, 2, 1), 31), date(2027, 2, 28));
        assert_eq!(due_on(date(2026, 12, 31), 5), date(2027, 1, 5));
    }

    #[test]
    fn a_month_is_written_with_four_and_two_digits() {
        assert_eq!("2026-11".parse::<Month>().map(|m| (m.days(), m.next().to_string())), Ok((30, "2026-12".into())));
        for bad in ["2026-13", "2026-1", "26-11", "2026/11", "2026-00"] {
            assert!(bad.parse::<Month>().is_err(), "{bad}");
        }
    }
}
