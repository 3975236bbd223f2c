//! Properties and their floors.

use domain::{FloorId, PropertyId, rooms::PropertyStatus};
use jiff::{Timestamp, civil::Date};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A building.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PropertyView {
    pub id: PropertyId,
    pub name: String,
    pub address: String,
    pub district: String,
    pub city: String,
    /// m²
    pub total_area_m2: Option<Decimal>,
    pub floor_count: Option<i32>,
    pub built_year: Option<i32>,
    pub status: PropertyStatus,
    /// The first day on which it is no building of the owner's any more.
    pub decommissioned_on: Option<Date>,
    pub version: i32,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// A new building.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewProperty {
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    #[serde(default)]
    #[schema(max_length = 500)]
    pub address: String,
    #[serde(default)]
    #[schema(max_length = 100)]
    pub district: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100)]
    pub city: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_area_m2: Option<Decimal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 200)]
    pub floor_count: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1900, maximum = 2100)]
    pub built_year: Option<i32>,
}

/// Changes a building; what is left out stays, what is set to null is forgotten.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(example = json!({ "version": 3, "name": "Наран Оффис", "floorCount": 8, "status": "active" }))]
pub struct PropertyChange {
    pub version: i32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 200)]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    pub address: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100)]
    pub district: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100)]
    pub city: Option<String>,
    /// m²
    #[serde(default, with = "crate::set", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Decimal>)]
    pub total_area_m2: Option<Option<Decimal>>,
    #[serde(default, with = "crate::set", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i32>, minimum = 0, maximum = 200)]
    pub floor_count: Option<Option<i32>>,
    #[serde(default, with = "crate::set", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i32>, minimum = 1900, maximum = 2100)]
    pub built_year: Option<Option<i32>>,
    /// `decommissioned` is refused while a contract holds a room today or later; its rooms are not counted from today on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<PropertyStatus>,
}

/// A floor.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FloorView {
    pub id: FloorId,
    pub property_id: PropertyId,
    /// Negative below the ground.
    pub number: i32,
    pub label: String,
    pub version: i32,
}

/// A new floor.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewFloor {
    pub property_id: PropertyId,
    #[schema(minimum = -20, maximum = 200)]
    pub number: i32,
    #[serde(default)]
    #[schema(max_length = 100)]
    pub label: String,
}

/// Changes a floor; what is left out stays.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(example = json!({ "version": 1, "label": "Зоорь" }))]
pub struct FloorChange {
    pub version: i32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = -20, maximum = 200)]
    pub number: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100)]
    pub label: Option<String>,
}

/// Which floors are asked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct FloorFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub property_id: Option<PropertyId>,
    /// 1 to 100; 50 when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
    /// `nextCursor` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}
