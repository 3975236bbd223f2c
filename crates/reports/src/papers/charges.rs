//! What a contract charges in a whole month, line by line: the table of its contract.

use domain::{
    Money, Month,
    charges::{ChargeError, ChargeLine, ContractTerms, LetRoom, for_month},
    contract::ChargeBasis,
};
use jiff::civil::Date;
use serde::Serialize;

use super::shown;

/// A charge as a line of the contract.
#[derive(Debug, Clone, Serialize)]
pub struct Charge {
    pub name: String,
    #[serde(serialize_with = "shown::money")]
    pub price: Money,
    /// What the price is a price of, when not of a month.
    pub unit: Option<&'static str>,
    /// Only when it is charged for other days than the contract lasts.
    #[serde(serialize_with = "shown::days")]
    pub during: Option<(Date, Option<Date>)>,
    /// In a whole month; with VAT inside. Nothing for what is billed from readings.
    #[serde(serialize_with = "shown::money_if_any")]
    pub monthly: Money,
    #[serde(serialize_with = "shown::money_if_any")]
    pub vat: Money,
}

/// What is charged in the contract's first whole month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Monthly {
    pub total: Money,
    pub vat: Money,
}

/// Each line as it is charged in its own first whole month, and what the contract's first whole month comes to.
pub fn monthly(terms: &ContractTerms, vat_payer: bool) -> Result<(Vec<Charge>, Monthly), ChargeError> {
    let first = first_whole_month(terms.starts_on);
    let mut sum = Monthly { total: Money::ZERO, vat: Money::ZERO };
    let mut charges = Vec::with_capacity(terms.lines.len());
    for line in &terms.lines {
        let month = first_whole_month(line.valid_from.max(terms.starts_on));
        let made = for_month(&whole(terms, line, month), month, vat_payer)?.totals;
        if month == first {
            sum = Monthly { total: sum.total.checked_add(made.total)?, vat: sum.vat.checked_add(made.vat)? };
        }
        let lasts = line.valid_from <= terms.starts_on && line.valid_to.is_none_or(|to| Some(to) == terms.ends_on);
        charges.push(Charge {
            name: line.name.clone(),
            price: line.unit_price,
            unit: (line.basis == ChargeBasis::PerM2).then_some("м²"),
            during: (!lasts).then_some((line.valid_from, line.valid_to.or(terms.ends_on))),
            monthly: made.total,
            vat: made.vat,
        });
    }
    Ok((charges, sum))
}

/// One line over the rooms that are let at the month's start (or, before any is, at the line's), each for all of it.
fn whole(terms: &ContractTerms, line: &ChargeLine, month: Month) -> ContractTerms {
    let day = month.first_day();
    let is_let = |room: &&LetRoom| room.from <= day && room.to.is_none_or(|to| to >= day);
    let mut rooms: Vec<LetRoom> = terms.rooms.iter().filter(is_let).cloned().collect();
    if rooms.is_empty() {
        rooms.clone_from(&terms.rooms);
    }
    if let Some(of) = line.room
        && !rooms.iter().any(|room| room.id == of)
    {
        rooms.extend(terms.rooms.iter().find(|room| room.id == of).cloned());
    }
    for room in &mut rooms {
        (room.from, room.to) = (day, None);
    }
    let line = ChargeLine { valid_from: day, valid_to: None, ..line.clone() };
    ContractTerms {
        starts_on: day,
        ends_on: None,
        terminated_on: None,
        rooms,
        lines: vec![line],
        schedule: None,
        discounts: Vec::new(),
    }
}

fn first_whole_month(day: Date) -> Month {
    let month = Month::of(day);
    if day.day() == 1 { month } else { month.next() }
}
