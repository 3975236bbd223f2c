//! The reports that were kept of a month, and who took them along.

use domain::{Month, month_report::MonthReport};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The reports of a month, in the order in which they are taken along.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MonthReports {
    pub month: Month,
    /// Whether its last day is past: before that nothing counts as kept.
    pub is_over: bool,
    pub reports: Vec<MonthReportView>,
}

/// One report of a month, and when it was last taken along whole.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MonthReportView {
    pub report: MonthReport,
    /// How many rows it had.
    pub rows: Option<i64>,
    pub saved_by: Option<String>,
    /// `null` while nobody has taken it along since the month was over.
    pub saved_at: Option<Timestamp>,
}
