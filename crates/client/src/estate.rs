//! Buildings, floors and rooms.

use domain::{FloorId, PropertyId, RoomId};
use http::Method;
use wire::{
    Page, Paging,
    occupancy::{AsOf, FloorGrid, OccupancyFilter, PropertyOccupancy},
    prices::{PriceAsking, PriceOrder, PricePreview, PricesChanged},
    properties::{FloorChange, FloorFilter, FloorView, NewFloor, NewProperty, PropertyChange, PropertyView},
    remaking::{NewMerger, NewSplit, Remade},
    rooms::{Closing, NewRoom, RoomChange, RoomFilter, RoomHistory, RoomTotals, RoomView},
    vacancies::{VacancyFilter, VacancyRow, VacancyTotals},
};

use crate::{Body, Client, problem::Result};

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

    pub async fn edit_floor(&self, id: FloorId, change: &FloorChange) -> Result<FloorView> {
        self.patch(&format!("/v2/floors/{id}"), change).await
    }

    pub async fn remove_floor(&self, id: FloorId) -> Result<()> {
        self.ask(Method::DELETE, &format!("/v2/floors/{id}"), Body::None, &[]).await.map(drop)
    }

    /// How much of each building is let on a day.
    pub async fn occupancy(&self, filter: &OccupancyFilter) -> Result<Page<PropertyOccupancy>> {
        self.get("/v2/occupancy", filter).await
    }

    /// A building on a day, floor by floor.
    pub async fn floor_grid(&self, id: PropertyId, asked: &AsOf) -> Result<FloorGrid> {
        self.get(&format!("/v2/properties/{id}/grid"), asked).await
    }

    pub async fn vacancies(&self, filter: &VacancyFilter) -> Result<Page<VacancyRow>> {
        self.get("/v2/vacancies", filter).await
    }

    pub async fn vacancy_totals(&self, filter: &VacancyFilter) -> Result<VacancyTotals> {
        self.get("/v2/vacancies/totals", filter).await
    }

    /// What a change would make of the asking prices.
    pub async fn preview_prices(&self, asked: &PriceAsking) -> Result<PricePreview> {
        self.post("/v2/room-prices/preview", asked).await
    }

    /// Changes them, once under that key.
    pub async fn change_prices(&self, order: &PriceOrder, key: &str) -> Result<PricesChanged> {
        self.post_once("/v2/room-prices", order, key).await
    }

    pub async fn merge_rooms(&self, order: &NewMerger) -> Result<Remade> {
        self.post("/v2/room-mergers", order).await
    }

    pub async fn split_room(&self, order: &NewSplit) -> Result<Remade> {
        self.post("/v2/room-splits", order).await
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

    /// Who is in a room on a day.
    pub async fn room_as_of(&self, id: RoomId, asked: &AsOf) -> Result<RoomView> {
        self.get(&format!("/v2/rooms/{id}"), asked).await
    }

    pub async fn room_history(&self, id: RoomId) -> Result<RoomHistory> {
        self.get(&format!("/v2/rooms/{id}/history"), &()).await
    }

    pub async fn remove_room(&self, id: RoomId) -> Result<()> {
        self.ask(Method::DELETE, &format!("/v2/rooms/{id}"), Body::None, &[]).await.map(drop)
    }

    pub async fn close_room(&self, id: RoomId, order: &Closing) -> Result<RoomView> {
        self.post(&format!("/v2/rooms/{id}/closing"), order).await
    }

    pub async fn reopen_room(&self, id: RoomId) -> Result<RoomView> {
        self.ask(Method::DELETE, &format!("/v2/rooms/{id}/closing"), Body::None, &[]).await?.json()
    }
}
