use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::{TariffId, contract::VatMode, meter::Dial};

fn month() -> Month {
    "2026-10".parse().expect("a literal is a month")
}

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a literal is a decimal")
}

fn tariff(kind: MeterKind, from: Date, to: Option<Date>, [unit, base, capacity, support]: [i64; 4]) -> Tariff {
    Tariff {
        id: TariffId::new(),
        kind,
        valid_from: from,
        valid_to: to,
        unit_price: Money::from_mungo(unit),
        base_fee: Money::from_mungo(base),
        capacity_rate: Money::from_mungo(capacity),
        support_fee: Money::from_mungo(support),
        vat_mode: VatMode::Added,
    }
}

/// The sample owner's own.
fn electricity() -> Vec<Tariff> {
    vec![
        tariff(MeterKind::Electricity, date(2025, 1, 1), Some(date(2026, 6, 30)), [17_560, 200_000, 1_152_000, 2_379]),
        tariff(MeterKind::Electricity, date(2026, 7, 1), None, [20_530, 200_000, 1_550_000, 2_379]),
    ]
}

fn reading(previous: &str, current: &str, multiplier: u32) -> Reading {
    let (previous, current, multiplier) = (decimal(previous), decimal(current), Decimal::from(multiplier));
    let used = Dial { digits: 6, multiplier }.used(previous, current, ReadingStatus::Ok).expect("they fit");
    Reading {
        serial: "4704075".into(),
        status: ReadingStatus::Ok,
        previous,
        current,
        multiplier,
        consumption: used.consumption,
        from: month().first_day(),
        to: month().last_day(),
    }
}

fn point(readings: Vec<Reading>, holdings: Vec<Holding>) -> Point {
    Point { kind: MeterKind::Electricity, month: month(), readings, reading_days: 31, holdings }
}

fn held(from: i8, to: i8) -> Holding {
    Holding { from: date(2026, 10, from), to: date(2026, 10, to), agreed: Vec::new() }
}

#[test]
fn a_meter_s_month_has_its_price_its_fees_and_vat_on_top() {
    let lines = lines(&point(vec![reading("421939.699", "422317.183", 1)], vec![held(1, 31)]), &electricity(), true);
    let lines = lines.expect("it is priced").remove(0);
    let shown: Vec<_> = lines.iter().map(|line| (line.part, line.net.mungo(), line.amount.mungo())).collect();
    // 377.484 × 205.30 ₮; ÷ 31 ÷ 12 × 15 500 ₮; × 23.79 ₮; 2 000 ₮
    assert_eq!(
        shown,
        [
            (UtilityPart::Consumption, 7_749_747, 8_524_722),
            (UtilityPart::Capacity, 1_572_850, 1_730_135),
            (UtilityPart::Support, 898_034, 987_837),
            (UtilityPart::BaseFee, 200_000, 220_000),
        ]
    );
    assert_eq!(
        lines[0].made.in_mongolian(),
        "тоолуур 4704075: (422317.183 − 421939.699) × 1 = 377.484 кВт.ц × 205.30 ₮ = 77\u{a0}497.47 ₮ (тариф 2026.07.01); \
         + НӨАТ 10 % = 85\u{a0}247.22 ₮"
    );
    assert!(lines[1].made.in_english().starts_with("377.484 kWh ÷ 31 days ÷ 12 × 15\u{a0}500 ₮ = 15\u{a0}728.50 ₮"));
    let kept = serde_json::to_value(&lines[0].made).expect("plain data");
    assert_eq!(serde_json::from_value::<Made>(kept).ok().as_ref(), Some(&lines[0].made));
}

#[test]
fn an_owner_who_pays_no_vat_passes_on_what_it_is_charged() {
    let lines = lines(&point(vec![reading("0", "10", 1)], vec![held(1, 31)]), &electricity(), false).unwrap().remove(0);
    assert!(lines.iter().all(|line| line.vat.is_zero() && line.amount == line.net));
}

#[test]
fn a_room_that_changes_tenants_is_cut_by_days_and_empty_days_are_the_owner_s() {
    let two =
        lines(&point(vec![reading("0", "310", 1)], vec![held(1, 10), held(22, 31)]), &electricity(), true).unwrap();
    let used: Vec<_> = two.iter().map(|list| list[0].quantity).collect();
    assert_eq!(used, [decimal("100.000"), decimal("100.000")]);
    let fees: Vec<_> = two.iter().map(|list| list.last().unwrap().net.mungo()).collect();
    assert_eq!(fees, [64_516, 64_516]);
}

#[test]
fn a_reading_at_the_start_gives_each_tenant_its_own() {
    let before = Reading { to: date(2026, 10, 12), ..reading("0", "100", 1) };
    let after = Reading { from: date(2026, 10, 13), ..reading("100", "130", 1) };
    let two = lines(&point(vec![before, after], vec![held(1, 12), held(13, 31)]), &electricity(), true).unwrap();
    assert_eq!(two[0].iter().map(|line| line.part).filter(|part| *part == UtilityPart::Consumption).count(), 1);
    assert_eq!((two[0][0].quantity, two[1][0].quantity), (decimal("100"), decimal("30")));
}

#[test]
fn a_month_with_two_tariffs_is_cut_by_their_days() {
    let mut tariffs = electricity();
    tariffs[0].valid_to = Some(date(2026, 10, 10));
    tariffs[1].valid_from = date(2026, 10, 11);
    let list = lines(&point(vec![reading("0", "310", 1)], vec![held(1, 31)]), &tariffs, true).unwrap().remove(0);
    let consumption: Vec<_> =
        list.iter().filter(|line| line.part == UtilityPart::Consumption).map(|line| line.quantity).collect();
    assert_eq!(consumption, [decimal("100"), decimal("210")]);
}

#[test]
fn without_a_tariff_nothing_is_billed() {
    let point = Point { kind: MeterKind::Heat, ..point(vec![reading("0", "10", 1)], vec![held(1, 31)]) };
    assert_eq!(lines(&point, &electricity(), true), Err(UtilityError::NoTariff(MeterKind::Heat)));
    let season = [tariff(MeterKind::Heat, date(2026, 9, 15), Some(date(2027, 5, 15)), [4_120_000, 0, 0, 0])];
    assert_eq!(lines(&point, &season, true).map(|lists| lists[0].len()), Ok(1));
}

fn agreed(unit_price: i64, from: i8, to: Option<i8>) -> Agreed {
    Agreed {
        item: ContractItemId::new(),
        unit_price: Money::from_mungo(unit_price),
        vat_mode: VatMode::Included,
        valid_from: date(2026, 10, from),
        valid_to: to.map(|to| date(2026, 10, to)),
    }
}

#[test]
fn a_price_of_the_contract_stands_in_the_tariff_s_place_fees_and_all() {
    let charge = agreed(25_000, 1, None);
    let whole = Holding { agreed: vec![charge.clone()], ..held(1, 31) };
    let list = lines(&point(vec![reading("0", "310", 1)], vec![whole]), &electricity(), true).unwrap().remove(0);
    let shown: Vec<_> = list.iter().map(|line| (line.part, line.agreed, line.amount.mungo())).collect();
    assert_eq!(shown, [(UtilityPart::Consumption, Some(charge.item), 7_750_000)]);
    assert!(list[0].made.in_mongolian().ends_with("= 77\u{a0}500 ₮ (гэрээний үнэ 2026.10.01), НӨАТ багтсан"));

    // from the 11th on; of two prices on a day the first one counts
    let part = Holding { agreed: vec![agreed(25_000, 11, None), agreed(1, 11, Some(20))], ..held(1, 31) };
    let list = lines(&point(vec![reading("0", "310", 1)], vec![part]), &electricity(), true).unwrap().remove(0);
    let shown: Vec<_> = list.iter().map(|line| (line.part, line.quantity, line.unit_price.mungo())).collect();
    assert_eq!(
        shown,
        [
            (UtilityPart::Consumption, decimal("210.000"), 25_000),
            (UtilityPart::Consumption, decimal("100.000"), 20_530),
            (UtilityPart::Capacity, decimal("100.000"), 1_550_000),
            (UtilityPart::Support, decimal("100.000"), 2_379),
            (UtilityPart::BaseFee, decimal("1"), 200_000),
        ]
    );
    // ten days of the fee for the meter
    assert_eq!(list[4].net.mungo(), 64_516);

    // where there is no tariff, the contract's price is enough
    let heat = Point {
        kind: MeterKind::Heat,
        ..point(vec![reading("0", "10", 1)], vec![Holding { agreed: vec![agreed(25_000, 1, None)], ..held(1, 31) }])
    };
    assert_eq!(lines(&heat, &electricity(), true).map(|lists| lists[0].len()), Ok(1));
}

fn common(counted: &str, rooms: &str) -> Common {
    Common {
        kind: MeterKind::Electricity,
        month: month(),
        meters: 1,
        counted: decimal(counted),
        rooms: decimal(rooms),
        reading_days: 31,
        by: ShareBy::Area,
    }
}

#[test]
fn a_loss_is_shared_by_weights_and_the_owner_keeps_what_nobody_rents() {
    let shares = shares(&common("72017.360", "18235.618"), &[100, 300, 600], &electricity(), true).unwrap();
    let (one, three) = (shares[0][0].net.mungo(), shares[1][0].net.mungo());
    assert!((three - one * 3).abs() <= 2, "{one} and {three}");
    let told = shares[0][0].made.in_mongolian();
    assert!(
        told.contains("72017.360 − өрөөний тоолуурууд 18235.618 = 53781.742 кВт.ц")
            && told.contains("10.00 % талбайгаар")
    );
    assert_eq!(
        super::shares(&common("10", "11"), &[1, 1], &electricity(), true),
        Err(UtilityError::BelowSubs(MeterKind::Electricity))
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100_000))]

    /// However a month is cut among tenants, and whatever was used, the parts are the counter's.
    #[test]
    fn what_tenants_and_owner_used_is_what_was_counted(
        used in 0i64..2_000_000_000, ratio in 1u32..200, cuts in proptest::collection::btree_set(1i8..31, 0..5), skip in 0usize..6,
    ) {
        let consumption = Decimal::new(used, 3) * Decimal::from(ratio);
        let mut first = 1;
        let mut holdings = Vec::new();
        for last in cuts.into_iter().chain([31]) {
            holdings.push(held(first, last));
            first = last + 1;
        }
        let whole = holdings.clone();
        if skip < holdings.len() { holdings.remove(skip); }
        let of = |holdings: &[Holding]| {
            let reading = Reading { consumption, ..reading("0", "1", 1) };
            let tariffs = electricity();
            let tariffs: Vec<&Tariff> = tariffs.iter().collect();
            let prices: Vec<_> =
                holdings.iter().map(|holding| prices(MeterKind::Electricity, holding, &tariffs)).collect();
            let parts = cut(&reading, holdings, &prices, &tariffs).unwrap();
            parts.into_iter().map(|(_, _, quantity, _)| quantity).sum::<Decimal>()
        };
        prop_assert_eq!(of(&whole), consumption);
        prop_assert!(of(&holdings) <= consumption);
    }

    /// A unit that a contract's own price is charged for is charged at no tariff, and the other way round: the quantities
    /// are the counter's, every day of a reading stands on one line, fees follow the tariff's part alone.
    #[test]
    fn no_unit_is_billed_twice(
        used in 0i64..2_000_000_000, price in 0i64..1_000_000, cut_at in 1i8..31,
        spans in proptest::collection::vec((1i8..=31, proptest::option::of(1i8..=31)), 0..4), to_both: bool,
    ) {
        let consumption = Decimal::new(used, 3);
        let charges: Vec<Agreed> = spans
            .into_iter()
            .map(|(from, to)| agreed(price, from, to.map(|to| to.max(from))))
            .collect();
        let one = Holding { agreed: charges.clone(), ..held(1, cut_at) };
        let two = Holding { agreed: if to_both { charges.clone() } else { Vec::new() }, ..held(cut_at + 1, 31) };
        let readings = vec![Reading { consumption, ..reading("0", "1", 1) }];
        let lists = lines(&point(readings, vec![one.clone(), two.clone()]), &electricity(), true).unwrap();

        let mut counted = Decimal::ZERO;
        for (list, holding) in lists.iter().zip([one, two]) {
            let is_agreed = |day: i8| {
                let day = date(2026, 10, day);
                holding.agreed.iter().any(|it| it.valid_from <= day && it.valid_to.is_none_or(|to| day <= to))
            };
            let held = holding.from.day()..=holding.to.day();
            let agreed_days = i64::try_from(held.clone().filter(|day| is_agreed(*day)).count()).unwrap();
            let (mut by_contract, mut by_tariff, mut at_tariff) = (0, 0, Decimal::ZERO);
            for line in list.iter().filter(|line| line.part == UtilityPart::Consumption) {
                let days = line.made.counted.as_ref().unwrap().days_used;
                counted += line.quantity;
                prop_assert_eq!(line.made.agreed, line.agreed.is_some());
                if line.agreed.is_some() {
                    by_contract += days;
                    prop_assert_eq!(line.unit_price.mungo(), price);
                    prop_assert_eq!(line.amount, Money::from_mungo(price).times(line.quantity).unwrap());
                } else {
                    by_tariff += days;
                    at_tariff += line.quantity;
                }
            }
            prop_assert_eq!((by_contract, by_contract + by_tariff), (agreed_days, days(holding.from, holding.to)));
            let support = list.iter().find(|line| line.part == UtilityPart::Support).map_or(Decimal::ZERO, |line| line.quantity);
            prop_assert_eq!(support, at_tariff);
            let fee = list.iter().find(|line| line.part == UtilityPart::BaseFee);
            prop_assert_eq!(fee.is_some(), by_tariff > 0);
        }
        prop_assert_eq!(counted, consumption);
    }

    /// The money of a loss: shares and the owner's part are the cost, none below nought, none off by a whole möngö.
    #[test]
    fn a_loss_is_shared_exactly(
        counted in 0i64..90_000_000_000, share in 0i64..=1000,
        weights in proptest::collection::vec(0i64..10_000_000, 2..12), by_reading: bool,
    ) {
        let loss = Decimal::new(counted, 3);
        let rooms = (loss * Decimal::new(share, 3)).round_dp(3);
        let common = Common {
            counted: loss, rooms, by: if by_reading { ShareBy::Reading } else { ShareBy::Area }, ..common("0", "0")
        };
        let lists = shares(&common, &weights, &electricity(), true).unwrap();
        let whole: i128 = weights.iter().map(|w| i128::from(*w)).sum();
        let cost = lists.iter().flatten().find_map(|line| line.made.shared.as_ref()).map_or(0, |shared| shared.cost.mungo());
        for (list, weight) in lists.iter().zip(&weights) {
            let net: i64 = list.iter().map(|line| line.net.mungo()).sum();
            let exact = i128::from(cost) * i128::from(*weight);
            prop_assert!((i128::from(net) * whole - exact).abs() < whole.max(1), "{} of {}", net, cost);
        }
        let owners = weights[weights.len() - 1];
        if whole > 0 && cost > 0 {
            let shared: i64 = lists.iter().flatten().map(|line| line.net.mungo()).sum();
            let kept = i128::from(cost) * i128::from(owners);
            prop_assert!((i128::from(cost - shared) * whole - kept).abs() < whole);
        }
    }

    /// 128-bit integers are the judge of every line: price, support fee, load; rounded once, half away from zero.
    #[test]
    fn a_line_is_the_exact_product_rounded_once(used in 0i64..5_000_000_000, days in 1i64..63) {
        let quantity = Decimal::new(used, 3);
        let reading = Reading { consumption: quantity, ..reading("0", "1", 1) };
        let point = Point { reading_days: days, ..point(vec![reading], vec![held(1, 31)]) };
        let list = lines(&point, &electricity(), true).unwrap().remove(0);
        let rounded = |exact: i128, divisor: i128| i64::try_from((2 * exact + divisor) / (2 * divisor)).unwrap();
        let part = |part| list.iter().find(|line| line.part == part).map_or(0, |line| line.net.mungo());
        let used = i128::from(used);
        prop_assert_eq!(part(UtilityPart::Consumption), rounded(used * 20_530, 1000));
        prop_assert_eq!(part(UtilityPart::Support), rounded(used * 2_379, 1000));
        prop_assert_eq!(part(UtilityPart::Capacity), rounded(used * 1_550_000, 1000 * i128::from(days) * 12));
        for line in &list {
            prop_assert_eq!(line.net.checked_add(line.vat).unwrap(), line.amount);
            prop_assert_eq!(line.vat.mungo(), rounded(i128::from(line.net.mungo()) * 10, 100));
        }
    }
}
