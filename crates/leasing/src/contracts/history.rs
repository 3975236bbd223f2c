//! The history of contracts: one entry for every change, with the contract whole as it was after it.
//!
//! Entries are only ever added. The last one recorded up to the end of a day (in Ulaanbaatar) is the contract as it was
//! known on that day, whatever was found out or agreed later.

mod changes;

use base::{Actor, App, Error, Json, Path, Query, Refusals, Result, Tx, clock::ulaanbaatar, lists::Window, params};
pub use domain::contract::What;
use domain::{ContractEntryId, ContractId, rights::Action};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Time},
};
use serde_json::{Value, json};
use tokio_postgres::Row;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{Page, Paging, contract_history::ContractEntry, contracts::ContractView};

use super::queries;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_history))
}

/// What was done to a contract, newest first.
#[utoipa::path(get, path = "/v2/contracts/{id}/history", operation_id = "listContractHistory", tag = "contracts",
    params(("id" = ContractId, Path), Paging), responses((status = 200, body = Page<ContractEntry>), Refusals))]
async fn get_history(
    actor: Actor,
    Path(id): Path<ContractId>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<ContractEntry>>> {
    let window = Window::new(paging.limit, paging.cursor.as_deref())?;
    let entries = actor
        .transact(async |tx| {
            tx.allow(Action::ReadContractHistory)?;
            let contract = tx.ahead("select from contracts where id = $1", params![id]).await?;
            let entries = page(tx, id, &window).await?;
            if contract.rows()?.is_empty() {
                return Err(Error::NotFound("contract"));
            }
            Ok(entries)
        })
        .await?;
    Ok(Json(window.page(entries, |entry| entry.id)))
}

/// Writes down that something was done to a contract, after it was done; says what the contract is now.
///
/// `effective_on` is the first day for which the change holds.
pub async fn record(
    tx: &Tx,
    contract: ContractId,
    what: What,
    effective_on: Date,
    reason: Option<&str>,
) -> Result<ContractView> {
    let contract = queries::whole(tx, contract).await?;
    add(tx, std::slice::from_ref(&contract), what, |_| effective_on, reason).await?;
    Ok(contract)
}

/// The same for many contracts at once, in as many statements as for one.
pub async fn record_many(
    tx: &Tx,
    contracts: &[ContractId],
    what: What,
    effective_on: impl Fn(&ContractView) -> Date,
    reason: Option<&str>,
) -> Result<()> {
    if contracts.is_empty() {
        return Ok(());
    }
    let contracts = queries::wholes(tx, contracts).await?;
    add(tx, &contracts, what, effective_on, reason).await
}

/// The contract as it was known at the end of a past day; the last question of its transaction.
pub async fn as_of(tx: &Tx, id: ContractId, day: Date) -> Result<ContractView> {
    tx.allow(Action::ReadContractHistory)?;
    if day > tx.clock().today() {
        return Err(Error::field("asOf", "in-the-future"));
    }
    let row = tx
        .last()
        .maybe(
            "select contract from contract_history where contract_id = $1 and recorded_at < $2 order by id desc limit 1",
            &[&id, &end_of(day)?],
        )
        .await?
        .ok_or(Error::NotFound("contract"))?;
    let contract: Value = row.get("contract");
    serde_json::from_value(contract).map_err(|error| Error::Internal(error.to_string()))
}

/// The first moment after a day in Ulaanbaatar.
fn end_of(day: Date) -> Result<Timestamp> {
    let next = day.checked_add(1.day()).map_err(|_| Error::field("asOf", "bad-date"))?;
    ulaanbaatar().to_timestamp(next.to_datetime(Time::midnight())).map_err(|_| Error::field("asOf", "bad-date"))
}

async fn add(
    tx: &Tx,
    contracts: &[ContractView],
    what: What,
    effective_on: impl Fn(&ContractView) -> Date,
    reason: Option<&str>,
) -> Result<()> {
    let entries: Vec<ContractEntryId> = contracts.iter().map(|_| ContractEntryId::new()).collect();
    let ids: Vec<ContractId> = contracts.iter().map(|contract| contract.id).collect();
    let versions: Vec<i32> = contracts.iter().map(|contract| contract.version).collect();
    let days: Vec<Date> = contracts.iter().map(effective_on).collect();
    let wholes: Vec<Value> = contracts.iter().map(|contract| json!(contract)).collect();
    tx.later(
        "insert into contract_history (id, contract_id, version, recorded_at, effective_on, what, reason, contract)
         select e.id, e.contract_id, e.version, $6, e.effective_on, $7, $8, e.contract
           from unnest($1::uuid[], $2::uuid[], $3::int[], $4::date[], $5::jsonb[])
             as e (id, contract_id, version, effective_on, contract)",
        params![entries, ids, versions, days, wholes, tx.clock().now(), what, reason.map(str::to_owned)],
    )
    .await
}

/// Newest first, each told against the one before it; the last question of its transaction.
async fn page(tx: &Tx, contract: ContractId, window: &Window<ContractEntryId>) -> Result<Vec<ContractEntry>> {
    let rows = tx
        .last()
        .all(
            "select h.id, h.version, h.recorded_at, h.user_id, u.name as user_name, h.role, h.effective_on, h.what, h.reason,
                    h.contract
               from (select id, version, recorded_at, user_id, role, effective_on, what, reason, contract
                       from contract_history
                      where contract_id = $1 and ($2::uuid is null or id < $2)
                      order by id desc limit $3) h
               left join users u on u.id = h.user_id
              order by h.id desc",
            &[&contract, &window.after, &window.rows()],
        )
        .await?;
    let wholes: Vec<Value> = rows.iter().map(|row| row.get("contract")).collect();
    let entries = rows.iter().enumerate().map(|(place, row)| entry(row, &wholes[place], wholes.get(place + 1)));
    Ok(entries.collect())
}

/// An entry with what changed since the one before; of a contract's first one nothing did.
fn entry(row: &Row, after: &Value, before: Option<&Value>) -> ContractEntry {
    ContractEntry {
        id: row.get("id"),
        version: row.get("version"),
        recorded_at: row.get("recorded_at"),
        user_id: row.get("user_id"),
        user_name: row.get("user_name"),
        role: row.get("role"),
        effective_on: row.get("effective_on"),
        what: row.get("what"),
        reason: row.get("reason"),
        changes: before.map(|before| changes::between(before, after)).unwrap_or_default(),
    }
}
