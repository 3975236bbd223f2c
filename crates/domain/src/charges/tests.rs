//! Charges on odd days, and what holds for any price, area and month.

use jiff::civil::date;
use proptest::{prelude::*, test_runner::TestCaseError};
use rust_decimal::Decimal;

use super::{samples::*, *};

fn amounts(terms: &ContractTerms, year: i16, number: i8) -> Vec<Money> {
    charges(terms, month(year, number)).lines.iter().map(|line| line.amount).collect()
}

fn total(terms: &ContractTerms, month: Month) -> Money {
    charges(terms, month).totals.total
}

/// What a contract of that one day charges, in möngö.
fn on_day(terms: &mut ContractTerms, month: Month, day: i8) -> i64 {
    terms.starts_on = month.day(day);
    terms.ends_on = Some(terms.starts_on);
    total(terms, month).mungo()
}

fn charges(terms: &ContractTerms, month: Month) -> Charges {
    for_month(terms, month, true).expect("the sample adds up")
}

#[test]
fn a_part_month_is_charged_by_the_days_let() {
    let terms = contract().with(flat_rent(tugrug(930_000))).lasting(date(2026, 10, 16), date(2027, 10, 15));

    assert_eq!(amounts(&terms, 2026, 9), []);
    assert_eq!(amounts(&terms, 2026, 10), [tugrug(480_000)]);
    assert_eq!(amounts(&terms, 2026, 11), [tugrug(930_000)]);
    assert_eq!(amounts(&terms, 2027, 10), [tugrug(450_000)]);
    assert_eq!(amounts(&terms, 2027, 11), []);
}

#[test]
fn the_odd_days_of_the_calendar_count_as_they_are() {
    let rent = || contract().with(flat_rent(tugrug(2_900)));
    let leap_day = rent().lasting(date(2028, 2, 29), date(2028, 2, 29));
    assert_eq!(amounts(&leap_day, 2028, 2), [tugrug(100)], "29 February is one day of 29");
    assert_eq!(amounts(&leap_day, 2028, 3), []);

    let from_the_31st = contract().with(flat_rent(tugrug(868))).lasting(date(2027, 1, 31), date(2027, 2, 28));
    assert_eq!(amounts(&from_the_31st, 2027, 1), [tugrug(28)]);
    assert_eq!(amounts(&from_the_31st, 2027, 2), [tugrug(868)], "all 28 days are a whole month");

    let from_the_first = rent().lasting(date(2026, 11, 1), date(2026, 11, 30));
    assert_eq!(amounts(&from_the_first, 2026, 11), [tugrug(2_900)]);
    assert!(charges(&from_the_first, month(2026, 11)).lines[0].made.is_whole_month());

    let ended_last_month = rent().lasting(date(2026, 1, 1), date(2026, 10, 31));
    assert_eq!(amounts(&ended_last_month, 2026, 10), [tugrug(2_900)]);
    assert_eq!(charges(&ended_last_month, month(2026, 11)), Charges::default());

    let backwards = rent().lasting(date(2026, 11, 20), date(2026, 11, 10));
    assert_eq!(amounts(&backwards, 2026, 11), []);
}

#[test]
fn every_day_of_five_years_costs_its_share() {
    let mut terms = contract().over(room(1, Decimal::new(12_345, 2))).with(rent_per_m2(Money::from_mungo(1_999_999)));
    let mut days = 0;
    let mut month = month(2024, 1);
    while month.year() < 2029 {
        let whole = contract().over(terms.rooms[0].clone()).with(rent_per_m2(Money::from_mungo(1_999_999)));
        let sum: i64 = (1..=month.last_day().day()).map(|day| on_day(&mut terms, month, day)).sum();
        assert!((2 * (sum - total(&whole, month).mungo())).abs() <= month.days() + 1, "{month}");
        days += month.days();
        month = month.next();
    }
    assert_eq!(days, 1_827);
}

#[test]
fn an_early_end_counts_and_a_later_one_does_not() {
    let mut terms = contract().with(flat_rent(tugrug(3_000))).lasting(date(2026, 1, 1), date(2026, 11, 20));
    terms.terminated_on = Some(date(2026, 11, 10));
    assert_eq!(amounts(&terms, 2026, 11), [tugrug(1_000)]);
    terms.terminated_on = Some(date(2026, 11, 25));
    assert_eq!(amounts(&terms, 2026, 11), [tugrug(2_000)]);
}

#[test]
fn a_new_price_makes_two_lines_that_add_up() {
    let terms = contract()
        .with(flat_rent(Money::from_mungo(100)).valid(date(2020, 1, 1), Some(date(2026, 11, 10))))
        .with(ChargeLine { id: item(2), ..flat_rent(Money::from_mungo(100)).valid(date(2026, 11, 11), None) });
    assert_eq!(amounts(&terms, 2026, 11), [Money::from_mungo(33), Money::from_mungo(67)]);

    let thirds = contract()
        .with(flat_rent(Money::from_mungo(100)).valid(date(2020, 1, 1), Some(date(2026, 11, 10))))
        .with(ChargeLine {
            id: item(2),
            ..flat_rent(Money::from_mungo(100)).valid(date(2026, 11, 11), Some(date(2026, 11, 20)))
        })
        .with(ChargeLine { id: item(3), ..flat_rent(Money::from_mungo(100)).valid(date(2026, 11, 21), None) });
    let lines = charges(&thirds, month(2026, 11)).lines;
    let of = |line: &InvoiceLine| (line.amount.mungo(), line.made.evened.mungo());
    assert_eq!(lines.iter().map(of).collect::<Vec<_>>(), [(33, 0), (33, 0), (34, 1)], "the rest is on the last line");
}

#[test]
fn each_room_adds_up_to_its_own_whole() {
    let first_half = |number, room, price| ChargeLine {
        id: item(number),
        ..flat_rent(Money::from_mungo(price)).in_room(room).valid(date(2020, 1, 1), Some(date(2027, 2, 14)))
    };
    let second_half = |number, room, price| first_half(number, room, price).valid(date(2027, 2, 15), None);
    let terms = contract()
        .over(room(1, Decimal::ONE))
        .over(room(2, Decimal::ONE))
        .with(first_half(1, 1, 101))
        .with(first_half(2, 2, 100))
        .with(second_half(3, 2, 100))
        .with(second_half(4, 1, 101));
    let mungo: Vec<i64> = amounts(&terms, 2027, 2).iter().map(|amount| amount.mungo()).collect();
    assert_eq!(mungo, [50, 50, 50, 51]);
}

#[test]
fn a_discount_is_cut_like_the_charge_it_takes_off() {
    let discount = |number, price| charge(number, ChargeKind::Discount, ChargeBasis::Flat, Money::from_mungo(price));
    let terms = contract()
        .with(discount(1, 100).valid(date(2020, 1, 1), Some(date(2026, 11, 10))))
        .with(discount(2, -100).valid(date(2026, 11, 11), Some(date(2026, 11, 20))))
        .with(discount(3, 100).valid(date(2026, 11, 21), None));
    let mungo: Vec<i64> = amounts(&terms, 2026, 11).iter().map(|amount| amount.mungo()).collect();
    assert_eq!(mungo, [-33, -33, -34]);
    assert_eq!(charges(&terms, month(2026, 11)).lines[1].unit_price, Money::from_mungo(-100));
}

#[test]
fn a_move_to_another_room_makes_two_lines() {
    let (small, large) = (room(301, Decimal::from(40)), room(302, Decimal::from(60)));
    let terms = contract()
        .over(small.let_for(date(2026, 1, 1), Some(date(2026, 11, 12))))
        .over(large.let_for(date(2026, 11, 13), None))
        .with(rent_per_m2(tugrug(15_000)));

    let lines = charges(&terms, month(2026, 11)).lines;

    let of = |line: &InvoiceLine| (line.unit_no.clone().expect("a room"), line.made.days_used, line.amount);
    let told: Vec<_> = lines.iter().map(of).collect();
    assert_eq!(told, [("301".into(), 12, tugrug(240_000)), ("302".into(), 18, tugrug(540_000))]);
}

#[test]
fn each_room_of_a_contract_is_charged_by_its_own_area_and_price() {
    let terms = contract()
        .over(room(1, Decimal::new(1005, 1)))
        .over(room(2, Decimal::from(20)))
        .with(rent_per_m2(tugrug(10_000)))
        .with(charge(2, ChargeKind::Management, ChargeBasis::Flat, tugrug(50_000)).in_room(2))
        .with(charge(3, ChargeKind::Service, ChargeBasis::Meter, tugrug(900)));
    assert_eq!(amounts(&terms, 2026, 11), [tugrug(1_005_000), tugrug(200_000), tugrug(50_000)]);
}

#[test]
fn an_area_of_zero_charges_zero() {
    let terms = contract().over(room(1, Decimal::ZERO)).with(rent_per_m2(tugrug(10_000)));
    assert_eq!(amounts(&terms, 2026, 11), [Money::ZERO]);
}

#[test]
fn what_does_not_fit_or_contradicts_itself_is_refused() {
    let refused = |terms: ContractTerms| for_month(&terms, month(2026, 11), true).expect_err("it must be refused");
    let huge = Money::MAX;

    let product = contract().over(room(1, Decimal::TWO)).with(rent_per_m2(huge));
    assert_eq!(refused(product), ChargeError::TooLarge(TooLarge));
    let sum = contract().with(flat_rent(huge)).with(charge(2, ChargeKind::Parking, ChargeBasis::Flat, tugrug(1)));
    assert_eq!(refused(sum), ChargeError::TooLarge(TooLarge));
    let vat_on_top = contract().with(flat_rent(huge).taxed(VatMode::Added, TaxKind::VatAble));
    assert_eq!(refused(vat_on_top), ChargeError::TooLarge(TooLarge));
    let area = contract().over(room(1, Decimal::MAX)).with(rent_per_m2(tugrug(1)));
    assert_eq!(refused(area), ChargeError::TooLarge(TooLarge));
    let discount = contract().with(charge(1, ChargeKind::Discount, ChargeBasis::Flat, Money::from_mungo(i64::MIN)));
    assert_eq!(charges(&discount, month(2026, 11)).totals.total, Money::from_mungo(i64::MIN));

    let name = || "rent".to_owned();
    assert_eq!(refused(contract().with(flat_rent(tugrug(-1)))), ChargeError::NegativePrice { name: name() });
    let below_zero = contract().over(room(1, Decimal::NEGATIVE_ONE)).with(rent_per_m2(tugrug(1)));
    assert_eq!(refused(below_zero), ChargeError::NegativeArea { unit_no: "1".into() });
    assert_eq!(refused(contract().with(flat_rent(huge).in_room(9))), ChargeError::UnknownRoom { name: name() });
    let untaxed = contract().with(flat_rent(tugrug(1)).taxed(VatMode::Exempt, TaxKind::VatAble));
    assert_eq!(refused(untaxed), ChargeError::TaxUnclear { name: name() });
}

#[test]
fn vat_goes_with_the_kind_and_with_the_owner() {
    let bill = |mode, kind, vat_payer| {
        let terms = contract().with(flat_rent(tugrug(1_100)).taxed(mode, kind));
        let charges = for_month(&terms, month(2026, 11), vat_payer).expect("the sample adds up");
        let Totals { subtotal, vat, total, .. } = charges.totals;
        (subtotal.mungo() / 100, vat.mungo() / 100, total.mungo() / 100, charges.lines[0].tax_kind)
    };
    use TaxKind::*;
    assert_eq!(bill(VatMode::Included, VatAble, true), (1_000, 100, 1_100, VatAble));
    assert_eq!(bill(VatMode::Added, VatAble, true), (1_100, 110, 1_210, VatAble));
    assert_eq!(bill(VatMode::Exempt, VatFree, true), (1_100, 0, 1_100, VatFree));
    assert_eq!(bill(VatMode::Added, VatZero, true), (1_100, 0, 1_100, VatZero));
    for mode in [VatMode::Included, VatMode::Added, VatMode::Exempt] {
        assert_eq!(bill(mode, VatAble, false), (1_100, 0, 1_100, VatAble), "not a payer: no VAT, the same kind");
    }
}

#[test]
fn vat_inside_a_price_is_what_the_tax_office_computes() {
    let known = [
        (100, 9),
        (45_740, 4_158),
        (111_492, 10_136),
        (112_000, 10_182),
        (280_000, 25_455),
        (3_333_333, 303_030),
        (7_600_000, 690_909),
        (10_000_000, 909_091),
        (85_000_000, 7_727_273),
        (125_000_050, 11_363_641),
    ];
    for (amount, vat) in known {
        let taxed = taxed(Money::from_mungo(amount), VatMode::Included, rates_on(date(2026, 11, 1))).expect("it fits");
        assert_eq!(taxed.vat, Money::from_mungo(vat), "{amount}");
    }
}

#[test]
fn a_line_tells_how_it_was_made() {
    let area = Decimal::new(12450, 2);
    let mut terms = contract().over(room(301, area)).with(rent_per_m2(tugrug(15_000)));
    let told = |terms: &ContractTerms| charges(terms, month(2026, 11)).lines.remove(0).made;

    assert_eq!(told(&terms).in_mongolian(), "124.5 м² × 15\u{a0}000 ₮ = 1\u{a0}867\u{a0}500 ₮, НӨАТ багтсан");
    terms.starts_on = date(2026, 11, 14);
    assert_eq!(
        told(&terms).in_mongolian(),
        "124.5 м² × 15\u{a0}000 ₮ × 17/30 хоног = 1\u{a0}058\u{a0}250 ₮ (2026.11.14–2026.11.30), НӨАТ багтсан"
    );
    terms.lines[0].vat_mode = VatMode::Added;
    assert_eq!(
        told(&terms).in_english(),
        "124.5 m² × 15\u{a0}000 ₮ × 17/30 days = 1\u{a0}058\u{a0}250 ₮; + VAT 10 % = 1\u{a0}164\u{a0}075 ₮ \
         (2026.11.14–2026.11.30)"
    );

    let exempt = contract().with(flat_rent(tugrug(350_000)).taxed(VatMode::Exempt, TaxKind::VatFree));
    assert_eq!(told(&exempt).in_mongolian(), "1 сар × 350\u{a0}000 ₮ = 350\u{a0}000 ₮, НӨАТ-гүй");
    assert_eq!(told(&exempt).in_english(), "1 month × 350\u{a0}000 ₮ = 350\u{a0}000 ₮, no VAT");
}

#[test]
fn a_mungo_that_was_evened_out_is_told() {
    let price = Money::from_mungo(100);
    let terms = contract()
        .with(flat_rent(price).valid(date(2020, 1, 1), Some(date(2027, 2, 14))))
        .with(ChargeLine { id: item(2), ..flat_rent(Money::from_mungo(101)).valid(date(2027, 2, 15), None) });
    let lines = charges(&terms, month(2027, 2)).lines;
    assert_eq!(lines[1].made.in_mongolian(), "1.01 ₮ × 14/28 хоног = 0.51 ₮ (2027.02.15–2027.02.28), НӨАТ багтсан");

    let halves = contract()
        .with(flat_rent(Money::from_mungo(101)).valid(date(2020, 1, 1), Some(date(2027, 2, 14))))
        .with(ChargeLine { id: item(2), ..flat_rent(Money::from_mungo(101)).valid(date(2027, 2, 15), None) });
    let lines = charges(&halves, month(2027, 2)).lines;
    assert_eq!(
        lines[0].made.in_mongolian(),
        "1.01 ₮ × 14/28 хоног −0.01 ₮ бүхэлчлэлийн зөрүү = 0.50 ₮ (2027.02.01–2027.02.14), НӨАТ багтсан"
    );
    assert_eq!(lines[1].amount, Money::from_mungo(51));
}

#[test]
fn how_it_was_made_is_kept_as_json() {
    let terms = contract().over(room(301, Decimal::new(12450, 2))).with(rent_per_m2(tugrug(15_000)));
    let made = charges(&terms, month(2026, 11)).lines.remove(0).made;
    let json = serde_json::to_value(&made).expect("plain data");
    assert_eq!(json["area_m2"], "124.50");
    assert_eq!((&json["share"], &json["days_used"]), (&"186750000".into(), &30.into()));
    assert_eq!(serde_json::from_value::<Made>(json).expect("what was written"), made);
}

const CASES: u32 = 100_000;

prop_compose! {
    fn any_month()(year in 2024i16..2033, number in 1i8..=12) -> Month {
        month(year, number)
    }
}

/// Up to a billion tögrög, any möngö.
fn any_price() -> impl Strategy<Value = Money> {
    (0i64..100_000_000_000).prop_map(Money::from_mungo)
}

/// Up to 100 000 m² with up to three decimals.
fn any_area() -> impl Strategy<Value = Decimal> {
    (0i64..100_000, 0u32..=3).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale))
}

/// A contract per m² that is cut on the given days, by a new line at its own price or by a move to a room of the same
/// area; sorted days that are not in the month cut nothing.
fn cut_terms(month: Month, area: Decimal, cuts: &[(i8, bool)], prices: [Money; 4]) -> ContractTerms {
    let mut terms = contract().over(room(0, area)).with(rent_per_m2(prices[0]));
    for (number, (day, is_move)) in (1..).zip(cuts) {
        let Ok(from) = month.first_day().with().day(*day).build() else { continue };
        let until = Some(from.yesterday().expect("the calendar goes on"));
        let last_room = terms.rooms.len() - 1;
        if *is_move {
            terms.rooms[last_room].to = until;
            terms.rooms.push(room(number, area).let_for(from, None));
        } else {
            terms.lines.last_mut().expect("there is a first line").valid_to = until;
            let price = prices[number as usize % prices.len()];
            terms.lines.push(ChargeLine { id: item(number), ..rent_per_m2(price).valid(from, None) });
        }
    }
    terms
}

fn any_cuts() -> impl Strategy<Value = Vec<(i8, bool)>> {
    proptest::collection::vec((2i8..=31, any::<bool>()), 1..4).prop_map(|mut cuts| {
        cuts.sort_unstable();
        cuts
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn the_days_of_a_month_add_up_to_it_within_rounding(
        month in any_month(), price in any_price(), area in any_area(), day in 1i8..=31,
    ) {
        let mut terms = contract().over(room(1, area)).with(rent_per_m2(price));
        let whole = total(&terms, month).mungo();

        let any_day = on_day(&mut terms, month, day);
        let last_day = on_day(&mut terms, month, 31);

        prop_assert_eq!(any_day, last_day, "each day of the month costs the same");
        // Half a möngö for each day, and half for the month.
        prop_assert!((2 * (any_day * month.days() - whole)).abs() <= month.days() + 1);
    }

    #[test]
    fn the_parts_of_a_cut_month_add_up_to_the_whole(
        month in any_month(), price in any_price(), area in any_area(), cuts in any_cuts(),
    ) {
        let whole = contract().over(room(1, area)).with(rent_per_m2(price));
        let parts = charges(&cut_terms(month, area, &cuts, [price; 4]), month);
        prop_assert_eq!(parts.totals.total, total(&whole, month));
        prop_assert_eq!(parts.lines.iter().map(|line| line.made.days_used).sum::<i64>(), month.days());
    }

    #[test]
    fn parts_at_other_prices_add_up_to_their_exact_sum(
        month in any_month(), area in any_area(), cuts in any_cuts(),
        prices in [any_price(), any_price(), any_price(), any_price()],
    ) {
        let lines = charges(&cut_terms(month, area, &cuts, prices), month).lines;

        let scale = 10i128.pow(area.scale());
        let exact = |line: &InvoiceLine| {
            i128::from(line.unit_price.mungo()) * area.mantissa() * i128::from(line.made.days_used)
        };
        let whole = scale * i128::from(month.days());
        let sum: i128 = lines.iter().map(|line| i128::from(line.amount.mungo())).sum();
        prop_assert!((2 * (sum * whole - lines.iter().map(exact).sum::<i128>())).abs() <= whole);
        for line in &lines {
            prop_assert!((i128::from(line.amount.mungo()) * whole - exact(line)).abs() < whole, "less than a mungo off");
        }
    }

    #[test]
    fn a_whole_month_is_price_times_area(month in any_month(), price in 0i64.., mantissa: i64, scale in 0u32..=6) {
        let area = Decimal::new(mantissa.saturating_abs(), scale);
        let terms = contract().over(room(1, area)).with(rent_per_m2(Money::from_mungo(price)));
        match (for_month(&terms, month, true), Money::from_mungo(price).times(area)) {
            (Ok(charges), Ok(exact)) => prop_assert_eq!(charges.totals.total, exact),
            (Ok(_), Err(TooLarge)) => prop_assert!(false, "it wrapped"),
            (Err(refused), _) => prop_assert_eq!(refused, ChargeError::TooLarge(TooLarge)),
        }
    }

    #[test]
    fn each_line_has_its_own_vat(share: i64) {
        let share = Money::from_mungo(share / 2);
        let rates = rates_on(date(2026, 11, 1));
        let taxed = |share, mode| taxed(share, mode, rates).map_err(|e| TestCaseError::fail(e.to_string()));

        let inside = taxed(share, VatMode::Included)?;
        prop_assert_eq!(inside.amount, share);
        prop_assert_eq!(inside.net.checked_add(inside.vat), Ok(share));
        let off = 11 * i128::from(inside.vat.mungo()) - i128::from(share.mungo());
        prop_assert!((2 * off).abs() <= 11, "the nearest mungo to an eleventh");

        let on_top = taxed(share, VatMode::Added)?;
        prop_assert_eq!(on_top.net, share);
        prop_assert_eq!(on_top.net.checked_add(on_top.vat), Ok(on_top.amount));
        let seen_from_the_receipt = taxed(on_top.amount, VatMode::Included)?;
        prop_assert_eq!(seen_from_the_receipt.vat, on_top.vat);

        let opposite = taxed(share.checked_neg().expect("a half fits"), VatMode::Included)?;
        prop_assert_eq!(opposite.vat.checked_neg(), Ok(inside.vat), "a charge and its discount cancel out");
    }

    #[test]
    fn the_totals_are_the_sums_of_the_lines(
        month in any_month(),
        vat_payer: bool,
        facts in proptest::collection::vec((0usize..5, 0i64..1 << 40, 0usize..3, 1i8..=31), 0..6),
    ) {
        let mut terms = contract();
        for (number, (kind, price, mode, day)) in (1..).zip(facts) {
            let mode = VatMode::ALL[mode];
            let tax_kind = if mode == VatMode::Exempt { TaxKind::VatFree } else { TaxKind::VatAble };
            let line = charge(number, ChargeKind::ALL[kind], ChargeBasis::Flat, Money::from_mungo(price));
            terms.lines.push(line.taxed(mode, tax_kind).valid(month.day(day), None));
        }

        let Charges { lines, totals } = for_month(&terms, month, vat_payer).expect("it fits");

        let sum = |of: fn(&InvoiceLine) -> Money| lines.iter().map(|line| i128::from(of(line).mungo())).sum::<i128>();
        prop_assert_eq!(sum(|line| line.net), i128::from(totals.subtotal.mungo()));
        prop_assert_eq!(sum(|line| line.vat), i128::from(totals.vat.mungo()));
        prop_assert_eq!(sum(|line| line.amount), i128::from(totals.total.mungo()));
        prop_assert_eq!(Money::sum([totals.subtotal, totals.vat, totals.city_tax]), Ok(totals.total));
        for line in &lines {
            prop_assert_eq!(line.amount.is_negative() && line.kind != ChargeKind::Discount, false);
            prop_assert!(line.amount.is_zero() || line.amount.is_negative() == (line.kind == ChargeKind::Discount));
        }
    }
}
