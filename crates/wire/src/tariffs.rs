//! What a unit of electricity, water or heat costs from a day on, and how common meters are shared out.

use domain::{Money, PropertyId, TariffId, contract::VatMode, meter::MeterKind, utility::ShareBy};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A version of a price.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TariffView {
    pub id: TariffId,
    pub kind: MeterKind,
    pub valid_from: Date,
    /// The last day; null: open.
    pub valid_to: Option<Date>,
    /// For one kWh, m³ or Gcal.
    pub unit_price: Money,
    /// For a meter and month.
    pub base_fee: Money,
    /// For a kW of average load: kWh ÷ reading days ÷ 12 × this.
    pub capacity_rate: Money,
    /// For one unit, on top of its price.
    pub support_fee: Money,
    /// Whether the amounts hold VAT (`included`) or it comes on top (`added`).
    pub vat_mode: VatMode,
    pub version: i32,
}

/// A new version; an open one of its kind that began before ends the day before.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(example = json!({ "kind": "electricity", "validFrom": "2026-07-01", "unitPrice": "20530", "baseFee": "200000",
    "capacityRate": "1550000", "supportFee": "2379", "vatMode": "added" }))]
pub struct NewTariff {
    pub kind: MeterKind,
    pub valid_from: Date,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
    pub unit_price: Money,
    #[serde(default)]
    pub base_fee: Money,
    #[serde(default)]
    pub capacity_rate: Money,
    #[serde(default)]
    pub support_fee: Money,
    pub vat_mode: VatMode,
}

/// Gives a version another last day.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(example = json!({ "version": 1, "validTo": "2027-05-15" }))]
pub struct TariffChange {
    pub version: i32,
    /// Null: open.
    pub valid_to: Option<Date>,
}

/// How a building's common meters of a kind are shared out.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CommonRuleView {
    pub property_id: PropertyId,
    pub property_name: String,
    pub kind: MeterKind,
    pub share_by: ShareBy,
}

/// Says how they are shared out.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(example = json!({ "propertyId": "0197a1b2-0000-7000-8000-000000000001", "kind": "electricity", "shareBy": "area" }))]
pub struct NewCommonRule {
    pub property_id: PropertyId,
    pub kind: MeterKind,
    /// Left out: the owner bears the loss.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share_by: Option<ShareBy>,
}
