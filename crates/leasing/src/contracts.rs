//! Contracts: drafted and changed here; `signing` puts them into force, `extension` and `renewal` carry them on, `ending`
//! and `expiry` end them. From its draft on a contract holds its rooms.

mod approval;
pub(crate) mod classing;
pub mod discounts;
pub mod drafts;
pub mod ending;
pub mod expiry;
mod export;
pub mod extension;
pub mod history;
pub mod increases;
pub mod items;
mod list;
mod queries;
pub mod renewal;
mod routes;
pub mod schedule;
pub mod signing;
mod spans;
pub(crate) mod step;
pub mod terms;

use base::{Checks, Conflict, Error, Result, Slice, Tx, audit::Note};
use domain::{
    ContractId, ContractRoomId, PropertyId, RoomId,
    contract::{ContractStatus, What},
    rights::{Action, Role},
    text::{code, fold_word},
};
use jiff::civil::{Date, date};
use serde_json::json;
use wire::contracts::{ContractChange, ContractView, NewContract, NewContractRoom};

pub use self::terms::{ContractFacts, Due, TaxCodes, due_in_month, terms_of, terms_of_contract, terms_of_month};
use self::{
    queries::{Draft, Locked, RoomAt},
    spans::{Held, Span},
};

pub fn slice() -> Slice {
    Slice::new("contracts")
        .routes(routes::routes())
        .routes(drafts::routes())
        .routes(items::routes())
        .routes(increases::routes())
        .routes(discounts::routes())
        .routes(schedule::routes())
        .routes(approval::routes())
        .routes(history::routes())
        .routes(step::routes())
        .job::<expiry::LookAtEnds>()
        .cron(expiry::cron())
        .job::<increases::ApplyIncreases>()
        .cron(increases::cron())
}

/// Drafts a contract; its rooms are held from now on.
pub async fn create(tx: &Tx, new: &NewContract) -> Result<ContractView> {
    tx.allow(Action::DraftContracts)?;
    check(new)?;
    let ids: Vec<RoomId> = new.rooms.iter().map(|room| room.room_id).collect();
    let found = queries::parties(tx, new.property_id, new.tenant_id, &ids).await?;
    let rooms = in_order(new.property_id, &new.rooms, found.rooms)?;
    let kind = new.kind.or(rooms.first().map(|room| room.kind)).unwrap_or(drafts::KIND);
    let mut checks = Checks::new();
    let items = items::read_all(&mut checks, &new.items, kind, &ids, new.starts_on);
    checks.done()?;
    let units = drafts::units(&rooms);
    let given = new.code.as_deref().map(code);
    let draft = Draft { id: ContractId::new(), new, kind, tenant_name: &found.tenant_name, units: &units };
    let code = queries::insert(tx, &draft, given).await?;
    queries::hold(tx, draft.id, &held_by(&new.rooms, Span { from: new.starts_on, to: new.ends_on })).await?;
    items::insert(tx, draft.id, &items).await?;
    let made = json!({ "code": code, "propertyId": new.property_id, "tenantId": new.tenant_id, "units": units,
        "startsOn": new.starts_on, "endsOn": new.ends_on });
    tx.audit("contract.create", draft.id.0, &made).await?;
    history::record(tx, draft.id, What::Drafted, new.starts_on, None).await
}

/// Changes a contract: a draft in everything, one in force in how it is paid, its notes, and by a later end.
pub async fn edit(tx: &Tx, id: ContractId, change: &ContractChange) -> Result<ContractView> {
    let before = lock(tx, id).await?;
    if before.version != change.version {
        return Err(Conflict::new("VERSION").into());
    }
    let mut after = before.clone();
    after.starts_on = change.starts_on.unwrap_or(before.starts_on);
    after.ends_on = change.ends_on.unwrap_or(before.ends_on);
    after.deposit_amount = change.deposit_amount.unwrap_or(before.deposit_amount);
    after.payment_day = change.payment_day.unwrap_or(before.payment_day);
    after.grace_days = change.grace_days.unwrap_or(before.grace_days);
    after.penalty_bp = change.penalty_bp.unwrap_or(before.penalty_bp);
    after.notes = change.notes.clone().unwrap_or(after.notes);
    let mut checks = Checks::new();
    check_terms(&mut checks, after.span(), after.payment_day, after.grace_days, after.penalty_bp, &after.notes);
    crate::check_amount(&mut checks, "depositAmount", after.deposit_amount);
    if before.status != ContractStatus::Draft {
        checks.that(after.starts_on == before.starts_on, "startsOn", "draft-only");
        let later = before.ends_on.is_some_and(|old| after.ends_on.is_none_or(|new| new >= old));
        checks.that(after.ends_on == before.ends_on || later, "endsOn", "extend-only");
        // An extension also brings a contract back out of its days of grace.
        let in_grace = before.status == ContractStatus::GracePeriod;
        checks.that(after.ends_on == before.ends_on || !in_grace, "endsOn", "extend-in-grace");
    }
    checks.done()?;
    if after.span() != before.span() {
        let held = queries::held(tx, id).await?;
        let moved: Vec<Held> = held.iter().map(|room| room.moved(before.span(), after.span())).collect();
        queries::move_rooms(tx, id, &moved).await?;
        items::start_with(tx, id, before.starts_on, after.starts_on).await?;
    }
    queries::save(tx, &after).await?;
    if before.status.is_in_force() {
        crate::deposits::owe(tx, id, after.deposit_amount, tx.clock().today()).await?;
    }
    tx.note(Note {
        action: "contract.edit",
        id: Some(id.0),
        before: serde_json::to_value(&before).ok(),
        after: serde_json::to_value(&after).ok(),
        reason: None,
    })
    .await?;
    let effective_on = if before.status == ContractStatus::Draft { after.starts_on } else { tx.clock().today() };
    history::record(tx, id, What::Edited, effective_on, None).await
}

/// The contract, held against other changes until this transaction ends: a draft for whoever may draft, one in force for
/// those who keep the books. An ended one is no longer changed.
async fn lock(tx: &Tx, id: ContractId) -> Result<Locked> {
    tx.allow(Action::DraftContracts)?;
    let Some(contract) = queries::lock(tx, id).await? else {
        // An employee sees contracts in force and may not hold them.
        let sees = tx.who().await?.role == Some(Role::Employee) && queries::exists(tx, id).await?;
        return Err(if sees { Error::Forbidden } else { Error::NotFound("contract") });
    };
    if contract.status != ContractStatus::Draft {
        tx.allow(Action::EditContracts)?;
    }
    if contract.status.is_final() {
        return Err(Conflict::new("CONTRACT_ENDED").into());
    }
    approval::withdraw_unless_given(tx, id).await?;
    Ok(contract)
}

fn check(new: &NewContract) -> Result<()> {
    let mut checks = Checks::new();
    if let Some(given) = &new.code {
        checks.name("code", &code(given), 40);
    }
    let span = Span { from: new.starts_on, to: new.ends_on };
    let (payment_day, grace_days) = (new.payment_day.unwrap_or(1), new.grace_days.unwrap_or(0));
    check_terms(&mut checks, span, payment_day, grace_days, new.penalty_bp, &new.notes);
    crate::check_amount(&mut checks, "depositAmount", new.deposit_amount.unwrap_or_default());
    check_rooms(&mut checks, &held_by(&new.rooms, span), span);
    if new.items.len() > 200 {
        checks.note_with("items", "too-large", vec![("max", "200".into())]);
    }
    checks.done()
}

/// Rooms for the contract's time or a part of it, none of them twice at a time.
fn check_rooms(checks: &mut Checks, held: &[Held], span: Span) {
    if held.len() > 100 {
        checks.note_with("rooms", "too-large", vec![("max", "100".into())]);
    }
    for (i, room) in held.iter().enumerate() {
        let days = room.span.expect("a new room is held for a time");
        check_day(checks, format!("rooms[{i}].from"), days.from);
        check_day(checks, format!("rooms[{i}].to"), days.to.unwrap_or(days.from));
        checks.that(days.is_forward(), format!("rooms[{i}].to"), "end-before-start");
        checks.that(days.lies_in(span), format!("rooms[{i}].from"), "outside-contract");
        let again = held[..i].iter().any(|other| other.room == room.room && other.overlaps(room));
        checks.that(!again, format!("rooms[{i}].roomId"), "repeated");
    }
}

fn check_terms(
    checks: &mut Checks,
    span: Span,
    payment_day: i32,
    grace_days: i32,
    penalty_bp: Option<i32>,
    notes: &str,
) {
    check_day(checks, "startsOn", span.from);
    check_day(checks, "endsOn", span.to.unwrap_or(span.from));
    checks.that(span.is_forward(), "endsOn", "end-before-start");
    checks.within("paymentDay", payment_day.into(), 1, 31);
    checks.within("graceDays", grace_days.into(), 0, 100);
    checks.within("penaltyBp", penalty_bp.unwrap_or(0).into(), 0, 50);
    checks.text("notes", notes, 4000);
}

/// A day that a contract may speak of; a slip of the keyboard (0206, 20026) is not one.
pub(crate) fn check_day(checks: &mut Checks, path: impl Into<std::borrow::Cow<'static, str>>, day: Date) {
    checks.that((date(1990, 1, 1)..=date(2200, 12, 31)).contains(&day), path, "bad-date");
}

/// The rooms as they were named, each found in the contract's own building.
fn in_order(property: PropertyId, wanted: &[NewContractRoom], mut found: Vec<RoomAt>) -> Result<Vec<RoomAt>> {
    let mut checks = Checks::new();
    let mut rooms = Vec::with_capacity(wanted.len());
    for (i, room) in wanted.iter().enumerate() {
        let at = found.iter().position(|there| there.id == room.room_id).ok_or(Error::NotFound("room"))?;
        checks.that(found[at].property == property, format!("rooms[{i}].roomId"), "not-a-choice");
        // The same room for two times is found once and stands in both places.
        let again = wanted[i + 1..].iter().any(|later| later.room_id == room.room_id);
        rooms.push(if again { found[at].clone() } else { found.swap_remove(at) });
    }
    checks.done()?;
    Ok(rooms)
}

/// The rooms for their own days, or for the contract's.
fn held_by(rooms: &[NewContractRoom], span: Span) -> Vec<Held> {
    let held = rooms.iter().map(|room| Held {
        id: ContractRoomId::new(),
        room: room.room_id,
        span: Some(Span { from: room.from.unwrap_or(span.from), to: room.to.or(span.to) }),
    });
    held.collect()
}

/// What the search field looks through.
pub(crate) fn search_key(code: &str, tenant_name: &str, units: &str) -> String {
    fold_word(&format!("{code} {tenant_name} {units}"))
}
