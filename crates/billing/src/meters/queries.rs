//! Every question asked about meters.

use base::{Conditions, Result, Tx, lists::Window, params};
use domain::{
    MeterId, PropertyId, RoomId,
    meter::{Dial, MeterKind},
};
use jiff::civil::Date;
use rust_decimal::Decimal;
use tokio_postgres::Row;
use wire::meters::{MeterFilter, MeterView, NewMeter};

const COLUMNS: &str = "
    select m.id, m.property_id, p.name as property_name, m.room_id, coalesce(r.unit_no, m.awaits_unit) as unit_no, m.kind,
           m.serial, m.multiplier, m.digits, m.initial, m.installed_on, m.removed_on, m.replaced_by, m.version
      from meters m
      join properties p on p.owner_id = m.owner_id and p.id = m.property_id
      left join rooms r on r.owner_id = m.owner_id and r.id = m.room_id";

/// The last question of its transaction.
pub async fn page(tx: &Tx, filter: &MeterFilter, window: &Window<MeterId>) -> Result<Vec<MeterView>> {
    let mut asked = Conditions::new();
    asked.and("m.owner_id = (select app_owner_id())", params![]);
    if let Some(property) = filter.property_id {
        asked.and("m.property_id = {0}", params![property]);
    }
    if let Some(room) = filter.room_id {
        asked.and("m.room_id = {0}", params![room]);
    }
    if let Some(kind) = filter.kind {
        asked.and("m.kind = {0}", params![kind]);
    }
    if let Some(after) = window.after {
        asked.and("m.id > {0}", params![after]);
    }
    let limit = asked.value(Box::new(window.rows()));
    let sql = format!("{COLUMNS}{} order by m.id limit {limit}", asked.sql());
    Ok(tx.last().all(&sql, &asked.values()).await?.iter().map(view).collect())
}

pub async fn find(tx: &Tx, id: MeterId) -> Result<Option<MeterView>> {
    let row = tx.maybe(&format!("{COLUMNS} where m.id = $1"), &[&id]).await?;
    Ok(row.as_ref().map(view))
}

/// A meter as verbs need it.
#[derive(Debug, Clone)]
pub struct Meter {
    pub id: MeterId,
    pub property_id: PropertyId,
    pub room_id: Option<RoomId>,
    pub kind: MeterKind,
    pub serial: String,
    pub multiplier: Decimal,
    pub digits: i32,
    pub initial: Option<Decimal>,
    pub installed_on: Option<Date>,
    pub removed_on: Option<Date>,
}

impl Meter {
    pub fn dial(&self) -> Dial {
        Dial {
            digits: u32::try_from(self.digits).expect("the table keeps it within 3 and 9"),
            multiplier: self.multiplier,
        }
    }
}

/// Holds the meter, so that two who read it do so one after the other.
pub async fn lock(tx: &Tx, id: MeterId) -> Result<Option<Meter>> {
    let row = tx
        .maybe(
            "select id, property_id, room_id, kind, serial, multiplier, digits, initial, installed_on, removed_on
               from meters where id = $1 for no key update",
            &[&id],
        )
        .await?;
    Ok(row.map(|row| Meter {
        id: row.get("id"),
        property_id: row.get("property_id"),
        room_id: row.get("room_id"),
        kind: row.get("kind"),
        serial: row.get("serial"),
        multiplier: row.get("multiplier"),
        digits: row.get("digits"),
        initial: row.get("initial"),
        installed_on: row.get("installed_on"),
        removed_on: row.get("removed_on"),
    }))
}

/// Whether there is such a building, and such a room in it.
pub async fn insert(tx: &Tx, id: MeterId, new: &NewMeter, serial: &str, dial: Dial) -> Result<bool> {
    let digits = i32::try_from(dial.digits).expect("at most nine");
    let made = tx
        .touch(
            "insert into meters (id, property_id, room_id, kind, serial, serial_key, multiplier, digits, initial, installed_on)
             select $1, p.id, r.id, $4, $5, $6, $7, $8, $9, $10
               from properties p
               left join rooms r on r.owner_id = p.owner_id and r.property_id = p.id and r.id = $3
              where p.id = $2 and (r.id is not null or $3::uuid is null)",
            &[
                &id,
                &new.property_id,
                &new.room_id,
                &new.kind,
                &serial,
                &super::serial_key(serial),
                &dial.multiplier,
                &digits,
                &new.initial,
                &new.installed_on,
            ],
        )
        .await?;
    Ok(made > 0)
}

/// The old meter went on the day on which the new one came.
pub async fn follow(tx: &Tx, old: MeterId, new: MeterId, on: Date) -> Result<()> {
    tx.later(
        "update meters set removed_on = $3, replaced_by = $2, version = version + 1 where id = $1",
        params![old, new, on],
    )
    .await
}

fn view(row: &Row) -> MeterView {
    MeterView {
        id: row.get("id"),
        property_id: row.get("property_id"),
        property_name: row.get("property_name"),
        room_id: row.get("room_id"),
        unit_no: row.get("unit_no"),
        kind: row.get("kind"),
        serial: row.get("serial"),
        multiplier: row.get("multiplier"),
        digits: row.get("digits"),
        initial: row.get("initial"),
        installed_on: row.get("installed_on"),
        removed_on: row.get("removed_on"),
        replaced_by: row.get("replaced_by"),
        version: row.get("version"),
    }
}
