//! The public doors under /v2/links.

use axum::response::Response;
use base::{Actor, App, Json, Path, Refusals, Result};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::links::{IntentView, LinkedInvoice, NewIntent};

use super::{holder, view};
use crate::intents;

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
    let holder = holder(&actor, &token)?;
    let asked = holder.transact(async |tx| intents::ask(tx, tx.linked_invoice().await?, new.provider).await).await?;
    Ok(intents::answer(asked))
}
