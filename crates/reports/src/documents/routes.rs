//! The doors of documents: made and listed under their contract, opened by their own id.

use axum::response::Response;
use base::{Actor, App, Error, Json, Once, Path, Query, Refusals, Result, lists::Window, params};
use domain::{ContractId, DocumentId, rights::Action};
use http::{HeaderMap, StatusCode};
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page, Paging,
    documents::{DocumentView, DocumentWithLink, NewDocument},
};

use super::queries;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_page, make)).routes(routes!(get))
}

/// The documents of a contract, newest first.
#[utoipa::path(get, path = "/v2/contracts/{id}/documents", operation_id = "listDocuments", tag = "documents",
    params(("id" = ContractId, Path), Paging), responses((status = 200, body = Page<DocumentView>), Refusals))]
async fn get_page(
    actor: Actor,
    Path(id): Path<ContractId>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<DocumentView>>> {
    let window: Window<DocumentId> = Window::new(paging.limit, paging.cursor.as_deref())?;
    let documents = actor
        .transact(async |tx| {
            tx.allow(Action::ReadContracts)?;
            let contract = tx.ahead("select from contracts where id = $1", params![id]).await?;
            let documents = queries::page(tx, id, &window).await?;
            if contract.rows()?.is_empty() {
                return Err(Error::NotFound("contract"));
            }
            Ok(documents)
        })
        .await?;
    Ok(Json(window.page(documents, |document| document.id)))
}

/// Has a document of a contract made; it is ready a few seconds later.
#[utoipa::path(post, path = "/v2/contracts/{id}/documents", operation_id = "makeDocument", tag = "documents",
    params(("id" = ContractId, Path), ("Idempotency-Key" = Option<String>, Header, description = "The same key and body again is answered as the first time.")),
    request_body = NewDocument, responses((status = 201, body = DocumentView), Refusals))]
async fn make(
    actor: Actor,
    headers: HeaderMap,
    Path(id): Path<ContractId>,
    Json(new): Json<NewDocument>,
) -> Result<Response> {
    #[derive(Serialize)]
    struct Asked<'a> {
        contract: ContractId,
        #[serde(flatten)]
        document: &'a NewDocument,
    }
    let once = Once::new(&headers, "POST /v2/contracts/{id}/documents", &Asked { contract: id, document: &new })?;
    once.answer(&actor, StatusCode::CREATED, async |tx| super::make(tx, id, &new).await).await
}

/// A document, and once it is ready a link that opens its PDF for ten minutes.
#[utoipa::path(get, path = "/v2/documents/{id}", operation_id = "getDocument", tag = "documents",
    params(("id" = DocumentId, Path)), responses((status = 200, body = DocumentWithLink), Refusals))]
async fn get(actor: Actor, Path(id): Path<DocumentId>) -> Result<Json<DocumentWithLink>> {
    actor.transact(async |tx| super::open(tx, id).await).await.map(Json)
}
