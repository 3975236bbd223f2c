//! A new room: one after the other, so that a floor is written down in one go.

use axum::{
    Router,
    extract::Form as Posted,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use domain::{
    FloorId, PropertyId,
    rights::Action,
    rooms::{PriceMode, RoomKind},
};
use maud::{Markup, html};
use wire::{
    Paging,
    properties::{FloorFilter, NewFloor, PropertyView},
    rooms::NewRoom,
};

use crate::{
    Site,
    api::Api,
    buildings,
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

pub const HERE: &str = "/rooms/new";

pub fn routes() -> Router<Site> {
    Router::new().route(HERE, get(show).post(add))
}

/// The form for a new room; its fields are named as the API names them, but for `floor`, which is a number here.
#[derive(Debug, Clone)]
pub struct NewRoomPage {
    pub form: Form,
    pub properties: Vec<PropertyView>,
}

const FIELDS: [&str; 10] =
    ["propertyId", "unitNo", "kind", "areaM2", "view", "priceMode", "baseRent", "depositMonths", "listed", "validFrom"];

const ALL: Paging = Paging { limit: Some(100), cursor: None };

async fn show(api: Api, reader: Reader) -> Result<Response, Problem> {
    let (reader, properties) = api.page(reader, api.properties(&ALL)).await?;
    let properties = properties.items;
    if !reader.may(Action::EditEstate) {
        return Err(Problem::forbidden());
    }
    if properties.is_empty() {
        return Ok(Redirect::to(buildings::NEW).into_response());
    }
    // What the room before had is likely to come again.
    let kept = ["propertyId", "floor", "kind", "priceMode", "baseRent"];
    let form = kept.into_iter().fold(Form::default(), |form, name| match reader.param(name) {
        Some(value) => form.with(name, value),
        None => form,
    });
    Ok(NewRoomPage { form, properties }.render(&reader).into_response())
}

async fn add(api: Api, reader: Reader, Posted(pairs): Posted<Vec<(String, String)>>) -> Result<Response, Problem> {
    let (reader, properties) = api.page(reader, api.properties(&ALL)).await?;
    let mut form = Form::typed(pairs);
    let mut status = StatusCode::BAD_REQUEST;
    let floor: Option<i32> = form.read(&reader, "floor", "field-not-a-number", read::word);
    let new = new(&mut form, &reader);
    if let Some(new) = new.filter(|_| form.is_clean()) {
        let added = match floor {
            Some(number) => match self::floor(&api, new.property_id, number).await {
                Ok(floor) => api.add_room(&NewRoom { floor_id: Some(floor), ..new }).await,
                Err(refusal) => Err(refusal),
            },
            None => api.add_room(&new).await,
        };
        match added {
            Ok(room) => {
                let told = reader.say_with("room-added", &[("unit", room.unit_no.into())]);
                let kept: Vec<(&str, &str)> = ["propertyId", "floor", "kind", "priceMode", "baseRent"]
                    .into_iter()
                    .map(|name| (name, form.value(name)))
                    .filter(|(_, value)| !value.is_empty())
                    .collect();
                let query = serde_urlencoded::to_string(kept).expect("pairs of texts can be encoded");
                return Ok(Flash::good(told).link(reader.say("rooms-see"), "/rooms").on(&format!("{HERE}?{query}")));
            }
            Err(refusal) => {
                status = form.refused(refusal, |path| FIELDS.contains(&path).then(|| path.to_owned().into()))?;
            }
        }
    }
    Ok((status, NewRoomPage { form, properties: properties.items }.render(&reader)).into_response())
}

fn new(form: &mut Form, reader: &Reader) -> Option<NewRoom> {
    let property_id = form.must(reader, "propertyId", "field-not-a-choice", read::word);
    let unit_no = form.must(reader, "unitNo", "field-required", |unit| Some(unit.to_owned()));
    let kind = form.must(reader, "kind", "field-not-a-choice", read::word);
    let area_m2 = form.must(reader, "areaM2", "field-not-a-number", read::quantity);
    let price_mode = form.read(reader, "priceMode", "field-not-a-choice", read::word);
    let base_rent = form.read(reader, "baseRent", "field-bad-money", read::money);
    Some(NewRoom {
        property_id: property_id?,
        floor_id: None,
        unit_no: unit_no?,
        kind: kind?,
        area_m2: area_m2?,
        view: form.value("view").to_owned(),
        balcony: form.value("balcony") == "yes",
        furnished: form.value("furnished") == "yes",
        price_mode,
        base_rent,
        deposit_months: form.read(reader, "depositMonths", "field-not-a-number", read::word),
        listed: form.value("listed") == "yes",
        valid_from: form.read(reader, "validFrom", "field-bad-date", read::date),
    })
}

/// The floor with that number, made when the building has none yet.
async fn floor(api: &Api, property_id: PropertyId, number: i32) -> client::Result<FloorId> {
    let filter = FloorFilter { property_id: Some(property_id), limit: Some(100), cursor: None };
    let known = api.floors(&filter).await?.items;
    if let Some(floor) = known.iter().find(|floor| floor.number == number) {
        return Ok(floor.id);
    }
    let made = api.add_floor(&NewFloor { property_id, number, label: String::new() }).await?;
    Ok(made.id)
}

impl Page for NewRoomPage {
    fn render(&self, reader: &Reader) -> Markup {
        let (title, list) = (reader.say("room-new"), reader.say("menu-rooms"));
        let buildings: Vec<(String, String)> =
            self.properties.iter().map(|building| (building.id.to_string(), building.name.clone())).collect();
        let form = &self.form;
        let (floor_unit, months) = (reader.say("floor-unit"), reader.say("months-unit"));
        let main = html! {
            (head(&[(&list, "/rooms")], &title, html! {}, html! {}))
            section class="box" {
                (form::post(HERE, html! {
                    (form.summary(reader))
                    div class="fields" {
                        (form.field("propertyId", reader.say("building")).choices(&buildings))
                        (form.field("floor", reader.say("floor")).number(&floor_unit))
                        (form.field("unitNo", reader.say("unit-no")).required().max_chars(40).focused())
                        (form.field("kind", reader.say("room-kind")).choices(&terms_of(reader, "room-kind", RoomKind::ALL)))
                        (form.field("areaM2", reader.say("area")).number("м²").required())
                        (form.field("baseRent", reader.say("asking-price")).money())
                        (form.field("priceMode", reader.say("charge-basis")).choices(&terms_of(reader, "price-mode", PriceMode::ALL)))
                        (form.field("depositMonths", reader.say("room-deposit-months")).number(&months))
                        (form.field("view", reader.say("room-view")).max_chars(200))
                        (form.field("validFrom", reader.say("room-valid-from")).date().hint(reader.say("room-valid-from-hint")))
                        (form.field("listed", reader.say("room-listed")).check())
                        (form.field("balcony", reader.say("room-balcony")).check())
                        (form.field("furnished", reader.say("room-furnished")).check())
                    }
                    div class="form-foot" { (Button::submit(reader.say("room-add")).icon(Icon::Plus)) }
                }))
            }
        };
        frame::desk(reader, Place::Rooms, &title, main, panel::closed())
    }

    fn sample() -> NewRoomPage {
        let mut form = Form::default().with("unitNo", "303").with("floor", "3").with("areaM2", "сая");
        form.remark("areaM2", Reader::default().say("field-not-a-number"));
        NewRoomPage { form, properties: vec![crate::contracts::sample::property()] }
    }
}
