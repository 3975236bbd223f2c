//! The doors under /v2/meters.

use axum::response::Response;
use base::{Actor, App, Json, Once, Path, Query, Refusals, Result};
use domain::{MeterId, Month};
use http::{HeaderMap, StatusCode};
use serde_json::json;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page,
    meters::{MeterFilter, MeterView, NewMeter, Replacement},
    readings::{NewHandover, NewReading, ReadingView},
};

use crate::readings;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(get))
        .routes(routes!(replace))
        .routes(routes!(history))
        .routes(routes!(read))
        .routes(routes!(hand_over))
}

/// The meters one may see: a tenant those of its rooms.
#[utoipa::path(get, path = "/v2/meters", operation_id = "listMeters", tag = "meters", params(MeterFilter),
    responses((status = 200, body = Page<MeterView>), Refusals))]
async fn list(actor: Actor, Query(filter): Query<MeterFilter>) -> Result<Json<Page<MeterView>>> {
    actor.transact(async |tx| super::list(tx, &filter).await).await.map(Json)
}

/// One meter.
#[utoipa::path(get, path = "/v2/meters/{id}", operation_id = "getMeter", tag = "meters", params(("id" = MeterId, Path)),
    responses((status = 200, body = MeterView), Refusals))]
async fn get(actor: Actor, Path(id): Path<MeterId>) -> Result<Json<MeterView>> {
    actor.transact(async |tx| super::find(tx, id).await).await.map(Json)
}

/// Hangs a meter in a room, or in the building for all.
#[utoipa::path(post, path = "/v2/meters", operation_id = "createMeter", tag = "meters", request_body = NewMeter,
    responses((status = 201, body = MeterView), Refusals))]
async fn create(actor: Actor, Json(new): Json<NewMeter>) -> Result<(StatusCode, Json<MeterView>)> {
    let made = actor.transact(async |tx| super::create(tx, &new).await).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// Takes a meter away with its last reading and hangs another in its place.
#[utoipa::path(post, path = "/v2/meters/{id}/replacement", operation_id = "replaceMeter", tag = "meters",
    params(("id" = MeterId, Path)), request_body = Replacement, responses((status = 201, body = MeterView), Refusals))]
async fn replace(
    actor: Actor,
    Path(id): Path<MeterId>,
    Json(order): Json<Replacement>,
) -> Result<(StatusCode, Json<MeterView>)> {
    let made = actor.transact(async |tx| super::replace(tx, id, &order).await).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// What the meter showed in the last three years, the newest first; a tenant sees the months of its contracts.
#[utoipa::path(get, path = "/v2/meters/{id}/readings", operation_id = "listReadingsOfMeter", tag = "meters",
    params(("id" = MeterId, Path)), responses((status = 200, body = [ReadingView]), Refusals))]
async fn history(actor: Actor, Path(id): Path<MeterId>) -> Result<Json<Vec<ReadingView>>> {
    actor.transact(async |tx| readings::history(tx, id).await).await.map(Json)
}

/// Writes down what the meter showed in a month, or puts it right while the month is not billed.
#[utoipa::path(put, path = "/v2/meters/{id}/readings/{month}", operation_id = "readMeter", tag = "meters",
    params(("id" = MeterId, Path), ("month" = Month, Path),
           ("Idempotency-Key" = Option<String>, Header, description = "The same key and body again get the same answer.")),
    request_body = NewReading, responses((status = 200, body = ReadingView), Refusals))]
async fn read(
    actor: Actor,
    headers: HeaderMap,
    Path((id, month)): Path<(MeterId, Month)>,
    Json(new): Json<NewReading>,
) -> Result<Response> {
    let sent = json!({ "meterId": id, "month": month, "reading": new });
    Once::new(&headers, "PUT /v2/meters/{id}/readings/{month}", &sent)?
        .answer(&actor, StatusCode::OK, async |tx| readings::read(tx, id, month, &new).await)
        .await
}

/// Writes down what the meter showed on the day a contract began.
#[utoipa::path(post, path = "/v2/meters/{id}/handovers", operation_id = "handMeterOver", tag = "meters",
    params(("id" = MeterId, Path)), request_body = NewHandover, responses((status = 201, body = ReadingView), Refusals))]
async fn hand_over(
    actor: Actor,
    Path(id): Path<MeterId>,
    Json(new): Json<NewHandover>,
) -> Result<(StatusCode, Json<ReadingView>)> {
    let made = actor.transact(async |tx| readings::hand_over(tx, id, &new).await).await?;
    Ok((StatusCode::CREATED, Json(made)))
}
