//! Discounts of a contract: a percent of its rent, or an amount a month, each for a time of its own.
//!
//! A discount is put on the lines of rent that it is for, so that each part is taxed as its rent is. Its sum is computed
//! exactly over all of them and rounded once; the parts are cut down and what is missing goes to the largest remainders,
//! the earlier line first. So a discount of 100 % takes off each line exactly what it comes to. Several discounts do not
//! feel each other: each is taken of the rent before any.

use std::cmp::Reverse;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    ContractTerms,
    pieces::{Days, Piece},
};
use crate::{ContractDiscountId, Money, Month, contract::ChargeKind, money::TooLarge};

/// What a contract's tenant is let off, for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discount {
    pub id: ContractDiscountId,
    pub name: String,
    pub off: Off,
    pub valid_from: Date,
    /// The last day; `None` lasts as long as the contract.
    pub valid_to: Option<Date>,
}

/// How much a discount takes off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Off {
    /// Hundredths of a per cent of the rent, at most 10 000.
    Percent { percent_bp: i32 },
    /// A positive amount for a whole month.
    Amount { amount: Money },
}

/// A discount's part on one line of rent.
pub(super) struct Part<'a> {
    pub discount: &'a Discount,
    pub of: &'a Piece<'a>,
    /// What that line comes to.
    pub rent: Money,
    /// The days of the line that the discount is for.
    pub days: Days,
    /// Negative.
    pub share: Money,
}

/// A line of rent within a discount's time.
struct Touched<'a> {
    of: &'a Piece<'a>,
    rent: Money,
    days: Days,
}

/// What the month's discounts take off which lines; `shares` are what the pieces come to.
pub(super) fn of<'a>(
    terms: &'a ContractTerms,
    month: Month,
    pieces: &'a [Piece<'a>],
    shares: &[Money],
) -> Result<Vec<Part<'a>>, TooLarge> {
    let mut parts = Vec::new();
    let Some(let_days) = terms.days(month) else { return Ok(parts) };
    for discount in &terms.discounts {
        let rents = pieces.iter().zip(shares).filter(|(piece, _)| piece.line.kind == ChargeKind::Rent);
        let touched = rents.filter_map(|(of, rent)| {
            let days = of.days.within(discount.valid_from, discount.valid_to)?;
            Some(Touched { of, rent: *rent, days })
        });
        let touched: Vec<Touched<'a>> = touched.collect();
        let off = match discount.off {
            Off::Percent { percent_bp } => percent(&touched, percent_bp)?,
            Off::Amount { amount } => {
                let days = let_days.within(discount.valid_from, discount.valid_to).map_or(0, Days::count);
                spread(&touched, amount.share(days, month.days())?)?
            }
        };
        for (Touched { of, rent, days }, off) in touched.into_iter().zip(off) {
            if !off.is_zero() {
                parts.push(Part { discount, of, rent, days, share: off.checked_neg()? });
            }
        }
    }
    Ok(parts)
}

/// `Σ rent × days ÷ days of the line × percent`, rounded once and put on the lines.
fn percent(touched: &[Touched<'_>], percent_bp: i32) -> Result<Vec<Money>, TooLarge> {
    let whole = touched.iter().map(|line| i128::from(line.of.days.count())).fold(1, lcm);
    let whole = whole.checked_mul(10_000).ok_or(TooLarge)?;
    let mut parts = Vec::with_capacity(touched.len());
    let mut remainders = Vec::with_capacity(touched.len());
    for (place, line) in touched.iter().enumerate() {
        let of_line = i128::from(line.of.days.count()) * 10_000;
        let taken = i128::from(line.days.count()) * i128::from(percent_bp) * (whole / of_line);
        let exact = i128::from(line.rent.mungo()).checked_mul(taken).ok_or(TooLarge)?;
        parts.push(i64::try_from(exact / whole).map_err(|_| TooLarge)?);
        remainders.push((exact % whole, place));
    }
    // Rents are not negative, so neither are the remainders, and less than one möngö a line is missing.
    let rest: i128 = remainders.iter().map(|(remainder, _)| remainder).sum();
    let missing = usize::try_from((2 * rest + whole) / (2 * whole)).expect("each line misses less than a mungo");
    remainders.sort_by_key(|(remainder, place)| (Reverse(*remainder), *place));
    for (_, place) in remainders.into_iter().take(missing) {
        parts[place] += 1;
    }
    Ok(parts.into_iter().map(Money::from_mungo).collect())
}

/// An amount put on lines in proportion to what they come to within its time; on none when that is nothing.
fn spread(touched: &[Touched<'_>], amount: Money) -> Result<Vec<Money>, TooLarge> {
    let weight = |line: &Touched<'_>| {
        let of_line = line.of.days.count();
        // Whole lines weigh what they come to; a part of one by its days.
        line.rent.share(line.days.count(), of_line).map(Money::mungo)
    };
    let weights = touched.iter().map(weight).collect::<Result<Vec<_>, _>>()?;
    if weights.iter().all(|weight| *weight == 0) {
        return Ok(vec![Money::ZERO; touched.len()]);
    }
    Ok(amount.split(&weights))
}

fn lcm(a: i128, b: i128) -> i128 {
    let (mut x, mut y) = (a, b);
    while y != 0 {
        (x, y) = (y, x % y);
    }
    a / x * b
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use super::*;
    use crate::{
        charges::{ChargeLine, Charges, InvoiceLine, for_month, samples::*},
        contract::{ChargeBasis, TaxKind, VatMode},
    };

    const TENTH: Off = Off::Percent { percent_bp: 1_000 };

    fn billed(terms: &ContractTerms, year: i16, number: i8) -> Charges {
        for_month(terms, month(year, number), true).expect("the sample adds up")
    }

    fn less(charges: &Charges) -> Vec<i64> {
        let lines = charges.lines.iter().filter(|line| line.kind == ChargeKind::Discount);
        lines.map(|line| line.amount.mungo()).collect()
    }

    #[test]
    fn a_tenth_of_the_rent_and_of_nothing_else_is_taken_off() {
        let terms = contract()
            .with(flat_rent(tugrug(1_000_000)))
            .with(charge(2, ChargeKind::Parking, ChargeBasis::Flat, tugrug(150_000)))
            .less(discount(1, TENTH, date(2026, 11, 1), Some(date(2026, 12, 31))));

        assert_eq!(billed(&terms, 2026, 10).totals.total, tugrug(1_150_000), "before its time");
        let november = billed(&terms, 2026, 11);
        assert_eq!(november.totals.total, tugrug(1_050_000));
        assert_eq!(
            november.lines[2].made.in_mongolian(),
            "1\u{a0}000\u{a0}000 ₮ × 10 % = −100\u{a0}000 ₮, НӨАТ багтсан"
        );
        assert_eq!(billed(&terms, 2027, 1).totals.total, tugrug(1_150_000), "after its time");
    }

    #[test]
    fn a_discount_inside_a_month_counts_its_days() {
        let half = Off::Percent { percent_bp: 5_000 };
        let terms = contract().with(flat_rent(tugrug(3_000))).less(discount(1, half, date(2026, 11, 21), None));
        let november = billed(&terms, 2026, 11);
        assert_eq!(less(&november), [-50_000], "ten of thirty days at a half");
        let told = november.lines[1].made.in_english();
        assert_eq!(told, "3\u{a0}000 ₮ × 50 % × 10/30 days = −500 ₮ (2026.11.21–2026.11.30), VAT included");
        let late = terms.lasting(date(2026, 11, 21), date(2026, 11, 30));
        assert_eq!(billed(&late, 2026, 11).totals.total, tugrug(500), "the line is ten days, all of them at a half");
    }

    #[test]
    fn an_amount_is_put_on_the_rents_and_taxed_as_they_are() {
        let exempt = ChargeLine { id: item(2), ..flat_rent(tugrug(1_000)) }.taxed(VatMode::Exempt, TaxKind::VatFree);
        let off = Off::Amount { amount: tugrug(400) };
        let terms =
            contract().with(flat_rent(tugrug(3_000))).with(exempt).less(discount(1, off, date(2026, 1, 1), None));
        let charges = billed(&terms, 2026, 11);
        assert_eq!(less(&charges), [-30_000, -10_000]);
        let kinds: Vec<TaxKind> = charges.lines[2..].iter().map(|line| line.tax_kind).collect();
        assert_eq!(kinds, [TaxKind::VatAble, TaxKind::VatFree]);
        assert!(charges.lines[2].vat.is_negative() && charges.lines[3].vat.is_zero());
    }

    #[test]
    fn everything_off_leaves_nothing_of_any_room() {
        let whole = Off::Percent { percent_bp: 10_000 };
        let terms = (1..=7).fold(contract(), |terms, n| {
            let area = Decimal::new(3_333 + i64::try_from(n).expect("small"), 2);
            terms.over(room(n, area))
        });
        let terms =
            terms.with(rent_per_m2(Money::from_mungo(1_234_567))).less(discount(1, whole, date(2020, 1, 1), None));
        let terms = terms.lasting(date(2026, 11, 3), date(2026, 11, 19));
        let charges = billed(&terms, 2026, 11);
        assert_eq!((charges.lines.len(), charges.totals.total), (14, Money::ZERO));
    }

    #[test]
    fn discounts_do_not_feel_each_other() {
        let terms = contract().with(flat_rent(tugrug(1_000))).less(discount(1, TENTH, date(2020, 1, 1), None));
        let terms = terms.less(discount(2, TENTH, date(2020, 1, 1), None));
        assert_eq!(billed(&terms, 2026, 11).totals.total, tugrug(800));
    }

    fn rent_of(charges: &Charges) -> impl Iterator<Item = &InvoiceLine> {
        charges.lines.iter().filter(|line| line.kind == ChargeKind::Rent)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100_000))]

        /// Whatever the rents, the days and the percent: the lines sum to the total, the discount is the percent of the
        /// rent rounded once, no line gives back more than its rent, and each part is the exact one to within a möngö.
        #[test]
        fn a_discount_is_exact_whatever_it_is_taken_of(
            prices in prop::collection::vec(0i64..2_000_000_000, 1..6),
            percent_bp in 0i32..=10_000,
            (first, days) in (1i8..=28, 0i8..40),
            (from, to) in (1i8..=30, 0i8..40),
            vat_payer: bool,
        ) {
            let start = date(2026, 11, first);
            let clamp = |day: i16| date(2026, 11, i8::try_from(day.min(30)).expect("a day"));
            let end = clamp(i16::from(first) + i16::from(days));
            let window = (date(2026, 11, from), clamp(i16::from(from) + i16::from(to)));
            let terms = prices.iter().enumerate().fold(contract(), |terms, (n, price)| {
                let line = ChargeLine { id: item(n as u128 + 1), name: format!("{n}"), ..flat_rent(Money::from_mungo(*price)) };
                terms.with(line)
            });
            let terms = terms.lasting(start, end).less(discount(1, Off::Percent { percent_bp }, window.0, Some(window.1)));

            let charges = for_month(&terms, month(2026, 11), vat_payer).expect("it fits");

            let sum: i64 = charges.lines.iter().map(|line| line.amount.mungo()).sum();
            prop_assert_eq!(sum, charges.totals.total.mungo());
            let parts: i64 = charges.lines.iter().map(|line| line.net.mungo() + line.vat.mungo()).sum();
            prop_assert_eq!(parts, charges.totals.total.mungo());

            let of_line = i128::from(end.day() - start.day()) + 1;
            let both = (i128::from(end.day().min(window.1.day())) - i128::from(start.day().max(window.0.day())) + 1).max(0);
            let whole = of_line * 10_000;
            let exact: i128 = rent_of(&charges).map(|rent| i128::from(rent.made.share.mungo()) * both * i128::from(percent_bp)).sum();
            let off: i128 = -less_shares(&charges).map(i128::from).sum::<i128>();
            prop_assert_eq!(off, (2 * exact + whole) / (2 * whole), "the percent of the rent, rounded once");
            for line in charges.lines.iter().filter(|line| line.discount.is_some()) {
                let rent = rent_of(&charges).find(|rent| rent.item == line.item).expect("its rent is there");
                let exact = i128::from(rent.made.share.mungo()) * both * i128::from(percent_bp);
                let off = -i128::from(line.made.share.mungo());
                prop_assert!(off <= i128::from(rent.made.share.mungo()));
                prop_assert!((off * whole - exact).abs() < whole, "within a möngö of its own share");
            }
        }

        #[test]
        fn an_amount_is_taken_off_whole(prices in prop::collection::vec(1i64..2_000_000_000, 1..6), amount in 0i64..1_000_000_000) {
            let terms = prices.iter().enumerate().fold(contract(), |terms, (n, price)| {
                let line = ChargeLine { id: item(n as u128 + 1), name: format!("{n}"), ..flat_rent(Money::from_mungo(*price)) };
                terms.with(line)
            });
            let off = Off::Amount { amount: Money::from_mungo(amount) };
            let charges = billed(&terms.less(discount(1, off, date(2020, 1, 1), None)), 2026, 11);
            prop_assert_eq!(less_shares(&charges).sum::<i64>(), -amount);
        }
    }

    fn less_shares(charges: &Charges) -> impl Iterator<Item = i64> {
        charges.lines.iter().filter(|line| line.discount.is_some()).map(|line| line.made.share.mungo())
    }
}
