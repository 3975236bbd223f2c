//! Receivables by age as of a day, and the bills they are made of.

use domain::{
    ContractId, InvoiceId, Money, Month, PropertyId, TenantId, aging::Bucket, invoice::InvoiceKind,
    promise_to_pay::PromiseToPayStatus,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What stands in a line of receivables.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReceivableBy {
    /// A contract a line; what a tenant has paid in advance stands in a line without one.
    #[default]
    Contract,
    /// A tenant a line.
    Tenant,
}

/// What is owed by a tenant as of a day, by age.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReceivableRow {
    pub tenant_id: TenantId,
    pub tenant_name: String,
    pub register_no: Option<String>,
    pub phone: Option<String>,
    /// Null for a tenant's line, and for credit that is no contract's.
    pub contract_id: Option<ContractId>,
    pub contract_code: Option<String>,
    pub units: Option<String>,
    pub property_id: Option<PropertyId>,
    pub not_due: Money,
    pub to_30: Money,
    pub to_60: Money,
    pub to_90: Money,
    pub to_180: Money,
    pub over_180: Money,
    /// Σ of the ages: what was open of bills on that day, and nothing else.
    pub total: Money,
    /// What of the total is penalty.
    pub penalty: Money,
    /// Paid and put on no bill: nought or below.
    pub credit: Money,
    /// The deposit that was held: told, never set against anything.
    pub deposit_held: Money,
    /// The day since which the oldest of it is due.
    pub oldest_due_on: Option<Date>,
    pub last_paid_on: Option<Date>,
    pub last_paid: Option<Money>,
    /// The highest stage of reminder that was sent about what is open; 0: none.
    pub stage: i16,
    pub promise: Option<ReceivablePromise>,
}

/// The latest promise to pay.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReceivablePromise {
    pub due_on: Date,
    pub amount: Money,
    /// As it stood on that day.
    pub status: PromiseToPayStatus,
    pub note: String,
}

/// Which receivables are asked for; the largest first.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct ReceivableFilter {
    /// Today when left out; not a day to come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(example = "2026-11-22")]
    pub as_of: Option<Date>,
    /// `contract` when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(inline)]
    pub by: Option<ReceivableBy>,
    /// Bills of that building; credit is no building's and is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub property_id: Option<PropertyId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant_id: Option<TenantId>,
    /// Something of that age is owed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bucket: Option<Bucket>,
    /// Reminded so far and no further; 0: not reminded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(minimum = 0, maximum = 3)]
    pub stage: Option<i16>,
    /// Part of the tenant's name or register number, the contract's code or a unit number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// What the filtered receivables add up to.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReceivableTotals {
    pub as_of: Date,
    pub count: i64,
    pub not_due: Money,
    pub to_30: Money,
    pub to_60: Money,
    pub to_90: Money,
    pub to_180: Money,
    pub over_180: Money,
    pub total: Money,
    pub penalty: Money,
    pub credit: Money,
    pub deposit_held: Money,
}

/// A bill that was open on that day.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReceivableLine {
    pub invoice_id: InvoiceId,
    pub code: String,
    pub kind: InvoiceKind,
    pub contract_id: ContractId,
    pub contract_code: String,
    pub tenant_id: TenantId,
    pub customer_name: String,
    pub units: String,
    pub period: Month,
    pub issued_on: Date,
    pub due_on: Date,
    /// Nought or below while it was not due.
    pub days_late: i64,
    pub bucket: Bucket,
    pub total: Money,
    pub paid: Money,
    pub open: Money,
    /// The highest stage of reminder that was sent about it; 0: none.
    pub stage: i16,
}

/// Which open bills are asked for; the longest due first.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct ReceivableLineFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(example = "2026-11-22")]
    pub as_of: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract_id: Option<ContractId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant_id: Option<TenantId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub property_id: Option<PropertyId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bucket: Option<Bucket>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}
