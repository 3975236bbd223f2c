//! The month's run: what it would do, and what it did.

use domain::{ContractId, InvoiceId, Money, Month};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::increases::ComingIncrease;

/// What the run of a month would do, contract by contract, without doing it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MonthPreview {
    pub month: Month,
    /// The day on which the bills would be issued.
    pub issue_on: Date,
    pub lines: Vec<PreviewLine>,
    /// Prices that rise within the month and have not been put into effect yet; the amounts above count them.
    pub increases: Vec<ComingIncrease>,
    pub totals: PreviewTotals,
    /// The total moved further from last month's than the owner allows: the run wants `acceptDifference`.
    pub stopped: bool,
}

/// One contract in the preview.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PreviewLine {
    pub contract_id: ContractId,
    pub contract_code: String,
    pub tenant_name: String,
    pub units: String,
    pub what: PreviewKind,
    /// Last month's bill.
    pub previous: Money,
    pub amount: Money,
    pub difference: Money,
    pub due_on: Option<Date>,
    /// Why it differs, in the reader's language.
    pub reasons: Vec<String>,
    /// The month's invoice, when it has been made already.
    pub invoice_id: Option<InvoiceId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PreviewKind {
    /// Billed for the first time.
    New,
    Changed,
    /// Billed last month, not this one.
    Ended,
    Same,
    /// Its figures do not add up; it is left out until somebody mends it.
    Parked,
}

/// The preview's sums.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PreviewTotals {
    pub previous: Money,
    pub amount: Money,
    pub difference: Money,
    pub new: i64,
    pub changed: i64,
    pub ended: i64,
    pub same: i64,
    pub parked: i64,
    /// Bills of the month that have been made already.
    pub billed: i64,
}

/// How the preview is asked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct PreviewOrder {
    /// The day on which the bills would be issued; today when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issue_on: Option<Date>,
}

/// Runs the month.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RunOrder {
    /// Today when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issue_on: Option<Date>,
    /// Goes on although the total moved further than the owner allows.
    #[serde(default)]
    pub accept_difference: bool,
    /// Whether tenants are told by SMS; true when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub send: Option<bool>,
}

/// What the run did; a second one creates nothing.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RunResult {
    pub month: Month,
    pub created: i64,
    /// Bills that were there before.
    pub existing: i64,
    pub parked: i64,
    /// Of the created ones.
    pub total: Money,
    pub first_code: Option<String>,
    pub last_code: Option<String>,
}
