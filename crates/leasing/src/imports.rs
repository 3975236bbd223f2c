//! Imports: the sheets that owners have, taken over as they are.

pub mod kept;
pub mod mappings;
pub mod rent_roll;
mod routes;
pub mod steps;
pub mod undo;

use axum::{
    extract::{DefaultBodyLimit, FromRequest, Request},
    response::Response,
};
use base::{Actor, App, Error, Query, Refusals, Result, Slice};
use bytes::Bytes;
use http::{StatusCode, header};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::imports::{ImportOrder, ImportReport, ImportStep};

use self::steps::{Listener, Steps};

pub fn slice() -> Slice {
    Slice::new("imports").routes(routes())
}

fn routes() -> OpenApiRouter<App> {
    let sheets = DefaultBodyLimit::max(sheets::workbook::MAX_BYTES);
    OpenApiRouter::new().routes(routes!(rent_roll)).layer(sheets).merge(routes::routes())
}

/// Takes over a rent roll; the body is the file. The right rows are written together, the wrong ones listed.
#[utoipa::path(post, path = "/v2/imports/rent-roll", operation_id = "importRentRoll", tag = "imports", params(ImportOrder),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "An .xlsx, .xls or .csv file of at most 20 MiB."),
    responses((status = 200, content((ImportReport = "application/json"), (ImportStep = "application/x-ndjson"))), Refusals))]
async fn rent_roll(actor: Actor, Query(order): Query<ImportOrder>, steps: Steps, file: SheetFile) -> Result<Response> {
    let order = rent_roll::Order {
        file_name: order.file_name.unwrap_or_else(|| "rent-roll".to_owned()),
        bytes: file.0,
        mapping: order.mapping,
        dry_run: order.dry_run,
        afresh: order.afresh,
    };
    let read = rent_roll::read(&actor, &order).await?;
    let lang = actor.lang;
    let work = async move |listener: Listener| {
        rent_roll::take_over(&actor, &read, |done, total| listener.hears(done, total)).await
    };
    steps.answer(lang, work).await
}

/// The bytes of a spreadsheet, its media type checked and nothing more.
struct SheetFile(Bytes);

/// What browsers and programs call spreadsheets; which one it is, the bytes say.
const KINDS: [&str; 5] = [
    "application/octet-stream",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.ms-excel",
    "text/csv",
    "application/csv",
];

impl<S: Send + Sync> FromRequest<S> for SheetFile {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<SheetFile> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let essence = kind.split(';').next().unwrap_or_default().trim();
        if !KINDS.iter().any(|known| essence.eq_ignore_ascii_case(known)) {
            return Err(Error::UnsupportedMediaType);
        }
        match Bytes::from_request(request, state).await {
            Ok(bytes) => Ok(SheetFile(bytes)),
            Err(refused) if refused.status() == StatusCode::PAYLOAD_TOO_LARGE => Err(Error::PayloadTooLarge),
            Err(_) => Err(Error::field("body", "bad-format")),
        }
    }
}
