//! The doors under /v2/readings, /v2/utilities and /v2/imports/readings.

use std::collections::BTreeMap;

use base::{
    Actor, App, Error, Json, Query, Refusals, Result,
    exports::{self, Exported, Workbook},
};
use bytes::Bytes;
use sheets::{Unreadable, Workbook as Sheet, columns::Mapping, readings::Field};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page,
    imports::ImportReport,
    readings::{GridFilter, GridRow, GridTotals, ReadingsOrder, UtilityFilter, UtilityPreview},
};

use crate::utilities::UtilityLines;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(grid))
        .routes(routes!(totals))
        .routes(routes!(utilities))
        .routes(routes!(export_utilities))
        .routes(routes!(import))
}

/// The month's grid: every meter with what it showed before and now.
#[utoipa::path(get, path = "/v2/readings", operation_id = "listReadings", tag = "readings", params(GridFilter),
    responses((status = 200, body = Page<GridRow>), Refusals))]
async fn grid(actor: Actor, Query(filter): Query<GridFilter>) -> Result<Json<Page<GridRow>>> {
    actor.transact(async |tx| super::grid(tx, &filter).await).await.map(Json)
}

/// How far the month's readings are.
#[utoipa::path(get, path = "/v2/readings/totals", operation_id = "totalReadings", tag = "readings", params(GridFilter),
    responses((status = 200, body = GridTotals), Refusals))]
async fn totals(actor: Actor, Query(filter): Query<GridFilter>) -> Result<Json<GridTotals>> {
    actor.transact(async |tx| super::totals(tx, &filter).await).await.map(Json)
}

/// What the month's readings would be billed as, and who would get no bill and why.
#[utoipa::path(get, path = "/v2/utilities", operation_id = "previewUtilities", tag = "readings", params(UtilityFilter),
    responses((status = 200, body = UtilityPreview), Refusals))]
async fn utilities(actor: Actor, Query(filter): Query<UtilityFilter>) -> Result<Json<UtilityPreview>> {
    actor.transact(async |tx| crate::utilities::preview(tx, &filter).await).await.map(Json)
}

/// The same bills as an Excel file, line by line, each with how it was made.
#[utoipa::path(
    get,
    path = "/v2/utilities/export",
    operation_id = "exportUtilities",
    tag = "readings",
    params(UtilityFilter),
    responses(Workbook, Refusals)
)]
async fn export_utilities(actor: Actor, Query(filter): Query<UtilityFilter>) -> Result<Exported> {
    exports::export(&actor, UtilityLines(filter)).await
}

/// Takes in a month's readings: an XLSX, XLS or CSV as the body. Meters that are not known yet are made.
#[utoipa::path(post, path = "/v2/imports/readings", operation_id = "importReadings", tag = "imports", params(ReadingsOrder),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = ImportReport), Refusals))]
async fn import(actor: Actor, Query(order): Query<ReadingsOrder>, body: Bytes) -> Result<Json<ImportReport>> {
    let by_hand = mapping(order.mapping.as_deref())?;
    let name = order.file_name.clone().unwrap_or_default();
    let (called, read) = (name.clone(), move || Sheet::read(&name, &body));
    let workbook = tokio::task::spawn_blocking(read).await;
    let workbook = workbook.map_err(|error| Error::Internal(error.to_string()))?.map_err(refusal)?;
    let (_, report) = super::import::import(&actor, &workbook, &called, &by_hand, order.month, order.dry_run).await?;
    Ok(Json(report))
}

/// `{"": {"current": "G"}}`: the columns that a person has named, of all sheets; null where none holds a field.
fn mapping(json: Option<&str>) -> Result<Mapping<Field>> {
    let wrong = || Error::field("mapping", "bad-format");
    let Some(json) = json else { return Ok(Mapping::default()) };
    let named: BTreeMap<String, BTreeMap<String, Option<String>>> = serde_json::from_str(json).map_err(|_| wrong())?;
    let mut mapping = Mapping::default();
    for (field, letters) in named.into_values().flatten() {
        let field: Field = field.parse().map_err(|_| wrong())?;
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
