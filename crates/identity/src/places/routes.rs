//! The doors under /v2/places.

use base::{Actor, App, Json, Path, Refusals, Result};
use domain::OwnerId;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::places::Places;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, seek)).routes(routes!(choose))
}

/// Where I rent, over all owners.
#[utoipa::path(get, path = "/v2/places", operation_id = "listPlaces", tag = "places",
    responses((status = 200, body = Places), Refusals))]
async fn list(actor: Actor) -> Result<Json<Places>> {
    let items = actor.transact(async |tx| super::list(tx).await).await?;
    Ok(Json(Places { items }))
}

/// Looks for contracts under my telephone and asks their owners; the answer holds what was known before too.
#[utoipa::path(post, path = "/v2/places", operation_id = "seekPlaces", tag = "places",
    responses((status = 200, body = Places), Refusals))]
async fn seek(actor: Actor) -> Result<Json<Places>> {
    super::seek(&actor).await?;
    list(actor).await
}

/// Goes to another place.
#[utoipa::path(post, path = "/v2/places/{ownerId}/choice", operation_id = "choosePlace", tag = "places",
    params(("ownerId" = OwnerId, Path)), responses((status = 200, body = Places), Refusals))]
async fn choose(actor: Actor, Path(owner): Path<OwnerId>) -> Result<Json<Places>> {
    let items = actor.transact(async |tx| super::choose(tx, owner).await).await?;
    Ok(Json(Places { items }))
}
