//! What an uploaded sheet holds, what is wrong with it, and what was written.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Refusal;

/// How a sheet is to be read; the file itself is the body.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct ImportOrder {
    /// true: nothing is written.
    #[serde(default)]
    pub dry_run: bool,
    /// Columns mapped by hand, as JSON: `{"Алтан Плаза": {"unit": "C"}}`; the rest is found by its words. An empty
    /// name of a sheet means the first one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mapping: Option<String>,
}

/// What was found in a sheet, and what became of it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportReport {
    pub dry_run: bool,
    /// For each sheet, in which column (by letter) each field was found: what `mapping` takes.
    pub columns: BTreeMap<String, BTreeMap<String, String>>,
    pub rows: Vec<ImportRow>,
    pub counts: ImportCounts,
}

/// One line of an answer that was asked for as `application/x-ndjson`: how far the import has come, and at last what
/// became of it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum ImportStep {
    Progress(ImportProgress),
    Report(ImportReport),
    Refusal(LateRefusal),
}

/// How much is written of what is to be written; all of it counts only once the report is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportProgress {
    pub done: u64,
    pub total: u64,
}

/// A refusal after the answer had begun, and the status that it would have had.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LateRefusal {
    pub status: u16,
    pub error: Refusal,
}

/// One row of a sheet.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportRow {
    pub sheet: String,
    /// As the spreadsheet counts, from 1.
    pub row: u32,
    /// `ok`, `vacant` or `error`.
    pub status: String,
    /// What people know the row by: unit, tenant, contract.
    pub title: String,
    pub errors: Vec<ImportError>,
}

/// What is wrong with a cell.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportError {
    /// The column's letter.
    pub column: Option<String>,
    pub field: String,
    pub kind: String,
    /// A sentence in the reader's language that names row and column.
    pub message: String,
}

/// How much was read and written.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportCounts {
    pub rows: i64,
    pub ok: i64,
    pub vacant: i64,
    pub errors: i64,
    pub rooms_added: i64,
    pub tenants_added: i64,
    pub contracts_added: i64,
    pub opening_balances_added: i64,
    pub invoices_added: i64,
    /// Rows whose room, tenant and contract were there already.
    pub known: i64,
}
