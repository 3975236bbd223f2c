//! Rooms, who is in them on a day, and what became of them.

use domain::{
    ContractId, FloorId, Money, PropertyId, RoomId, TenantId,
    contract::ContractStatus,
    rooms::{Occupancy, PriceMode, Remaking, RoomKind},
};
use jiff::{Timestamp, civil::Date};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::occupancy::OccupancyFigures;

/// A room, and who is in it on the day asked for (computed from contracts, never stored).
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
    /// What one sees from its windows.
    pub view: String,
    pub balcony: bool,
    pub furnished: bool,
    pub price_mode: PriceMode,
    /// Asking price a month, for one m² or for the room.
    pub base_rent: Money,
    /// How many months of rent are asked for as a deposit.
    pub deposit_months: i32,
    pub listed: bool,
    /// The first day on which the room is there; null: it always was.
    pub valid_from: Option<Date>,
    /// The last day on which the room is there; null: it still is.
    pub valid_to: Option<Date>,
    pub closed_reason: Option<String>,
    /// Null on a day on which the room is not there.
    pub occupancy: Option<Occupancy>,
    /// The contract that holds the room on that day, if one does.
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
    pub tenant_id: TenantId,
    pub tenant_name: String,
    /// The first day.
    pub since: Date,
    /// The last day, null when open.
    pub until: Option<Date>,
}

/// A new room.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(example = json!({ "propertyId": "0197a1b2-0000-7000-8000-000000000001", "unitNo": "301", "kind": "office",
    "areaM2": "84.50", "priceMode": "per_m2", "baseRent": "4200000", "depositMonths": 2, "view": "Богд уул", "listed": true }))]
pub struct NewRoom {
    pub property_id: PropertyId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor_id: Option<FloorId>,
    #[schema(min_length = 1, max_length = 40)]
    pub unit_no: String,
    pub kind: RoomKind,
    pub area_m2: Decimal,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schema(max_length = 200)]
    pub view: String,
    #[serde(default)]
    pub balcony: bool,
    #[serde(default)]
    pub furnished: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_mode: Option<PriceMode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_rent: Option<Money>,
    /// 1 when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 24)]
    pub deposit_months: Option<i32>,
    #[serde(default)]
    pub listed: bool,
    /// The first day on which the room is there; left out: it always was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
}

/// Changes a room; what is left out stays.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(example = json!({ "version": 2, "baseRent": "4350000", "listed": false }))]
pub struct RoomChange {
    pub version: i32,
    /// A floor of the same building; null: on none.
    #[serde(default, with = "crate::set", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<FloorId>)]
    pub floor_id: Option<Option<FloorId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_no: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<RoomKind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area_m2: Option<Decimal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200)]
    pub view: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balcony: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub furnished: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_mode: Option<PriceMode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_rent: Option<Money>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 24)]
    pub deposit_months: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed: Option<bool>,
}

/// A room is there no longer than a day.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(example = json!({ "version": 2, "lastDay": "2026-11-30", "reason": "Хана буулгаж нийтийн талбай болгов" }))]
pub struct Closing {
    pub version: i32,
    /// The last day on which the room is there; no contract may hold it after that.
    pub last_day: Date,
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

/// Which rooms are asked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct RoomFilter {
    /// The day on which the rooms are there and by which their occupancy goes; today when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub property_id: Option<PropertyId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor_id: Option<FloorId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<RoomKind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_mode: Option<PriceMode>,
    /// true: let on that day (notice given or not); false: not let.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occupied: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occupancy: Option<Occupancy>,
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
    pub as_of: Date,
    pub count: i64,
    /// Let, notice given or not.
    pub occupied: i64,
    /// m²
    pub area_m2: Decimal,
    /// m²
    pub area_occupied_m2: Decimal,
    pub figures: OccupancyFigures,
}

/// A room by its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoomRef {
    pub id: RoomId,
    pub unit_no: String,
    /// m²
    pub area_m2: Decimal,
}

/// What became of a room: who rented it and will, what it was made of, and what was made of it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoomHistory {
    /// Its contracts, the latest first; at most a hundred.
    pub tenancies: Vec<Tenancy>,
    pub made_of: Option<RoomOrigin>,
    pub became: Option<RoomOrigin>,
}

/// A contract's time in a room.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Tenancy {
    pub contract_id: ContractId,
    pub contract_code: String,
    pub status: ContractStatus,
    pub tenant_id: TenantId,
    pub tenant_name: String,
    pub since: Date,
    /// The last day, null when open.
    pub until: Option<Date>,
}

/// Rooms on the other side of a merger or a split.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoomOrigin {
    pub kind: Remaking,
    /// The first day of what was made.
    pub on: Date,
    pub reason: String,
    pub rooms: Vec<RoomRef>,
}
