//! Every question asked about rooms.

use base::{Conditions, Conflict, Error, OnConstraint, Result, Tx, conditions::containing, lists::Window, params};
use domain::{
    FloorId, Money, PropertyId, RoomId,
    rooms::{PriceMode, RoomKind},
    text::fold_code,
};
use rust_decimal::Decimal;
use tokio_postgres::Row;
use wire::rooms::{Occupant, RoomFilter, RoomTotals, RoomView};

/// What is kept of a room itself.
pub struct Room {
    pub id: RoomId,
    pub unit_no: String,
    pub unit_key: String,
    pub kind: RoomKind,
    pub area_m2: Decimal,
    pub price_mode: PriceMode,
    pub base_rent: Money,
    pub listed: bool,
}

/// A place in the list: building by building, unit by unit.
pub type Place = (PropertyId, String);

/// Who is in a room on the day `$1`. A draft holds its rooms, but nobody is in them yet.
const OCCUPANCY: &str = "
    from contract_rooms cr
    join contracts c on c.id = cr.contract_id and c.status not in ('draft', 'pending_signature')
   where cr.room_id = r.id and cr.during @> $1::date";

/// The rooms that a sub-select picks, with who is in them.
fn view(rooms: &str) -> String {
    format!(
        "select r.id, r.property_id, p.name as property_name, r.floor_id, f.number as floor_number, r.unit_no, r.kind, r.area_m2,
                r.price_mode, r.base_rent, r.listed, r.version, r.created_at, r.updated_at,
                o.contract_id, o.contract_code, o.tenant_name, o.until
           from ({rooms}) r
           join properties p on p.id = r.property_id
           left join floors f on f.id = r.floor_id
           left join lateral (
                select c.id as contract_id, c.code as contract_code, c.tenant_name_snapshot as tenant_name,
                       upper(cr.during) - 1 as until
                {OCCUPANCY}
                limit 1) o on true"
    )
}

/// The last question of its transaction. The page is picked first, so that occupants are looked up for its rooms only.
pub async fn page(tx: &Tx, filter: &RoomFilter, window: &Window<Place>) -> Result<Vec<RoomView>> {
    let mut asked = asked(tx, filter);
    if let Some((property, unit_key)) = &window.after {
        asked.and("(r.property_id, r.unit_key) > ({0}, {1})", params![*property, unit_key.clone()]);
    }
    let limit = asked.value(Box::new(window.rows()));
    let picked = format!("select r.* from rooms r{} order by r.property_id, r.unit_key limit {limit}", asked.sql());
    let sql = format!("{} order by r.property_id, r.unit_key", view(&picked));
    let rows = tx.last().all(&sql, &asked.values()).await?;
    Ok(rows.iter().map(room).collect())
}

/// The last question of its transaction.
pub async fn totals(tx: &Tx, filter: &RoomFilter) -> Result<RoomTotals> {
    let asked = asked(tx, filter);
    let sql = format!(
        "select count(*) as count, count(contract_id) as occupied, coalesce(sum(area_m2), 0) as area_m2,
                coalesce(sum(area_m2) filter (where contract_id is not null), 0) as area_occupied_m2
           from ({}) rooms",
        view(&format!("select r.* from rooms r{}", asked.sql()))
    );
    let row = tx.last().maybe(&sql, &asked.values()).await?;
    let row = row.ok_or_else(|| Error::Internal("a sum is always one row".into()))?;
    Ok(RoomTotals {
        count: row.get("count"),
        occupied: row.get("occupied"),
        area_m2: row.get("area_m2"),
        area_occupied_m2: row.get("area_occupied_m2"),
    })
}

/// The conditions of a filter; today is `$1`.
fn asked(tx: &Tx, filter: &RoomFilter) -> Conditions {
    let mut asked = Conditions::new();
    asked.value(Box::new(tx.clock().today()));
    if let Some(property) = filter.property_id {
        asked.and("r.property_id = {0}", params![property]);
    }
    if let Some(kind) = filter.kind {
        asked.and("r.kind = {0}", params![kind]);
    }
    match filter.occupied {
        Some(true) => drop(asked.and(&format!("exists (select {OCCUPANCY})"), params![])),
        Some(false) => drop(asked.and(&format!("not exists (select {OCCUPANCY})"), params![])),
        None => {}
    }
    if let Some(q) = filter.q.as_deref().map(fold_code).filter(|q| !q.is_empty()) {
        asked.and("r.unit_key like {0}", params![containing(&q)]);
    }
    asked
}

const ONE: &str = "select r.* from rooms r where r.id = $2";

pub async fn find(tx: &Tx, id: RoomId) -> Result<Option<RoomView>> {
    let row = tx.maybe(&view(ONE), &[&tx.clock().today(), &id]).await?;
    Ok(row.as_ref().map(room))
}

/// One room; the last question of its transaction.
pub async fn find_last(tx: &Tx, id: RoomId) -> Result<Option<RoomView>> {
    let row = tx.last().maybe(&view(ONE), &[&tx.clock().today(), &id]).await?;
    Ok(row.as_ref().map(room))
}

pub async fn lock(tx: &Tx, id: RoomId) -> Result<Option<RoomView>> {
    let locked = format!("{ONE} for no key update");
    let row = tx.maybe(&view(&locked), &[&tx.clock().today(), &id]).await?;
    Ok(row.as_ref().map(room))
}

/// False when the property, or the floor in it, is not there.
pub async fn insert(tx: &Tx, property: PropertyId, floor: Option<FloorId>, room: &Room) -> Result<bool> {
    let inserted = tx
        .touch(
            "insert into rooms (id, property_id, floor_id, unit_no, unit_key, kind, area_m2, price_mode, base_rent, listed)
             select $1, p.id, f.id, $4, $5, $6, $7, $8, $9, $10
               from properties p
               left join floors f on f.property_id = p.id and f.id = $3
              where p.id = $2 and f.id is not distinct from $3",
            &[
                &room.id,
                &property,
                &floor,
                &room.unit_no,
                &room.unit_key,
                &room.kind,
                &room.area_m2,
                &room.price_mode,
                &room.base_rent,
                &room.listed,
            ],
        )
        .await
        .on_constraint("rooms_unit_once", taken)?;
    Ok(inserted == 1)
}

pub async fn save(tx: &Tx, room: &Room) -> Result<()> {
    tx.touch(
        "update rooms
            set unit_no = $2, unit_key = $3, kind = $4, area_m2 = $5, price_mode = $6, base_rent = $7, listed = $8,
                version = version + 1
          where id = $1",
        &[
            &room.id,
            &room.unit_no,
            &room.unit_key,
            &room.kind,
            &room.area_m2,
            &room.price_mode,
            &room.base_rent,
            &room.listed,
        ],
    )
    .await
    .on_constraint("rooms_unit_once", taken)?;
    Ok(())
}

fn taken() -> Error {
    Conflict::new("DUPLICATE").with("field", "unitNo").into()
}

fn room(row: &Row) -> RoomView {
    let occupied_by = row.get::<_, Option<_>>("contract_id").map(|contract_id| Occupant {
        contract_id,
        contract_code: row.get("contract_code"),
        tenant_name: row.get("tenant_name"),
        until: row.get("until"),
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
        price_mode: row.get("price_mode"),
        base_rent: row.get("base_rent"),
        listed: row.get("listed"),
        occupied_by,
        version: row.get("version"),
        created_at: row.get("created_at"),
        updated_at: row.get("updated_at"),
    }
}
