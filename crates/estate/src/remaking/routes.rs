//! The doors of mergers and splits.

use base::{Actor, App, Json, Refusals, Result};
use http::StatusCode;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::remaking::{NewMerger, NewSplit, Remade};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(merge)).routes(routes!(split))
}

/// Makes one room of several from a day on. Refused while a contract holds one of them then (`ROOM_LET`), and when the
/// areas do not add up and nobody has said why (`AREA_DIFFERS`).
#[utoipa::path(post, path = "/v2/room-mergers", operation_id = "mergeRooms", tag = "rooms",
    request_body = NewMerger, responses((status = 201, body = Remade), Refusals))]
async fn merge(actor: Actor, Json(order): Json<NewMerger>) -> Result<(StatusCode, Json<Remade>)> {
    let made = actor.transact(async |tx| super::merge(tx, &order).await).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// Makes several rooms of one from a day on; refused like a merger.
#[utoipa::path(post, path = "/v2/room-splits", operation_id = "splitRoom", tag = "rooms",
    request_body = NewSplit, responses((status = 201, body = Remade), Refusals))]
async fn split(actor: Actor, Json(order): Json<NewSplit>) -> Result<(StatusCode, Json<Remade>)> {
    let made = actor.transact(async |tx| super::split(tx, &order).await).await?;
    Ok((StatusCode::CREATED, Json(made)))
}
