//! The steps of a contract's life: sent, signed, extended, renewed, ended, restored.

use domain::{ContractId, ContractItemId, Money};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{contracts::ContractView, settlements::SettlementView};

/// A step that needs no more than the version that was read; another one is a conflict, none at all is not asked for.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ContractStep {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i32>,
}

/// Signs a contract, which puts it into force.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Signature {
    /// The day of the signatures; today when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_on: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i32>,
}

/// Takes a step back, with its reason.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct StepBack {
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i32>,
}

/// A new price of every charge that goes on, from a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PriceChange {
    /// The first day of the new prices.
    pub from: Date,
    /// In hundredths of a percent: 750 is 7.5 % more, -500 is 5 % less.
    #[schema(minimum = -9900, maximum = 10000)]
    pub increase_bp: i32,
}

/// Gives a contract in force a later end; the end it had stays in its history.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Extension {
    /// The new last day; null: for good.
    pub ends_on: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prices: Option<PriceChange>,
    #[serde(default)]
    #[schema(max_length = 500)]
    pub reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i32>,
}

/// Which extension is looked at before it is made.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct ExtensionAsked {
    /// Left out: for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<Date>,
    /// The first day of new prices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(minimum = -9900, maximum = 10000)]
    pub increase_bp: Option<i32>,
}

/// Drafts the contract that goes on from this one: the same rooms and charges from the day after its end, to be changed
/// as long as it is a draft.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Renewal {
    /// To renegotiate before the end: the first day of a month to come. The contract then ends the day before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_on: Option<Date>,
    /// The new contract's last day; left out or null: for good.
    #[serde(default)]
    pub ends_on: Option<Date>,
    /// On every charge that is taken over.
    #[serde(default)]
    #[schema(minimum = -9900, maximum = 10000)]
    pub increase_bp: i32,
    #[serde(default)]
    #[schema(max_length = 500)]
    pub reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i32>,
}

/// Which renewal is looked at before it is drafted.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct RenewalAsked {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_on: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(minimum = -9900, maximum = 10000)]
    pub increase_bp: Option<i32>,
}

/// What an extension or a renewal changes.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TermPreview {
    pub contract_id: ContractId,
    /// The end as it is; null: for good.
    pub ends_on: Option<Date>,
    /// The first day of the new term.
    pub from: Date,
    pub new_ends_on: Option<Date>,
    /// The first day of the new prices; null when they stay.
    pub prices_from: Option<Date>,
    pub lines: Vec<RepricedCharge>,
    /// What a whole month of the contract comes to as it is, with taxes.
    pub month_before: Money,
    /// What a whole month comes to with the new prices.
    pub month_after: Money,
}

/// A charge and its price before and after.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RepricedCharge {
    pub item_id: ContractItemId,
    pub name: String,
    pub unit_price: Money,
    pub new_unit_price: Money,
}

/// A contract that was ended, and what it was settled with; a draft that was dropped has nothing to settle.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EndedContract {
    #[serde(flatten)]
    pub contract: ContractView,
    pub settlement: Option<SettlementView>,
}
