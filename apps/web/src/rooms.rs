//! «Талбай»: every room with who is in it and until when, and a room's own page where its price is set.

mod new;

use axum::{
    Router,
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{
    RoomId,
    rights::Action,
    rooms::{PriceMode, RoomKind},
};
use futures_util::future::try_join3;
use maud::{Markup, html};
use wire::{
    Paging,
    properties::PropertyView,
    rooms::{RoomChange, RoomFilter, RoomTotals, RoomView},
};

use crate::{
    Site,
    api::Api,
    buildings, exports, fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
        badge::{Badge, Tone},
        button::Button,
        empty::empty,
        facts::facts,
        field::terms_of,
        filter::Filter,
        flash::Flash,
        form::{self, Form},
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
        table::{self, Column, Opens, Row, Table},
    },
};

pub use self::new::NewRoomPage;

const PAGE: u32 = 50;

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/rooms", get(list))
        .route("/rooms/export", get(export))
        .route("/rooms/{id}", get(show).post(edit))
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

/// A room with its form.
#[derive(Debug, Clone)]
pub struct RoomPage {
    pub room: RoomView,
    pub form: Form,
    /// Somebody else changed the room since the form was drawn.
    pub is_stale: bool,
}

/// The rooms of the address, all of them, as an Excel file.
async fn export(api: Api, reader: Reader) -> Result<Response, Problem> {
    let filter = RoomFilter { limit: None, cursor: None, ..asked(&reader)? };
    exports::send(&api, "/v2/rooms/export", &filter).await
}

fn asked(reader: &Reader) -> Result<RoomFilter, Problem> {
    Ok(RoomFilter {
        property_id: reader.asked("propertyId", read::word)?,
        kind: reader.asked("kind", read::word)?,
        occupied: reader.asked("occupied", read::word)?,
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

async fn show(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    let (reader, room) = api.page(reader, api.room(self::id(&id)?)).await?;
    let form = filled(&room);
    Ok(RoomPage { room, form, is_stale: false }.render(&reader).into_response())
}

async fn edit(
    api: Api,
    reader: Reader,
    Path(id): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let id = self::id(&id)?;
    let mut form = Form::typed(pairs);
    let change = change(&mut form, &reader);
    let (mut is_stale, mut status) = (false, StatusCode::BAD_REQUEST);
    if form.is_clean() {
        match api.edit_room(id, &change).await {
            Ok(_) => return Ok(Flash::good(reader.say("saved")).on(&format!("/rooms/{id}"))),
            Err(refusal) => {
                is_stale = refusal.reason() == "VERSION";
                status = form.refused(refusal, |path| FIELDS.contains(&path).then(|| path.to_owned().into()))?;
            }
        }
    }
    let (reader, room) = api.page(reader, api.room(id)).await?;
    Ok((status, RoomPage { room, form, is_stale }.render(&reader)).into_response())
}

fn id(text: &str) -> Result<RoomId, Problem> {
    read::word(text).ok_or(Problem::not_found("thing-room"))
}

/// The form's fields are named as the API names them.
const FIELDS: [&str; 6] = ["unitNo", "kind", "areaM2", "priceMode", "baseRent", "listed"];

fn filled(room: &RoomView) -> Form {
    Form::default()
        .with("version", room.version)
        .with("unitNo", &room.unit_no)
        .with("kind", room.kind)
        .with("areaM2", room.area_m2.normalize())
        .with("priceMode", room.price_mode)
        .with("baseRent", fmt::money_text(room.base_rent))
        .with("listed", if room.listed { "yes" } else { "" })
}

fn change(form: &mut Form, reader: &Reader) -> RoomChange {
    RoomChange {
        version: form.must(reader, "version", "field-not-a-number", read::word).unwrap_or_default(),
        unit_no: form.must(reader, "unitNo", "field-required", |unit| Some(unit.to_owned())),
        kind: form.must(reader, "kind", "field-not-a-choice", read::word),
        area_m2: form.must(reader, "areaM2", "field-not-a-number", read::quantity),
        price_mode: form.must(reader, "priceMode", "field-not-a-choice", read::word),
        base_rent: form.must(reader, "baseRent", "field-bad-money", read::money),
        listed: Some(form.value("listed") == "yes"),
    }
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
        let occupied = [("true", "rooms-let"), ("false", "rooms-vacant")]
            .map(|(word, key)| (word.to_owned(), reader.say(key).into_owned()));
        let main = html! {
            (head(&[], &title, html! {}, actions))
            (Filter::new(reader)
                .search("q", &reader.say("rooms-search"))
                .buildings(&self.properties)
                .choice("kind", &reader.say("room-kind"), &reader.say("rooms-any-kind"),
                    &terms_of(reader, "room-kind", RoomKind::ALL))
                .choice("occupied", &reader.say("rooms-occupancy"), &reader.say("rooms-all"), &occupied))
            (table::region(self.list(reader)))
        };
        frame::desk(reader, Place::Rooms, &title, main, panel::closed())
    }

    fn sample() -> RoomList {
        let vacant = crate::contracts::sample::room("302", None);
        let let_out = crate::contracts::sample::room("301", Some("Ундрах Өргөө ХХК"));
        RoomList {
            rows: vec![let_out.clone(), vacant, RoomView { id: RoomId::new(), unit_no: "B1-12".into(), ..let_out }],
            next: None,
            totals: RoomTotals {
                count: 3,
                occupied: 2,
                area_m2: "253.5".parse().expect("a number"),
                area_occupied_m2: 169.into(),
            },
            properties: vec![crate::contracts::sample::property()],
        }
    }
}

impl RoomList {
    fn list(&self, reader: &Reader) -> Markup {
        if self.rows.is_empty() {
            let ways = html! {
                (Button::link(reader.say("rooms-all"), "/rooms"))
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
            Column::text("tenant", reader.say("tenant")).corner(),
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
            html! { span { (reader.say("rooms-area-let")) " " (fmt::area_m2(self.totals.area_occupied_m2)) } },
            html! {},
        ];
        let caption = reader.say("menu-rooms");
        Table { caption: &caption, columns: &columns, rows: &rows, totals: Some(&totals) }.paged_with_export(
            reader,
            self.next.as_deref(),
            "/rooms/export",
        )
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
            price(reader, room),
            match occupant {
                Some(occupant) => html! { (occupant.tenant_name) },
                None => html! { (Badge::new(Tone::Warn, reader.say("vacant"))) },
            },
            occupant.map(|occupant| until(reader, occupant.until)).unwrap_or_default(),
        ],
    }
}

/// The price with what it is the price of; nothing while none is set.
fn price(reader: &Reader, room: &RoomView) -> Markup {
    if room.base_rent.is_zero() {
        return html! {};
    }
    let mode = reader.term("price-mode", room.price_mode.as_str());
    html! { span { (fmt::money(room.base_rent)) " " span class="unit" { (mode) } } }
}

fn until(reader: &Reader, day: Option<jiff::civil::Date>) -> Markup {
    day.map_or_else(|| html! { (reader.say("no-end")) }, fmt::date)
}

impl Page for RoomPage {
    fn render(&self, reader: &Reader) -> Markup {
        let room = &self.room;
        let list = reader.say("menu-rooms");
        let actions = html! {
            @if room.occupied_by.is_none() && reader.may(Action::DraftContracts) {
                @let query = [("propertyId", room.property_id.to_string()), ("rooms", room.unit_no.clone())];
                @let query = serde_urlencoded::to_string(query).expect("pairs of texts can be encoded");
                (Button::link(reader.say("contract-new"), format!("/contracts/new?{query}")).icon(Icon::Plus))
            }
        };
        let main = html! {
            (head(&[(&list, "/rooms")], &room.unit_no, html! { (room.property_name) }, actions))
            div class="beside" {
                section class="box" { (self.facts(reader)) }
                @if reader.may(Action::EditEstate) { section class="box" { (self.form(reader)) } }
            }
            (crate::files::section(reader, domain::file::Purpose::RoomPhoto, room.id.0))
        };
        frame::desk(reader, Place::Rooms, &room.unit_no, main, panel::closed())
    }

    fn sample() -> RoomPage {
        let room = crate::contracts::sample::room("301", Some("Ундрах Өргөө ХХК"));
        RoomPage { form: filled(&room), room, is_stale: false }
    }
}

impl RoomPage {
    fn facts(&self, reader: &Reader) -> Markup {
        let room = &self.room;
        let occupant = room.occupied_by.as_ref();
        let floor = room.floor_number.map(|floor| html! { (floor) });
        facts(&[
            (
                &reader.say("status"),
                match occupant {
                    Some(_) => html! { (Badge::new(Tone::Good, reader.say("rooms-let"))) },
                    None => html! { (Badge::new(Tone::Warn, reader.say("rooms-vacant"))) },
                },
            ),
            (&reader.say("tenant"), occupant.map(|occupant| html! { (occupant.tenant_name) }).unwrap_or_default()),
            (
                &reader.say("contract"),
                occupant
                    .map(|occupant| {
                        html! {
                            a href={ "/contracts/" (occupant.contract_id) } { (occupant.contract_code) }
                        }
                    })
                    .unwrap_or_default(),
            ),
            (&reader.say("until"), occupant.map(|occupant| until(reader, occupant.until)).unwrap_or_default()),
            (&reader.say("floor"), floor.unwrap_or_default()),
            (&reader.say("area"), fmt::area_m2(room.area_m2)),
            (&reader.say("asking-price"), price(reader, room)),
        ])
    }

    fn form(&self, reader: &Reader) -> Markup {
        let (form, here) = (&self.form, format!("/rooms/{}", self.room.id));
        let fields = html! {
            @if self.is_stale { (form::stale(reader, &here)) } @else { (form.summary(reader)) }
            input type="hidden" name="version" value=(form.value("version"));
            div class="fields" {
                (form.field("unitNo", reader.say("unit-no")).required().max_chars(40))
                (form.field("kind", reader.say("room-kind")).choices(&terms_of(reader, "room-kind", RoomKind::ALL)))
                (form.field("areaM2", reader.say("area")).number("м²").required())
                (form.field("baseRent", reader.say("asking-price")).money().required())
                (form.field("priceMode", reader.say("charge-basis")).choices(&terms_of(reader, "price-mode", PriceMode::ALL)))
                (form.field("listed", reader.say("room-listed")).check())
            }
            div class="form-foot" { (Button::submit(reader.say("save")).icon(Icon::Check)) }
        };
        html! { h2 class="box-title" { (reader.say("edit")) } (form::post(&here, fields)) }
    }
}

#[cfg(test)]
mod tests;
