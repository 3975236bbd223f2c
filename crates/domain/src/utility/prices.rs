//! What a unit costs a holding on each of its days: what its contract agrees on, on the other days the tariff.

use jiff::{ToSpan, civil::Date};
use rust_decimal::Decimal;

use super::{Agreed, Holding, Made, UtilityPart};
use crate::{
    ContractItemId, Money, TariffId,
    meter::MeterKind,
    tariff::{Tariff, days},
};

/// A price and the days of the holding on which it counts.
#[derive(Debug, Clone)]
pub(super) struct Price {
    pub tariff: Tariff,
    /// The contract's charge, when it is no tariff.
    pub agreed: Option<ContractItemId>,
    /// Disjoint, in order.
    spans: Vec<(Date, Date)>,
}

impl Price {
    /// The tariff for whoever asks by no days.
    pub fn of(tariff: &Tariff) -> Price {
        Price { tariff: tariff.clone(), agreed: None, spans: Vec::new() }
    }

    /// On how many of these days it counts, both ends inside.
    pub fn days_within(&self, from: Date, to: Date) -> i64 {
        self.spans.iter().map(|(first, last)| days(from.max(*first), to.min(*last))).sum()
    }

    pub fn made(&self, part: UtilityPart, quantity: Decimal) -> Made {
        Made { agreed: self.agreed.is_some(), ..Made::of(&self.tariff, part, quantity) }
    }

    fn counts_on(&mut self, day: Date) {
        match self.spans.last_mut() {
            Some((_, last)) if last.saturating_add(1.day()) == day => *last = day,
            _ => self.spans.push((day, day)),
        }
    }
}

/// The prices of a holding: its contract's, then the tariffs; on each of its days one at most counts.
pub(super) fn prices(kind: MeterKind, holding: &Holding, tariffs: &[&Tariff]) -> Vec<Price> {
    let own = holding.agreed.iter().map(|agreed| Price {
        tariff: agreed.as_tariff(kind),
        agreed: Some(agreed.item),
        spans: Vec::new(),
    });
    let mut prices: Vec<Price> = own.chain(tariffs.iter().map(|tariff| Price::of(tariff))).collect();
    let mut day = holding.from;
    while day <= holding.to {
        if let Some(price) = prices.iter_mut().find(|price| price.tariff.days_within(day, day) > 0) {
            price.counts_on(day);
        }
        day = day.saturating_add(1.day());
    }
    prices
}

/// On how many of a holding's days its contract's own price counts.
pub(super) fn agreed_days(holding: &Holding) -> i64 {
    if holding.agreed.is_empty() {
        return 0;
    }
    prices(MeterKind::Electricity, holding, &[]).iter().map(|price| price.days_within(holding.from, holding.to)).sum()
}

impl Agreed {
    /// A price for a unit and nothing else.
    fn as_tariff(&self, kind: MeterKind) -> Tariff {
        Tariff {
            id: TariffId(self.item.0),
            kind,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            unit_price: self.unit_price,
            base_fee: Money::ZERO,
            capacity_rate: Money::ZERO,
            support_fee: Money::ZERO,
            vat_mode: self.vat_mode,
        }
    }
}
