//! Rooms and who is in them.

use domain::{
    ContractId, FloorId, Money, PropertyId, RoomId,
    rooms::{PriceMode, RoomKind},
};
use jiff::{Timestamp, civil::Date};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A room, and who is in it today (computed from contracts, never stored).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoomView {
    pub id: RoomId,
    pub property_id: PropertyId,
    pub property_name: String,
    pub floor_id: Option<FloorId>,
    pub floor_number: Option<i32>,
    pub unit_no: String,
    pub kind: RoomKind,
    /// m²
    pub area_m2: Decimal,
    pub price_mode: PriceMode,
    /// Asking price a month, for one m² or for the room.
    pub base_rent: Money,
    pub listed: bool,
    /// The contract that holds the room today, if one does.
    pub occupied_by: Option<Occupant>,
    pub version: i32,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// Who has a room.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Occupant {
    pub contract_id: ContractId,
    pub contract_code: String,
    pub tenant_name: String,
    /// The last day, null when open.
    pub until: Option<Date>,
}

/// A new room.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewRoom {
    pub property_id: PropertyId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor_id: Option<FloorId>,
    #[schema(min_length = 1, max_length = 40)]
    pub unit_no: String,
    pub kind: RoomKind,
    pub area_m2: Decimal,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_mode: Option<PriceMode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_rent: Option<Money>,
    #[serde(default)]
    pub listed: bool,
}

/// Changes a room; what is left out stays.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RoomChange {
    pub version: i32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_no: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<RoomKind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area_m2: Option<Decimal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_mode: Option<PriceMode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_rent: Option<Money>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed: Option<bool>,
}

/// Which rooms are asked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct RoomFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub property_id: Option<PropertyId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<RoomKind>,
    /// true: let today; false: vacant today.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occupied: Option<bool>,
    /// Part of the unit number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// What the filtered rooms add up to.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoomTotals {
    pub count: i64,
    pub occupied: i64,
    /// m²
    pub area_m2: Decimal,
    /// m²
    pub area_occupied_m2: Decimal,
}
