//! The public doors under /v2/links.

use axum::response::{IntoResponse, Response};
use base::{Actor, App, Json, Path, Refusals, Result};
use http::StatusCode;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::links::{IntentView, LinkedInvoice, NewIntent};

use super::{holder, view};
use crate::intents::{self, Asked};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get)).routes(routes!(ask))
}

/// The invoice behind a link. No sign-in: the token is the key.
#[utoipa::path(get, path = "/v2/links/{token}", operation_id = "getLinkedInvoice", tag = "links", security(()),
    params(("token" = String, Path)), responses((status = 200, body = LinkedInvoice), Refusals))]
async fn get(actor: Actor, Path(token): Path<String>) -> Result<Json<LinkedInvoice>> {
    holder(&actor, &token)?.transact(async |tx| view(tx).await).await.map(Json)
}

/// Asks for a QR for what is left to pay; 200 with the one asked for before while that can be paid.
#[utoipa::path(post, path = "/v2/links/{token}/payment-intents", operation_id = "askForQr", tag = "links", security(()),
    params(("token" = String, Path)), request_body = NewIntent,
    responses((status = 201, body = IntentView), (status = 200, body = IntentView), Refusals))]
async fn ask(actor: Actor, Path(token): Path<String>, Json(new): Json<NewIntent>) -> Result<Response> {
    let asked = holder(&actor, &token)?.transact(async |tx| intents::ask(tx, new.provider).await).await?;
    Ok(match asked {
        Asked::New(intent) => (StatusCode::CREATED, Json(intent)).into_response(),
        Asked::Before(intent) => Json(intent).into_response(),
    })
}
