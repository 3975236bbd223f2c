//! The month's run: shown before it is made, made once however often and wherever it runs.
//!
//! A run is planned as a whole, and stopped as a whole when its total is out of bounds. What fits into one batch is made
//! in the transaction that planned it, so that whoever pressed the button sees it done. A longer run is ordered, and a
//! job makes it batch by batch, each a transaction with its numbers, bills, news and progress; killed at any point, it
//! goes on behind the last batch that was committed.

mod batch;
mod bills;
mod export;
mod make;
mod monthly;
mod outlook;
mod portion;
mod queries;
pub(crate) mod reports;
mod routes;
mod view;
mod work;

use base::{Conflict, Error, Result, Slice, Tx, lists::Window, params};
use domain::{Month, MonthRunId, month_run::MonthRunStatus, rights::Action};
use jiff::{ToSpan, civil::Date};
use leasing::contracts::{due_in_month, increases};
use serde_json::json;
use wire::{
    Page,
    months::{MonthPreview, MonthRunParked, MonthRunView, PreviewOrder, RunOrder, RunResult},
};

use self::{
    batch::Made,
    make::MakeBills,
    outlook::Planning,
    portion::{Ground, Portion},
    queries::{NewRun, Run},
};
pub(crate) use self::{
    batch::note,
    bills::{description, of_month},
};
use crate::{
    month_locks,
    utilities::{self, Utilities},
};

pub fn slice() -> Slice {
    Slice::new("months").routes(routes::routes()).job::<monthly::RunMonth>().job::<MakeBills>().cron(monthly::cron())
}

/// How many contracts are read, planned and billed at a time.
const BATCH: usize = 2_000;

/// What a run of the month would do, contract by contract.
pub async fn preview(tx: &Tx, month: Month, order: &PreviewOrder) -> Result<MonthPreview> {
    tx.allow(Action::ReadReports)?;
    let issue_on = issue_day(tx, month, order.issue_on)?;
    let window: Window<String> = Window::new(order.limit, order.cursor.as_deref())?;
    let ground = Ground::of(tx, month, issue_on).await?;
    view::preview(tx, &ground, order, &window).await
}

/// A run that was stopped before anything was made, with its figures.
pub struct Stopped {
    month: Month,
    issue_on: Date,
    send: bool,
    bounds: domain::month_run::OutOfBounds,
    planning: Planning,
}

/// Makes the bills of a month that are not there yet, each with its number, and lets the tenants know; of many contracts
/// the making is a job, and the answer says how far it is.
///
/// Runs of one owner's month wait for one another, so the numbers can be taken for exactly the bills that are missing;
/// the unique index on contract and month stands behind that. A refusal by the bound leaves its figures in `stopped`, to
/// be remembered ([`remember`]) once everything is undone.
pub async fn run(tx: &Tx, month: Month, order: &RunOrder, stopped: &mut Option<Stopped>) -> Result<RunResult> {
    tx.allow(Action::RunMonth)?;
    let issue_on = issue_day(tx, month, order.issue_on)?;
    month_locks::ensure_open(tx, issue_on).await?;
    lock(tx, month).await?;
    if let Some(under_way) = queries::under_way(tx, month).await? {
        return Ok(view::result(under_way));
    }
    // A price that rises on the 15th stands on this month's bill, whether or not the 15th has come.
    increases::apply_due(tx, month.last_day()).await?;
    let ground = Ground::of(tx, month, issue_on).await?;
    let due = due_in_month(tx, month, None).await?;
    let mut planning = Planning::default();
    let mut only = None;
    for part in due.chunks(BATCH) {
        let portion = Portion::of(tx, &ground, part).await?;
        planning.look_at(&portion);
        // A second portion means a job, which reads them all again: what is kept here is one, not all.
        only = Some(portion);
    }
    planning.park_until_it_fits();
    let send = order.send.unwrap_or(true);
    if planning.rents_to_bill() > 0
        && !order.accept_difference
        && let Err(bounds) = planning.sums()?.check(ground.bound_bp)
    {
        let refused = stopped.insert(Stopped { month, issue_on, send, bounds, planning });
        return Err(refused.refusal());
    }
    let existing = queries::billed(tx, month).await?;
    let new = NewRun { id: MonthRunId::new(), month, issue_on, send, existing };
    let utilities = planning.look_at_utilities(utilities_of(tx, month, issue_on).await?);
    let run = if due.len() <= BATCH {
        let rents = match &only {
            Some(portion) => batch::make(tx, &ground, portion, planning.left_out(), send).await?,
            None => Made::default(),
        };
        let made = rents.and(batch::issue(tx, &ground, utilities, send).await?)?;
        let run = queries::insert_done(tx, &new, &planning, &made).await?;
        tell(tx, &run).await?;
        run
    } else if planning.to_bill() == 0 {
        let run = queries::insert_done(tx, &new, &planning, &Made::default()).await?;
        tell(tx, &run).await?;
        run
    } else {
        let run = queries::insert_ordered(tx, &new, &planning).await?;
        let ordered =
            json!({ "month": month, "issuedOn": issue_on, "contracts": run.contracts, "toBill": run.to_bill });
        tx.audit("month.order", run.id.0, &ordered).await?;
        tx.promise(&MakeBills { run: run.id }).await?;
        run
    };
    Ok(view::result(run))
}

/// What the month's readings come to; nothing as long as none was entered, whatever meters there are.
async fn utilities_of(tx: &Tx, month: Month, issue_on: Date) -> Result<Utilities> {
    if !queries::has_readings(tx, month).await? {
        return Ok(Utilities::default());
    }
    utilities::bills_of_month(tx, month, issue_on).await
}

/// Writes down that a run was stopped by its bound, for those who look at the month afterwards.
pub async fn remember(tx: &Tx, stopped: &Stopped) -> Result<()> {
    tx.allow(Action::RunMonth)?;
    let Stopped { month, issue_on, send, .. } = *stopped;
    let new = NewRun { id: MonthRunId::new(), month, issue_on, send, existing: queries::billed(tx, month).await? };
    let because = json!({ "mn": stopped.bounds.in_mongolian(), "en": stopped.bounds.in_english() });
    queries::insert_stopped(tx, &new, &stopped.planning, because).await?;
    let told = json!({ "month": month, "issuedOn": issue_on, "now": stopped.bounds.now, "last": stopped.bounds.last });
    tx.audit("month.stop", new.id.0, &told).await
}

/// A run and how far it is.
pub async fn find(tx: &Tx, id: MonthRunId) -> Result<MonthRunView> {
    tx.allow(Action::ReadReports)?;
    queries::view(tx, id).await?.ok_or(Error::NotFound("month run"))
}

/// The runs of a month, the latest first.
async fn of_month_page(tx: &Tx, month: Month, window: &Window<MonthRunId>) -> Result<Page<MonthRunView>> {
    tx.allow(Action::ReadReports)?;
    Ok(window.page(queries::page(tx, month, window).await?, |run| run.id))
}

/// Whom a run left out and why, by the contracts' codes.
async fn parked(tx: &Tx, id: MonthRunId, window: &Window<(String, String)>) -> Result<Page<MonthRunParked>> {
    tx.allow(Action::ReadReports)?;
    if !queries::knows(tx, id).await? {
        return Err(Error::NotFound("month run"));
    }
    Ok(window.page(queries::parked(tx, id, window).await?, |parked| {
        (parked.contract_code.clone(), parked.kind.as_str().to_owned())
    }))
}

/// What the audit says of a run that is over.
async fn tell(tx: &Tx, run: &Run) -> Result<()> {
    debug_assert!(run.status == MonthRunStatus::Done);
    let told = json!({ "month": run.month, "issuedOn": run.issue_on, "created": run.billed, "existing": run.existing,
        "parked": run.parked, "total": run.total, "firstCode": run.first_code, "lastCode": run.last_code });
    tx.audit("month.run", run.id.0, &told).await
}

/// Today when nobody says; a day more than a year away from the month would be a slip.
fn issue_day(tx: &Tx, month: Month, asked: Option<Date>) -> Result<Date> {
    let Some(day) = asked else { return Ok(tx.clock().today()) };
    let (first, last) = (month.first_day().saturating_sub(1.year()), month.last_day().saturating_add(1.year()));
    if day < first || day > last { Err(Error::field("issueOn", "bad-date")) } else { Ok(day) }
}

/// One at a time for an owner and a month; imports of bills take the same lock.
pub(crate) async fn lock(tx: &Tx, month: Month) -> Result<()> {
    tx.later(
        "select pg_advisory_xact_lock(hashtextextended('month ' || app_owner_id()::text || ' ' || $1::text, 0))",
        params![month.to_string()],
    )
    .await
}

impl Stopped {
    /// The refusal that says so.
    fn refusal(&self) -> Error {
        let domain::month_run::OutOfBounds { last, now, bound_bp } = self.bounds;
        Conflict::new("RUN_OUT_OF_BOUNDS")
            .with("last", last.to_string())
            .with("now", now.to_string())
            .with("bound", format!("{}.{:02}", bound_bp / 100, bound_bp % 100))
            .with("lastAmount", last.mungo().to_string())
            .with("nowAmount", now.mungo().to_string())
            .with("boundBp", bound_bp)
            .into()
    }
}
