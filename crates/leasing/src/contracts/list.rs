//! Lists of contracts: what is asked for, in which order, from where on.

use base::{Columns, Conditions, Error, Result, Tx, conditions::containing, lists::Window, params};
use domain::{
    ContractId,
    text::{fold_word, sort_key},
};
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use wire::{
    Page,
    contracts::{ContractFilter, ContractRow, ContractSort, ContractTotals},
};

/// A place in a list: what it is sorted by, and the id that tells equals apart.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Place {
    by: ContractSort,
    text: Option<String>,
    day: Option<Date>,
    id: ContractId,
}

/// A page of contracts; the last question of its transaction.
pub async fn page(tx: &Tx, filter: &ContractFilter, window: &Window<Place>) -> Result<Page<ContractRow>> {
    let sort = filter.sort.unwrap_or(ContractSort::Id);
    let (key, down) = order(sort);
    let mut asked = asked(tx, filter);
    if let Some(place) = &window.after {
        if place.by != sort {
            return Err(Error::field("cursor", "bad-format"));
        }
        let beyond = if down { "<" } else { ">" };
        match key {
            Key::Id => asked.and("c.id > {0}", params![place.id]),
            Key::Text(column) => {
                asked.and(&format!("({column}, c.id) {beyond} ({{0}}, {{1}})"), params![place.text.clone(), place.id])
            }
            Key::Day(column) => {
                let from = format!("({column}, c.id) {beyond} (coalesce({{0}}::date, 'infinity'), {{1}})");
                asked.and(&from, params![place.day, place.id])
            }
        };
    }
    let order = match (key, down) {
        (Key::Id, _) => "c.id".to_owned(),
        (Key::Text(column) | Key::Day(column), false) => format!("{column}, c.id"),
        (Key::Text(column) | Key::Day(column), true) => format!("{column} desc, c.id desc"),
    };
    let limit = asked.value(Box::new(window.rows()));
    // The page is picked first, so that the order's index is walked and not one contract more is joined than shown.
    let sql = format!(
        "select c.id, c.code, c.status, c.kind, c.property_id, p.name as property_name, c.tenant_id, c.tenant_name_snapshot,
                c.units, c.starts_on, c.ends_on, c.deposit_amount, c.approved_at is not null as is_approved, c.version
           from (select id, code, status, kind, property_id, tenant_id, tenant_name_snapshot, tenant_sort_key, units, starts_on,
                        ends_on, ends_on_or_never, deposit_amount, approved_at, version
                   from contracts c{}
                  order by {order} limit {limit}) c
           join properties p on p.id = c.property_id
          order by {order}",
        asked.sql()
    );
    let rows = tx.last().all(&sql, &asked.values()).await?;
    Ok(window.page(rows.iter().map(contract).collect(), |row| place(sort, row)))
}

/// What the filtered contracts add up to; the last question of its transaction.
pub async fn totals(tx: &Tx, filter: &ContractFilter) -> Result<ContractTotals> {
    let asked = asked(tx, filter);
    let sql = format!(
        "select count(*) as count, coalesce(sum(c.deposit_amount), 0)::bigint as deposit_amount from contracts c{}",
        asked.sql()
    );
    let row = tx.last().maybe(&sql, &asked.values()).await?;
    let row = row.ok_or_else(|| Error::Internal("a sum is always one row".into()))?;
    Ok(ContractTotals { count: row.get("count"), deposit_amount: row.get("deposit_amount") })
}

fn asked(tx: &Tx, filter: &ContractFilter) -> Conditions {
    let mut asked = Conditions::new();
    if let Some(status) = filter.status {
        asked.and("c.status = {0}", params![status]);
    }
    if let Some(property) = filter.property_id {
        asked.and("c.property_id = {0}", params![property]);
    }
    if let Some(tenant) = filter.tenant_id {
        asked.and("c.tenant_id = {0}", params![tenant]);
    }
    if let Some(days) = filter.ending_within_days {
        let today = tx.clock().today();
        asked.and(
            "c.status in ('active', 'grace_period') and c.ends_on_or_never between {0} and {1}",
            params![today, today.saturating_add(days.days())],
        );
    }
    match filter.unapproved {
        // What was dropped or has ended waits for nobody.
        Some(true) => {
            asked.and("c.approved_at is null and c.status not in ('terminated', 'expired', 'renewed')", params![]);
        }
        Some(false) => {
            asked.and("c.approved_at is not null", params![]);
        }
        None => {}
    }
    if let Some(q) = filter.q.as_deref().map(fold_word).filter(|q| !q.is_empty()) {
        asked.and("c.search_key like {0}", params![containing(&q)]);
    }
    asked
}

#[derive(Clone, Copy)]
enum Key {
    Id,
    Text(&'static str),
    Day(&'static str),
}

/// What an order sorts by, and whether from the end.
fn order(sort: ContractSort) -> (Key, bool) {
    const TENANT: Key = Key::Text("c.tenant_sort_key");
    const END: Key = Key::Day("c.ends_on_or_never");
    match sort {
        ContractSort::Id => (Key::Id, false),
        ContractSort::Code => (Key::Text("c.code"), false),
        ContractSort::CodeDown => (Key::Text("c.code"), true),
        ContractSort::Tenant => (TENANT, false),
        ContractSort::TenantDown => (TENANT, true),
        ContractSort::StartsOn => (Key::Day("c.starts_on"), false),
        ContractSort::StartsOnDown => (Key::Day("c.starts_on"), true),
        ContractSort::EndsOn => (END, false),
        ContractSort::EndsOnDown => (END, true),
    }
}

fn place(by: ContractSort, row: &ContractRow) -> Place {
    let (text, day) = match by {
        ContractSort::Id => (None, None),
        ContractSort::Code | ContractSort::CodeDown => (Some(row.code.clone()), None),
        ContractSort::Tenant | ContractSort::TenantDown => (Some(sort_key(&row.tenant_name)), None),
        ContractSort::StartsOn | ContractSort::StartsOnDown => (None, Some(row.starts_on)),
        ContractSort::EndsOn | ContractSort::EndsOnDown => (None, row.ends_on),
    };
    Place { by, text, day, id: row.id }
}

/// Columns in the order of the page's question.
fn contract(row: &Row) -> ContractRow {
    let mut columns = Columns::of(row);
    ContractRow {
        id: columns.take(),
        code: columns.take(),
        status: columns.take(),
        kind: columns.take(),
        property_id: columns.take(),
        property_name: columns.take(),
        tenant_id: columns.take(),
        tenant_name: columns.take(),
        units: columns.take(),
        starts_on: columns.take(),
        ends_on: columns.take(),
        deposit_amount: columns.take(),
        is_approved: columns.take(),
        version: columns.take(),
    }
}
