//! The list of rooms as an Excel file.

use base::{
    Result, Tx,
    exports::{Columns, List, Said},
    lists::Window,
};
use domain::rights::Action;
use wire::{
    Page,
    rooms::{RoomFilter, RoomView},
};
use words::say;

use super::queries;

pub(super) struct Rooms(pub RoomFilter);

impl List for Rooms {
    const NAME: &'static str = "rooms";
    const AUDIT: &'static str = "room.export";
    const RIGHT: Action = Action::ReadEstate;
    type Row = RoomView;

    fn columns() -> Columns<RoomView> {
        Columns::new()
            .text("building", 24, |room: &RoomView| &room.property_name)
            .count("floor", |room| room.floor_number.map(i64::from))
            .text("unit-no", 12, |room| &room.unit_no)
            .term("export-kind", "room-kind", |room| Some(room.kind.as_str()))
            .area("export-area", |room| Some(room.area_m2))
            .term("export-price-mode", "price-mode", |room| Some(room.price_mode.as_str()))
            .price("export-base-rent", |room| room.base_rent)
            .made("export-listed", 12, |room, lang| {
                say(lang, if room.listed { "export-yes" } else { "export-no" }, &[]).into_owned()
            })
            .maybe("tenant", 36, |room| Some(&room.occupied_by.as_ref()?.tenant_name))
            .maybe("contract", 18, |room| Some(&room.occupied_by.as_ref()?.contract_code))
            .day("until", |room| room.occupied_by.as_ref()?.until)
            .term("rooms-occupancy", "occupancy", |room| room.occupancy.map(|standing| standing.as_str()))
    }

    async fn said(&self, tx: &Tx, said: &mut Said) -> Result<()> {
        let filter = &self.0;
        said.add("export-search", filter.q.as_ref())
            .term("export-kind", "room-kind", filter.kind.map(|kind| kind.as_str()))
            .add("as-of", filter.as_of.map(|day| day.to_string()).as_ref())
            .term("rooms-occupancy", "occupancy", filter.occupancy.map(|standing| standing.as_str()))
            .either(filter.occupied, "rooms-let", "rooms-vacant")
            .named(tx, "building", "select name from properties where id = $1", filter.property_id)
            .await?;
        Ok(())
    }

    async fn page(&self, tx: &Tx, cursor: Option<&str>) -> Result<Page<RoomView>> {
        let window = Window::of_export(cursor)?;
        let day = crate::as_of(tx, self.0.as_of)?;
        let rooms = queries::page(tx, &self.0, day, &window).await?;
        let page = window.page(rooms, |(_, place)| place.clone());
        let items = page.items.into_iter().map(|(room, _)| room).collect();
        Ok(Page { items, next_cursor: page.next_cursor })
    }
}
