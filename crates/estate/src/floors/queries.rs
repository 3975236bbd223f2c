//! Every question asked about floors.

use base::{Conditions, Conflict, Error, OnConstraint, Result, Tx, lists::Window, params};
use domain::{FloorId, PropertyId};
use tokio_postgres::Row;
use wire::properties::{FloorView, NewFloor};

/// The last question of its transaction.
pub async fn page(tx: &Tx, property: Option<PropertyId>, window: &Window<(PropertyId, i32)>) -> Result<Vec<FloorView>> {
    let mut asked = Conditions::new();
    if let Some(property) = property {
        asked.and("property_id = {0}", params![property]);
    }
    if let Some((property, number)) = window.after {
        asked.and("(property_id, number) > ({0}, {1})", params![property, number]);
    }
    let limit = asked.value(Box::new(window.rows()));
    let sql = format!(
        "select id, property_id, number, label, version from floors{} order by property_id, number limit {limit}",
        asked.sql()
    );
    let rows = tx.last().all(&sql, &asked.values()).await?;
    Ok(rows.iter().map(floor).collect())
}

/// The last question of its transaction.
pub async fn find(tx: &Tx, id: FloorId) -> Result<Option<FloorView>> {
    let row =
        tx.last().maybe("select id, property_id, number, label, version from floors where id = $1", &[&id]).await?;
    Ok(row.as_ref().map(floor))
}

pub async fn lock(tx: &Tx, id: FloorId) -> Result<Option<FloorView>> {
    let row =
        tx.maybe("select id, property_id, number, label, version from floors where id = $1 for update", &[&id]).await?;
    Ok(row.as_ref().map(floor))
}

/// Nothing when there is no such property.
pub async fn insert(tx: &Tx, id: FloorId, new: &NewFloor, label: &str) -> Result<Option<FloorView>> {
    let row = tx
        .maybe(
            "insert into floors (id, property_id, number, label)
             select $1, p.id, $3, $4 from properties p where p.id = $2
             returning id, property_id, number, label, version",
            &[&id, &new.property_id, &new.number, &label],
        )
        .await
        .on_constraint("floors_number_once", taken)?;
    Ok(row.as_ref().map(floor))
}

/// The new version.
pub async fn save(tx: &Tx, floor: &FloorView) -> Result<i32> {
    let row = tx
        .one(
            "update floors set number = $2, label = $3, version = version + 1 where id = $1 returning version",
            &[&floor.id, &floor.number, &floor.label],
        )
        .await
        .on_constraint("floors_number_once", taken)?;
    Ok(row.get("version"))
}

/// How many rooms are on it, those that are there no more among them.
pub async fn rooms_on(tx: &Tx, id: FloorId) -> Result<i64> {
    Ok(tx.one("select count(*) as rooms from rooms where floor_id = $1", &[&id]).await?.get("rooms"))
}

pub async fn delete(tx: &Tx, id: FloorId) -> Result<u64> {
    tx.touch("delete from floors where id = $1", &[&id]).await
}

fn taken() -> Error {
    Conflict::new("DUPLICATE").with("field", "number").into()
}

fn floor(row: &Row) -> FloorView {
    FloorView {
        id: row.get("id"),
        property_id: row.get("property_id"),
        number: row.get("number"),
        label: row.get("label"),
        version: row.get("version"),
    }
}
