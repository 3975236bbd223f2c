//! Every question asked about rooms.

use base::{Conditions, Conflict, Error, OnConstraint, Result, Tx, conditions::containing, lists::Window, params};
use domain::{
    FloorId, Money, PropertyId, RoomId,
    rooms::{Occupancy, PriceMode, RoomKind},
    text::fold_code,
};
use jiff::civil::Date;
use rust_decimal::Decimal;
use tokio_postgres::Row;
use wire::{
    occupancy::{OccupancyFigures, Units},
    rooms::{Occupant, RoomFilter, RoomHistory, RoomOrigin, RoomRef, RoomTotals, RoomView, Tenancy},
};

/// What is kept of a room itself.
pub struct Room {
    pub id: RoomId,
    pub floor: Option<FloorId>,
    pub unit_no: String,
    pub unit_key: String,
    pub kind: RoomKind,
    pub area_m2: Decimal,
    pub view: String,
    pub balcony: bool,
    pub furnished: bool,
    pub price_mode: PriceMode,
    pub base_rent: Money,
    pub deposit_months: i32,
    pub listed: bool,
    pub valid_from: Option<Date>,
}

/// A place in the list: building by building, unit by unit as people count.
pub type Place = (PropertyId, String, RoomId);

/// A room `r` with how it stands, `o`, its building and its floor.
const COLUMNS: &str = "
    select r.id, r.property_id, p.name as property_name, r.floor_id, f.number as floor_number, r.unit_no, r.unit_sort, r.kind,
           r.area_m2, r.view, r.balcony, r.furnished, r.price_mode, r.base_rent, r.deposit_months, r.listed, r.valid_from,
           r.valid_to, r.closed_reason, o.occupancy, o.contract_id, o.contract_code, o.tenant_id, o.tenant_name, o.held_from,
           o.held_to, r.version, r.created_at, r.updated_at";

/// The last question of its transaction. The page is picked first, so that nothing more is joined than is shown.
pub async fn page(tx: &Tx, filter: &RoomFilter, day: Date, window: &Window<Place>) -> Result<Vec<(RoomView, Place)>> {
    let mut asked = asked(filter, day);
    if let Some((property, unit_sort, id)) = &window.after {
        asked.and("(o.property_id, o.unit_sort, o.id) > ({0}, {1}, {2})", params![*property, unit_sort.clone(), *id]);
    }
    let limit = asked.value(Box::new(window.rows()));
    let sql = format!(
        "{COLUMNS}
           from (select o.* from rooms_on($1) o{} order by o.property_id, o.unit_sort, o.id limit {limit}) o
           join rooms r on r.id = o.id
           join properties p on p.id = r.property_id
           left join floors f on f.id = r.floor_id
          order by o.property_id, o.unit_sort, o.id",
        asked.sql()
    );
    let rows = tx.last().all(&sql, &asked.values()).await?;
    let placed = |row: &Row| (room(row), (row.get("property_id"), row.get("unit_sort"), row.get("id")));
    Ok(rows.iter().map(placed).collect())
}

/// The last question of its transaction.
pub async fn totals(tx: &Tx, filter: &RoomFilter, day: Date) -> Result<RoomTotals> {
    let asked = asked(filter, day);
    let sql = format!(
        "select o.occupancy, count(*) as units, sum(o.area_m2) as area_m2 from rooms_on($1) o{} group by o.occupancy",
        asked.sql()
    );
    let rows = tx.last().all(&sql, &asked.values()).await?;
    let mut figures = OccupancyFigures::default();
    for row in &rows {
        figures.add(row.get("occupancy"), units(row));
    }
    Ok(RoomTotals {
        as_of: day,
        count: figures.total.units,
        occupied: figures.occupied().units,
        area_m2: figures.total.area_m2,
        area_occupied_m2: figures.occupied().area_m2,
        figures,
    })
}

/// Columns `units` and `area_m2`.
pub fn units(row: &Row) -> Units {
    Units { units: row.get("units"), area_m2: row.get("area_m2") }
}

/// The conditions of a filter over `rooms_on($1) o`; the day is `$1`.
fn asked(filter: &RoomFilter, day: Date) -> Conditions {
    let mut asked = Conditions::new();
    asked.value(Box::new(day));
    if let Some(property) = filter.property_id {
        asked.and("o.property_id = {0}", params![property]);
    }
    if let Some(floor) = filter.floor_id {
        asked.and("o.floor_id = {0}", params![floor]);
    }
    if let Some(kind) = filter.kind {
        asked.and("o.kind = {0}", params![kind]);
    }
    if let Some(mode) = filter.price_mode {
        asked.and("o.price_mode = {0}", params![mode]);
    }
    match filter.occupied {
        Some(true) => drop(asked.and("o.contract_id is not null", params![])),
        Some(false) => drop(asked.and("o.contract_id is null", params![])),
        None => {}
    }
    if let Some(occupancy) = filter.occupancy {
        asked.and("o.occupancy = {0}", params![occupancy]);
    }
    if let Some(q) = filter.q.as_deref().map(fold_code).filter(|q| !q.is_empty()) {
        asked.and("o.unit_key like {0}", params![containing(&q)]);
    }
    asked
}

/// One room, there on the day `$1` or not.
fn one(picked: &str) -> String {
    format!(
        "{COLUMNS}
           from ({picked}) r
           left join rooms_on($1) o on o.id = r.id
           join properties p on p.id = r.property_id
           left join floors f on f.id = r.floor_id"
    )
}

const PICKED: &str = "select r.* from rooms r where r.id = $2";

pub async fn find(tx: &Tx, id: RoomId) -> Result<Option<RoomView>> {
    let row = tx.maybe(&one(PICKED), &[&tx.clock().today(), &id]).await?;
    Ok(row.as_ref().map(room))
}

/// One room on a day; the last question of its transaction.
pub async fn find_last(tx: &Tx, id: RoomId, day: Date) -> Result<Option<RoomView>> {
    let row = tx.last().maybe(&one(PICKED), &[&day, &id]).await?;
    Ok(row.as_ref().map(room))
}

pub async fn lock(tx: &Tx, id: RoomId) -> Result<Option<RoomView>> {
    let locked = format!("{PICKED} for no key update");
    let row = tx.maybe(&one(&locked), &[&tx.clock().today(), &id]).await?;
    Ok(row.as_ref().map(room))
}

/// False when the property, or the floor in it, is not there.
pub async fn insert(tx: &Tx, property: PropertyId, room: &Room) -> Result<bool> {
    let inserted = tx
        .touch(
            "insert into rooms (id, property_id, floor_id, unit_no, unit_key, kind, area_m2, view, balcony, furnished, price_mode,
                                base_rent, deposit_months, listed, valid_from)
             select $1, p.id, f.id, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15
               from properties p
               left join floors f on f.property_id = p.id and f.id = $3
              where p.id = $2 and f.id is not distinct from $3",
            &[
                &room.id,
                &property,
                &room.floor,
                &room.unit_no,
                &room.unit_key,
                &room.kind,
                &room.area_m2,
                &room.view,
                &room.balcony,
                &room.furnished,
                &room.price_mode,
                &room.base_rent,
                &room.deposit_months,
                &room.listed,
                &room.valid_from,
            ],
        )
        .await
        .on_constraint("rooms_unit_once", taken)?;
    Ok(inserted == 1)
}

/// False when the floor is none of the room's building.
pub async fn save(tx: &Tx, room: &Room) -> Result<bool> {
    let saved = tx
        .touch(
            "update rooms r
                set floor_id = $2, unit_no = $3, unit_key = $4, kind = $5, area_m2 = $6, view = $7, balcony = $8, furnished = $9,
                    price_mode = $10, base_rent = $11, deposit_months = $12, listed = $13, version = r.version + 1
              where r.id = $1
                and ($2::uuid is null or exists (select from floors f where f.id = $2 and f.property_id = r.property_id))",
            &[
                &room.id,
                &room.floor,
                &room.unit_no,
                &room.unit_key,
                &room.kind,
                &room.area_m2,
                &room.view,
                &room.balcony,
                &room.furnished,
                &room.price_mode,
                &room.base_rent,
                &room.deposit_months,
                &room.listed,
            ],
        )
        .await
        .on_constraint("rooms_unit_once", taken)?;
    Ok(saved == 1)
}

/// A contract, drafts among them, that holds one of the rooms after that day: unit and code.
pub async fn held_after(tx: &Tx, rooms: &[RoomId], last_day: Date) -> Result<Option<(String, String)>> {
    let row = tx
        .maybe(
            "select r.unit_no, c.code
               from contract_rooms cr
               join contracts c on c.owner_id = cr.owner_id and c.id = cr.contract_id
               join rooms r on r.owner_id = cr.owner_id and r.id = cr.room_id
              where cr.owner_id = (select app_owner_id()) and cr.room_id = any($1) and cr.during && daterange($2::date + 1, null)
              order by lower(cr.during), r.unit_sort
              limit 1",
            &[&rooms, &last_day],
        )
        .await?;
    Ok(row.map(|row| (row.get("unit_no"), row.get("code"))))
}

/// Gives rooms a last day; they are locked by then.
pub async fn close(tx: &Tx, rooms: &[RoomId], last_day: Date, reason: &str) -> Result<()> {
    tx.touch(
        "update rooms set valid_to = $2, closed_reason = nullif($3, ''), version = version + 1 where id = any($1)",
        &[&rooms, &last_day, &reason],
    )
    .await
    .map(drop)
}

pub async fn reopen(tx: &Tx, id: RoomId) -> Result<()> {
    tx.touch("update rooms set valid_to = null, closed_reason = null, version = version + 1 where id = $1", &[&id])
        .await
        .on_constraint("rooms_unit_once", taken)
        .map(drop)
}

/// A room that this one was made into.
pub async fn became(tx: &Tx, id: RoomId) -> Result<Option<String>> {
    let row = tx
        .maybe(
            "select r.unit_no
               from room_origins o join rooms r on r.owner_id = o.owner_id and r.id = o.room_id
              where o.owner_id = (select app_owner_id()) and o.from_room_id = $1
              order by r.unit_sort
              limit 1",
            &[&id],
        )
        .await?;
    Ok(row.map(|row| row.get("unit_no")))
}

/// Whether a contract ever named the room, be it a draft that was dropped, or it was made of others or into others.
pub async fn has_history(tx: &Tx, id: RoomId) -> Result<bool> {
    let row = tx
        .one(
            "select exists (select from contract_rooms where owner_id = (select app_owner_id()) and room_id = $1)
                 or exists (select from contract_items where owner_id = (select app_owner_id()) and room_id = $1)
                 or exists (select from room_origins where owner_id = (select app_owner_id()) and $1 in (room_id, from_room_id))
                    as has_history",
            &[&id],
        )
        .await?;
    Ok(row.get("has_history"))
}

pub async fn delete(tx: &Tx, id: RoomId) -> Result<u64> {
    tx.touch("delete from rooms where id = $1", &[&id]).await
}

/// What became of a room; nothing when it is not there. The last question of its transaction.
pub async fn history(tx: &Tx, id: RoomId) -> Result<Option<RoomHistory>> {
    let there = tx.ahead("select from rooms where id = $1", params![id]).await?;
    let origins = |own: &str, other: &str| {
        format!(
            "select o.kind, o.on_day, o.reason, r.id, r.unit_no, r.area_m2
               from room_origins o join rooms r on r.owner_id = o.owner_id and r.id = o.{other}
              where o.owner_id = (select app_owner_id()) and o.{own} = $1
              order by r.unit_sort, r.id"
        )
    };
    let made_of = tx.ahead(&origins("room_id", "from_room_id"), params![id]).await?;
    let became = tx.ahead(&origins("from_room_id", "room_id"), params![id]).await?;
    let tenancies = tx
        .last()
        .all(
            "select c.id, c.code, c.status, c.tenant_id, c.tenant_name_snapshot, lower(cr.during) as since, upper(cr.during) - 1 as until
               from contract_rooms cr
               join contracts c on c.owner_id = cr.owner_id and c.id = cr.contract_id
              where cr.owner_id = (select app_owner_id()) and cr.room_id = $1 and not isempty(cr.during)
              order by lower(cr.during) desc
              limit 100",
            &[&id],
        )
        .await?;
    if there.rows()?.is_empty() {
        return Ok(None);
    }
    Ok(Some(RoomHistory {
        tenancies: tenancies.iter().map(tenancy).collect(),
        made_of: origin(&made_of.rows()?),
        became: origin(&became.rows()?),
    }))
}

pub fn taken() -> Error {
    Conflict::new("DUPLICATE").with("field", "unitNo").into()
}

fn origin(rows: &[Row]) -> Option<RoomOrigin> {
    let first = rows.first()?;
    let room = |row: &Row| RoomRef { id: row.get("id"), unit_no: row.get("unit_no"), area_m2: row.get("area_m2") };
    Some(RoomOrigin {
        kind: first.get("kind"),
        on: first.get("on_day"),
        reason: first.get("reason"),
        rooms: rows.iter().map(room).collect(),
    })
}

fn tenancy(row: &Row) -> Tenancy {
    Tenancy {
        contract_id: row.get("id"),
        contract_code: row.get("code"),
        status: row.get("status"),
        tenant_id: row.get("tenant_id"),
        tenant_name: row.get("tenant_name_snapshot"),
        since: row.get("since"),
        until: row.get("until"),
    }
}

fn room(row: &Row) -> RoomView {
    let occupied_by = row.get::<_, Option<_>>("contract_id").map(|contract_id| Occupant {
        contract_id,
        contract_code: row.get("contract_code"),
        tenant_id: row.get("tenant_id"),
        tenant_name: row.get("tenant_name"),
        since: row.get("held_from"),
        until: row.get("held_to"),
    });
    RoomView {
        id: row.get("id"),
        property_id: row.get("property_id"),
        property_name: row.get("property_name"),
        floor_id: row.get("floor_id"),
        floor_number: row.get("floor_number"),
        unit_no: row.get("unit_no"),
        kind: row.get("kind"),
        area_m2: row.get("area_m2"),
        view: row.get("view"),
        balcony: row.get("balcony"),
        furnished: row.get("furnished"),
        price_mode: row.get("price_mode"),
        base_rent: row.get("base_rent"),
        deposit_months: row.get("deposit_months"),
        listed: row.get("listed"),
        valid_from: row.get("valid_from"),
        valid_to: row.get("valid_to"),
        closed_reason: row.get("closed_reason"),
        occupancy: row.get::<_, Option<Occupancy>>("occupancy"),
        occupied_by,
        version: row.get("version"),
        created_at: row.get("created_at"),
        updated_at: row.get("updated_at"),
    }
}
