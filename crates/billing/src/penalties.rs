//! Penalties for paying late: computed as of a day, reviewed, charged on a fee bill or waived with a reason.
//!
//! What is charged is only ever the difference between the penalty of the day and what was charged and waived before; see
//! `docs/arrears.md`.

mod charge;
mod export;
mod made;
mod queries;
mod routes;
mod terms;

use base::{Checks, Result, Slice, Tx, lists::Window};
use domain::{Money, rights::Action};
use jiff::civil::Date;
use wire::penalties::{PenaltyFilter, PenaltyRow, PenaltyTotals};

use self::queries::Place;
pub use self::{
    charge::{charge, waive},
    made::PenaltyMade,
};

pub fn slice() -> Slice {
    Slice::new("penalties").routes(routes::routes())
}

/// The day as of which is asked: today when nobody said, never one to come.
pub(crate) fn as_of(tx: &Tx, asked: Option<Date>) -> Result<Date> {
    let today = tx.clock().today();
    let as_of = asked.unwrap_or(today);
    let mut checks = Checks::new();
    checks.that(as_of <= today, "asOf", "in-the-future");
    checks.that(as_of.year() >= 2000, "asOf", "bad-date");
    checks.done()?;
    Ok(as_of)
}

/// A page of late bills with their penalties.
async fn page(tx: &Tx, filter: &PenaltyFilter, window: &Window<Place>) -> Result<Vec<PenaltyRow>> {
    tx.allow(Action::ReadReports)?;
    let as_of = as_of(tx, filter.as_of)?;
    let lang = tx.actor().lang;
    queries::page(tx, filter, as_of, window).await?.iter().map(|late| late.row(as_of, lang)).collect()
}

/// What all filtered penalties add up to.
async fn totals(tx: &Tx, filter: &PenaltyFilter) -> Result<PenaltyTotals> {
    tx.allow(Action::ReadReports)?;
    let as_of = as_of(tx, filter.as_of)?;
    let mut totals = PenaltyTotals::default();
    let mut window = Window { after: None, limit: 5_000 };
    loop {
        let late = queries::page(tx, filter, as_of, &window).await?;
        for one in &late {
            let penalty = one.penalty(as_of);
            totals.count += 1;
            for (sum, amount) in [
                (&mut totals.principal, one.principal),
                (&mut totals.computed, penalty.amount),
                (&mut totals.charged, one.charged),
                (&mut totals.waived, one.waived),
                (&mut totals.paid, one.fee_paid),
                (&mut totals.left, one.left(&penalty)),
            ] {
                *sum = add(*sum, amount)?;
            }
        }
        match late.last() {
            Some(last) if late.len() > 5_000 => window.after = Some(Place(last.due_on, last.id)),
            _ => return Ok(totals),
        }
    }
}

/// How many open bills bear a penalty at the end of that day of which something is left, and were not decided about since
/// `since`.
pub(crate) async fn to_review(tx: &Tx, since: Date, as_of: Date) -> Result<i64> {
    let (mut count, mut window) = (0, Window { after: None, limit: 5_000 });
    let filter = PenaltyFilter::default();
    loop {
        let late = queries::page(tx, &filter, as_of, &window).await?;
        let waits = |one: &&queries::Late| {
            one.decided_as_of.is_none_or(|day| day < since) && one.left(&one.penalty(as_of)).is_positive()
        };
        count += i64::try_from(late.iter().filter(waits).count()).unwrap_or(i64::MAX);
        match late.last() {
            Some(last) if late.len() > 5_000 => window.after = Some(Place(last.due_on, last.id)),
            _ => return Ok(count),
        }
    }
}

fn add(sum: Money, amount: Money) -> Result<Money> {
    Ok(sum.checked_add(amount)?)
}
