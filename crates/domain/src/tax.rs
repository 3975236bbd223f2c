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

/// The first day of each pair of rates, oldest first. City tax began at 1 % and a manual of 2023 still says so; its
/// exact day of change is older than any receipt of ours, so the first day after that manual stands for it.
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn today() -> Rates {
        rates_on(date(2026, 11, 22))
    }

    /// A line's total; then VAT alone, VAT and city tax together, city tax alone, with the base that is left each time.
    const VECTORS: [[&str; 8]; 10] = [
        ["1.00", "0.09", "0.91", "0.09", "0.02", "0.89", "0.02", "0.98"],
        ["457.40", "41.58", "415.82", "40.84", "8.17", "408.39", "8.97", "448.43"],
        ["1114.92", "101.36", "1013.56", "99.55", "19.91", "995.46", "21.86", "1093.06"],
        ["1120", "101.82", "1018.18", "100.00", "20.00", "1000.00", "21.96", "1098.04"],
        ["2800", "254.55", "2545.45", "250.00", "50.00", "2500.00", "54.90", "2745.10"],
        ["33333.33", "3030.30", "30303.03", "2976.19", "595.24", "29761.90", "653.59", "32679.74"],
        ["76000", "6909.09", "69090.91", "6785.71", "1357.14", "67857.14", "1490.20", "74509.80"],
        ["100000", "9090.91", "90909.09", "8928.57", "1785.71", "89285.71", "1960.78", "98039.22"],
        ["850000", "77272.73", "772727.27", "75892.86", "15178.57", "758928.57", "16666.67", "833333.33"],
        ["1250000.50", "113636.41", "1136364.09", "111607.19", "22321.44", "1116071.88", "24509.81", "1225490.69"],
    ];

    /// The price before taxes; it is never sent, but it has to agree with them.
    fn base(total: Money, percent: i64) -> Money {
        total.share(100, 100 + percent).expect("it is smaller than the total")
    }

    #[test]
    fn lines_are_split_as_the_tax_office_splits_them() {
        for vector in VECTORS {
            let [total, vat, vat_base, both_vat, both_city, both_base, city, city_base] =
                vector.map(|text| Money::parse_decimal(text).expect("a vector is an amount"));
            assert_eq!(today().vat_and_city(total, true, false), (vat, Money::ZERO), "{vector:?}");
            assert_eq!(today().vat_and_city(total, true, true), (both_vat, both_city), "{vector:?}");
            assert_eq!(today().vat_and_city(total, false, true), (Money::ZERO, city), "{vector:?}");
            assert_eq!(today().vat_and_city(total, false, false), (Money::ZERO, Money::ZERO));
            assert_eq!([10, 12, 2].map(|p| base(total, p)), [vat_base, both_base, city_base], "{vector:?}");
        }
    }

    #[test]
    fn a_receipt_s_tax_is_the_sum_of_its_lines_taxes() {
        let vat = |total| today().vat_and_city(Money::parse_decimal(total).unwrap(), true, false).0;
        assert_eq!(vat("457.40").checked_add(vat("1114.92")), Ok(Money::from_mungo(14_294)));
    }

    #[test]
    fn a_day_has_the_rates_of_its_time() {
        let pair = |day| (rates_on(day).vat_percent, rates_on(day).city_percent);
        assert_eq!(pair(date(2010, 1, 1)), (10, 1));
        assert_eq!(pair(date(2023, 12, 31)), (10, 1));
        assert_eq!(pair(date(2024, 1, 1)), (10, 2));
        assert_eq!(pair(date(2026, 11, 22)), (10, 2));
    }

    #[test]
    fn vat_on_top_is_a_tenth_with_half_a_mungo_away_from_zero() {
        let added = |net| today().added(Money::from_mungo(net)).mungo();
        assert_eq!([0, 4, 5, 14, 15, 100, 85_000_000].map(added), [0, 0, 1, 1, 2, 10, 8_500_000]);
        assert_eq!([-4, -5, -15, i64::MIN].map(added), [0, -1, -2, -922_337_203_685_477_581]);
        assert_eq!(added(i64::MAX), 922_337_203_685_477_581);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100_000))]

        /// The tax office's integer formula, in 128 bits, is the judge.
        #[test]
        fn the_formula_agrees_and_the_parts_add_up(total in 0..=i64::MAX, vat: bool, city: bool) {
            let (v, c): (i64, i64) = (if vat { 10 } else { 0 }, if city { 2 } else { 0 });
            let (t, d) = (i128::from(total), i128::from(100 + v + c));
            let formula = |percent: i64| (2 * i128::from(percent) * t + d) / (2 * d);
            let (got_vat, got_city) = today().vat_and_city(Money::from_mungo(total), vat, city);
            prop_assert_eq!((i128::from(got_vat.mungo()), i128::from(got_city.mungo())), (formula(v), formula(c)));

            let base = i128::from(base(Money::from_mungo(total), v + c).mungo());
            prop_assert!((base + formula(v) + formula(c) - t).abs() <= 1);
        }

        /// Everyday amounts against decimal arithmetic: base = total ÷ 1.12, VAT = base × 0.10, rounded once.
        #[test]
        fn decimal_arithmetic_agrees(total in 0i64..10_000_000_000, vat: bool, city: bool) {
            use rust_decimal::{Decimal, RoundingStrategy::MidpointAwayFromZero};
            let rate = |applies: bool, percent: i64| Decimal::new(if applies { percent } else { 0 }, 2);
            let (v, c) = (rate(vat, 10), rate(city, 2));
            let base = Decimal::new(total, 2) / (Decimal::ONE + v + c);
            // 28 digits of the quotient may end a hair below an exact half; 12 decimals give the half back
            let rounded = |tax: Decimal| {
                let tax = tax.round_dp_with_strategy(12, MidpointAwayFromZero);
                tax.round_dp_with_strategy(2, MidpointAwayFromZero)
            };
            let (got_vat, got_city) = today().vat_and_city(Money::from_mungo(total), vat, city);
            prop_assert_eq!(Decimal::new(got_vat.mungo(), 2), rounded(base * v));
            prop_assert_eq!(Decimal::new(got_city.mungo(), 2), rounded(base * c));
        }

        #[test]
        fn what_is_given_back_takes_its_tax_with_it(total in -i64::MAX..=i64::MAX, vat: bool, city: bool) {
            let negative = Money::from_mungo(-total);
            let (there_vat, there_city) = today().vat_and_city(Money::from_mungo(total), vat, city);
            let back = today().vat_and_city(negative, vat, city);
            prop_assert_eq!(back, (there_vat.checked_neg().unwrap(), there_city.checked_neg().unwrap()));
            prop_assert_eq!(
                today().added(negative).mungo(),
                -today().added(Money::from_mungo(total)).mungo()
            );
        }
    }
}
