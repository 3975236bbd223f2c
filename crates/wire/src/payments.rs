//! Money that came in and what it was put on.

use domain::{
    InvoiceId, Money, PaymentId, TenantId,
    payment::{PaymentMethod, PaymentStatus},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A payment and what it was put on.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PaymentView {
    pub id: PaymentId,
    pub tenant_id: TenantId,
    pub tenant_name: String,
    pub method: PaymentMethod,
    /// Negative for a reversal.
    pub amount: Money,
    pub allocated: Money,
    /// What is left of it: the tenant's credit.
    pub credit: Money,
    pub paid_at: Timestamp,
    pub payer: String,
    pub provider_reference: Option<String>,
    pub status: PaymentStatus,
    pub reverses_id: Option<PaymentId>,
    pub note: String,
    pub allocations: Vec<AllocationView>,
    pub created_at: Timestamp,
}

/// A part of a payment on an invoice.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AllocationView {
    pub invoice_id: InvoiceId,
    pub invoice_code: Option<String>,
    pub amount: Money,
}

/// Money taken in by hand: cash, a bank transfer, a set-off.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewPayment {
    pub tenant_id: TenantId,
    /// `cash` or `bank`; what providers bring is recorded from what they say.
    pub method: PaymentMethod,
    pub amount: Money,
    /// Now when left out; not in the future.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid_at: Option<Timestamp>,
    #[serde(default)]
    #[schema(max_length = 200)]
    pub payer: String,
    #[serde(default)]
    #[schema(max_length = 500)]
    pub note: String,
    /// Which invoices it is for; oldest due first when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 100)]
    pub allocations: Option<Vec<NewAllocation>>,
}

/// A part of a new payment.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewAllocation {
    pub invoice_id: InvoiceId,
    pub amount: Money,
}

/// Puts what is left of a payment on bills.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PaymentAllocations {
    /// Which invoices it is for; oldest due first when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_items = 1, max_items = 100)]
    pub allocations: Option<Vec<NewAllocation>>,
}

/// Takes parts of a payment off the bills that they pay.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PaymentRelease {
    #[schema(min_items = 1, max_items = 100)]
    pub allocations: Vec<NewAllocation>,
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

/// Takes a payment back with a row of its own.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Reversal {
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

/// Which payments are asked for; newest first.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct PaymentFilter {
    /// On or after that day in Ulaanbaatar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// On or before that day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<PaymentMethod>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant_id: Option<TenantId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// What the filtered payments add up to.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PaymentTotals {
    pub count: i64,
    pub amount: Money,
    pub credit: Money,
}
