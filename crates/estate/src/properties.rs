//! Properties: the buildings of an owner.

mod export;
pub(crate) mod queries;
mod routes;

use base::{Checks, Conflict, Error, Result, Slice, Tx, audit::Note};
use domain::{
    PropertyId,
    rights::{Action, Role},
    rooms::PropertyStatus,
    text::tidy,
};
use jiff::civil::Date;
use rust_decimal::Decimal;
use wire::properties::{NewProperty, PropertyChange, PropertyView};

pub fn slice() -> Slice {
    Slice::new("properties").routes(routes::routes())
}

/// Adds a building.
pub async fn create(tx: &Tx, new: &NewProperty) -> Result<PropertyView> {
    tx.allow(Action::EditEstate)?;
    keeps_all_properties(tx).await?;
    let mut new = new.clone();
    new.name = tidy(&new.name);
    let city = new.city.as_deref().unwrap_or_default();
    check(&new.name, [&new.address, &new.district, city], new.total_area_m2, new.floor_count, new.built_year)?;
    let property = queries::insert(tx, PropertyId::new(), &new).await?;
    tx.audit("property.create", property.id.0, &property).await?;
    Ok(property)
}

/// Changes a building.
pub async fn edit(tx: &Tx, id: PropertyId, change: &PropertyChange) -> Result<PropertyView> {
    tx.allow(Action::EditEstate)?;
    let before = queries::lock(tx, id).await?;
    keeps_all_properties(tx).await?;
    let before = before.ok_or(Error::NotFound("property"))?;
    if before.version != change.version {
        return Err(Conflict::new("VERSION").into());
    }
    let mut after = before.clone();
    if let Some(name) = &change.name {
        after.name = tidy(name);
    }
    after.address = change.address.clone().unwrap_or(after.address);
    after.district = change.district.clone().unwrap_or(after.district);
    after.city = change.city.clone().unwrap_or(after.city);
    after.total_area_m2 = change.total_area_m2.unwrap_or(after.total_area_m2);
    after.floor_count = change.floor_count.unwrap_or(after.floor_count);
    after.built_year = change.built_year.unwrap_or(after.built_year);
    let texts = [after.address.as_str(), &after.district, &after.city];
    check(&after.name, texts, after.total_area_m2, after.floor_count, after.built_year)?;
    if let Some(status) = change.status.filter(|status| *status != before.status) {
        after.status = before.status.transition_to(status)?;
        after.decommissioned_on = decommissioned_on(tx, id, status).await?;
    }
    queries::save(tx, &mut after).await?;
    tx.note(Note {
        action: "property.edit",
        id: Some(id.0),
        before: serde_json::to_value(&before).ok(),
        after: serde_json::to_value(&after).ok(),
        reason: None,
    })
    .await?;
    Ok(after)
}

/// The first day without the building, where that is what it becomes: refused while a contract holds one of its rooms.
async fn decommissioned_on(tx: &Tx, id: PropertyId, status: PropertyStatus) -> Result<Option<Date>> {
    if status != PropertyStatus::Decommissioned {
        return Ok(None);
    }
    let today = tx.clock().today();
    queries::lock_rooms(tx, id).await?;
    match queries::held_from(tx, id, today).await? {
        Some(held) => Err(Conflict::new("PROPERTY_LET").with("code", held.code).with("unit", held.unit_no).into()),
        None => Ok(Some(today)),
    }
}

fn check(
    name: &str,
    [address, district, city]: [&str; 3],
    total_area_m2: Option<Decimal>,
    floor_count: Option<i32>,
    built_year: Option<i32>,
) -> Result<()> {
    let mut checks = Checks::new();
    checks
        .name("name", name, 200)
        .text("address", address, 500)
        .text("district", district, 100)
        .text("city", city, 100);
    if let Some(area_m2) = total_area_m2 {
        crate::check_area(&mut checks, "totalAreaM2", area_m2);
    }
    checks.within("floorCount", floor_count.unwrap_or(0).into(), 0, 200);
    checks.within("builtYear", built_year.unwrap_or(2000).into(), 1900, 2100);
    checks.done()
}

/// An employee works in the properties assigned; adding and renaming buildings is for those who see them all.
async fn keeps_all_properties(tx: &Tx) -> Result<()> {
    if tx.who().await?.role == Some(Role::Employee) { Err(Error::Forbidden) } else { Ok(()) }
}
