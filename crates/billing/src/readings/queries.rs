//! Every question asked about readings, but those of the grid.

use base::{Result, Tx};
use domain::{MeterId, Month, ReadingId, meter::Used};
use jiff::civil::Date;
use rust_decimal::Decimal;
use tokio_postgres::Row;
use wire::readings::ReadingView;

use super::Kept;
use crate::meters::queries::Meter;

/// What is known of a meter before a day.
#[derive(Debug, Clone, Default)]
pub(crate) struct Before {
    /// What it showed last, and when.
    pub showed: Option<Decimal>,
    pub on: Option<Date>,
    /// The latest month that has its own reading, whenever.
    pub latest_month: Option<Month>,
    /// The latest day on which it was read, whenever.
    pub latest_on: Option<Date>,
}

/// What is known of a meter before a day.
pub(crate) async fn before(tx: &Tx, meter: &Meter, day: Date) -> Result<Before> {
    known(tx, meter, "read_on < $2", day).await
}

/// What is known of a meter before a month's own reading.
pub(super) async fn before_month(tx: &Tx, meter: &Meter, month: Month) -> Result<Before> {
    known(tx, meter, "(month < $2 or (month = $2 and occasion = 'handover'))", month.first_day()).await
}

async fn known(tx: &Tx, meter: &Meter, earlier: &str, day: Date) -> Result<Before> {
    let sql = format!(
        "select (select current from readings where meter_id = $1 and {earlier} order by read_on desc, month desc limit 1) as showed,
                (select read_on from readings where meter_id = $1 and {earlier} order by read_on desc, month desc limit 1) as last_on,
                (select max(month) from readings where meter_id = $1 and occasion = 'monthly') as latest_month,
                (select max(read_on) from readings where meter_id = $1) as latest_on"
    );
    let row = tx.one(&sql, &[&meter.id, &day]).await?;
    Ok(Before {
        showed: row.get("showed"),
        on: row.get("last_on"),
        latest_month: row.get("latest_month"),
        latest_on: row.get("latest_on"),
    })
}

/// The consumption of the six months before, oldest first.
pub(super) async fn months_before(tx: &Tx, meter: MeterId, month: Month) -> Result<Vec<Decimal>> {
    let rows = tx
        .all(
            "select sum(consumption) as consumption from readings
              where meter_id = $1 and month < $2 and month >= ($2::date - interval '6 months')::date
              group by month order by month",
            &[&meter, &month],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get("consumption")).collect())
}

/// The code of a bill that was made with the month's readings, or of a draft's contract.
pub(super) async fn billed_by(tx: &Tx, meter: &Meter, month: Month) -> Result<Option<String>> {
    let row = tx
        .maybe(
            "select coalesce(i.code, i.contract_code) as code
               from invoices i
              where i.owner_id = (select app_owner_id()) and i.period = $1 and i.kind = 'utility' and i.status <> 'void'
                and i.property_id = $2
                and ($3::uuid is null or exists (
                        select from contract_rooms cr
                         where cr.owner_id = i.owner_id and cr.contract_id = i.contract_id and cr.room_id = $3))
              order by i.code limit 1",
            &[&month, &meter.property_id, &meter.room_id],
        )
        .await?;
    Ok(row.map(|row| row.get("code")))
}

const COLUMNS: &str = "
    select id, meter_id, month, occasion, read_on, previous_on, previous, current, status, multiplier, difference, consumption,
           reader, note, version,";

/// The picture of a reading `rd`, where one was taken.
pub(super) const PHOTO: &str = "
    (select f.id from files f
      where f.owner_id = rd.owner_id and f.purpose = 'reading_photo' and f.subject_id = rd.id and f.slot is not null)";

pub(super) async fn find(tx: &Tx, id: ReadingId) -> Result<Option<ReadingView>> {
    let row = tx.maybe(&format!("{COLUMNS}{PHOTO} as photo_id from readings rd where id = $1"), &[&id]).await?;
    Ok(row.as_ref().map(view))
}

/// The month's own reading of a meter.
pub(super) async fn of_month(tx: &Tx, meter: MeterId, month: Month) -> Result<Option<ReadingView>> {
    let sql = format!(
        "{COLUMNS}{PHOTO} as photo_id from readings rd where meter_id = $1 and month = $2 and occasion = 'monthly'"
    );
    Ok(tx.maybe(&sql, &[&meter, &month]).await?.as_ref().map(view))
}

/// The last three years, the newest first; the last question of its transaction.
pub(super) async fn history(tx: &Tx, meter: MeterId) -> Result<Vec<ReadingView>> {
    let sql = format!(
        "{COLUMNS}{PHOTO} as photo_id from readings rd where meter_id = $1 order by read_on desc, month desc limit 40"
    );
    Ok(tx.last().all(&sql, &[&meter]).await?.iter().map(view).collect())
}

/// Writes a reading, or puts the one with this id right.
pub(super) async fn save(tx: &Tx, meter: &Meter, kept: &Kept, used: Used) -> Result<()> {
    let written = tx
        .touch(
            "update readings set read_on = $2, previous_on = $3, previous = $4, current = $5, status = $6, multiplier = $7,
                    difference = $8, consumption = $9, reader = $10, note = $11, entered_by = app_user_id(), version = version + 1
              where id = $1",
            &[
                &kept.id,
                &kept.read_on,
                &kept.previous_on,
                &kept.previous,
                &kept.current,
                &kept.status,
                &kept.dial.multiplier,
                &used.difference,
                &used.consumption,
                &kept.reader,
                &kept.note,
            ],
        )
        .await?;
    if written > 0 {
        return Ok(());
    }
    tx.touch(
        "insert into readings (id, property_id, room_id, meter_id, month, occasion, read_on, previous_on, previous, current,
                status, multiplier, difference, consumption, reader, note)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        &[
            &kept.id,
            &meter.property_id,
            &meter.room_id,
            &meter.id,
            &kept.month,
            &kept.occasion,
            &kept.read_on,
            &kept.previous_on,
            &kept.previous,
            &kept.current,
            &kept.status,
            &kept.dial.multiplier,
            &used.difference,
            &used.consumption,
            &kept.reader,
            &kept.note,
        ],
    )
    .await?;
    Ok(())
}

pub(super) fn view(row: &Row) -> ReadingView {
    ReadingView {
        id: row.get("id"),
        meter_id: row.get("meter_id"),
        month: row.get("month"),
        occasion: row.get("occasion"),
        read_on: row.get("read_on"),
        previous_on: row.get("previous_on"),
        previous: row.get("previous"),
        current: row.get("current"),
        status: row.get("status"),
        multiplier: row.get("multiplier"),
        difference: row.get("difference"),
        consumption: row.get("consumption"),
        reader: row.get("reader"),
        note: row.get("note"),
        photo_id: row.get("photo_id"),
        version: row.get("version"),
    }
}
