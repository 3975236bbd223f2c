//! A building floor by floor from the top down: rooms as tiles, coloured and signed by how they stand on a day.

use axum::{
    Router,
    extract::Path,
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{
    ContractId, FloorId, Money, RoomId,
    file::Purpose,
    rights::Action,
    rooms::{Occupancy, PriceMode, RoomKind},
};
use futures_util::future::{OptionFuture, try_join};
use jiff::civil::date;
use maud::{Markup, html};
use wire::{
    occupancy::{AsOf, FloorGrid, GridFloor, GridRoom, OccupancyFigures, Units},
    rooms::RoomView,
};

use crate::{
    Site,
    api::Api,
    clock, files, fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    rooms, spaces,
    ui::{
        button::Button, empty::empty, facts::facts, filter::Filter, frame, head::head, icon::Icon, menu::Place, panel,
        table,
    },
};

pub fn routes() -> Router<Site> {
    Router::new().route("/buildings/{id}", get(show))
}

/// A building on a day, with the room that is opened beside it.
#[derive(Debug, Clone)]
pub struct BuildingPage {
    pub grid: FloorGrid,
    pub opened: Option<RoomView>,
}

async fn show(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = super::id(&id)?;
    let asked = AsOf { as_of: reader.asked("asOf", read::date)? };
    let open: Option<RoomId> = reader.asked("panel", read::word)?;
    let opened = async { OptionFuture::from(open.map(|room| api.room_as_of(room, &asked))).await.transpose() };
    let (reader, (grid, opened)) = api.page(reader, try_join(api.floor_grid(id, &asked), opened)).await?;
    Ok(BuildingPage { grid, opened }.render(&reader).into_response())
}

impl Page for BuildingPage {
    fn render(&self, reader: &Reader) -> Markup {
        let building = &self.grid.property;
        let list = reader.say("spaces-buildings");
        let id = building.id;
        let actions = html! {
            @if reader.may(Action::EditEstate) {
                (Button::link(reader.say("building-edit"), format!("/buildings/{id}/edit")).icon(Icon::Pencil))
                (Button::link(reader.say("room-new"), format!("/rooms/new?propertyId={id}")).primary().icon(Icon::Plus))
            }
        };
        let note = html! { (super::status(reader, building)) " " (self.address()) };
        let main = html! {
            (head(&[(&list, super::HERE)], &building.name, note, actions))
            (Filter::new(reader).day("asOf", &reader.say("as-of"), Some(clock::today())))
            (table::region(self.floors(reader)))
            details class="box fold" {
                summary class="fold-title" { (reader.say("building-facts")) }
                (self.facts(reader))
            }
        };
        let panel = self.opened.as_ref().map_or_else(panel::closed, |room| {
            panel::open(reader, &room.unit_no, &format!("/rooms/{}", room.id), rooms::beside(reader, room))
        });
        frame::desk(reader, Place::Rooms, &building.name, main, panel)
    }

    fn sample() -> BuildingPage {
        let room = |unit: &str, occupancy: Occupancy, tenant: Option<&str>| GridRoom {
            id: RoomId::new(),
            unit_no: unit.into(),
            kind: RoomKind::Office,
            area_m2: "42.5".parse().expect("a number"),
            occupancy,
            price_mode: PriceMode::PerM2,
            base_rent: Money::from_tugrug(42_000),
            contract_id: tenant.map(|_| ContractId::new()),
            tenant_name: tenant.map(str::to_owned),
            until: (occupancy == Occupancy::Notice).then(|| date(2026, 12, 10)),
        };
        let floor = |number: i32, label: &str, rooms: Vec<GridRoom>| {
            let mut figures = OccupancyFigures::default();
            for room in &rooms {
                figures.add(room.occupancy, Units { units: 1, area_m2: room.area_m2 });
            }
            GridFloor { floor_id: Some(FloorId::new()), number: Some(number), label: label.into(), figures, rooms }
        };
        let floors = vec![
            floor(
                2,
                "",
                vec![
                    room("201", Occupancy::Let, Some("Ундрах Өргөө ХХК")),
                    room("202", Occupancy::Notice, Some("Хан-Уул Оптик ХХК")),
                    room("203", Occupancy::Listed, None),
                ],
            ),
            floor(1, "Үйлчилгээ", vec![room("101", Occupancy::Let, Some("Номин Трейд ХХК"))]),
            floor(-1, "Зоорь", vec![room("P-9", Occupancy::Vacant, None), room("P-10", Occupancy::Vacant, None)]),
        ];
        let mut figures = OccupancyFigures::default();
        for room in floors.iter().flat_map(|floor| &floor.rooms) {
            figures.add(room.occupancy, Units { units: 1, area_m2: room.area_m2 });
        }
        let grid = FloorGrid {
            property: crate::contracts::sample::property(),
            as_of: date(2026, 11, 22),
            notice_days: 30,
            figures,
            floors,
        };
        BuildingPage { grid, opened: None }
    }
}

impl BuildingPage {
    /// The same with a room opened beside.
    pub fn with_panel() -> BuildingPage {
        let opened = crate::contracts::sample::room("201", Some("Ундрах Өргөө ХХК"));
        BuildingPage { opened: Some(opened), ..BuildingPage::sample() }
    }

    fn address(&self) -> String {
        let building = &self.grid.property;
        let parts = [building.district.as_str(), building.address.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    fn facts(&self, reader: &Reader) -> Markup {
        let building = &self.grid.property;
        let number = |number: Option<i32>| number.map(|number| html! { (number) }).unwrap_or_default();
        facts(&[
            (&reader.say("building-city"), html! { (building.city) }),
            (&reader.say("building-district"), html! { (building.district) }),
            (&reader.say("settings-address"), html! { (building.address) }),
            (&reader.say("building-area"), building.total_area_m2.map(fmt::area_m2).unwrap_or_default()),
            (&reader.say("building-floors"), number(building.floor_count)),
            (&reader.say("building-year"), number(building.built_year)),
            (&reader.say("building-closed-on"), building.decommissioned_on.map(fmt::date).unwrap_or_default()),
        ])
    }

    fn floors(&self, reader: &Reader) -> Markup {
        let grid = &self.grid;
        if grid.floors.is_empty() {
            let ways = html! {
                @if reader.may(Action::EditEstate) {
                    (Button::link(reader.say("room-new"), format!("/rooms/new?propertyId={}", grid.property.id)).icon(Icon::Plus))
                }
            };
            return empty(Icon::Building, &reader.say("grid-none"), &reader.say("grid-none-note"), ways);
        }
        let rooms = |standing: Occupancy| {
            let mut query = vec![("propertyId", grid.property.id.to_string()), ("occupancy", standing.to_string())];
            query.extend(reader.param("asOf").map(|day| ("asOf", day)));
            format!("/rooms?{}", serde_urlencoded::to_string(query).expect("pairs of texts can be encoded"))
        };
        let days = [("days", grid.notice_days.into())];
        html! {
            (spaces::legend(reader, &grid.figures, rooms))
            p class="hint" { (reader.say_with("occupancy-notice-means", &days)) }
            div class="storeys" data-tiles {
                @for floor in &grid.floors { (self.floor(reader, floor)) }
            }
        }
    }

    fn floor(&self, reader: &Reader, floor: &GridFloor) -> Markup {
        let name = match floor.number {
            Some(number) => reader.say_with("floor-of", &[("number", number.to_string().into())]).into_owned(),
            None => reader.say("floor-none").into_owned(),
        };
        let let_out = floor.figures.occupied();
        let sums = [
            ("occupied", let_out.units.into()),
            ("count", floor.figures.total.units.into()),
            ("letArea", fmt::quantity(let_out.area_m2).into()),
            ("area", fmt::quantity(floor.figures.total.area_m2).into()),
        ];
        html! {
            section class="storey" aria-label=(name) {
                header class="storey-head" {
                    h2 class="storey-name" { (name) }
                    @if !floor.label.is_empty() && !says_no_more(floor) { p class="hint" { (floor.label) } }
                    @if floor.figures.total.units > 0 { p class="hint num" { (reader.say_with("floor-sums", &sums)) } }
                    @if let Some(id) = floor.floor_id { (files::link(reader, Purpose::FloorPlan, id.0)) }
                }
                ul class="storey-rooms" {
                    @for room in &floor.rooms { li { (self.tile(reader, room)) } }
                }
            }
        }
    }

    /// A plain link to the room beside the grid; with htmx only the panel is fetched.
    fn tile(&self, reader: &Reader, room: &GridRoom) -> Markup {
        let (href, target) = (panel::href(reader, room.id), format!("#{}", panel::ID));
        let is_open = self.opened.as_ref().is_some_and(|opened| opened.id == room.id);
        html! {
            a class="unit-tile" data-standing=(room.occupancy.as_str()) href=(href) hx-get=(href) hx-target=(target)
                hx-select=(target) hx-swap="outerHTML" hx-replace-url="true" aria-current=[is_open.then_some("true")] {
                span class="unit-tile-head" { strong { (room.unit_no) } (spaces::sign(room.occupancy)) }
                span class="unit-tile-area num" { (fmt::quantity(room.area_m2)) " м²" }
                span class="unit-tile-who" {
                    @match &room.tenant_name {
                        Some(tenant) => { span class="sr-only" { (reader.term("occupancy", room.occupancy.as_str())) ": " } (tenant) }
                        None => (reader.term("occupancy", room.occupancy.as_str())),
                    }
                }
                @if let Some(until) = room.until.filter(|_| room.occupancy == Occupancy::Notice) {
                    span class="unit-tile-until num" { "→ " (fmt::date_text(until)) }
                }
            }
        }
    }
}

/// Whether the floor's name only repeats its number, as «8 давхар» does.
fn says_no_more(floor: &GridFloor) -> bool {
    floor.number.is_some_and(|number| floor.label.starts_with(&number.to_string()))
}
