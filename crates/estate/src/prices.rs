//! Asking prices of many rooms at once: looked at first, then applied to all of them or to none.

mod queries;
mod routes;

use std::collections::HashSet;

use base::{Checks, Conflict, Error, Result, Slice, Tx, audit::Note, error::FieldProblem};
use domain::{
    Money, RoomId,
    asking::{self, NoPrice, PriceChange},
    rights::Action,
    text::tidy,
};
use serde_json::json;
use wire::prices::{PriceAsking, PriceLine, PriceOrder, PricePreview, PriceRule, PricesChanged};

use self::queries::Priced;

/// So many rooms at a time at most.
const MOST: usize = 2000;

pub fn slice() -> Slice {
    Slice::new("room-prices").routes(routes::routes())
}

/// What a change would make of the chosen rooms' prices.
pub async fn preview(tx: &Tx, asked: &PriceAsking) -> Result<PricePreview> {
    tx.allow(Action::EditEstate)?;
    let change = change(asked.rule)?;
    if let Some(ids) = &asked.room_ids {
        check_count("roomIds", ids.len())?;
    }
    let rooms = queries::chosen(tx, asked, MOST + 1).await?;
    check_count("roomIds", rooms.len().max(1))?;
    if let Some(ids) = &asked.room_ids {
        let wanted: HashSet<RoomId> = ids.iter().copied().collect();
        if rooms.len() < wanted.len() {
            return Err(Error::NotFound("room"));
        }
    }
    let mut lines = Vec::with_capacity(rooms.len());
    for room in rooms {
        lines.push(line(room, change)?);
    }
    Ok(PricePreview {
        changed: count(lines.iter().filter(|line| line.after.compare(line.before).is_ne())),
        month_before: Money::sum(lines.iter().map(|line| line.month_before))?,
        month_after: Money::sum(lines.iter().map(|line| line.month_after))?,
        rows: lines,
    })
}

/// Changes the prices of the rooms as they were looked at; one that has changed since stops it all.
pub async fn apply(tx: &Tx, order: &PriceOrder) -> Result<PricesChanged> {
    tx.allow(Action::EditEstate)?;
    let change = change(order.rule)?;
    let reason = tidy(&order.reason);
    Checks::new().text("reason", &reason, 500).done()?;
    check_count("rooms", order.rooms.len())?;
    let rooms = queries::lock(tx, &order.rooms.iter().map(|room| room.id).collect::<Vec<_>>()).await?;
    let mut newer = Vec::new();
    for wanted in &order.rooms {
        let room = rooms.iter().find(|room| room.id == wanted.id).ok_or(Error::NotFound("room"))?;
        if room.version != wanted.version {
            newer.push(room.unit_no.as_str());
        }
    }
    if !newer.is_empty() {
        return Err(Conflict::new("ROOMS_CHANGED").with("units", newer.join(", ")).into());
    }
    let mut lines = Vec::with_capacity(rooms.len());
    for room in rooms {
        lines.push(line(room, change)?);
    }
    let changed: Vec<&PriceLine> = lines.iter().filter(|line| line.after.compare(line.before).is_ne()).collect();
    queries::save(tx, &changed).await?;
    for line in &changed {
        tx.note(Note {
            action: "room.reprice",
            id: Some(line.room_id.0),
            before: Some(json!({ "baseRent": line.before })),
            after: Some(json!({ "baseRent": line.after, "rule": order.rule })),
            reason: Some(reason.clone()).filter(|reason| !reason.is_empty()),
        })
        .await?;
    }
    Ok(PricesChanged {
        changed: count(changed.iter()),
        month_before: Money::sum(lines.iter().map(|line| line.month_before))?,
        month_after: Money::sum(lines.iter().map(|line| line.month_after))?,
    })
}

/// The rule as the domain knows it.
fn change(rule: PriceRule) -> Result<PriceChange> {
    match rule {
        PriceRule::Set { amount } => {
            Checks::new().not_negative("rule.set.amount", amount).done()?;
            Ok(PriceChange::Set(amount))
        }
        PriceRule::Add { amount } => Ok(PriceChange::Add(amount)),
        PriceRule::Percent { basis_points, rounding } => {
            Checks::new().within("rule.percent.basisPoints", basis_points.into(), -10_000, 100_000).done()?;
            Ok(PriceChange::Percent { basis_points, rounding })
        }
    }
}

fn check_count(path: &'static str, count: usize) -> Result<()> {
    Checks::new().within(path, i64::try_from(count).unwrap_or(i64::MAX), 1, 2000).done()
}

/// A room's price before and after; a price that can't be is refused with the room's number.
fn line(room: Priced, change: PriceChange) -> Result<PriceLine> {
    let refused = |problem: &'static str| {
        let args = vec![("unit", room.unit_no.clone())];
        Error::Validation(vec![FieldProblem { path: "rule".into(), problem, args }])
    };
    let after = change.applied(room.base_rent).map_err(|problem| match problem {
        NoPrice::BelowZero => refused("price-below-zero"),
        NoPrice::TooLarge => refused("price-too-large"),
    })?;
    let too_large = |_| refused("price-too-large");
    Ok(PriceLine {
        month_before: asking::a_month(room.price_mode, room.base_rent, room.area_m2).map_err(too_large)?,
        month_after: asking::a_month(room.price_mode, after, room.area_m2).map_err(too_large)?,
        room_id: room.id,
        version: room.version,
        property_name: room.property_name,
        unit_no: room.unit_no,
        kind: room.kind,
        area_m2: room.area_m2,
        occupancy: room.occupancy,
        price_mode: room.price_mode,
        before: room.base_rent,
        after,
    })
}

fn count<T>(of: impl Iterator<Item = T>) -> i64 {
    i64::try_from(of.count()).expect("no more than are asked for")
}
