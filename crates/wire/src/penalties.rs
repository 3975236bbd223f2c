//! Penalties: what is computed as of a day, and what was decided about it.

use domain::{ContractId, InvoiceId, Money, Month, PropertyId, TenantId, invoice::InvoiceKind, penalty::CountsFrom};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A late bill of a contract with a written clause, and its penalty as of a day.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PenaltyRow {
    pub invoice_id: InvoiceId,
    pub invoice_code: String,
    pub kind: InvoiceKind,
    pub contract_id: ContractId,
    pub contract_code: String,
    pub tenant_id: TenantId,
    pub customer_name: String,
    pub units: String,
    pub property_id: PropertyId,
    pub period: Month,
    /// The bill's total.
    pub principal: Money,
    /// What of it was open on that day.
    pub open: Money,
    pub due_on: Date,
    /// Days from the due day to that day.
    pub days_late: i64,
    /// The days that cost something.
    pub days: i64,
    pub grace_days: i32,
    pub counts_from: CountsFrom,
    /// Basis points of what is open, a day; 50 at most.
    pub rate_bp: i32,
    /// Half of the principal: the most there may ever be.
    pub ceiling: Money,
    /// The whole penalty as of that day.
    pub computed: Money,
    /// The ceiling cut it off.
    pub is_capped: bool,
    pub charged: Money,
    pub waived: Money,
    /// What was paid of the charged part.
    pub paid: Money,
    /// Computed, and neither charged nor waived yet.
    pub left: Money,
    /// How it is computed, a sentence in the reader's language.
    pub how: String,
}

/// Which penalties are asked for; the longest due first.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct PenaltyFilter {
    /// Today when left out; not a day to come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(example = "2026-11-22")]
    pub as_of: Option<Date>,
    /// true: also of bills that were paid, but late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract_id: Option<ContractId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub property_id: Option<PropertyId>,
    /// Part of the bill's or the contract's code, the customer's name or a unit number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// What the filtered penalties add up to.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PenaltyTotals {
    pub count: i64,
    pub principal: Money,
    pub computed: Money,
    pub charged: Money,
    pub waived: Money,
    pub paid: Money,
    pub left: Money,
}

/// Which penalties are to be charged.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PenaltyOrder {
    /// Today when left out; not a day to come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Date>,
    /// The late bills.
    #[schema(min_items = 1, max_items = 500)]
    pub invoice_ids: Vec<InvoiceId>,
}

/// Which penalties are waived, and why.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PenaltyWaiver {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Date>,
    #[schema(min_items = 1, max_items = 500)]
    pub invoice_ids: Vec<InvoiceId>,
    /// A part, of one bill's penalty; all that is left when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

/// What became of it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PenaltiesDone {
    /// The fee bills that were made, one a contract; none for a waiver.
    pub invoices: Vec<PenaltyBill>,
    /// Bills whose penalty was charged or waived.
    pub count: i64,
    pub amount: Money,
    /// Bills that had nothing left to decide.
    pub passed_over: Vec<InvoiceId>,
}

/// A fee bill that was made of penalties.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PenaltyBill {
    pub invoice_id: InvoiceId,
    pub code: String,
    pub contract_code: String,
    pub customer_name: String,
    pub total: Money,
}

/// The written clause of a contract on penalty.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PenaltyTerms {
    /// Basis points of what is open, a day; null: no clause, no penalty.
    #[schema(minimum = 1, maximum = 50)]
    pub rate_bp: Option<i32>,
    #[schema(minimum = 0, maximum = 100)]
    pub grace_days: i32,
    pub counts_from: CountsFrom,
    /// Where the parties wrote it down: the clause's number or its words.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub clause: String,
}
