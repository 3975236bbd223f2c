//! Everything that a month's utility bills are made from, asked for at once.

use std::collections::HashMap;

use base::{Error, Result, Tx, params};
use domain::{
    ContractId, ContractRoomId, InvoiceId, MeterId, Money, Month, PropertyId, RoomId,
    meter::{MeterKind, Occasion, ReadingStatus},
    tariff::Tariff,
    utility::{self, ShareBy},
};
use jiff::{ToSpan, civil::Date};
use rust_decimal::Decimal;
use tokio_postgres::Row;

use crate::tariffs;

/// The month as it is in the books.
pub(super) struct Known {
    pub meters: Vec<Metered>,
    pub tariffs: Vec<Tariff>,
    pub rules: Vec<Rule>,
    pub held: Vec<Held>,
    pub billed: HashMap<ContractId, (InvoiceId, Money)>,
    pub vat_payer: bool,
}

/// A meter that hung in its place on a day of the month, and what it showed.
pub(super) struct Metered {
    pub id: MeterId,
    pub property: PropertyId,
    pub room: Option<RoomId>,
    /// Empty for a common meter.
    pub unit_no: String,
    pub awaits_room: bool,
    pub kind: MeterKind,
    pub serial: String,
    pub installed_on: Option<Date>,
    pub replaced_by: Option<MeterId>,
    /// Oldest first.
    pub read: Vec<ReadOnce>,
}

/// A reading as it is kept.
pub(super) struct ReadOnce {
    pub occasion: Occasion,
    pub read_on: Date,
    pub previous_on: Option<Date>,
    pub previous: Decimal,
    pub current: Decimal,
    pub status: ReadingStatus,
    pub multiplier: Decimal,
    pub consumption: Decimal,
}

/// How a building's common meters of a kind are shared out.
pub(super) struct Rule {
    pub property: PropertyId,
    pub kind: MeterKind,
    pub by: ShareBy,
    /// Of all the building's rooms that are there in the month.
    pub area_m2: Decimal,
}

/// Days of the month that a contract holds a room.
pub(super) struct Held {
    pub contract: ContractId,
    /// The contract's own row of the room, which its charges name.
    pub of_contract: ContractRoomId,
    pub property: PropertyId,
    pub room: RoomId,
    pub area_m2: Decimal,
    pub from: Date,
    pub to: Date,
}

impl Metered {
    pub fn is_common(&self) -> bool {
        self.room.is_none() && !self.awaits_room
    }

    /// Whether the month's own reading is there.
    pub fn is_read(&self) -> bool {
        self.read.iter().any(|read| read.occasion == Occasion::Monthly)
    }

    pub fn consumption(&self) -> Decimal {
        self.read.iter().map(|read| read.consumption).sum()
    }

    /// The readings, each with the days of the month that it stands for: from the one before or the month's first, up to
    /// the day before a contract began, the day a meter was taken away, or the month's last.
    pub fn readings(&self, month: Month) -> Vec<utility::Reading> {
        let mut from = self.installed_on.map_or(month.first_day(), |day| day.max(month.first_day()));
        let mut readings = Vec::with_capacity(self.read.len());
        for read in &self.read {
            let to = match read.occasion {
                Occasion::Handover => read.read_on.saturating_sub(1.day()),
                // a meter that went and whose successor is known by its day
                Occasion::Monthly if read.status == ReadingStatus::ReplacedOld && self.followed_on(read) => {
                    read.read_on.saturating_sub(1.day())
                }
                Occasion::Monthly => month.last_day(),
            };
            let to = to.min(month.last_day());
            // what was used before the month's first day is nobody's who rents in it
            if to < from {
                continue;
            }
            readings.push(utility::Reading {
                serial: self.serial.clone(),
                status: read.status,
                previous: read.previous,
                current: read.current,
                multiplier: read.multiplier,
                consumption: read.consumption,
                from,
                to,
            });
            from = to.saturating_add(1.day());
        }
        readings
    }

    /// A replacement at our own door has its day on both meters; one from a list has not.
    fn followed_on(&self, read: &ReadOnce) -> bool {
        self.replaced_by.is_some() && read.previous_on.is_some()
    }
}

impl Known {
    pub async fn of(tx: &Tx, month: Month) -> Result<Known> {
        let tariffs = tx.ahead(tariffs::OF_MONTH, params![month, month.last_day()]).await?;
        let rules = tx
            .ahead(
                "select c.property_id, c.kind, c.share_by,
                        (select coalesce(sum(r.area_m2), 0) from rooms r
                          where r.owner_id = c.owner_id and r.property_id = c.property_id
                            and coalesce(r.valid_from, '-infinity') <= $2 and coalesce(r.valid_to, 'infinity') >= $1) as area_m2
                   from common_rules c
                  where c.owner_id = (select app_owner_id())
                  order by c.property_id, c.kind",
                params![month, month.last_day()],
            )
            .await?;
        let held = tx
            .ahead(
                "select cr.contract_id, cr.id, r.property_id, cr.room_id, r.area_m2,
                        greatest(lower(cr.during), $1::date) as first_day,
                        least(upper(cr.during) - 1, $2::date) as last_day
                   from contract_rooms cr
                   join contracts c on c.owner_id = cr.owner_id and c.id = cr.contract_id
                   join rooms r on r.owner_id = cr.owner_id and r.id = cr.room_id
                  where cr.owner_id = (select app_owner_id()) and cr.during && daterange($1, $2, '[]')
                    and c.status not in ('draft', 'pending_signature')
                  order by cr.room_id, first_day",
                params![month, month.last_day()],
            )
            .await?;
        let billed = tx
            .ahead(
                "select contract_id, id, total from invoices
                  where owner_id = (select app_owner_id()) and period = $1 and kind = 'utility' and status <> 'void'",
                params![month],
            )
            .await?;
        let owner =
            tx.ahead("select vat_payer from property_owners where id = (select app_owner_id())", params![]).await?;
        let meters = tx
            .all(
                "select m.id, m.property_id, m.room_id, m.awaits_unit, m.kind, m.serial, m.installed_on, m.replaced_by, r.unit_no,
                        rd.occasion, rd.read_on, rd.previous_on, rd.previous, rd.current, rd.status, rd.multiplier, rd.consumption
                   from meters m
                   left join rooms r on r.owner_id = m.owner_id and r.id = m.room_id
                   left join readings rd on rd.owner_id = m.owner_id and rd.meter_id = m.id and rd.month = $1
                  where m.owner_id = (select app_owner_id())
                    and (m.removed_on is null or m.removed_on >= $1) and (m.installed_on is null or m.installed_on <= $2)
                  order by m.property_id, r.unit_sort, m.kind, m.id, rd.read_on, rd.occasion",
                &[&month, &month.last_day()],
            )
            .await?;
        Ok(Known {
            meters: metered(&meters),
            tariffs: tariffs.rows()?.iter().map(tariffs::tariff).collect(),
            rules: rules.rows()?.iter().map(rule).collect(),
            held: held.rows()?.iter().map(held_row).collect(),
            billed: billed
                .rows()?
                .iter()
                .map(|row| (row.get("contract_id"), (row.get("id"), row.get("total"))))
                .collect(),
            vat_payer: owner.rows()?.first().ok_or(Error::Forbidden)?.get("vat_payer"),
        })
    }
}

/// Rows of one meter stand together.
fn metered(rows: &[Row]) -> Vec<Metered> {
    let mut meters: Vec<Metered> = Vec::new();
    for row in rows {
        let id: MeterId = row.get("id");
        if meters.last().is_none_or(|last| last.id != id) {
            let awaited: Option<String> = row.get("awaits_unit");
            let unit_no: Option<String> = row.get("unit_no");
            meters.push(Metered {
                id,
                property: row.get("property_id"),
                room: row.get("room_id"),
                awaits_room: awaited.is_some(),
                unit_no: unit_no.or(awaited).unwrap_or_default(),
                kind: row.get("kind"),
                serial: row.get("serial"),
                installed_on: row.get("installed_on"),
                replaced_by: row.get("replaced_by"),
                read: Vec::new(),
            });
        }
        if let (Some(last), Some(occasion)) = (meters.last_mut(), row.get::<_, Option<Occasion>>("occasion")) {
            last.read.push(ReadOnce {
                occasion,
                read_on: row.get("read_on"),
                previous_on: row.get("previous_on"),
                previous: row.get("previous"),
                current: row.get("current"),
                status: row.get("status"),
                multiplier: row.get("multiplier"),
                consumption: row.get("consumption"),
            });
        }
    }
    meters
}

fn rule(row: &Row) -> Rule {
    Rule {
        property: row.get("property_id"),
        kind: row.get("kind"),
        by: row.get("share_by"),
        area_m2: row.get("area_m2"),
    }
}

fn held_row(row: &Row) -> Held {
    Held {
        contract: row.get("contract_id"),
        of_contract: row.get("id"),
        property: row.get("property_id"),
        room: row.get("room_id"),
        area_m2: row.get("area_m2"),
        from: row.get("first_day"),
        to: row.get("last_day"),
    }
}
