//! The month's run: shown before it is made, made once however often and wherever it runs.

mod bills;
mod monthly;
mod plan;
mod routes;
mod view;

use base::{Conflict, Error, OnConstraint, Result, Slice, Tx, params};
use domain::{Money, Month, PromiseId, TenantId, rights::Action};
use jiff::{ToSpan, civil::Date};
use leasing::contracts::increases;
use serde_json::json;
use uuid::Uuid;
use wire::months::{MonthPreview, RunOrder, RunResult};

pub(crate) use self::bills::{description, of_month};
use self::plan::Plan;
use crate::invoices::{self, Bill, Spending};

pub fn slice() -> Slice {
    Slice::new("months").routes(routes::routes()).job::<monthly::RunMonth>().cron(monthly::cron())
}

/// What a run of the month would do, contract by contract.
pub async fn preview(tx: &Tx, month: Month, issue_on: Option<Date>) -> Result<MonthPreview> {
    tx.allow(Action::ReadReports)?;
    let issue_on = issue_day(tx, month, issue_on)?;
    let plan = Plan::of(tx, month, issue_on).await?;
    view::preview(&plan, tx.actor().lang)
}

/// Makes the bills of a month that are not there yet, each with its number, and lets the tenants know.
///
/// Runs of one owner's month wait for one another, so the numbers can be taken for exactly the bills that are missing;
/// the unique index on contract and month stands behind that.
pub async fn run(tx: &Tx, month: Month, order: &RunOrder) -> Result<RunResult> {
    tx.allow(Action::RunMonth)?;
    let issue_on = issue_day(tx, month, order.issue_on)?;
    lock(tx, month).await?;
    // A price that rises on the 15th stands on this month's bill, whether or not the 15th has come.
    increases::apply_due(tx, month.last_day()).await?;
    let plan = Plan::of(tx, month, issue_on).await?;
    let missing = plan.missing();
    if missing.is_empty() {
        return Ok(result(&plan, &[]));
    }
    if !order.accept_difference {
        plan.preview.check(plan.bound_bp).map_err(refusal)?;
    }

    let mut bills = bills::of(tx, &plan, &missing)?;
    let tenants: Vec<TenantId> = bills.iter().map(|bill| bill.tenant_id).collect();
    let count = i64::try_from(bills.len()).map_err(|error| Error::Internal(error.to_string()))?;
    let numbers =
        tx.ahead("select take_numbers('invoice', $1, $2) as first", params![i32::from(issue_on.year()), count]).await?;
    let mut purses = invoices::lock_credits(tx, &tenants).await?;
    let first: i64 = numbers.rows()?.first().ok_or_else(|| Error::Internal("no number was given".into()))?.get("first");
    let mut spent = Vec::new();
    for (number, bill) in (first..).zip(&mut bills) {
        let due_on = bill.due_on.ok_or_else(|| Error::Internal("a planned bill has its due date".into()))?;
        bill.issue(tx.app(), number, issue_on, due_on)?;
        spent.extend(invoices::spend(&mut purses, bill)?);
    }

    let result = result(&plan, &bills);
    write(tx, &plan, &bills, &spent, order, &result)
        .await
        .on_constraint("invoices_once_a_month", || Conflict::new("MONTH_BEING_BILLED").into())?;
    Ok(result)
}

/// Everything the run leaves behind. A refusal of one statement may come to light at any later one, so what Postgres
/// says is waited for here.
async fn write(
    tx: &Tx,
    plan: &Plan,
    bills: &[Bill],
    spent: &[Spending],
    order: &RunOrder,
    result: &RunResult,
) -> Result<()> {
    invoices::write_bills(tx, bills).await?;
    invoices::write_spendings(tx, spent).await?;
    note(tx, bills).await?;
    if order.send.unwrap_or(true) {
        announce(tx, bills).await?;
    }
    if plan.receipt_on_payment {
        invoices::promise_receipts(tx, spent).await?;
    }
    let told = json!({ "month": plan.month, "issuedOn": plan.issue_on, "created": result.created,
        "existing": result.existing, "parked": result.parked, "total": result.total, "firstCode": result.first_code,
        "lastCode": result.last_code });
    tx.audit("month.run", None, &told).await?;
    tx.settled().await
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

fn refusal(bounds: domain::month_run::OutOfBounds) -> Error {
    let percent = format!("{}.{:02}", bounds.bound_bp / 100, bounds.bound_bp % 100);
    Conflict::new("RUN_OUT_OF_BOUNDS")
        .with("last", bounds.last.to_string())
        .with("now", bounds.now.to_string())
        .with("bound", percent)
        .with("lastAmount", bounds.last.mungo().to_string())
        .with("nowAmount", bounds.now.mungo().to_string())
        .with("boundBp", bounds.bound_bp)
        .into()
}

/// One line in the audit for each bill.
pub(crate) async fn note(tx: &Tx, bills: &[Bill]) -> Result<()> {
    let ids: Vec<Uuid> = bills.iter().map(|_| Uuid::now_v7()).collect();
    let invoices: Vec<_> = bills.iter().map(|bill| bill.id).collect();
    let told: Vec<_> = bills.iter().map(Bill::told).collect();
    let actor = tx.actor();
    tx.later(
        "insert into audit_log (id, action, entity, entity_id, after, request_id, ip)
         select n.id, 'invoice.create', 'invoice', n.invoice, n.told, $4, $5
           from unnest($1::uuid[], $2::uuid[], $3::jsonb[]) as n (id, invoice, told)",
        params![ids, invoices, told, actor.request_id, actor.ip.map(|ip| ip.to_string())],
    )
    .await
}

/// Promises the news of each bill, in one statement.
async fn announce(tx: &Tx, bills: &[Bill]) -> Result<()> {
    use base::Promise;

    use crate::news::InvoiceIssued;

    let ids: Vec<PromiseId> = bills.iter().map(|_| PromiseId::new()).collect();
    let news: Vec<InvoiceIssued> = bills.iter().map(|bill| InvoiceIssued { invoice: bill.id }).collect();
    let aggregates: Vec<Option<Uuid>> = news.iter().map(Promise::aggregate).collect();
    let payloads: Vec<serde_json::Value> = news.iter().map(|news| json!(news)).collect();
    tx.later(
        "insert into outbox (id, kind, aggregate_id, payload, run_at)
         select p.id, $4, p.aggregate, p.payload, $5
           from unnest($1::uuid[], $2::uuid[], $3::jsonb[]) as p (id, aggregate, payload)",
        params![ids, aggregates, payloads, InvoiceIssued::KIND, tx.clock().now()],
    )
    .await?;
    tx.promised_many();
    Ok(())
}

fn result(plan: &Plan, bills: &[Bill]) -> RunResult {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    RunResult {
        month: plan.month,
        created: number(bills.len()),
        existing: number(plan.billed.len()),
        parked: number(plan.preview.parked.len()),
        total: Money::sum(bills.iter().map(|bill| bill.total)).unwrap_or(Money::MAX),
        first_code: bills.first().and_then(|bill| bill.code.clone()),
        last_code: bills.last().and_then(|bill| bill.code.clone()),
    }
}
