//! The doors under /v2/rooms.

use base::{
    Actor, App, Error, Json, Path, Query, Refusals, Result,
    exports::{self, Exported, Workbook},
    lists::Window,
};
use domain::{RoomId, rights::Action, text::fold_code};
use http::StatusCode;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page,
    rooms::{NewRoom, RoomChange, RoomFilter, RoomTotals, RoomView},
};

use super::{export::Rooms, queries};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(totals))
        .routes(routes!(export))
        .routes(routes!(get, edit))
}

/// Rooms, building by building and unit by unit, with who is in them today.
#[utoipa::path(get, path = "/v2/rooms", operation_id = "listRooms", tag = "rooms", params(RoomFilter),
    responses((status = 200, body = Page<RoomView>), Refusals))]
async fn list(actor: Actor, Query(filter): Query<RoomFilter>) -> Result<Json<Page<RoomView>>> {
    let window = Window::new(filter.limit, filter.cursor.as_deref())?;
    let rooms = actor
        .transact(async |tx| {
            tx.allow(Action::ReadEstate)?;
            queries::page(tx, &filter, &window).await
        })
        .await?;
    Ok(Json(window.page(rooms, |room| (room.property_id, fold_code(&room.unit_no)))))
}

/// What the filtered rooms add up to.
#[utoipa::path(get, path = "/v2/rooms/totals", operation_id = "totalRooms", tag = "rooms", params(RoomFilter),
    responses((status = 200, body = RoomTotals), Refusals))]
async fn totals(actor: Actor, Query(filter): Query<RoomFilter>) -> Result<Json<RoomTotals>> {
    let totals = actor
        .transact(async |tx| {
            tx.allow(Action::ReadEstate)?;
            queries::totals(tx, &filter).await
        })
        .await?;
    Ok(Json(totals))
}

/// The rooms that a filter picks, as an Excel file.
#[utoipa::path(
    get,
    path = "/v2/rooms/export",
    operation_id = "exportRooms",
    tag = "rooms",
    params(RoomFilter),
    responses(Workbook, Refusals)
)]
async fn export(actor: Actor, Query(filter): Query<RoomFilter>) -> Result<Exported> {
    exports::export(&actor, Rooms(filter)).await
}

/// One room.
#[utoipa::path(get, path = "/v2/rooms/{id}", operation_id = "getRoom", tag = "rooms",
    params(("id" = RoomId, Path)), responses((status = 200, body = RoomView), Refusals))]
async fn get(actor: Actor, Path(id): Path<RoomId>) -> Result<Json<RoomView>> {
    let room = actor
        .transact(async |tx| {
            tx.allow(Action::ReadEstate)?;
            queries::find_last(tx, id).await?.ok_or(Error::NotFound("room"))
        })
        .await?;
    Ok(Json(room))
}

/// Adds a room.
#[utoipa::path(post, path = "/v2/rooms", operation_id = "createRoom", tag = "rooms",
    request_body = NewRoom, responses((status = 201, body = RoomView), Refusals))]
async fn create(actor: Actor, Json(new): Json<NewRoom>) -> Result<(StatusCode, Json<RoomView>)> {
    let room = actor.transact(async |tx| super::create(tx, &new).await).await?;
    Ok((StatusCode::CREATED, Json(room)))
}

/// Changes a room.
#[utoipa::path(patch, path = "/v2/rooms/{id}", operation_id = "editRoom", tag = "rooms",
    params(("id" = RoomId, Path)), request_body = RoomChange, responses((status = 200, body = RoomView), Refusals))]
async fn edit(actor: Actor, Path(id): Path<RoomId>, Json(change): Json<RoomChange>) -> Result<Json<RoomView>> {
    actor.transact(async |tx| super::edit(tx, id, &change).await).await.map(Json)
}
