//! The doors under /v2/bulk-orders; what an order would cost in texts is asked above, where texts are written.

use axum::response::Response;
use base::{Actor, App, Json, Once, Path, Query, Refusals, Result, lists::Window};
use domain::{BulkItemId, BulkOrderId, rights::Action};
use http::{HeaderMap, StatusCode};
use serde_json::json;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page, Paging,
    bulk::{BulkItemFilter, BulkItemView, BulkOrderView, NewBulkOrder},
};

use super::queries;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, make)).routes(routes!(get)).routes(routes!(items)).routes(routes!(retry))
}

/// Bulk orders, newest first.
#[utoipa::path(get, path = "/v2/bulk-orders", operation_id = "listBulkOrders", tag = "invoices", params(Paging),
    responses((status = 200, body = Page<BulkOrderView>), Refusals))]
async fn list(actor: Actor, Query(paging): Query<Paging>) -> Result<Json<Page<BulkOrderView>>> {
    let window: Window<BulkOrderId> = Window::new(paging.limit, paging.cursor.as_deref())?;
    let orders = actor
        .transact(async |tx| {
            tx.allow(Action::ReadInvoices)?;
            queries::page(tx, &window).await
        })
        .await?;
    Ok(Json(window.page(orders, |order| order.id)))
}

/// Has something done to many invoices: issued, sent again, reminded of, printed, corrected.
#[utoipa::path(post, path = "/v2/bulk-orders", operation_id = "makeBulkOrder", tag = "invoices",
    request_body = NewBulkOrder,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key and body again get the same answer.")),
    responses((status = 201, body = BulkOrderView), Refusals))]
async fn make(actor: Actor, headers: HeaderMap, Json(new): Json<NewBulkOrder>) -> Result<Response> {
    Once::new(&headers, "POST /v2/bulk-orders", &new)?
        .answer(&actor, StatusCode::CREATED, async |tx| super::make(tx, &new).await)
        .await
}

/// A bulk order and how far it is.
#[utoipa::path(get, path = "/v2/bulk-orders/{id}", operation_id = "getBulkOrder", tag = "invoices",
    params(("id" = BulkOrderId, Path)), responses((status = 200, body = BulkOrderView), Refusals))]
async fn get(actor: Actor, Path(id): Path<BulkOrderId>) -> Result<Json<BulkOrderView>> {
    actor.transact(async |tx| super::find(tx, id).await).await.map(Json)
}

/// The invoices of a bulk order, each with how it ended.
#[utoipa::path(get, path = "/v2/bulk-orders/{id}/items", operation_id = "listBulkItems", tag = "invoices",
    params(("id" = BulkOrderId, Path), BulkItemFilter), responses((status = 200, body = Page<BulkItemView>), Refusals))]
async fn items(
    actor: Actor,
    Path(id): Path<BulkOrderId>,
    Query(filter): Query<BulkItemFilter>,
) -> Result<Json<Page<BulkItemView>>> {
    let window: Window<BulkItemId> = Window::new(filter.limit, filter.cursor.as_deref())?;
    let items = actor
        .transact(async |tx| {
            super::find(tx, id).await?;
            queries::items(tx, id, filter.status, &window).await
        })
        .await?;
    let Page { items, next_cursor } = window.page(items, |(id, _)| *id);
    Ok(Json(Page { items: items.into_iter().map(|(_, item)| item).collect(), next_cursor }))
}

/// Has what failed of a bulk order done again.
#[utoipa::path(post, path = "/v2/bulk-orders/{id}/retry", operation_id = "retryBulkOrder", tag = "invoices",
    params(("id" = BulkOrderId, Path),
           ("Idempotency-Key" = Option<String>, Header, description = "The same key again gets the same answer.")),
    responses((status = 200, body = BulkOrderView), Refusals))]
async fn retry(actor: Actor, headers: HeaderMap, Path(id): Path<BulkOrderId>) -> Result<Response> {
    Once::new(&headers, "POST /v2/bulk-orders/{id}/retry", &json!({ "id": id }))?
        .answer(&actor, StatusCode::OK, async |tx| super::retry(tx, id).await)
        .await
}
