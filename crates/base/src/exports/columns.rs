//! The columns of a list, a line each: heading, width, and what a row puts there.

use domain::Money;
use jiff::{Timestamp, civil::Date};
use rust_decimal::Decimal;
use sheets::listing::{self, Cell};
use words::{Lang, say, term};

use super::local;
use crate::error::{Error, Result};

type Value<R> = Box<dyn Fn(&R, Lang) -> Cell<'_> + Send + Sync>;

/// Columns in order; those of amounts and areas that are summed make the line of totals.
pub struct Columns<R>(Vec<Column<R>>);

struct Column<R> {
    key: &'static str,
    width: u16,
    is_money: bool,
    is_number: bool,
    is_summed: bool,
    value: Value<R>,
}

impl<R> Columns<R> {
    pub fn new() -> Columns<R> {
        Columns(Vec::new())
    }

    /// Text as it is.
    pub fn text(self, key: &'static str, width: u16, of: impl Fn(&R) -> &str + Send + Sync + 'static) -> Columns<R> {
        self.add(key, width, move |row, _| text(of(row)))
    }

    /// Text that may be missing.
    pub fn maybe(
        self,
        key: &'static str,
        width: u16,
        of: impl Fn(&R) -> Option<&str> + Send + Sync + 'static,
    ) -> Columns<R> {
        self.add(key, width, move |row, _| of(row).map_or(Cell::Empty, text))
    }

    /// A word of a list of terms in the reader's language: `("status", "contract-status", …)`.
    pub fn term(
        self,
        key: &'static str,
        list: &'static str,
        of: impl Fn(&R) -> Option<&str> + Send + Sync + 'static,
    ) -> Columns<R> {
        self.add(key, 16, move |row, lang| {
            of(row).map_or(Cell::Empty, |word| Cell::Text(term(lang, list, word).into_owned().into()))
        })
    }

    /// Text made in the reader's language.
    pub fn made(
        self,
        key: &'static str,
        width: u16,
        of: impl Fn(&R, Lang) -> String + Send + Sync + 'static,
    ) -> Columns<R> {
        self.add(key, width, move |row, lang| Cell::Text(of(row, lang).into()))
    }

    pub fn day(self, key: &'static str, of: impl Fn(&R) -> Option<Date> + Send + Sync + 'static) -> Columns<R> {
        self.add(key, 12, move |row, _| of(row).map_or(Cell::Empty, Cell::Day))
    }

    pub fn moment(self, key: &'static str, of: impl Fn(&R) -> Option<Timestamp> + Send + Sync + 'static) -> Columns<R> {
        self.add(key, 17, move |row, _| of(row).map_or(Cell::Empty, |at| Cell::Moment(local(at))))
    }

    /// A whole number.
    pub fn count(self, key: &'static str, of: impl Fn(&R) -> Option<i64> + Send + Sync + 'static) -> Columns<R> {
        self.number(key, 10, false, move |row| of(row).map_or(Cell::Empty, Cell::Count))
    }

    /// An amount that is not summed: a price.
    pub fn price(self, key: &'static str, of: impl Fn(&R) -> Money + Send + Sync + 'static) -> Columns<R> {
        self.money(key, false, of)
    }

    /// A price that may not be known yet.
    pub fn price_if(
        mut self,
        key: &'static str,
        of: impl Fn(&R) -> Option<Money> + Send + Sync + 'static,
    ) -> Columns<R> {
        let value: Value<R> = Box::new(move |row, _| of(row).map_or(Cell::Empty, Cell::Money));
        self.0.push(Column { key, width: 18, is_money: true, is_number: true, is_summed: false, value });
        self
    }

    /// An amount that the totals add up.
    pub fn sum(self, key: &'static str, of: impl Fn(&R) -> Money + Send + Sync + 'static) -> Columns<R> {
        self.money(key, true, of)
    }

    /// A quantity that the totals add up: an area.
    pub fn area(self, key: &'static str, of: impl Fn(&R) -> Option<Decimal> + Send + Sync + 'static) -> Columns<R> {
        self.number(key, 12, true, move |row| of(row).map_or(Cell::Empty, Cell::Quantity))
    }

    fn money(
        mut self,
        key: &'static str,
        is_summed: bool,
        of: impl Fn(&R) -> Money + Send + Sync + 'static,
    ) -> Columns<R> {
        let value: Value<R> = Box::new(move |row, _| Cell::Money(of(row)));
        self.0.push(Column { key, width: 18, is_money: true, is_number: true, is_summed, value });
        self
    }

    fn number(
        mut self,
        key: &'static str,
        width: u16,
        is_summed: bool,
        of: impl Fn(&R) -> Cell<'_> + Send + Sync + 'static,
    ) -> Columns<R> {
        let value: Value<R> = Box::new(move |row, _| of(row));
        self.0.push(Column { key, width, is_money: false, is_number: true, is_summed, value });
        self
    }

    fn add(
        mut self,
        key: &'static str,
        width: u16,
        of: impl Fn(&R, Lang) -> Cell<'_> + Send + Sync + 'static,
    ) -> Columns<R> {
        let value: Value<R> = Box::new(of);
        self.0.push(Column { key, width, is_money: false, is_number: false, is_summed: false, value });
        self
    }

    /// The headings; amounts say that they are in tögrög.
    pub(super) fn headings(&self, lang: Lang) -> Vec<listing::Column> {
        let heading = |column: &Column<R>| {
            let title = say(lang, column.key, &[]);
            let title = if column.is_money { format!("{title}, ₮") } else { title.into_owned() };
            listing::Column { title, width: column.width, is_number: column.is_number }
        };
        self.0.iter().map(heading).collect()
    }

    pub(super) fn cells<'r>(&self, row: &'r R, lang: Lang) -> Vec<Cell<'r>> {
        self.0.iter().map(|column| (column.value)(row, lang)).collect()
    }

    pub(super) fn sums(&self) -> Sums {
        let nothing = |column: &Column<R>| match (column.is_summed, column.is_money) {
            (false, _) => Sum::None,
            (true, true) => Sum::Money(Money::ZERO),
            (true, false) => Sum::Quantity(Decimal::ZERO),
        };
        Sums(self.0.iter().map(nothing).collect())
    }
}

impl<R> Default for Columns<R> {
    fn default() -> Columns<R> {
        Columns::new()
    }
}

fn text(text: &str) -> Cell<'_> {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.into()) }
}

/// What the columns add up to so far.
pub(super) struct Sums(Vec<Sum>);

enum Sum {
    None,
    Money(Money),
    Quantity(Decimal),
}

impl Sums {
    pub(super) fn add(&mut self, cells: &[Cell<'_>]) -> Result<()> {
        for (sum, cell) in self.0.iter_mut().zip(cells) {
            match (sum, cell) {
                (Sum::Money(sum), Cell::Money(amount)) => *sum = sum.checked_add(*amount)?,
                (Sum::Quantity(sum), Cell::Quantity(quantity)) => {
                    let more = sum.checked_add(*quantity);
                    *sum = more.ok_or_else(|| Error::Internal("a sum of quantities is too large".into()))?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The line of totals; it begins with how many rows there are.
    pub(super) fn cells(&self, lang: Lang, rows: usize) -> Vec<Cell<'static>> {
        let mut cells: Vec<Cell<'static>> = self
            .0
            .iter()
            .map(|sum| match sum {
                Sum::None => Cell::Empty,
                Sum::Money(sum) => Cell::Money(*sum),
                Sum::Quantity(sum) => Cell::Quantity(*sum),
            })
            .collect();
        if let Some(first @ Cell::Empty) = cells.first_mut() {
            let rows = i64::try_from(rows).unwrap_or(i64::MAX);
            *first = Cell::Text(say(lang, "export-total", &[("rows", rows.into())]).into_owned().into());
        }
        cells
    }
}
