//! Property owners.

use domain::OwnerId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A company that lets space out, and how it wants its months run.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OwnerView {
    pub id: OwnerId,
    pub name: String,
    /// Seven digits.
    pub register_no: String,
    /// 11, 12 or 14 digits.
    pub tin: Option<String>,
    pub vat_payer: bool,
    pub city_tax_payer: bool,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub address: Option<String>,
    /// The day of the month on which bills are made.
    pub billing_day: i32,
    /// How far a run's total may move from last month's before it stops and asks, in basis points.
    pub run_bound_bp: i32,
    /// A let room counts as about to be free so many days before its last day.
    pub notice_days: i32,
    pub version: i32,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// Changes an owner's settings; what is left out stays.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct OwnerChange {
    /// The version that was read; another one is a conflict.
    pub version: i32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 200)]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat_payer: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 28)]
    pub billing_day: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 100000)]
    pub run_bound_bp: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 365)]
    pub notice_days: Option<i32>,
}

/// Why the platform's staff look at an owner.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}
