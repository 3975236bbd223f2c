//! Whether anybody is here at all.

use base::App;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(ok))
}

/// Yes.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct Here {
    ok: bool,
}

/// Answers as long as anything does.
#[utoipa::path(get, path = "/api/auth/ok", tag = "auth", security(()), responses(
    (status = 200, body = Here, description = "Here.")))]
async fn ok() -> axum::Json<Here> {
    axum::Json(Here { ok: true })
}
