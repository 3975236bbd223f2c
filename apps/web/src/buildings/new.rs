//! A new building.

use axum::{
    Router,
    extract::Form as Posted,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use domain::rights::Action;
use maud::{Markup, html};
use wire::properties::NewProperty;

use crate::{
    Site,
    api::Api,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
        button::Button,
        flash::Flash,
        form::{self, Form},
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
    },
};

pub const HERE: &str = "/buildings/new";

pub fn routes() -> Router<Site> {
    Router::new().route(HERE, get(show).post(add))
}

/// The form for a new building; its fields are named as the API names them.
#[derive(Debug, Clone, Default)]
pub struct NewBuildingPage {
    pub form: Form,
}

const FIELDS: [&str; 5] = ["name", "address", "district", "floorCount", "builtYear"];

async fn show(api: Api, reader: Reader) -> Result<Response, Problem> {
    let reader = api.know(reader).await?;
    if !reader.may(Action::EditEstate) {
        return Err(Problem::forbidden());
    }
    Ok(NewBuildingPage::default().render(&reader).into_response())
}

async fn add(api: Api, reader: Reader, Posted(pairs): Posted<Vec<(String, String)>>) -> Result<Response, Problem> {
    let reader = api.know(reader).await?;
    let mut form = Form::typed(pairs);
    let new = NewProperty {
        name: form.must(&reader, "name", "field-required", |name| Some(name.to_owned())).unwrap_or_default(),
        address: form.value("address").to_owned(),
        district: form.value("district").to_owned(),
        city: None,
        total_area_m2: None,
        floor_count: form.read(&reader, "floorCount", "field-not-a-number", read::word),
        built_year: form.read(&reader, "builtYear", "field-not-a-number", read::word),
    };
    let mut status = StatusCode::BAD_REQUEST;
    if form.is_clean() {
        match api.add_property(&new).await {
            Ok(building) => {
                let told = reader.say_with("building-added", &[("name", building.name.into())]);
                return Ok(Flash::good(told).on(&format!("/rooms/new?propertyId={}", building.id)));
            }
            Err(refusal) => {
                status = form.refused(refusal, |path| FIELDS.contains(&path).then(|| path.to_owned().into()))?;
            }
        }
    }
    Ok((status, NewBuildingPage { form }.render(&reader)).into_response())
}

impl Page for NewBuildingPage {
    fn render(&self, reader: &Reader) -> Markup {
        let (title, list, form) = (reader.say("building-new"), reader.say("spaces-buildings"), &self.form);
        let (floors, year) = (reader.say("building-floors-unit"), reader.say("building-year-unit"));
        let main = html! {
            (head(&[(&list, "/buildings")], &title, html! {}, html! {}))
            section class="box" {
                (form::post(HERE, html! {
                    (form.summary(reader))
                    div class="fields" {
                        (form.field("name", reader.say("name")).required().max_chars(200).focused())
                        (form.field("address", reader.say("settings-address")).max_chars(500))
                        (form.field("district", reader.say("building-district")).max_chars(100))
                        (form.field("floorCount", reader.say("building-floors")).number(&floors))
                        (form.field("builtYear", reader.say("building-year")).number(&year))
                    }
                    div class="form-foot" { (Button::submit(reader.say("save")).icon(Icon::Check)) }
                }))
            }
        };
        frame::desk(reader, Place::Rooms, &title, main, panel::closed())
    }

    fn sample() -> NewBuildingPage {
        let mut form = Form::default().with("address", "Сүхбаатар дүүрэг, 1-р хороо");
        form.remark("name", Reader::default().say("field-required"));
        NewBuildingPage { form }
    }
}
