//! Receivables by age, as of any day: the same figures for ever, whatever is paid or taken back later.
//!
//! What was owed on a day is what is open now, with everything undone that was booked after it: money that came on a bill
//! later counts as not there, a bill that was taken back later as still there. So the cost of looking back grows with
//! what happened since, not with all that ever was.

mod export;
mod queries;
mod routes;

use base::{Result, Slice, Tx, lists::Window};
use domain::rights::Action;
use jiff::civil::Date;
use wire::receivables::{ReceivableFilter, ReceivableLine, ReceivableLineFilter, ReceivableRow, ReceivableTotals};

pub fn slice() -> Slice {
    Slice::new("receivables").routes(routes::routes())
}

/// A page of receivables, and the day as of which they are.
async fn page(tx: &Tx, filter: &ReceivableFilter, window: &Window<queries::Place>) -> Result<Vec<ReceivableRow>> {
    let as_of = allow(tx, filter.as_of)?;
    queries::page(tx, filter, as_of, window).await
}

/// What all filtered receivables add up to.
pub async fn totals(tx: &Tx, filter: &ReceivableFilter) -> Result<ReceivableTotals> {
    let as_of = allow(tx, filter.as_of)?;
    queries::totals(tx, filter, as_of).await
}

/// The open bills behind a figure.
async fn lines(
    tx: &Tx,
    filter: &ReceivableLineFilter,
    window: &Window<queries::LinePlace>,
) -> Result<Vec<ReceivableLine>> {
    let as_of = allow(tx, filter.as_of)?;
    queries::lines(tx, filter, as_of, window).await
}

fn allow(tx: &Tx, asked: Option<Date>) -> Result<Date> {
    tx.allow(Action::ReadReports)?;
    crate::penalties::as_of(tx, asked)
}
