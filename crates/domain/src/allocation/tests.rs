//! Payments by example, and what holds for any payment and any invoices.

use jiff::civil::date;
use proptest::{collection::vec, prelude::*};
use uuid::Uuid;

use super::*;

fn mungo(amount: i64) -> Money {
    Money::from_mungo(amount)
}

fn invoice(number: u128, due_day: i8, open: i64) -> OpenInvoice {
    OpenInvoice {
        id: InvoiceId(Uuid::from_u128(number)),
        code: format!("INV-2026-{number:06}"),
        issued_on: date(2026, 10, 10),
        due_on: date(2026, 11, due_day),
        open: mungo(open),
    }
}

fn credit(number: u128, paid_day: i8, left: i64) -> Credit {
    Credit { payment: PaymentId(Uuid::from_u128(number)), paid_on: date(2026, 10, paid_day), left: mungo(left) }
}

fn part(number: u128, amount: i64) -> Allocation {
    Allocation { invoice: InvoiceId(Uuid::from_u128(number)), amount: mungo(amount) }
}

#[test]
fn the_oldest_due_is_paid_first() {
    let mut invoices = [invoice(4, 5, 100), invoice(3, 1, 100), invoice(2, 5, 100), invoice(1, 5, 100)];
    invoices[2].issued_on = date(2026, 9, 10);

    let spread = oldest_first(mungo(350), &invoices).expect("it can be spread");

    assert_eq!(spread.allocations, [part(3, 100), part(2, 100), part(1, 100), part(4, 50)]);
    assert_eq!(spread.rest, Money::ZERO);
    let more = oldest_first(mungo(1_000), &invoices).expect("it can be spread");
    assert_eq!((more.allocations.len(), more.rest), (4, mungo(600)), "what is too much is credit");
    let nothing_open = oldest_first(mungo(5), &[invoice(1, 1, 0)]).expect("it can be spread");
    assert_eq!(nothing_open, Spread { allocations: vec![], rest: mungo(5) });
}

#[test]
fn a_choice_by_hand_keeps_to_what_is_there() {
    let invoices = [invoice(1, 1, 100), invoice(2, 5, 100)];
    let choose = |chosen: &[Allocation]| by_hand(mungo(150), &invoices, chosen);

    assert_eq!(choose(&[part(2, 100)]).map(|spread| spread.rest), Ok(mungo(50)));
    assert_eq!(choose(&[]).map(|spread| spread.rest), Ok(mungo(150)));
    let (asked, left) = (mungo(100), mungo(50));
    assert_eq!(choose(&[part(1, 100), part(2, 100)]), Err(AllocationError::MoreThanPaid { asked, left }));
    let more = AllocationError::MoreThanOpen { code: "INV-2026-000001".into(), asked: mungo(101), open: mungo(100) };
    assert_eq!(choose(&[part(1, 101)]), Err(more));
    assert_eq!(choose(&[part(9, 1)]), Err(AllocationError::NotOpen(part(9, 1).invoice)));
    assert_eq!(choose(&[part(1, 1), part(1, 1)]), Err(AllocationError::InvoiceTwice(part(1, 1).invoice)));
    assert_eq!(choose(&[part(1, -1)]), Err(AllocationError::NotPositive { amount: mungo(-1) }));
    assert_eq!(by_hand(mungo(0), &invoices, &[]), Err(AllocationError::NotPositive { amount: mungo(0) }));
}

#[test]
fn credit_is_spent_from_the_oldest_payment_on() {
    let credits = [credit(1, 20, 30), credit(2, 5, 50), credit(3, 25, 100), credit(4, 1, 0)];

    let settled = spend_credit(mungo(100), &credits).expect("it can be spent");

    let of = |spent: &Spent| (spent.payment, spent.amount.mungo());
    let spent: Vec<_> = settled.spent.iter().map(of).collect();
    assert_eq!(spent, [(credits[1].payment, 50), (credits[0].payment, 30), (credits[2].payment, 20)]);
    assert_eq!(settled.open, Money::ZERO);
    assert_eq!(spend_credit(mungo(500), &credits).map(|settled| settled.open), Ok(mungo(320)));
    let twice = [credits[0], credits[0]];
    assert_eq!(spend_credit(mungo(1), &twice), Err(AllocationError::PaymentTwice(credits[0].payment)));
}

#[test]
fn a_reversal_reopens_each_invoice_once_and_takes_the_credit() {
    let reversal = reverse(mungo(100), &[part(1, 40), part(2, 30), part(1, 10)]).expect("it was paid");
    assert_eq!(reversal, Reversal { reopened: vec![part(1, 50), part(2, 30)], credit: mungo(20) });
    let (asked, left) = (mungo(101), mungo(100));
    assert_eq!(reverse(mungo(100), &[part(1, 101)]), Err(AllocationError::MoreThanPaid { asked, left }));
}

fn any_invoices() -> impl Strategy<Value = Vec<OpenInvoice>> {
    vec((1i8..=28, prop_oneof![4 => 0i64..1_000, 1 => Just(i64::MAX)]), 0..5)
        .prop_map(|facts| (0..).zip(facts).map(|(number, (day, open))| invoice(number, day, open)).collect())
}

fn any_payment() -> impl Strategy<Value = Money> {
    prop_oneof![4 => 1i64..3_000, 1 => 1i64..].prop_map(mungo)
}

fn exactly(amounts: impl Iterator<Item = Money>) -> i128 {
    amounts.map(|amount| i128::from(amount.mungo())).sum()
}

fn open_of(invoices: &[OpenInvoice], id: InvoiceId) -> Money {
    invoices.iter().find(|invoice| invoice.id == id).expect("it is one of them").open
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100_000))]

    #[test]
    fn a_spread_adds_up_and_never_pays_too_much(payment in any_payment(), invoices in any_invoices()) {
        let spread = oldest_first(payment, &invoices).expect("it can be spread");

        let paid = exactly(spread.allocations.iter().map(|part| part.amount));
        prop_assert_eq!(paid + i128::from(spread.rest.mungo()), i128::from(payment.mungo()));
        prop_assert!(!spread.rest.is_negative());
        for part in &spread.allocations {
            prop_assert!(part.amount.is_positive() && part.amount <= open_of(&invoices, part.invoice));
        }
        prop_assert!(once_each(spread.allocations.iter().map(|part| part.invoice)).is_ok());

        // Only the last one paid may be left partly open, and nothing older than it is.
        let paid_of = |id| exactly(spread.allocations.iter().filter(|part| part.invoice == id).map(|part| part.amount));
        let mut oldest: Vec<&OpenInvoice> = invoices.iter().filter(|invoice| invoice.open.is_positive()).collect();
        oldest.sort_by_key(|invoice| (invoice.due_on, invoice.issued_on, &invoice.code));
        let first_not_full = oldest.iter().position(|invoice| paid_of(invoice.id) < i128::from(invoice.open.mungo()));
        if let Some(place) = first_not_full {
            prop_assert!(spread.rest.is_zero(), "nothing is left while something is open");
            prop_assert!(oldest[place + 1..].iter().all(|invoice| paid_of(invoice.id) == 0));
        }
    }

    #[test]
    fn a_choice_is_taken_exactly_when_it_keeps_to_what_is_there(
        payment in any_payment(), invoices in any_invoices(), chosen in vec((0u128..5, -1i64..700), 0..4),
    ) {
        let chosen: Vec<Allocation> = chosen.into_iter().map(|(number, amount)| part(number, amount)).collect();
        let known = |part: &Allocation| invoices.iter().any(|invoice| invoice.id == part.invoice);
        let is_right = chosen.iter().all(known)
            && once_each(chosen.iter().map(|part| part.invoice)).is_ok()
            && chosen.iter().all(|part| part.amount.is_positive())
            && chosen.iter().all(|part| part.amount <= open_of(&invoices, part.invoice))
            && exactly(chosen.iter().map(|part| part.amount)) <= i128::from(payment.mungo());

        let spread = by_hand(payment, &invoices, &chosen);

        prop_assert_eq!(spread.is_ok(), is_right);
        if let Ok(spread) = spread {
            let paid = exactly(spread.allocations.iter().map(|part| part.amount));
            prop_assert_eq!(paid + i128::from(spread.rest.mungo()), i128::from(payment.mungo()));
            prop_assert_eq!(spread.allocations, chosen);
        }
    }

    #[test]
    fn spent_credit_adds_up_and_never_pays_too_much(
        open in any_payment(), lefts in vec((1i8..=28, prop_oneof![4 => 0i64..1_000, 1 => Just(i64::MAX)]), 0..5),
    ) {
        let credits: Vec<Credit> = (0..).zip(lefts).map(|(number, (day, left))| credit(number, day, left)).collect();

        let settled = spend_credit(open, &credits).expect("it can be spent");

        let spent = exactly(settled.spent.iter().map(|spent| spent.amount));
        prop_assert_eq!(spent + i128::from(settled.open.mungo()), i128::from(open.mungo()));
        prop_assert!(!settled.open.is_negative());
        for spent in &settled.spent {
            let credit = credits.iter().find(|credit| credit.payment == spent.payment).expect("it is one of them");
            prop_assert!(spent.amount.is_positive() && spent.amount <= credit.left);
        }
        let had = exactly(credits.iter().map(|credit| credit.left));
        prop_assert!(settled.open.is_zero() || spent == had, "nothing is left while something is open");
    }

    #[test]
    fn a_reversal_takes_back_what_the_spread_gave(payment in any_payment(), invoices in any_invoices()) {
        let spread = oldest_first(payment, &invoices).expect("it can be spread");

        let reversal = reverse(payment, &spread.allocations).expect("it was paid");

        prop_assert_eq!(&reversal.reopened, &spread.allocations);
        prop_assert_eq!(reversal.credit, spread.rest);
        for part in &reversal.reopened {
            let open = open_of(&invoices, part.invoice);
            let after_payment = open.checked_sub(part.amount).expect("it fits");
            prop_assert_eq!(after_payment.checked_add(part.amount), Ok(open));
        }
    }

    #[test]
    fn a_payment_is_undone_whole_or_not_at_all(
        payment in any_payment(), parts in vec((0u128..4, 0i64..1_000), 0..6),
    ) {
        let parts: Vec<Allocation> = parts.into_iter().map(|(number, amount)| part(number, amount)).collect();
        let allocated = exactly(parts.iter().map(|part| part.amount));
        let could_be = parts.iter().all(|part| part.amount.is_positive()) && allocated <= i128::from(payment.mungo());

        let reversal = reverse(payment, &parts);

        prop_assert_eq!(reversal.is_ok(), could_be);
        if let Ok(reversal) = reversal {
            prop_assert_eq!(exactly(reversal.reopened.iter().map(|part| part.amount)), allocated);
            prop_assert_eq!(allocated + i128::from(reversal.credit.mungo()), i128::from(payment.mungo()));
            prop_assert!(once_each(reversal.reopened.iter().map(|part| part.invoice)).is_ok());
        }
    }
}
