//! Properties: the buildings of an owner.

mod export;
mod queries;
mod routes;

use base::{Checks, Conflict, Error, Result, Slice, Tx, audit::Note};
use domain::{
    PropertyId,
    rights::{Action, Role},
    text::tidy,
};
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
    let mut checks = Checks::new();
    check_texts(&mut checks, &new.name, &new.address, &new.district);
    checks.text("city", new.city.as_deref().unwrap_or_default(), 100);
    if let Some(area_m2) = new.total_area_m2 {
        crate::check_area(&mut checks, "totalAreaM2", area_m2);
    }
    checks.within("floorCount", new.floor_count.unwrap_or(0).into(), 0, 200);
    checks.within("builtYear", new.built_year.unwrap_or(2000).into(), 1900, 2100);
    checks.done()?;
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
    after.status = change.status.unwrap_or(after.status);
    let mut checks = Checks::new();
    check_texts(&mut checks, &after.name, &after.address, &after.district);
    checks.done()?;
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

fn check_texts(checks: &mut Checks, name: &str, address: &str, district: &str) {
    checks.name("name", name, 200).text("address", address, 500).text("district", district, 100);
}

/// An employee works in the properties assigned; adding and renaming buildings is for those who see them all.
async fn keeps_all_properties(tx: &Tx) -> Result<()> {
    if tx.who().await?.role == Some(Role::Employee) { Err(Error::Forbidden) } else { Ok(()) }
}
