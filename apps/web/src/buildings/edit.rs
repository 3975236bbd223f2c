//! A building's own facts, its status, and its floors: named, added, and taken away while nothing is on them.

use axum::{
    Router,
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::{FloorId, PropertyId, file::Purpose, rights::Action, rooms::PropertyStatus};
use futures_util::future::try_join;
use maud::{Markup, html};
use wire::properties::{FloorChange, FloorFilter, FloorView, NewFloor, PropertyChange, PropertyView};

use crate::{
    Site,
    api::Api,
    files, fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
        button::Button,
        field::terms_of,
        flash::Flash,
        form::{self, Form},
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
    },
};

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/buildings/{id}/edit", get(show).post(edit))
        .route("/buildings/{id}/floors", post(add_floor))
        .route("/buildings/{id}/floors/{floor}", post(edit_floor))
        .route("/buildings/{id}/floors/{floor}/removal", post(remove_floor))
}

/// A building with its form and its floors.
#[derive(Debug, Clone)]
pub struct BuildingForm {
    pub building: PropertyView,
    pub floors: Vec<FloorView>,
    pub form: Form,
    pub is_stale: bool,
}

/// The form's fields are named as the API names them.
const FIELDS: [&str; 8] = ["name", "address", "district", "city", "totalAreaM2", "floorCount", "builtYear", "status"];

async fn show(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    page(&api, reader, super::id(&id)?, None, false, StatusCode::OK).await
}

async fn page(
    api: &Api,
    reader: Reader,
    id: PropertyId,
    form: Option<Form>,
    is_stale: bool,
    status: StatusCode,
) -> Result<Response, Problem> {
    let floors = FloorFilter { property_id: Some(id), limit: Some(100), cursor: None };
    let (reader, (building, floors)) = api.page(reader, try_join(api.property(id), api.floors(&floors))).await?;
    if !reader.may(Action::EditEstate) {
        return Err(Problem::forbidden());
    }
    let form = form.unwrap_or_else(|| filled(&building));
    let page = BuildingForm { building, floors: floors.items, form, is_stale };
    Ok((status, page.render(&reader)).into_response())
}

async fn edit(
    api: Api,
    reader: Reader,
    Path(id): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let id = super::id(&id)?;
    let mut form = Form::typed(pairs);
    let change = PropertyChange {
        version: form.must(&reader, "version", "field-not-a-number", read::word).unwrap_or_default(),
        name: form.must(&reader, "name", "field-required", |name| Some(name.to_owned())),
        address: Some(form.value("address").to_owned()),
        district: Some(form.value("district").to_owned()),
        city: Some(form.value("city").to_owned()),
        total_area_m2: Some(form.read(&reader, "totalAreaM2", "field-not-a-number", read::quantity)),
        floor_count: Some(form.read(&reader, "floorCount", "field-not-a-number", read::word)),
        built_year: Some(form.read(&reader, "builtYear", "field-not-a-number", read::word)),
        status: form.must(&reader, "status", "field-not-a-choice", read::word),
    };
    let (mut is_stale, mut status) = (false, StatusCode::BAD_REQUEST);
    if form.is_clean() {
        match api.edit_property(id, &change).await {
            Ok(_) => return Ok(Flash::good(reader.say("saved")).on(&format!("/buildings/{id}"))),
            Err(refusal) => {
                is_stale = refusal.reason() == "VERSION";
                status = form.refused(refusal, |path| FIELDS.contains(&path).then(|| path.to_owned().into()))?;
            }
        }
    }
    page(&api, reader, id, Some(form), is_stale, status).await
}

async fn add_floor(
    api: Api,
    reader: Reader,
    Path(id): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let property_id = super::id(&id)?;
    let form = Form::typed(pairs);
    let Some(number) = read::word(form.value("number")) else {
        return Ok(Flash::bad(reader.say("field-not-a-number")).on(&here(property_id)));
    };
    let new = NewFloor { property_id, number, label: form.value("label").to_owned() };
    told(&reader, property_id, api.add_floor(&new).await.map(drop))
}

async fn edit_floor(
    api: Api,
    reader: Reader,
    Path((id, floor)): Path<(String, String)>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let (property, floor) = (super::id(&id)?, floor_id(&floor)?);
    let form = Form::typed(pairs);
    let (Some(version), Some(number)) = (read::word(form.value("version")), read::word(form.value("number"))) else {
        return Ok(Flash::bad(reader.say("field-not-a-number")).on(&here(property)));
    };
    let change = FloorChange { version, number: Some(number), label: Some(form.value("label").to_owned()) };
    told(&reader, property, api.edit_floor(floor, &change).await.map(drop))
}

async fn remove_floor(
    api: Api,
    reader: Reader,
    Path((id, floor)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (property, floor) = (super::id(&id)?, floor_id(&floor)?);
    told(&reader, property, api.remove_floor(floor).await)
}

/// Back to the form with what happened; a refusal that another form would mend is said as it is.
fn told(reader: &Reader, property: PropertyId, answer: client::Result<()>) -> Result<Response, Problem> {
    match answer {
        Ok(()) => Ok(Flash::good(reader.say("saved")).on(&here(property))),
        Err(refusal) if matches!(refusal.status, 400 | 409) => {
            let said = refusal.fields.values().flatten().next().cloned().unwrap_or(refusal.message);
            Ok(Flash::bad(said).on(&here(property)))
        }
        Err(refusal) => Err(refusal.into()),
    }
}

fn here(property: PropertyId) -> String {
    format!("/buildings/{property}/edit")
}

fn floor_id(text: &str) -> Result<FloorId, Problem> {
    read::word(text).ok_or(Problem::not_found("thing-floor"))
}

fn filled(building: &PropertyView) -> Form {
    let number = |number: Option<i32>| number.map(|number| number.to_string()).unwrap_or_default();
    Form::default()
        .with("version", building.version)
        .with("name", &building.name)
        .with("address", &building.address)
        .with("district", &building.district)
        .with("city", &building.city)
        .with("totalAreaM2", building.total_area_m2.map(fmt::quantity).unwrap_or_default())
        .with("floorCount", number(building.floor_count))
        .with("builtYear", number(building.built_year))
        .with("status", building.status)
}

impl Page for BuildingForm {
    fn render(&self, reader: &Reader) -> Markup {
        let building = &self.building;
        let (title, list) = (reader.say("building-edit"), reader.say("spaces-buildings"));
        let own = format!("/buildings/{}", building.id);
        let main = html! {
            (head(&[(&list, super::HERE), (&building.name, &own)], &title, html! { (super::status(reader, building)) }, html! {}))
            div class="beside" {
                section class="box" { (self.form(reader)) }
                section class="box" { (self.floors(reader)) }
            }
            (files::section(reader, Purpose::PropertyCover, building.id.0))
        };
        frame::desk(reader, Place::Rooms, &title, main, panel::closed())
    }

    fn sample() -> BuildingForm {
        let building = crate::contracts::sample::property();
        let floors = [(-1, "Зоорь"), (1, ""), (2, "")].map(|(number, label)| FloorView {
            id: FloorId::new(),
            property_id: building.id,
            number,
            label: label.into(),
            version: 1,
        });
        let mut form = filled(&building).with("status", PropertyStatus::Decommissioned);
        form.trouble(
            Reader::default()
                .say_with("conflict-property-let", &[("unit", "301".into()), ("code", "CT-2026-0007".into())]),
        );
        BuildingForm { floors: floors.into(), form, building, is_stale: false }
    }
}

impl BuildingForm {
    fn form(&self, reader: &Reader) -> Markup {
        let (form, here) = (&self.form, here(self.building.id));
        let (floors, year) = (reader.say("building-floors-unit"), reader.say("building-year-unit"));
        let now = self.building.status;
        let statuses: Vec<PropertyStatus> =
            PropertyStatus::ALL.iter().copied().filter(|next| *next == now || now.may_become(*next)).collect();
        form::post(
            &here,
            html! {
                @if self.is_stale { (form::stale(reader, &here)) } @else { (form.summary(reader)) }
                input type="hidden" name="version" value=(form.value("version"));
                div class="fields" {
                    (form.field("name", reader.say("name")).required().max_chars(200))
                    (form.field("status", reader.say("status")).choices(&terms_of(reader, "property-status", &statuses))
                        .hint(reader.say("building-status-hint")))
                    (form.field("address", reader.say("settings-address")).max_chars(500))
                    (form.field("district", reader.say("building-district")).max_chars(100))
                    (form.field("city", reader.say("building-city")).max_chars(100))
                    (form.field("totalAreaM2", reader.say("building-area")).number("м²"))
                    (form.field("floorCount", reader.say("building-floors")).number(&floors))
                    (form.field("builtYear", reader.say("building-year")).number(&year))
                }
                div class="form-foot" { (Button::submit(reader.say("save")).icon(Icon::Check)) }
            },
        )
    }

    /// Each floor is a little form of its own; its fields are labelled for those who do not see the columns.
    fn floors(&self, reader: &Reader) -> Markup {
        let base = format!("/buildings/{}/floors", self.building.id);
        let (number, label) = (reader.say("floor"), reader.say("floor-label"));
        let fields = |value: &str, name: &str| {
            html! {
                input class="input" type="text" inputmode="numeric" name="number" value=(value) aria-label=(number)
                    placeholder=(number) required;
                input class="input" type="text" name="label" value=(name) aria-label=(label) placeholder=(label) maxlength="100";
            }
        };
        html! {
            h2 class="box-title" { (reader.say("building-floors-title")) }
            ul class="storey-forms" {
                @for floor in self.floors.iter().rev() {
                    li class="storey-form" {
                        form method="post" action={ (base) "/" (floor.id) } {
                            input type="hidden" name="version" value=(floor.version);
                            (fields(&floor.number.to_string(), &floor.label))
                            (Button::submit(reader.say("save")).outline().icon_only(Icon::Check))
                        }
                        form method="post" action={ (base) "/" (floor.id) "/removal" } {
                            (Button::submit(reader.say("floor-remove")).outline().icon_only(Icon::Trash))
                        }
                        (files::link(reader, Purpose::FloorPlan, floor.id.0))
                    }
                }
                li class="storey-form" {
                    form method="post" action=(base) {
                        (fields("", ""))
                        (Button::submit(reader.say("floor-add")).icon_only(Icon::Plus))
                    }
                }
            }
        }
    }
}
