//! A contract of 300 000 ₮ a month, ended on days early and late.

use jiff::civil::date;

use super::*;
use crate::charges::samples::{contract, flat_rent, item, tugrug};

const TODAY: Date = date(2026, 11, 20);

fn november() -> Month {
    Month::new(2026, 11).expect("a month")
}

fn terms() -> ContractTerms {
    contract().with(flat_rent(tugrug(300_000)))
}

/// November's bill over 300 000 ₮, VAT inside.
fn bill(paid: i64) -> Billed {
    let whole = charges::for_month(&terms(), november(), true).expect("a small contract");
    let lines = whole.lines.iter().map(|line| BilledLine { item: Some(item(1)), amount: line.amount, vat: line.vat });
    Billed {
        invoice: InvoiceId::new(),
        period: november(),
        total: whole.totals.total,
        paid: tugrug(paid),
        is_locked: false,
        lines: lines.collect(),
    }
}

fn open(bill: &Billed) -> Vec<OpenInvoice> {
    let open = bill.total.checked_sub(bill.paid).expect("small amounts");
    let (issued_on, due_on) = (date(2026, 11, 10), date(2026, 12, 1));
    vec![OpenInvoice { id: bill.invoice, code: "INV-1".into(), issued_on, due_on, open }]
        .into_iter()
        .filter(|bill| bill.open.is_positive())
        .collect()
}

/// Ends the contract with that bill, that deposit in hand, and sets it off.
fn settle(on: Date, bill: Option<&Billed>, held: i64) -> Settlement {
    let billed: Vec<Billed> = bill.cloned().into_iter().collect();
    let open = bill.map(open).unwrap_or_default();
    let facts = Facts {
        terms: &terms(),
        on,
        today: TODAY,
        payment_day: 1,
        vat_payer: true,
        billed: &billed,
        open: &open,
        credit: Money::ZERO,
        held: tugrug(held),
        set_off: true,
        new_id: InvoiceId::new,
    };
    let settlement = plan(&facts).expect("it adds up");
    adds_up(&settlement);
    settlement
}

/// What was owed, with all that is made and taken back, is what was paid and what is left.
#[track_caller]
fn adds_up(s: &Settlement) {
    let sum = |amounts: &[Money]| amounts.iter().map(|amount| amount.mungo()).sum::<i64>();
    let owed = sum(&[s.open_before, s.billed]) - s.taken_back.mungo();
    assert_eq!(owed, sum(&[s.to_pay, s.set_off_total(), s.credit_used]) - s.credit.mungo(), "{s:#?}");
    assert_eq!(s.held, s.deposit_left.checked_add(s.set_off_total()).expect("small amounts"));
    assert_eq!(s.credit, s.credit_left.checked_add(s.credit_used).expect("small amounts"));
}

#[test]
fn days_not_billed_yet_are_billed_and_the_deposit_pays_them() {
    let settlement = settle(date(2026, 11, 24), None, 500_000);
    assert!(matches!(settlement.months[0].step, Step::Bill { .. }), "{settlement:#?}");
    assert_eq!(settlement.months[0].used.lines[0].made.days_used, 24);
    assert_eq!((settlement.billed, settlement.set_off_total()), (tugrug(240_000), tugrug(240_000)));
    assert_eq!((settlement.to_pay, settlement.deposit_left), (Money::ZERO, tugrug(260_000)));
}

#[test]
fn an_unpaid_bill_that_reaches_too_far_is_made_anew() {
    let bill = bill(0);
    let settlement = settle(date(2026, 11, 15), Some(&bill), 0);
    let [MonthSettled { step: Step::Anew { invoice, billed, id: Some(_), .. }, .. }] = &settlement.months[..] else {
        panic!("{settlement:#?}")
    };
    assert_eq!((*invoice, *billed), (bill.invoice, tugrug(300_000)));
    assert_eq!((settlement.open_before, settlement.to_pay), (tugrug(300_000), tugrug(150_000)));
}

#[test]
fn a_month_of_which_no_day_was_used_is_only_taken_back() {
    let settlement = settle(date(2026, 10, 31), Some(&bill(0)), 0);
    assert!(matches!(settlement.months[..], [MonthSettled { step: Step::Anew { id: None, .. }, .. }]));
    assert_eq!((settlement.billed, settlement.to_pay), (Money::ZERO, Money::ZERO));
}

#[test]
fn a_paid_bill_stands_and_its_unused_days_become_credit() {
    let settlement = settle(date(2026, 11, 15), Some(&bill(300_000)), 100_000);
    let [MonthSettled { step: Step::Correct(correction), .. }] = &settlement.months[..] else {
        panic!("{settlement:#?}")
    };
    assert_eq!(correction.amount(), tugrug(150_000));
    let vat_of_days_used = Money::from_mungo(1_363_636);
    assert_eq!(
        correction.totals.vat,
        Money::from_mungo(vat_of_days_used.mungo() - 2_727_273),
        "what stays is the VAT of the days used"
    );
    assert_eq!((correction.netted, correction.freed), (Money::ZERO, tugrug(150_000)));
    assert_eq!((settlement.credit_left, settlement.deposit_left), (tugrug(150_000), tugrug(100_000)));
}

#[test]
fn of_a_partly_paid_bill_the_open_part_shrinks_before_anything_is_given_back() {
    for (paid, netted, freed, to_pay) in [(40_000, 150_000, 0, 110_000), (200_000, 100_000, 50_000, 0)] {
        let settlement = settle(date(2026, 11, 15), Some(&bill(paid)), 0);
        let [MonthSettled { step: Step::Correct(correction), .. }] = &settlement.months[..] else {
            panic!("{settlement:#?}")
        };
        assert_eq!((correction.netted, correction.freed), (tugrug(netted), tugrug(freed)));
        assert_eq!(settlement.to_pay, tugrug(to_pay));
    }
}

#[test]
fn a_bill_of_the_days_used_stands() {
    let settlement = settle(date(2026, 11, 30), Some(&bill(0)), 350_000);
    assert!(matches!(settlement.months[..], [MonthSettled { step: Step::Stands { .. }, .. }]));
    assert_eq!((settlement.set_off_total(), settlement.deposit_left), (tugrug(300_000), tugrug(50_000)));
}

#[test]
fn months_ahead_are_billed_until_the_last_day_and_asked_for_in_their_turn() {
    let settlement = settle(date(2027, 1, 10), Some(&bill(300_000)), 0);
    let due: Vec<_> = settlement.months.iter().map(|month| (month.month.to_string(), &month.step)).collect();
    assert!(
        matches!(&due[..], [(december, Step::Bill { due_on: first, .. }), (january, Step::Bill { due_on: second, .. })]
        if december == "2026-12" && january == "2027-01" && *first == date(2026, 12, 1) && *second == date(2027, 1, 1))
    );
    assert_eq!(settlement.to_pay.mungo(), 30_000_000 + 9_677_419, "10/31 of 300 000 ₮");
}

#[test]
fn an_imported_bill_loses_the_share_that_the_contract_loses() {
    let mut imported = bill(300_000);
    imported.lines = vec![BilledLine { item: None, amount: imported.total, vat: Money::ZERO }];
    let settlement = settle(date(2026, 11, 10), Some(&imported), 0);
    assert_eq!(settlement.credit_left, tugrug(200_000));
}
