//! The preview of November 2026, contract by contract.

use jiff::civil::date;
use proptest::prelude::*;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::*;
use crate::{
    charges::{ChargeLine, Scheduled, samples::*},
    contract::{ChargeKind, TaxKind, VatMode},
    money::TooLarge,
};

fn run() -> MonthRun {
    MonthRun { month: month(2026, 11), issued_on: date(2026, 11, 10), vat_payer: true }
}

fn candidate(terms: ContractTerms, billed_last: Option<i64>) -> Candidate {
    let contract = ContractId(Uuid::from_u128(7));
    Candidate { contract, terms, payment_day: 5, is_approved: true, billed_last: billed_last.map(tugrug) }
}

/// The change, the difference in whole tögrög, and the reasons.
fn planned(terms: ContractTerms, billed_last: Option<i64>) -> (Change, i64, Vec<Reason>) {
    let planned = run().plan(&candidate(terms, billed_last)).expect("it adds up");
    (planned.change, planned.difference.mungo() / 100, planned.reasons)
}

/// Everybody looked at, one after the other.
fn outlook(candidates: &[Candidate]) -> Outlook {
    let mut outlook = Outlook::default();
    for candidate in candidates {
        match run().plan(candidate) {
            Ok(planned) => outlook.add(&planned, None),
            Err(because) => {
                let last = candidate.billed_last.unwrap_or_default();
                outlook.park(Parked { contract: candidate.contract, last, now: Money::ZERO, because });
            }
        }
    }
    outlook.park_until_it_fits();
    outlook
}

fn parked(terms: ContractTerms) -> ParkReason {
    run().plan(&candidate(terms, Some(1))).expect_err("it is parked")
}

#[test]
fn a_contract_is_billed_once_somebody_approved_it() {
    let waiting = Candidate { is_approved: false, ..candidate(rent(), None) };
    assert_eq!(run().plan(&waiting).map(|plan| plan.now), Err(ParkReason::Unapproved));
    let over = Candidate { is_approved: false, ..candidate(rent().lasting(date(2020, 1, 1), date(2026, 9, 30)), None) };
    assert_eq!(run().plan(&over).map(|plan| plan.change), Ok(Change::Nothing), "one that is over asks for nothing");
}

#[test]
fn a_schedule_is_billed_as_it_stands_and_instead_of_the_rent() {
    let entries = vec![
        scheduled("Урьдчилгаа", month(2026, 10), tugrug(5_000)),
        Scheduled {
            due_on: Some(date(2026, 11, 20)), ..scheduled("2-р төлөлт", month(2026, 11), tugrug(2_000))
        },
        Scheduled {
            due_on: Some(date(2026, 11, 12)), ..scheduled("3-р төлөлт", month(2026, 11), tugrug(1_000))
        },
    ];
    let parking = charge(2, ChargeKind::Parking, ChargeBasis::Flat, tugrug(100));
    let terms = rent().with(parking).by_schedule(entries);
    let plan = run().plan(&candidate(terms.clone(), Some(5_100))).expect("it adds up");
    assert_eq!(plan.now, tugrug(3_100), "the month's two entries and the parking, and no rent");
    assert_eq!(plan.due_on, date(2026, 11, 12), "the earliest of their days");
    assert_eq!(plan.reasons, [Reason::Scheduled { from: tugrug(5_000), to: tugrug(3_000) }]);
    let told = plan.charges.lines[1].made.in_english();
    assert_eq!(told, "by the schedule 2\u{a0}000 ₮, VAT included");

    let quiet = MonthRun { month: month(2026, 12), ..run() };
    let plan =
        quiet.plan(&candidate(rent().by_schedule(vec![]), Some(1))).expect("a month without an entry is no mistake");
    assert_eq!(plan.now, Money::ZERO);
    let untaxed = contract().by_schedule(vec![scheduled("Х", month(2026, 11), tugrug(1))]);
    assert_eq!(parked(untaxed), ParkReason::Charges(ChargeError::NoRent));
}

fn part(number: i8, days_used: i64, days_in_month: i64) -> Reason {
    Reason::PartMonth { month: month(2026, number), days_used, days_in_month }
}

fn rent() -> ContractTerms {
    contract().with(flat_rent(tugrug(930)))
}

#[test]
fn an_ongoing_contract_is_the_same_whatever_the_length_of_the_month() {
    assert_eq!(planned(rent(), Some(930)), (Change::Same, 0, vec![]));
    assert_eq!(run().plan(&candidate(rent(), Some(930))).map(|p| p.due_on), Ok(date(2026, 12, 5)));
}

#[test]
fn a_start_and_the_month_after_it_are_explained() {
    let starts = date(2026, 11, 16);
    let new = rent().lasting(starts, date(2027, 11, 15));
    assert_eq!(planned(new, None), (Change::New, 465, vec![Reason::Started { on: starts }, part(11, 15, 30)]));

    let second_month = rent().lasting(date(2026, 10, 17), date(2027, 10, 16));
    assert_eq!(planned(second_month, Some(450)), (Change::Changed, 480, vec![part(10, 15, 31)]));
}

#[test]
fn an_end_is_explained_in_its_month_and_in_the_next() {
    let ends = date(2026, 11, 20);
    let ending = rent().lasting(date(2025, 1, 1), ends);
    assert_eq!(planned(ending, Some(930)), (Change::Changed, -310, vec![part(11, 20, 30), Reason::Ended { on: ends }]));

    let ended = rent().lasting(date(2025, 1, 1), date(2026, 10, 31));
    let (change, difference, reasons) = planned(ended.clone(), Some(930));
    assert_eq!((change, difference), (Change::Ended, -930));
    assert_eq!(reasons, [Reason::Ended { on: date(2026, 10, 31) }]);
    assert_eq!(planned(ended, None).0, Change::Nothing);

    let coming = rent().lasting(date(2026, 12, 1), date(2027, 11, 30));
    assert_eq!(planned(coming, None), (Change::Nothing, 0, vec![]));
}

#[test]
fn a_new_price_is_explained_even_from_the_middle_of_a_month() {
    let dearer_from = |from: Date| {
        let last_day = from.yesterday().expect("the calendar goes on");
        contract()
            .with(flat_rent(tugrug(930)).valid(date(2020, 1, 1), Some(last_day)))
            .with(ChargeLine { id: item(2), ..flat_rent(tugrug(1_240)).valid(from, None) })
    };
    let told = vec![Reason::PriceChanged { name: "rent".into(), from: tugrug(930), to: tugrug(1_240) }];
    assert_eq!(planned(dearer_from(date(2026, 11, 1)), Some(930)), (Change::Changed, 310, told.clone()));
    assert_eq!(planned(dearer_from(date(2026, 11, 16)), Some(930)), (Change::Changed, 155, told.clone()));
    assert_eq!(planned(dearer_from(date(2026, 10, 22)), Some(1_030)), (Change::Changed, 210, told));
}

#[test]
fn another_area_is_explained_without_its_lines() {
    let grown = contract()
        .over(room(1, Decimal::from(30)))
        .over(room(2, Decimal::new(155, 1)).let_for(date(2026, 11, 1), None))
        .with(rent_per_m2(tugrug(10)).in_room(1))
        .with(ChargeLine { id: item(2), ..rent_per_m2(tugrug(20)).in_room(2) });
    let told = Reason::AreaChanged { from: Decimal::from(30), to: Decimal::new(455, 1) };
    assert_eq!(planned(grown, Some(300)), (Change::Changed, 310, vec![told.clone()]));
    assert_eq!(told.in_mongolian(), "Талбай өөрчлөгдсөн: 30 м² → 45.5 м²");
}

#[test]
fn charges_that_come_go_or_come_once_are_told_apart() {
    let parking = |from, to| charge(2, ChargeKind::Parking, ChargeBasis::Flat, tugrug(50)).valid(from, to);
    let (name, amount) = ("parking".to_owned(), tugrug(50));
    let one_off = Reason::OneOff { name: name.clone(), month: month(2026, 11), amount };

    let added = rent().with(parking(date(2026, 11, 1), None));
    let told = vec![Reason::ChargeAdded { name: name.clone(), amount }];
    assert_eq!(planned(added, Some(930)), (Change::Changed, 50, told));
    let dropped = rent().with(parking(date(2020, 1, 1), Some(date(2026, 10, 31))));
    let told = vec![Reason::ChargeDropped { name, amount }];
    assert_eq!(planned(dropped, Some(980)), (Change::Changed, -50, told));
    let once = rent().with(parking(date(2026, 11, 1), Some(date(2026, 11, 30))));
    assert_eq!(planned(once, Some(930)), (Change::Changed, 50, vec![one_off.clone()]));
    assert_eq!(one_off.in_mongolian(), "Нэг удаагийн төлбөр (2026-11): parking 50 ₮");
}

#[test]
fn a_move_and_another_tax_are_told() {
    let moved = contract()
        .over(room(1, Decimal::from(30)).let_for(date(2020, 1, 1), Some(date(2026, 10, 31))))
        .over(room(2, Decimal::from(30)).let_for(date(2026, 11, 1), None))
        .with(rent_per_m2(tugrug(10)).in_room(1))
        .with(ChargeLine { id: item(2), ..rent_per_m2(tugrug(12)).in_room(2) });
    let told = vec![Reason::PriceChanged { name: "rent".into(), from: tugrug(10), to: tugrug(12) }];
    assert_eq!(planned(moved, Some(300)), (Change::Changed, 60, told));

    let taxed =
        contract().with(flat_rent(tugrug(900)).valid(date(2020, 1, 1), Some(date(2026, 10, 31)))).with(ChargeLine {
            id: item(2),
            ..flat_rent(tugrug(900)).valid(date(2026, 11, 1), None).taxed(VatMode::Added, TaxKind::VatAble)
        });
    let told = vec![Reason::TaxChanged { name: "rent".into() }];
    assert_eq!(planned(taxed, Some(900)), (Change::Changed, 90, told));
}

#[test]
fn a_last_month_that_was_billed_otherwise_is_told() {
    let (by_terms, billed) = (tugrug(930), tugrug(1_000));
    let told = vec![Reason::BilledOtherwise { by_terms, billed }];
    assert_eq!(planned(rent(), Some(1_000)), (Change::Changed, -70, told));
    assert_eq!(planned(rent(), None), (Change::New, 930, vec![Reason::NotBilledBefore]));
}

#[test]
fn what_does_not_add_up_is_parked_with_a_reason() {
    let discount = |price| charge(2, ChargeKind::Discount, ChargeBasis::Flat, tugrug(price));
    assert_eq!(parked(rent().with(discount(931))), ParkReason::NegativeTotal { total: tugrug(-1) });
    assert_eq!(parked(contract()), ParkReason::NoLines);
    let forgotten = contract().over(room(301, Decimal::ZERO)).with(rent_per_m2(tugrug(10)));
    assert_eq!(parked(forgotten), ParkReason::NoArea { unit_no: "301".into() });
    assert_eq!(
        parked(contract().with(flat_rent(Money::MAX)).with(rent().lines.remove(0))),
        ParkReason::Charges(ChargeError::TooLarge(TooLarge))
    );

    let free = planned(rent().with(discount(930)), None);
    assert_eq!(free, (Change::Nothing, 0, vec![]), "a whole discount is meant");
    let metered = contract().with(charge(1, ChargeKind::Service, ChargeBasis::Meter, tugrug(200)));
    assert_eq!(planned(metered, None), (Change::Nothing, 0, vec![]));
}

#[test]
fn the_others_go_on_when_some_are_parked() {
    let candidates = [
        candidate(contract().with(flat_rent(Money::MAX)), None),
        candidate(rent(), Some(930)),
        candidate(contract(), Some(70)),
        candidate(rent(), None),
        candidate(rent().lasting(date(2020, 1, 1), date(2026, 10, 31)), Some(500)),
        candidate(rent().lasting(date(2026, 12, 1), date(2027, 1, 1)), None),
    ];

    let outlook = outlook(&candidates);

    let tally = |contracts, last, now| Tally { contracts, last: tugrug(last), now: tugrug(now) };
    let sums = Sums {
        new: tally(1, 0, 930),
        changed: tally(0, 0, 0),
        ended: tally(1, 500, 0),
        same: tally(1, 930, 930),
        nothing: tally(1, 0, 0),
        parked: tally(2, 70, 0),
        all: tally(6, 1_500, 1_860),
    };
    assert_eq!(outlook.sums(), Ok(sums));
    let because: Vec<_> = outlook.parked().iter().map(|parked| &parked.because).collect();
    assert_eq!(
        because,
        [&ParkReason::NoLines, &ParkReason::Charges(ChargeError::TooLarge(TooLarge))],
        "a sum that wraps"
    );
    assert_eq!(outlook.contracts(), 6);
}

#[test]
fn a_total_far_from_last_month_stops_the_run() {
    let sums = |last, now| {
        let candidates = [candidate(contract().with(flat_rent(tugrug(now))), last)];
        outlook(&candidates).sums().expect("last month fits")
    };
    assert_eq!(sums(Some(1_000), 1_200).check(2_000), Ok(()), "the bound itself is still allowed");
    let refused = sums(Some(1_000), 1_201).check(2_000).expect_err("it is too much");
    assert_eq!(refused, OutOfBounds { last: tugrug(1_000), now: tugrug(1_201), bound_bp: 2_000 });
    assert_eq!(
        refused.in_mongolian(),
        "Энэ сарын нийт дүн 1\u{a0}201 ₮, өмнөх сарынх 1\u{a0}000 ₮. Зөрүү нь 20.00 %-иас их тул баталгаажуулна уу."
    );
    assert!(sums(Some(1_000), 799).check(2_000).is_err());
    assert!(sums(None, 1).check(10_000).is_err(), "a first run is confirmed by a person");
    assert_eq!(Sums::default().check(0), Ok(()));
}

#[test]
fn a_run_goes_forward_and_ends_once() {
    use MonthRunStatus::*;
    let steps: Vec<_> = MonthRunStatus::ALL
        .iter()
        .flat_map(|from| MonthRunStatus::ALL.iter().map(move |to| (*from, *to)))
        .filter(|(from, to)| from.may_become(*to))
        .collect();
    let all = [(Ordered, Running), (Ordered, Done), (Ordered, Stopped), (Running, Done), (Running, Stopped)];
    assert_eq!(steps, all);
    assert!(steps.iter().all(|(from, _)| !from.is_over()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100_000))]

    #[test]
    fn the_bound_is_exact_for_any_totals(last in 0i64.., now in 0i64.., bound_bp: u32) {
        let all = Tally { contracts: 1, last: Money::from_mungo(last), now: Money::from_mungo(now) };
        let sums = Sums { all, ..Sums::default() };

        let allowed = i128::from(last) * i128::from(bound_bp) / 10_000;

        let (last, now) = (i128::from(last), i128::from(now));
        prop_assert_eq!(sums.check(bound_bp).is_ok(), (last - allowed..=last + allowed).contains(&now));
    }
}
