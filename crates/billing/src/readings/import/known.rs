//! What the books know of the places and meters that a list speaks of, asked for all rows at once.

use std::collections::{HashMap, HashSet};

use base::{Result, Tx, params};
use domain::{
    MeterId, Month, PropertyId, RoomId,
    meter::{MeterKind, ReadingStatus},
    text::{fold_code, fold_word},
};
use jiff::civil::Date;
use rust_decimal::Decimal;
use sheets::Readings;

/// Where a meter hangs: a room, a room that is still to come, or a building.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub property: PropertyId,
    pub room: Option<RoomId>,
    /// The folded unit number of a room that is not in the books yet.
    pub awaits: Option<String>,
}

/// The books, as rows are compared with them.
pub(super) struct Known {
    /// By folded name.
    pub properties: HashMap<String, PropertyId>,
    /// By building and unit key.
    pub rooms: HashMap<(PropertyId, String), RoomId>,
    /// Building and unit, folded, that a rent roll named on a wrong row.
    pub awaited: HashSet<(String, String)>,
    /// By folded serial.
    pub meters: HashMap<String, Meter>,
    /// The bill of the month by what it bills.
    pub billed_rooms: HashMap<RoomId, String>,
    pub billed_properties: HashMap<PropertyId, String>,
}

/// A meter that the list speaks of and the books know.
pub(super) struct Meter {
    pub id: MeterId,
    pub property: PropertyId,
    pub room: Option<RoomId>,
    pub awaits: Option<String>,
    pub kind: MeterKind,
    pub multiplier: Decimal,
    /// `Алтан Тауэр, 602`
    pub shown: String,
    pub of_month: Option<OfMonth>,
    /// What it showed before the month, and when.
    pub showed: Option<Decimal>,
    pub showed_on: Option<Date>,
    /// The latest month with a reading.
    pub followed_in: Option<Month>,
}

/// The month's own reading.
pub(super) struct OfMonth {
    pub previous: Decimal,
    pub current: Decimal,
    pub status: ReadingStatus,
}

impl Known {
    pub async fn of(tx: &Tx, readings: &Readings, month: Month) -> Result<Known> {
        let serials: Vec<String> =
            readings.rows.iter().filter_map(|row| row.serial.as_deref()).map(fold_code).collect();
        let rooms = tx
            .ahead(
                "select id, property_id, unit_key from rooms
                  where owner_id = (select app_owner_id())
                    and coalesce(valid_from, '-infinity') <= $2 and coalesce(valid_to, 'infinity') >= $1",
                params![month, month.last_day()],
            )
            .await?;
        let awaited = tx
            .ahead(
                "select building_key, unit_key from awaited_units where owner_id = (select app_owner_id())",
                params![],
            )
            .await?;
        let meters = tx
            .ahead(
                "select m.id, m.serial_key, m.property_id, m.room_id, m.awaits_unit, m.kind, m.multiplier,
                        p.name || coalesce(', ' || r.unit_no, '') || ', ' || m.serial as shown,
                        rd.previous, rd.current, rd.status, coalesce(b.current, m.initial) as showed, b.read_on as showed_on,
                        (select max(month) from readings l
                          where l.owner_id = m.owner_id and l.meter_id = m.id and l.occasion = 'monthly') as latest
                   from meters m
                   join properties p on p.owner_id = m.owner_id and p.id = m.property_id
                   left join rooms r on r.owner_id = m.owner_id and r.id = m.room_id
                   left join readings rd on rd.owner_id = m.owner_id and rd.meter_id = m.id and rd.month = $2 and rd.occasion = 'monthly'
                   left join lateral (
                        select e.current, e.read_on from readings e
                         where e.owner_id = m.owner_id and e.meter_id = m.id
                           and (e.month < $2 or (e.month = $2 and e.occasion = 'handover'))
                         order by e.read_on desc, e.month desc limit 1) b on true
                  where m.owner_id = (select app_owner_id()) and m.serial_key = any($1)",
                params![serials, month],
            )
            .await?;
        let billed = tx
            .ahead(
                "select i.property_id, cr.room_id, coalesce(i.code, i.contract_code) as code
                   from invoices i
                   join contract_rooms cr on cr.owner_id = i.owner_id and cr.contract_id = i.contract_id
                  where i.owner_id = (select app_owner_id()) and i.period = $1 and i.kind = 'utility' and i.status <> 'void'",
                params![month],
            )
            .await?;
        let properties =
            tx.all("select id, name from properties where owner_id = (select app_owner_id())", &[]).await?;
        let billed = billed.rows()?;
        Ok(Known {
            properties: properties.iter().map(|row| (fold_word(row.get("name")), row.get("id"))).collect(),
            rooms: rooms
                .rows()?
                .iter()
                .map(|row| ((row.get("property_id"), row.get("unit_key")), row.get("id")))
                .collect(),
            awaited: awaited.rows()?.iter().map(|row| (row.get("building_key"), row.get("unit_key"))).collect(),
            meters: meters.rows()?.iter().map(|row| (row.get("serial_key"), meter(row))).collect(),
            billed_rooms: billed.iter().map(|row| (row.get("room_id"), row.get("code"))).collect(),
            billed_properties: billed.iter().map(|row| (row.get("property_id"), row.get("code"))).collect(),
        })
    }

    /// When a meter was read last before the month.
    pub fn before(&self, meter: Option<MeterId>) -> Option<Date> {
        self.meters.values().find(|known| Some(known.id) == meter).and_then(|known| known.showed_on)
    }
}

fn meter(row: &tokio_postgres::Row) -> Meter {
    let of_month = row.get::<_, Option<Decimal>>("current").map(|current| OfMonth {
        current,
        previous: row.get("previous"),
        status: row.get("status"),
    });
    Meter {
        id: row.get("id"),
        property: row.get("property_id"),
        room: row.get("room_id"),
        awaits: row.get("awaits_unit"),
        kind: row.get("kind"),
        multiplier: row.get("multiplier"),
        shown: row.get("shown"),
        of_month,
        showed: row.get("showed"),
        showed_on: row.get("showed_on"),
        followed_in: row.get("latest"),
    }
}
