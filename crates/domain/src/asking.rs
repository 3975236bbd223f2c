//! Asking prices: what a room is offered for a month, how many prices are changed at once, and what a price becomes when
//! rooms are merged or split.

use rust_decimal::Decimal;

use crate::{Money, money::TooLarge, rooms::PriceMode};

/// The most that is asked for a room a month (1 trillion ₮), so that sums over all rooms of an owner fit.
pub const LARGEST_A_MONTH: Money = Money::from_tugrug(1_000_000_000_000);

/// What a room of that area is offered for a month.
pub fn a_month(mode: PriceMode, price: Money, area_m2: Decimal) -> Result<Money, TooLarge> {
    let asked = match mode {
        PriceMode::PerM2 => price.times(area_m2)?,
        PriceMode::Flat => price,
    };
    if asked.compare(LARGEST_A_MONTH).is_gt() { Err(TooLarge) } else { Ok(asked) }
}

words! {
    /// To which whole tögrög a price changed by a percentage is rounded, half up.
    Rounding {
        One = "1",
        Ten = "10",
        Hundred = "100",
    }
}

impl Rounding {
    /// In möngö.
    const fn unit(self) -> i128 {
        match self {
            Rounding::One => 100,
            Rounding::Ten => 1_000,
            Rounding::Hundred => 10_000,
        }
    }
}

/// What is done to the asking prices of many rooms at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PriceChange {
    /// The price is this, exactly.
    Set(Money),
    /// So much more, or less when negative, exactly.
    Add(Money),
    /// So many basis points more or less, rounded half up once.
    Percent { basis_points: i32, rounding: Rounding },
}

/// A price that a change can't give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoPrice {
    BelowZero,
    TooLarge,
}

impl From<TooLarge> for NoPrice {
    fn from(_: TooLarge) -> NoPrice {
        NoPrice::TooLarge
    }
}

impl PriceChange {
    /// The new price of one m² or of a room.
    pub fn applied(self, price: Money) -> Result<Money, NoPrice> {
        let new = match self {
            PriceChange::Set(new) => new,
            PriceChange::Add(more) => price.checked_add(more)?,
            PriceChange::Percent { basis_points, rounding } => {
                let exact = i128::from(price.mungo()) * (10_000 + i128::from(basis_points));
                let unit = 10_000 * rounding.unit();
                let units = (exact * 2 + unit).div_euclid(unit * 2);
                let mungo = i64::try_from(units * rounding.unit()).map_err(|_| NoPrice::TooLarge)?;
                Money::from_mungo(mungo)
            }
        };
        if new.is_negative() { Err(NoPrice::BelowZero) } else { Ok(new) }
    }
}

/// A room as far as its price goes.
#[derive(Debug, Clone, Copy)]
pub struct Priced {
    pub mode: PriceMode,
    pub price: Money,
    pub area_m2: Decimal,
}

/// The price of the room that these are merged into: what they had in common for one m², the sum of whole prices, and
/// none where they were priced differently.
pub fn merged(rooms: &[Priced]) -> Result<(PriceMode, Money), TooLarge> {
    let Some(first) = rooms.first() else { return Ok((PriceMode::PerM2, Money::ZERO)) };
    if rooms.iter().all(|room| room.mode == PriceMode::Flat) {
        return Ok((PriceMode::Flat, Money::sum(rooms.iter().map(|room| room.price))?));
    }
    let alike = |room: &Priced| room.mode == first.mode && room.price.compare(first.price).is_eq();
    let price = if rooms.iter().all(alike) { first.price } else { Money::ZERO };
    Ok((first.mode, price))
}

/// The prices of the parts that a room is split into: one m² costs what it did, a whole price is divided by area.
pub fn split(whole: Priced, areas_m2: &[Decimal]) -> Vec<Money> {
    let hundredths = |area: &Decimal| i64::try_from((area * Decimal::ONE_HUNDRED).trunc().mantissa()).unwrap_or(0);
    let weights: Vec<i64> = areas_m2.iter().map(|area| hundredths(&area.normalize()).max(0)).collect();
    match whole.mode {
        PriceMode::Flat if weights.iter().any(|weight| *weight > 0) => whole.price.split(&weights),
        PriceMode::Flat => vec![Money::ZERO; areas_m2.len()],
        PriceMode::PerM2 => vec![whole.price; areas_m2.len()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn tugrug(amount: i64) -> Money {
        Money::from_tugrug(amount)
    }

    fn percent(basis_points: i32, rounding: Rounding) -> PriceChange {
        PriceChange::Percent { basis_points, rounding }
    }

    fn flat(price: i64, area: &str) -> Priced {
        Priced { mode: PriceMode::Flat, price: tugrug(price), area_m2: area.parse().expect("an area") }
    }

    #[test]
    fn a_percentage_is_rounded_once_and_half_up() {
        for (price, points, rounding, new) in [
            (tugrug(42_000), 500, Rounding::One, tugrug(44_100)),
            (tugrug(42_300), 333, Rounding::One, tugrug(43_709)), // 43 708.59
            (tugrug(42_300), 333, Rounding::Ten, tugrug(43_710)), // 43 708.59
            (tugrug(42_300), 333, Rounding::Hundred, tugrug(43_700)), // 43 708.59
            (tugrug(1_000), 500, Rounding::Hundred, tugrug(1_100)), // 1 050 is half way
            (tugrug(1_000), -500, Rounding::Hundred, tugrug(1_000)), // 950 is half way
            (Money::from_mungo(104_949), 0, Rounding::Hundred, tugrug(1_000)), // 1 049.49, not 1 050 first
            (tugrug(5), -10_000, Rounding::One, Money::ZERO),
            (Money::ZERO, 5_000, Rounding::One, Money::ZERO),
        ] {
            assert_eq!(percent(points, rounding).applied(price), Ok(new), "{price} {points} {rounding}");
        }
    }

    #[test]
    fn what_is_set_or_added_stays_exact() {
        assert_eq!(PriceChange::Set(tugrug(43_555)).applied(tugrug(1)), Ok(tugrug(43_555)));
        assert_eq!(PriceChange::Add(tugrug(-500)).applied(tugrug(42_000)), Ok(tugrug(41_500)));
        assert_eq!(PriceChange::Add(tugrug(-500)).applied(tugrug(499)), Err(NoPrice::BelowZero));
        assert_eq!(PriceChange::Add(Money::MAX).applied(tugrug(1)), Err(NoPrice::TooLarge));
        assert_eq!(percent(i32::MAX, Rounding::Hundred).applied(Money::MAX), Err(NoPrice::TooLarge));
    }

    #[test]
    fn a_month_is_asked_for_the_room() {
        let area = "28.55".parse().expect("an area");
        assert_eq!(a_month(PriceMode::PerM2, tugrug(42_000), area), Ok(tugrug(1_199_100)));
        assert_eq!(a_month(PriceMode::Flat, tugrug(900_000), area), Ok(tugrug(900_000)));
        assert_eq!(a_month(PriceMode::PerM2, LARGEST_A_MONTH, Decimal::TWO), Err(TooLarge));
    }

    #[test]
    fn prices_go_along_when_rooms_are_made_anew() {
        let per_m2 = |price| Priced { mode: PriceMode::PerM2, price: tugrug(price), area_m2: Decimal::TEN };
        assert_eq!(merged(&[flat(300, "10"), flat(200, "5")]), Ok((PriceMode::Flat, tugrug(500))));
        assert_eq!(merged(&[per_m2(42), per_m2(42)]), Ok((PriceMode::PerM2, tugrug(42))));
        assert_eq!(merged(&[per_m2(42), per_m2(43)]), Ok((PriceMode::PerM2, Money::ZERO)));
        let areas = ["10", "10", "10.5"].map(|area| area.parse().expect("an area"));
        let parts = split(flat(1_000, "30.5"), &areas);
        assert_eq!(Money::sum(parts.iter().copied()), Ok(tugrug(1_000)));
        assert!(parts[2].compare(parts[0]).is_gt());
        assert_eq!(split(per_m2(42), &areas), [tugrug(42); 3]);
        assert_eq!(split(flat(5, "0"), &[Decimal::ZERO; 2]), [Money::ZERO; 2]);
    }
}
