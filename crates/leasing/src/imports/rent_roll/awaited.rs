//! The rooms that a rent roll names on rows that are wrong: they are no rooms of ours yet, but they are there.

use base::{Result, Tx, params};
use domain::text::{fold_code, fold_word};
use sheets::{RentRoll, rent_roll::Status};
use uuid::Uuid;

/// Keeps their numbers, so that a list of meters is not told that there are no such rooms.
pub(super) async fn keep(tx: &Tx, roll: &RentRoll) -> Result<()> {
    let wrong = roll.rows.iter().filter(|row| row.status == Status::Error);
    let named = wrong.filter_map(|row| Some((fold_word(&row.values.building), fold_code(row.values.unit.as_deref()?))));
    let (buildings, units): (Vec<String>, Vec<String>) = named.unzip();
    let ids: Vec<Uuid> = buildings.iter().map(|_| Uuid::now_v7()).collect();
    tx.later(
        "insert into awaited_units (id, building_key, unit_key)
         select * from unnest($1::uuid[], $2::text[], $3::text[])
         on conflict on constraint awaited_units_once do nothing",
        params![ids, buildings, units],
    )
    .await
}
