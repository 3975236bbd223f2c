//! Small contracts for the tests of charges and of the month run.

use jiff::civil::{Date, date};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::*;

pub fn month(year: i16, number: i8) -> Month {
    Month::new(year, number).expect("a month of the tests")
}

pub fn tugrug(whole: i64) -> Money {
    Money::from_tugrug(whole)
}

pub fn item(number: u128) -> ContractItemId {
    ContractItemId(Uuid::from_u128(number))
}

pub fn room_id(number: u128) -> ContractRoomId {
    ContractRoomId(Uuid::from_u128(number))
}

/// An open contract over nothing that began long ago.
pub fn contract() -> ContractTerms {
    ContractTerms {
        starts_on: date(2020, 1, 1),
        ends_on: None,
        terminated_on: None,
        rooms: vec![],
        lines: vec![],
        schedule: None,
        discounts: vec![],
    }
}

/// Room 301, let from the beginning.
pub fn room(number: u128, area_m2: Decimal) -> LetRoom {
    LetRoom { id: room_id(number), unit_no: number.to_string(), area_m2, from: date(2020, 1, 1), to: None }
}

/// A charge with VAT inside, valid from the beginning.
pub fn charge(number: u128, kind: ChargeKind, basis: ChargeBasis, unit_price: Money) -> ChargeLine {
    ChargeLine {
        id: item(number),
        kind,
        name: kind.to_string(),
        basis,
        unit_price,
        vat_mode: VatMode::Included,
        tax_kind: TaxKind::VatAble,
        room: None,
        valid_from: date(2020, 1, 1),
        valid_to: None,
    }
}

pub fn flat_rent(unit_price: Money) -> ChargeLine {
    charge(1, ChargeKind::Rent, ChargeBasis::Flat, unit_price)
}

pub fn rent_per_m2(unit_price: Money) -> ChargeLine {
    charge(1, ChargeKind::Rent, ChargeBasis::PerM2, unit_price)
}

/// A discount over that time.
pub fn discount(number: u128, off: Off, from: Date, to: Option<Date>) -> Discount {
    let id = ContractDiscountId(Uuid::from_u128(number));
    Discount { id, name: "Хөнгөлөлт".into(), off, valid_from: from, valid_to: to }
}

/// An entry of a schedule without a day of its own.
pub fn scheduled(name: &str, period: Month, amount: Money) -> Scheduled {
    Scheduled { name: name.into(), period, due_on: None, amount }
}

impl ContractTerms {
    pub fn with(mut self, line: ChargeLine) -> Self {
        self.lines.push(line);
        self
    }

    pub fn over(mut self, room: LetRoom) -> Self {
        self.rooms.push(room);
        self
    }

    pub fn less(mut self, discount: Discount) -> Self {
        self.discounts.push(discount);
        self
    }

    pub fn by_schedule(mut self, entries: Vec<Scheduled>) -> Self {
        self.schedule = Some(entries);
        self
    }

    pub fn lasting(mut self, from: Date, to: Date) -> Self {
        (self.starts_on, self.ends_on) = (from, Some(to));
        self
    }
}

impl ChargeLine {
    pub fn valid(mut self, from: Date, to: Option<Date>) -> Self {
        (self.valid_from, self.valid_to) = (from, to);
        self
    }

    pub fn taxed(mut self, mode: VatMode, kind: TaxKind) -> Self {
        (self.vat_mode, self.tax_kind) = (mode, kind);
        self
    }

    pub fn in_room(mut self, number: u128) -> Self {
        self.room = Some(room_id(number));
        self
    }
}

impl LetRoom {
    pub fn let_for(mut self, from: Date, to: Option<Date>) -> Self {
        (self.from, self.to) = (from, to);
        self
    }
}
