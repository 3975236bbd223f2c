//! What a month's readings cost: a metering point's lines for each contract that held its room, and the loss behind a
//! common meter shared out exactly.
//!
//! A reading stands for days of its month. The consumption of days that several contracts or several tariffs share is
//! cut by days with the largest remainder, so the parts add up to what the counter says; days that nobody rented are the
//! owner's. Where a contract agrees on a price per unit, its days cost that price and nothing of the tariff. Each line is
//! rounded once.

mod made;
mod prices;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use rust_decimal::Decimal;

pub use self::made::{Counted, Made, Shared};
use self::prices::{Price, agreed_days, prices};
use crate::{
    ContractItemId, Money, Month,
    charges::taxed,
    contract::VatMode,
    meter::{MeterKind, ReadingStatus},
    money::{TooLarge, split_whole},
    tariff::{Tariff, days},
    tax::rates_on,
};

words! {
    /// What a line of a utility bill is for.
    UtilityPart {
        Consumption = "consumption",
        /// The fee for the meter.
        BaseFee = "base_fee",
        /// The fee for the average load.
        Capacity = "capacity",
        /// The support fee for each unit.
        Support = "support",
        /// The part of what the common meter counts and no room's meter does.
        CommonShare = "common_share",
    }
}

words! {
    /// What a common meter's loss is shared out by.
    ShareBy {
        Area = "area",
        Reading = "reading",
    }
}

/// A month of a metering point: one counter, or an old one and its successor.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    pub kind: MeterKind,
    pub month: Month,
    pub readings: Vec<Reading>,
    /// The days between the first and the last reading: what the average load is reckoned over.
    pub reading_days: i64,
    /// The days of the month that contracts held the room, disjoint.
    pub holdings: Vec<Holding>,
}

/// A reading and the days that it stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    pub serial: String,
    pub status: ReadingStatus,
    pub previous: Decimal,
    pub current: Decimal,
    pub multiplier: Decimal,
    pub consumption: Decimal,
    pub from: Date,
    pub to: Date,
}

/// Days that a contract held the room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    pub from: Date,
    pub to: Date,
    /// What its contract charges by this meter; of several that hold on a day the first one counts.
    pub agreed: Vec<Agreed>,
}

/// A price per unit that a contract agrees on. On its days it stands in the tariff's place, fees and all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed {
    pub item: ContractItemId,
    pub unit_price: Money,
    pub vat_mode: VatMode,
    pub valid_from: Date,
    /// The last day; `None` lasts as long as the contract.
    pub valid_to: Option<Date>,
}

/// One line of a utility bill.
#[derive(Debug, Clone, PartialEq)]
pub struct UtilityLine {
    pub kind: MeterKind,
    pub part: UtilityPart,
    /// The contract's own charge, where its price stands in the tariff's place.
    pub agreed: Option<ContractItemId>,
    /// In the kind's unit; 1 for a fee.
    pub quantity: Decimal,
    pub unit_price: Money,
    pub net: Money,
    pub vat: Money,
    /// What the tenant pays, VAT inside.
    pub amount: Money,
    pub made: Made,
}

/// The readings do not give lines.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UtilityError {
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
    /// On no day of the reading there is a price.
    #[error("there is no tariff for {0}")]
    NoTariff(MeterKind),
    /// The rooms' meters together count more than the common one.
    #[error("the rooms' meters count more than the common one of {0}")]
    BelowSubs(MeterKind),
}

/// The lines of a point's month, a list for each holding in their order.
pub fn lines(point: &Point, tariffs: &[Tariff], vat_payer: bool) -> Result<Vec<Vec<UtilityLine>>, UtilityError> {
    let tariffs = of_kind(tariffs, point.kind);
    let prices: Vec<Vec<Price>> = point.holdings.iter().map(|holding| prices(point.kind, holding, &tariffs)).collect();
    let mut lists: Vec<Vec<UtilityLine>> = vec![Vec::new(); point.holdings.len()];
    // what each holding used at each price, over all readings
    let mut totals: Vec<Vec<Decimal>> = prices.iter().map(|prices| vec![Decimal::ZERO; prices.len()]).collect();
    for reading in &point.readings {
        let parts = cut(reading, &point.holdings, &prices, &tariffs).ok_or(UtilityError::NoTariff(point.kind))?;
        for (h, p, quantity, held) in parts {
            let price = &prices[h][p];
            totals[h][p] += quantity;
            let counted = Counted {
                serial: reading.serial.clone(),
                status: reading.status,
                previous: reading.previous,
                current: reading.current,
                multiplier: reading.multiplier,
                consumption: reading.consumption,
                days_used: held,
                days: days(reading.from, reading.to),
            };
            let unit_price = price.tariff.unit_price;
            let share = unit_price.times(quantity)?;
            let made = Made { counted: Some(counted), ..price.made(UtilityPart::Consumption, quantity) };
            lists[h].push(line(point, price, made, unit_price, share, vat_payer)?);
        }
    }
    for (list, (prices, totals)) in lists.iter_mut().zip(prices.iter().zip(&totals)) {
        for (price, quantity) in prices.iter().zip(totals).filter(|(_, quantity)| !quantity.is_zero()) {
            let tariff = &price.tariff;
            if !tariff.capacity_rate.is_zero() {
                let made =
                    Made { reading_days: Some(point.reading_days), ..price.made(UtilityPart::Capacity, *quantity) };
                let share = tariff.capacity(*quantity, point.reading_days)?;
                list.push(line(point, price, made, tariff.capacity_rate, share, vat_payer)?);
            }
            if !tariff.support_fee.is_zero() {
                let made = price.made(UtilityPart::Support, *quantity);
                let share = tariff.support_fee.times(*quantity)?;
                list.push(line(point, price, made, tariff.support_fee, share, vat_payer)?);
            }
        }
    }
    if let Some(tariff) = in_force_last(&tariffs, point.month) {
        let price = Price::of(tariff);
        for (list, (share, held)) in lists.iter_mut().zip(base_fees(point, tariff)) {
            if !share.is_zero() {
                let made =
                    Made { held: Some((held, point.month.days())), ..price.made(UtilityPart::BaseFee, Decimal::ONE) };
                list.push(line(point, &price, made, tariff.base_fee, share, vat_payer)?);
            }
        }
    }
    Ok(lists)
}

/// What a common meter counted and no room's meter did.
pub fn loss(kind: MeterKind, common: Decimal, rooms: &[Decimal]) -> Result<Decimal, UtilityError> {
    let loss = common - rooms.iter().sum::<Decimal>();
    if loss.is_sign_negative() && !loss.is_zero() { Err(UtilityError::BelowSubs(kind)) } else { Ok(loss) }
}

/// A common meter's month.
#[derive(Debug, Clone, PartialEq)]
pub struct Common {
    pub kind: MeterKind,
    pub month: Month,
    /// How many common meters there are: each has its fee.
    pub meters: i64,
    pub counted: Decimal,
    /// What the rooms' meters counted together.
    pub rooms: Decimal,
    pub reading_days: i64,
    pub by: ShareBy,
}

/// Shares out what a common meter's loss costs, priced as a meter's consumption is: a list of lines for each of the
/// first `weights.len() − 1` weights; the last one is what nobody rents, which stays with the owner. The shares and the
/// owner's part add up to the cost exactly.
pub fn shares(
    common: &Common,
    weights: &[i64],
    tariffs: &[Tariff],
    vat_payer: bool,
) -> Result<Vec<Vec<UtilityLine>>, UtilityError> {
    let tariffs = of_kind(tariffs, common.kind);
    let tenants = weights.len().saturating_sub(1);
    let mut lists: Vec<Vec<UtilityLine>> = vec![Vec::new(); tenants];
    let whole: i64 = weights.iter().sum();
    let loss = loss(common.kind, common.counted, &[common.rooms])?;
    if whole == 0 || loss.is_zero() {
        return Ok(lists);
    }
    let in_force: Vec<i64> =
        tariffs.iter().map(|tariff| tariff.days_within(common.month.first_day(), common.month.last_day())).collect();
    if in_force.iter().all(|days| *days == 0) {
        return Err(UtilityError::NoTariff(common.kind));
    }
    let last = in_force_last(&tariffs, common.month).map(|tariff| tariff.id);
    for (tariff, quantity) in tariffs.iter().zip(split_quantity(loss, &in_force)) {
        let fees = if Some(tariff.id) == last { tariff.base_fee.share(common.meters, 1)? } else { Money::ZERO };
        let cost = Money::sum([
            tariff.unit_price.times(quantity)?,
            tariff.support_fee.times(quantity)?,
            tariff.capacity(quantity, common.reading_days)?,
            fees,
        ])?;
        let quantities = split_quantity(quantity, weights);
        let costs = cost.split(weights);
        for (place, list) in lists.iter_mut().enumerate() {
            if weights[place] == 0 || costs[place].is_zero() {
                continue;
            }
            let shared = Shared {
                by: common.by,
                common: common.counted,
                rooms: common.rooms,
                loss: quantity,
                cost,
                weight: weights[place],
                whole,
            };
            let price = Price::of(tariff);
            let made = Made { shared: Some(shared), ..price.made(UtilityPart::CommonShare, quantities[place]) };
            let of = Point {
                kind: common.kind,
                month: common.month,
                readings: Vec::new(),
                reading_days: common.reading_days,
                holdings: Vec::new(),
            };
            list.push(line(&of, &price, made, tariff.unit_price, costs[place], vat_payer)?);
        }
    }
    Ok(lists)
}

/// A quantity cut by weights; the parts add up to it (largest remainder in its last decimal, the third at least).
/// Weights are not negative and not all zero.
pub fn split_quantity(quantity: Decimal, weights: &[i64]) -> Vec<Decimal> {
    let mut scaled = quantity;
    scaled.rescale(quantity.scale().max(3));
    let parts = split_whole(scaled.mantissa(), weights);
    parts.into_iter().map(|part| Decimal::from_i128_with_scale(part, scaled.scale())).collect()
}

fn of_kind(tariffs: &[Tariff], kind: MeterKind) -> Vec<&Tariff> {
    tariffs.iter().filter(|tariff| tariff.kind == kind).collect()
}

/// A reading's consumption by holding and price: the holding, the price, the quantity, and the days. `None` when there is
/// no price on any of its days. What falls on days that nobody held is left out.
fn cut(
    reading: &Reading,
    holdings: &[Holding],
    prices: &[Vec<Price>],
    tariffs: &[&Tariff],
) -> Option<Vec<(usize, usize, Decimal, i64)>> {
    let mut places = Vec::new();
    let mut weights = Vec::new();
    for (h, prices) in prices.iter().enumerate() {
        for (p, price) in prices.iter().enumerate() {
            let held = price.days_within(reading.from, reading.to);
            places.push((h, p, held));
            weights.push(held);
        }
    }
    // days with a tariff that nobody held
    let mut free = 0;
    for tariff in tariffs {
        free += tariff.days_within(reading.from, reading.to);
        for holding in holdings {
            free -= tariff.days_within(reading.from.max(holding.from), reading.to.min(holding.to));
        }
    }
    weights.push(free);
    if weights.iter().all(|days| *days == 0) {
        return None;
    }
    let parts = split_quantity(reading.consumption, &weights);
    let parts = places.into_iter().zip(parts).filter(|((_, _, held), _)| *held > 0);
    Some(parts.map(|((h, p, held), quantity)| (h, p, quantity, held)).collect())
}

/// The month's fee for the meter, by the days held; days that nobody held are the owner's, and so are those on which a
/// contract's own price holds.
fn base_fees(point: &Point, tariff: &Tariff) -> Vec<(Money, i64)> {
    let held: Vec<i64> =
        point.holdings.iter().map(|holding| days(holding.from, holding.to) - agreed_days(holding)).collect();
    let free = (point.month.days() - held.iter().sum::<i64>()).max(0);
    let weights: Vec<i64> = held.iter().copied().chain([free]).collect();
    if weights.iter().all(|weight| *weight == 0) {
        return Vec::new();
    }
    tariff.base_fee.split(&weights).into_iter().zip(held).collect()
}

/// The tariff of the month's last priced day.
fn in_force_last<'t>(tariffs: &[&'t Tariff], month: Month) -> Option<&'t Tariff> {
    let priced = tariffs.iter().filter(|tariff| tariff.days_within(month.first_day(), month.last_day()) > 0);
    priced.max_by_key(|tariff| tariff.valid_from).copied()
}

fn line(
    point: &Point,
    price: &Price,
    made: Made,
    unit_price: Money,
    share: Money,
    vat_payer: bool,
) -> Result<UtilityLine, UtilityError> {
    // an owner who is no payer passes on what it is charged
    let vat_mode = if vat_payer { price.tariff.vat_mode } else { VatMode::Exempt };
    let priced = taxed(share, vat_mode, rates_on(point.month.last_day()))?;
    Ok(UtilityLine {
        kind: point.kind,
        part: made.part,
        agreed: price.agreed,
        quantity: made.quantity,
        unit_price,
        net: priced.net,
        vat: priced.vat,
        amount: priced.amount,
        made: Made { unit_price, share, vat_mode, amount: priced.amount, ..made },
    })
}
