//! The doors under /v2/bank-lines.

use axum::response::Response;
use base::{Actor, App, Json, Once, Path, Query, Refusals, Result, lists::Window};
use domain::{BankTransactionId, rights::Action};
use http::{HeaderMap, StatusCode};
use serde_json::json;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page,
    matching::{
        MatchingFilter, MatchingLine, MatchingRules, MatchingRulesChange, MatchingRun, MatchingTotal, MatchingUndoing,
        MatchingWhy, NewMatchingLink,
    },
};

use super::queries::{self, Place};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(totals))
        .routes(routes!(run))
        .routes(routes!(get))
        .routes(routes!(link))
        .routes(routes!(ignore, regard))
        .routes(routes!(undoing, undo))
        .routes(routes!(rules, set_rules))
}

/// Bank lines, the oldest first.
#[utoipa::path(get, path = "/v2/bank-lines", operation_id = "listBankLines", tag = "bank-lines", params(MatchingFilter),
    responses((status = 200, body = Page<MatchingLine>), Refusals))]
async fn list(actor: Actor, Query(filter): Query<MatchingFilter>) -> Result<Json<Page<MatchingLine>>> {
    let window = Window::new(filter.limit, filter.cursor.as_deref())?;
    let lines = actor
        .transact(async |tx| {
            tx.allow(Action::RecordPayments)?;
            queries::page(tx, &filter, &window).await
        })
        .await?;
    Ok(Json(window.page(lines, |line| Place(line.posted_at, line.id))))
}

/// How many lines each state has, and their sums.
#[utoipa::path(get, path = "/v2/bank-lines/totals", operation_id = "bankLineTotals", tag = "bank-lines",
    params(MatchingFilter), responses((status = 200, body = [MatchingTotal]), Refusals))]
async fn totals(actor: Actor, Query(filter): Query<MatchingFilter>) -> Result<Json<Vec<MatchingTotal>>> {
    let totals = actor
        .transact(async |tx| {
            tx.allow(Action::RecordPayments)?;
            queries::totals(tx, &filter).await
        })
        .await?;
    Ok(Json(totals))
}

/// Judges all lines that wait.
#[utoipa::path(post, path = "/v2/bank-lines/runs", operation_id = "matchBankLines", tag = "bank-lines",
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key and body again get the same answer.")),
    responses((status = 200, body = MatchingRun), Refusals))]
async fn run(actor: Actor, headers: HeaderMap) -> Result<Response> {
    Once::new(&headers, "POST /v2/bank-lines/runs", &json!({}))?
        .answer(&actor, StatusCode::OK, async |tx| Ok(super::run(tx).await?.view()))
        .await
}

/// One bank line.
#[utoipa::path(get, path = "/v2/bank-lines/{id}", operation_id = "getBankLine", tag = "bank-lines",
    params(("id" = BankTransactionId, Path)), responses((status = 200, body = MatchingLine), Refusals))]
async fn get(actor: Actor, Path(id): Path<BankTransactionId>) -> Result<Json<MatchingLine>> {
    actor.transact(async |tx| super::find(tx, id).await).await.map(Json)
}

/// Puts a line on bills: the best candidate, or those that a person chose.
#[utoipa::path(post, path = "/v2/bank-lines/{id}/link", operation_id = "linkBankLine", tag = "bank-lines",
    request_body = NewMatchingLink,
    params(("id" = BankTransactionId, Path),
           ("Idempotency-Key" = Option<String>, Header, description = "The same key and body again get the same answer.")),
    responses((status = 201, body = MatchingLine), Refusals))]
async fn link(
    actor: Actor,
    headers: HeaderMap,
    Path(id): Path<BankTransactionId>,
    Json(new): Json<NewMatchingLink>,
) -> Result<Response> {
    Once::new(&headers, "POST /v2/bank-lines/{id}/link", &json!({ "id": id, "sent": new }))?
        .answer(&actor, StatusCode::CREATED, async |tx| super::link(tx, id, &new).await)
        .await
}

/// Lays a line aside.
#[utoipa::path(put, path = "/v2/bank-lines/{id}/ignored", operation_id = "ignoreBankLine", tag = "bank-lines",
    request_body = MatchingWhy, params(("id" = BankTransactionId, Path)),
    responses((status = 200, body = MatchingLine), Refusals))]
async fn ignore(
    actor: Actor,
    Path(id): Path<BankTransactionId>,
    Json(why): Json<MatchingWhy>,
) -> Result<Json<MatchingLine>> {
    actor.transact(async |tx| super::ignore(tx, id, &why.reason).await).await.map(Json)
}

/// Takes a line up again that was laid aside.
#[utoipa::path(delete, path = "/v2/bank-lines/{id}/ignored", operation_id = "regardBankLine", tag = "bank-lines",
    params(("id" = BankTransactionId, Path)), responses((status = 200, body = MatchingLine), Refusals))]
async fn regard(actor: Actor, Path(id): Path<BankTransactionId>) -> Result<Json<MatchingLine>> {
    actor.transact(async |tx| super::regard(tx, id).await).await.map(Json)
}

/// What undoing a line's link takes back with it.
#[utoipa::path(get, path = "/v2/bank-lines/{id}/undoing", operation_id = "previewBankLineUndoing", tag = "bank-lines",
    params(("id" = BankTransactionId, Path)), responses((status = 200, body = MatchingUndoing), Refusals))]
async fn undoing(actor: Actor, Path(id): Path<BankTransactionId>) -> Result<Json<MatchingUndoing>> {
    actor.transact(async |tx| super::what_undoing_undoes(tx, id).await).await.map(Json)
}

/// Undoes a line's link.
#[utoipa::path(post, path = "/v2/bank-lines/{id}/undoing", operation_id = "undoBankLine", tag = "bank-lines",
    request_body = MatchingWhy,
    params(("id" = BankTransactionId, Path),
           ("Idempotency-Key" = Option<String>, Header, description = "The same key and body again get the same answer.")),
    responses((status = 200, body = MatchingLine), Refusals))]
async fn undo(
    actor: Actor,
    headers: HeaderMap,
    Path(id): Path<BankTransactionId>,
    Json(why): Json<MatchingWhy>,
) -> Result<Response> {
    Once::new(&headers, "POST /v2/bank-lines/{id}/undoing", &json!({ "id": id, "sent": why }))?
        .answer(&actor, StatusCode::OK, async |tx| super::undo(tx, id, &why.reason).await)
        .await
}

/// What is written off when a line pays a little less.
#[utoipa::path(get, path = "/v2/matching-rules", operation_id = "getMatchingRules", tag = "bank-lines",
    responses((status = 200, body = MatchingRules), Refusals))]
async fn rules(actor: Actor) -> Result<Json<MatchingRules>> {
    actor.transact(async |tx| super::rules(tx).await).await.map(Json)
}

/// Says what may be written off.
#[utoipa::path(put, path = "/v2/matching-rules", operation_id = "setMatchingRules", tag = "bank-lines",
    request_body = MatchingRulesChange, responses((status = 200, body = MatchingRules), Refusals))]
async fn set_rules(actor: Actor, Json(change): Json<MatchingRulesChange>) -> Result<Json<MatchingRules>> {
    actor.transact(async |tx| super::set_rules(tx, &change).await).await.map(Json)
}
