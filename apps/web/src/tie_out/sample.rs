//! A month's books for looking at: one building ties, the other is off by a little.

use domain::{Money, Month, PropertyId, tie_out::TieOutWhat};
use jiff::Timestamp;
use wire::tie_outs::{MonthLockEntry, MonthLockView, TieOutBuilding, TieOutCheck, TieOutFigures, TieOutView};

use super::TieOutPage;
use crate::ui::form::Form;

/// A month that does not tie yet.
pub fn sample() -> TieOutPage {
    let month = Month::new(2026, 10).expect("a month");
    let (altan, mungun) = (figures(12_000_000, 0), figures(3_000_000, 100));
    let total = figures(15_000_000, 100);
    let amount = Money::from_tugrug;
    TieOutPage {
        books: TieOutView {
            month,
            buildings: vec![building("Алтан Тауэр", altan), building("Мөнгөн Плаза", mungun)],
            total,
            checks: vec![
                check(TieOutWhat::TrialBalance, Money::ZERO, Money::ZERO),
                check(TieOutWhat::TenantStatements, amount(14_500_000), amount(14_500_000)),
                check(TieOutWhat::TenantCredit, amount(500_000), amount(500_000)),
                check(TieOutWhat::Deposits, amount(41_000_000), amount(41_000_000)),
                check(TieOutWhat::SetOffs, Money::ZERO, Money::ZERO),
            ],
            ties: false,
            lock: lock(month, false),
        },
        form: Form::default(),
    }
}

/// The same month locked.
pub fn locked() -> TieOutPage {
    let mut page = sample();
    page.books.buildings.truncate(1);
    page.books.total = figures(12_000_000, 0);
    page.books.ties = true;
    page.books.lock = lock(page.books.month, true);
    page
}

fn building(name: &str, figures: TieOutFigures) -> TieOutBuilding {
    TieOutBuilding { property_id: PropertyId::new(), property_name: name.into(), figures }
}

fn figures(opening: i64, off: i64) -> TieOutFigures {
    let amount = Money::from_tugrug;
    TieOutFigures {
        opening: amount(opening),
        charges: amount(48_250_000),
        penalties: amount(125_000),
        credits: amount(300_000),
        payments: amount(45_075_000),
        closing: amount(opening + 3_000_000),
        aging: amount(opening + 3_000_000 + off),
        statements: amount(opening + 3_000_000),
        rolled_difference: Money::ZERO,
        aging_difference: amount(off),
        statements_difference: Money::ZERO,
    }
}

fn check(what: TieOutWhat, ledger: Money, other: Money) -> TieOutCheck {
    TieOutCheck { what, ledger, other, difference: Money::ZERO }
}

fn lock(month: Month, is_locked: bool) -> MonthLockView {
    let at = |text: &str| text.parse::<Timestamp>().expect("a moment");
    let opened = MonthLockEntry {
        locked_at: at("2026-11-03T02:10:00Z"),
        locked_by: Some("Г. Дулмаа".into()),
        unlocked_at: Some(at("2026-11-04T01:00:00Z")),
        unlocked_by: Some("Г. Дулмаа".into()),
        reason: Some("Цахилгааны заалт буруу орсон".into()),
    };
    let stands = MonthLockEntry { unlocked_at: None, unlocked_by: None, reason: None, ..opened.clone() };
    MonthLockView {
        month,
        is_locked,
        last_locked: is_locked.then_some(month),
        history: if is_locked { vec![stands, opened] } else { vec![opened] },
    }
}
