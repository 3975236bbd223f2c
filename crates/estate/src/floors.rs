//! Floors of a building: added, named, and taken away again while nothing is on them.

mod queries;
mod routes;

use base::{Checks, Conflict, Error, Result, Slice, Tx, audit::Note};
use domain::{FloorId, rights::Action, text::tidy};
use wire::properties::{FloorChange, FloorView, NewFloor};

pub fn slice() -> Slice {
    Slice::new("floors").routes(routes::routes())
}

/// Adds a floor to a building.
pub async fn create(tx: &Tx, new: &NewFloor) -> Result<FloorView> {
    tx.allow(Action::EditEstate)?;
    let label = tidy(&new.label);
    check(new.number, &label)?;
    let floor = queries::insert(tx, FloorId::new(), new, &label).await?.ok_or(Error::NotFound("property"))?;
    tx.audit("floor.create", floor.id.0, &floor).await?;
    Ok(floor)
}

/// Gives a floor another number or another name.
pub async fn edit(tx: &Tx, id: FloorId, change: &FloorChange) -> Result<FloorView> {
    tx.allow(Action::EditEstate)?;
    let before = queries::lock(tx, id).await?.ok_or(Error::NotFound("floor"))?;
    if before.version != change.version {
        return Err(Conflict::new("VERSION").into());
    }
    let mut after = before.clone();
    after.number = change.number.unwrap_or(before.number);
    if let Some(label) = &change.label {
        after.label = tidy(label);
    }
    check(after.number, &after.label)?;
    after.version = queries::save(tx, &after).await?;
    tx.note(Note {
        action: "floor.edit",
        id: Some(id.0),
        before: serde_json::to_value(&before).ok(),
        after: serde_json::to_value(&after).ok(),
        reason: None,
    })
    .await?;
    Ok(after)
}

/// Takes a floor away on which there is no room and never was one.
pub async fn remove(tx: &Tx, id: FloorId) -> Result<()> {
    tx.allow(Action::EditEstate)?;
    let floor = queries::lock(tx, id).await?.ok_or(Error::NotFound("floor"))?;
    let rooms = queries::rooms_on(tx, id).await?;
    if rooms > 0 {
        return Err(Conflict::new("FLOOR_NOT_EMPTY").with("rooms", rooms).into());
    }
    crate::kept_by_others(queries::delete(tx, id).await, "FLOOR_NOT_EMPTY")?;
    tx.note(Note {
        action: "floor.delete",
        id: Some(id.0),
        before: serde_json::to_value(&floor).ok(),
        ..Note::default()
    })
    .await
}

fn check(number: i32, label: &str) -> Result<()> {
    Checks::new().within("number", number.into(), -20, 200).text("label", label, 100).done()
}
