//! Rooms that are not let on a day: since when, and what that costs a month.

use domain::{
    ContractId, Money, PropertyId, RoomId,
    rooms::{PriceMode, RoomKind},
};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A room that is not let.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct VacancyRow {
    pub room_id: RoomId,
    pub property_id: PropertyId,
    pub property_name: String,
    pub floor_number: Option<i32>,
    pub unit_no: String,
    pub kind: RoomKind,
    /// m²
    pub area_m2: Decimal,
    pub listed: bool,
    pub price_mode: PriceMode,
    /// Asking price a month, for one m² or for the room.
    pub base_rent: Money,
    /// What the room would bring in a month at its asking price.
    pub lost_a_month: Money,
    /// The first day it was free: the one after the last contract's, or the room's own first.
    pub vacant_since: Date,
    /// Days it has been free, the day asked for included.
    pub days_vacant: i32,
    /// Who was in it last.
    pub last: Option<Neighbouring>,
    /// Who takes it next, were it only by a draft.
    pub next: Option<Neighbouring>,
}

/// The contract before or after a vacancy.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Neighbouring {
    pub contract_id: ContractId,
    pub contract_code: String,
    pub tenant_name: String,
    /// The last day of the contract before, the first of the one after.
    pub on: Date,
}

/// Which vacant rooms are asked for, and in which order.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct VacancyFilter {
    /// Today when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub property_id: Option<PropertyId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<RoomKind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed: Option<bool>,
    /// Free for at least so many days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(minimum = 0, maximum = 100000)]
    pub min_days: Option<i32>,
    /// Part of the unit number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// `unit` when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(inline)]
    pub sort: Option<VacancySort>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// The order of a list of vacancies; a leading minus turns it round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum VacancySort {
    #[serde(rename = "unit")]
    Unit,
    #[serde(rename = "days")]
    Days,
    #[serde(rename = "-days")]
    DaysDown,
    #[serde(rename = "lost")]
    Lost,
    #[serde(rename = "-lost")]
    LostDown,
    #[serde(rename = "area")]
    Area,
    #[serde(rename = "-area")]
    AreaDown,
}

/// What the filtered vacancies add up to.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct VacancyTotals {
    pub as_of: Date,
    pub count: i64,
    /// m²
    pub area_m2: Decimal,
    pub lost_a_month: Money,
    /// Rooms without an asking price, which the lost rent knows nothing of.
    pub unpriced: i64,
}
