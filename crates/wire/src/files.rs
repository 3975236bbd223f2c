//! Files: announced, uploaded straight to the store, confirmed, and read by links that last minutes.

use std::collections::BTreeMap;

use domain::{
    FileId,
    file::{FileKind, FileStatus, Purpose},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A file that is to come.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewFile {
    pub purpose: Purpose,
    /// The room, floor, building, contract or tenant it is of; the owner itself for its logo and seal.
    pub subject_id: Uuid,
    /// As people know it; it decides nothing.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    /// In bytes; exactly as many must come.
    #[schema(minimum = 1, maximum = 20_971_520)]
    pub size: u64,
    /// What the sender takes it for. What it is, its content says when it is confirmed.
    pub content_type: FileKind,
}

/// A file, with a link when it can be read.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FileView {
    pub id: FileId,
    pub purpose: Purpose,
    pub subject_id: Uuid,
    pub name: String,
    pub status: FileStatus,
    pub content_type: FileKind,
    /// In bytes.
    pub size: u64,
    /// Pixels, of a picture.
    pub width: Option<i32>,
    pub height: Option<i32>,
    /// Its place among those of the same purpose, from 1; null until it is ready.
    pub position: Option<i32>,
    /// Opens the file for everybody who has it, ten minutes at most: not to be kept. Null until it is ready.
    pub url: Option<String>,
    /// The same for a small picture of it; the large one's until the small one is made.
    pub thumb_url: Option<String>,
    pub url_expires_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// Where to send an announced file.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UploadView {
    pub file: FileView,
    /// `PUT`.
    pub method: String,
    /// Takes this one file, exactly as announced, until it expires.
    pub url: String,
    /// Headers to send with it, just as they are.
    pub headers: BTreeMap<String, String>,
    pub expires_at: Timestamp,
    /// The address is one of this API's own; otherwise it is a bucket's.
    pub is_here: bool,
}

/// Whose files a list is of.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct FileFilter {
    pub purpose: Purpose,
    /// The room, floor, building, contract, tenant or owner.
    pub subject_id: Uuid,
}

/// All files of one thing, in their order; there are never many.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FileList {
    pub items: Vec<FileView>,
    /// How many there may be.
    pub most: i32,
}

/// The order that files are to be in.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct FileOrder {
    pub purpose: Purpose,
    pub subject_id: Uuid,
    /// Each of them once, the first one first.
    #[schema(min_items = 1, max_items = 10)]
    pub ids: Vec<FileId>,
}
