//! The figures of the first page; each names the list that adds up to it.

use domain::{Money, Month};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How the owner stands today.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TodayView {
    pub today: Date,
    pub month: Month,
    /// Σ total of the month's bills: `/v2/invoices?period=…&billed=true`.
    pub billed: Money,
    pub billed_count: i64,
    pub billed_last_month: Money,
    /// Σ of payments made in the month: `/v2/payments?from=…&to=…`.
    pub collected: Money,
    pub collected_count: i64,
    pub collected_last_month: Money,
    /// Σ balance of open invoices: `/v2/invoices?open=true`.
    pub receivable: Money,
    pub receivable_count: i64,
    /// Σ balance of open invoices due before today: `/v2/invoices?overdue=true`.
    pub overdue: Money,
    pub overdue_count: i64,
    /// Rooms let today: `/v2/rooms?occupied=true`.
    pub units_let: i64,
    /// Of those, let with notice given: `/v2/rooms?occupancy=notice`.
    pub units_notice: i64,
    pub units_total: i64,
    /// m²
    pub area_let_m2: Decimal,
    /// m²
    pub area_total_m2: Decimal,
    /// Contracts in force that end within so many days: `/v2/contracts?endingWithinDays=…`.
    pub ending_30: i64,
    pub ending_60: i64,
    pub ending_90: i64,
    /// Promises laid aside: `/v2/outbox?status=dead`.
    pub promises_dead: i64,
    /// The last twelve months, oldest first.
    pub chart: Vec<MonthBar>,
}

/// A month in the chart.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MonthBar {
    pub month: Month,
    pub billed: Money,
    pub collected: Money,
}
