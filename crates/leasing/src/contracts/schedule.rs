//! A contract's own schedule: what the month's run bills instead of the rent, written whole.

use std::collections::BTreeSet;

use base::{Actor, App, Checks, Columns, Conflict, Json, Path, Refusals, Result, Tx, audit::Note, params};
use domain::{
    ContractId, Money, Month, ScheduleEntryId,
    contract::{ChargeBasis, ChargeKind, ScheduleKind, What},
    text::tidy,
};
use jiff::civil::Date;
use serde_json::json;
use tokio_postgres::Row;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    contracts::{ContractItemView, ContractView},
    schedules::{NewSchedule, ScheduleEntryView},
};

use super::{check_day, history, queries, spans::Span};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(put_schedule))
}

/// Sets how the rent is billed: month after month, or by a schedule of the contract's own.
#[utoipa::path(put, path = "/v2/contracts/{id}/schedule", operation_id = "setContractSchedule", tag = "contracts",
    params(("id" = ContractId, Path)), request_body = NewSchedule,
    responses((status = 200, body = ContractView), Refusals))]
async fn put_schedule(
    actor: Actor,
    Path(id): Path<ContractId>,
    Json(new): Json<NewSchedule>,
) -> Result<Json<ContractView>> {
    actor.transact(async |tx| set(tx, id, &new).await).await.map(Json)
}

/// An entry as it is compared: what the bill would say.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    period: Month,
    due_on: Option<Date>,
    name: String,
    amount: Money,
}

/// Writes the schedule anew. Months that are billed already stay as they were billed.
pub async fn set(tx: &Tx, contract: ContractId, new: &NewSchedule) -> Result<ContractView> {
    let at = super::lock(tx, contract).await?;
    if at.version != new.version {
        return Err(Conflict::new("VERSION").into());
    }
    let billed = tx
        .ahead(
            "select period from invoices where contract_id = $1 and kind = 'rent' and status <> 'void'",
            params![contract],
        )
        .await?;
    let before = queries::whole(tx, contract).await?;
    let billed: BTreeSet<Month> = billed.rows()?.iter().map(|row| row.get("period")).collect();
    let mut checks = Checks::new();
    let reason = new.reason.as_deref().map(tidy).filter(|reason| !reason.is_empty());
    checks.text("reason", reason.as_deref().unwrap_or_default(), 500);
    let entries = read(&mut checks, new, at.span());
    if new.kind == ScheduleKind::Custom {
        let is_rent = |item: &ContractItemView| item.kind == ChargeKind::Rent && item.basis != ChargeBasis::Meter;
        checks.that(before.items.iter().any(is_rent), "kind", "no-rent");
        checks.that(!new.entries.is_empty(), "entries", "required");
    } else {
        checks.that(new.entries.is_empty(), "entries", "only-custom");
    }
    checks.done()?;
    let old = entries_of(&before);
    let of = |entries: &[Entry], month: Month| -> Vec<Entry> {
        entries.iter().filter(|entry| entry.period == month).cloned().collect()
    };
    let rewritten = billed.iter().find(|month| of(&old, **month) != of(&entries, **month));
    if let Some(month) = rewritten.filter(|_| new.kind == ScheduleKind::Custom) {
        return Err(Conflict::new("MONTH_IS_BILLED").with("month", month.to_string()).into());
    }
    tx.later("delete from schedule_entries where contract_id = $1", params![contract]).await?;
    tx.later(
        "insert into schedule_entries (id, contract_id, name, period, due_on, amount)
         select e.id, $1, e.name, e.period, e.due_on, e.amount
           from unnest($2::uuid[], $3::text[], $4::date[], $5::date[], $6::bigint[]) as e (id, name, period, due_on, amount)",
        params![
            contract,
            entries.iter().map(|_| ScheduleEntryId::new()).collect::<Vec<_>>(),
            entries.iter().map(|entry| entry.name.clone()).collect::<Vec<_>>(),
            entries.iter().map(|entry| entry.period.first_day()).collect::<Vec<_>>(),
            entries.iter().map(|entry| entry.due_on).collect::<Vec<_>>(),
            entries.iter().map(|entry| entry.amount).collect::<Vec<_>>(),
        ],
    )
    .await?;
    tx.later(
        "update contracts set schedule_kind = $2, version = version + 1 where id = $1",
        params![contract, new.kind],
    )
    .await?;
    tx.note(Note {
        action: "contract.set_schedule",
        id: Some(contract.0),
        before: Some(json!({ "kind": before.schedule_kind, "entries": before.schedule.len() })),
        after: Some(json!({ "kind": new.kind, "entries": new.entries })),
        reason: reason.clone(),
    })
    .await?;
    let first = entries.iter().map(|entry| entry.period).find(|month| !billed.contains(month));
    let effective_on = first.map_or(at.starts_on, |month| month.first_day().max(at.starts_on));
    history::record(tx, contract, What::ScheduleSet, effective_on, reason.as_deref()).await
}

/// The entries in the order of their months; each lies within the contract.
fn read(checks: &mut Checks, new: &NewSchedule, span: Span) -> Vec<Entry> {
    if new.entries.len() > 600 {
        checks.note_with("entries", "too-large", vec![("max", "600".into())]);
    }
    let mut entries = Vec::with_capacity(new.entries.len());
    for (i, entry) in new.entries.iter().enumerate() {
        let path = |field: &str| format!("entries[{i}].{field}");
        let name = tidy(&entry.name);
        checks.that(!name.is_empty(), path("name"), "required");
        if name.chars().count() > 200 {
            checks.note_with(path("name"), "too-long", vec![("max", "200".into())]);
        }
        crate::check_amount(checks, path("amount"), entry.amount);
        let Some(period) = entry.period.or(entry.due_on.map(Month::of)) else {
            checks.note(path("period"), "required");
            continue;
        };
        let last = span.to.map(Month::of);
        let is_within = period >= Month::of(span.from) && last.is_none_or(|last| period <= last);
        checks.that(is_within, path("period"), "outside-contract");
        if let Some(due) = entry.due_on {
            check_day(checks, path("dueOn"), due);
            let is_within = due >= span.from && span.to.is_none_or(|to| due <= to);
            checks.that(is_within, path("dueOn"), "outside-contract");
        }
        entries.push(Entry { period, due_on: entry.due_on, name, amount: entry.amount });
    }
    entries.sort();
    entries
}

fn entries_of(contract: &ContractView) -> Vec<Entry> {
    let entry = |entry: &ScheduleEntryView| Entry {
        period: entry.period,
        due_on: entry.due_on,
        name: entry.name.clone(),
        amount: entry.amount,
    };
    let mut entries: Vec<Entry> = contract.schedule.iter().map(entry).collect();
    entries.sort();
    entries
}

/// What the whole contract asks for.
pub(super) const OF_CONTRACTS: &str = "
    select id, name, period, due_on, amount, contract_id
      from schedule_entries
     where contract_id = any($1)
     order by period, due_on, id";

/// Columns in the order of [`OF_CONTRACTS`].
pub(super) fn entry(row: &Row) -> ScheduleEntryView {
    let mut columns = Columns::of(row);
    ScheduleEntryView {
        id: columns.take(),
        name: columns.take(),
        period: columns.take(),
        due_on: columns.take(),
        amount: columns.take(),
    }
}
