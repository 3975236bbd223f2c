//! Asking prices of many rooms changed at once: chosen, looked at, applied.

use domain::{
    FloorId, Money, PropertyId, RoomId,
    asking::Rounding,
    rooms::{Occupancy, PriceMode, RoomKind},
};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How the prices change; one of the three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub enum PriceRule {
    /// This is the price, exactly.
    #[serde(rename = "set")]
    Set {
        #[schema(value_type = Money)]
        amount: Money,
    },
    /// So much more, or less when negative, exactly.
    #[serde(rename = "add")]
    Add {
        #[schema(value_type = Money)]
        amount: Money,
    },
    /// So many basis points more or less, rounded half up to whole tens or hundreds of tögrög.
    #[serde(rename = "percent")]
    Percent {
        #[serde(rename = "basisPoints")]
        #[schema(minimum = -10000, maximum = 100000)]
        basis_points: i32,
        rounding: Rounding,
    },
}

/// A change to be looked at: of the rooms named, or of all that fit.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(example = json!({ "rule": { "percent": { "basisPoints": 500, "rounding": "100" } }, "kind": "office", "priceMode": "per_m2" }))]
pub struct PriceAsking {
    pub rule: PriceRule,
    /// These rooms, each of them, whatever else is asked; left out: all that fit the rest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 2000)]
    pub room_ids: Option<Vec<RoomId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub property_id: Option<PropertyId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor_id: Option<FloorId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<RoomKind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_mode: Option<PriceMode>,
    /// As they stand today.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occupancy: Option<Occupancy>,
    /// Part of the unit number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
}

/// What a change would do.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PricePreview {
    pub rows: Vec<PriceLine>,
    /// Rooms whose price becomes another one.
    pub changed: i64,
    /// Σ asked a month of the chosen rooms, as it is.
    pub month_before: Money,
    /// Σ asked a month of the chosen rooms, as it would be.
    pub month_after: Money,
}

/// A room's price before and after.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PriceLine {
    pub room_id: RoomId,
    pub version: i32,
    pub property_name: String,
    pub unit_no: String,
    pub kind: RoomKind,
    /// m²
    pub area_m2: Decimal,
    pub occupancy: Occupancy,
    pub price_mode: PriceMode,
    pub before: Money,
    pub after: Money,
    pub month_before: Money,
    pub month_after: Money,
}

/// A room as it was when it was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RoomVersion {
    pub id: RoomId,
    pub version: i32,
}

/// Applies a change to the rooms that were looked at: to all of them, or, when one has changed since, to none.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(example = json!({ "rule": { "add": { "amount": "150000" } },
    "rooms": [{ "id": "0197a1b2-0000-7000-8000-000000000001", "version": 3 }], "reason": "Зах зээлийн үнэ өссөн" }))]
pub struct PriceOrder {
    pub rule: PriceRule,
    #[schema(min_items = 1, max_items = 2000)]
    pub rooms: Vec<RoomVersion>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schema(max_length = 500)]
    pub reason: String,
}

/// What was done.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PricesChanged {
    pub changed: i64,
    pub month_before: Money,
    pub month_after: Money,
}
