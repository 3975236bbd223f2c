//! The month's work in order: what is done of each step and what is open.
//!
//! A fixed number of questions, and one more for every five thousand late bills of contracts with a clause on penalty: a
//! penalty is a function of days and payments, and Postgres does not know it.

use base::{Error, Result, Tx, params, tx::Ahead};
use domain::{Month, month_report::MonthReport, rights::Action};
use tokio_postgres::Row;
use wire::month_work::{MonthStep, MonthStepState, MonthWork, MonthWorkPart, MonthWorkStep};

use crate::{arrears, payments::first_moment, penalties};

/// How far the month's work is.
pub(super) async fn find(tx: &Tx, month: Month) -> Result<MonthWork> {
    tx.allow(Action::ReadReports)?;
    let (first, last) = (month.first_day(), month.last_day());
    let (start, end) = (first_moment(first)?, first_moment(month.next().first_day())?);
    // Late is what is late by the month's end, or today while it is not over; in a month to come nothing is.
    let as_of = last.min(tx.clock().today());
    let stages = arrears::stage_days(tx).await?.to_vec();
    let penalties = tx.ahead(PENALTIES, params![first, last]).await?;
    let reminders = tx.ahead(REMINDERS, params![first, last, as_of, stages]).await?;
    let reports = tx.ahead(REPORTS, params![month]).await?;
    let bank = tx.ahead(BANK, params![start, end]).await?;
    let charges = tx.ahead(CHARGES, params![month, month.last_day()]).await?;
    let bills = tx.ahead(BILLS, params![month]).await?;
    let payments = tx.ahead(PAYMENTS, params![start, end]).await?;
    let receipts = tx.ahead(RECEIPTS, params![month]).await?;
    let readings = tx.ahead(READINGS, params![month, month.last_day()]).await?;
    let lock = tx.ahead(LOCK, params![month]).await?;
    let to_review = if as_of < first { 0 } else { penalties::to_review(tx, first, as_of).await? };
    let sent = tx.last().all(SENT, &[&month]).await?;
    let (read, saved) = (only(readings)?, only(reports)?);
    let all = i64::try_from(MonthReport::ALL.len()).expect("a handful");
    let steps = vec![
        step(MonthStep::Readings, &read, &[]),
        counted(MonthStep::UnusualReadings, read.get("explained"), read.get("mistakes")),
        step(MonthStep::Charges, &only(charges)?, &[]),
        step(MonthStep::Drafts, &only(bills)?, &[]),
        step(MonthStep::Sending, one(&sent)?, &["delivered", "accepted", "waiting", "failed", "untold"]),
        step(MonthStep::Payments, &only(payments)?, &[]),
        of_row(MonthStep::Penalties, &only(penalties)?, to_review),
        step(MonthStep::Reminders, &only(reminders)?, &["sent", "waiting", "failed", "due"]),
        step(MonthStep::Receipts, &only(receipts)?, &["sent", "pending", "parked", "failed"]),
        step(MonthStep::Bank, &only(bank)?, &["linked", "ignored", "probable", "unknown"]),
        of_row(MonthStep::Reports, &saved, all - saved.get::<_, i64>("done")),
        step(MonthStep::Lock, &only(lock)?, &[]),
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

/// Meters that are there in the month, and those of them that were read; unusual readings carry a word, mistakes wait for
/// the right figure.
const READINGS: &str = "
    with there as (
        select m.id, exists (select from readings r
                              where r.owner_id = m.owner_id and r.meter_id = m.id and r.month = $1 and r.occasion = 'monthly') as is_read
          from meters m
         where m.owner_id = (select app_owner_id()) and (m.installed_on is null or m.installed_on <= $2)
           and (m.removed_on is null or m.removed_on >= $1::date)),
    latest as (
        select r.updated_at, u.name
          from readings r left join users u on u.id = r.entered_by
         where r.owner_id = (select app_owner_id()) and r.month = $1
         order by r.updated_at desc
         limit 1)
    select (select count(*) from there where is_read) as done, (select count(*) from there where not is_read) as open,
           (select count(*) from readings r
             where r.owner_id = (select app_owner_id()) and r.month = $1 and r.note <> '' and r.status <> 'mistake') as explained,
           (select count(*) from readings r
             where r.owner_id = (select app_owner_id()) and r.month = $1 and r.status = 'mistake') as mistakes,
           (select name from latest) as who, (select updated_at from latest) as at";

/// Bills whose penalty was charged or waived as of one of the month's days.
const PENALTIES: &str = "
    with decided as (
        select p.invoice_id, p.created_at, u.name
          from penalties p
          left join invoices f on f.owner_id = p.owner_id and f.id = p.fee_invoice_id
          left join users u on u.id = p.made_by
         where p.owner_id = (select app_owner_id()) and p.as_of between $1 and $2 and f.status is distinct from 'void')
    select (select count(distinct invoice_id) from decided) as done,
           (select name from decided order by created_at desc limit 1) as who, (select max(created_at) from decided) as at";

/// Reminders of the month's days; and contracts with a late bill that has reached a stage at which nobody was reminded of
/// it, as long as the tenant has a telephone and no promise holds.
const REMINDERS: &str = "
    with ordered as (
        select r.status, s.status as sms, o.created_at, u.name
          from reminder_orders o
          join reminders r on r.owner_id = o.owner_id and r.order_id = o.id
          left join sms_messages s on s.owner_id = r.owner_id and s.id = r.sms_id
          left join users u on u.id = o.made_by
         where o.owner_id = (select app_owner_id()) and o.on_day between $1 and $2 and r.status <> 'skipped'),
    due as (
        select distinct i.contract_id
          from invoices i
          join tenants t on t.owner_id = i.owner_id and t.id = i.tenant_id and t.phone is not null
         where i.owner_id = (select app_owner_id()) and i.status in ('issued', 'partially_paid', 'overdue')
           and i.due_on < $3 and $3 >= $1
           and (select max(d.stage) from unnest($4::int[]) with ordinality as d (days, stage) where $3 - i.due_on >= d.days)
               > coalesce((select max(n.stage) from reminder_invoices n
                            where n.owner_id = i.owner_id and n.invoice_id = i.id), 0)
           and not exists (select from promises_to_pay p
                            where p.owner_id = i.owner_id and p.contract_id = i.contract_id and p.status = 'open'
                              and p.due_on >= $3)),
    counted as (
        select count(*) filter (where sms in ('accepted', 'delivered', 'unknown')) as sent,
               count(*) filter (where sms in ('refused', 'undelivered')) as failed,
               count(*) filter (where sms is null or sms in ('new', 'sending')) as waiting,
               (select count(*) from due) as due
          from ordered)
    select sent, failed, waiting, due, sent as done, failed + waiting + due as open,
           (select name from ordered order by created_at desc limit 1) as who, (select max(created_at) from ordered) as at
      from counted";

/// The reports of the month that somebody took along, of those there are.
const REPORTS: &str = "
    with saved as (
        select r.report, r.saved_at, u.name
          from month_reports r left join users u on u.id = r.saved_by
         where r.owner_id = (select app_owner_id()) and r.month = $1)
    select (select count(distinct report) from saved) as done,
           (select name from saved order by saved_at desc limit 1) as who, (select max(saved_at) from saved) as at";

/// What the bank tells of the month's days; open is what nobody has put anywhere yet.
const BANK: &str = "
    select count(*) filter (where state = 'linked') as linked, count(*) filter (where state = 'ignored') as ignored,
           count(*) filter (where state = 'probable') as probable, count(*) filter (where state = 'unknown') as unknown,
           count(*) filter (where state in ('linked', 'ignored')) as done,
           count(*) filter (where state in ('probable', 'unknown')) as open, null::text as who, max(updated_at) as at
      from bank_transactions
     where owner_id = (select app_owner_id()) and posted_at >= $1 and posted_at < $2";

/// A month is locked by a lock of its own or of a later month.
const LOCK: &str = "
    with latest as (
        select l.locked_at, u.name
          from month_locks l left join users u on u.id = l.locked_by
         where l.owner_id = (select app_owner_id()) and l.month >= $1
           and not exists (select from month_unlocks k where k.owner_id = l.owner_id and k.lock_id = l.id)
         order by l.locked_at desc
         limit 1)
    select (select count(*) from latest) as done, 1 - (select count(*) from latest) as open, (select name from latest) as who,
           (select locked_at from latest) as at";

/// A row with `done`, `open`, `who`, `at`, and these counts by their names.
fn step(step: MonthStep, row: &Row, parts: &[&str]) -> MonthWorkStep {
    let part = |what: &&str| MonthWorkPart { what: (*what).to_owned(), count: row.get(*what) };
    let parts = parts.iter().map(part).filter(|part| part.count > 0).collect();
    MonthWorkStep { parts, who: row.get("who"), at: row.get("at"), ..counted(step, row.get("done"), row.get("open")) }
}

fn counted(step: MonthStep, done: i64, open: i64) -> MonthWorkStep {
    let state = match (done, open) {
        (0, 0) => MonthStepState::Nothing,
        (_, 0) => MonthStepState::Done,
        _ => MonthStepState::Open,
    };
    MonthWorkStep { step, state, done, open, parts: Vec::new(), who: None, at: None }
}

/// A row with `done`, `who` and `at`, and what is open of it.
fn of_row(step: MonthStep, row: &Row, open: i64) -> MonthWorkStep {
    MonthWorkStep { who: row.get("who"), at: row.get("at"), ..counted(step, row.get("done"), open) }
}

fn one(rows: &[Row]) -> Result<&Row> {
    rows.first().ok_or_else(|| Error::Internal("a count always has a row".into()))
}

fn only(asked: Ahead) -> Result<Row> {
    asked.rows()?.into_iter().next().ok_or_else(|| Error::Internal("a count always has a row".into()))
}
