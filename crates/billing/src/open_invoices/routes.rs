//! The door under /v2/imports/invoices.

use std::collections::BTreeMap;

use axum::response::Response;
use base::{Actor, App, Error, Query, Refusals, Result};
use bytes::Bytes;
use leasing::imports::steps::{Listener, Steps};
use sheets::{Unreadable, Workbook, columns::Mapping, open_invoices::Field};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::imports::{ImportOrder, ImportReport, ImportStep};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(import))
}

/// Takes in the open bills of another system: a CSV or XLSX as the body.
#[utoipa::path(post, path = "/v2/imports/invoices", operation_id = "importInvoices", tag = "imports", params(ImportOrder),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, content((ImportReport = "application/json"), (ImportStep = "application/x-ndjson"))), Refusals))]
async fn import(actor: Actor, Query(order): Query<ImportOrder>, steps: Steps, body: Bytes) -> Result<Response> {
    let lang = actor.lang;
    let by_hand = mapping(order.mapping.as_deref())?;
    let workbook = tokio::task::spawn_blocking(move || Workbook::read("", &body)).await;
    let workbook = workbook.map_err(|error| Error::Internal(error.to_string()))?.map_err(refusal)?;
    let work = async move |listener: Listener| {
        let written = |done, total| listener.hears(done, total);
        let file_name = order.file_name.as_deref().unwrap_or_default();
        super::import(&actor, &workbook, file_name, &by_hand, order.dry_run, written).await
    };
    steps.answer(lang, work).await
}

/// `{"": {"contract": "B"}}`: the columns that a person has named, of whichever sheet; null where none holds a field.
fn mapping(json: Option<&str>) -> Result<Mapping<Field>> {
    const FIELDS: [Field; 8] = [
        Field::Code,
        Field::Contract,
        Field::Tenant,
        Field::Building,
        Field::Unit,
        Field::Period,
        Field::Amount,
        Field::DueOn,
    ];
    let wrong = || Error::field("mapping", "bad-format");
    let Some(json) = json else { return Ok(Mapping::default()) };
    let named: BTreeMap<String, BTreeMap<String, Option<String>>> = serde_json::from_str(json).map_err(|_| wrong())?;
    let mut mapping = Mapping::default();
    for (field, letters) in named.into_values().flatten() {
        let field = FIELDS.into_iter().find(|known| known.as_str() == field).ok_or_else(wrong)?;
        let column = letters.map(|letters| letters.parse()).transpose();
        mapping.columns.insert(field, column.map_err(|_| wrong())?);
    }
    Ok(mapping)
}

fn refusal(unreadable: Unreadable) -> Error {
    match unreadable {
        Unreadable::TooLarge | Unreadable::TooMuchInside => Error::PayloadTooLarge,
        Unreadable::NotASheet => Error::UnsupportedMediaType,
        Unreadable::Locked | Unreadable::Broken(_) => {
            tracing::debug!("a sheet could not be read: {unreadable}");
            Error::field("body", "bad-format")
        }
    }
}
