//! Meters of rooms and buildings.

use domain::{MeterId, PropertyId, RoomId, meter::MeterKind};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A meter.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MeterView {
    pub id: MeterId,
    pub property_id: PropertyId,
    pub property_name: String,
    /// Null: a common meter, or one whose room is not in the books yet.
    pub room_id: Option<RoomId>,
    /// The unit, also of a room that is not in the books yet; null: a common meter.
    pub unit_no: Option<String>,
    pub kind: MeterKind,
    pub serial: String,
    /// What one count stands for.
    pub multiplier: Decimal,
    /// How many digits stand before the point.
    pub digits: i32,
    /// What it showed when it came.
    pub initial: Option<Decimal>,
    pub installed_on: Option<Date>,
    pub removed_on: Option<Date>,
    pub replaced_by: Option<MeterId>,
    pub version: i32,
}

/// Which meters.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct MeterFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub property_id: Option<PropertyId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room_id: Option<RoomId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<MeterKind>,
    /// 1 to 100; 50 when left out.
    #[param(minimum = 1, maximum = 100)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// A new meter.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(example = json!({ "propertyId": "0197a1b2-0000-7000-8000-000000000001", "roomId": "0197a1b2-0000-7000-8000-000000000002",
    "kind": "electricity", "serial": "4704075", "multiplier": "1", "digits": 6, "initial": "0", "installedOn": "2026-10-01" }))]
pub struct NewMeter {
    pub property_id: PropertyId,
    /// Left out: a common meter of the building.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room_id: Option<RoomId>,
    pub kind: MeterKind,
    #[schema(min_length = 1, max_length = 40)]
    pub serial: String,
    /// 1 when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub multiplier: Option<Decimal>,
    /// 6 when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 3, maximum = 9)]
    pub digits: Option<i32>,
    /// What it shows when it comes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initial: Option<Decimal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub installed_on: Option<Date>,
}

/// A meter goes and another comes in its place.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(example = json!({ "on": "2026-10-12", "finalReading": "940020.492", "serial": "7240994", "initial": "0" }))]
pub struct Replacement {
    /// The first day of the new one.
    pub on: Date,
    /// What the old one showed at last.
    pub final_reading: Decimal,
    #[schema(min_length = 1, max_length = 40)]
    pub serial: String,
    /// What the new one shows at first; 0 when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initial: Option<Decimal>,
    /// The old one's when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub multiplier: Option<Decimal>,
    /// The old one's when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 3, maximum = 9)]
    pub digits: Option<i32>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schema(max_length = 500)]
    pub note: String,
}
