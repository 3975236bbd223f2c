//! Every question asked about properties.

use base::{Conditions, Conflict, OnConstraint, Result, Tx, lists::Window, params};
use domain::{OwnerId, PropertyId};
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
        "select id, name, address, district, city, total_area_m2, floor_count, built_year, status, version, created_at, updated_at
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
            "select id, name, address, district, city, total_area_m2, floor_count, built_year, status, version, created_at, updated_at
               from properties where id = $1",
            &[&id],
        )
        .await?;
    Ok(row.as_ref().map(property))
}

pub async fn lock(tx: &Tx, id: PropertyId) -> Result<Option<PropertyView>> {
    let row = tx
        .maybe(
            "select id, name, address, district, city, total_area_m2, floor_count, built_year, status, version, created_at, updated_at
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
             returning id, name, address, district, city, total_area_m2, floor_count, built_year, status, version, created_at, updated_at",
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
            "update properties set name = $2, address = $3, district = $4, status = $5, version = version + 1
              where id = $1
             returning version, updated_at",
            &[&property.id, &property.name, &property.address, &property.district, &property.status],
        )
        .await
        .on_constraint("properties_name_once", taken)?;
    property.version = row.get("version");
    property.updated_at = row.get("updated_at");
    Ok(())
}

fn taken() -> base::Error {
    Conflict::new("DUPLICATE").with("field", "name").into()
}

fn property(row: &Row) -> PropertyView {
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
        version: row.get("version"),
        created_at: row.get("created_at"),
        updated_at: row.get("updated_at"),
    }
}
