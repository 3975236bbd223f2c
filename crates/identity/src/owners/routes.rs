//! The doors under /v2/property-owners.

use base::{Actor, App, Json, Path, Query, Refusals, Result, lists::Window};
use domain::{OwnerId, rights::Action};
use http::StatusCode;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page, Paging,
    owners::{OwnerChange, OwnerView, Visit},
};

use super::queries;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(get, edit)).routes(routes!(visit, leave))
}

/// The owners one may see: one's own, for platform staff all.
#[utoipa::path(get, path = "/v2/property-owners", operation_id = "listOwners", tag = "property-owners", params(Paging),
    responses((status = 200, body = Page<OwnerView>), Refusals))]
async fn list(actor: Actor, Query(paging): Query<Paging>) -> Result<Json<Page<OwnerView>>> {
    let window: Window<OwnerId> = Window::new(paging.limit, paging.cursor.as_deref())?;
    let owners = actor
        .transact(async |tx| {
            tx.allow(Action::ReadOwner)?;
            queries::page(tx, &window).await
        })
        .await?;
    Ok(Json(window.page(owners, |owner| owner.id)))
}

/// One owner.
#[utoipa::path(get, path = "/v2/property-owners/{id}", operation_id = "getOwner", tag = "property-owners",
    params(("id" = OwnerId, Path)), responses((status = 200, body = OwnerView), Refusals))]
async fn get(actor: Actor, Path(id): Path<OwnerId>) -> Result<Json<OwnerView>> {
    actor.transact(async |tx| super::find(tx, id).await).await.map(Json)
}

/// Changes an owner's settings.
#[utoipa::path(patch, path = "/v2/property-owners/{id}", operation_id = "editOwner", tag = "property-owners",
    params(("id" = OwnerId, Path)), request_body = OwnerChange, responses((status = 200, body = OwnerView), Refusals))]
async fn edit(actor: Actor, Path(id): Path<OwnerId>, Json(change): Json<OwnerChange>) -> Result<Json<OwnerView>> {
    actor.transact(async |tx| super::edit(tx, id, &change).await).await.map(Json)
}

/// The platform's staff go to an owner; every request from then on is written down where its director reads it.
#[utoipa::path(post, path = "/v2/property-owners/{id}/visit", operation_id = "visitOwner", tag = "property-owners",
    params(("id" = OwnerId, Path)), request_body = Visit, responses((status = 200, body = OwnerView), Refusals))]
async fn visit(actor: Actor, Path(id): Path<OwnerId>, Json(sent): Json<Visit>) -> Result<Json<OwnerView>> {
    super::visit(&actor, id, &sent).await.map(Json)
}

/// The platform's staff leave the owner they look at.
#[utoipa::path(delete, path = "/v2/property-owners/{id}/visit", operation_id = "leaveOwner", tag = "property-owners",
    params(("id" = OwnerId, Path)), responses((status = 204, description = "Left."), Refusals))]
async fn leave(actor: Actor, Path(id): Path<OwnerId>) -> Result<StatusCode> {
    super::leave(&actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
