//! Every question asked about payments.

use base::{Result, Tx, clock::ulaanbaatar, error::Error, lists::Window};
use domain::{PaymentId, rights::Role};
use jiff::{Timestamp, ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use wire::payments::{AllocationView, PaymentFilter, PaymentTotals, PaymentView};

/// The sort key of the list: the latest money first.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Place(pub Timestamp, pub PaymentId);

/// The payments of a page.
pub(super) async fn page(tx: &Tx, filter: &PaymentFilter, window: &Window<Place>) -> Result<Vec<PaymentView>> {
    let (from, to) = days(filter)?;
    let (paid_at, id) = window.after.as_ref().map(|place| (place.0, place.1)).unzip();
    let rows = tx
        .last()
        .all(
            "select p.id, p.tenant_id, t.name as tenant_name, p.method, p.amount, p.allocated, p.paid_at, p.payer,
                    p.provider_reference, p.status, p.reverses_id, p.note, p.created_at,
                    case when p.status = 'recorded' and p.amount > 0 then p.amount - p.allocated else 0 end as credit,
                    (select jsonb_agg(jsonb_build_object('invoiceId', a.invoice_id, 'invoiceCode', i.code,
                                                         'amount', a.amount::text) order by a.id)
                       from allocations a
                       join invoices i on i.owner_id = a.owner_id and i.id = a.invoice_id
                      where a.owner_id = p.owner_id and a.payment_id = p.id) as allocations
               from payments p
               join tenants t on t.owner_id = p.owner_id and t.id = p.tenant_id
              where p.owner_id = (select app_owner_id())
                and (p.paid_at, p.id) < (coalesce($1::timestamptz, 'infinity'), coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
                and p.paid_at >= coalesce($3::timestamptz, '-infinity')
                and p.paid_at < coalesce($4::timestamptz, 'infinity')
                and ($5::text is null or p.method = $5)
                and ($6::uuid is null or p.tenant_id = $6)
              order by p.paid_at desc, p.id desc
              limit $7",
            &[
                &paid_at,
                &id,
                &from,
                &to,
                &filter.method,
                &filter.tenant_id,
                &window.rows(),
            ],
        )
        .await?;
    let is_tenant = tx.who().await?.role == Some(Role::Tenant);
    rows.iter().map(|row| payment(row, is_tenant)).collect()
}

/// What the filtered payments add up to; a reversal takes off what it took back.
pub(super) async fn totals(tx: &Tx, filter: &PaymentFilter) -> Result<PaymentTotals> {
    let (from, to) = days(filter)?;
    let row = tx
        .last()
        .maybe(
            "select count(*) as count, coalesce(sum(amount), 0)::bigint as amount,
                    coalesce(sum(amount - allocated) filter (where status = 'recorded' and amount > 0), 0)::bigint as credit
               from payments
              where owner_id = (select app_owner_id())
                and paid_at >= coalesce($1::timestamptz, '-infinity')
                and paid_at < coalesce($2::timestamptz, 'infinity')
                and ($3::text is null or method = $3)
                and ($4::uuid is null or tenant_id = $4)",
            &[&from, &to, &filter.method, &filter.tenant_id],
        )
        .await?
        .ok_or_else(|| Error::Internal("a sum always has a row".into()))?;
    Ok(PaymentTotals { count: row.get("count"), amount: row.get("amount"), credit: row.get("credit") })
}

/// The payment whole; with `is_last` the transaction ends in the same wait.
pub(super) async fn view(tx: &Tx, id: PaymentId, is_last: bool) -> Result<Option<PaymentView>> {
    let question =
        "select p.id, p.tenant_id, t.name as tenant_name, p.method, p.amount, p.allocated, p.paid_at, p.payer,
                    p.provider_reference, p.status, p.reverses_id, p.note, p.created_at,
                    case when p.status = 'recorded' and p.amount > 0 then p.amount - p.allocated else 0 end as credit,
                    (select jsonb_agg(jsonb_build_object('invoiceId', a.invoice_id, 'invoiceCode', i.code,
                                                         'amount', a.amount::text) order by a.id)
                       from allocations a
                       join invoices i on i.owner_id = a.owner_id and i.id = a.invoice_id
                      where a.owner_id = p.owner_id and a.payment_id = p.id) as allocations
               from payments p
               join tenants t on t.owner_id = p.owner_id and t.id = p.tenant_id
              where p.owner_id = (select app_owner_id()) and p.id = $1";
    let row = match is_last {
        true => tx.last().maybe(question, &[&id]).await?,
        false => tx.maybe(question, &[&id]).await?,
    };
    let is_tenant = tx.who().await?.role == Some(Role::Tenant);
    row.as_ref().map(|row| payment(row, is_tenant)).transpose()
}

/// The first moment of a day in Ulaanbaatar.
pub(crate) fn first_moment(day: Date) -> Result<Timestamp> {
    let moment = ulaanbaatar().to_timestamp(day.to_datetime(jiff::civil::Time::midnight()));
    moment.map_err(|_| Error::field("from", "bad-date"))
}

/// From the first moment of `from` to the first moment after `to`.
fn days(filter: &PaymentFilter) -> Result<(Option<Timestamp>, Option<Timestamp>)> {
    let from = filter.from.map(first_moment).transpose()?;
    let to = filter.to.map(|to| first_moment(to.saturating_add(1.day()))).transpose()?;
    Ok((from, to))
}

fn payment(row: &Row, is_tenant: bool) -> Result<PaymentView> {
    let allocations: Option<serde_json::Value> = row.get("allocations");
    let allocations: Option<Vec<AllocationView>> =
        allocations.map(serde_json::from_value).transpose().map_err(|error| Error::Internal(error.to_string()))?;
    Ok(PaymentView {
        id: row.get("id"),
        tenant_id: row.get("tenant_id"),
        tenant_name: row.get("tenant_name"),
        method: row.get("method"),
        amount: row.get("amount"),
        allocated: row.get("allocated"),
        credit: row.get("credit"),
        paid_at: row.get("paid_at"),
        payer: row.get("payer"),
        provider_reference: row.get("provider_reference"),
        status: row.get("status"),
        reverses_id: row.get("reverses_id"),
        // The owner's own, unless it is read by the owner.
        note: if is_tenant { String::new() } else { row.get("note") },
        allocations: allocations.unwrap_or_default(),
        created_at: row.get("created_at"),
    })
}
