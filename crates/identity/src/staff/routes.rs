//! The doors under /v2/staff.

use base::{
    Actor, App, Json, Path, Query, Refusals, Result,
    exports::{self, Exported, Workbook},
    lists::Window,
};
use domain::{MemberId, rights::Action};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page, Paging,
    staff::{StaffChange, StaffView},
};

use super::{export::Staff, queries};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(export))
        .routes(routes!(get, edit))
        .routes(routes!(remove))
}

/// Who works for the owner.
#[utoipa::path(get, path = "/v2/staff", operation_id = "listStaff", tag = "staff", params(Paging),
    responses((status = 200, body = Page<StaffView>), Refusals))]
async fn list(actor: Actor, Query(paging): Query<Paging>) -> Result<Json<Page<StaffView>>> {
    let window: Window<MemberId> = Window::new(paging.limit, paging.cursor.as_deref())?;
    let staff = actor
        .transact(async |tx| {
            tx.allow(Action::ReadStaff)?;
            queries::page(tx, &window).await
        })
        .await?;
    Ok(Json(window.page(staff, |member| member.id)))
}

/// Who works for the owner, as an Excel file.
#[utoipa::path(
    get,
    path = "/v2/staff/export",
    operation_id = "exportStaff",
    tag = "staff",
    responses(Workbook, Refusals)
)]
async fn export(actor: Actor) -> Result<Exported> {
    exports::export(&actor, Staff).await
}

/// Somebody who works for the owner.
#[utoipa::path(get, path = "/v2/staff/{id}", operation_id = "getStaff", tag = "staff",
    params(("id" = MemberId, Path)), responses((status = 200, body = StaffView), Refusals))]
async fn get(actor: Actor, Path(id): Path<MemberId>) -> Result<Json<StaffView>> {
    actor.transact(async |tx| super::find(tx, id).await).await.map(Json)
}

/// Changes somebody's role, properties, or whether they may come in; their sessions end at once when their role changes
/// or they are disabled.
#[utoipa::path(patch, path = "/v2/staff/{id}", operation_id = "editStaff", tag = "staff",
    params(("id" = MemberId, Path)), request_body = StaffChange, responses((status = 200, body = StaffView), Refusals))]
async fn edit(actor: Actor, Path(id): Path<MemberId>, Json(change): Json<StaffChange>) -> Result<Json<StaffView>> {
    actor.transact(async |tx| super::change(tx, id, &change).await).await.map(Json)
}

/// Ends somebody's work for the owner; their sessions end at once.
#[utoipa::path(post, path = "/v2/staff/{id}/removal", operation_id = "removeStaff", tag = "staff",
    params(("id" = MemberId, Path)), responses((status = 200, body = StaffView), Refusals))]
async fn remove(actor: Actor, Path(id): Path<MemberId>) -> Result<Json<StaffView>> {
    actor.transact(async |tx| super::remove(tx, id).await).await.map(Json)
}
