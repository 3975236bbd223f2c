//! Rooms made of others from a day on: merged into one, or one split into several.

use domain::{
    FloorId, Money, RoomId,
    rooms::{PriceMode, RoomKind},
};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::prices::RoomVersion;

/// Makes one room of several of the same building; these are there to the day before.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(example = json!({ "rooms": [{ "id": "0197a1b2-0000-7000-8000-000000000001", "version": 1 },
        { "id": "0197a1b2-0000-7000-8000-000000000002", "version": 1 }],
    "from": "2026-12-01", "room": { "unitNo": "K-401", "areaM2": "96.40" }, "reason": "Нэг түрээслэгч хоёуланг нь авна" }))]
pub struct NewMerger {
    #[schema(min_items = 2, max_items = 20)]
    pub rooms: Vec<RoomVersion>,
    /// The new room's first day; no contract may hold the old ones on it or later.
    pub from: Date,
    pub room: MadeRoom,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schema(max_length = 500)]
    pub reason: String,
    /// The area is not what the old rooms' add up to, and `reason` says why.
    #[serde(default)]
    pub accept_difference: bool,
}

/// Makes several rooms of one, which is there to the day before.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(example = json!({ "room": { "id": "0197a1b2-0000-7000-8000-000000000001", "version": 1 }, "from": "2026-12-01",
    "parts": [{ "unitNo": "401", "areaM2": "48.20" }, { "unitNo": "401А", "areaM2": "48.20" }] }))]
pub struct NewSplit {
    pub room: RoomVersion,
    /// The parts' first day; no contract may hold the old room on it or later.
    pub from: Date,
    #[schema(min_items = 2, max_items = 20)]
    pub parts: Vec<MadeRoom>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schema(max_length = 500)]
    pub reason: String,
    /// The parts do not add up to the room's area, and `reason` says why.
    #[serde(default)]
    pub accept_difference: bool,
}

/// A room that is made of others; what is left out is as it was (of several: as the first one's).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct MadeRoom {
    #[schema(min_length = 1, max_length = 40)]
    pub unit_no: String,
    pub area_m2: Decimal,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<RoomKind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor_id: Option<FloorId>,
    /// Left out with `baseRent`: what one m² cost stays; a whole price is added up, or divided by area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_mode: Option<PriceMode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_rent: Option<Money>,
}

/// The rooms that were made.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Remade {
    pub room_ids: Vec<RoomId>,
}
