//! A draft on its way to being complete: whom it is with, its rooms, its charges, each set anew by a step of its own.
//!
//! A draft may lack rooms and charges for as long as it is one (docs/decisions/0007-a-draft-is-a-contract.md); what it has
//! chosen it holds. To be approved or to come into force it must be complete.

use base::{Actor, App, Checks, Conflict, Error, Json, Path, Refusals, Result, Tx, params};
use domain::{
    ContractId, ContractItemId, RoomId,
    contract::{ContractStatus, ScheduleKind, What},
    rooms::RoomKind,
    text::sort_key,
};
use serde_json::json;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::contracts::{ContractCharges, ContractParties, ContractRooms, ContractView};

use super::{
    history, items, queries,
    queries::{Locked, RoomAt},
    search_key,
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(put_parties)).routes(routes!(put_rooms)).routes(routes!(put_charges))
}

/// Sets whom a draft is with and about which building.
#[utoipa::path(put, path = "/v2/contracts/{id}/parties", operation_id = "setContractParties", tag = "contracts",
    params(("id" = ContractId, Path)), request_body = ContractParties,
    responses((status = 200, body = ContractView), Refusals))]
async fn put_parties(
    actor: Actor,
    Path(id): Path<ContractId>,
    Json(parties): Json<ContractParties>,
) -> Result<Json<ContractView>> {
    actor.transact(async |tx| set_parties(tx, id, &parties).await).await.map(Json)
}

/// Sets the rooms of a draft, which holds them from then on and lets the others go.
#[utoipa::path(put, path = "/v2/contracts/{id}/rooms", operation_id = "setContractRooms", tag = "contracts",
    params(("id" = ContractId, Path)), request_body = ContractRooms,
    responses((status = 200, body = ContractView), Refusals))]
async fn put_rooms(
    actor: Actor,
    Path(id): Path<ContractId>,
    Json(rooms): Json<ContractRooms>,
) -> Result<Json<ContractView>> {
    actor.transact(async |tx| set_rooms(tx, id, &rooms).await).await.map(Json)
}

/// Sets the charge lines of a draft.
#[utoipa::path(put, path = "/v2/contracts/{id}/items", operation_id = "setContractItems", tag = "contracts",
    params(("id" = ContractId, Path)), request_body = ContractCharges,
    responses((status = 200, body = ContractView), Refusals))]
async fn put_charges(
    actor: Actor,
    Path(id): Path<ContractId>,
    Json(charges): Json<ContractCharges>,
) -> Result<Json<ContractView>> {
    actor.transact(async |tx| set_charges(tx, id, &charges).await).await.map(Json)
}

pub async fn set_parties(tx: &Tx, id: ContractId, parties: &ContractParties) -> Result<ContractView> {
    lock(tx, id, parties.version).await?;
    let before = queries::whole(tx, id).await?;
    let found = queries::parties(tx, parties.property_id, parties.tenant_id, &[]).await?;
    let moves = before.property_id != parties.property_id;
    let mut checks = Checks::new();
    checks.that(!moves || before.rooms.is_empty(), "propertyId", "has-rooms").done()?;
    tx.later(
        "update contracts
            set property_id = $2, tenant_id = $3, tenant_name_snapshot = $4, tenant_sort_key = $5, search_key = $6,
                version = version + 1
          where id = $1",
        params![
            id,
            parties.property_id,
            parties.tenant_id,
            found.tenant_name.clone(),
            sort_key(&found.tenant_name),
            search_key(&before.code, &found.tenant_name, &before.units),
        ],
    )
    .await?;
    let told = json!({ "propertyId": parties.property_id, "tenantId": parties.tenant_id });
    tx.audit("contract.set_parties", id.0, &told).await?;
    history::record(tx, id, What::Edited, before.starts_on, None).await
}

pub async fn set_rooms(tx: &Tx, id: ContractId, new: &ContractRooms) -> Result<ContractView> {
    let at = lock(tx, id, new.version).await?;
    let before = queries::whole(tx, id).await?;
    let held = super::held_by(&new.rooms, at.span());
    let mut checks = Checks::new();
    super::check_rooms(&mut checks, &held, at.span());
    checks.done()?;
    let ids: Vec<RoomId> = new.rooms.iter().map(|room| room.room_id).collect();
    let found = queries::parties(tx, before.property_id, before.tenant_id, &ids).await?;
    let rooms = super::in_order(before.property_id, &new.rooms, found.rooms)?;
    let charged = before.items.iter().filter_map(|item| item.room_id).find(|room| !ids.contains(room));
    if let Some(room) = charged {
        // A charge for a room that is given up would charge nothing and say nothing.
        let unit = before.rooms.iter().find(|held| held.room_id == room).map(|held| held.unit_no.clone());
        return Err(Conflict::new("ROOM_IS_CHARGED").with("unit", unit.unwrap_or_default()).into());
    }
    tx.later("delete from contract_rooms where contract_id = $1", params![id]).await?;
    queries::hold(tx, id, &held).await?;
    let units = units(&rooms);
    let kind = rooms.first().map_or(at.kind, |room| room.kind);
    tx.later(
        "update contracts set units = $2, kind = $3, search_key = $4, version = version + 1 where id = $1",
        params![id, units.clone(), kind, search_key(&before.code, &before.tenant_name, &units)],
    )
    .await?;
    tx.audit("contract.set_rooms", id.0, &json!({ "units": units, "rooms": new.rooms })).await?;
    history::record(tx, id, What::RoomsSet, at.starts_on, None).await
}

pub async fn set_charges(tx: &Tx, id: ContractId, new: &ContractCharges) -> Result<ContractView> {
    let at = lock(tx, id, new.version).await?;
    let before = queries::whole(tx, id).await?;
    let rooms: Vec<RoomId> = before.rooms.iter().map(|room| room.room_id).collect();
    let gone: Vec<ContractItemId> =
        before.items.iter().map(|item| item.id).filter(|item| !new.keep.contains(item)).collect();
    let mut checks = Checks::new();
    for (i, kept) in new.keep.iter().enumerate() {
        checks.that(before.items.iter().any(|item| item.id == *kept), format!("keep[{i}]"), "not-a-choice");
    }
    if new.items.len() > 200 {
        checks.note_with("items", "too-large", vec![("max", "200".into())]);
    }
    let items = items::read_all(&mut checks, &new.items, at.kind, &rooms, at.starts_on);
    checks.done()?;
    tx.later("delete from contract_increases where contract_id = $1 and item_id = any($2)", params![id, gone.clone()])
        .await?;
    tx.later("delete from contract_items where contract_id = $1 and id = any($2)", params![id, gone]).await?;
    items::insert(tx, id, &items).await?;
    tx.later("update contracts set version = version + 1 where id = $1", params![id]).await?;
    tx.audit("contract.set_charges", id.0, &json!({ "kept": new.keep, "items": new.items })).await?;
    history::record(tx, id, What::ChargesSet, at.starts_on, None).await
}

/// Refuses a contract that lacks what it must have to be in force: a room, and something it charges.
pub fn require_complete(contract: &ContractView) -> Result<()> {
    let has_schedule = contract.schedule_kind == ScheduleKind::Custom && !contract.schedule.is_empty();
    let lacks = [(contract.rooms.is_empty(), "rooms"), (contract.items.is_empty() && !has_schedule, "items")];
    let lacks: Vec<&str> = lacks.into_iter().filter(|(lacks, _)| *lacks).map(|(_, what)| what).collect();
    match lacks[..] {
        [] => Ok(()),
        _ => Err(Conflict::new("CONTRACT_INCOMPLETE").with("lacks", lacks.join(",")).into()),
    }
}

/// `K-403; K-404`, a room for two times once.
pub(super) fn units(rooms: &[RoomAt]) -> String {
    let mut units: Vec<&str> = Vec::with_capacity(rooms.len());
    for room in rooms {
        if !units.contains(&room.unit_no.as_str()) {
            units.push(&room.unit_no);
        }
    }
    units.join("; ")
}

/// What a draft without rooms is for until it has one.
pub(super) const KIND: RoomKind = RoomKind::Office;

/// A draft as it was read, held against other changes.
async fn lock(tx: &Tx, id: ContractId, version: i32) -> Result<Locked> {
    let at = super::lock(tx, id).await?;
    if at.version != version {
        return Err(Conflict::new("VERSION").into());
    }
    match at.status {
        ContractStatus::Draft => Ok(at),
        _ => Err(Error::from(Conflict::new("NOT_A_DRAFT"))),
    }
}
