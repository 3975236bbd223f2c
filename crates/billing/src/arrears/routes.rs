//! The doors of promises to pay and of reminders.

use axum::response::Response;
use base::{Actor, App, Checks, Json, Once, Path, Query, Refusals, Result, lists::Window};
use domain::{PromiseToPayId, ReminderOrderId};
use http::{HeaderMap, StatusCode};
use serde_json::json;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page,
    arrears::{
        NewPromiseToPay, PromiseToPayCancellation, PromiseToPayFilter, PromiseToPayView, ReminderOrder,
        ReminderOrderView, ReminderPreview, ReminderSettings, ReminderSettingsChange,
    },
};

use super::{promises, reminders, settings};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_promises, make_promise))
        .routes(routes!(cancel_promise))
        .routes(routes!(get_settings, change_settings))
        .routes(routes!(preview))
        .routes(routes!(order))
        .routes(routes!(get_order))
        .routes(routes!(retry))
}

/// Promises to pay, the latest day first.
#[utoipa::path(get, path = "/v2/promises-to-pay", operation_id = "listPromisesToPay", tag = "receivables",
    params(PromiseToPayFilter), responses((status = 200, body = Page<PromiseToPayView>), Refusals))]
async fn list_promises(actor: Actor, Query(filter): Query<PromiseToPayFilter>) -> Result<Json<Page<PromiseToPayView>>> {
    let window = Window::new(filter.limit, filter.cursor.as_deref())?;
    let rows = actor.transact(async |tx| promises::page(tx, &filter, &window).await).await?;
    Ok(Json(window.page(rows, |row| promises::Place(row.due_on, row.id))))
}

/// Writes a tenant's promise down.
#[utoipa::path(post, path = "/v2/promises-to-pay", operation_id = "makePromiseToPay", tag = "receivables",
    request_body = NewPromiseToPay,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key and body again get the same answer.")),
    responses((status = 201, body = PromiseToPayView), Refusals))]
async fn make_promise(actor: Actor, headers: HeaderMap, Json(new): Json<NewPromiseToPay>) -> Result<Response> {
    Once::new(&headers, "POST /v2/promises-to-pay", &new)?
        .answer(&actor, StatusCode::CREATED, async |tx| promises::make(tx, &new).await)
        .await
}

/// Takes an open promise back.
#[utoipa::path(post, path = "/v2/promises-to-pay/{id}/cancellation", operation_id = "cancelPromiseToPay",
    tag = "receivables", request_body = PromiseToPayCancellation, params(("id" = PromiseToPayId, Path)),
    responses((status = 200, body = PromiseToPayView), Refusals))]
async fn cancel_promise(
    actor: Actor,
    Path(id): Path<PromiseToPayId>,
    Json(sent): Json<PromiseToPayCancellation>,
) -> Result<Json<PromiseToPayView>> {
    Checks::new().name("reason", &sent.reason, 500).done()?;
    actor.transact(async |tx| promises::cancel(tx, id, sent.reason.trim()).await).await.map(Json)
}

/// When the owner's tenants are reminded, and what the texts say.
#[utoipa::path(get, path = "/v2/reminder-settings", operation_id = "getReminderSettings", tag = "receivables",
    responses((status = 200, body = ReminderSettings), Refusals))]
async fn get_settings(actor: Actor) -> Result<Json<ReminderSettings>> {
    actor.transact(async |tx| settings::find(tx).await).await.map(Json)
}

/// Changes when the owner's tenants are reminded, and what the texts say.
#[utoipa::path(put, path = "/v2/reminder-settings", operation_id = "changeReminderSettings", tag = "receivables",
    request_body = ReminderSettingsChange, responses((status = 200, body = ReminderSettings), Refusals))]
async fn change_settings(actor: Actor, Json(change): Json<ReminderSettingsChange>) -> Result<Json<ReminderSettings>> {
    actor.transact(async |tx| settings::change(tx, &change).await).await.map(Json)
}

/// What an order would send, to whom, and what it costs; nothing is written.
#[utoipa::path(post, path = "/v2/reminder-orders/preview", operation_id = "previewReminderOrder", tag = "receivables",
    request_body = ReminderOrder, responses((status = 200, body = ReminderPreview), Refusals))]
async fn preview(actor: Actor, Json(sent): Json<ReminderOrder>) -> Result<Json<ReminderPreview>> {
    actor.transact(async |tx| reminders::preview(tx, &sent).await).await.map(Json)
}

/// Reminds the tenants of these contracts.
#[utoipa::path(post, path = "/v2/reminder-orders", operation_id = "orderReminders", tag = "receivables",
    request_body = ReminderOrder,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key and body again get the same answer.")),
    responses((status = 201, body = ReminderOrderView), Refusals))]
async fn order(actor: Actor, headers: HeaderMap, Json(sent): Json<ReminderOrder>) -> Result<Response> {
    Once::new(&headers, "POST /v2/reminder-orders", &sent)?
        .answer(&actor, StatusCode::CREATED, async |tx| reminders::order(tx, &sent).await)
        .await
}

/// An order of reminders and how far each got.
#[utoipa::path(get, path = "/v2/reminder-orders/{id}", operation_id = "getReminderOrder", tag = "receivables",
    params(("id" = ReminderOrderId, Path)), responses((status = 200, body = ReminderOrderView), Refusals))]
async fn get_order(actor: Actor, Path(id): Path<ReminderOrderId>) -> Result<Json<ReminderOrderView>> {
    actor.transact(async |tx| reminders::show(tx, id).await).await.map(Json)
}

/// Sends the failed ones of an order again.
#[utoipa::path(post, path = "/v2/reminder-orders/{id}/retry", operation_id = "retryReminderOrder", tag = "receivables",
    params(("id" = ReminderOrderId, Path),
           ("Idempotency-Key" = Option<String>, Header, description = "The same key again gets the same answer.")),
    responses((status = 200, body = ReminderOrderView), Refusals))]
async fn retry(actor: Actor, headers: HeaderMap, Path(id): Path<ReminderOrderId>) -> Result<Response> {
    Once::new(&headers, "POST /v2/reminder-orders/{id}/retry", &json!({ "id": id }))?
        .answer(&actor, StatusCode::OK, async |tx| reminders::retry(tx, id).await)
        .await
}
