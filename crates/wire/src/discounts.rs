//! What a contract's tenant is let off, for a while.

use domain::{ContractDiscountId, ContractId, Money, UserId};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A discount: a percent of the rent, or an amount a month.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DiscountView {
    pub id: ContractDiscountId,
    pub contract_id: ContractId,
    pub name: String,
    /// Hundredths of a per cent of the rent, before any discount.
    pub percent_bp: Option<i32>,
    /// For a whole month; put on the lines of rent in proportion.
    pub amount: Option<Money>,
    pub valid_from: Date,
    /// Null: as long as the contract.
    pub valid_to: Option<Date>,
    /// Why; empty for those who rent.
    pub reason: String,
    /// Who gave it; null for those who rent.
    pub user_id: Option<UserId>,
    pub created_at: Timestamp,
}

/// A new discount, either a percent or an amount.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewDiscount {
    /// As it stands on the bill.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 10000)]
    pub percent_bp: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    pub valid_from: Date,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

/// Ends a discount on a day; one that has not begun is ended on the day before.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct DiscountEnding {
    /// Its last day.
    pub valid_to: Date,
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}
