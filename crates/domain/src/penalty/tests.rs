//! The penalty by hand-counted days, and what must hold whatever was paid when.

use jiff::{ToSpan, civil::date};
use proptest::prelude::*;

use super::*;

fn clause(rate_bp: i32, grace_days: i32, from: CountsFrom) -> Clause {
    Clause::new(rate_bp, grace_days, from).expect("a lawful clause")
}

fn paid(day: i8, tugrug: i64) -> Paid {
    Paid { on: date(2026, 11, day), amount: Money::from_tugrug(tugrug) }
}

/// 1 000 000 ₮ due on 2026-11-01.
fn amount(clause: &Clause, paid: &[Paid], as_of: Date) -> i64 {
    let debt = Debt { principal: Money::from_tugrug(1_000_000), due_on: date(2026, 11, 1), paid };
    penalty(&debt, clause, as_of).amount.mungo()
}

#[test]
fn each_late_day_costs_its_part_of_what_is_open() {
    let half = clause(50, 0, CountsFrom::Due);
    let on = |day| amount(&half, &[], date(2026, 11, day));
    assert_eq!([on(1), on(2), on(11)], [0, 500_000, 5_000_000], "0, 1 and 10 days of 5 000 ₮");
    let parts = [paid(7, 400_000)];
    assert_eq!(amount(&half, &parts, date(2026, 11, 11)), 5 * 500_000 + 5 * 300_000, "2nd to 6th, 7th to 11th");
    assert_eq!(amount(&half, &[paid(2, 1_000_000)], date(2026, 12, 31)), 0, "its day is free");
    let back = [paid(2, 1_000_000), paid(5, -1_000_000)];
    assert_eq!(amount(&half, &back, date(2026, 11, 6)), 2 * 500_000, "taken back on the 5th");
}

#[test]
fn grace_is_forgiven_or_only_waited_for() {
    let waits = clause(10, 5, CountsFrom::Due);
    let forgives = clause(10, 5, CountsFrom::Grace);
    let on = |clause: &Clause, day| amount(clause, &[], date(2026, 11, day)) / 100_000;
    assert_eq!([on(&waits, 6), on(&waits, 7), on(&waits, 8)], [0, 6, 7]);
    assert_eq!([on(&forgives, 6), on(&forgives, 7), on(&forgives, 8)], [0, 1, 2]);
    let in_time = [paid(6, 1_000_000)];
    assert_eq!(amount(&waits, &in_time, date(2026, 12, 31)), 0, "paid on the last day of grace");
    let too_late = [paid(7, 1_000_000)];
    assert_eq!(amount(&waits, &too_late, date(2026, 12, 31)), 0, "its own day is free, and with it the grace");
    let late = [paid(8, 1_000_000)];
    assert_eq!(amount(&waits, &late, date(2026, 12, 31)), 6 * 100_000);
}

#[test]
fn all_penalty_is_at_most_half_of_the_principal() {
    let half = clause(50, 0, CountsFrom::Due);
    assert_eq!(amount(&half, &[], date(2027, 2, 9)), 50_000_000, "100 days");
    assert_eq!(amount(&half, &[], date(2030, 1, 1)), 50_000_000);
    let odd = Debt { principal: Money::from_mungo(3), due_on: date(2026, 11, 1), paid: &[] };
    let most = penalty(&odd, &half, date(2099, 1, 1));
    assert_eq!((most.amount, most.is_capped()), (Money::from_mungo(1), true), "half a möngö is not rounded up");
    let largest = Debt { principal: Money::MAX, due_on: date(2026, 11, 1), paid: &[] };
    assert_eq!(penalty(&largest, &half, Date::MAX).amount, ceiling(Money::MAX), "no overflow");
}

#[test]
fn a_clause_beyond_the_law_is_none() {
    assert!(Clause::new(51, 0, CountsFrom::Due).is_none());
    assert!(Clause::new(0, 0, CountsFrom::Due).is_none());
    assert!(Clause::new(50, 101, CountsFrom::Due).is_none());
    assert!(!is_taxed_on(date(2026, 11, 22)));
}

#[test]
fn only_the_difference_is_charged() {
    let of = |computed, charged, waived| {
        Reviewed::of(Money::from_mungo(computed), Money::from_mungo(charged), Money::from_mungo(waived))
            .amount()
            .mungo()
    };
    assert_eq!([of(100, 0, 0), of(100, 60, 10), of(100, 90, 10), of(100, 120, 0)], [100, 30, 0, 0]);
}

prop_compose! {
    fn any_clause()(rate in 1..=50i32, grace in 0..=20i32, due in any::<bool>()) -> Clause {
        clause(rate, grace, if due { CountsFrom::Due } else { CountsFrom::Grace })
    }
}

prop_compose! {
    /// Payments before, on and after the due day, some taken back.
    fn any_paid()(parts in proptest::collection::vec((-10i64..120, -50_000_000i64..100_000_000), 0..6)) -> Vec<Paid> {
        let on = |days: i64| date(2026, 11, 1).saturating_add(days.days());
        parts.into_iter().map(|(days, mungo)| Paid { on: on(days), amount: Money::from_mungo(mungo) }).collect()
    }
}

/// Day after day, as one would count on one's fingers.
fn counted(debt: &Debt<'_>, clause: &Clause, from: Date, to: Date) -> i128 {
    let mut sum = 0;
    let mut day = from;
    while day <= to {
        sum += i128::from(open(debt, day).mungo()) * i128::from(clause.rate_bp);
        day = day.saturating_add(1.day());
    }
    sum
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100_000))]

    #[test]
    fn it_grows_with_the_days_and_never_beyond_the_ceiling(
        principal in 0i64..=1_000_000_000_000, paid in any_paid(), clause in any_clause(), days in 0i64..300, more in 0i64..30,
    ) {
        let debt = Debt { principal: Money::from_mungo(principal), due_on: date(2026, 11, 1), paid: &paid };
        let on = |days: i64| penalty(&debt, &clause, date(2026, 11, 1).saturating_add(days.days()));
        let (sooner, later) = (on(days), on(days + more));
        prop_assert!(sooner.amount <= later.amount);
        prop_assert!(later.amount.mungo() * 2 <= principal);
        prop_assert!(!sooner.amount.is_negative());
    }

    #[test]
    fn the_order_of_payments_is_immaterial(
        principal in 1i64..=1_000_000_000, paid in any_paid(), clause in any_clause(), days in 0i64..200, turn in 0usize..6,
    ) {
        let as_of = date(2026, 11, 1).saturating_add(days.days());
        let with = |paid: &[Paid]| {
            penalty(&Debt { principal: Money::from_mungo(principal), due_on: date(2026, 11, 1), paid }, &clause, as_of)
        };
        let mut other = paid.clone();
        other.reverse();
        if !other.is_empty() {
            let turn = turn % other.len();
            other.rotate_left(turn);
        }
        prop_assert_eq!(with(&paid), with(&other));
    }

    #[test]
    fn a_period_that_is_split_adds_up(
        principal in 1i64..=1_000_000_000_000, paid in any_paid(), clause in any_clause(), days in 0i64..150, cut in 0i64..150,
    ) {
        let due_on = date(2026, 11, 1);
        let debt = Debt { principal: Money::from_mungo(principal), due_on, paid: &paid };
        let (end, middle) = (due_on.saturating_add(days.days()), due_on.saturating_add(cut.min(days).days()));
        let whole = penalty(&debt, &clause, end);
        // What stretches hold is what the days hold one by one, cut anywhere.
        let exact: i128 = whole.stretches.iter()
            .map(|s| i128::from(s.base.mungo()) * i128::from(s.days) * i128::from(clause.rate_bp)).sum();
        if let Some(first) = whole.stretches.first() {
            let parts = counted(&debt, &clause, first.from, middle.max(first.from.saturating_sub(1.day())))
                + counted(&debt, &clause, middle.saturating_add(1.day()).max(first.from), end);
            prop_assert_eq!(exact, parts);
        }
        // Charged in two goes it is charged as in one.
        let first = penalty(&debt, &clause, middle).amount;
        let second = Reviewed::of(whole.amount, first, Money::ZERO).amount();
        prop_assert_eq!(first.checked_add(second), Ok(whole.amount));
    }

    #[test]
    fn a_payment_never_makes_it_more(
        principal in 1i64..=1_000_000_000, paid in any_paid(), clause in any_clause(), days in 0i64..200,
        on in 0i64..200, mungo in 0i64..1_000_000_000,
    ) {
        let due_on = date(2026, 11, 1);
        let as_of = due_on.saturating_add(days.days());
        let mut more = paid.clone();
        more.push(Paid { on: due_on.saturating_add(on.days()), amount: Money::from_mungo(mungo) });
        let with = |paid: &[Paid]| penalty(&Debt { principal: Money::from_mungo(principal), due_on, paid }, &clause, as_of).amount;
        prop_assert!(with(&more) <= with(&paid));
    }
}
