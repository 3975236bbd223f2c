//! VAT and city tax, as the tax office computes them: each line alone, in whole möngö, half a möngö away from zero.
//!
//! A receipt's tax is the sum of its lines' taxes, never the tax of its total.

use jiff::civil::{Date, date};

use crate::Money;

/// The rates in force on a day, in per cent of the price before taxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    pub vat_percent: i64,
    pub city_percent: i64,
}

/// The first day of each pair of rates, oldest first.
const HISTORY: [(Date, Rates); 2] = [
    (date(2015, 10, 1), Rates { vat_percent: 10, city_percent: 1 }),
    (date(2024, 1, 1), Rates { vat_percent: 10, city_percent: 2 }),
];

/// The rates of a business day; days before the first known rates have those.
pub fn rates_on(day: Date) -> Rates {
    let in_force = HISTORY.iter().rev().find(|(since, _)| *since <= day);
    in_force.unwrap_or(&HISTORY[0]).1
}

impl Rates {
    /// The VAT and the city tax inside a line's `total`; a tax that does not apply is zero.
    pub fn vat_and_city(self, total: Money, vat: bool, city: bool) -> (Money, Money) {
        let vat_percent = if vat { self.vat_percent } else { 0 };
        let city_percent = if city { self.city_percent } else { 0 };
        let whole = 100 + vat_percent + city_percent;
        let inside = |percent| total.share(percent, whole).expect("a part is no larger than the whole");
        (inside(vat_percent), inside(city_percent))
    }

    /// The VAT that comes on top of a price without it.
    pub fn added(self, net: Money) -> Money {
        net.share(self.vat_percent, 100).expect("a tax below 100 % is smaller than the price")
    }
}
