//! Rooms merged into one or split into several from a day on. The old ones end the day before, so that whatever is asked
//! about an earlier day has the same answer as before.

mod queries;
mod routes;

use base::{Checks, Conflict, Error, Result, Slice, Tx, audit::Note};
use domain::{
    PropertyId, RoomId, asking,
    rights::Action,
    rooms::Remaking,
    text::{code, fold_code, tidy},
};
use jiff::{ToSpan, civil::Date};
use rust_decimal::Decimal;
use serde_json::json;
use wire::{
    prices::RoomVersion,
    remaking::{MadeRoom, NewMerger, NewSplit, Remade},
    rooms::RoomView,
};

use crate::rooms::{self, queries::Room};

pub fn slice() -> Slice {
    Slice::new("room-remaking").routes(routes::routes())
}

/// Makes one room of several.
pub async fn merge(tx: &Tx, order: &NewMerger) -> Result<Remade> {
    tx.allow(Action::EditEstate)?;
    check_count("rooms", order.rooms.len())?;
    let parts = old_rooms(tx, &order.rooms, order.from).await?;
    let first = &parts[0];
    if parts.iter().any(|room| room.property_id != first.property_id) {
        return Err(Error::field("rooms", "one-building"));
    }
    let priced: Vec<asking::Priced> = parts.iter().map(priced).collect();
    let (mode, price) = asking::merged(&priced)?;
    let room = made(&order.room, first, (mode, price), order.from);
    let change = Change {
        kind: Remaking::Merge,
        property: first.property_id,
        from: order.from,
        reason: tidy(&order.reason),
        accept_difference: order.accept_difference,
    };
    change.carry_out(tx, &parts, vec![room]).await
}

/// Makes several rooms of one.
pub async fn split(tx: &Tx, order: &NewSplit) -> Result<Remade> {
    tx.allow(Action::EditEstate)?;
    check_count("parts", order.parts.len())?;
    let old = old_rooms(tx, &[order.room], order.from).await?;
    let whole = &old[0];
    let areas: Vec<Decimal> = order.parts.iter().map(|part| part.area_m2).collect();
    let prices = asking::split(priced(whole), &areas);
    let rooms: Vec<Room> = order
        .parts
        .iter()
        .zip(prices)
        .map(|(part, price)| made(part, whole, (whole.price_mode, price), order.from))
        .collect();
    let twice =
        rooms.iter().enumerate().any(|(n, room)| rooms[..n].iter().any(|other| other.unit_key == room.unit_key));
    if twice {
        return Err(Error::field("parts", "repeated"));
    }
    let change = Change {
        kind: Remaking::Split,
        property: whole.property_id,
        from: order.from,
        reason: tidy(&order.reason),
        accept_difference: order.accept_difference,
    };
    change.carry_out(tx, &old, rooms).await
}

/// A merger or a split, once it is known which rooms become which.
struct Change {
    kind: Remaking,
    property: PropertyId,
    from: Date,
    reason: String,
    accept_difference: bool,
}

impl Change {
    async fn carry_out(&self, tx: &Tx, old: &[RoomView], new: Vec<Room>) -> Result<Remade> {
        Checks::new().text("reason", &self.reason, 500).done()?;
        for (n, room) in new.iter().enumerate() {
            rooms::check(room).map_err(|problem| self.placed(problem, n))?;
        }
        self.check_area(old, &new)?;
        let last_day = self.from.saturating_sub(1.day());
        let ids: Vec<RoomId> = old.iter().map(|room| room.id).collect();
        rooms::free_after(tx, &ids, last_day).await?;
        rooms::queries::close(tx, &ids, last_day, &self.reason).await?;
        for (n, room) in new.iter().enumerate() {
            if !rooms::queries::insert(tx, self.property, room).await? {
                return Err(self.placed(Error::field("floorId", "not-a-choice"), n));
            }
        }
        let made: Vec<RoomId> = new.iter().map(|room| room.id).collect();
        queries::record(tx, self, &made, &ids).await?;
        self.note_down(tx, old, &new).await?;
        Ok(Remade { room_ids: made })
    }

    /// Says in which of the rooms sent a field is wrong.
    fn placed(&self, problem: Error, n: usize) -> Error {
        let Error::Validation(mut fields) = problem else { return problem };
        for field in &mut fields {
            field.path = match self.kind {
                Remaking::Merge => format!("room.{}", field.path),
                Remaking::Split => format!("parts[{n}].{}", field.path),
            }
            .into();
        }
        Error::Validation(fields)
    }

    /// What is made has the area of what it is made of, or somebody says that it has not and why.
    fn check_area(&self, old: &[RoomView], new: &[Room]) -> Result<()> {
        let before: Decimal = old.iter().map(|room| room.area_m2).sum();
        let after: Decimal = new.iter().map(|room| room.area_m2).sum();
        if before == after {
            return Ok(());
        }
        if !self.accept_difference {
            let [before, after, difference] = [before, after, after - before].map(|area| area.normalize().to_string());
            return Err(Conflict::new("AREA_DIFFERS")
                .with("before", before)
                .with("after", after)
                .with("difference", difference)
                .into());
        }
        Checks::new().name("reason", &self.reason, 500).done()
    }

    async fn note_down(&self, tx: &Tx, old: &[RoomView], new: &[Room]) -> Result<()> {
        let action = match self.kind {
            Remaking::Merge => "room.merge",
            Remaking::Split => "room.split",
        };
        let before: Vec<_> = old.iter().map(|room| json!({ "unitNo": room.unit_no, "areaM2": room.area_m2 })).collect();
        let after: Vec<_> = new.iter().map(|room| json!({ "unitNo": room.unit_no, "areaM2": room.area_m2 })).collect();
        let touched = old.iter().map(|room| room.id).chain(new.iter().map(|room| room.id));
        for id in touched {
            tx.note(Note {
                action,
                id: Some(id.0),
                before: Some(json!({ "rooms": before })),
                after: Some(json!({ "rooms": after, "from": self.from })),
                reason: Some(self.reason.clone()).filter(|reason| !reason.is_empty()),
            })
            .await?;
        }
        Ok(())
    }
}

/// The rooms that end, held against other changes, in the order of their ids; each was there before that day.
async fn old_rooms(tx: &Tx, wanted: &[RoomVersion], from: Date) -> Result<Vec<RoomView>> {
    let mut checks = Checks::new();
    crate::check_day(&mut checks, "from", from);
    checks.done()?;
    let mut ordered = wanted.to_vec();
    ordered.sort_by_key(|room| room.id);
    if ordered.windows(2).any(|pair| pair[0].id == pair[1].id) {
        return Err(Error::field("rooms", "repeated"));
    }
    let mut found = Vec::with_capacity(ordered.len());
    for room in &ordered {
        let room = rooms::locked(tx, room.id, room.version).await?;
        if room.valid_to.is_some() {
            return Err(Conflict::new("ROOM_CLOSED").with("unit", room.unit_no).into());
        }
        if room.valid_from.is_some_and(|first| from <= first) {
            return Err(Error::field("from", "before-the-room"));
        }
        found.push(room);
    }
    // What is left out is as the first one's that was named.
    found.sort_by_key(|room| wanted.iter().position(|one| one.id == room.id));
    Ok(found)
}

fn made(
    part: &MadeRoom,
    like: &RoomView,
    (mode, price): (domain::rooms::PriceMode, domain::Money),
    from: Date,
) -> Room {
    let unit_no = code(&part.unit_no);
    Room {
        id: RoomId::new(),
        floor: part.floor_id.or(like.floor_id),
        unit_key: fold_code(&unit_no),
        unit_no,
        kind: part.kind.unwrap_or(like.kind),
        area_m2: part.area_m2,
        view: like.view.clone(),
        balcony: like.balcony,
        furnished: like.furnished,
        price_mode: part.price_mode.unwrap_or(mode),
        base_rent: part.base_rent.unwrap_or(price),
        deposit_months: like.deposit_months,
        listed: like.listed,
        valid_from: Some(from),
    }
}

fn priced(room: &RoomView) -> asking::Priced {
    asking::Priced { mode: room.price_mode, price: room.base_rent, area_m2: room.area_m2 }
}

fn check_count(path: &'static str, count: usize) -> Result<()> {
    Checks::new().within(path, i64::try_from(count).unwrap_or(i64::MAX), 2, 20).done()
}
