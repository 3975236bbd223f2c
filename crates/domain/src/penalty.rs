//! The penalty for paying late: a pure function of what was owed, since when, what was paid on which days, and the
//! contract's written clause.
//!
//! Civil Code 232: without a clause in writing there is none (232.3, 232.7); a day costs at most 0.5 % of what is not
//! performed (232.6); all penalty together is at most half of it (232.4). A day counts with what is open at its end, so a
//! payment lowers the base from its own day. Days and bases are summed exactly and rounded once, half a möngö away from
//! zero; what is charged later is the difference to what was charged before, so that parts always add up.

#[cfg(test)]
mod tests;

use jiff::{ToSpan, civil::Date};

use crate::Money;

/// The most that a day may cost, in basis points of what is open (Civil Code 232.6).
pub const MOST_A_DAY_BP: i32 = 50;

/// The longest grace that is agreed on.
pub const MOST_GRACE_DAYS: i32 = 100;

words! {
    /// From which day a contract counts penalty, once its grace is over.
    CountsFrom {
        /// From the day after the due day: whoever pays within the grace pays none, whoever does not pays for all days.
        Due = "due",
        /// From the first day after the grace.
        Grace = "grace",
    }
}

/// What a contract says about paying late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clause {
    /// In basis points of what is open, for each day.
    pub rate_bp: i32,
    pub grace_days: i32,
    pub from: CountsFrom,
}

impl Clause {
    /// The clause, if the law allows it; a rate of nothing is no clause.
    pub fn new(rate_bp: i32, grace_days: i32, from: CountsFrom) -> Option<Clause> {
        let lawful = (1..=MOST_A_DAY_BP).contains(&rate_bp) && (0..=MOST_GRACE_DAYS).contains(&grace_days);
        lawful.then_some(Clause { rate_bp, grace_days, from })
    }
}

/// Money that came on a bill, or was taken back from it when negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paid {
    pub on: Date,
    pub amount: Money,
}

/// A bill as far as its penalty is concerned.
#[derive(Debug, Clone, Copy)]
pub struct Debt<'a> {
    pub principal: Money,
    pub due_on: Date,
    /// In any order.
    pub paid: &'a [Paid],
}

/// Late days in a row with the same base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Stretch {
    pub from: Date,
    pub days: i64,
    pub base: Money,
}

/// A penalty as of a day, with what it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Penalty {
    pub amount: Money,
    /// The most that there may ever be.
    pub ceiling: Money,
    pub stretches: Vec<Stretch>,
}

impl Penalty {
    /// The ceiling cut it off.
    pub fn is_capped(&self) -> bool {
        self.amount.compare(self.ceiling).is_ge() && self.amount.is_positive()
    }

    /// The days that count.
    pub fn days(&self) -> i64 {
        self.stretches.iter().map(|stretch| stretch.days).sum()
    }
}

/// What there is to charge of a penalty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reviewed {
    /// So much is neither charged nor waived yet.
    Open(Money),
    /// All of it was charged or waived; a payment that came to light later may even have made it less.
    Done,
}

impl Reviewed {
    /// Computed less what was charged and waived before: a second charge is only ever the difference.
    pub fn of(computed: Money, charged: Money, waived: Money) -> Reviewed {
        let left = i128::from(computed.mungo()) - i128::from(charged.mungo()) - i128::from(waived.mungo());
        match i64::try_from(left) {
            Ok(left) if left > 0 => Reviewed::Open(Money::from_mungo(left)),
            _ => Reviewed::Done,
        }
    }

    pub fn amount(self) -> Money {
        match self {
            Reviewed::Open(amount) => amount,
            Reviewed::Done => Money::ZERO,
        }
    }
}

/// Half of the principal, rounded down: the law says at most.
pub fn ceiling(principal: Money) -> Money {
    Money::from_mungo(principal.mungo().max(0) / 2)
}

/// The penalty on a bill at the end of a day.
pub fn penalty(debt: &Debt<'_>, clause: &Clause, as_of: Date) -> Penalty {
    let ceiling = ceiling(debt.principal);
    let stretches = stretches(debt, clause, as_of);
    let weighed: i128 = stretches.iter().map(|s| i128::from(s.base.mungo()) * i128::from(s.days)).sum();
    let amount = rounded(weighed * i128::from(clause.rate_bp), 10_000);
    let amount = i64::try_from(amount).map_or(ceiling, |amount| Money::from_mungo(amount).min(ceiling));
    Penalty { amount, ceiling, stretches }
}

/// The late days that count, with what was open at the end of each.
fn stretches(debt: &Debt<'_>, clause: &Clause, as_of: Date) -> Vec<Stretch> {
    let after_grace = debt.due_on.saturating_add((i64::from(clause.grace_days) + 1).days());
    if as_of < after_grace || !debt.principal.is_positive() {
        return Vec::new();
    }
    let paid_in_grace = !open(debt, after_grace).is_positive();
    let first = match clause.from {
        CountsFrom::Due if !paid_in_grace => debt.due_on.saturating_add(1.day()),
        _ => after_grace,
    };
    let mut starts: Vec<Date> = vec![first];
    starts.extend(debt.paid.iter().map(|paid| paid.on).filter(|on| *on > first && *on <= as_of));
    starts.sort_unstable();
    starts.dedup();
    let ends = starts[1..].iter().copied().chain([as_of.saturating_add(1.day())]);
    let stretch = |(from, until): (Date, Date)| Stretch {
        from,
        days: i64::from((until - from).get_days()),
        base: open(debt, from),
    };
    let mut all: Vec<Stretch> = starts.iter().copied().zip(ends).map(stretch).collect();
    all.retain(|stretch| stretch.base.is_positive());
    all
}

/// What is open at the end of a day: never below nothing, never above the principal.
fn open(debt: &Debt<'_>, day: Date) -> Money {
    let principal = i128::from(debt.principal.mungo());
    let paid: i128 = debt.paid.iter().filter(|paid| paid.on <= day).map(|paid| i128::from(paid.amount.mungo())).sum();
    let open = (principal - paid).clamp(0, principal.max(0));
    Money::from_mungo(i64::try_from(open).expect("it lies between nothing and the principal"))
}

/// Half away from zero; neither is negative.
fn rounded(exact: i128, divisor: i128) -> i128 {
    (exact * 2 + divisor) / (divisor * 2)
}

/// Whether a penalty bears VAT, oldest first. Whether it belongs to what is taxed is disputed; until the tax office says
/// otherwise for a day on, it does not.
const TAXED: [(Date, bool); 1] = [(jiff::civil::date(2016, 1, 1), false)];

/// Whether a penalty charged on that day has VAT in it.
pub fn is_taxed_on(day: Date) -> bool {
    TAXED.iter().rev().find(|(since, _)| *since <= day).is_some_and(|(_, taxed)| *taxed)
}
