//! A real owner's rent roll: what its contracts charge is what its accountant billed.

use std::collections::BTreeMap;

use serde::Deserialize;
use uuid::Uuid;

use super::*;
use crate::{
    ContractId,
    month_run::{Candidate, MonthRun, Planned},
};

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/");

#[derive(Deserialize)]
struct Key {
    rows: Vec<Row>,
    invoices: Invoices,
}

#[derive(Deserialize)]
struct Row {
    status: String,
    values: Values,
    monthly_total: Option<Money>,
}

#[derive(Deserialize)]
struct Values {
    unit: String,
    area_m2: Option<Decimal>,
    contract: Option<String>,
    starts_on: Option<Date>,
    ends_on: Option<Date>,
    vat_mode: Option<String>,
    payment_day: Option<i8>,
    price_per_m2: Option<Money>,
    flat_rent: Option<Money>,
    management_fee: Option<Money>,
}

#[derive(Deserialize)]
struct Invoices {
    issue_day: i8,
    months: BTreeMap<Month, Sum>,
}

#[derive(Deserialize)]
struct Sum {
    count: usize,
    total: Money,
}

#[derive(Deserialize)]
struct Billed {
    contract: String,
    period: Month,
    amount: String,
    due_date: Date,
}

#[test]
fn october_and_november_are_what_the_accountant_billed() {
    let key = key();
    let mut contracts = contracts(&key);
    let billed = billed();
    assert_eq!((contracts.len(), billed.len()), (94, 178));

    for (month, sum) in &key.invoices.months {
        let run = MonthRun { month: *month, issued_on: month.day(key.invoices.issue_day), vat_payer: true };
        let planned: Vec<Planned> =
            contracts.values().map(|candidate| run.plan(candidate).expect("it adds up")).collect();

        let made: BTreeMap<_, _> = contracts
            .iter()
            .zip(&planned)
            .filter(|(_, planned)| planned.is_billed())
            .map(|((code, _), planned)| (code.as_str(), (planned.now, planned.due_on)))
            .collect();
        let expected: BTreeMap<_, _> = billed
            .iter()
            .filter(|invoice| invoice.period == *month)
            .map(|invoice| {
                let amount = Money::parse_decimal(&invoice.amount).expect("tugrug with two decimals");
                (invoice.contract.as_str(), (amount, invoice.due_date))
            })
            .collect();
        assert_eq!(made, expected, "{month}");
        let total = Money::sum(planned.iter().map(|plan| plan.now)).expect("the sums fit");
        assert_eq!((made.len(), total), (sum.count, sum.total), "{month}");

        for ((_, candidate), planned) in contracts.iter_mut().zip(&planned) {
            candidate.billed_last = planned.is_billed().then_some(planned.now);
        }
    }
}

#[test]
fn a_whole_month_of_each_row_is_its_monthly_total() {
    let key = key();
    let mut rows = 0;
    for row in key.rows.iter().filter(|row| row.status == "ok") {
        let terms = ContractTerms { starts_on: Date::MIN, ..samples::contract() };
        let terms = with_row(terms, row, Date::constant(2020, 1, 1));
        let charges = for_month(&terms, Month::of(Date::constant(2026, 11, 1)), true).expect("it adds up");
        assert_eq!(Some(charges.totals.total), row.monthly_total, "{}", row.values.unit);
        rows += 1;
    }
    assert_eq!(rows, 100);
}

fn key() -> Key {
    let text = std::fs::read_to_string(format!("{DATA}rent-roll.key.json")).expect("the shared data");
    serde_json::from_str(&text).expect("the key's form")
}

fn billed() -> Vec<Billed> {
    let text = std::fs::read_to_string(format!("{DATA}open-invoices.csv")).expect("the shared data");
    let text = text.trim_start_matches('\u{feff}');
    csv::Reader::from_reader(text.as_bytes()).deserialize().collect::<Result<_, _>>().expect("the sheet's form")
}

/// The valid rows by contract: a contract over two rooms stands in two rows.
fn contracts(key: &Key) -> BTreeMap<String, Candidate> {
    let mut contracts = BTreeMap::new();
    for row in key.rows.iter().filter(|row| row.status == "ok") {
        let values = &row.values;
        let starts_on = values.starts_on.expect("a valid row has a start");
        let number = contracts.len() as u128;
        let candidate =
            contracts.entry(values.contract.clone().expect("a valid row has a contract")).or_insert_with(|| {
                Candidate {
                    contract: ContractId(Uuid::from_u128(number)),
                    terms: ContractTerms { starts_on, ends_on: values.ends_on, ..samples::contract() },
                    is_approved: true,
                    payment_day: values.payment_day.expect("a valid row has a payment day"),
                    billed_last: None,
                }
            });
        candidate.terms = with_row(std::mem::replace(&mut candidate.terms, samples::contract()), row, starts_on);
    }
    contracts
}

/// A row's room, its rent and its management fee.
fn with_row(mut terms: ContractTerms, row: &Row, from: Date) -> ContractTerms {
    let values = &row.values;
    let number = terms.rooms.len() as u128;
    let (vat_mode, tax_kind) = match values.vat_mode.as_deref() {
        Some("included") => (VatMode::Included, TaxKind::VatAble),
        Some("excluded") => (VatMode::Added, TaxKind::VatAble),
        Some("exempt") => (VatMode::Exempt, TaxKind::VatFree),
        other => panic!("an unknown VAT mode: {other:?}"),
    };
    let charges = [
        (ChargeKind::Rent, ChargeBasis::PerM2, values.price_per_m2),
        (ChargeKind::Rent, ChargeBasis::Flat, values.flat_rent),
        (ChargeKind::Management, ChargeBasis::Flat, values.management_fee),
    ];
    for (kind, basis, price) in charges {
        let Some(price) = price else { continue };
        let line = samples::charge(terms.lines.len() as u128, kind, basis, price);
        terms.lines.push(line.taxed(vat_mode, tax_kind).in_room(number).valid(from, None));
    }
    let room = samples::room(number, values.area_m2.expect("a valid row has an area"));
    terms.rooms.push(LetRoom { unit_no: values.unit.clone(), from, ..room });
    terms
}
