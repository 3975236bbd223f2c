//! Tariffs: dated prices of what meters count, as data.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::{Money, TariffId, contract::VatMode, meter::MeterKind, money::TooLarge};

/// What a unit costs from a day on; amounts as they were agreed, before VAT or with it inside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tariff {
    pub id: TariffId,
    pub kind: MeterKind,
    pub valid_from: Date,
    /// The last day; `None` is open.
    pub valid_to: Option<Date>,
    /// For one kWh, m³ or Gcal.
    pub unit_price: Money,
    /// For a meter and month.
    pub base_fee: Money,
    /// For a kW of the average load, reckoned over twelve hours a day.
    pub capacity_rate: Money,
    /// For one unit, on top of its price.
    pub support_fee: Money,
    /// Whether the amounts hold VAT or it comes on top.
    pub vat_mode: VatMode,
}

impl Tariff {
    /// Hours a day over which the average load is reckoned.
    const HOURS: i64 = 12;

    /// `quantity ÷ reading days ÷ 12 × rate`, rounded once.
    pub fn capacity(&self, quantity: Decimal, reading_days: i64) -> Result<Money, TooLarge> {
        self.capacity_rate.times_over(quantity, reading_days.max(1) * Self::HOURS)
    }

    /// How many of these days it is in force, both ends inside.
    pub fn days_within(&self, from: Date, to: Date) -> i64 {
        days(from.max(self.valid_from), self.valid_to.map_or(to, |last| last.min(to)))
    }
}

/// How many days there are, both ends inside; none when the end is before the start.
pub(crate) fn days(from: Date, to: Date) -> i64 {
    (i64::from((to - from).get_days()) + 1).max(0)
}
