//! Postings by example, and what holds for every event: an entry sums to nothing.

use proptest::{collection::vec, option, prelude::*, sample::select};

use super::*;

/// As many cases as the promise asks for.
const CASES: u32 = 100_000;

fn mungo(amount: i64) -> Money {
    Money::from_mungo(amount)
}

fn is_balanced(postings: &[Posting]) -> bool {
    let sum: i128 = postings.iter().map(|posting| i128::from(posting.amount.mungo())).sum();
    let once = postings.windows(2).all(|pair| pair[0].account.as_str() < pair[1].account.as_str());
    sum == 0 && once && postings.iter().all(|posting| !posting.amount.is_zero())
}

fn told(postings: &[Posting]) -> Vec<(&'static str, i64)> {
    postings.iter().map(|posting| (posting.account.as_str(), posting.amount.mungo())).collect()
}

#[test]
fn a_bill_is_income_of_what_its_lines_are_for() {
    let line = |account, amount, tax| IssuedLine { account, amount: mungo(amount), tax: mungo(tax) };
    let bill = Issued {
        speaks_of: InvoiceKind::Rent,
        brought: false,
        total: mungo(333),
        vat: mungo(30),
        city_tax: mungo(3),
        lines: vec![line(Account::IncomeRent, 223, 20), line(Account::IncomeParking, 110, 10)],
    };
    let postings = invoice_issued(&bill).expect("small amounts");
    let expected =
        [("city_tax", -3), ("income_parking", -100), ("income_rent", -200), ("receivable", 333), ("vat_payable", -30)];
    assert_eq!(told(&postings), expected);

    let brought = invoice_issued(&Issued { brought: true, ..bill }).expect("small amounts");
    assert_eq!(told(&brought), [("opening_balance", -333), ("receivable", 333)]);
    let taken_back = reversed(&brought).expect("small amounts");
    assert_eq!(told(&taken_back), [("opening_balance", 333), ("receivable", -333)]);
}

#[test]
fn money_goes_by_the_tenant_s_credit_to_the_bills() {
    let cash = payment_received(PaymentMethod::Cash, false, mungo(50)).expect("small");
    assert_eq!(told(&cash), [("clearing_cash", 50), ("tenant_credit", -50)]);
    assert_eq!(told(&allocated(mungo(50)).expect("small")), [("receivable", -50), ("tenant_credit", 50)]);
    assert_eq!(told(&allocated(mungo(-50)).expect("small")), [("receivable", 50), ("tenant_credit", -50)]);
    let used = deposit_held(false, true, mungo(-70)).expect("small");
    let paid = payment_received(PaymentMethod::Deposit, false, mungo(70)).expect("small");
    assert_eq!(told(&used), [("clearing_deposit", -70), ("deposits_held", 70)]);
    assert_eq!(told(&paid), [("clearing_deposit", 70), ("tenant_credit", -70)], "nothing stays in between");
    assert_eq!(told(&written_off(mungo(5)).expect("small")), [("receivable", -5), ("write_off", 5)]);
}

#[test]
fn every_line_of_every_bill_has_an_account_of_income() {
    let meters = [None, Some("electricity"), Some("heat"), Some("steam")];
    for bill in InvoiceKind::ALL {
        for charge in ChargeKind::ALL.iter().map(|kind| Some(*kind)).chain([None]) {
            for meter in meters {
                assert!(income_of_line(*bill, charge, meter).as_str().starts_with("income_"));
            }
        }
    }
}

/// Amounts of every size, the very edges among them.
fn amount() -> impl Strategy<Value = Money> {
    prop_oneof![
        8 => -1_000_000_000_000i64..1_000_000_000_000,
        1 => select(vec![0, 1, -1, i64::MAX, i64::MIN, i64::MAX - 1, i64::MIN + 1]),
        1 => any::<i64>(),
    ]
    .prop_map(Money::from_mungo)
}

fn line() -> impl Strategy<Value = IssuedLine> {
    let incomes: Vec<Account> =
        Account::ALL.iter().copied().filter(|account| account.as_str().starts_with("income_")).collect();
    (select(incomes), amount(), amount()).prop_map(|(account, amount, tax)| IssuedLine { account, amount, tax })
}

fn issued() -> impl Strategy<Value = Issued> {
    (select(InvoiceKind::ALL), any::<bool>(), amount(), amount(), amount(), vec(line(), 0..6)).prop_map(
        |(speaks_of, brought, total, vat, city_tax, lines)| Issued { speaks_of, brought, total, vat, city_tax, lines },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, ..ProptestConfig::default() })]

    #[test]
    fn a_bill_balances_or_is_too_large(bill in issued()) {
        if let Ok(postings) = invoice_issued(&bill) {
            prop_assert!(is_balanced(&postings), "{postings:?}");
            let owed: i64 = postings.iter().filter(|p| p.account == Account::Receivable).map(|p| p.amount.mungo()).sum();
            prop_assert_eq!(owed, bill.total.mungo());
            if let Ok(opposite) = reversed(&postings) {
                prop_assert!(is_balanced(&opposite));
                prop_assert_eq!(reversed(&opposite).expect("there and back"), postings);
            }
        }
    }

    #[test]
    fn money_balances(amount in amount(), method in select(PaymentMethod::ALL), brought in any::<bool>(),
                      set_off in option::of(any::<bool>())) {
        let events = [
            payment_received(method, brought, amount),
            allocated(amount),
            deposit_held(brought, set_off.unwrap_or(false), amount),
            written_off(amount),
        ];
        for postings in events {
            // The one amount that has no opposite.
            prop_assert_eq!(postings.is_err(), amount.mungo() == i64::MIN);
            prop_assert!(postings.is_err() || is_balanced(&postings.expect("it is not")));
        }
    }
}
