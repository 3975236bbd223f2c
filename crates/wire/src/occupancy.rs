//! How much of the estate is let on a day: figures by building, and a building floor by floor.

use domain::{
    ContractId, FloorId, Money, RoomId,
    rooms::{Occupancy, PriceMode, RoomKind},
};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::properties::PropertyView;

/// Rooms and their area.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Units {
    pub units: i64,
    /// m²
    pub area_m2: Decimal,
}

/// Rooms by how they stand on a day; the four parts add up to the total.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OccupancyFigures {
    /// Let, and to stay so.
    #[serde(rename = "let")]
    pub let_out: Units,
    /// Let, notice given.
    pub notice: Units,
    /// Not let, offered.
    pub listed: Units,
    /// Not let, not offered.
    pub vacant: Units,
    pub total: Units,
}

impl OccupancyFigures {
    /// Puts rooms of a kind of standing in.
    pub fn add(&mut self, standing: Occupancy, rooms: Units) {
        let part = match standing {
            Occupancy::Let => &mut self.let_out,
            Occupancy::Notice => &mut self.notice,
            Occupancy::Listed => &mut self.listed,
            Occupancy::Vacant => &mut self.vacant,
        };
        for sum in [part, &mut self.total] {
            sum.units += rooms.units;
            sum.area_m2 += rooms.area_m2;
        }
    }

    pub fn of(&self, standing: Occupancy) -> Units {
        match standing {
            Occupancy::Let => self.let_out,
            Occupancy::Notice => self.notice,
            Occupancy::Listed => self.listed,
            Occupancy::Vacant => self.vacant,
        }
    }

    /// Let, notice given or not.
    pub fn occupied(&self) -> Units {
        Units { units: self.let_out.units + self.notice.units, area_m2: self.let_out.area_m2 + self.notice.area_m2 }
    }
}

/// How much of a building is let.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PropertyOccupancy {
    pub property: PropertyView,
    pub figures: OccupancyFigures,
}

/// Of which day, and which page of buildings.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct OccupancyFilter {
    /// Today when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// Of which day.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct AsOf {
    /// Today when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Date>,
}

/// A building on a day, floor by floor from the top down.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FloorGrid {
    pub property: PropertyView,
    pub as_of: Date,
    /// The owner's notice days, by which the figures go.
    pub notice_days: i32,
    pub figures: OccupancyFigures,
    /// Rooms on no floor stand in a last one without an id.
    pub floors: Vec<GridFloor>,
}

/// A floor with its rooms in the order of their numbers.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct GridFloor {
    pub floor_id: Option<FloorId>,
    pub number: Option<i32>,
    pub label: String,
    pub figures: OccupancyFigures,
    pub rooms: Vec<GridRoom>,
}

/// A room as a tile shows it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct GridRoom {
    pub id: RoomId,
    pub unit_no: String,
    pub kind: RoomKind,
    /// m²
    pub area_m2: Decimal,
    pub occupancy: Occupancy,
    pub price_mode: PriceMode,
    pub base_rent: Money,
    pub contract_id: Option<ContractId>,
    pub tenant_name: Option<String>,
    /// The last day it is held, null when open or not let.
    pub until: Option<Date>,
}
