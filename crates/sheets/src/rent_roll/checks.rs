//! What is wrong between rows: a room let twice at a time, a contract's number on two tenants.

use std::collections::HashMap;

use domain::text::fold_word;
use jiff::civil::Date;

use super::{Field, RentRoll, Row, Status, row};
use crate::problem::{Kind, Problem};

/// Compares the rows with those before them; what is wrong is named on the later one.
pub fn across(roll: &mut RentRoll) {
    let mut problems: Vec<(usize, Problem)> = Vec::new();
    let mut rooms: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    let mut contracts: HashMap<&str, Vec<usize>> = HashMap::new();
    for (place, later) in roll.rows.iter().enumerate() {
        if let (Some(unit), Some(_)) = (&later.values.unit, term(later)) {
            let earlier = rooms.entry((&later.values.building, unit)).or_default();
            if let Some(other) = earlier.iter().find(|other| overlap(&roll.rows[**other], later)) {
                problems.push((place, roll.problem(later, Field::StartsOn, Kind::Overlap, &roll.rows[*other])));
            }
            earlier.push(place);
        }
        if let Some(code) = &later.values.contract {
            let rows = contracts.entry(code).or_default();
            if let Some(first) = rows.first().map(|first| &roll.rows[*first])
                && let Some((field, kind)) = disagreement(first, later)
            {
                problems.push((place, roll.problem(later, field, kind, first)));
            }
            rows.push(place);
        }
    }
    for (place, row) in roll.rows.iter().enumerate().filter(|(_, row)| is_let(row) && !says_price(row)) {
        let code = row.values.contract.as_deref().unwrap_or_default();
        let rows = contracts.get(code).map_or(&[][..], Vec::as_slice);
        // one rent may be written for all rooms of a contract
        if !rows.iter().any(|row| says_price(&roll.rows[*row])) {
            let field = if roll.column(row, Field::PricePerM2).is_some() { Field::PricePerM2 } else { Field::FlatRent };
            problems.push((place, roll.problem(row, field, Kind::PriceMissing, row)));
        }
    }
    for (place, problem) in problems {
        roll.rows[place].errors.push(problem);
        roll.rows[place].status = Status::Error;
    }
}

/// From when until when a row lets its room; `None` where the row does not say it, or not rightly.
fn term(row: &Row) -> Option<(Date, Date)> {
    let unread = [Field::StartsOn, Field::EndsOn].into_iter().any(|field| row::has(&row.errors, field, Kind::DateBad));
    let (start, end) = (row.values.starts_on?, row.values.ends_on.unwrap_or(Date::MAX));
    (is_let(row) && !unread && start <= end).then_some((start, end))
}

fn is_let(row: &Row) -> bool {
    row.values.tenant.is_some() || row.values.contract.is_some()
}

/// Both days belong to a contract, so one may not start on the day another ends.
fn overlap(earlier: &Row, later: &Row) -> bool {
    match (term(earlier), term(later)) {
        (Some(one), Some(other)) => one.0 <= other.1 && other.0 <= one.1,
        _ => false,
    }
}

/// What keeps two rows with one contract number from being one contract over two rooms.
fn disagreement(first: &Row, later: &Row) -> Option<(Field, Kind)> {
    if !same_tenant(first, later) {
        return Some((Field::Contract, Kind::DuplicateContract));
    }
    let (one, other) = (term(first)?, term(later)?);
    if one.0 != other.0 {
        return Some((Field::StartsOn, Kind::ContractDatesDiffer));
    }
    (one.1 != other.1).then_some((Field::EndsOn, Kind::ContractDatesDiffer))
}

fn same_tenant(one: &Row, other: &Row) -> bool {
    match (&one.values.register, &other.values.register) {
        (Some(one), Some(other)) => one == other,
        _ => name(one) == name(other),
    }
}

/// A name for comparing, without quotation marks and blanks.
fn name(row: &Row) -> Option<String> {
    let name = row.values.tenant.as_deref()?;
    Some(fold_word(name).chars().filter(|c| c.is_alphanumeric()).collect())
}

fn says_price(row: &Row) -> bool {
    let unread =
        [Field::PricePerM2, Field::FlatRent].into_iter().any(|field| row::has(&row.errors, field, Kind::MoneyBad));
    row.values.price_per_m2.is_some() || row.values.flat_rent.is_some() || unread
}

impl RentRoll {
    fn problem(&self, row: &Row, field: Field, kind: Kind, other: &Row) -> Problem {
        let found = match field {
            Field::Contract => row.values.contract.clone(),
            Field::StartsOn => row.values.starts_on.map(|date| date.to_string()),
            Field::EndsOn => row.values.ends_on.map(|date| date.to_string()),
            _ => None,
        };
        Problem {
            sheet: row.sheet.clone(),
            row: row.row,
            column: self.column(row, field),
            field: field.as_str(),
            kind,
            other_row: (kind != Kind::PriceMissing).then_some(other.row),
            other_sheet: (row.sheet != other.sheet).then(|| other.sheet.clone()),
            found: found.unwrap_or_default(),
        }
    }

    fn column(&self, row: &Row, field: Field) -> Option<crate::columns::Column> {
        self.sheets.iter().find(|sheet| sheet.sheet == row.sheet)?.columns.get(&field).copied()
    }
}
