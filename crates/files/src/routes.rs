//! The doors under /v2/files.

use base::{Actor, App, Json, Path, Query, Refusals, Result};
use domain::FileId;
use http::StatusCode;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::files::{FileFilter, FileList, FileOrder, FileView, NewFile, UploadView};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, announce))
        .routes(routes!(order))
        .routes(routes!(get, remove))
        .routes(routes!(confirm))
}

/// The files of one thing in their order, each with links that last ten minutes.
#[utoipa::path(get, path = "/v2/files", operation_id = "listFiles", tag = "files", params(FileFilter),
    responses((status = 200, body = FileList), Refusals))]
async fn list(actor: Actor, Query(filter): Query<FileFilter>) -> Result<Json<FileList>> {
    actor.transact(async |tx| crate::list(tx, &filter).await).await.map(Json)
}

/// Announces a file: the answer says where its bytes are to be sent, straight to the store. Then confirm it.
#[utoipa::path(post, path = "/v2/files", operation_id = "announceFile", tag = "files",
    request_body = NewFile, responses((status = 201, body = UploadView), Refusals))]
async fn announce(actor: Actor, Json(new): Json<NewFile>) -> Result<(StatusCode, Json<UploadView>)> {
    let upload = actor.transact(async |tx| crate::announce(tx, &new).await).await?;
    Ok((StatusCode::CREATED, Json(upload)))
}

/// Puts the files of one thing into another order.
#[utoipa::path(put, path = "/v2/files/order", operation_id = "orderFiles", tag = "files",
    request_body = FileOrder, responses((status = 200, body = FileList), Refusals))]
async fn order(actor: Actor, Json(order): Json<FileOrder>) -> Result<Json<FileList>> {
    actor.transact(async |tx| crate::order(tx, &order).await).await.map(Json)
}

/// One file, with a link that lasts ten minutes.
#[utoipa::path(get, path = "/v2/files/{id}", operation_id = "getFile", tag = "files",
    params(("id" = FileId, Path)), responses((status = 200, body = FileView), Refusals))]
async fn get(actor: Actor, Path(id): Path<FileId>) -> Result<Json<FileView>> {
    actor.transact(async |tx| crate::find(tx, id).await).await.map(Json)
}

/// Removes a file.
#[utoipa::path(delete, path = "/v2/files/{id}", operation_id = "removeFile", tag = "files",
    params(("id" = FileId, Path)), responses((status = 204), Refusals))]
async fn remove(actor: Actor, Path(id): Path<FileId>) -> Result<StatusCode> {
    actor.transact(async |tx| crate::remove(tx, id).await).await.map(|()| StatusCode::NO_CONTENT)
}

/// Looks at what was sent and keeps it: its kind is told by its content, pictures are packed anew without what cameras
/// write into them. What is not fit is refused and thrown away.
#[utoipa::path(post, path = "/v2/files/{id}/confirm", operation_id = "confirmFile", tag = "files",
    params(("id" = FileId, Path)), responses((status = 200, body = FileView), Refusals))]
async fn confirm(actor: Actor, Path(id): Path<FileId>) -> Result<Json<FileView>> {
    crate::confirm(&actor, id).await.map(Json)
}
