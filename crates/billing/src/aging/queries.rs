//! Every question asked about receivables, each answered in one statement over sets.

use base::{
    Error, Result, Tx,
    conditions::{Conditions, containing},
    lists::Window,
    params,
};
use domain::{InvoiceId, Money, TenantId, aging::Bucket};
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use uuid::Uuid;
use wire::receivables::{
    ReceivableBy, ReceivableFilter, ReceivableLine, ReceivableLineFilter, ReceivablePromise, ReceivableRow,
    ReceivableTotals,
};

use crate::payments::first_moment;

/// The sort key of the list: the largest first. A line without a contract stands behind a tenant's others.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Place(pub Money, pub TenantId, pub Uuid);

/// The sort key of the bills behind a figure.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct LinePlace(pub Date, pub InvoiceId);

impl Place {
    pub fn of(row: &ReceivableRow) -> Place {
        Place(row.total, row.tenant_id, row.contract_id.map_or(Uuid::nil(), |id| id.0))
    }
}

/// What was open of bills at the end of the day `$1`: candidates are what is open now and what changed since.
const OWED: &str = "
    since as materialized (
        select a.invoice_id, sum(a.amount)::bigint as amount
          from allocations a
         where a.owner_id = (select app_owner_id()) and a.booked_on > $1
         group by a.invoice_id),
    candidates as (
        select id from invoices
         where owner_id = (select app_owner_id()) and status in ('issued', 'partially_paid', 'overdue')
         union
        select invoice_id from since
         union
        select id from invoices where owner_id = (select app_owner_id()) and voided_on > $1),
    owed as (
        select i.id, i.code, i.kind, i.contract_id, i.contract_code, i.tenant_id, i.customer_name, i.units, i.property_id,
               i.period, i.issued_on, i.due_on, i.total, $1::date - i.due_on as late,
               i.paid_amount - coalesce(s.amount, 0) as paid, i.total - i.paid_amount + coalesce(s.amount, 0) as open
          from candidates c
          join invoices i on i.owner_id = (select app_owner_id()) and i.id = c.id
          left join since s on s.invoice_id = i.id
         where i.issued_on <= $1 and i.status <> 'draft' and (i.voided_on is null or i.voided_on > $1)
           and i.total - i.paid_amount + coalesce(s.amount, 0) <> 0)";

/// What tenants had paid by the end of the day and put on no bill; `$2` is the moment after it.
const CREDIT: &str = "
    credit as (
        select tenant_id, -sum(amount)::bigint as amount
          from (select p.tenant_id, p.amount - p.allocated as amount
                  from payments p
                 where p.owner_id = (select app_owner_id()) and p.status = 'recorded' and p.allocated < p.amount
                 union all
                select p.tenant_id, -p.amount
                  from payments p
                 where p.owner_id = (select app_owner_id()) and p.paid_at >= $2
                 union all
                select p.tenant_id, a.amount
                  from allocations a
                  join payments p on p.owner_id = a.owner_id and p.id = a.payment_id
                 where a.owner_id = (select app_owner_id()) and a.booked_on > $1) moved
         group by tenant_id
        having sum(amount) <> 0)";

/// Bills and credit in lines, by contract or by tenant.
fn grouped(filter: &ReceivableFilter) -> String {
    let contract = match filter.by.unwrap_or_default() {
        ReceivableBy::Contract => "o.contract_id",
        ReceivableBy::Tenant => "null::uuid",
    };
    // Credit is no building's.
    let with_credit = if filter.property_id.is_none() { "true" } else { "false" };
    format!(
        "with {OWED},{CREDIT},
    fees as (
        select distinct p.fee_invoice_id as id from penalties p
         where p.owner_id = (select app_owner_id()) and p.fee_invoice_id is not null),
    stages as (
        select n.invoice_id, max(n.stage) as stage
          from reminder_invoices n
          join reminders r on r.owner_id = n.owner_id and r.id = n.reminder_id and r.status = 'sent' and r.sent_on <= $1
         where n.owner_id = (select app_owner_id())
         group by n.invoice_id),
    parts as (
        select o.tenant_id, {contract} as contract_id, o.due_on, o.late, o.open, s.stage,
               case when f.id is not null then o.open else 0 end as penalty, 0::bigint as credit
          from owed o
          left join fees f on f.id = o.id
          left join stages s on s.invoice_id = o.id
         where $3::uuid is null or o.property_id = $3
         union all
        select c.tenant_id, null, null, null, 0, null, 0, c.amount from credit c where {with_credit}),
    lines as (
        select tenant_id, contract_id, coalesce(contract_id, '00000000-0000-0000-0000-000000000000'::uuid) as turn,
               coalesce(sum(open) filter (where late <= 0), 0)::bigint as not_due,
               coalesce(sum(open) filter (where late between 1 and 30), 0)::bigint as to_30,
               coalesce(sum(open) filter (where late between 31 and 60), 0)::bigint as to_60,
               coalesce(sum(open) filter (where late between 61 and 90), 0)::bigint as to_90,
               coalesce(sum(open) filter (where late between 91 and 180), 0)::bigint as to_180,
               coalesce(sum(open) filter (where late > 180), 0)::bigint as over_180,
               sum(open)::bigint as total, sum(penalty)::bigint as penalty, sum(credit)::bigint as credit,
               min(due_on) as oldest_due_on, coalesce(max(stage), 0)::smallint as stage
          from parts
         group by tenant_id, contract_id)"
    )
}

/// The receivables of a page.
pub(super) async fn page(
    tx: &Tx,
    filter: &ReceivableFilter,
    as_of: Date,
    window: &Window<Place>,
) -> Result<Vec<ReceivableRow>> {
    let mut asked = asked(filter, as_of)?;
    if let Some(Place(total, tenant, turn)) = &window.after {
        asked.and("(l.total, l.tenant_id, l.turn) < ({0}, {1}, {2})", params![*total, *tenant, *turn]);
    }
    let limit = asked.value(Box::new(window.rows()));
    let sql = format!(
        "{grouped},
    shown as (
        select l.*, t.name, t.register_no, t.phone, c.code, c.units, c.property_id
          from lines l
          join tenants t on t.owner_id = (select app_owner_id()) and t.id = l.tenant_id
          left join contracts c on c.owner_id = (select app_owner_id()) and c.id = l.contract_id{conditions}
         order by l.total desc, l.tenant_id desc, l.turn desc
         limit {limit})
        select s.*, coalesce(d.held, 0)::bigint as deposit_held, paid.on_day as last_paid_on, paid.amount as last_paid,
               promised.due_on as promise_due_on, promised.amount as promise_amount, promised.status as promise_status,
               promised.note as promise_note
          from shown s
          left join lateral (
               select sum(e.held_amount) as held
                 from deposit_entries e
                 join contracts c on c.owner_id = e.owner_id and c.id = e.contract_id
                where e.owner_id = (select app_owner_id()) and e.on_day <= $1 and c.tenant_id = s.tenant_id
                  and (c.id = s.contract_id or {whole_tenant})) d on true
          left join lateral (
               select (p.paid_at at time zone 'Asia/Ulaanbaatar')::date as on_day, p.amount
                 from payments p
                where p.owner_id = (select app_owner_id()) and p.tenant_id = s.tenant_id and p.paid_at < $2
                  and p.amount > 0 and p.status = 'recorded'
                order by p.paid_at desc, p.id desc limit 1) paid on true
          left join lateral (
               select m.due_on, m.amount, m.note,
                      case when m.settled_on is null or m.settled_on > $1 then 'open' else m.status end as status
                 from promises_to_pay m
                where m.owner_id = (select app_owner_id()) and m.tenant_id = s.tenant_id and m.made_on <= $1
                  and (m.contract_id = s.contract_id or {whole_tenant})
                  and not (m.status = 'cancelled' and m.settled_on <= $1)
                order by m.made_on desc, m.id desc limit 1) promised on true
         order by s.total desc, s.tenant_id desc, s.turn desc",
        grouped = grouped(filter),
        conditions = asked.sql(),
        whole_tenant = whole_tenant(filter),
    );
    Ok(tx.all(&sql, &asked.values()).await?.iter().map(receivable).collect())
}

/// What all filtered receivables add up to.
pub(super) async fn totals(tx: &Tx, filter: &ReceivableFilter, as_of: Date) -> Result<ReceivableTotals> {
    let asked = asked(filter, as_of)?;
    let sql = format!(
        "{grouped},
    shown as (
        select l.*
          from lines l
          join tenants t on t.owner_id = (select app_owner_id()) and t.id = l.tenant_id
          left join contracts c on c.owner_id = (select app_owner_id()) and c.id = l.contract_id{conditions})
        select count(*) as count, coalesce(sum(not_due), 0)::bigint as not_due, coalesce(sum(to_30), 0)::bigint as to_30,
               coalesce(sum(to_60), 0)::bigint as to_60, coalesce(sum(to_90), 0)::bigint as to_90,
               coalesce(sum(to_180), 0)::bigint as to_180, coalesce(sum(over_180), 0)::bigint as over_180,
               coalesce(sum(total), 0)::bigint as total, coalesce(sum(penalty), 0)::bigint as penalty,
               coalesce(sum(credit), 0)::bigint as credit,
               coalesce((select sum(e.held_amount)
                           from deposit_entries e
                           join contracts c on c.owner_id = e.owner_id and c.id = e.contract_id
                          where e.owner_id = (select app_owner_id()) and e.on_day <= $1
                            and exists (select from shown s
                                         where s.tenant_id = c.tenant_id and (s.contract_id = c.id or {whole_tenant}))),
                        0)::bigint as deposit_held
          from shown",
        grouped = grouped(filter),
        conditions = asked.sql(),
        whole_tenant = whole_tenant(filter),
    );
    let row = tx.one(&sql, &asked.values()).await?;
    Ok(ReceivableTotals {
        as_of,
        count: row.get("count"),
        not_due: row.get("not_due"),
        to_30: row.get("to_30"),
        to_60: row.get("to_60"),
        to_90: row.get("to_90"),
        to_180: row.get("to_180"),
        over_180: row.get("over_180"),
        total: row.get("total"),
        penalty: row.get("penalty"),
        credit: row.get("credit"),
        deposit_held: row.get("deposit_held"),
    })
}

/// The open bills behind a figure.
pub(super) async fn lines(
    tx: &Tx,
    filter: &ReceivableLineFilter,
    as_of: Date,
    window: &Window<LinePlace>,
) -> Result<Vec<ReceivableLine>> {
    let mut asked = Conditions::new();
    asked.and("$1::date = {0}", params![as_of]);
    if let Some(contract) = filter.contract_id {
        asked.and("o.contract_id = {0}", params![contract]);
    }
    if let Some(tenant) = filter.tenant_id {
        asked.and("o.tenant_id = {0}", params![tenant]);
    }
    if let Some(property) = filter.property_id {
        asked.and("o.property_id = {0}", params![property]);
    }
    if let Some((first, last)) = filter.bucket.map(Bucket::days) {
        if let Some(first) = first {
            asked.and("o.late >= {0}::bigint", params![first]);
        }
        if let Some(last) = last {
            asked.and("o.late <= {0}::bigint", params![last]);
        }
    }
    if let Some(LinePlace(due_on, id)) = &window.after {
        asked.and("(o.due_on, o.id) > ({0}, {1})", params![*due_on, *id]);
    }
    let limit = asked.value(Box::new(window.rows()));
    let sql = format!(
        "with {OWED}
        select o.*, coalesce((select max(n.stage)
                                from reminder_invoices n
                                join reminders r on r.owner_id = n.owner_id and r.id = n.reminder_id
                                 and r.status = 'sent' and r.sent_on <= $1
                               where n.owner_id = (select app_owner_id()) and n.invoice_id = o.id), 0)::smallint as stage
          from owed o{}
         order by o.due_on, o.id
         limit {limit}",
        asked.sql()
    );
    Ok(tx.all(&sql, &asked.values()).await?.iter().map(|row| line(row, as_of)).collect())
}

/// A line of a tenant's is of all its contracts.
fn whole_tenant(filter: &ReceivableFilter) -> &'static str {
    if filter.by == Some(ReceivableBy::Tenant) { "true" } else { "false" }
}

/// The conditions, after `$1` the day, `$2` the moment after it and `$3` the building.
fn asked(filter: &ReceivableFilter, as_of: Date) -> Result<Conditions> {
    let mut asked = Conditions::new();
    asked.and("$1::date = {0}", params![as_of]);
    asked.and("$2::timestamptz = {0}", params![first_moment(as_of.saturating_add(1.day()))?]);
    asked.and("$3::uuid is not distinct from {0}", params![filter.property_id]);
    if let Some(tenant) = filter.tenant_id {
        asked.and("l.tenant_id = {0}", params![tenant]);
    }
    if let Some(bucket) = filter.bucket {
        asked.and(&format!("l.{} <> 0", bucket.as_str()), params![]);
    }
    if let Some(stage) = filter.stage {
        if !(0..=3).contains(&stage) {
            return Err(Error::field("stage", "not-a-choice"));
        }
        asked.and("l.stage = {0} and l.total <> 0", params![stage]);
    }
    if let Some(q) = filter.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
        asked.and("concat_ws(' ', t.name, t.register_no, c.code, c.units) ilike {0}", params![containing(q)]);
    }
    Ok(asked)
}

fn receivable(row: &Row) -> ReceivableRow {
    let promise = row.get::<_, Option<Date>>("promise_due_on").map(|due_on| ReceivablePromise {
        due_on,
        amount: row.get("promise_amount"),
        status: row.get("promise_status"),
        note: row.get("promise_note"),
    });
    ReceivableRow {
        tenant_id: row.get("tenant_id"),
        tenant_name: row.get("name"),
        register_no: row.get("register_no"),
        phone: row.get("phone"),
        contract_id: row.get("contract_id"),
        contract_code: row.get("code"),
        units: row.get("units"),
        property_id: row.get("property_id"),
        not_due: row.get("not_due"),
        to_30: row.get("to_30"),
        to_60: row.get("to_60"),
        to_90: row.get("to_90"),
        to_180: row.get("to_180"),
        over_180: row.get("over_180"),
        total: row.get("total"),
        penalty: row.get("penalty"),
        credit: row.get("credit"),
        deposit_held: row.get("deposit_held"),
        oldest_due_on: row.get("oldest_due_on"),
        last_paid_on: row.get("last_paid_on"),
        last_paid: row.get("last_paid"),
        stage: row.get("stage"),
        promise,
    }
}

fn line(row: &Row, as_of: Date) -> ReceivableLine {
    let due_on: Date = row.get("due_on");
    ReceivableLine {
        invoice_id: row.get("id"),
        code: row.get("code"),
        kind: row.get("kind"),
        contract_id: row.get("contract_id"),
        contract_code: row.get("contract_code"),
        tenant_id: row.get("tenant_id"),
        customer_name: row.get("customer_name"),
        units: row.get("units"),
        period: row.get("period"),
        issued_on: row.get("issued_on"),
        due_on,
        days_late: domain::aging::days_late(due_on, as_of),
        bucket: Bucket::of(due_on, as_of),
        total: row.get("total"),
        paid: row.get("paid"),
        open: row.get("open"),
        stage: row.get("stage"),
    }
}
