//! The doors under /v2/document-batches.

use axum::response::Response;
use base::{Actor, App, Json, Once, Path, Query, Refusals, Result, lists::Window};
use domain::DocumentBatchId;
use http::{HeaderMap, StatusCode};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page, Paging,
    documents::{DocumentBatchView, NewDocumentBatch},
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_page, make)).routes(routes!(get))
}

/// The archives of documents, newest first.
#[utoipa::path(get, path = "/v2/document-batches", operation_id = "listDocumentBatches", tag = "documents",
    params(Paging), responses((status = 200, body = Page<DocumentBatchView>), Refusals))]
async fn get_page(actor: Actor, Query(paging): Query<Paging>) -> Result<Json<Page<DocumentBatchView>>> {
    let window: Window<DocumentBatchId> = Window::new(paging.limit, paging.cursor.as_deref())?;
    actor.transact(async |tx| super::page(tx, &window).await).await.map(Json)
}

/// Has the same document of every contract in force made, in one archive of at most 1000.
#[utoipa::path(post, path = "/v2/document-batches", operation_id = "makeDocumentBatch", tag = "documents",
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key and body again is answered as the first time.")),
    request_body = NewDocumentBatch, responses((status = 201, body = DocumentBatchView), Refusals))]
async fn make(actor: Actor, headers: HeaderMap, Json(new): Json<NewDocumentBatch>) -> Result<Response> {
    let once = Once::new(&headers, "POST /v2/document-batches", &new)?;
    once.answer(&actor, StatusCode::CREATED, async |tx| super::make(tx, &new).await).await
}

/// An archive: how far it is, and once it is ready a link that opens it for ten minutes.
#[utoipa::path(get, path = "/v2/document-batches/{id}", operation_id = "getDocumentBatch", tag = "documents",
    params(("id" = DocumentBatchId, Path)), responses((status = 200, body = DocumentBatchView), Refusals))]
async fn get(actor: Actor, Path(id): Path<DocumentBatchId>) -> Result<Json<DocumentBatchView>> {
    actor.transact(async |tx| super::open(tx, id).await).await.map(Json)
}
