//! The month's work in order: what is done of each step and what is open, counted in a fixed number of questions.

use base::{Error, Result, Tx, params, tx::Ahead};
use domain::{Month, rights::Action};
use tokio_postgres::Row;
use wire::month_work::{MonthStep, MonthStepState, MonthWork, MonthWorkPart, MonthWorkStep};

use crate::payments::first_moment;

/// How far the month's work is.
pub(super) async fn find(tx: &Tx, month: Month) -> Result<MonthWork> {
    tx.allow(Action::ReadReports)?;
    let (start, end) = (first_moment(month.first_day())?, first_moment(month.next().first_day())?);
    let charges = tx.ahead(CHARGES, params![month, month.last_day()]).await?;
    let bills = tx.ahead(BILLS, params![month]).await?;
    let payments = tx.ahead(PAYMENTS, params![start, end]).await?;
    let receipts = tx.ahead(RECEIPTS, params![month]).await?;
    let sent = tx.last().all(SENT, &[&month]).await?;
    let steps = vec![
        not_yet(MonthStep::Readings),
        not_yet(MonthStep::UnusualReadings),
        step(MonthStep::Charges, &only(charges)?, &[]),
        step(MonthStep::Drafts, &only(bills)?, &[]),
        step(MonthStep::Sending, one(&sent)?, &["delivered", "accepted", "waiting", "failed", "untold"]),
        step(MonthStep::Payments, &only(payments)?, &[]),
        not_yet(MonthStep::Penalties),
        not_yet(MonthStep::Reminders),
        step(MonthStep::Receipts, &only(receipts)?, &["sent", "pending", "parked", "failed"]),
        not_yet(MonthStep::Bank),
        not_yet(MonthStep::Reports),
        not_yet(MonthStep::Lock),
    ];
    Ok(MonthWork { month, steps })
}

/// Contracts billed; open are those that lack their bill and were not looked at since they were to have one, or were left
/// out by the last run. One that has nothing to bill is neither.
const CHARGES: &str = "
    with latest as (
        select r.id, r.finished_at, r.created_at, u.name
          from month_runs r left join users u on u.id = r.ordered_by
         where r.owner_id = (select app_owner_id()) and r.month = $1 and r.status = 'done'
         order by r.id desc
         limit 1)
    select (select count(*) from invoices i
             where i.owner_id = (select app_owner_id()) and i.period = $1 and i.kind = 'rent' and i.status <> 'void') as done,
           (select count(*) from contracts c
             where c.owner_id = (select app_owner_id()) and c.status not in ('draft', 'pending_signature') and c.starts_on <= $2
               and coalesce(least(c.ends_on, c.terminated_on), 'infinity') >= $1::date
               and not exists (select from invoices i
                                where i.owner_id = c.owner_id and i.contract_id = c.id and i.period = $1 and i.kind = 'rent'
                                  and i.status <> 'void')
               and (not exists (select from latest) or c.approved_at > (select finished_at from latest)
                    or exists (select from month_run_parked p
                                where p.owner_id = c.owner_id and p.run_id = (select id from latest) and p.contract_id = c.id))
           ) as open,
           (select name from latest) as who, (select created_at from latest) as at";

const BILLS: &str = "
    select count(*) filter (where status <> 'draft') as done, count(*) filter (where status = 'draft') as open,
           null::text as who, null::timestamptz as at
      from invoices
     where owner_id = (select app_owner_id()) and period = $1 and status <> 'void'";

/// Bills by how far the text about them got: the furthest of all its tries counts.
const SENT: &str = "
    with told as (
        select coalesce(
                   (select case min(case s.status when 'delivered' then 1 when 'accepted' then 2 when 'sending' then 3 when 'new' then 3
                                                  else 4 end)
                           when 1 then 'delivered' when 2 then 'accepted' when 3 then 'waiting' when 4 then 'failed' end
                      from sms_messages s where s.owner_id = i.owner_id and s.invoice_id = i.id),
                   (select 'waiting' from outbox o
                     where o.aggregate_id = i.id and o.status = 'pending' and o.kind = 'invoice.issued' limit 1),
                   'untold') as how
          from invoices i
         where i.owner_id = (select app_owner_id()) and i.period = $1 and i.status not in ('draft', 'void'))
    select count(*) filter (where how = 'delivered') as delivered, count(*) filter (where how = 'accepted') as accepted,
           count(*) filter (where how = 'waiting') as waiting, count(*) filter (where how = 'failed') as failed,
           count(*) filter (where how = 'untold') as untold,
           count(*) filter (where how in ('delivered', 'accepted')) as done,
           count(*) filter (where how in ('waiting', 'failed')) as open,
           (select max(s.sent_at) from sms_messages s join invoices i on i.owner_id = s.owner_id and i.id = s.invoice_id
             where i.owner_id = (select app_owner_id()) and i.period = $1) as at, null::text as who
      from told";

/// Payments of the month's days; open are those of which something is on no bill.
const PAYMENTS: &str = "
    select count(*) filter (where allocated = amount) as done, count(*) filter (where allocated < amount) as open,
           null::text as who, max(paid_at) as at
      from payments
     where owner_id = (select app_owner_id()) and paid_at >= $1 and paid_at < $2 and status = 'recorded' and amount > 0";

const RECEIPTS: &str = "
    select count(*) filter (where r.status in ('sent', 'returned')) as sent, count(*) filter (where r.status = 'pending') as pending,
           count(*) filter (where r.status = 'parked') as parked, count(*) filter (where r.status = 'failed') as failed,
           count(*) filter (where r.status in ('sent', 'returned')) as done,
           count(*) filter (where r.status in ('pending', 'parked', 'failed')) as open,
           null::text as who, max(r.sent_at) as at
      from receipts r
      join invoices i on i.owner_id = r.owner_id and i.id = r.invoice_id
     where i.owner_id = (select app_owner_id()) and i.period = $1";

/// A row with `done`, `open`, `who`, `at`, and these counts by their names.
fn step(step: MonthStep, row: &Row, parts: &[&str]) -> MonthWorkStep {
    let (done, open): (i64, i64) = (row.get("done"), row.get("open"));
    let state = match (done, open) {
        (0, 0) => MonthStepState::Nothing,
        (_, 0) => MonthStepState::Done,
        _ => MonthStepState::Open,
    };
    let part = |what: &&str| MonthWorkPart { what: (*what).to_owned(), count: row.get(*what) };
    let parts = parts.iter().map(part).filter(|part| part.count > 0).collect();
    MonthWorkStep { step, state, done, open, parts, who: row.get("who"), at: row.get("at") }
}

/// A step whose part does not exist yet; it says so rather than pretend.
fn not_yet(step: MonthStep) -> MonthWorkStep {
    let state = MonthStepState::NotYet;
    MonthWorkStep { step, state, done: 0, open: 0, parts: Vec::new(), who: None, at: None }
}

fn one(rows: &[Row]) -> Result<&Row> {
    rows.first().ok_or_else(|| Error::Internal("a count always has a row".into()))
}

fn only(asked: Ahead) -> Result<Row> {
    asked.rows()?.into_iter().next().ok_or_else(|| Error::Internal("a count always has a row".into()))
}
