//! The doors under /v2/months and /v2/month-runs.

use axum::response::Response;
use base::{
    Actor, App, Json, Once, Path, Query, Refusals, Result,
    exports::{self, Exported, Workbook},
    lists::Window,
};
use domain::{Month, MonthRunId};
use http::{HeaderMap, StatusCode};
use serde_json::json;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page, Paging,
    month_reports::MonthReports,
    month_work::MonthWork,
    months::{MonthPreview, MonthRunParked, MonthRunView, PreviewOrder, RunOrder, RunResult},
};

use super::export::Preview;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(preview))
        .routes(routes!(export_preview))
        .routes(routes!(run))
        .routes(routes!(get_runs))
        .routes(routes!(get_run))
        .routes(routes!(get_parked))
        .routes(routes!(get_reports))
        .routes(routes!(get_work))
}

/// What a run of the month would do, contract by contract in the order of their codes.
#[utoipa::path(get, path = "/v2/months/{month}/preview", operation_id = "previewMonth", tag = "months",
    params(("month" = Month, Path), PreviewOrder), responses((status = 200, body = MonthPreview), Refusals))]
async fn preview(
    actor: Actor,
    Path(month): Path<Month>,
    Query(order): Query<PreviewOrder>,
) -> Result<Json<MonthPreview>> {
    actor.transact(async |tx| super::preview(tx, month, &order).await).await.map(Json)
}

/// The preview as an Excel file: what the filter picks, in the same columns.
#[utoipa::path(get, path = "/v2/months/{month}/preview/export", operation_id = "exportMonthPreview", tag = "months",
    params(("month" = Month, Path), PreviewOrder), responses(Workbook, Refusals))]
async fn export_preview(actor: Actor, Path(month): Path<Month>, Query(order): Query<PreviewOrder>) -> Result<Exported> {
    exports::export(&actor, Preview { month, order }).await
}

/// Makes the month's bills; a second run makes none. A long run is answered while it goes on.
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
    let mut stopped = None;
    let answer = Once::new(&headers, "POST /v2/months/{month}/run", &json!({ "month": month, "order": order }))?
        .answer(&actor, StatusCode::OK, async |tx| super::run(tx, month, &order, &mut stopped).await)
        .await;
    if let Some(stopped) = &stopped {
        actor.transact(async |tx| super::remember(tx, stopped).await).await?;
    }
    answer
}

/// The runs of a month, the latest first.
#[utoipa::path(get, path = "/v2/months/{month}/runs", operation_id = "listMonthRuns", tag = "months",
    params(("month" = Month, Path), Paging), responses((status = 200, body = Page<MonthRunView>), Refusals))]
async fn get_runs(
    actor: Actor,
    Path(month): Path<Month>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<MonthRunView>>> {
    let window: Window<MonthRunId> = Window::new(paging.limit, paging.cursor.as_deref())?;
    actor.transact(async |tx| super::of_month_page(tx, month, &window).await).await.map(Json)
}

/// A run: how far it is, and what came of it.
#[utoipa::path(get, path = "/v2/month-runs/{id}", operation_id = "getMonthRun", tag = "months",
    params(("id" = MonthRunId, Path)), responses((status = 200, body = MonthRunView), Refusals))]
async fn get_run(actor: Actor, Path(id): Path<MonthRunId>) -> Result<Json<MonthRunView>> {
    actor.transact(async |tx| super::find(tx, id).await).await.map(Json)
}

/// Whom a run left out, each with the reason, in the order of the contracts' codes.
#[utoipa::path(get, path = "/v2/month-runs/{id}/parked", operation_id = "listMonthRunParked", tag = "months",
    params(("id" = MonthRunId, Path), Paging), responses((status = 200, body = Page<MonthRunParked>), Refusals))]
async fn get_parked(
    actor: Actor,
    Path(id): Path<MonthRunId>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<MonthRunParked>>> {
    let window: Window<(String, String)> = Window::new(paging.limit, paging.cursor.as_deref())?;
    actor.transact(async |tx| super::parked(tx, id, &window).await).await.map(Json)
}

/// The reports of a month: which were taken along whole since it was over, by whom.
#[utoipa::path(get, path = "/v2/months/{month}/reports", operation_id = "getMonthReports", tag = "months",
    params(("month" = Month, Path)), responses((status = 200, body = MonthReports), Refusals))]
async fn get_reports(actor: Actor, Path(month): Path<Month>) -> Result<Json<MonthReports>> {
    actor.transact(async |tx| super::reports::find(tx, month).await).await.map(Json)
}

/// The month's work in order: what is done of each step and what is open.
#[utoipa::path(get, path = "/v2/months/{month}/work", operation_id = "getMonthWork", tag = "months",
    params(("month" = Month, Path)), responses((status = 200, body = MonthWork), Refusals))]
async fn get_work(actor: Actor, Path(month): Path<Month>) -> Result<Json<MonthWork>> {
    actor.transact(async |tx| super::work::find(tx, month).await).await.map(Json)
}
