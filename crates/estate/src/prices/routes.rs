//! The doors under /v2/room-prices.

use axum::response::Response;
use base::{Actor, App, Json, Refusals, Result, idempotency::Once};
use http::{HeaderMap, StatusCode};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::prices::{PriceAsking, PriceOrder, PricePreview, PricesChanged};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(preview)).routes(routes!(apply))
}

/// What a change would make of the asking prices of the chosen rooms, old and new, with the totals; changes nothing.
#[utoipa::path(post, path = "/v2/room-prices/preview", operation_id = "previewRoomPrices", tag = "room-prices",
    request_body = PriceAsking, responses((status = 200, body = PricePreview), Refusals))]
async fn preview(actor: Actor, Json(asked): Json<PriceAsking>) -> Result<Json<PricePreview>> {
    actor.transact(async |tx| super::preview(tx, &asked).await).await.map(Json)
}

/// Applies a change to all rooms that were looked at, or, when one of them has changed since, to none
/// (`ROOMS_CHANGED` names them).
#[utoipa::path(post, path = "/v2/room-prices", operation_id = "changeRoomPrices", tag = "room-prices",
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key twice is the change once.")),
    request_body = PriceOrder, responses((status = 200, body = PricesChanged), Refusals))]
async fn apply(actor: Actor, headers: HeaderMap, Json(order): Json<PriceOrder>) -> Result<Response> {
    let once = Once::new(&headers, "POST /v2/room-prices", &order)?;
    once.answer(&actor, StatusCode::OK, async |tx| super::apply(tx, &order).await).await
}
