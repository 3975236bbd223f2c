//! The doors of a contract's steps; the one that ends it, with its settlement, is billing's.

use axum::response::Response;
use base::{Actor, App, Json, Once, Path, Query, Refusals, Result};
use domain::ContractId;
use http::{HeaderMap, StatusCode};
use serde_json::json;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    contracts::ContractView,
    lifecycle::{ContractStep, Extension, ExtensionAsked, Renewal, RenewalAsked, Signature, StepBack, TermPreview},
};

use crate::contracts::{extension, renewal, signing};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(send))
        .routes(routes!(take_back))
        .routes(routes!(sign))
        .routes(routes!(activate))
        .routes(routes!(extend))
        .routes(routes!(preview_extension))
        .routes(routes!(renew))
        .routes(routes!(preview_renewal))
}

/// Sends a draft for signature; the tenant sees it from now on.
#[utoipa::path(post, path = "/v2/contracts/{id}/sending", operation_id = "sendContract", tag = "contracts",
    params(("id" = ContractId, Path)),
    request_body(content = ContractStep, example = json!({ "version": 1 })),
    responses((status = 200, body = ContractView), Refusals))]
async fn send(actor: Actor, Path(id): Path<ContractId>, Json(order): Json<ContractStep>) -> Result<Json<ContractView>> {
    actor.transact(async |tx| signing::send(tx, id, &order).await).await.map(Json)
}

/// Makes a draft again of what was sent for signature.
#[utoipa::path(post, path = "/v2/contracts/{id}/return", operation_id = "returnContract", tag = "contracts",
    params(("id" = ContractId, Path)),
    request_body(content = StepBack, example = json!({ "reason": "Түрээслэгч хугацааг өөрчлөхийг хүссэн" })),
    responses((status = 200, body = ContractView), Refusals))]
async fn take_back(
    actor: Actor,
    Path(id): Path<ContractId>,
    Json(order): Json<StepBack>,
) -> Result<Json<ContractView>> {
    actor.transact(async |tx| signing::take_back(tx, id, &order).await).await.map(Json)
}

/// Signs a contract, which puts it into force.
#[utoipa::path(post, path = "/v2/contracts/{id}/signature", operation_id = "signContract", tag = "contracts",
    params(("id" = ContractId, Path)),
    request_body(content = Signature, example = json!({ "signedOn": "2026-11-20" })),
    responses((status = 200, body = ContractView), Refusals))]
async fn sign(actor: Actor, Path(id): Path<ContractId>, Json(order): Json<Signature>) -> Result<Json<ContractView>> {
    actor.transact(async |tx| signing::sign(tx, id, &order).await).await.map(Json)
}

/// Puts a contract into force without a signature.
#[utoipa::path(post, path = "/v2/contracts/{id}/activation", operation_id = "activateContract", tag = "contracts",
    params(("id" = ContractId, Path)),
    request_body(content = ContractStep, example = json!({ "version": 1 })),
    responses((status = 200, body = ContractView), Refusals))]
async fn activate(
    actor: Actor,
    Path(id): Path<ContractId>,
    Json(order): Json<ContractStep>,
) -> Result<Json<ContractView>> {
    actor.transact(async |tx| signing::activate(tx, id, &order).await).await.map(Json)
}

/// Gives a contract in force a later end, and from a day other prices.
#[utoipa::path(post, path = "/v2/contracts/{id}/extension", operation_id = "extendContract", tag = "contracts",
    params(("id" = ContractId, Path)),
    request_body(content = Extension, example = json!({ "endsOn": "2027-12-31",
        "prices": { "from": "2027-01-01", "increaseBp": 750 }, "reason": "Талууд тохиролцсон", "version": 3 })),
    responses((status = 200, body = ContractView), Refusals))]
async fn extend(actor: Actor, Path(id): Path<ContractId>, Json(order): Json<Extension>) -> Result<Json<ContractView>> {
    actor.transact(async |tx| extension::extend(tx, id, &order).await).await.map(Json)
}

/// What an extension would change.
#[utoipa::path(get, path = "/v2/contracts/{id}/extension-preview", operation_id = "previewExtension", tag = "contracts",
    params(("id" = ContractId, Path), ExtensionAsked), responses((status = 200, body = TermPreview), Refusals))]
async fn preview_extension(
    actor: Actor,
    Path(id): Path<ContractId>,
    Query(asked): Query<ExtensionAsked>,
) -> Result<Json<TermPreview>> {
    actor.transact(async |tx| extension::preview(tx, id, &asked).await).await.map(Json)
}

/// Drafts the contract that goes on from this one.
#[utoipa::path(post, path = "/v2/contracts/{id}/renewal", operation_id = "renewContract", tag = "contracts",
    params(("id" = ContractId, Path),
           ("Idempotency-Key" = Option<String>, Header, description = "The same key and body again is answered as the first time.")),
    request_body(content = Renewal, example = json!({ "endsOn": "2028-12-31", "increaseBp": 1000, "version": 3 })),
    responses((status = 201, body = ContractView), Refusals))]
async fn renew(
    actor: Actor,
    headers: HeaderMap,
    Path(id): Path<ContractId>,
    Json(order): Json<Renewal>,
) -> Result<Response> {
    Once::new(&headers, "POST /v2/contracts/{id}/renewal", &json!({ "id": id, "order": order }))?
        .answer(&actor, StatusCode::CREATED, async |tx| renewal::renew(tx, id, &order).await)
        .await
}

/// What a renewal would be.
#[utoipa::path(get, path = "/v2/contracts/{id}/renewal-preview", operation_id = "previewRenewal", tag = "contracts",
    params(("id" = ContractId, Path), RenewalAsked), responses((status = 200, body = TermPreview), Refusals))]
async fn preview_renewal(
    actor: Actor,
    Path(id): Path<ContractId>,
    Query(asked): Query<RenewalAsked>,
) -> Result<Json<TermPreview>> {
    actor.transact(async |tx| renewal::preview(tx, id, &asked).await).await.map(Json)
}
