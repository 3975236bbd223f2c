//! What is taken off, piece by piece and whole, with discounts, settlements' corrections and the last möngö.

use proptest::prelude::*;

use super::*;

fn line(amount: i64, vat: i64) -> Line {
    Line {
        id: InvoiceItemId::new(),
        contract_item: None,
        amount: Money::from_mungo(amount),
        vat: Money::from_mungo(vat),
    }
}

fn bill(lines: Vec<Line>, paid: i64) -> Bill {
    let total = Money::sum(lines.iter().map(|line| line.amount)).unwrap();
    Bill {
        total,
        city_tax: Money::ZERO,
        paid: Money::from_mungo(paid),
        lines,
        earlier: Vec::new(),
        earlier_city_tax: Money::ZERO,
    }
}

fn mungo(amount: i64) -> Money {
    Money::from_mungo(amount)
}

/// Writes the correction down as an earlier one.
fn made(bill: &mut Bill, correction: &Correction) {
    for taken in &correction.lines {
        let (amount, vat) = (taken.amount, taken.vat);
        bill.earlier.push(Earlier { line: Some(taken.line), contract_item: None, amount, vat });
    }
    bill.earlier_city_tax = bill.earlier_city_tax.checked_add(correction.totals.city_tax).unwrap();
    bill.paid = bill.paid.checked_add(correction.netted).unwrap();
}

#[test]
fn an_unpaid_bill_is_lowered_and_a_paid_one_gives_credit() {
    let unpaid = bill(vec![line(1100, 100), line(550, 50)], 0);
    let whole = plan(&unpaid, &Asked::Whole).unwrap();
    assert_eq!(
        (whole.totals.total, whole.totals.vat, whole.totals.subtotal),
        (mungo(-1650), mungo(-150), mungo(-1500))
    );
    assert_eq!((whole.netted, whole.freed), (mungo(1650), Money::ZERO));

    let part_paid = bill(unpaid.lines.clone(), 1000);
    let whole = plan(&part_paid, &Asked::Whole).unwrap();
    assert_eq!((whole.netted, whole.freed), (mungo(650), mungo(1000)));
    let some = plan(&part_paid, &Asked::Lines(vec![(part_paid.lines[0].id, Some(mungo(550)))])).unwrap();
    assert_eq!((some.totals.total, some.totals.vat), (mungo(-550), mungo(-50)));
    assert_eq!((some.netted, some.freed), (mungo(550), Money::ZERO));
}

#[test]
fn more_than_is_left_is_refused() {
    let mut corrected = bill(vec![line(1000, 91), line(-200, -18)], 0);
    let (rent, discount) = (corrected.lines[0].id, corrected.lines[1].id);
    let of = |line, amount: i64| Asked::Lines(vec![(line, Some(mungo(amount)))]);
    assert_eq!(plan(&corrected, &of(rent, 1001)), Err(CorrectionError::MoreThanLine { place: 0, left: mungo(1000) }));
    assert_eq!(plan(&corrected, &of(rent, 900)), Err(CorrectionError::MoreThanBill { left: mungo(800) }));
    assert_eq!(plan(&corrected, &of(discount, 1)), Err(CorrectionError::MoreThanLine { place: 0, left: Money::ZERO }));
    let stranger = InvoiceItemId::new();
    assert_eq!(plan(&corrected, &of(stranger, 1)), Err(CorrectionError::NoSuchLine { place: 0 }));
    let twice = Asked::Lines(vec![(rent, Some(mungo(1))), (rent, Some(mungo(1)))]);
    assert_eq!(plan(&corrected, &twice), Err(CorrectionError::LineTwice { place: 1 }));

    let first = plan(&corrected, &of(rent, 700)).unwrap();
    made(&mut corrected, &first);
    assert_eq!(plan(&corrected, &of(rent, 200)), Err(CorrectionError::MoreThanBill { left: mungo(100) }));
    let rest = plan(&corrected, &Asked::Whole).unwrap();
    assert_eq!(rest.totals.total, mungo(-100), "the discount goes with the rest");
    made(&mut corrected, &rest);
    assert_eq!(corrected.left(), Ok(Money::ZERO));
    assert_eq!(plan(&corrected, &Asked::Whole), Err(CorrectionError::NothingLeft));
}

#[test]
fn what_a_settlement_took_off_is_counted_with_the_contract_s_line() {
    let item = ContractItemId::new();
    let rooms = [line(1000, 0), line(500, 0)].map(|line| Line { contract_item: Some(item), ..line });
    let mut settled = bill([&[line(300, 0)], &rooms[..]].concat(), 0);
    let taken = |contract_item, amount| Earlier { line: None, contract_item, amount: mungo(amount), vat: Money::ZERO };
    settled.earlier = vec![taken(Some(item), -1200), taken(None, -100)];

    let left: Vec<i64> = settled.left_of_lines().unwrap().iter().map(|left| left.amount.mungo()).collect();

    assert_eq!(left, [200, 0, 300]);
    assert_eq!(plan(&settled, &Asked::Whole).unwrap().totals.total, mungo(-500));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100_000))]

    /// However a bill is taken off piece by piece, it never gives more than it holds, and in the end all of it to the
    /// möngö: total, VAT and city tax, what was open and what was paid.
    #[test]
    fn pieces_add_up_to_the_bill(
        amounts in prop::collection::vec((1i64..1_000_000_000, 0u8..=1), 1..4),
        pieces in prop::collection::vec((0usize..4, 1i64..1_000_000_000), 0..5),
        paid_share in 0i64..=100, city in 0i64..1_000_000,
    ) {
        let lines: Vec<Line> = amounts.iter().map(|(amount, taxed)| line(*amount, i64::from(*taxed) * (amount / 11))).collect();
        let total: i64 = lines.iter().map(|line| line.amount.mungo()).sum();
        let vat: i64 = lines.iter().map(|line| line.vat.mungo()).sum();
        let paid = (i128::from(total) * i128::from(paid_share) / 100) as i64;
        let city = city.min(total - vat);
        let mut under = Bill { city_tax: mungo(city), ..bill(lines, paid) };
        let (mut off, mut off_vat, mut off_city, mut freed) = (0, 0, 0, 0);
        let asked = pieces.iter().map(|(at, amount)| Asked::Lines(vec![(under.lines[at % under.lines.len()].id, Some(mungo(*amount)))]));
        for asked in asked.collect::<Vec<_>>().into_iter().chain([Asked::Whole]) {
            let Ok(correction) = plan(&under, &asked) else { continue };
            let t = correction.totals;
            prop_assert_eq!(t.total.mungo(), t.subtotal.mungo() + t.vat.mungo() + t.city_tax.mungo());
            prop_assert_eq!(correction.netted.mungo() + correction.freed.mungo(), -t.total.mungo());
            prop_assert!(!correction.netted.is_negative() && !correction.freed.is_negative());
            made(&mut under, &correction);
            off -= t.total.mungo();
            off_vat -= t.vat.mungo();
            off_city -= t.city_tax.mungo();
            freed += correction.freed.mungo();
            prop_assert!(off <= total);
            prop_assert!(under.paid.mungo() <= total);
        }
        prop_assert_eq!((off, off_vat, off_city, freed), (total, vat, city, paid));
        prop_assert_eq!(under.paid.mungo(), total);
    }
}
