//! Documents: contracts, hand-over acts and statements of account as PDF, one by one or many in an archive.

use domain::{
    ContractId, DocumentBatchId, DocumentId, PropertyId,
    document::{DocumentKind, DocumentStatus, HandOverTo},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A document to be made. Each time it is made is a version of its own; older ones stay.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(example = json!({ "kind": "statement", "from": "2026-01-01", "to": "2026-11-30" }))]
pub struct NewDocument {
    pub kind: DocumentKind,
    /// Of a statement: its first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Of a statement: its last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Of a hand-over act: the day; today when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// Of a hand-over act: who takes the rooms over; the tenant when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hand_over_to: Option<HandOverTo>,
    /// Post and name of who signs for the owner; a blank to be filled in by hand when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 120)]
    pub signer: Option<String>,
}

/// A document of a contract.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DocumentView {
    pub id: DocumentId,
    pub contract_id: ContractId,
    pub kind: DocumentKind,
    /// Counted from 1 for each contract and kind.
    pub version: i32,
    /// As it is printed on it.
    pub number: String,
    /// The day printed on it.
    pub dated_on: Date,
    /// The contract was not in force when it was made: every page says so, and the tenant does not see it.
    pub draft: bool,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub hand_over_to: Option<HandOverTo>,
    pub status: DocumentStatus,
    /// Why it could not be made: `charges`, `picture`, `too-large`, `store` or `template`.
    pub failure: Option<String>,
    /// In bytes, once it is ready.
    pub size: Option<i64>,
    pub pages: Option<i32>,
    pub made_by: Option<String>,
    pub created_at: Timestamp,
}

/// A document with the link that opens it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DocumentWithLink {
    #[serde(flatten)]
    pub document: DocumentView,
    /// Opens the PDF for ten minutes; null while there is none.
    pub link: Option<DocumentLink>,
}

/// An address that opens without a session, for a few minutes.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DocumentLink {
    pub url: String,
    pub expires_at: Timestamp,
}

/// The PDF of an invoice and how far it is.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvoicePaper {
    pub status: DocumentStatus,
    pub pages: Option<i32>,
    /// In bytes, once it is ready.
    pub size: Option<i64>,
    /// Opens the PDF for ten minutes; null while there is none.
    pub link: Option<DocumentLink>,
}

/// The same document of many contracts, in one ZIP archive.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(example = json!({ "kind": "statement", "from": "2026-01-01", "to": "2026-11-30" }))]
pub struct NewDocumentBatch {
    /// `contract` or `statement`.
    pub kind: DocumentKind,
    /// Of statements: their first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Of statements: their last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Contracts in force in this building only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub property_id: Option<PropertyId>,
    /// As in [`NewDocument`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 120)]
    pub signer: Option<String>,
}

/// An archive of documents and how far it is.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DocumentBatchView {
    pub id: DocumentBatchId,
    pub kind: DocumentKind,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub property_id: Option<PropertyId>,
    pub status: DocumentStatus,
    /// As in [`DocumentView`]; `empty` when nothing could be made.
    pub failure: Option<String>,
    /// How many contracts there are.
    pub total: i32,
    /// How many are in the archive already.
    pub done: i32,
    /// The codes of contracts whose document could not be made.
    pub left_out: Vec<String>,
    /// In bytes, once it is ready.
    pub size: Option<i64>,
    pub link: Option<DocumentLink>,
    pub created_at: Timestamp,
}
