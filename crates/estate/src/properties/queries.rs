//! Every question asked about properties.

use base::{Conditions, Conflict, OnConstraint, Result, Tx, lists::Window, params};
use domain::{OwnerId, PropertyId};
use jiff::civil::Date;
use tokio_postgres::Row;
use wire::properties::{NewProperty, PropertyView};

/// By name, which is unique; the last question of its transaction.
pub async fn page(tx: &Tx, window: &Window<String>) -> Result<Vec<PropertyView>> {
    let mut asked = Conditions::new();
    if let Some(name) = &window.after {
        asked.and("name > {0}", params![name.clone()]);
    }
    let limit = asked.value(Box::new(window.rows()));
    let sql = format!(
        "select id, name, address, district, city, total_area_m2, floor_count, built_year, status, decommissioned_on, version,
                created_at, updated_at
           from properties{}
          order by name limit {limit}",
        asked.sql()
    );
    let rows = tx.last().all(&sql, &asked.values()).await?;
    Ok(rows.iter().map(property).collect())
}

/// Asks ahead whether that is the owner one works for.
pub async fn is_own(tx: &Tx, owner: OwnerId) -> Result<base::tx::Ahead> {
    tx.ahead("select from property_owners where id = $1 and id = (select app_owner_id())", params![owner]).await
}

/// One property; the last question of its transaction.
pub async fn find(tx: &Tx, id: PropertyId) -> Result<Option<PropertyView>> {
    let row = tx
        .last()
        .maybe(
            "select id, name, address, district, city, total_area_m2, floor_count, built_year, status, decommissioned_on, version,
                created_at, updated_at
               from properties where id = $1",
            &[&id],
        )
        .await?;
    Ok(row.as_ref().map(property))
}

pub async fn lock(tx: &Tx, id: PropertyId) -> Result<Option<PropertyView>> {
    let row = tx
        .maybe(
            "select id, name, address, district, city, total_area_m2, floor_count, built_year, status, decommissioned_on, version,
                created_at, updated_at
               from properties where id = $1 for no key update",
            &[&id],
        )
        .await?;
    Ok(row.as_ref().map(property))
}

pub async fn insert(tx: &Tx, id: PropertyId, new: &NewProperty) -> Result<PropertyView> {
    let row = tx
        .one(
            "insert into properties (id, name, address, district, city, total_area_m2, floor_count, built_year)
             values ($1, $2, $3, $4, coalesce($5, 'Улаанбаатар'), $6, $7, $8)
             returning id, name, address, district, city, total_area_m2, floor_count, built_year, status, decommissioned_on, version,
                created_at, updated_at",
            &[
                &id,
                &new.name,
                &new.address,
                &new.district,
                &new.city,
                &new.total_area_m2,
                &new.floor_count,
                &new.built_year,
            ],
        )
        .await
        .on_constraint("properties_name_once", taken)?;
    Ok(property(&row))
}

pub async fn save(tx: &Tx, property: &mut PropertyView) -> Result<()> {
    let row = tx
        .one(
            "update properties
                set name = $2, address = $3, district = $4, city = $5, total_area_m2 = $6, floor_count = $7, built_year = $8,
                    status = $9, decommissioned_on = $10, version = version + 1
              where id = $1
             returning version, updated_at",
            &[
                &property.id,
                &property.name,
                &property.address,
                &property.district,
                &property.city,
                &property.total_area_m2,
                &property.floor_count,
                &property.built_year,
                &property.status,
                &property.decommissioned_on,
            ],
        )
        .await
        .on_constraint("properties_name_once", taken)?;
    property.version = row.get("version");
    property.updated_at = row.get("updated_at");
    Ok(())
}

/// A room that a contract or a draft holds.
pub struct Hold {
    pub code: String,
    pub unit_no: String,
}

/// Holds all its rooms against contracts that are just being made.
pub async fn lock_rooms(tx: &Tx, id: PropertyId) -> Result<()> {
    tx.all("select from rooms where property_id = $1 order by id for no key update", &[&id]).await.map(drop)
}

/// The first contract that holds one of its rooms on that day or later.
pub async fn held_from(tx: &Tx, id: PropertyId, day: Date) -> Result<Option<Hold>> {
    let row = tx
        .maybe(
            "select c.code, r.unit_no
               from rooms r
               join contract_rooms cr on cr.owner_id = r.owner_id and cr.room_id = r.id
                                     and cr.during && daterange($2::date, null)
               join contracts c on c.owner_id = cr.owner_id and c.id = cr.contract_id
              where r.property_id = $1
              order by lower(cr.during), r.unit_sort
              limit 1",
            &[&id, &day],
        )
        .await?;
    Ok(row.map(|row| Hold { code: row.get("code"), unit_no: row.get("unit_no") }))
}

fn taken() -> base::Error {
    Conflict::new("DUPLICATE").with("field", "name").into()
}

pub(crate) fn property(row: &Row) -> PropertyView {
    PropertyView {
        id: row.get("id"),
        name: row.get("name"),
        address: row.get("address"),
        district: row.get("district"),
        city: row.get("city"),
        total_area_m2: row.get("total_area_m2"),
        floor_count: row.get("floor_count"),
        built_year: row.get("built_year"),
        status: row.get("status"),
        decommissioned_on: row.get("decommissioned_on"),
        version: row.get("version"),
        created_at: row.get("created_at"),
        updated_at: row.get("updated_at"),
    }
}
