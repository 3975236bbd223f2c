//! The door of the tie-out.

use base::{Actor, App, Json, Path, Refusals, Result};
use domain::Month;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::tie_outs::TieOutView;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get))
}

/// How the month ties: ledger, open bills and statements side by side.
#[utoipa::path(get, path = "/v2/months/{month}/tie-out", operation_id = "getTieOut", tag = "months",
    params(("month" = Month, Path)), responses((status = 200, body = TieOutView), Refusals))]
async fn get(actor: Actor, Path(month): Path<Month>) -> Result<Json<TieOutView>> {
    actor.read_through(async |tx| super::find(tx, month).await).await.map(Json)
}
