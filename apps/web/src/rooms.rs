//! «Талбай»: every room with who is in it on a day and until when; a room's own page is in `rooms/show.rs`.

mod ending;
mod new;
mod remaking;
mod show;

use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{
    RoomId,
    rights::Action,
    rooms::{Occupancy, RoomKind},
};
use futures_util::future::try_join3;
use maud::{Markup, html};
use wire::{
    Paging,
    occupancy::{OccupancyFigures, Units},
    properties::PropertyView,
    rooms::{RoomFilter, RoomTotals, RoomView},
};

use crate::{
    Site,
    api::Api,
    buildings, clock, exports, fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    spaces,
    ui::{
        button::Button,
        empty::empty,
        field::terms_of,
        filter::Filter,
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
        table::{self, Column, Opens, Row, Table},
    },
};

pub(crate) use self::show::beside;
pub use self::{
    new::NewRoomPage,
    remaking::{MergePage, SplitPage},
    show::RoomPage,
};

pub(crate) const HERE: &str = "/rooms";

const PAGE: u32 = 50;

pub fn routes() -> Router<Site> {
    Router::new()
        .route(HERE, get(list))
        .route("/rooms/export", get(export))
        .merge(show::routes())
        .merge(ending::routes())
        .merge(remaking::routes())
        .merge(new::routes())
}

/// The rooms that the address asks for.
#[derive(Debug, Clone)]
pub struct RoomList {
    pub rows: Vec<RoomView>,
    pub next: Option<String>,
    pub totals: RoomTotals,
    pub properties: Vec<PropertyView>,
}

/// The rooms of the address, all of them, as an Excel file.
async fn export(api: Api, reader: Reader) -> Result<Response, Problem> {
    let filter = RoomFilter { limit: None, cursor: None, ..asked(&reader)? };
    exports::send(&api, "/v2/rooms/export", &filter).await
}

fn asked(reader: &Reader) -> Result<RoomFilter, Problem> {
    Ok(RoomFilter {
        as_of: reader.asked("asOf", read::date)?,
        property_id: reader.asked("propertyId", read::word)?,
        floor_id: reader.asked("floorId", read::word)?,
        kind: reader.asked("kind", read::word)?,
        price_mode: None,
        occupied: reader.asked("occupied", read::word)?,
        occupancy: reader.asked("occupancy", read::word)?,
        q: reader.param("q"),
        limit: Some(PAGE),
        cursor: reader.param("cursor"),
    })
}

async fn list(api: Api, reader: Reader) -> Result<Response, Problem> {
    let filter = asked(&reader)?;
    let all = RoomFilter { limit: None, cursor: None, ..filter.clone() };
    let buildings = Paging { limit: Some(100), cursor: None };
    let answer = try_join3(api.rooms(&filter), api.room_totals(&all), api.properties(&buildings));
    let (reader, (page, totals, properties)) = api.page(reader, answer).await?;
    let list = RoomList { rows: page.items, next: page.next_cursor, totals, properties: properties.items };
    Ok(list.render(&reader).into_response())
}

fn id(text: &str) -> Result<RoomId, Problem> {
    read::word(text).ok_or(Problem::not_found("thing-room"))
}

impl Page for RoomList {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("menu-rooms");
        let actions = html! {
            @if reader.may(Action::EditEstate) {
                (Button::link(reader.say("building-new"), buildings::NEW).icon(Icon::Building))
                (Button::link(reader.say("room-new"), new::HERE).primary().icon(Icon::Plus))
            }
        };
        let main = html! {
            (head(&[], &title, html! {}, actions))
            (spaces::tabs(reader, HERE))
            (Filter::new(reader)
                .search("q", &reader.say("rooms-search"))
                .buildings(&self.properties)
                .choice("kind", &reader.say("room-kind"), &reader.say("rooms-any-kind"),
                    &terms_of(reader, "room-kind", RoomKind::ALL))
                .choice("occupancy", &reader.say("rooms-occupancy"), &reader.say("rooms-all"),
                    &terms_of(reader, "occupancy", Occupancy::ALL))
                .day("asOf", &reader.say("as-of"), Some(clock::today()))
                .keep("occupied")
                .keep("floorId"))
            (table::region(self.list(reader)))
        };
        frame::desk(reader, Place::Rooms, &title, main, panel::closed())
    }

    fn sample() -> RoomList {
        let vacant = crate::contracts::sample::room("302", None);
        let let_out = crate::contracts::sample::room("301", Some("Ундрах Өргөө ХХК"));
        let mut figures = OccupancyFigures::default();
        figures.add(Occupancy::Let, Units { units: 2, area_m2: 169.into() });
        figures.add(Occupancy::Listed, Units { units: 1, area_m2: "84.5".parse().expect("a number") });
        RoomList {
            rows: vec![let_out.clone(), vacant, RoomView { id: RoomId::new(), unit_no: "B1-12".into(), ..let_out }],
            next: None,
            totals: RoomTotals {
                as_of: clock::today(),
                count: 3,
                occupied: 2,
                area_m2: "253.5".parse().expect("a number"),
                area_occupied_m2: 169.into(),
                figures,
            },
            properties: vec![crate::contracts::sample::property()],
        }
    }
}

impl RoomList {
    fn list(&self, reader: &Reader) -> Markup {
        if self.rows.is_empty() {
            let ways = html! {
                (Button::link(reader.say("rooms-all"), HERE))
                @if reader.may(Action::Import) {
                    (Button::link(reader.say("import-title"), "/imports/rent-roll").icon(Icon::Import))
                }
            };
            return empty(Icon::Building, &reader.say("rooms-none"), &reader.say("rooms-none-note"), ways);
        }
        let columns = [
            Column::text("unit", reader.say("unit-no")).title(),
            Column::text("property", reader.say("building")),
            Column::number("floor", reader.say("floor")),
            Column::text("kind", reader.say("room-kind")).desk_only(),
            Column::number("area", reader.say("area")),
            Column::number("price", reader.say("asking-price")),
            Column::text("occupancy", reader.say("rooms-occupancy")).corner(),
            Column::text("tenant", reader.say("tenant")),
            Column::text("until", reader.say("until")),
        ];
        let rows: Vec<Row> = self.rows.iter().map(|room| row(reader, room)).collect();
        let count = [("occupied", self.totals.occupied.into()), ("count", self.totals.count.into())];
        let totals = [
            html! { (reader.say("total")) },
            html! { (reader.say_with("rooms-count", &count)) },
            html! {},
            html! {},
            fmt::area_m2(self.totals.area_m2),
            html! {},
            html! {},
            html! { span { (reader.say("rooms-area-let")) " " (fmt::area_m2(self.totals.area_occupied_m2)) } },
            html! {},
        ];
        let caption = reader.say("menu-rooms");
        let standing = |one: Occupancy| reader.link(&[("occupancy", one.as_str()), ("occupied", ""), ("cursor", "")]);
        html! {
            (spaces::legend(reader, &self.totals.figures, standing))
            (Table { caption: &caption, columns: &columns, rows: &rows, totals: Some(&totals) }
                .paged_with_export(reader, self.next.as_deref(), "/rooms/export"))
        }
    }
}

fn row(reader: &Reader, room: &RoomView) -> Row {
    let occupant = room.occupied_by.as_ref();
    Row {
        opens: Opens::Page(format!("/rooms/{}", room.id)),
        cells: vec![
            html! { (room.unit_no) },
            html! { (room.property_name) },
            room.floor_number.map(|floor| html! { (floor) }).unwrap_or_default(),
            html! { (reader.term("room-kind", room.kind.as_str())) },
            fmt::area_m2(room.area_m2),
            spaces::price(reader, room.price_mode, room.base_rent),
            html! { (spaces::standing(reader, room.occupancy)) },
            occupant.map(|occupant| html! { (occupant.tenant_name) }).unwrap_or_default(),
            occupant.map(|occupant| spaces::until(reader, occupant.until)).unwrap_or_default(),
        ],
    }
}

#[cfg(test)]
mod tests;
