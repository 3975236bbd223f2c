//! Views of the list of invoices that people keep under a name.

use domain::{ListViewId, list_view::InvoiceColumn};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::invoices::InvoiceFilter;

/// What a view shows, and who else sees it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(example = json!({ "name": "Хугацаа хэтэрсэн", "filter": { "overdue": true }, "columns": ["code", "tenant", "balance"] }))]
pub struct NewInvoiceListView {
    #[schema(min_length = 1, max_length = 60)]
    pub name: String,
    pub filter: InvoiceFilter,
    /// In their order; all when left out.
    #[serde(default)]
    #[schema(max_items = 18)]
    pub columns: Vec<InvoiceColumn>,
    /// Whether the owner's other staff see it too.
    #[serde(default)]
    pub shared: bool,
}

/// A view as one may choose it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvoiceListView {
    pub id: ListViewId,
    pub name: String,
    pub filter: InvoiceFilter,
    pub columns: Vec<InvoiceColumn>,
    pub shared: bool,
    /// It is the reader's own; another's is only looked at.
    pub mine: bool,
    pub made_by: Option<String>,
    pub updated_at: Timestamp,
}

/// All views that one may choose, one's own first.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvoiceListViews {
    pub items: Vec<InvoiceListView>,
}
