//! The two buildings of the demo and the rooms in them.

use domain::{
    Money,
    rooms::{PriceMode, RoomKind},
};
use rust_decimal::Decimal;

/// A building of the demo.
pub struct Building {
    pub name: &'static str,
    pub address: &'static str,
    pub district: &'static str,
    pub built_year: i32,
    pub floors: &'static [Floor],
}

/// A floor with rooms of one kind.
pub struct Floor {
    pub number: i32,
    pub label: &'static str,
    pub kind: RoomKind,
    pub rooms: u32,
    /// The smallest room in tenths of a m²; the others are larger step by step.
    pub area_from: u32,
    /// Asking price a month in tögrög: for one m², or for the room.
    pub price: i64,
    pub mode: PriceMode,
}

/// A room as it will be made.
pub struct PlannedRoom {
    pub floor: i32,
    pub unit_no: String,
    pub kind: RoomKind,
    pub area_m2: Decimal,
    pub mode: PriceMode,
    pub price: Money,
}

const fn floor(number: i32, label: &'static str, kind: RoomKind, rooms: u32, area_from: u32, price: i64) -> Floor {
    let mode = match kind {
        RoomKind::Apartment | RoomKind::Parking | RoomKind::Storage => PriceMode::Flat,
        _ => PriceMode::PerM2,
    };
    Floor { number, label, kind, rooms, area_from, price, mode }
}

pub const BUILDINGS: [Building; 2] = [
    Building {
        name: "Наран Оффис",
        address: "8-р хороо, Сөүлийн гудамж 21",
        district: "Сүхбаатар",
        built_year: 2014,
        floors: &[
            floor(-1, "Зоорь", RoomKind::Parking, 8, 150, 180_000),
            floor(1, "1 давхар", RoomKind::Shop, 5, 423, 68_000),
            floor(2, "2 давхар", RoomKind::Office, 8, 285, 42_000),
            floor(3, "3 давхар", RoomKind::Office, 8, 312, 42_000),
            floor(4, "4 давхар", RoomKind::Office, 8, 336, 43_000),
            floor(5, "5 давхар", RoomKind::Office, 8, 358, 44_000),
            floor(6, "6 давхар", RoomKind::Office, 8, 401, 45_000),
            floor(7, "7 давхар", RoomKind::Office, 7, 455, 46_500),
            floor(8, "8 давхар", RoomKind::Office, 6, 522, 48_000),
        ],
    },
    Building {
        name: "Сүүн Зам Плаза",
        address: "15-р хороо, Их Монгол Улсын гудамж 4",
        district: "Хан-Уул",
        built_year: 2019,
        floors: &[
            floor(-1, "Агуулах", RoomKind::Storage, 6, 120, 320_000),
            floor(1, "1 давхар", RoomKind::Shop, 14, 243, 92_000),
            floor(2, "2 давхар", RoomKind::Shop, 14, 221, 84_000),
            floor(3, "3 давхар", RoomKind::Shop, 12, 258, 76_000),
            floor(4, "4 давхар", RoomKind::Apartment, 8, 486, 2_150_000),
        ],
    },
];

impl Building {
    /// Every room, floor by floor.
    pub fn rooms(&self) -> Vec<PlannedRoom> {
        self.floors.iter().flat_map(|floor| (1..=floor.rooms).map(|place| floor.room(place))).collect()
    }
}

impl Floor {
    fn room(&self, place: u32) -> PlannedRoom {
        // Steps of 3.7 m² that start anew every fourth room: rooms of a floor differ, but not wildly.
        let area_tenths = self.area_from + (place % 4) * 37 + place / 4 * 11;
        let unit_no = match self.kind {
            RoomKind::Parking => format!("P-{place:02}"),
            RoomKind::Storage => format!("A-{place:02}"),
            _ => format!("{}{place:02}", self.number),
        };
        PlannedRoom {
            floor: self.number,
            unit_no,
            kind: self.kind,
            area_m2: Decimal::new(i64::from(area_tenths), 1),
            mode: self.mode,
            price: Money::from_tugrug(self.price),
        }
    }
}
