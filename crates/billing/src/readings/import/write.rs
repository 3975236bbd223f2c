//! What a list adds to the books: meters, readings, and which meter came in whose place; written set by set.

use base::{Result, Tx, params};
use domain::{
    MeterId, Month, ReadingId,
    meter::{MeterKind, ReadingStatus},
};
use jiff::civil::Date;
use leasing::imports::kept::Made;
use rust_decimal::Decimal;
use sheets::readings::{Reading, Status};

use super::known::Place;
use crate::meters::serial_key;

/// What is to be written.
pub(super) struct Plan {
    month: Month,
    pub meters: Vec<NewMeter>,
    pub readings: Vec<NewReading>,
    /// The old meter, its successor, and the day of the old one's last reading.
    replaced: Vec<(MeterId, MeterId, Date)>,
    /// An old meter whose successor has not come yet.
    waiting: Option<Gone>,
}

struct Gone {
    meter: MeterId,
    place: Place,
    kind: MeterKind,
    on: Date,
}

pub(super) struct NewMeter {
    id: MeterId,
    place: Place,
    kind: MeterKind,
    serial: String,
    multiplier: Decimal,
    digits: i32,
    initial: Decimal,
}

pub(super) struct NewReading {
    id: ReadingId,
    meter: MeterId,
    place: Place,
    read_on: Date,
    previous_on: Option<Date>,
    previous: Decimal,
    current: Decimal,
    status: ReadingStatus,
    multiplier: Decimal,
    difference: Decimal,
    consumption: Decimal,
    reader: String,
    note: String,
}

impl Plan {
    pub fn new(month: Month) -> Plan {
        Plan { month, meters: Vec::new(), readings: Vec::new(), replaced: Vec::new(), waiting: None }
    }

    pub fn is_empty(&self) -> bool {
        self.readings.is_empty()
    }

    /// What writing it makes: by this it is taken back.
    pub fn made(&self) -> Made {
        let mut made = Made::default();
        made.meters(self.meters.iter().map(|meter| meter.id)).readings(self.readings.iter().map(|reading| reading.id));
        made
    }

    /// Adds a right row, and its meter when the books have none.
    pub fn add(&mut self, row: &Reading, place: Place, meter: Option<MeterId>, previous_on: Option<Date>) {
        let (Some(kind), Some(serial), Some(previous), Some(current)) =
            (row.kind, &row.serial, row.previous, row.current)
        else {
            return;
        };
        let (Some(difference), Some(consumption), Status::Read(status)) = (row.difference, row.consumption, row.status)
        else {
            return;
        };
        let read_on = row.read_on.unwrap_or_else(|| self.month.last_day());
        let id = meter.unwrap_or_else(|| {
            let id = MeterId::new();
            self.meters.push(NewMeter {
                id,
                place: place.clone(),
                kind,
                serial: serial.clone(),
                multiplier: row.multiplier,
                digits: i32::try_from(row.digits).unwrap_or(6),
                initial: previous,
            });
            id
        });
        match status {
            ReadingStatus::ReplacedOld => {
                self.waiting = Some(Gone { meter: id, place: place.clone(), kind, on: read_on });
            }
            ReadingStatus::ReplacedNew => {
                let gone = self.waiting.take().filter(|gone| gone.kind == kind && gone.place == place);
                self.replaced.extend(gone.map(|gone| (gone.meter, id, gone.on)));
            }
            _ => {}
        }
        let cut = |text: &Option<String>, most: usize| -> String {
            text.as_deref().unwrap_or_default().chars().filter(|c| !c.is_control()).take(most).collect()
        };
        self.readings.push(NewReading {
            id: ReadingId::new(),
            meter: id,
            place,
            read_on,
            previous_on,
            previous,
            current,
            status,
            multiplier: row.multiplier,
            difference,
            consumption,
            reader: cut(&row.reader, 200),
            note: cut(&row.note, 500),
        });
    }

    pub async fn write(&self, tx: &Tx) -> Result<()> {
        let of = &self.meters;
        fn meters<T>(of: &[NewMeter], column: impl Fn(&NewMeter) -> T) -> Vec<T> {
            of.iter().map(column).collect()
        }
        tx.later(
            "insert into meters (id, property_id, room_id, awaits_unit, kind, serial, serial_key, multiplier, digits, initial)
             select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[],
                                  $8::numeric[], $9::int[], $10::numeric[])",
            params![
                meters(of, |m| m.id),
                meters(of, |m| m.place.property),
                meters(of, |m| m.place.room),
                meters(of, |m| m.place.awaits.clone()),
                meters(of, |m| m.kind),
                meters(of, |m| m.serial.clone()),
                meters(of, |m| serial_key(&m.serial)),
                meters(of, |m| m.multiplier),
                meters(of, |m| m.digits),
                meters(of, |m| m.initial),
            ],
        )
        .await?;
        self.write_readings(tx).await?;
        tx.later(
            "update meters m set removed_on = r.on_day, replaced_by = r.successor, version = m.version + 1
               from unnest($1::uuid[], $2::uuid[], $3::date[]) as r (old, successor, on_day)
              where m.id = r.old",
            params![
                self.replaced.iter().map(|(old, ..)| *old).collect::<Vec<_>>(),
                self.replaced.iter().map(|(_, new, _)| *new).collect::<Vec<_>>(),
                self.replaced.iter().map(|(.., on)| *on).collect::<Vec<_>>(),
            ],
        )
        .await
    }

    async fn write_readings(&self, tx: &Tx) -> Result<()> {
        let of = &self.readings;
        fn readings<T>(of: &[NewReading], column: impl Fn(&NewReading) -> T) -> Vec<T> {
            of.iter().map(column).collect()
        }
        tx.later(
            "insert into readings (id, property_id, room_id, meter_id, month, read_on, previous_on, previous, current, status,
                    multiplier, difference, consumption, reader, note)
             select r.id, r.property_id, r.room_id, r.meter_id, $1, r.read_on, r.previous_on, r.previous, r.current, r.status,
                    r.multiplier, r.difference, r.consumption, r.reader, r.note
               from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::date[], $7::date[], $8::numeric[],
                           $9::numeric[], $10::text[], $11::numeric[], $12::numeric[], $13::numeric[], $14::text[], $15::text[])
                    as r (id, property_id, room_id, meter_id, read_on, previous_on, previous, current, status, multiplier,
                          difference, consumption, reader, note)",
            params![
                self.month,
                readings(of, |r| r.id),
                readings(of, |r| r.place.property),
                readings(of, |r| r.place.room),
                readings(of, |r| r.meter),
                readings(of, |r| r.read_on),
                readings(of, |r| r.previous_on),
                readings(of, |r| r.previous),
                readings(of, |r| r.current),
                readings(of, |r| r.status),
                readings(of, |r| r.multiplier),
                readings(of, |r| r.difference),
                readings(of, |r| r.consumption),
                readings(of, |r| r.reader.clone()),
                readings(of, |r| r.note.clone()),
            ],
        )
        .await
    }
}
