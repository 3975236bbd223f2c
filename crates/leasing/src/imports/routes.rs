//! The doors under /v2/imports besides those that take files: what was imported, undoing it, columns remembered.

use base::{Actor, App, Error, Json, Path, Query, Refusals, Result, lists::Window};
use domain::{ImportId, ImportMappingId, rights::Action};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page, Paging,
    imports::{ImportMappingView, ImportView, UndoView, Undoing},
};

use super::{kept, mappings, undo};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(mappings_list))
        .routes(routes!(forget))
        .routes(routes!(get))
        .routes(routes!(look_at_undoing, undo_import))
}

/// The imports there were, newest first.
#[utoipa::path(get, path = "/v2/imports", operation_id = "listImports", tag = "imports", params(Paging),
    responses((status = 200, body = Page<ImportView>), Refusals))]
async fn list(actor: Actor, Query(paging): Query<Paging>) -> Result<Json<Page<ImportView>>> {
    let window: Window<ImportId> = Window::new(paging.limit, paging.cursor.as_deref())?;
    let imports = actor
        .transact(async |tx| {
            tx.allow(Action::Import)?;
            kept::page(tx, &window).await
        })
        .await?;
    Ok(Json(window.page(imports, |import| import.id)))
}

/// One import.
#[utoipa::path(get, path = "/v2/imports/{id}", operation_id = "getImport", tag = "imports",
    params(("id" = ImportId, Path)), responses((status = 200, body = ImportView), Refusals))]
async fn get(actor: Actor, Path(id): Path<ImportId>) -> Result<Json<ImportView>> {
    let import = actor
        .transact(async |tx| {
            tx.allow(Action::Import)?;
            kept::find(tx, id).await?.ok_or(Error::NotFound("import"))
        })
        .await?;
    Ok(Json(import))
}

/// Takes everything that an import made out again, as long as nobody has touched any of it.
#[utoipa::path(post, path = "/v2/imports/{id}/undoing", operation_id = "undoImport", tag = "imports",
    params(("id" = ImportId, Path)), request_body = Undoing,
    responses((status = 200, body = ImportView), Refusals))]
async fn undo_import(actor: Actor, Path(id): Path<ImportId>, Json(sent): Json<Undoing>) -> Result<Json<ImportView>> {
    actor.transact(async |tx| undo::undo(tx, id, &sent.reason).await).await.map(Json)
}

/// What undoing an import would take out, and what stands in the way.
#[utoipa::path(get, path = "/v2/imports/{id}/undoing", operation_id = "lookAtUndoing", tag = "imports",
    params(("id" = ImportId, Path)), responses((status = 200, body = UndoView), Refusals))]
async fn look_at_undoing(actor: Actor, Path(id): Path<ImportId>) -> Result<Json<UndoView>> {
    actor.transact(async |tx| undo::look(tx, id).await).await.map(Json)
}

/// Columns that were mapped by hand, the latest first; taken up again for sheets with the same headings.
#[utoipa::path(get, path = "/v2/imports/mappings", operation_id = "listImportMappings", tag = "imports",
    responses((status = 200, body = Vec<ImportMappingView>), Refusals))]
async fn mappings_list(actor: Actor) -> Result<Json<Vec<ImportMappingView>>> {
    actor.transact(async |tx| mappings::list(tx).await).await.map(Json)
}

/// Forgets columns that were mapped by hand.
#[utoipa::path(delete, path = "/v2/imports/mappings/{id}", operation_id = "forgetImportMapping", tag = "imports",
    params(("id" = ImportMappingId, Path)), responses((status = 200, body = ImportMappingView), Refusals))]
async fn forget(actor: Actor, Path(id): Path<ImportMappingId>) -> Result<Json<ImportMappingView>> {
    actor.transact(async |tx| mappings::forget(tx, id).await).await.map(Json)
}
