//! A contract's own schedule of payments, billed instead of its rent.

use domain::{Money, Month, ScheduleEntryId, contract::ScheduleKind};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An amount for a month.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ScheduleEntryView {
    pub id: ScheduleEntryId,
    pub name: String,
    /// The month in whose run it is billed.
    pub period: Month,
    /// When it falls due; null: by the contract's payment day.
    pub due_on: Option<Date>,
    pub amount: Money,
}

/// The whole schedule, in the place of the one there was.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewSchedule {
    /// The contract's version that was read; another one is a conflict.
    pub version: i32,
    /// `fixed` bills the rent as its lines say, and has no entries.
    pub kind: ScheduleKind,
    #[serde(default)]
    #[schema(max_items = 600)]
    pub entries: Vec<NewScheduleEntry>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    pub reason: Option<String>,
}

/// An entry; either its month or its day must be said, and a day says the month too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewScheduleEntry {
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Month>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<Date>,
    pub amount: Money,
}
