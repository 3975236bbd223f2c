//! Every question asked about a contract; its lists are in `list.rs`.

use std::collections::HashMap;

use base::{Columns, Conflict, Error, OnConstraint, Result, Tx, params, tx::Ahead};
use domain::{
    ContractId, ContractRoomId, Money, PropertyId, RoomId, TenantId, contract::ContractStatus, rights::Role,
    rooms::RoomKind, text::sort_key,
};
use jiff::civil::Date;
use serde::Serialize;
use tokio_postgres::Row;
use wire::{
    contracts::{ContractItemView, ContractRoomView, ContractView, NewContract},
    discounts::DiscountView,
    increases::IncreaseView,
    schedules::ScheduleEntryView,
};

use super::{
    approval, discounts, increases, items, schedule, search_key,
    spans::{Held, Span},
};

/// Who and what a contract is made between.
pub struct Parties {
    pub tenant_name: String,
    pub rooms: Vec<RoomAt>,
}

/// A room and the building it is in.
#[derive(Debug, Clone)]
pub struct RoomAt {
    pub id: RoomId,
    pub property: PropertyId,
    pub unit_no: String,
    pub kind: RoomKind,
}

/// What a new contract is made of, beside its rooms and lines.
pub struct Draft<'a> {
    pub id: ContractId,
    pub new: &'a NewContract,
    pub kind: RoomKind,
    pub tenant_name: &'a str,
    pub units: &'a str,
}

/// What may change in a contract.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Locked {
    pub id: ContractId,
    pub status: ContractStatus,
    pub kind: RoomKind,
    pub starts_on: Date,
    pub ends_on: Option<Date>,
    pub deposit_amount: Money,
    pub payment_day: i32,
    pub grace_days: i32,
    pub penalty_bp: Option<i32>,
    pub notes: String,
    pub version: i32,
}

impl Locked {
    pub fn span(&self) -> Span {
        Span { from: self.starts_on, to: self.ends_on }
    }
}

/// Of many contracts at once: one is asked for as a list of one, so that the statements stand here once.
const CONTRACT: &str = "
    select c.id, c.code, c.status, c.kind, c.property_id, p.name as property_name, c.tenant_id, c.tenant_name_snapshot, c.units,
           c.starts_on, c.ends_on, c.signed_at, c.renews_contract_id, c.terminated_on, c.termination_reason, c.currency, c.deposit_amount,
           c.deposit_received, c.payment_day, c.grace_days, c.penalty_bp, c.notes, c.approved_at, c.approved_by, c.schedule_kind,
           c.version, c.created_at, c.updated_at
      from contracts c
      join properties p on p.id = c.property_id
     where c.id = any($1)";

/// What a dropped draft let go (an empty range) is no longer shown.
const ROOMS: &str = "
    select cr.id, cr.room_id, r.unit_no, r.area_m2, lower(cr.during) as first_day, upper(cr.during) - 1 as last_day, cr.contract_id
      from contract_rooms cr
      join rooms r on r.id = cr.room_id
     where cr.contract_id = any($1) and not isempty(cr.during)
     order by cr.id";

const ITEMS: &str = "
    select id, contract_id, room_id, kind, name, basis, unit_price, vat_mode, tax_kind, classification_code, exemption_code,
           valid_from, valid_to, meter_kind
      from contract_items
     where contract_id = any($1)
     order by id";

/// A contract with its rooms and lines, in one network wait with the transaction's opening and its end.
pub async fn find(tx: &Tx, id: ContractId) -> Result<ContractView> {
    let parts = Parts::ahead(tx, &[id]).await?;
    let contract = tx.last().maybe(CONTRACT, &[&[id].as_slice()]).await?.ok_or(Error::NotFound("contract"))?;
    let mut contract = parts.read()?.view(&contract);
    if tx.who().await?.role == Some(Role::Tenant) {
        // The owner's own: what the office notes, and who let the tenant off and why.
        contract.notes.clear();
        contract.approved_by = None;
        for discount in &mut contract.discounts {
            discount.reason.clear();
            discount.user_id = None;
        }
    }
    Ok(contract)
}

/// The same inside a transaction that goes on.
pub async fn whole(tx: &Tx, id: ContractId) -> Result<ContractView> {
    wholes(tx, &[id]).await?.pop().ok_or(Error::NotFound("contract"))
}

/// Many contracts, each whole, in no order.
pub async fn wholes(tx: &Tx, ids: &[ContractId]) -> Result<Vec<ContractView>> {
    let parts = Parts::ahead(tx, ids).await?;
    let contracts = tx.all(CONTRACT, &[&ids]).await?;
    let mut parts = parts.read()?;
    Ok(contracts.iter().map(|row| parts.view(row)).collect())
}

/// What contracts consist of, asked for ahead.
struct Parts {
    rooms: Ahead,
    items: Ahead,
    increases: Ahead,
    discounts: Ahead,
    schedule: Ahead,
}

impl Parts {
    async fn ahead(tx: &Tx, ids: &[ContractId]) -> Result<Parts> {
        Ok(Parts {
            rooms: tx.ahead(ROOMS, params![ids.to_vec()]).await?,
            items: tx.ahead(ITEMS, params![ids.to_vec()]).await?,
            increases: tx.ahead(increases::OF_CONTRACTS, params![ids.to_vec()]).await?,
            discounts: tx.ahead(discounts::OF_CONTRACTS, params![ids.to_vec()]).await?,
            schedule: tx.ahead(schedule::OF_CONTRACTS, params![ids.to_vec()]).await?,
        })
    }

    /// By contract, once a later question has been answered.
    fn read(self) -> Result<PartsOf> {
        let mut parts = PartsOf::default();
        for row in self.rooms.rows()? {
            parts.rooms.entry(row.get("contract_id")).or_default().push(room(&row));
        }
        for row in self.items.rows()? {
            parts.items.entry(row.get("contract_id")).or_default().push(items::item(&row));
        }
        for row in self.increases.rows()? {
            parts.increases.entry(row.get("contract_id")).or_default().push(increases::increase(&row));
        }
        for row in self.discounts.rows()? {
            parts.discounts.entry(row.get("contract_id")).or_default().push(discounts::discount(&row));
        }
        for row in self.schedule.rows()? {
            parts.schedule.entry(row.get("contract_id")).or_default().push(schedule::entry(&row));
        }
        Ok(parts)
    }
}

/// The parts of each contract, in their order.
#[derive(Default)]
struct PartsOf {
    rooms: HashMap<ContractId, Vec<ContractRoomView>>,
    items: HashMap<ContractId, Vec<ContractItemView>>,
    increases: HashMap<ContractId, Vec<IncreaseView>>,
    discounts: HashMap<ContractId, Vec<DiscountView>>,
    schedule: HashMap<ContractId, Vec<ScheduleEntryView>>,
}

/// The tenant, the building and the rooms that a new contract names; refused when one is not there.
pub async fn parties(tx: &Tx, property: PropertyId, tenant: TenantId, rooms: &[RoomId]) -> Result<Parties> {
    let tenants = tx.ahead("select name from tenants where id = $1", params![tenant]).await?;
    let properties = tx.ahead("select from properties where id = $1", params![property]).await?;
    let rooms = tx.all("select id, property_id, unit_no, kind from rooms where id = any($1)", &[&rooms]).await?;
    if properties.rows()?.is_empty() {
        return Err(Error::NotFound("property"));
    }
    let tenant_name = tenants.rows()?.first().ok_or(Error::NotFound("tenant"))?.get("name");
    let at = |row: &Row| RoomAt {
        id: row.get("id"),
        property: row.get("property_id"),
        unit_no: row.get("unit_no"),
        kind: row.get("kind"),
    };
    Ok(Parties { tenant_name, rooms: rooms.iter().map(at).collect() })
}

/// Puts the contract itself in, under the code it was given or the next of its series, and says which.
///
/// The number is taken here, as late as can be: until the commit nobody else gets one.
pub async fn insert(tx: &Tx, draft: &Draft<'_>, given: Option<String>) -> Result<String> {
    if let Some(code) = given {
        return match insert_as(tx, draft, &code).await? {
            true => Ok(code),
            false => Err(Conflict::new("DUPLICATE").with("field", "code").into()),
        };
    }
    let year = i32::from(tx.clock().today().year());
    loop {
        let code: String = tx.one("select take_contract_code($1) as code", &[&year]).await?.get("code");
        // Taken all the same: by a contract in a building that this person does not see.
        if insert_as(tx, draft, &code).await? {
            return Ok(code);
        }
    }
}

/// False when the code is another contract's.
async fn insert_as(tx: &Tx, draft: &Draft<'_>, code: &str) -> Result<bool> {
    let Draft { id, new, kind, tenant_name, units } = draft;
    let (approved_at, approved_by) = approval::of_maker(tx).await?;
    let inserted = tx
        .touch(
            "insert into contracts (id, code, property_id, tenant_id, tenant_name_snapshot, units, kind, starts_on, ends_on, status,
                                    deposit_amount, payment_day, grace_days, penalty_bp, notes, search_key, tenant_sort_key, approved_at,
                                    approved_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
             on conflict on constraint contracts_code_once do nothing",
            &[
                id,
                &code,
                &new.property_id,
                &new.tenant_id,
                tenant_name,
                units,
                kind,
                &new.starts_on,
                &new.ends_on,
                &ContractStatus::Draft,
                &new.deposit_amount.unwrap_or_default(),
                &new.payment_day.unwrap_or(1),
                &new.grace_days.unwrap_or(0),
                &new.penalty_bp,
                &new.notes,
                &search_key(code, tenant_name, units),
                &sort_key(tenant_name),
                &approved_at,
                &approved_by,
            ],
        )
        .await?;
    Ok(inserted == 1)
}

/// Takes the rooms for their time.
pub async fn hold(tx: &Tx, contract: ContractId, rooms: &[Held]) -> Result<()> {
    let mut rooms = rooms.to_vec();
    // Two contracts over the same rooms take them in the same order: one waits for the other, never both.
    rooms.sort_by_key(|held| held.room);
    let [first, last] = days(&rooms);
    taking(
        tx,
        contract,
        &rooms,
        "insert into contract_rooms (id, contract_id, room_id, during)
         select r.id, $1, r.room_id, daterange(r.first_day, r.last_day, '[]')
           from unnest($2::uuid[], $3::uuid[], $4::date[], $5::date[]) as r (id, room_id, first_day, last_day)",
        &[&contract, &ids(&rooms), &rooms.iter().map(|held| held.room).collect::<Vec<_>>(), &first, &last],
    )
    .await
}

/// Gives rooms other days; one without days is let go.
pub async fn move_rooms(tx: &Tx, contract: ContractId, rooms: &[Held]) -> Result<()> {
    let [first, last] = days(rooms);
    taking(
        tx,
        contract,
        rooms,
        "update contract_rooms cr
            set during = case when r.first_day is null then 'empty' else daterange(r.first_day, r.last_day, '[]') end
           from unnest($2::uuid[], $3::date[], $4::date[]) as r (id, first_day, last_day)
          where cr.id = r.id and cr.contract_id = $1",
        &[&contract, &ids(rooms), &first, &last],
    )
    .await
}

fn ids(rooms: &[Held]) -> Vec<ContractRoomId> {
    rooms.iter().map(|held| held.id).collect()
}

fn days(rooms: &[Held]) -> [Vec<Option<Date>>; 2] {
    let first = rooms.iter().map(|held| held.span.map(|span| span.from)).collect();
    let last = rooms.iter().map(|held| held.span.and_then(|span| span.to)).collect();
    [first, last]
}

/// Runs a statement that takes rooms. Should one be taken already, the refusal names the contract that has it: after a
/// failure Postgres answers nothing more, so the statement has a savepoint to go back to.
async fn taking(
    tx: &Tx,
    contract: ContractId,
    rooms: &[Held],
    sql: &str,
    values: &[&(dyn tokio_postgres::types::ToSql + Sync)],
) -> Result<()> {
    tx.later("savepoint rooms_are_free", params![]).await?;
    let mut taken = false;
    let answer = tx.touch(sql, values).await.on_constraint("contract_rooms_room_free", || {
        taken = true;
        Conflict::new("OVERLAP").into()
    });
    let mut missing = false;
    let answer = answer.on_constraint("contract_rooms_room_there", || {
        missing = true;
        Conflict::new("ROOM_NOT_THERE").into()
    });
    if !taken && !missing {
        return answer.map(drop);
    }
    tx.touch("rollback to savepoint rooms_are_free", &[]).await?;
    let rooms: Vec<Held> = rooms.iter().filter(|held| held.span.is_some()).copied().collect();
    let [first, last] = days(&rooms);
    if missing {
        return Err(not_there(tx, &rooms, first, last).await?);
    }
    let other = tx
        .maybe(
            "select c.code, r.unit_no
               from unnest($2::uuid[], $3::date[], $4::date[]) as wanted (room_id, first_day, last_day)
               join contract_rooms cr on cr.room_id = wanted.room_id and cr.contract_id <> $1
                                     and cr.during && daterange(wanted.first_day, wanted.last_day, '[]')
               join contracts c on c.id = cr.contract_id
               join rooms r on r.id = cr.room_id
              order by lower(cr.during)
              limit 1",
            &[&contract, &rooms.iter().map(|held| held.room).collect::<Vec<_>>(), &first, &last],
        )
        .await?;
    let Some(other) = other else { return Err(Error::Unavailable("the room was taken and let go again".into())) };
    let (code, unit): (String, String) = (other.get("code"), other.get("unit_no"));
    Err(Conflict::new("OVERLAP").with("code", code).with("unit", unit).into())
}

/// Names the first room that is not there on all of the days it is wanted for.
async fn not_there(tx: &Tx, rooms: &[Held], first: Vec<Option<Date>>, last: Vec<Option<Date>>) -> Result<Error> {
    let room = tx
        .maybe(
            "select r.unit_no, coalesce(to_char(r.valid_from, 'YYYY.MM.DD'), '') as first_day,
                    coalesce(to_char(least(r.valid_to, p.decommissioned_on - 1), 'YYYY.MM.DD'), '') as last_day
               from unnest($1::uuid[], $2::date[], $3::date[]) as wanted (room_id, first_day, last_day)
               join rooms r on r.id = wanted.room_id
               join properties p on p.id = r.property_id
              where not daterange(r.valid_from, r.valid_to, '[]') * daterange(null, p.decommissioned_on)
                    @> daterange(wanted.first_day, wanted.last_day, '[]')
              order by r.unit_sort
              limit 1",
            &[&rooms.iter().map(|held| held.room).collect::<Vec<_>>(), &first, &last],
        )
        .await?;
    let Some(room) = room else { return Ok(Error::Unavailable("the room was closed and opened again".into())) };
    let [unit, from, to] = ["unit_no", "first_day", "last_day"].map(|column| room.get::<_, String>(column));
    Ok(Conflict::new("ROOM_NOT_THERE").with("unit", unit).with("from", from).with("to", to).into())
}

/// The contract, held against other changes until the transaction ends.
pub async fn lock(tx: &Tx, id: ContractId) -> Result<Option<Locked>> {
    let row = tx
        .maybe(
            "select id, status, kind, starts_on, ends_on, deposit_amount, payment_day, grace_days, penalty_bp, notes, version
               from contracts where id = $1 for no key update",
            &[&id],
        )
        .await?;
    Ok(row.map(|row| Locked {
        id: row.get("id"),
        status: row.get("status"),
        kind: row.get("kind"),
        starts_on: row.get("starts_on"),
        ends_on: row.get("ends_on"),
        deposit_amount: row.get("deposit_amount"),
        payment_day: row.get("payment_day"),
        grace_days: row.get("grace_days"),
        penalty_bp: row.get("penalty_bp"),
        notes: row.get("notes"),
        version: row.get("version"),
    }))
}

pub async fn exists(tx: &Tx, id: ContractId) -> Result<bool> {
    Ok(tx.maybe("select from contracts where id = $1", &[&id]).await?.is_some())
}

/// The rooms that a contract holds.
pub async fn held(tx: &Tx, contract: ContractId) -> Result<Vec<Held>> {
    let rows = tx
        .all(
            "select id, room_id, lower(during) as first_day, upper(during) - 1 as last_day
               from contract_rooms where contract_id = $1 and not isempty(during) order by room_id",
            &[&contract],
        )
        .await?;
    let held = |row: &Row| Held {
        id: row.get("id"),
        room: row.get("room_id"),
        span: Some(Span { from: row.get("first_day"), to: row.get("last_day") }),
    };
    Ok(rows.iter().map(held).collect())
}

pub async fn save(tx: &Tx, contract: &Locked) -> Result<()> {
    tx.later(
        "update contracts
            set starts_on = $2, ends_on = $3, deposit_amount = $4, payment_day = $5, grace_days = $6, penalty_bp = $7,
                notes = $8, version = version + 1
          where id = $1",
        params![
            contract.id,
            contract.starts_on,
            contract.ends_on,
            contract.deposit_amount,
            contract.payment_day,
            contract.grace_days,
            contract.penalty_bp,
            contract.notes.clone(),
        ],
    )
    .await
}

impl PartsOf {
    /// Columns in the order of [`CONTRACT`]; the contract's parts are taken out.
    fn view(&mut self, row: &Row) -> ContractView {
        let mut columns = Columns::of(row);
        let id = columns.take();
        ContractView {
            id,
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
            signed_at: columns.take(),
            renews_contract_id: columns.take(),
            terminated_on: columns.take(),
            termination_reason: columns.take(),
            currency: columns.take(),
            deposit_amount: columns.take(),
            deposit_received: columns.take(),
            payment_day: columns.take(),
            grace_days: columns.take(),
            penalty_bp: columns.take(),
            notes: columns.take(),
            approved_at: columns.take(),
            approved_by: columns.take(),
            schedule_kind: columns.take(),
            rooms: self.rooms.remove(&id).unwrap_or_default(),
            items: self.items.remove(&id).unwrap_or_default(),
            increases: self.increases.remove(&id).unwrap_or_default(),
            discounts: self.discounts.remove(&id).unwrap_or_default(),
            schedule: self.schedule.remove(&id).unwrap_or_default(),
            version: columns.take(),
            created_at: columns.take(),
            updated_at: columns.take(),
        }
    }
}

/// Columns in the order of [`ROOMS`].
fn room(row: &Row) -> ContractRoomView {
    let mut columns = Columns::of(row);
    ContractRoomView {
        id: columns.take(),
        room_id: columns.take(),
        unit_no: columns.take(),
        area_m2: columns.take(),
        from: columns.take(),
        to: columns.take(),
    }
}
