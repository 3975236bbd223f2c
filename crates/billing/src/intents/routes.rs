//! The doors of QRs for those who are signed in; whoever has an invoice's link comes in under /v2/links.

use axum::response::{IntoResponse, Response};
use base::{Actor, App, Json, Path, Refusals, Result};
use domain::InvoiceId;
use http::StatusCode;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::links::{IntentView, NewIntent};

use super::Asked;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(newest, ask))
}

/// The newest QR of an invoice.
#[utoipa::path(get, path = "/v2/invoices/{id}/payment-intents", operation_id = "getQr", tag = "invoices",
    params(("id" = InvoiceId, Path)), responses((status = 200, body = IntentView), Refusals))]
async fn newest(actor: Actor, Path(id): Path<InvoiceId>) -> Result<Json<IntentView>> {
    actor.transact(async |tx| super::look(tx, id).await).await.map(Json)
}

/// Asks for a QR for what is left to pay; 200 with the one asked for before while that can be paid.
#[utoipa::path(post, path = "/v2/invoices/{id}/payment-intents", operation_id = "askForQrOfInvoice", tag = "invoices",
    params(("id" = InvoiceId, Path)), request_body = NewIntent,
    responses((status = 201, body = IntentView), (status = 200, body = IntentView), Refusals))]
async fn ask(actor: Actor, Path(id): Path<InvoiceId>, Json(new): Json<NewIntent>) -> Result<Response> {
    actor.transact(async |tx| super::ask(tx, id, new.provider).await).await.map(answer)
}

/// Created, or found.
pub(crate) fn answer(asked: Asked) -> Response {
    match asked {
        Asked::New(intent) => (StatusCode::CREATED, Json(intent)).into_response(),
        Asked::Before(intent) => Json(intent).into_response(),
    }
}
