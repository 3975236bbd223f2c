//! Rooms, and who is in them today.

mod export;
mod queries;
mod routes;

use base::{Checks, Conflict, Error, Result, Slice, Tx, audit::Note};
use domain::{
    Money, RoomId,
    rights::Action,
    rooms::PriceMode,
    text::{code, fold_code},
};
use rust_decimal::Decimal;
use wire::rooms::{NewRoom, RoomChange, RoomView};

pub fn slice() -> Slice {
    Slice::new("rooms").routes(routes::routes())
}

/// Adds a room to a building.
pub async fn create(tx: &Tx, new: &NewRoom) -> Result<RoomView> {
    tx.allow(Action::EditEstate)?;
    let id = RoomId::new();
    let room = queries::Room {
        id,
        unit_no: code(&new.unit_no),
        unit_key: fold_code(&code(&new.unit_no)),
        kind: new.kind,
        area_m2: new.area_m2,
        price_mode: new.price_mode.unwrap_or(PriceMode::PerM2),
        base_rent: new.base_rent.unwrap_or(Money::ZERO),
        listed: new.listed,
    };
    check(&room.unit_no, room.area_m2, room.base_rent)?;
    if !queries::insert(tx, new.property_id, new.floor_id, &room).await? {
        return Err(Error::NotFound("property or floor"));
    }
    tx.audit("room.create", id.0, new).await?;
    queries::find(tx, id).await?.ok_or(Error::NotFound("room"))
}

/// Changes a room.
pub async fn edit(tx: &Tx, id: RoomId, change: &RoomChange) -> Result<RoomView> {
    tx.allow(Action::EditEstate)?;
    let before = queries::lock(tx, id).await?.ok_or(Error::NotFound("room"))?;
    if before.version != change.version {
        return Err(Conflict::new("VERSION").into());
    }
    let unit_no = code(change.unit_no.as_ref().unwrap_or(&before.unit_no));
    let after = queries::Room {
        id,
        unit_key: fold_code(&unit_no),
        unit_no,
        kind: change.kind.unwrap_or(before.kind),
        area_m2: change.area_m2.unwrap_or(before.area_m2),
        price_mode: change.price_mode.unwrap_or(before.price_mode),
        base_rent: change.base_rent.unwrap_or(before.base_rent),
        listed: change.listed.unwrap_or(before.listed),
    };
    check(&after.unit_no, after.area_m2, after.base_rent)?;
    queries::save(tx, &after).await?;
    tx.note(Note {
        action: "room.edit",
        id: Some(id.0),
        before: serde_json::to_value(&before).ok(),
        after: serde_json::to_value(change).ok(),
        reason: None,
    })
    .await?;
    queries::find(tx, id).await?.ok_or(Error::NotFound("room"))
}

fn check(unit_no: &str, area_m2: Decimal, base_rent: Money) -> Result<()> {
    let mut checks = Checks::new();
    checks.name("unitNo", unit_no, 40).not_negative("baseRent", base_rent);
    crate::check_area(&mut checks, "areaM2", area_m2);
    checks.done()
}
