//! The doors under /v2/months.

use axum::response::Response;
use base::{Actor, App, Json, Once, Path, Query, Refusals, Result};
use domain::Month;
use http::{HeaderMap, StatusCode};
use serde_json::json;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::months::{MonthPreview, PreviewOrder, RunOrder, RunResult};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(preview)).routes(routes!(run))
}

/// What a run of the month would do.
#[utoipa::path(get, path = "/v2/months/{month}/preview", operation_id = "previewMonth", tag = "months",
    params(("month" = Month, Path), PreviewOrder), responses((status = 200, body = MonthPreview), Refusals))]
async fn preview(
    actor: Actor,
    Path(month): Path<Month>,
    Query(order): Query<PreviewOrder>,
) -> Result<Json<MonthPreview>> {
    actor.transact(async |tx| super::preview(tx, month, order.issue_on).await).await.map(Json)
}

/// Makes the month's bills; a second run makes none.
#[utoipa::path(post, path = "/v2/months/{month}/run", operation_id = "runMonth", tag = "months", request_body = RunOrder,
    params(("month" = Month, Path),
           ("Idempotency-Key" = Option<String>, Header, description = "The same key and body again get the same answer.")),
    responses((status = 200, body = RunResult), Refusals))]
async fn run(
    actor: Actor,
    headers: HeaderMap,
    Path(month): Path<Month>,
    Json(order): Json<RunOrder>,
) -> Result<Response> {
    Once::new(&headers, "POST /v2/months/{month}/run", &json!({ "month": month, "order": order }))?
        .answer(&actor, StatusCode::OK, async |tx| super::run(tx, month, &order).await)
        .await
}
