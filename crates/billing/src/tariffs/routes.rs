//! The doors under /v2/tariffs and /v2/common-rules.

use base::{Actor, App, Json, Path, Refusals, Result};
use domain::TariffId;
use http::StatusCode;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::tariffs::{CommonRuleView, NewCommonRule, NewTariff, TariffChange, TariffView};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(edit)).routes(routes!(rules, set_rule))
}

/// Every version of every price, the newest first.
#[utoipa::path(get, path = "/v2/tariffs", operation_id = "listTariffs", tag = "tariffs",
    responses((status = 200, body = [TariffView]), Refusals))]
async fn list(actor: Actor) -> Result<Json<Vec<TariffView>>> {
    actor.transact(async |tx| super::list(tx).await).await.map(Json)
}

/// Sets a price from a day on.
#[utoipa::path(post, path = "/v2/tariffs", operation_id = "createTariff", tag = "tariffs", request_body = NewTariff,
    responses((status = 201, body = TariffView), Refusals))]
async fn create(actor: Actor, Json(new): Json<NewTariff>) -> Result<(StatusCode, Json<TariffView>)> {
    let made = actor.transact(async |tx| super::create(tx, &new).await).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// Gives a version another last day.
#[utoipa::path(patch, path = "/v2/tariffs/{id}", operation_id = "editTariff", tag = "tariffs",
    params(("id" = TariffId, Path)), request_body = TariffChange, responses((status = 200, body = TariffView), Refusals))]
async fn edit(actor: Actor, Path(id): Path<TariffId>, Json(change): Json<TariffChange>) -> Result<Json<TariffView>> {
    actor.transact(async |tx| super::edit(tx, id, &change).await).await.map(Json)
}

/// How the buildings' common meters are shared out.
#[utoipa::path(get, path = "/v2/common-rules", operation_id = "listCommonRules", tag = "tariffs",
    responses((status = 200, body = [CommonRuleView]), Refusals))]
async fn rules(actor: Actor) -> Result<Json<Vec<CommonRuleView>>> {
    actor.transact(async |tx| super::rules(tx).await).await.map(Json)
}

/// Says how the common meters of a kind in a building are shared out.
#[utoipa::path(put, path = "/v2/common-rules", operation_id = "setCommonRule", tag = "tariffs", request_body = NewCommonRule,
    responses((status = 204, description = "Set."), Refusals))]
async fn set_rule(actor: Actor, Json(new): Json<NewCommonRule>) -> Result<StatusCode> {
    actor.transact(async |tx| super::set_rule(tx, &new).await).await?;
    Ok(StatusCode::NO_CONTENT)
}
