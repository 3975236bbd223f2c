//! What of a bill is given up for good: asked, decided, taken back.

use domain::{ContractId, InvoiceId, Money, WriteOffId, write_off::WriteOffStatus};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Asks that a bill's rest, or a part of it, be written off.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(example = json!({ "reason": "Түрээслэгч татан буугдсан" }))]
pub struct NewWriteOff {
    /// All that is left to pay when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

/// What is decided about a write-off that was asked for.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct WriteOffDecision {
    pub accept: bool,
    /// Of a refusal, why.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub reason: String,
}

/// Why a write-off is taken back.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct WriteOffReversal {
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

/// A write-off and how it stands.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WriteOffView {
    pub id: WriteOffId,
    pub status: WriteOffStatus,
    pub invoice_id: InvoiceId,
    pub invoice_code: String,
    pub contract_id: ContractId,
    pub contract_code: String,
    pub customer_name: String,
    pub units: String,
    pub amount: Money,
    pub reason: String,
    pub asked_by: Option<String>,
    pub asked_at: Timestamp,
    pub decided_by: Option<String>,
    pub decided_at: Option<Timestamp>,
    /// The day on which it counts.
    pub booked_on: Option<Date>,
    /// Why it was refused or taken back.
    pub answer: String,
}

/// Which write-offs are asked for, newest first.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct WriteOffFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<WriteOffStatus>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice_id: Option<InvoiceId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}
