//! The doors under /v2/floors.

use base::{Actor, App, Error, Json, Path, Query, Refusals, Result, lists::Window};
use domain::{FloorId, rights::Action};
use http::StatusCode;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page,
    properties::{FloorChange, FloorFilter, FloorView, NewFloor},
};

use super::queries;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, post)).routes(routes!(get, edit, remove))
}

/// The floors of a building, or of all buildings, from the bottom up.
#[utoipa::path(get, path = "/v2/floors", operation_id = "listFloors", tag = "floors", params(FloorFilter),
    responses((status = 200, body = Page<FloorView>), Refusals))]
async fn list(actor: Actor, Query(filter): Query<FloorFilter>) -> Result<Json<Page<FloorView>>> {
    let window = Window::new(filter.limit, filter.cursor.as_deref())?;
    let floors = actor
        .transact(async |tx| {
            tx.allow(Action::ReadEstate)?;
            queries::page(tx, filter.property_id, &window).await
        })
        .await?;
    Ok(Json(window.page(floors, |floor| (floor.property_id, floor.number))))
}

/// One floor.
#[utoipa::path(get, path = "/v2/floors/{id}", operation_id = "getFloor", tag = "floors",
    params(("id" = FloorId, Path)), responses((status = 200, body = FloorView), Refusals))]
async fn get(actor: Actor, Path(id): Path<FloorId>) -> Result<Json<FloorView>> {
    let floor = actor
        .transact(async |tx| {
            tx.allow(Action::ReadEstate)?;
            queries::find(tx, id).await?.ok_or(Error::NotFound("floor"))
        })
        .await?;
    Ok(Json(floor))
}

/// Adds a floor to a building.
#[utoipa::path(post, path = "/v2/floors", operation_id = "createFloor", tag = "floors",
    request_body = NewFloor, responses((status = 201, body = FloorView), Refusals))]
async fn post(actor: Actor, Json(new): Json<NewFloor>) -> Result<(StatusCode, Json<FloorView>)> {
    let floor = actor.transact(async |tx| super::create(tx, &new).await).await?;
    Ok((StatusCode::CREATED, Json(floor)))
}

/// Gives a floor another number or another name.
#[utoipa::path(patch, path = "/v2/floors/{id}", operation_id = "editFloor", tag = "floors",
    params(("id" = FloorId, Path)), request_body = FloorChange, responses((status = 200, body = FloorView), Refusals))]
async fn edit(actor: Actor, Path(id): Path<FloorId>, Json(change): Json<FloorChange>) -> Result<Json<FloorView>> {
    actor.transact(async |tx| super::edit(tx, id, &change).await).await.map(Json)
}

/// Takes a floor away on which there is no room (`FLOOR_NOT_EMPTY`).
#[utoipa::path(delete, path = "/v2/floors/{id}", operation_id = "deleteFloor", tag = "floors",
    params(("id" = FloorId, Path)), responses((status = 204, description = "It is gone."), Refusals))]
async fn remove(actor: Actor, Path(id): Path<FloorId>) -> Result<StatusCode> {
    actor.transact(async |tx| super::remove(tx, id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}
