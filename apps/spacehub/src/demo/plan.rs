//! Who rents what, since when, and how they pay: decided by place in the list, so that every demo is the same.

use domain::rooms::RoomKind;
use jiff::{ToSpan, civil::Date};

/// How many contracts the demo has.
pub const CONTRACTS: usize = 90;
/// The place whose contract has ended two days ago and is in its days of grace.
pub const GRACE: usize = 81;
/// The place whose contract ends soon and is extended.
pub const EXTENDED: usize = 39;
/// The place whose contract ends soon and is renewed.
pub const RENEWED: usize = 13;
/// How many months lie behind the current one.
pub const MONTHS: i32 = 12;

/// How a tenant pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Habit {
    /// Whole, round about the due date.
    OnTime,
    /// The last two bills are still open.
    Behind,
    /// Of the last bill only half.
    Half,
    /// A round sum above the bill: credit.
    Above,
}

/// A contract of the demo.
#[derive(Debug, Clone)]
pub struct PlannedContract {
    pub place: usize,
    pub code: String,
    pub starts_on: Date,
    pub ends_on: Option<Date>,
    pub terminated: Option<(Date, &'static str)>,
    pub payment_day: i32,
    pub penalty_bp: Option<i32>,
    pub habit: Habit,
}

impl PlannedContract {
    /// The contract at `place`, as of `today`.
    pub fn at(place: usize, today: Date) -> PlannedContract {
        let n = i32::try_from(place).expect("ninety places");
        let first = today.first_of_month().saturating_sub(MONTHS.months());
        let starts_on = match place {
            // new this month
            0..3 => today.first_of_month().saturating_add((n * 7).days()),
            // to come
            3..6 => today.first_of_month().saturating_add(1.month()).saturating_add((n % 3 * 7).days()),
            // came during the year, some in the middle of a month
            6..24 => first.saturating_add((n % 11 + 1).months()).saturating_add((n % 2 * 14).days()),
            _ => first.saturating_sub((n * 17 % 400).days()).first_of_month(),
        };
        let ends_on = match n % 13 {
            // in its days of grace
            _ if place == GRACE => Some(today.saturating_sub(2.days())),
            0 if place >= 6 => Some(today.saturating_add((18 + n % 3 * 27).days())),
            1 | 7 => None,
            _ => Some(today.first_of_month().saturating_add((n % 20 + 5).months()).saturating_sub(1.day())),
        };
        let terminated = match place {
            84..90 => {
                let reasons = ["Түрээслэгчийн хүсэлтээр", "Байраа өөрчилсөн", "Үйл ажиллагаагаа зогсоосон"];
                let on = match place {
                    84 | 85 => today.first_of_month().saturating_sub(1.day()),
                    _ => first.saturating_add((n % 6 + 4).months()).saturating_add(13.days()),
                };
                Some((on, reasons[place % 3]))
            }
            _ => None,
        };
        PlannedContract {
            place,
            code: format!("НО{}-{:03}", starts_on.year() % 100, place + 1),
            starts_on,
            ends_on,
            terminated,
            payment_day: [1, 5, 10, 15, 20, 25][place % 6],
            penalty_bp: if place.is_multiple_of(3) {
                Some(50)
            } else if place % 3 == 1 {
                Some(20)
            } else {
                None
            },
            habit: match place % 10 {
                3 => Habit::Behind,
                7 => Habit::Half,
                5 if place % 20 == 5 => Habit::Above,
                _ => Habit::OnTime,
            },
        }
    }

    /// Which room of the list it holds: every fifth one from the fourth stays free.
    pub fn room(&self) -> usize {
        self.place + self.place / 4
    }
}

/// What a room's management costs a month for one m², in tögrög; nothing for places without a floor.
pub fn management_per_m2(kind: RoomKind) -> i64 {
    match kind {
        RoomKind::Shop => 9_500,
        RoomKind::Office => 6_500,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use jiff::civil::date;

    use super::*;
    use crate::demo::buildings::BUILDINGS;

    #[test]
    fn ninety_contracts_hold_ninety_rooms_of_a_hundred_and_twenty() {
        let rooms: usize = BUILDINGS.iter().map(|b| b.rooms().len()).sum();
        let plans: Vec<_> = (0..CONTRACTS).map(|place| PlannedContract::at(place, date(2026, 11, 22))).collect();
        let held: HashSet<usize> = plans.iter().map(PlannedContract::room).collect();
        let codes: HashSet<&str> = plans.iter().map(|plan| plan.code.as_str()).collect();

        assert_eq!((rooms, held.len(), codes.len()), (120, CONTRACTS, CONTRACTS));
        assert!(held.iter().all(|room| *room < rooms));
        assert!(plans.iter().all(|p| p.ends_on.is_none_or(|end| end > p.starts_on)));
        assert!(plans.iter().all(|p| p.terminated.is_none_or(|(on, _)| on > p.starts_on && on < date(2026, 11, 1))));
    }
}
