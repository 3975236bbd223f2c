//! Buildings, floors and rooms.

use domain::{PropertyId, RoomId};
use wire::{
    Page, Paging,
    properties::{FloorFilter, FloorView, NewFloor, NewProperty, PropertyChange, PropertyView},
    rooms::{NewRoom, RoomChange, RoomFilter, RoomTotals, RoomView},
};

use crate::{Client, problem::Result};

impl Client {
    pub async fn properties(&self, paging: &Paging) -> Result<Page<PropertyView>> {
        self.get("/v2/properties", paging).await
    }

    pub async fn property(&self, id: PropertyId) -> Result<PropertyView> {
        self.get(&format!("/v2/properties/{id}"), &()).await
    }

    pub async fn add_property(&self, new: &NewProperty) -> Result<PropertyView> {
        self.post("/v2/properties", new).await
    }

    pub async fn edit_property(&self, id: PropertyId, change: &PropertyChange) -> Result<PropertyView> {
        self.patch(&format!("/v2/properties/{id}"), change).await
    }

    pub async fn floors(&self, filter: &FloorFilter) -> Result<Page<FloorView>> {
        self.get("/v2/floors", filter).await
    }

    pub async fn add_floor(&self, new: &NewFloor) -> Result<FloorView> {
        self.post("/v2/floors", new).await
    }

    pub async fn rooms(&self, filter: &RoomFilter) -> Result<Page<RoomView>> {
        self.get("/v2/rooms", filter).await
    }

    pub async fn room_totals(&self, filter: &RoomFilter) -> Result<RoomTotals> {
        self.get("/v2/rooms/totals", filter).await
    }

    pub async fn room(&self, id: RoomId) -> Result<RoomView> {
        self.get(&format!("/v2/rooms/{id}"), &()).await
    }

    pub async fn add_room(&self, new: &NewRoom) -> Result<RoomView> {
        self.post("/v2/rooms", new).await
    }

    pub async fn edit_room(&self, id: RoomId, change: &RoomChange) -> Result<RoomView> {
        self.patch(&format!("/v2/rooms/{id}"), change).await
    }
}
