//! Asking prices of many rooms: chosen by the filter or by ticks, looked at old beside new, applied to all or to none.

mod preview;
mod rule;

use axum::{
    Router,
    extract::Form as Posted,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::{
    RoomId,
    rights::Action,
    rooms::{Occupancy, PriceMode, RoomKind},
};
use futures_util::future::try_join3;
use maud::{Markup, html};
use wire::{
    Paging,
    prices::PriceAsking,
    properties::PropertyView,
    rooms::{RoomFilter, RoomTotals, RoomView},
};

pub use self::preview::PreviewPage;
use crate::{
    Site,
    api::Api,
    fmt,
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
        form::Form,
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
        table::{self, Column, Opens, Row, Table},
    },
};

const HERE: &str = "/rooms/prices";

/// So many rooms have a tick of their own; the rest is reached by the filter.
const SHOWN: u32 = 100;

/// What rooms are chosen by, as the API names it.
const FILTERS: [&str; 5] = ["propertyId", "kind", "priceMode", "occupancy", "q"];

pub fn routes() -> Router<Site> {
    Router::new().route(HERE, get(choose).post(preview::apply)).route("/rooms/prices/preview", post(look))
}

/// The rooms to choose from, and how their prices are to change.
#[derive(Debug, Clone)]
pub struct PricesPage {
    pub rooms: Vec<RoomView>,
    pub totals: RoomTotals,
    pub properties: Vec<PropertyView>,
    pub chosen: Vec<RoomId>,
    pub form: Form,
}

async fn choose(api: Api, reader: Reader) -> Result<Response, Problem> {
    let filter = RoomFilter {
        property_id: reader.asked("propertyId", read::word)?,
        kind: reader.asked("kind", read::word)?,
        price_mode: reader.asked("priceMode", read::word)?,
        occupancy: reader.asked("occupancy", read::word)?,
        q: reader.param("q"),
        ..RoomFilter::default()
    };
    let form = FILTERS.into_iter().fold(Form::default(), |form, name| match reader.param(name) {
        Some(value) => form.with(name, value),
        None => form,
    });
    page(&api, reader, filter, form, Vec::new(), StatusCode::OK).await
}

async fn page(
    api: &Api,
    reader: Reader,
    filter: RoomFilter,
    form: Form,
    chosen: Vec<RoomId>,
    status: StatusCode,
) -> Result<Response, Problem> {
    let shown = RoomFilter { limit: Some(SHOWN), ..filter.clone() };
    let buildings = Paging { limit: Some(100), cursor: None };
    let answer = try_join3(api.rooms(&shown), api.room_totals(&filter), api.properties(&buildings));
    let (reader, (rooms, totals, properties)) = api.page(reader, answer).await?;
    if !reader.may(Action::EditEstate) {
        return Err(Problem::forbidden());
    }
    let page = PricesPage { rooms: rooms.items, totals, properties: properties.items, chosen, form };
    Ok((status, page.render(&reader)).into_response())
}

/// Old beside new; with mistakes the choice comes back.
async fn look(api: Api, reader: Reader, Posted(pairs): Posted<Vec<(String, String)>>) -> Result<Response, Problem> {
    let ticked: Vec<RoomId> =
        pairs.iter().filter(|(name, _)| name == "room").filter_map(|(_, room)| read::word(room)).collect();
    let mut form = Form::typed(pairs);
    let by_ticks = form.value("scope") == "ticked";
    if by_ticks && ticked.is_empty() {
        form.remark("scope", reader.say("prices-tick-some"));
    }
    let rule = rule::read(&mut form, &reader);
    let filter = RoomFilter {
        property_id: read::word(form.value("propertyId")),
        kind: read::word(form.value("kind")),
        price_mode: read::word(form.value("priceMode")),
        occupancy: read::word(form.value("occupancy")),
        q: Some(form.value("q").to_owned()).filter(|q| !q.is_empty()),
        ..RoomFilter::default()
    };
    let mut status = StatusCode::BAD_REQUEST;
    if let (Some(rule), true) = (rule, form.is_clean()) {
        let asked = PriceAsking {
            rule,
            room_ids: by_ticks.then(|| ticked.clone()),
            property_id: filter.property_id,
            floor_id: None,
            kind: filter.kind,
            price_mode: filter.price_mode,
            occupancy: filter.occupancy,
            q: filter.q.clone(),
        };
        match api.preview_prices(&asked).await {
            Ok(found) => {
                let reader = api.know(reader).await?;
                return Ok(PreviewPage::of(found, form).render(&reader).into_response());
            }
            Err(refusal) => status = form.refused(refusal, |path| rule::field(path).map(Into::into))?,
        }
    }
    page(&api, reader, filter, form, ticked, status).await
}

impl Page for PricesPage {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("prices-title");
        let list = reader.say("menu-rooms");
        let main = html! {
            (head(&[(&list, "/rooms")], &title, html! { (reader.say("prices-note")) }, html! {}))
            (spaces::tabs(reader, HERE))
            (Filter::new(reader)
                .search("q", &reader.say("rooms-search"))
                .buildings(&self.properties)
                .choice("kind", &reader.say("room-kind"), &reader.say("rooms-any-kind"),
                    &terms_of(reader, "room-kind", RoomKind::ALL))
                .choice("priceMode", &reader.say("charge-basis"), &reader.say("prices-any-mode"),
                    &terms_of(reader, "price-mode", PriceMode::ALL))
                .choice("occupancy", &reader.say("rooms-occupancy"), &reader.say("rooms-all"),
                    &terms_of(reader, "occupancy", Occupancy::ALL)))
            (table::region(self.choice(reader)))
        };
        frame::desk(reader, Place::Rooms, &title, main, panel::closed())
    }

    fn sample() -> PricesPage {
        let list = crate::rooms::RoomList::sample();
        let mut form = Form::default().with("how", "percent").with("percent", "5 хувь").with("rounding", "100");
        form.remark("percent", Reader::default().say("field-not-a-number"));
        PricesPage {
            chosen: vec![list.rows[0].id],
            rooms: list.rows,
            totals: list.totals,
            properties: list.properties,
            form,
        }
    }
}

impl PricesPage {
    fn choice(&self, reader: &Reader) -> Markup {
        if self.rooms.is_empty() {
            let ways = html! { (Button::link(reader.say("rooms-all"), HERE)) };
            return empty(Icon::Building, &reader.say("rooms-none"), &reader.say("rooms-none-note"), ways);
        }
        let form = &self.form;
        let all = reader.say_with("prices-all", &[("count", self.totals.count.into())]);
        let scopes =
            [("all".to_owned(), all.into_owned()), ("ticked".to_owned(), reader.say("prices-ticked").into_owned())];
        let body = html! {
            @for name in FILTERS {
                @if !form.value(name).is_empty() { input type="hidden" name=(name) value=(form.value(name)); }
            }
            section class="box" {
                (form.summary(reader))
                div class="fields" { (form.field("scope", reader.say("prices-which")).choices(&scopes)) }
                (rule::fields(reader, form))
                div class="form-foot" { (Button::submit(reader.say("prices-preview")).icon(Icon::ChevronRight)) }
            }
            (self.rooms(reader))
        };
        html! { form class="form form-wide" method="post" action="/rooms/prices/preview" novalidate { (body) } }
    }

    fn rooms(&self, reader: &Reader) -> Markup {
        let columns = [
            Column::text("unit", reader.say("unit-no")).title(),
            Column::text("property", reader.say("building")),
            Column::text("kind", reader.say("room-kind")).desk_only(),
            Column::text("occupancy", reader.say("rooms-occupancy")).corner(),
            Column::number("area", reader.say("area")),
            Column::number("price", reader.say("asking-price")),
        ];
        let rows: Vec<Row> = self.rooms.iter().map(|room| self.row(reader, room)).collect();
        let caption = reader.say("menu-rooms");
        let hidden = self.totals.count - i64::try_from(self.rooms.len()).unwrap_or(self.totals.count);
        html! {
            (Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.render(reader))
            @if hidden > 0 { p class="pager-note" { (reader.say_with("prices-more", &[("count", hidden.into())])) } }
        }
    }

    fn row(&self, reader: &Reader, room: &RoomView) -> Row {
        Row {
            opens: Opens::Nothing,
            cells: vec![
                html! {
                    label class="tick" {
                        input class="input" type="checkbox" name="room" value=(room.id) checked[self.chosen.contains(&room.id)];
                        span { (room.unit_no) }
                    }
                },
                html! { (room.property_name) },
                html! { (reader.term("room-kind", room.kind.as_str())) },
                html! { (spaces::standing(reader, room.occupancy)) },
                fmt::area_m2(room.area_m2),
                spaces::price(reader, room.price_mode, room.base_rent),
            ],
        }
    }
}

#[cfg(test)]
mod tests;
