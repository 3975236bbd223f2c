//! By what rules charges' prices rise, and which rises are to come.

use domain::{ContractId, ContractIncreaseId, ContractItemId, Money, increase::IncreaseKind};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A rule by which a charge's price rises.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct IncreaseView {
    pub id: ContractIncreaseId,
    pub contract_id: ContractId,
    /// The charge as it stands now: at a rise it ends the day before and another begins.
    pub item_id: ContractItemId,
    /// That charge's name.
    pub name: String,
    pub kind: IncreaseKind,
    /// Hundredths of a per cent; of an index the one given for its next time, null while it is not known.
    pub percent_bp: Option<i32>,
    pub amount: Option<Money>,
    pub first_on: Date,
    /// Null: once.
    pub every_months: Option<i32>,
    /// The last day on which it may rise.
    pub until_on: Option<Date>,
    /// How often it has risen.
    pub applied: i32,
    /// When it rises next; null: never again.
    pub next_on: Option<Date>,
}

/// A new rule; a charge has one at a time.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewIncrease {
    pub item_id: ContractItemId,
    pub kind: IncreaseKind,
    /// Of a percent: 1 to 100 000 hundredths of a per cent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 100000)]
    pub percent_bp: Option<i32>,
    /// Of an amount: how much more for each unit of the price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// The first rise; after the charge begins.
    pub first_on: Date,
    /// Left out: once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 120)]
    pub every_months: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until_on: Option<Date>,
}

/// Ends a rule: the price stays as it is.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct IncreaseEnding {
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

/// The percent of an index for its next time.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct IndexFigure {
    /// Hundredths of a per cent; an index may fall.
    #[schema(minimum = -5000, maximum = 100000)]
    pub percent_bp: i32,
    /// From which day the new price is asked: the day it was due when that is still to come, else the first of the next
    /// month. Not before it was due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
}

/// Which rises to come are asked for, earliest first.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct ComingIncreaseFilter {
    pub from: Date,
    pub to: Date,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// A rise to come: the next one of its rule. An index whose percent is not known stands there until it is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ComingIncrease {
    pub id: ContractIncreaseId,
    pub contract_id: ContractId,
    pub contract_code: String,
    pub tenant_name: String,
    pub units: String,
    /// The charge's name.
    pub name: String,
    pub kind: IncreaseKind,
    pub percent_bp: Option<i32>,
    pub amount: Option<Money>,
    pub on: Date,
    pub old_price: Money,
    /// Null while the percent of an index is not known.
    pub new_price: Option<Money>,
}
