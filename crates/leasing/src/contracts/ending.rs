//! How a contract ends before its time, and how that is undone when it was a mistake.

use base::{Checks, Conflict, Error, Result, Tx, params};
use domain::{
    ContractEndingId, ContractId, ContractRoomId, Month,
    contract::{ContractStatus, What, last_day_of_grace},
    rights::Action,
    text::tidy,
};
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;
use wire::contracts::{ContractView, Termination};

use super::{
    check_day, queries,
    spans::{Held, Span},
    step::{self, Standing, Taken},
};

/// A contract that ended: the ending to be settled, or none for a draft that was dropped.
pub struct Ended {
    pub contract: ContractView,
    pub ending: Option<ContractEndingId>,
}

/// An ending that was undone.
pub struct Restored {
    pub contract: ContractView,
    pub ending: ContractEndingId,
}

/// Ends a contract before its time: its rooms are free from the day after. A dropped draft frees them altogether.
///
/// What it is settled with is billing's to say, in the same transaction.
pub async fn terminate(tx: &Tx, id: ContractId, order: &Termination) -> Result<Ended> {
    tx.allow(Action::TerminateContracts)?;
    let before = step::lock(tx, id, order.version).await?;
    let to = before.status.transition_to(ContractStatus::Terminated)?;
    let reason = tidy(&order.reason);
    let mut checks = Checks::new();
    checks.name("reason", &reason, 500);
    check(&mut checks, tx, &before, order.on);
    checks.done()?;

    let held = queries::held(tx, id).await?;
    let is_in_force = before.status.is_in_force();
    let cut = |room: &Held| if is_in_force { room.cut(order.on) } else { room.dropped() };
    queries::move_rooms(tx, id, &held.iter().map(cut).collect::<Vec<_>>()).await?;
    step::go(tx, &before, to).await?;
    tx.later(
        "update contracts set terminated_on = $2, termination_reason = $3, notice_given_on = $4 where id = $1",
        params![id, order.on, reason.clone(), tx.clock().today()],
    )
    .await?;
    let ending = if is_in_force { Some(note_ending(tx, &before, order.on, &reason, &held).await?) } else { None };
    let what = if is_in_force { What::Terminated } else { What::Dropped };
    let effective_on = order.on.saturating_add(1.day());
    let taken = Taken { action: "contract.terminate", what, to, effective_on, reason: Some(reason) };
    Ok(Ended { contract: step::note(tx, &before, taken).await?, ending })
}

/// Refuses a last day that a contract cannot have; what a preview checks too.
pub async fn may_end(tx: &Tx, id: ContractId, on: Date) -> Result<()> {
    tx.allow(Action::TerminateContracts)?;
    let before = step::find(tx, id).await?;
    before.status.transition_to(ContractStatus::Terminated)?;
    if !before.status.is_in_force() {
        return Err(Conflict::new("CONTRACT_NOT_SIGNED").with("code", before.code).into());
    }
    let mut checks = Checks::new();
    check(&mut checks, tx, &before, on);
    checks.done()
}

/// Undoes the latest termination within the month in which it was noted: the contract is what it was, with its rooms, as
/// long as nobody else has taken them.
pub async fn restore(tx: &Tx, id: ContractId, reason: &str, version: Option<i32>) -> Result<Restored> {
    tx.allow(Action::TerminateContracts)?;
    let reason = super::signing::reason(reason)?;
    let ended = step::lock(tx, id, version).await?;
    let Some(ending) = latest(tx, id).await?.filter(|_| ended.status == ContractStatus::Terminated) else {
        return Err(Conflict::new("NOTHING_TO_RESTORE").with("code", ended.code).into());
    };
    let to = ended.status.restored_to(ending.status_before)?;
    if Month::of(ending.noted_on) != Month::of(tx.clock().today()) {
        let month = Month::of(ending.noted_on).to_string();
        return Err(Conflict::new("RESTORATION_TOO_LATE").with("month", month).into());
    }
    queries::move_rooms(tx, id, &ending.rooms).await?;
    tx.later(
        "insert into contract_restorations (id, contract_id, ending_id, reason)
         values ($4, $1, $2, $3)",
        params![id, ending.id, reason.clone(), Uuid::now_v7()],
    )
    .await?;
    tx.later(
        "update contracts
            set status = $2, terminated_on = null, termination_reason = null, notice_given_on = null, version = version + 1
          where id = $1",
        params![id, to],
    )
    .await?;
    let taken = Taken {
        action: "contract.restore",
        what: What::Restored,
        to,
        effective_on: ending.last_day.saturating_add(1.day()),
        reason: Some(reason),
    };
    Ok(Restored { contract: step::note(tx, &ended, taken).await?, ending: ending.id })
}

fn check(checks: &mut Checks, tx: &Tx, before: &Standing, on: Date) {
    check_day(checks, "on", on);
    if !before.status.is_in_force() {
        return;
    }
    let today = tx.clock().today();
    let end = match before.status {
        ContractStatus::GracePeriod => before.ends_on.map(|end| last_day_of_grace(end, before.grace_days)),
        _ => before.ends_on,
    };
    checks.that(before.starts_on > today || on >= before.starts_on, "on", "end-before-start");
    checks.that(end.is_none_or(|end| on <= end), "on", "after-end");
    checks.that(on <= today.saturating_add(1.year()), "on", "too-far-ahead");
}

/// An ending as it was noted.
struct Ending {
    id: ContractEndingId,
    last_day: Date,
    noted_on: Date,
    status_before: ContractStatus,
    rooms: Vec<Held>,
}

/// The days of a room, as an ending keeps them.
#[derive(Serialize, Deserialize)]
struct RoomDays {
    id: ContractRoomId,
    from: Date,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<Date>,
}

async fn note_ending(tx: &Tx, before: &Standing, on: Date, reason: &str, held: &[Held]) -> Result<ContractEndingId> {
    let id = ContractEndingId::new();
    let days = |room: &Held| room.span.map(|span| RoomDays { id: room.id, from: span.from, to: span.to });
    let rooms: Vec<RoomDays> = held.iter().filter_map(days).collect();
    tx.later(
        "insert into contract_endings (id, contract_id, last_day, reason, status_before, rooms_before, noted_on)
         values ($1, $2, $3, $4, $5, $6, $7)",
        params![id, before.id, on, reason.to_owned(), before.status, json!(rooms), tx.clock().today()],
    )
    .await?;
    Ok(id)
}

/// The latest ending, with the rooms as they are to be again.
async fn latest(tx: &Tx, contract: ContractId) -> Result<Option<Ending>> {
    let row = tx
        .maybe(
            "select id, last_day, noted_on, status_before, rooms_before
               from contract_endings where contract_id = $1 order by id desc limit 1",
            &[&contract],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let rooms: Vec<RoomDays> =
        serde_json::from_value(row.get("rooms_before")).map_err(|error| Error::Internal(error.to_string()))?;
    let of = tx.all("select id, room_id from contract_rooms where contract_id = $1", &[&contract]).await?;
    let held = rooms.iter().filter_map(|days| {
        let room = of.iter().find(|row| row.get::<_, ContractRoomId>("id") == days.id)?.get("room_id");
        Some(Held { id: days.id, room, span: Some(Span { from: days.from, to: days.to }) })
    });
    Ok(Some(Ending {
        id: row.get("id"),
        last_day: row.get("last_day"),
        noted_on: row.get("noted_on"),
        status_before: row.get("status_before"),
        rooms: held.collect(),
    }))
}
