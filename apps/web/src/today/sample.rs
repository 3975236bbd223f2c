//! A day to look at.

use domain::{Money, Month};
use jiff::civil::date;
use rust_decimal::Decimal;
use wire::{
    setup::{SetupStep, Step},
    today::{MonthBar, TodayView},
};

use super::Today;

impl Today {
    pub fn full_sample() -> Today {
        Today::Figures(Box::new(view()))
    }

    /// Buildings are there, nothing else.
    pub fn first_sample() -> Today {
        let steps = [Step::Company, Step::Property, Step::Rooms, Step::Contract, Step::Payments];
        let step = |step| SetupStep { step, done: matches!(step, Step::Company | Step::Property) };
        Today::Beginning(steps.map(step).into())
    }
}

/// What the API would answer for a house of some hundred rooms.
pub fn view() -> TodayView {
    let billed = [88, 91, 90, 94, 96, 97, 99, 102, 101, 104, 108, 112];
    let collected = [88, 90, 90, 92, 96, 95, 97, 100, 96, 99, 101, 64];
    let first = Month::new(2025, 12).expect("a month");
    let months = std::iter::successors(Some(first), |month| Some(month.next()));
    let amount = |millions: i64| Money::from_tugrug(millions * 1_100_000);
    TodayView {
        today: date(2026, 11, 22),
        month: Month::new(2026, 11).expect("a month"),
        billed: amount(112),
        billed_count: 88,
        billed_last_month: amount(108),
        collected: Money::from_mungo(7_040_000_050),
        collected_count: 61,
        collected_last_month: amount(101),
        receivable: Money::from_tugrug(96_845_300),
        receivable_count: 104,
        overdue: Money::from_tugrug(18_420_000),
        overdue_count: 11,
        units_let: 88,
        units_notice: 3,
        units_total: 96,
        area_let_m2: Decimal::new(37_665, 1),
        area_total_m2: Decimal::new(4_120, 0),
        ending_30: 3,
        ending_60: 7,
        ending_90: 12,
        promises_dead: 2,
        chart: months
            .zip(billed)
            .zip(collected)
            .map(|((month, billed), collected)| MonthBar {
                month,
                billed: amount(billed),
                collected: amount(collected),
            })
            .collect(),
    }
}
