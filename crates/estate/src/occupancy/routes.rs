//! The doors of occupancy.

use base::{
    Actor, App, Error, Json, Path, Query, Refusals, Result,
    exports::{self, Exported, Workbook},
    lists::Window,
};
use domain::{PropertyId, rights::Action};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page,
    occupancy::{AsOf, FloorGrid, OccupancyFilter, PropertyOccupancy},
};

use super::{export::Buildings, queries};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(export)).routes(routes!(grid))
}

/// How much of each building is let on a day: let, notice given, listed, vacant, in rooms and m²; buildings by name.
#[utoipa::path(get, path = "/v2/occupancy", operation_id = "listOccupancy", tag = "occupancy", params(OccupancyFilter),
    responses((status = 200, body = Page<PropertyOccupancy>), Refusals))]
async fn list(actor: Actor, Query(filter): Query<OccupancyFilter>) -> Result<Json<Page<PropertyOccupancy>>> {
    let window = Window::new(filter.limit, filter.cursor.as_deref())?;
    let buildings = actor
        .transact(async |tx| {
            tx.allow(Action::ReadEstate)?;
            let day = crate::as_of(tx, filter.as_of)?;
            queries::page(tx, day, &window).await
        })
        .await?;
    Ok(Json(window.page(buildings, |building| building.property.name.clone())))
}

/// How much of each building is let, as an Excel file.
#[utoipa::path(
    get,
    path = "/v2/occupancy/export",
    operation_id = "exportOccupancy",
    tag = "occupancy",
    params(OccupancyFilter),
    responses(Workbook, Refusals)
)]
async fn export(actor: Actor, Query(filter): Query<OccupancyFilter>) -> Result<Exported> {
    exports::export(&actor, Buildings(filter)).await
}

/// A building on a day, floor by floor from the top down.
#[utoipa::path(get, path = "/v2/properties/{id}/grid", operation_id = "getFloorGrid", tag = "occupancy",
    params(("id" = PropertyId, Path), AsOf), responses((status = 200, body = FloorGrid), Refusals))]
async fn grid(actor: Actor, Path(id): Path<PropertyId>, Query(asked): Query<AsOf>) -> Result<Json<FloorGrid>> {
    let grid = actor
        .transact(async |tx| {
            tx.allow(Action::ReadEstate)?;
            let day = crate::as_of(tx, asked.as_of)?;
            queries::grid(tx, id, day).await?.ok_or(Error::NotFound("property"))
        })
        .await?;
    Ok(Json(grid))
}
