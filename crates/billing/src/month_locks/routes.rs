//! The doors that lock a month and open it again.

use axum::response::Response;
use base::{Actor, App, Checks, Json, Once, Path, Refusals, Result};
use domain::Month;
use http::{HeaderMap, StatusCode};
use serde_json::json;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::tie_outs::{MonthLockView, MonthUnlock};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(lock)).routes(routes!(unlock))
}

/// Locks a month that is over and ties: nothing dated in it or before it changes any more.
#[utoipa::path(post, path = "/v2/months/{month}/lock", operation_id = "lockMonth", tag = "months",
    params(("month" = Month, Path),
           ("Idempotency-Key" = Option<String>, Header, description = "The same key again gets the same answer.")),
    responses((status = 201, body = MonthLockView), Refusals))]
async fn lock(actor: Actor, headers: HeaderMap, Path(month): Path<Month>) -> Result<Response> {
    Once::new(&headers, "POST /v2/months/{month}/lock", &json!({ "month": month }))?
        .answer(&actor, StatusCode::CREATED, async |tx| super::lock(tx, month).await)
        .await
}

/// Opens the last locked month again.
#[utoipa::path(post, path = "/v2/months/{month}/unlock", operation_id = "unlockMonth", tag = "months",
    params(("month" = Month, Path),
           ("Idempotency-Key" = Option<String>, Header, description = "The same key and body again get the same answer.")),
    request_body(content = MonthUnlock, example = json!({ "reason": "Нэхэмжлэл дутуу орсон" })),
    responses((status = 201, body = MonthLockView), Refusals))]
async fn unlock(
    actor: Actor,
    headers: HeaderMap,
    Path(month): Path<Month>,
    Json(sent): Json<MonthUnlock>,
) -> Result<Response> {
    Checks::new().name("reason", &sent.reason, 500).done()?;
    Once::new(&headers, "POST /v2/months/{month}/unlock", &json!({ "month": month, "reason": sent.reason }))?
        .answer(&actor, StatusCode::CREATED, async |tx| super::unlock(tx, month, sent.reason.trim()).await)
        .await
}
