//! The doors under /v2/tenant-links.

use base::{
    Actor, App, Checks, Error, Json, Path, Query, Refusals, Result,
    exports::{self, Exported, Workbook},
    lists::Window,
};
use domain::{TenantLinkId, rights::Action};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page,
    tenant_links::{LinkReason, TenantLinkFilter, TenantLinkView},
};

use super::{export::TenantLinks, queries};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(export))
        .routes(routes!(get))
        .routes(routes!(confirm))
        .routes(routes!(refuse))
        .routes(routes!(end))
}

/// People whose telephone is a tenant's, newest first.
#[utoipa::path(get, path = "/v2/tenant-links", operation_id = "listTenantLinks", tag = "tenant-links",
    params(TenantLinkFilter), responses((status = 200, body = Page<TenantLinkView>), Refusals))]
async fn list(actor: Actor, Query(filter): Query<TenantLinkFilter>) -> Result<Json<Page<TenantLinkView>>> {
    let window: Window<TenantLinkId> = Window::new(filter.limit, filter.cursor.as_deref())?;
    let links = actor
        .transact(async |tx| {
            tx.allow(Action::ReadTenantLinks)?;
            queries::page(tx, &filter, &window).await
        })
        .await?;
    Ok(Json(window.page(links, |link| link.id)))
}

/// The people whose telephone is a tenant's, as an Excel file.
#[utoipa::path(
    get,
    path = "/v2/tenant-links/export",
    operation_id = "exportTenantLinks",
    tag = "tenant-links",
    params(TenantLinkFilter),
    responses(Workbook, Refusals)
)]
async fn export(actor: Actor, Query(filter): Query<TenantLinkFilter>) -> Result<Exported> {
    exports::export(&actor, TenantLinks(filter)).await
}

/// One of them.
#[utoipa::path(get, path = "/v2/tenant-links/{id}", operation_id = "getTenantLink", tag = "tenant-links",
    params(("id" = TenantLinkId, Path)), responses((status = 200, body = TenantLinkView), Refusals))]
async fn get(actor: Actor, Path(id): Path<TenantLinkId>) -> Result<Json<TenantLinkView>> {
    let link = actor
        .transact(async |tx| {
            tx.allow(Action::ReadTenantLinks)?;
            queries::find(tx, id).await?.ok_or(Error::NotFound("tenant-link"))
        })
        .await?;
    Ok(Json(link))
}

/// Says that the person is the tenant, who from now on sees the tenant's contracts and bills.
#[utoipa::path(post, path = "/v2/tenant-links/{id}/confirmation", operation_id = "confirmTenantLink",
    tag = "tenant-links", params(("id" = TenantLinkId, Path)),
    responses((status = 200, body = TenantLinkView), Refusals))]
async fn confirm(actor: Actor, Path(id): Path<TenantLinkId>) -> Result<Json<TenantLinkView>> {
    actor.transact(async |tx| super::confirm(tx, id).await).await.map(Json)
}

/// Says that the person is not the tenant.
#[utoipa::path(post, path = "/v2/tenant-links/{id}/refusal", operation_id = "refuseTenantLink", tag = "tenant-links",
    params(("id" = TenantLinkId, Path)), request_body = LinkReason,
    responses((status = 200, body = TenantLinkView), Refusals))]
async fn refuse(
    actor: Actor,
    Path(id): Path<TenantLinkId>,
    Json(sent): Json<LinkReason>,
) -> Result<Json<TenantLinkView>> {
    let reason = read(sent)?;
    actor.transact(async |tx| super::refuse(tx, id, reason).await).await.map(Json)
}

/// Ends a link that was confirmed.
#[utoipa::path(post, path = "/v2/tenant-links/{id}/ending", operation_id = "endTenantLink", tag = "tenant-links",
    params(("id" = TenantLinkId, Path)), request_body = LinkReason,
    responses((status = 200, body = TenantLinkView), Refusals))]
async fn end(actor: Actor, Path(id): Path<TenantLinkId>, Json(sent): Json<LinkReason>) -> Result<Json<TenantLinkView>> {
    let reason = read(sent)?;
    actor.transact(async |tx| super::end(tx, id, reason).await).await.map(Json)
}

fn read(sent: LinkReason) -> Result<String> {
    Checks::new().text("reason", &sent.reason, 500).done()?;
    Ok(sent.reason.trim().to_owned())
}
