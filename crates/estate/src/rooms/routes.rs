//! The doors under /v2/rooms.

use base::{
    Actor, App, Error, Json, Path, Query, Refusals, Result,
    exports::{self, Exported, Workbook},
    lists::Window,
};
use domain::{RoomId, rights::Action};
use http::StatusCode;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page,
    occupancy::AsOf,
    rooms::{Closing, NewRoom, RoomChange, RoomFilter, RoomHistory, RoomTotals, RoomView},
};

use super::{export::Rooms, queries};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(totals))
        .routes(routes!(export))
        .routes(routes!(get, edit, remove))
        .routes(routes!(history))
        .routes(routes!(close, reopen))
}

/// Rooms that are there on a day, building by building and unit by unit (2 before 10), with who is in them on that day.
#[utoipa::path(get, path = "/v2/rooms", operation_id = "listRooms", tag = "rooms", params(RoomFilter),
    responses((status = 200, body = Page<RoomView>), Refusals))]
async fn list(actor: Actor, Query(filter): Query<RoomFilter>) -> Result<Json<Page<RoomView>>> {
    let window = Window::new(filter.limit, filter.cursor.as_deref())?;
    let rooms = actor
        .transact(async |tx| {
            tx.allow(Action::ReadEstate)?;
            let day = crate::as_of(tx, filter.as_of)?;
            queries::page(tx, &filter, day, &window).await
        })
        .await?;
    let page = window.page(rooms, |(_, place)| place.clone());
    let items = page.items.into_iter().map(|(room, _)| room).collect();
    Ok(Json(Page { items, next_cursor: page.next_cursor }))
}

/// What the filtered rooms add up to on a day.
#[utoipa::path(get, path = "/v2/rooms/totals", operation_id = "totalRooms", tag = "rooms", params(RoomFilter),
    responses((status = 200, body = RoomTotals), Refusals))]
async fn totals(actor: Actor, Query(filter): Query<RoomFilter>) -> Result<Json<RoomTotals>> {
    let totals = actor
        .transact(async |tx| {
            tx.allow(Action::ReadEstate)?;
            let day = crate::as_of(tx, filter.as_of)?;
            queries::totals(tx, &filter, day).await
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

/// One room with who is in it on a day; also one that is there no more.
#[utoipa::path(get, path = "/v2/rooms/{id}", operation_id = "getRoom", tag = "rooms",
    params(("id" = RoomId, Path), AsOf), responses((status = 200, body = RoomView), Refusals))]
async fn get(actor: Actor, Path(id): Path<RoomId>, Query(asked): Query<AsOf>) -> Result<Json<RoomView>> {
    let room = actor
        .transact(async |tx| {
            tx.allow(Action::ReadEstate)?;
            let day = crate::as_of(tx, asked.as_of)?;
            queries::find_last(tx, id, day).await?.ok_or(Error::NotFound("room"))
        })
        .await?;
    Ok(Json(room))
}

/// Who rented a room and will, what it was made of and what it became.
#[utoipa::path(get, path = "/v2/rooms/{id}/history", operation_id = "getRoomHistory", tag = "rooms",
    params(("id" = RoomId, Path)), responses((status = 200, body = RoomHistory), Refusals))]
async fn history(actor: Actor, Path(id): Path<RoomId>) -> Result<Json<RoomHistory>> {
    let history = actor
        .transact(async |tx| {
            tx.allow(Action::ReadEstate)?;
            queries::history(tx, id).await?.ok_or(Error::NotFound("room"))
        })
        .await?;
    Ok(Json(history))
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

/// Takes away a room that no contract ever named (`ROOM_HAS_HISTORY`); one that was rented is closed instead.
#[utoipa::path(delete, path = "/v2/rooms/{id}", operation_id = "deleteRoom", tag = "rooms",
    params(("id" = RoomId, Path)), responses((status = 204, description = "It is gone."), Refusals))]
async fn remove(actor: Actor, Path(id): Path<RoomId>) -> Result<StatusCode> {
    actor.transact(async |tx| super::remove(tx, id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Closes a room after a last day; refused while a contract holds it later than that (`ROOM_LET`).
#[utoipa::path(post, path = "/v2/rooms/{id}/closing", operation_id = "closeRoom", tag = "rooms",
    params(("id" = RoomId, Path)), request_body = Closing, responses((status = 200, body = RoomView), Refusals))]
async fn close(actor: Actor, Path(id): Path<RoomId>, Json(order): Json<Closing>) -> Result<Json<RoomView>> {
    actor.transact(async |tx| super::close(tx, id, &order).await).await.map(Json)
}

/// Takes a closing back; refused when the room was merged or split (`ROOM_REMADE`).
#[utoipa::path(delete, path = "/v2/rooms/{id}/closing", operation_id = "reopenRoom", tag = "rooms",
    params(("id" = RoomId, Path)), responses((status = 200, body = RoomView), Refusals))]
async fn reopen(actor: Actor, Path(id): Path<RoomId>) -> Result<Json<RoomView>> {
    actor.transact(async |tx| super::reopen(tx, id).await).await.map(Json)
}
