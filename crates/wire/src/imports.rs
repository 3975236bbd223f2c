//! What an uploaded sheet holds, what is wrong with it, and what was written.

use std::collections::BTreeMap;

use domain::{ImportId, ImportMappingId};
use jiff::Timestamp;
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
    /// What the file is called, for the list of imports.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(max_length = 200)]
    pub file_name: Option<String>,
    /// true: columns that were mapped by hand for a sheet with the same headings are not taken up again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub afresh: bool,
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
    /// The sheets whose columns were mapped by hand before, for the same headings.
    #[serde(default)]
    pub remembered: Vec<RememberedColumns>,
    /// By what it is listed and undone, once it is written.
    #[serde(default)]
    pub import_id: Option<ImportId>,
}

/// Columns that somebody mapped by hand, taken up again for a sheet with the same headings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RememberedColumns {
    pub id: ImportMappingId,
    /// The sheet of this file.
    pub sheet: String,
    /// When they were said last.
    pub since: Timestamp,
}

/// A sheet that was taken over.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportView {
    pub id: ImportId,
    pub kind: ImportKind,
    /// Empty when nobody said.
    pub file_name: String,
    pub status: ImportStatus,
    /// Null: the command line.
    pub user_name: Option<String>,
    pub counts: ImportCounts,
    pub undone_at: Option<Timestamp>,
    pub undone_by: Option<String>,
    pub undone_because: Option<String>,
    pub created_at: Timestamp,
}

/// What kind of sheet it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    RentRoll,
    Invoices,
    Readings,
}

/// Whether it still stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportStatus {
    Written,
    Undone,
}

impl ImportKind {
    pub fn as_str(self) -> &'static str {
        match self {
            ImportKind::RentRoll => "rent_roll",
            ImportKind::Invoices => "invoices",
            ImportKind::Readings => "readings",
        }
    }
}

impl ImportStatus {
    pub fn as_str(self) -> &'static str {
        match self {
            ImportStatus::Written => "written",
            ImportStatus::Undone => "undone",
        }
    }
}

/// Why an import is undone.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Undoing {
    #[schema(min_length = 1, max_length = 500, example = "Буруу файл оруулсан")]
    pub reason: String,
}

/// What undoing an import would do.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UndoView {
    /// How many of each thing would go: `{"reading": 123, "meter": 4}`.
    pub things: BTreeMap<String, i64>,
    /// Why it can't be undone, in the reader's language.
    pub refusal: Option<String>,
}

/// Columns that somebody mapped by hand.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportMappingView {
    pub id: ImportMappingId,
    pub kind: ImportKind,
    /// The sheet for which they were said last.
    pub sheet: String,
    /// Which column (by letter) holds a field; null: none does.
    pub columns: BTreeMap<String, Option<String>>,
    pub user_name: Option<String>,
    pub updated_at: Timestamp,
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
    #[serde(default)]
    pub meters_added: i64,
    #[serde(default)]
    pub readings_added: i64,
    /// Rows whose room, tenant and contract were there already.
    pub known: i64,
}
