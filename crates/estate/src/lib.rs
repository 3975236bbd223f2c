//! Buildings, floors and rooms: what there is, how much of it is let on a day, what it is offered for.

pub mod floors;
pub mod occupancy;
pub mod prices;
pub mod properties;
pub mod remaking;
pub mod rooms;
pub mod vacancies;

use base::{Checks, Conflict, Error, Result, Slice, Tx};
use domain::{Money, asking, rooms::PriceMode};
use jiff::civil::{Date, date};
use rust_decimal::Decimal;

/// The slices of this area.
pub fn slices() -> Vec<Slice> {
    vec![
        properties::slice(),
        floors::slice(),
        rooms::slice(),
        occupancy::slice(),
        vacancies::slice(),
        prices::slice(),
        remaking::slice(),
    ]
}

/// An area in m² of at most two decimals that the tables can hold.
fn check_area(checks: &mut Checks, path: &'static str, area_m2: Decimal) {
    if area_m2.is_sign_negative() && !area_m2.is_zero() {
        checks.note_with(path, "too-small", vec![("min", "0".into())]);
    } else if area_m2 >= Decimal::from(1_000_000_000) {
        checks.note_with(path, "too-large", vec![("max", "999999999.99".into())]);
    } else if area_m2.normalize().scale() > 2 {
        checks.note(path, "bad-format");
    }
}

/// An asking price whose month can be added up with others'.
fn check_price(checks: &mut Checks, mode: PriceMode, price: Money, area_m2: Decimal) {
    checks.not_negative("baseRent", price);
    if asking::a_month(mode, price, area_m2).is_err() {
        checks.note_with("baseRent", "too-large", vec![("max", asking::LARGEST_A_MONTH.to_string())]);
    }
}

/// A day that a building may know; a slip of the keyboard (0206, 20026) is not one.
fn check_day(checks: &mut Checks, path: &'static str, day: Date) {
    checks.that((date(1900, 1, 1)..=date(2200, 12, 31)).contains(&day), path, "bad-date");
}

/// The day asked for, today when none was.
fn as_of(tx: &Tx, asked: Option<Date>) -> Result<Date> {
    let day = asked.unwrap_or_else(|| tx.clock().today());
    let mut checks = Checks::new();
    check_day(&mut checks, "asOf", day);
    checks.done()?;
    Ok(day)
}

/// Gives words to a row that others refer to, which Postgres does not let go.
fn kept_by_others<T>(answer: Result<T>, reason: &'static str) -> Result<T> {
    answer.map_err(|error| match &error {
        Error::Db(db) if db.code().is_some_and(|code| code.code() == "23503") => Conflict::new(reason).into(),
        _ => error,
    })
}
