//! «Сул талбай»: what is not let on a day, for how long, and the rent that is lost by it.

use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{
    ContractId, Money, PropertyId, RoomId,
    rights::Action,
    rooms::{PriceMode, RoomKind},
};
use futures_util::future::try_join3;
use jiff::civil::{Date, date};
use maud::{Markup, html};
use serde::Deserialize;
use wire::{
    Paging,
    properties::PropertyView,
    vacancies::{Neighbouring, VacancyFilter, VacancyRow, VacancySort, VacancyTotals},
};

use crate::{
    Site,
    api::Api,
    clock, exports, fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    spaces,
    ui::{
        badge::{Badge, Tone},
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

const HERE: &str = "/vacancies";

const PAGE: u32 = 50;

/// How long is long: the choices of the filter, in days.
const LONGER_THAN_DAYS: [i32; 4] = [30, 60, 90, 180];

pub fn routes() -> Router<Site> {
    Router::new().route(HERE, get(list)).route("/vacancies/export", get(export))
}

/// The vacancies that the address asks for.
#[derive(Debug, Clone)]
pub struct VacancyList {
    pub rows: Vec<VacancyRow>,
    pub next: Option<String>,
    pub totals: VacancyTotals,
    pub properties: Vec<PropertyView>,
}

async fn list(api: Api, reader: Reader) -> Result<Response, Problem> {
    let filter = VacancyFilter { limit: Some(PAGE), cursor: reader.param("cursor"), ..asked(&reader)? };
    let all = VacancyFilter { sort: None, limit: None, cursor: None, ..filter.clone() };
    let buildings = Paging { limit: Some(100), cursor: None };
    let answer = try_join3(api.vacancies(&filter), api.vacancy_totals(&all), api.properties(&buildings));
    let (reader, (page, totals, properties)) = api.page(reader, answer).await?;
    let list = VacancyList { rows: page.items, next: page.next_cursor, totals, properties: properties.items };
    Ok(list.render(&reader).into_response())
}

/// The same vacancies, all of them, as an Excel file.
async fn export(api: Api, reader: Reader) -> Result<Response, Problem> {
    exports::send(&api, "/v2/vacancies/export", &asked(&reader)?).await
}

fn asked(reader: &Reader) -> Result<VacancyFilter, Problem> {
    Ok(VacancyFilter {
        as_of: reader.asked("asOf", read::date)?,
        property_id: reader.asked("propertyId", read::word)?,
        kind: reader.asked("kind", read::word)?,
        listed: reader.asked("listed", read::word)?,
        min_days: reader.asked("minDays", read::word)?,
        q: reader.param("q"),
        sort: reader.asked("sort", sort)?,
        limit: None,
        cursor: None,
    })
}

fn sort(word: &str) -> Option<VacancySort> {
    VacancySort::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(word)).ok()
}

impl Page for VacancyList {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("spaces-vacancies");
        let list = reader.say("menu-rooms");
        let days: Vec<(String, String)> = LONGER_THAN_DAYS
            .iter()
            .map(|days| {
                (days.to_string(), reader.say_with("vacancies-longer", &[("days", (*days).into())]).into_owned())
            })
            .collect();
        let listed = [("true", "listed-yes"), ("false", "listed-no")]
            .map(|(word, key)| (word.to_owned(), reader.say(key).into_owned()));
        let actions = html! {
            @if reader.may(Action::EditEstate) {
                (Button::link(reader.say("spaces-prices"), "/rooms/prices").icon(Icon::Tag))
            }
        };
        let main = html! {
            (head(&[(&list, "/rooms")], &title, html! { (reader.say("vacancies-note")) }, actions))
            (spaces::tabs(reader, HERE))
            (Filter::new(reader)
                .search("q", &reader.say("rooms-search"))
                .buildings(&self.properties)
                .choice("kind", &reader.say("room-kind"), &reader.say("rooms-any-kind"),
                    &terms_of(reader, "room-kind", RoomKind::ALL))
                .choice("listed", &reader.say("listed"), &reader.say("listed-any"), &listed)
                .choice("minDays", &reader.say("days-vacant"), &reader.say("vacancies-any-days"), &days)
                .day("asOf", &reader.say("as-of"), Some(clock::today())))
            (table::region(self.list(reader)))
        };
        frame::desk(reader, Place::Rooms, &title, main, panel::closed())
    }

    fn sample() -> VacancyList {
        let row = |unit: &str, price: i64, since: Date, last: Option<&str>| VacancyRow {
            room_id: RoomId::new(),
            property_id: PropertyId::new(),
            property_name: "Алтан Тауэр".into(),
            floor_number: Some(3),
            unit_no: unit.into(),
            kind: RoomKind::Office,
            area_m2: "84.5".parse().expect("a number"),
            listed: price > 0,
            price_mode: PriceMode::PerM2,
            base_rent: Money::from_tugrug(price),
            lost_a_month: Money::from_mungo(price * 8450),
            vacant_since: since,
            days_vacant: 52,
            last: last.map(|tenant| neighbour(tenant, date(2026, 9, 30))),
            next: last.is_none().then(|| neighbour("Хан-Уул Оптик ХХК", date(2026, 12, 1))),
        };
        VacancyList {
            rows: vec![
                row("302", 25_000, date(2026, 10, 1), Some("Э. Сарантуяа")),
                row("B1-12", 0, date(2026, 4, 12), None),
            ],
            next: Some("abc".into()),
            totals: VacancyTotals {
                as_of: date(2026, 11, 22),
                count: 30,
                area_m2: "1267.4".parse().expect("a number"),
                lost_a_month: Money::from_tugrug(41_250_000),
                unpriced: 1,
            },
            properties: vec![crate::contracts::sample::property()],
        }
    }
}

fn neighbour(tenant: &str, on: Date) -> Neighbouring {
    Neighbouring {
        contract_id: ContractId::new(),
        contract_code: "CT-2026-0007".into(),
        tenant_name: tenant.into(),
        on,
    }
}

impl VacancyList {
    fn list(&self, reader: &Reader) -> Markup {
        if self.rows.is_empty() {
            let ways = html! { (Button::link(reader.say("rooms-all"), "/rooms")) };
            return empty(Icon::CircleCheck, &reader.say("vacancies-none"), &reader.say("vacancies-none-note"), ways);
        }
        let columns = [
            Column::text("unit", reader.say("unit-no")).sortable().title(),
            Column::text("property", reader.say("building")),
            Column::number("floor", reader.say("floor")).desk_only(),
            Column::text("kind", reader.say("room-kind")).desk_only(),
            Column::text("listed", reader.say("listed")),
            Column::number("area", reader.say("area")).sortable(),
            Column::number("days", reader.say("days-vacant")).sortable().corner(),
            Column::text("since", reader.say("vacant-since")),
            Column::text("last", reader.say("vacant-after")).desk_only(),
            Column::text("next", reader.say("vacant-until")),
            Column::number("price", reader.say("asking-price")),
            Column::number("lost", reader.say("lost-a-month")).sortable(),
        ];
        let rows: Vec<Row> = self.rows.iter().map(|vacancy| row(reader, vacancy)).collect();
        let totals = &self.totals;
        let foot = [
            html! { (reader.say("total")) },
            html! { (reader.say_with("vacancies-count", &[("count", totals.count.into())])) },
            html! {},
            html! {},
            html! {},
            fmt::area_m2(totals.area_m2),
            html! {},
            html! {},
            html! {},
            html! {},
            html! {
                @if totals.unpriced > 0 {
                    span class="unit" { (reader.say_with("vacancies-unpriced", &[("count", totals.unpriced.into())])) }
                }
            },
            fmt::money(totals.lost_a_month),
        ];
        let caption = reader.say("spaces-vacancies");
        Table { caption: &caption, columns: &columns, rows: &rows, totals: Some(&foot) }.paged_with_export(
            reader,
            self.next.as_deref(),
            "/vacancies/export",
        )
    }
}

fn row(reader: &Reader, vacancy: &VacancyRow) -> Row {
    let side = |other: &Option<Neighbouring>| {
        html! { @if let Some(other) = other { (other.tenant_name) " · " (fmt::date(other.on)) } }
    };
    let listed = if vacancy.listed { ("listed-yes", Tone::Sky) } else { ("listed-no", Tone::Faint) };
    Row {
        opens: Opens::Page(format!("/rooms/{}", vacancy.room_id)),
        cells: vec![
            html! { (vacancy.unit_no) },
            html! { (vacancy.property_name) },
            vacancy.floor_number.map(|floor| html! { (floor) }).unwrap_or_default(),
            html! { (reader.term("room-kind", vacancy.kind.as_str())) },
            html! { (Badge::new(listed.1, reader.say(listed.0))) },
            fmt::area_m2(vacancy.area_m2),
            html! { span class="num" { (reader.say_with("days-count", &[("days", vacancy.days_vacant.into())])) } },
            fmt::date(vacancy.vacant_since),
            side(&vacancy.last),
            side(&vacancy.next),
            spaces::price(reader, vacancy.price_mode, vacancy.base_rent),
            fmt::money(vacancy.lost_a_month),
        ],
    }
}

#[cfg(test)]
mod tests;
