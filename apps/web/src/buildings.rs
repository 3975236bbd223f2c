//! «Барилга»: the buildings with how much of each is let on a day; a building's own page is its floors (`grid.rs`).

mod edit;
mod grid;
mod new;

use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{
    PropertyId,
    rights::Action,
    rooms::{Occupancy, PropertyStatus},
};
use maud::{Markup, html};
use rust_decimal::Decimal;
use wire::{
    occupancy::{OccupancyFigures, OccupancyFilter, PropertyOccupancy, Units},
    properties::PropertyView,
};

pub use self::{edit::BuildingForm, grid::BuildingPage, new::NewBuildingPage};
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
        filter::Filter,
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
        table::{self, Column, Opens, Row, Table},
    },
};

pub(crate) const HERE: &str = "/buildings";
pub(crate) use self::new::HERE as NEW;

pub fn routes() -> Router<Site> {
    Router::new()
        .route(HERE, get(list))
        .route("/buildings/export", get(export))
        .merge(new::routes())
        .merge(grid::routes())
        .merge(edit::routes())
}

/// The buildings with their figures.
#[derive(Debug, Clone)]
pub struct BuildingList {
    pub rows: Vec<PropertyOccupancy>,
    pub next: Option<String>,
}

async fn list(api: Api, reader: Reader) -> Result<Response, Problem> {
    let filter =
        OccupancyFilter { as_of: reader.asked("asOf", read::date)?, limit: Some(50), cursor: reader.param("cursor") };
    let (reader, page) = api.page(reader, api.occupancy(&filter)).await?;
    Ok(BuildingList { rows: page.items, next: page.next_cursor }.render(&reader).into_response())
}

/// The same buildings, all of them, as an Excel file.
async fn export(api: Api, reader: Reader) -> Result<Response, Problem> {
    let filter = OccupancyFilter { as_of: reader.asked("asOf", read::date)?, limit: None, cursor: None };
    exports::send(&api, "/v2/occupancy/export", &filter).await
}

fn id(text: &str) -> Result<PropertyId, Problem> {
    read::word(text).ok_or(Problem::not_found("thing-property"))
}

/// How a building stands.
fn status(reader: &Reader, building: &PropertyView) -> Badge {
    let tone = match building.status {
        PropertyStatus::Active => Tone::Good,
        PropertyStatus::UnderConstruction => Tone::Warn,
        PropertyStatus::Decommissioned => Tone::Faint,
    };
    Badge::new(tone, reader.term("property-status", building.status.as_str()))
}

impl Page for BuildingList {
    fn render(&self, reader: &Reader) -> Markup {
        let (title, list) = (reader.say("spaces-buildings"), reader.say("menu-rooms"));
        let actions = html! {
            @if reader.may(Action::EditEstate) {
                (Button::link(reader.say("building-new"), NEW).primary().icon(Icon::Plus))
            }
        };
        let main = html! {
            (head(&[(&list, "/rooms")], &title, html! {}, actions))
            (spaces::tabs(reader, HERE))
            (Filter::new(reader).day("asOf", &reader.say("as-of"), Some(clock::today())))
            (table::region(self.list(reader)))
        };
        frame::desk(reader, Place::Rooms, &title, main, panel::closed())
    }

    fn sample() -> BuildingList {
        let mut figures = OccupancyFigures::default();
        let units = |units: i64| Units { units, area_m2: Decimal::from(units * 42) };
        for (standing, count) in Occupancy::ALL.iter().zip([48, 3, 9, 6]) {
            figures.add(*standing, units(count));
        }
        let property = crate::contracts::sample::property();
        let old = PropertyView {
            name: "Хуучин агуулах".into(),
            status: PropertyStatus::Decommissioned,
            decommissioned_on: Some(jiff::civil::date(2026, 3, 1)),
            ..property.clone()
        };
        BuildingList {
            rows: vec![
                PropertyOccupancy { property, figures },
                PropertyOccupancy { property: old, figures: OccupancyFigures::default() },
            ],
            next: None,
        }
    }
}

impl BuildingList {
    fn list(&self, reader: &Reader) -> Markup {
        if self.rows.is_empty() {
            let ways = html! {
                @if reader.may(Action::EditEstate) { (Button::link(reader.say("building-new"), NEW).icon(Icon::Plus)) }
            };
            return empty(Icon::Building, &reader.say("buildings-none"), &reader.say("buildings-none-note"), ways);
        }
        let mut columns = vec![
            Column::text("name", reader.say("building")).title(),
            Column::text("district", reader.say("building-district")).desk_only(),
            Column::text("status", reader.say("status")).corner(),
        ];
        let words: Vec<_> = Occupancy::ALL.iter().map(|one| reader.term("occupancy", one.as_str())).collect();
        columns
            .extend(Occupancy::ALL.iter().zip(&words).map(|(one, word)| Column::number(one.as_str(), word.as_ref())));
        columns.push(Column::number("total", reader.say("total")));
        columns.push(Column::number("share", reader.say("let-share")));
        let rows: Vec<Row> = self.rows.iter().map(|row| line(reader, row)).collect();
        let caption = reader.say("spaces-buildings");
        Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.paged_with_export(
            reader,
            self.next.as_deref(),
            "/buildings/export",
        )
    }
}

fn line(reader: &Reader, row: &PropertyOccupancy) -> Row {
    let (building, figures) = (&row.property, &row.figures);
    let day = reader.param("asOf").map(|day| format!("?asOf={day}")).unwrap_or_default();
    let mut cells =
        vec![html! { (building.name) }, html! { (building.district) }, html! { (status(reader, building)) }];
    cells.extend(Occupancy::ALL.iter().map(|one| spaces::units(figures.of(*one))));
    cells.push(spaces::units(figures.total));
    cells.push(share(figures).map(|share| html! { span class="num" { (share) } }).unwrap_or_default());
    Row { opens: Opens::Page(format!("/buildings/{}{day}", building.id)), cells }
}

/// What is let of the area, in whole per cent, rounded down.
fn share(figures: &OccupancyFigures) -> Option<String> {
    let percent = figures.occupied().area_m2.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(figures.total.area_m2)?;
    Some(format!("{}%", fmt::quantity(percent.floor())))
}

#[cfg(test)]
mod tests;
