//! Every question asked about an account.

use base::{Result, Tx, params};
use domain::{ContractId, Money, PropertyId, TenantId};
use jiff::{ToSpan, civil::Date};
use tokio_postgres::Row;
use wire::statements::{StatementLine, StatementView, StatementWhat};

use super::Account;
use crate::payments::first_moment;

/// Whose account it is; its figures are added up later.
pub(super) async fn contract(tx: &Tx, id: ContractId) -> Result<Option<StatementView>> {
    let row = tx
        .maybe(
            "select c.tenant_id, c.tenant_name_snapshot as tenant_name, t.register_no, c.id as contract_id,
                    c.code as contract_code, c.units,
                    coalesce((select sum(p.amount - p.allocated) from payments p
                               where p.owner_id = c.owner_id and p.tenant_id = c.tenant_id
                                 and p.status = 'recorded' and p.allocated < p.amount), 0)::bigint as unused_credit
               from contracts c
               join tenants t on t.owner_id = c.owner_id and t.id = c.tenant_id
              where c.owner_id = (select app_owner_id()) and c.id = $1",
            &[&id],
        )
        .await?;
    Ok(row.as_ref().map(head))
}

pub(super) async fn tenant(tx: &Tx, id: TenantId) -> Result<Option<StatementView>> {
    let row = tx
        .maybe(
            "select t.id as tenant_id, t.name as tenant_name, t.register_no, null::uuid as contract_id,
                    null::text as contract_code, null::text as units, null::bigint as unused_credit
               from tenants t
              where t.owner_id = (select app_owner_id()) and t.id = $1",
            &[&id],
        )
        .await?;
    Ok(row.as_ref().map(head))
}

/// The bills of a contract, and what of payments was put on them.
pub(super) async fn lines_of_contract(tx: &Tx, id: ContractId, from: Date, to: Date) -> Result<Account> {
    let before = tx
        .ahead(
            "select ((select coalesce(sum(i.total), 0) from invoices i
                       where i.owner_id = (select app_owner_id()) and i.contract_id = $1 and i.code is not null
                         and i.issued_on < $2 and (i.voided_on is null or i.voided_on >= $2))
                   - (select coalesce(sum(a.amount), 0)
                        from invoices i
                        join allocations a on a.owner_id = i.owner_id and a.invoice_id = i.id
                       where i.owner_id = (select app_owner_id()) and i.contract_id = $1
                         and a.booked_on < $2))::bigint as opening",
            params![id, from],
        )
        .await?;
    let rows = tx
        .all(
            "select i.issued_on as on_day, 1 as turn, 'invoice' as what, i.code as document, i.id as invoice_id,
                    null::uuid as payment_id, i.kind, i.period, null::text as method, i.contract_code,
                    i.total as billed, 0::bigint as paid
               from invoices i
              where i.owner_id = (select app_owner_id()) and i.contract_id = $1 and i.code is not null
                and i.issued_on between $2 and $3 and (i.voided_on is null or i.voided_on > $3)
             union all
             select i.voided_on, 1, 'invoice', i.code, i.id, null, i.kind, i.period, null, i.contract_code, -i.total, 0
               from invoices i
              where i.owner_id = (select app_owner_id()) and i.contract_id = $1 and i.code is not null
                and i.issued_on < $2 and i.voided_on between $2 and $3
             union all
             select a.booked_on, 2, case when p.reverses_id is null then 'payment' else 'reversal' end, p.provider_reference,
                    null, p.id, null, null, p.method, null, 0, sum(a.amount)::bigint
               from invoices i
               join allocations a on a.owner_id = i.owner_id and a.invoice_id = i.id
               join payments p on p.owner_id = a.owner_id and p.id = a.payment_id
              where i.owner_id = (select app_owner_id()) and i.contract_id = $1
                and a.booked_on between $2 and $3
              group by 1, p.id
             having sum(a.amount) <> 0
             union all
             select a.booked_on, 3, 'write_off', i.code, i.id, null, null, null, null, i.contract_code, -a.amount, 0
               from invoices i
               join allocations a on a.owner_id = i.owner_id and a.invoice_id = i.id and a.write_off_id is not null
              where i.owner_id = (select app_owner_id()) and i.contract_id = $1 and a.booked_on between $2 and $3
              order by on_day, turn, document nulls last, payment_id, invoice_id",
            &[&id, &from, &to],
        )
        .await?;
    account(&before.rows()?, &rows)
}

/// The bills of a tenant and the money that came from it, whatever it was put on.
pub(super) async fn lines_of_tenant(tx: &Tx, id: TenantId, from: Date, to: Date) -> Result<Account> {
    let (first, end) = (first_moment(from)?, first_moment(to.saturating_add(1.day()))?);
    let before = tx
        .ahead(
            "select ((select coalesce(sum(i.total), 0) from invoices i
                       where i.owner_id = (select app_owner_id()) and i.tenant_id = $1 and i.code is not null
                         and i.issued_on < $2 and (i.voided_on is null or i.voided_on >= $2))
                   - (select coalesce(sum(p.amount), 0) from payments p
                       where p.owner_id = (select app_owner_id()) and p.tenant_id = $1
                         and p.paid_at < $3)
                   - (select coalesce(sum(a.amount), 0)
                        from invoices i
                        join allocations a on a.owner_id = i.owner_id and a.invoice_id = i.id and a.write_off_id is not null
                       where i.owner_id = (select app_owner_id()) and i.tenant_id = $1 and a.booked_on < $2))::bigint as opening",
            params![id, from, first],
        )
        .await?;
    let rows = tx
        .all(
            "select i.issued_on as on_day, 1 as turn, 'invoice' as what, i.code as document, i.id as invoice_id,
                    null::uuid as payment_id, i.kind, i.period, null::text as method, i.contract_code,
                    i.total as billed, 0::bigint as paid
               from invoices i
              where i.owner_id = (select app_owner_id()) and i.tenant_id = $1 and i.code is not null
                and i.issued_on between $2 and $3 and (i.voided_on is null or i.voided_on > $3)
             union all
             select i.voided_on, 1, 'invoice', i.code, i.id, null, i.kind, i.period, null, i.contract_code, -i.total, 0
               from invoices i
              where i.owner_id = (select app_owner_id()) and i.tenant_id = $1 and i.code is not null
                and i.issued_on < $2 and i.voided_on between $2 and $3
             union all
             select (p.paid_at at time zone 'Asia/Ulaanbaatar')::date, 2,
                    case when p.reverses_id is null then 'payment' else 'reversal' end, p.provider_reference, null, p.id,
                    null, null, p.method, null, 0, p.amount
               from payments p
              where p.owner_id = (select app_owner_id()) and p.tenant_id = $1
                and p.paid_at >= $4 and p.paid_at < $5
             union all
             select a.booked_on, 3, 'write_off', i.code, i.id, null, null, null, null, i.contract_code, -a.amount, 0
               from invoices i
               join allocations a on a.owner_id = i.owner_id and a.invoice_id = i.id and a.write_off_id is not null
              where i.owner_id = (select app_owner_id()) and i.tenant_id = $1 and a.booked_on between $2 and $3
              order by on_day, turn, document nulls last, payment_id, invoice_id",
            &[&id, &from, &to, &first, &end],
        )
        .await?;
    account(&before.rows()?, &rows)
}

/// What all contracts of each building owe at the end of a day, as their statements have it.
pub(crate) async fn closing_by_building(tx: &Tx, day: Date) -> Result<Vec<(PropertyId, Money)>> {
    let rows = tx
        .all(
            "select property_id, sum(amount)::bigint as closing
               from (select i.property_id, i.total as amount from invoices i
                      where i.owner_id = (select app_owner_id()) and i.code is not null
                        and i.issued_on <= $1 and (i.voided_on is null or i.voided_on > $1)
                      union all
                     select i.property_id, -a.amount
                       from allocations a
                       join invoices i on i.owner_id = a.owner_id and i.id = a.invoice_id
                      where a.owner_id = (select app_owner_id()) and a.booked_on <= $1) lines
              group by property_id",
            &[&day],
        )
        .await?;
    Ok(rows.iter().map(|row| (row.get("property_id"), row.get("closing"))).collect())
}

/// What all tenants owe at the end of a day less what they have paid too much, as their statements have it.
pub(crate) async fn closing_of_tenants(tx: &Tx, day: Date) -> Result<Money> {
    let row = tx
        .one(
            "select ((select coalesce(sum(i.total), 0) from invoices i
                       where i.owner_id = (select app_owner_id()) and i.code is not null
                         and i.issued_on <= $1 and (i.voided_on is null or i.voided_on > $1))
                   - (select coalesce(sum(p.amount), 0) from payments p
                       where p.owner_id = (select app_owner_id()) and p.paid_at < $2)
                   - (select coalesce(sum(a.amount), 0) from allocations a
                       where a.owner_id = (select app_owner_id()) and a.write_off_id is not null
                         and a.booked_on <= $1))::bigint as closing",
            &[&day, &first_moment(day.saturating_add(1.day()))?],
        )
        .await?;
    Ok(row.get("closing"))
}

fn account(before: &[Row], rows: &[Row]) -> Result<Account> {
    let opening = before.first().map_or(Money::ZERO, |row| row.get("opening"));
    Ok(Account { opening, lines: rows.iter().map(line).collect() })
}

fn head(row: &Row) -> StatementView {
    StatementView {
        tenant_id: row.get("tenant_id"),
        tenant_name: row.get("tenant_name"),
        register_no: row.get("register_no"),
        contract_id: row.get("contract_id"),
        contract_code: row.get("contract_code"),
        units: row.get("units"),
        from: Date::MIN,
        to: Date::MIN,
        opening: Money::ZERO,
        lines: Vec::new(),
        billed: Money::ZERO,
        paid: Money::ZERO,
        closing: Money::ZERO,
        unused_credit: row.get("unused_credit"),
    }
}

fn line(row: &Row) -> StatementLine {
    StatementLine {
        on: row.get("on_day"),
        what: match row.get("what") {
            "invoice" => StatementWhat::Invoice,
            "reversal" => StatementWhat::Reversal,
            "write_off" => StatementWhat::WriteOff,
            _ => StatementWhat::Payment,
        },
        document: row.get("document"),
        invoice_id: row.get("invoice_id"),
        payment_id: row.get("payment_id"),
        kind: row.get("kind"),
        period: row.get("period"),
        method: row.get("method"),
        contract_code: row.get("contract_code"),
        billed: row.get("billed"),
        paid: row.get("paid"),
        balance: Money::ZERO,
    }
}
