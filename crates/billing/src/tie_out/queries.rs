//! The figures of a tie-out, each from the book that it is named after, for all buildings at once.

use std::collections::BTreeMap;

use base::{Error, Result, Tx, params};
use domain::{Money, Month, PropertyId, tie_out::Figures, tie_out::TieOutWhat};
use jiff::{ToSpan, civil::Date};

use crate::{payments::first_moment, statements};

/// The receivables of each building.
pub(super) async fn buildings(tx: &Tx, month: Month) -> Result<Vec<(PropertyId, String, Figures)>> {
    let (first, last) = (month.first_day(), month.last_day());
    let balances = tx
        .ahead(
            "select property_id, coalesce(sum(amount) filter (where day < $1), 0)::bigint as opening,
                    sum(amount)::bigint as closing
               from ledger_postings
              where owner_id = (select app_owner_id()) and account = 'receivable' and day <= $2
              group by property_id",
            params![first, last],
        )
        .await?;
    let moves = tx
        .ahead(
            "select p.property_id,
                    coalesce(sum(p.amount) filter (where e.event in ('invoice_issued', 'invoice_brought', 'invoice_removed')), 0)::bigint
                        as charges,
                    coalesce(sum(p.amount) filter (where e.event = 'fee_issued'), 0)::bigint as penalties,
                    coalesce(-sum(p.amount) filter (where e.event in ('correction_issued', 'invoice_voided', 'write_off', 'write_off_undone')), 0)::bigint
                        as credits,
                    coalesce(-sum(p.amount) filter (where e.event in ('payment_allocated', 'allocation_undone')), 0)::bigint
                        as payments
               from ledger_postings p
               join ledger_entries e on e.owner_id = (select app_owner_id()) and e.id = p.entry_id
              where p.owner_id = (select app_owner_id()) and p.account = 'receivable' and p.day between $1 and $2
              group by p.property_id",
            params![first, last],
        )
        .await?;
    // What is open now, and what was put on it since: as the list of receivables has it.
    let open = tx
        .ahead(
            "select i.property_id, sum(i.total - i.paid_amount + coalesce(s.amount, 0))::bigint as aging
               from invoices i
               left join (select invoice_id, sum(amount)::bigint as amount
                            from allocations
                           where owner_id = (select app_owner_id()) and booked_on > $1
                           group by invoice_id) s on s.invoice_id = i.id
              where i.owner_id = (select app_owner_id()) and i.code is not null and i.issued_on <= $1
                and (i.voided_on is null or i.voided_on > $1)
              group by i.property_id",
            params![last],
        )
        .await?;
    let names = tx.ahead("select id, name from properties where owner_id = (select app_owner_id())", params![]).await?;
    let accounts = statements::closing_by_building(tx, last).await?;

    let mut figures: BTreeMap<PropertyId, Figures> = BTreeMap::new();
    for row in balances.rows()? {
        let of = figures.entry(building(&row)?).or_default();
        (of.opening, of.closing) = (row.get("opening"), row.get("closing"));
    }
    for row in moves.rows()? {
        let of = figures.entry(building(&row)?).or_default();
        (of.charges, of.penalties) = (row.get("charges"), row.get("penalties"));
        (of.credits, of.payments) = (row.get("credits"), row.get("payments"));
    }
    for row in open.rows()? {
        figures.entry(building(&row)?).or_default().aging = row.get("aging");
    }
    for (property, closing) in accounts {
        figures.entry(property).or_default().statements = closing;
    }
    let names: BTreeMap<PropertyId, String> =
        names.rows()?.iter().map(|row| (row.get("id"), row.get("name"))).collect();
    figures.retain(|_, figures| *figures != Figures::default());
    Ok(figures
        .into_iter()
        .map(|(property, figures)| (property, names.get(&property).cloned().unwrap_or_default(), figures))
        .collect())
}

/// What the ledger is held against over all buildings at the end of a day: the ledger's figure, then the other's.
pub(super) async fn checks(tx: &Tx, day: Date) -> Result<Vec<(TieOutWhat, Money, Money)>> {
    let after = first_moment(day.saturating_add(1.day()))?;
    let ledger = tx
        .ahead(
            "select coalesce(sum(amount), 0)::bigint as trial_balance,
                    coalesce(sum(amount) filter (where account in ('receivable', 'tenant_credit')), 0)::bigint as tenants,
                    coalesce(-sum(amount) filter (where account = 'tenant_credit'), 0)::bigint as credit,
                    coalesce(-sum(amount) filter (where account = 'deposits_held'), 0)::bigint as deposits,
                    coalesce(sum(amount) filter (where account = 'clearing_deposit'), 0)::bigint as set_offs
               from ledger_postings
              where owner_id = (select app_owner_id()) and day <= $1",
            params![day],
        )
        .await?;
    let other = tx
        .ahead(
            "select ((select coalesce(sum(amount), 0) from payments
                       where owner_id = (select app_owner_id()) and paid_at < $2)
                   - (select coalesce(sum(amount), 0) from allocations
                       where owner_id = (select app_owner_id()) and booked_on <= $1 and write_off_id is null))::bigint as credit,
                    (select coalesce(sum(held_amount), 0)::bigint from deposit_entries
                      where owner_id = (select app_owner_id()) and on_day <= $1) as deposits",
            params![day, after],
        )
        .await?;
    let tenants = statements::closing_of_tenants(tx, day).await?;
    let one = |rows: Vec<tokio_postgres::Row>| {
        rows.into_iter().next().ok_or_else(|| Error::Internal("a sum always has a row".into()))
    };
    let (ledger, other) = (one(ledger.rows()?)?, one(other.rows()?)?);
    Ok(vec![
        (TieOutWhat::TrialBalance, ledger.get("trial_balance"), Money::ZERO),
        (TieOutWhat::TenantStatements, ledger.get("tenants"), tenants),
        (TieOutWhat::TenantCredit, ledger.get("credit"), other.get("credit")),
        (TieOutWhat::Deposits, ledger.get("deposits"), other.get("deposits")),
        (TieOutWhat::SetOffs, ledger.get("set_offs"), Money::ZERO),
    ])
}

fn building(row: &tokio_postgres::Row) -> Result<PropertyId> {
    let property: Option<PropertyId> = row.get("property_id");
    property.ok_or_else(|| Error::Internal("a receivable is of a building".into()))
}
