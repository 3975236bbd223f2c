//! The doors under /v2/properties, and an owner's properties.

use base::{
    Actor, App, Error, Json, Path, Query, Refusals, Result,
    exports::{self, Exported, Workbook},
    lists::Window,
};
use domain::{OwnerId, PropertyId, rights::Action};
use http::StatusCode;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page, Paging,
    properties::{NewProperty, PropertyChange, PropertyView},
};

use super::{export::Properties, queries};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(export))
        .routes(routes!(get, edit))
        .routes(routes!(of_owner))
}

/// The buildings one may see, by name.
#[utoipa::path(get, path = "/v2/properties", operation_id = "listProperties", tag = "properties", params(Paging),
    responses((status = 200, body = Page<PropertyView>), Refusals))]
async fn list(actor: Actor, Query(paging): Query<Paging>) -> Result<Json<Page<PropertyView>>> {
    let window = Window::new(paging.limit, paging.cursor.as_deref())?;
    let properties = actor
        .transact(async |tx| {
            tx.allow(Action::ReadEstate)?;
            queries::page(tx, &window).await
        })
        .await?;
    Ok(Json(window.page(properties, |property| property.name.clone())))
}

/// The buildings one may see, as an Excel file.
#[utoipa::path(
    get,
    path = "/v2/properties/export",
    operation_id = "exportProperties",
    tag = "properties",
    responses(Workbook, Refusals)
)]
async fn export(actor: Actor) -> Result<Exported> {
    exports::export(&actor, Properties).await
}

/// An owner's buildings, by name.
#[utoipa::path(get, path = "/v2/property-owners/{id}/properties", operation_id = "listPropertiesOfOwner", tag = "properties",
    params(("id" = OwnerId, Path), Paging), responses((status = 200, body = Page<PropertyView>), Refusals))]
async fn of_owner(
    actor: Actor,
    Path(id): Path<OwnerId>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<PropertyView>>> {
    let window = Window::new(paging.limit, paging.cursor.as_deref())?;
    let properties = actor
        .transact(async |tx| {
            tx.allow(Action::ReadEstate)?;
            let own = queries::is_own(tx, id).await?;
            let properties = queries::page(tx, &window).await?;
            if own.rows()?.is_empty() {
                return Err(Error::NotFound("owner"));
            }
            Ok(properties)
        })
        .await?;
    Ok(Json(window.page(properties, |property| property.name.clone())))
}

/// One building.
#[utoipa::path(get, path = "/v2/properties/{id}", operation_id = "getProperty", tag = "properties",
    params(("id" = PropertyId, Path)), responses((status = 200, body = PropertyView), Refusals))]
async fn get(actor: Actor, Path(id): Path<PropertyId>) -> Result<Json<PropertyView>> {
    let property = actor
        .transact(async |tx| {
            tx.allow(Action::ReadEstate)?;
            queries::find(tx, id).await?.ok_or(Error::NotFound("property"))
        })
        .await?;
    Ok(Json(property))
}

/// Adds a building.
#[utoipa::path(post, path = "/v2/properties", operation_id = "createProperty", tag = "properties",
    request_body = NewProperty, responses((status = 201, body = PropertyView), Refusals))]
async fn create(actor: Actor, Json(new): Json<NewProperty>) -> Result<(StatusCode, Json<PropertyView>)> {
    let property = actor.transact(async |tx| super::create(tx, &new).await).await?;
    Ok((StatusCode::CREATED, Json(property)))
}

/// Changes a building.
#[utoipa::path(patch, path = "/v2/properties/{id}", operation_id = "editProperty", tag = "properties",
    params(("id" = PropertyId, Path)), request_body = PropertyChange,
    responses((status = 200, body = PropertyView), Refusals))]
async fn edit(
    actor: Actor,
    Path(id): Path<PropertyId>,
    Json(change): Json<PropertyChange>,
) -> Result<Json<PropertyView>> {
    actor.transact(async |tx| super::edit(tx, id, &change).await).await.map(Json)
}
