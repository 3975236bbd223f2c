//! One row: its cells read into values, and what is wrong within it.

use std::cmp::Ordering;

use domain::{
    Money,
    rooms::TenantKind,
    text::{fold_register, tidy},
};
use rust_decimal::Decimal;

use super::{Field, Row, Status, Totals, Values};
use crate::{
    columns::Heading,
    problem::{Kind, Problem},
    values::{Floor, Read, areas, dates, floors, money, people, rates, said, words},
    workbook::{Cell, Merged, Sheet},
};

/// The penalty that the Civil Code (232.6) allows a day, in basis points.
const HIGHEST_PENALTY_BP: Decimal = Decimal::from_parts(50, 0, 0, false, 0);

/// Reads a row; a floor that is written only once holds for the rows below it.
pub fn read(sheet: &Sheet, heading: &Heading<Field>, row: u32, building: &str, floor: &mut Option<Floor>) -> Row {
    let mut reader = Reader { sheet, heading, row, problems: Vec::new() };
    let mut values = reader.values(building);
    let says_floor = said(reader.cell(Field::Floor)).is_some();
    *floor = if says_floor { values.floor } else { *floor };
    values.floor = *floor;

    let is_vacant =
        values.tenant.is_none() && values.contract.is_none() && said(reader.cell(Field::Register)).is_none();
    reader.settle_price(&mut values);
    reader.check(&values, is_vacant);
    let (remarks, errors): (Vec<_>, Vec<_>) = reader.problems.into_iter().partition(|problem| problem.kind.is_remark());
    let status = match (errors.is_empty(), is_vacant) {
        (false, _) => Status::Error,
        (true, true) => Status::Vacant,
        (true, false) => Status::Ok,
    };
    Row { sheet: sheet.name.clone(), row, status, values, monthly_total: None, errors, remarks }
}

/// The sums that a total line says.
pub fn totals(sheet: &Sheet, heading: &Heading<Field>, row: u32) -> Totals {
    let reader = Reader { sheet, heading, row, problems: Vec::new() };
    let amount = |field| money::read(reader.cell(field)).ok().flatten();
    Totals {
        area_m2: areas::read(reader.cell(Field::Area)).ok().flatten(),
        deposit_due: amount(Field::DepositDue),
        deposit_paid: amount(Field::DepositPaid),
        opening_balance: amount(Field::OpeningBalance),
    }
}

struct Reader<'a> {
    sheet: &'a Sheet,
    heading: &'a Heading<Field>,
    row: u32,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn values(&mut self, building: &str) -> Values {
        let tenant = self.text(Field::Tenant).filter(|name| !words::means_vacant(name));
        let register = self.read(Field::Register, Kind::RegisterBad, people::register);
        let tenant_type =
            tenant.as_deref().map(|name| self.tenant_type(name, register.as_ref().map(|(kind, _)| *kind)));
        Values {
            building: building.to_owned(),
            floor: self.read(Field::Floor, Kind::FloorBad, floors::read),
            unit: people::unit(self.cell(Field::Unit)),
            kind: words::room_kind(self.cell(Field::Kind)),
            area_m2: self.read(Field::Area, Kind::AreaBad, areas::read),
            tenant,
            tenant_type,
            register: register.map(|(_, number)| number),
            tin: self.read(Field::Tin, Kind::TinBad, people::tin),
            phones: self.phones(),
            email: self.read(Field::Email, Kind::EmailBad, people::email),
            contract: people::code(self.cell(Field::Contract)),
            starts_on: self.read(Field::StartsOn, Kind::DateBad, dates::read),
            ends_on: self.read(Field::EndsOn, Kind::DateBad, end),
            vat_mode: self.read(Field::VatMode, Kind::VatBad, words::vat_mode),
            payment_day: self.read(Field::PaymentDay, Kind::PaymentDayBad, rates::payment_day),
            penalty_bp_per_day: self.read(Field::Penalty, Kind::PenaltyBad, rates::basis_points),
            note: self.text(Field::Note),
            price_per_m2: self.amount(Field::PricePerM2),
            flat_rent: self.amount(Field::FlatRent),
            management_fee: self.amount(Field::ManagementFee),
            deposit_due: self.amount(Field::DepositDue),
            deposit_paid: self.amount(Field::DepositPaid),
            opening_balance: self.read(Field::OpeningBalance, Kind::MoneyBad, money::read),
        }
    }

    /// The cell of a field, a merged one repeated downwards where its value holds for every row.
    fn cell(&self, field: Field) -> &Cell {
        static BLANK: Cell = Cell::BLANK;
        let Some(column) = self.heading.columns.get(&field) else { return &BLANK };
        let cell = self.sheet.cell(self.row, *column);
        let is_repeated = match cell.merged {
            Merged::Not => false,
            Merged::Right => true,
            // the area of a room that stands in two rows is merged like its number
            Merged::Down if field == Field::Area => self.cell(Field::Unit).merged != Merged::Down,
            Merged::Down => field.belongs_to_one_row(),
        };
        if is_repeated { &BLANK } else { cell }
    }

    fn text(&self, field: Field) -> Option<String> {
        said(self.cell(field)).map(|text| tidy(&text))
    }

    /// A value by its reader; a cell that can't be read is a problem of this kind.
    fn read<T>(&mut self, field: Field, kind: Kind, reader: fn(&Cell) -> Read<T>) -> Option<T> {
        reader(self.cell(field)).unwrap_or_else(|_| {
            self.object(field, kind);
            None
        })
    }

    /// An amount that can't be below nought.
    fn amount(&mut self, field: Field) -> Option<Money> {
        let amount = self.read(field, Kind::MoneyBad, money::read)?;
        if amount.is_negative() {
            self.object(field, Kind::MoneyBad);
            return None;
        }
        Some(amount)
    }

    fn phones(&mut self) -> Vec<String> {
        let phones = people::phones(self.cell(Field::Phones));
        let says_something = said(self.cell(Field::Phones)).is_some();
        if !phones.unread.is_empty() || (says_something && phones.numbers.is_empty()) {
            self.object(Field::Phones, Kind::PhoneBad);
        }
        phones.numbers
    }

    /// By the register number; where that can't be read by the name, and at last by the number's first letter.
    fn tenant_type(&self, name: &str, by_register: Option<TenantKind>) -> TenantKind {
        by_register.unwrap_or_else(|| match people::kind_by_name(name) {
            TenantKind::Company => TenantKind::Company,
            TenantKind::Person => {
                let typed = self.text(Field::Register).map(|number| fold_register(&number)).unwrap_or_default();
                if typed.starts_with(|c: char| c.is_ascii_digit()) { TenantKind::Company } else { TenantKind::Person }
            }
        })
    }

    /// Owners who write the price of one m² often work the month's rent out beside it: then the price is what was
    /// agreed. Noughts are no prices where there is another.
    fn settle_price(&mut self, values: &mut Values) {
        const A_TUGRUG_IN_MUNGO: u64 = 100;
        let (Some(price), Some(flat)) = (values.price_per_m2, values.flat_rent) else { return };
        if flat.is_zero() {
            values.flat_rent = None;
        } else if price.is_zero() {
            values.price_per_m2 = None;
        } else {
            let worked_out = values.area_m2.and_then(|area| price.times(area).ok());
            let apart = worked_out.map(|rent| rent.mungo().abs_diff(flat.mungo()));
            if apart.is_some_and(|apart| apart <= A_TUGRUG_IN_MUNGO) {
                values.flat_rent = None;
            } else {
                self.object(Field::FlatRent, Kind::TwoPrices);
            }
        }
    }

    fn check(&mut self, values: &Values, is_vacant: bool) {
        if values.unit.is_none() {
            self.object(Field::Unit, Kind::UnitMissing);
        }
        if is_vacant {
            return;
        }
        if values.tenant.is_none() {
            self.object(Field::Tenant, Kind::TenantMissing);
        }
        if values.contract.is_none() && self.heading.columns.contains_key(&Field::Contract) {
            self.object(Field::Contract, Kind::ContractMissing);
        }
        match (values.starts_on, values.ends_on) {
            (None, _) if !self.has(Field::StartsOn, Kind::DateBad) => self.object(Field::StartsOn, Kind::StartMissing),
            (Some(start), Some(end)) if end < start => self.object(Field::EndsOn, Kind::EndBeforeStart),
            _ => (),
        }
        if values.price_per_m2.is_some() && values.area_m2.is_none() && !self.has(Field::Area, Kind::AreaBad) {
            self.object(Field::Area, Kind::AreaMissing);
        }
        if values.penalty_bp_per_day.is_some_and(|rate| rate.cmp(&HIGHEST_PENALTY_BP) == Ordering::Greater) {
            self.object(Field::Penalty, Kind::PenaltyTooHigh);
        }
    }

    fn has(&self, field: Field, kind: Kind) -> bool {
        has(&self.problems, field, kind)
    }

    fn object(&mut self, field: Field, kind: Kind) {
        self.problems.push(Problem {
            sheet: self.sheet.name.clone(),
            row: self.row,
            column: self.heading.columns.get(&field).copied(),
            field: field.as_str(),
            kind,
            other_row: None,
            other_sheet: None,
            found: self.cell(field).shown().into_owned(),
        });
    }
}

pub fn has(problems: &[Problem], field: Field, kind: Kind) -> bool {
    problems.iter().any(|problem| problem.field == field.as_str() && problem.kind == kind)
}

/// The end of a contract; one without an end says so, or says nothing.
fn end(cell: &Cell) -> Read<jiff::civil::Date> {
    if said(cell).is_some_and(|text| words::means_no_end(&text)) { Ok(None) } else { dates::read(cell) }
}
