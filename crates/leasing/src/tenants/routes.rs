//! The doors under /v2/tenants.

use base::{
    Actor, App, Error, Json, Path, Query, Refusals, Result,
    exports::{self, Exported, Workbook},
    lists::Window,
};
use domain::{TenantId, rights::Action, text::sort_key};
use http::StatusCode;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page,
    tenants::{NewTenant, TenantChange, TenantFilter, TenantView},
};

use super::{export::Tenants, queries};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(export)).routes(routes!(get, edit))
}

/// Tenants by name.
#[utoipa::path(get, path = "/v2/tenants", operation_id = "listTenants", tag = "tenants", params(TenantFilter),
    responses((status = 200, body = Page<TenantView>), Refusals))]
async fn list(actor: Actor, Query(filter): Query<TenantFilter>) -> Result<Json<Page<TenantView>>> {
    let window = Window::new(filter.limit, filter.cursor.as_deref())?;
    let tenants = actor
        .transact(async |tx| {
            tx.allow(Action::ReadTenants)?;
            queries::page(tx, &filter, &window).await
        })
        .await?;
    Ok(Json(window.page(tenants, |tenant| (sort_key(&tenant.name), tenant.id))))
}

/// The tenants that a filter picks, as an Excel file.
#[utoipa::path(
    get,
    path = "/v2/tenants/export",
    operation_id = "exportTenants",
    tag = "tenants",
    params(TenantFilter),
    responses(Workbook, Refusals)
)]
async fn export(actor: Actor, Query(filter): Query<TenantFilter>) -> Result<Exported> {
    exports::export(&actor, Tenants(filter)).await
}

/// One tenant.
#[utoipa::path(get, path = "/v2/tenants/{id}", operation_id = "getTenant", tag = "tenants",
    params(("id" = TenantId, Path)), responses((status = 200, body = TenantView), Refusals))]
async fn get(actor: Actor, Path(id): Path<TenantId>) -> Result<Json<TenantView>> {
    let tenant = actor
        .transact(async |tx| {
            tx.allow(Action::ReadTenants)?;
            queries::find(tx, id).await?.ok_or(Error::NotFound("tenant"))
        })
        .await?;
    Ok(Json(tenant))
}

/// Registers a tenant.
#[utoipa::path(post, path = "/v2/tenants", operation_id = "createTenant", tag = "tenants",
    request_body = NewTenant, responses((status = 201, body = TenantView), Refusals))]
async fn create(actor: Actor, Json(new): Json<NewTenant>) -> Result<(StatusCode, Json<TenantView>)> {
    let tenant = actor.transact(async |tx| super::create(tx, &new).await).await?;
    Ok((StatusCode::CREATED, Json(tenant)))
}

/// Changes a tenant.
#[utoipa::path(patch, path = "/v2/tenants/{id}", operation_id = "editTenant", tag = "tenants",
    params(("id" = TenantId, Path)), request_body = TenantChange,
    responses((status = 200, body = TenantView), Refusals))]
async fn edit(actor: Actor, Path(id): Path<TenantId>, Json(change): Json<TenantChange>) -> Result<Json<TenantView>> {
    actor.transact(async |tx| super::edit(tx, id, &change).await).await.map(Json)
}
