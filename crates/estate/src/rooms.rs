//! Rooms: put up, changed, closed, and taken away again while nobody ever rented them.

mod export;
pub(crate) mod queries;
mod routes;

use base::{Checks, Conflict, Error, Result, Slice, Tx, audit::Note};
use domain::{
    Money, RoomId,
    rights::Action,
    rooms::PriceMode,
    text::{code, fold_code, tidy},
};
use serde_json::json;
use wire::rooms::{Closing, NewRoom, RoomChange, RoomView};

use self::queries::Room;

pub fn slice() -> Slice {
    Slice::new("rooms").routes(routes::routes())
}

/// Adds a room to a building.
pub async fn create(tx: &Tx, new: &NewRoom) -> Result<RoomView> {
    tx.allow(Action::EditEstate)?;
    let id = RoomId::new();
    let unit_no = code(&new.unit_no);
    let room = Room {
        id,
        floor: new.floor_id,
        unit_key: fold_code(&unit_no),
        unit_no,
        kind: new.kind,
        area_m2: new.area_m2,
        view: tidy(&new.view),
        balcony: new.balcony,
        furnished: new.furnished,
        price_mode: new.price_mode.unwrap_or(PriceMode::PerM2),
        base_rent: new.base_rent.unwrap_or(Money::ZERO),
        deposit_months: new.deposit_months.unwrap_or(1),
        listed: new.listed,
        valid_from: new.valid_from,
    };
    check(&room)?;
    if !queries::insert(tx, new.property_id, &room).await? {
        return Err(Error::NotFound("property or floor"));
    }
    tx.audit("room.create", id.0, new).await?;
    queries::find(tx, id).await?.ok_or(Error::NotFound("room"))
}

/// Changes a room.
pub async fn edit(tx: &Tx, id: RoomId, change: &RoomChange) -> Result<RoomView> {
    tx.allow(Action::EditEstate)?;
    let before = locked(tx, id, change.version).await?;
    let unit_no = code(change.unit_no.as_ref().unwrap_or(&before.unit_no));
    let after = Room {
        id,
        floor: change.floor_id.unwrap_or(before.floor_id),
        unit_key: fold_code(&unit_no),
        unit_no,
        kind: change.kind.unwrap_or(before.kind),
        area_m2: change.area_m2.unwrap_or(before.area_m2),
        view: tidy(change.view.as_ref().unwrap_or(&before.view)),
        balcony: change.balcony.unwrap_or(before.balcony),
        furnished: change.furnished.unwrap_or(before.furnished),
        price_mode: change.price_mode.unwrap_or(before.price_mode),
        base_rent: change.base_rent.unwrap_or(before.base_rent),
        deposit_months: change.deposit_months.unwrap_or(before.deposit_months),
        listed: change.listed.unwrap_or(before.listed),
        valid_from: before.valid_from,
    };
    check(&after)?;
    if !queries::save(tx, &after).await? {
        return Err(Error::field("floorId", "not-a-choice"));
    }
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

/// Ends a room with a last day; what was before stays as it was.
pub async fn close(tx: &Tx, id: RoomId, order: &Closing) -> Result<RoomView> {
    tx.allow(Action::EditEstate)?;
    let room = locked(tx, id, order.version).await?;
    let reason = tidy(&order.reason);
    let mut checks = Checks::new();
    checks.name("reason", &reason, 500);
    crate::check_day(&mut checks, "lastDay", order.last_day);
    checks.that(room.valid_from.is_none_or(|first| order.last_day >= first), "lastDay", "end-before-start");
    checks.done()?;
    if room.valid_to.is_some() {
        return Err(Conflict::new("ROOM_CLOSED").with("unit", room.unit_no).into());
    }
    free_after(tx, &[id], order.last_day).await?;
    queries::close(tx, &[id], order.last_day, &reason).await?;
    tx.note(Note {
        action: "room.close",
        id: Some(id.0),
        before: Some(json!({ "validTo": room.valid_to })),
        after: Some(json!({ "validTo": order.last_day })),
        reason: Some(reason),
    })
    .await?;
    queries::find(tx, id).await?.ok_or(Error::NotFound("room"))
}

/// Takes a mistaken end back, unless the room has become others.
pub async fn reopen(tx: &Tx, id: RoomId) -> Result<RoomView> {
    tx.allow(Action::EditEstate)?;
    let room = queries::lock(tx, id).await?.ok_or(Error::NotFound("room"))?;
    if room.valid_to.is_none() {
        return Ok(room);
    }
    if let Some(unit) = queries::became(tx, id).await? {
        return Err(Conflict::new("ROOM_REMADE").with("unit", room.unit_no).with("into", unit).into());
    }
    queries::reopen(tx, id).await?;
    tx.note(Note {
        action: "room.reopen",
        id: Some(id.0),
        before: Some(json!({ "validTo": room.valid_to })),
        after: Some(json!({ "validTo": null })),
        reason: None,
    })
    .await?;
    queries::find(tx, id).await?.ok_or(Error::NotFound("room"))
}

/// Takes away a room that no contract ever named and that was not made of others.
pub async fn remove(tx: &Tx, id: RoomId) -> Result<()> {
    tx.allow(Action::EditEstate)?;
    let room = queries::lock(tx, id).await?.ok_or(Error::NotFound("room"))?;
    let has_history = || Conflict::new("ROOM_HAS_HISTORY").with("unit", room.unit_no.clone());
    if queries::has_history(tx, id).await? {
        return Err(has_history().into());
    }
    crate::kept_by_others(queries::delete(tx, id).await, "ROOM_HAS_HISTORY")?;
    tx.note(Note { action: "room.delete", id: Some(id.0), before: serde_json::to_value(&room).ok(), ..Note::default() })
        .await
}

/// The room, held against other changes, as it was when it was read.
pub(crate) async fn locked(tx: &Tx, id: RoomId, version: i32) -> Result<RoomView> {
    let room = queries::lock(tx, id).await?.ok_or(Error::NotFound("room"))?;
    if room.version != version { Err(Conflict::new("VERSION").into()) } else { Ok(room) }
}

/// Refuses, naming the contract, while one holds any of the rooms later than that day.
pub(crate) async fn free_after(tx: &Tx, rooms: &[RoomId], last_day: jiff::civil::Date) -> Result<()> {
    match queries::held_after(tx, rooms, last_day).await? {
        Some((unit, code)) => Err(Conflict::new("ROOM_LET").with("unit", unit).with("code", code).into()),
        None => Ok(()),
    }
}

pub(crate) fn check(room: &Room) -> Result<()> {
    let mut checks = Checks::new();
    checks.name("unitNo", &room.unit_no, 40).text("view", &room.view, 200);
    checks.within("depositMonths", room.deposit_months.into(), 0, 24);
    crate::check_area(&mut checks, "areaM2", room.area_m2);
    crate::check_price(&mut checks, room.price_mode, room.base_rent, room.area_m2);
    if let Some(first) = room.valid_from {
        crate::check_day(&mut checks, "validFrom", first);
    }
    checks.done()
}
