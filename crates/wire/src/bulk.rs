//! What is done to many invoices at once: looked at before, ordered, followed, tried again for what failed.

use domain::{
    BulkOrderId, InvoiceId, Money,
    bulk::{BulkItemStatus, BulkVerb},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{documents::DocumentLink, invoices::InvoiceFilter};

/// What is to be done to which invoices.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(example = json!({ "verb": "remind", "filter": { "period": "2026-11", "overdue": true } }))]
pub struct NewBulkOrder {
    pub verb: BulkVerb,
    /// All invoices that it picks; `ids` in it for single ones.
    pub filter: InvoiceFilter,
    /// Of a correction, why; it stands on each.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub reason: String,
    /// Of a reminder, which of the three; by the days it is late when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 3)]
    pub stage: Option<i16>,
    /// As many as the preview counted; with another number now, nothing is ordered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_count: Option<i64>,
}

/// What an order would do.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BulkPreview {
    pub verb: BulkVerb,
    /// How many invoices were chosen.
    pub chosen: i64,
    /// To how many of them it can be done.
    pub count: i64,
    /// What these come to.
    pub total: Money,
    /// What is still owed of them.
    pub balance: Money,
    pub left_out: Vec<BulkLeftOut>,
    /// The first two hundred.
    pub recipients: Vec<BulkRecipient>,
    /// How many telephones the texts go to.
    pub phones: i64,
    /// Of a verb that sends texts.
    pub texts: Option<BulkTexts>,
}

/// Invoices that are left out for the same reason.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BulkLeftOut {
    /// `NOT_DRAFT`, `NOT_ISSUED`, `NOT_OPEN`, `NOT_OVERDUE`, `NO_PHONE`, `NOTHING_TO_CORRECT`, `REMINDED`, `PROMISED`.
    pub reason: String,
    pub sentence: String,
    pub count: i64,
}

/// An invoice of the order and who hears of it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BulkRecipient {
    pub invoice_id: InvoiceId,
    pub code: Option<String>,
    pub customer_name: String,
    pub units: String,
    pub phone: Option<String>,
    /// Of a text what is owed, else the total.
    pub amount: Money,
    /// How many parts its text is charged as.
    pub parts: Option<i32>,
}

/// What the texts of an order come to.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BulkTexts {
    pub parts: i64,
    /// Of one part.
    pub price: Money,
    pub cost: Money,
}

/// An order and how far it is.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BulkOrderView {
    pub id: BulkOrderId,
    pub verb: BulkVerb,
    pub reason: String,
    pub count: i64,
    /// What its invoices came to.
    pub total: Money,
    pub waiting: i64,
    pub done: i64,
    pub failed: i64,
    /// Parts of texts sent by now.
    pub parts: i64,
    pub made_by: Option<String>,
    pub created_at: Timestamp,
}

/// One invoice of an order.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BulkItemView {
    pub invoice_id: InvoiceId,
    pub code: Option<String>,
    pub customer_name: String,
    pub units: String,
    pub phone: Option<String>,
    pub total: Money,
    pub status: BulkItemStatus,
    /// A word for why it failed, or what is to be known of it.
    pub reason: Option<String>,
    pub sentence: Option<String>,
    /// The correction that was made.
    pub result_id: Option<InvoiceId>,
    pub result_code: Option<String>,
    pub updated_at: Timestamp,
}

/// Which items of an order are asked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct BulkItemFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<BulkItemStatus>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// The PDF of an order that prints.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BulkPaper {
    pub pages: i32,
    /// In bytes.
    pub size: i64,
    /// Opens it for ten minutes.
    pub link: DocumentLink,
}
