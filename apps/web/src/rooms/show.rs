//! A room's own page: who is in it, who was and will be, what it is offered for, and what can be done with it.

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
use futures_util::future::try_join;
use jiff::civil::Date;
use maud::{Markup, html};
use wire::{
    properties::{FloorFilter, FloorView},
    rooms::{RoomChange, RoomHistory, RoomOrigin, RoomView, Tenancy},
};

use super::ending;
use crate::{
    Site,
    api::Api,
    clock, fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    spaces,
    ui::{
        badge,
        button::Button,
        facts::facts,
        field::terms_of,
        flash::Flash,
        form::{self, Form},
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
        table::{Column, Opens, Row, Table},
    },
};

pub fn routes() -> Router<Site> {
    Router::new().route("/rooms/{id}", get(show).post(edit))
}

/// A room with its form.
#[derive(Debug, Clone)]
pub struct RoomPage {
    pub room: RoomView,
    pub history: RoomHistory,
    /// The floors of its building.
    pub floors: Vec<FloorView>,
    pub form: Form,
    /// The form that closes the room.
    pub closing: Form,
    /// Somebody else changed the room since the form was drawn.
    pub is_stale: bool,
    pub today: Date,
}

async fn show(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    page(&api, reader, super::id(&id)?, Coming::default()).await
}

/// What came back with remarks.
#[derive(Default)]
pub struct Coming {
    pub form: Option<Form>,
    pub closing: Form,
    pub is_stale: bool,
    pub status: StatusCode,
}

/// The room's page with the forms as they came back.
pub async fn page(api: &Api, reader: Reader, id: RoomId, coming: Coming) -> Result<Response, Problem> {
    let answer = async {
        let (room, history) = try_join(api.room(id), api.room_history(id)).await?;
        let floors = FloorFilter { property_id: Some(room.property_id), limit: Some(100), cursor: None };
        let floors = api.floors(&floors).await?.items;
        Ok((room, history, floors))
    };
    let (reader, (room, history, floors)) = api.page(reader, answer).await?;
    let form = coming.form.unwrap_or_else(|| filled(&room));
    let Coming { closing, is_stale, status, .. } = coming;
    let page = RoomPage { room, history, floors, form, closing, is_stale, today: clock::today() };
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
    page(&api, reader, id, Coming { form: Some(form), is_stale, status, ..Coming::default() }).await
}

/// The form's fields are named as the API names them.
const FIELDS: [&str; 11] = [
    "unitNo",
    "floorId",
    "kind",
    "areaM2",
    "view",
    "balcony",
    "furnished",
    "priceMode",
    "baseRent",
    "depositMonths",
    "listed",
];

fn filled(room: &RoomView) -> Form {
    let yes = |yes: bool| if yes { "yes" } else { "" };
    Form::default()
        .with("version", room.version)
        .with("unitNo", &room.unit_no)
        .with("floorId", room.floor_id.map(|floor| floor.to_string()).unwrap_or_default())
        .with("kind", room.kind)
        .with("areaM2", room.area_m2.normalize())
        .with("view", &room.view)
        .with("balcony", yes(room.balcony))
        .with("furnished", yes(room.furnished))
        .with("priceMode", room.price_mode)
        .with("baseRent", fmt::money_text(room.base_rent))
        .with("depositMonths", room.deposit_months)
        .with("listed", yes(room.listed))
}

fn change(form: &mut Form, reader: &Reader) -> RoomChange {
    let ticked = |form: &Form, name: &str| Some(form.value(name) == "yes");
    RoomChange {
        version: form.must(reader, "version", "field-not-a-number", read::word).unwrap_or_default(),
        floor_id: Some(form.read(reader, "floorId", "field-not-a-choice", read::word)),
        unit_no: form.must(reader, "unitNo", "field-required", |unit| Some(unit.to_owned())),
        kind: form.must(reader, "kind", "field-not-a-choice", read::word),
        area_m2: form.must(reader, "areaM2", "field-not-a-number", read::quantity),
        view: Some(form.value("view").to_owned()),
        balcony: ticked(form, "balcony"),
        furnished: ticked(form, "furnished"),
        price_mode: form.must(reader, "priceMode", "field-not-a-choice", read::word),
        base_rent: form.must(reader, "baseRent", "field-bad-money", read::money),
        deposit_months: form.must(reader, "depositMonths", "field-not-a-number", read::word),
        listed: ticked(form, "listed"),
    }
}

impl Page for RoomPage {
    fn render(&self, reader: &Reader) -> Markup {
        let room = &self.room;
        let list = reader.say("menu-rooms");
        let building = format!("/buildings/{}", room.property_id);
        let crumbs = [(list.as_ref(), super::HERE), (room.property_name.as_str(), building.as_str())];
        let main = html! {
            (head(&crumbs, &room.unit_no, html! { (spaces::standing(reader, room.occupancy)) }, self.actions(reader)))
            div class="beside" {
                div class="stack" {
                    section class="box" { (now(reader, room)) }
                    section class="box" {
                        h2 class="box-title" { (reader.say("room-tenancies")) }
                        (self.tenancies(reader))
                    }
                    (self.origins(reader))
                }
                @if reader.may(Action::EditEstate) {
                    div class="stack" {
                        section class="box" { (self.form(reader)) }
                        (ending::section(reader, self))
                    }
                }
            }
            (crate::files::section(reader, domain::file::Purpose::RoomPhoto, room.id.0))
        };
        frame::desk(reader, Place::Rooms, &room.unit_no, main, panel::closed())
    }

    fn sample() -> RoomPage {
        let room = crate::contracts::sample::room("301", Some("Ундрах Өргөө ХХК"));
        RoomPage {
            form: filled(&room),
            closing: Form::default(),
            history: sample_history(&room),
            room,
            floors: Vec::new(),
            is_stale: false,
            today: clock::today(),
        }
    }
}

impl RoomPage {
    fn actions(&self, reader: &Reader) -> Markup {
        let room = &self.room;
        html! {
            @if room.occupied_by.is_none() && room.occupancy.is_some() && reader.may(Action::DraftContracts) {
                @let query = [("propertyId", room.property_id.to_string()), ("rooms", room.unit_no.clone())];
                @let query = serde_urlencoded::to_string(query).expect("pairs of texts can be encoded");
                (Button::link(reader.say("contract-new"), format!("/contracts/new?{query}")).icon(Icon::Plus))
            }
        }
    }

    /// Whose contracts it was, is and will be in, the latest first.
    fn tenancies(&self, reader: &Reader) -> Markup {
        if self.history.tenancies.is_empty() {
            return html! { p class="box-note" { (reader.say("room-never-let")) } };
        }
        let columns = [
            Column::text("code", reader.say("contract")).title(),
            Column::text("tenant", reader.say("tenant")),
            Column::text("when", reader.say("room-when")).corner(),
            Column::text("from", reader.say("from")),
            Column::text("to", reader.say("until")),
            Column::text("status", reader.say("status")),
        ];
        let rows: Vec<Row> = self.history.tenancies.iter().map(|one| self.tenancy(reader, one)).collect();
        let caption = reader.say("room-tenancies");
        Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.render(reader)
    }

    fn tenancy(&self, reader: &Reader, one: &Tenancy) -> Row {
        let when = match (one.since > self.today, one.until.is_some_and(|until| until < self.today)) {
            (true, _) => "room-coming",
            (_, true) => "room-past",
            _ => "room-now",
        };
        Row {
            opens: Opens::Page(format!("/contracts/{}", one.contract_id)),
            cells: vec![
                html! { (one.contract_code) },
                html! { (one.tenant_name) },
                html! { (reader.say(when)) },
                fmt::date(one.since),
                spaces::until(reader, one.until),
                html! { (badge::contract(reader, one.status)) },
            ],
        }
    }

    /// The rooms it was made of and those it became.
    fn origins(&self, reader: &Reader) -> Markup {
        let sides = [("room-made-of", &self.history.made_of), ("room-became", &self.history.became)];
        html! {
            @for (title, origin) in sides {
                @if let Some(origin) = origin {
                    section class="box" { h2 class="box-title" { (reader.say(title)) } (origin_of(reader, origin)) }
                }
            }
        }
    }

    fn form(&self, reader: &Reader) -> Markup {
        let (form, here) = (&self.form, format!("/rooms/{}", self.room.id));
        let floors: Vec<(String, String)> = std::iter::once((String::new(), reader.say("floor-none").into_owned()))
            .chain(self.floors.iter().map(|floor| (floor.id.to_string(), floor_name(floor.number, &floor.label))))
            .collect();
        let months = reader.say("months-unit");
        let fields = html! {
            @if self.is_stale { (form::stale(reader, &here)) } @else { (form.summary(reader)) }
            input type="hidden" name="version" value=(form.value("version"));
            div class="fields" {
                (form.field("unitNo", reader.say("unit-no")).required().max_chars(40))
                (form.field("floorId", reader.say("floor")).choices(&floors))
                (form.field("kind", reader.say("room-kind")).choices(&terms_of(reader, "room-kind", RoomKind::ALL)))
                (form.field("areaM2", reader.say("area")).number("м²").required())
                (form.field("baseRent", reader.say("asking-price")).money().required())
                (form.field("priceMode", reader.say("charge-basis")).choices(&terms_of(reader, "price-mode", PriceMode::ALL)))
                (form.field("depositMonths", reader.say("room-deposit-months")).number(&months).required())
                (form.field("view", reader.say("room-view")).max_chars(200))
                (form.field("listed", reader.say("room-listed")).check())
                (form.field("balcony", reader.say("room-balcony")).check())
                (form.field("furnished", reader.say("room-furnished")).check())
            }
            div class="form-foot" { (Button::submit(reader.say("save")).icon(Icon::Check)) }
        };
        html! { h2 class="box-title" { (reader.say("edit")) } (form::post(&here, fields)) }
    }
}

/// A room as it opens beside the building's floors: the same facts, and the way to its page.
pub fn beside(reader: &Reader, room: &RoomView) -> Markup {
    let own = format!("/rooms/{}", room.id);
    html! {
        (now(reader, room))
        div class="panel-actions" {
            (Button::link(reader.say("room-open"), own).primary().icon(Icon::ExternalLink))
            @if let Some(occupant) = &room.occupied_by {
                (Button::link(reader.say("contract"), format!("/contracts/{}", occupant.contract_id)).icon(Icon::Contract))
            }
        }
    }
}

/// A floor by its number, and its name where that says more.
pub fn floor_name(number: i32, label: &str) -> String {
    if label.is_empty() { number.to_string() } else { format!("{number} · {label}") }
}

/// How the room stands, who is in it, and what it is.
pub fn now(reader: &Reader, room: &RoomView) -> Markup {
    let occupant = room.occupied_by.as_ref();
    let who = occupant.map(|one| html! { a href={ "/tenants/" (one.tenant_id) } { (one.tenant_name) } });
    let contract = occupant.map(|one| html! { a href={ "/contracts/" (one.contract_id) } { (one.contract_code) } });
    let features: Vec<String> = [
        (room.balcony, reader.say("room-balcony").into_owned()),
        (room.furnished, reader.say("room-furnished").into_owned()),
        (!room.view.is_empty(), reader.say_with("room-view-of", &[("view", room.view.as_str().into())]).into_owned()),
        (room.listed, reader.say("room-is-listed").into_owned()),
    ]
    .into_iter()
    .filter_map(|(has, word)| has.then_some(word))
    .collect();
    let asked = domain::asking::a_month(room.price_mode, room.base_rent, room.area_m2).ok();
    let validity = html! {
        @if let Some(first) = room.valid_from { (reader.say("from")) " " (fmt::date(first)) " " }
        @if let Some(last) = room.valid_to { (reader.say("last-day")) " " (fmt::date(last)) }
        @if let Some(reason) = &room.closed_reason { " · " (reason) }
    };
    let has_validity = room.valid_from.is_some() || room.valid_to.is_some();
    html! {
        (facts(&[
            (&reader.say("status"), html! { (spaces::standing(reader, room.occupancy)) }),
            (&reader.say("tenant"), who.unwrap_or_default()),
            (&reader.say("contract"), contract.unwrap_or_default()),
            (&reader.say("until"), occupant.map(|one| spaces::until(reader, one.until)).unwrap_or_default()),
            (&reader.say("room-kind"), html! { (reader.term("room-kind", room.kind.as_str())) }),
            (&reader.say("floor"), room.floor_number.map(|floor| html! { (floor) }).unwrap_or_default()),
            (&reader.say("area"), fmt::area_m2(room.area_m2)),
            (&reader.say("room-features"), html! { (features.join(", ")) }),
            (&reader.say("asking-price"), spaces::price(reader, room.price_mode, room.base_rent)),
            (&reader.say("asked-a-month"), asked.filter(|asked| !asked.is_zero()).map(fmt::tugrug).unwrap_or_default()),
            (&reader.say("room-deposit-months"), html! { (room.deposit_months) }),
        ]))
        @if has_validity { p class="box-note" { (validity) } }
    }
}

fn origin_of(reader: &Reader, origin: &RoomOrigin) -> Markup {
    html! {
        p {
            (reader.term("remaking", origin.kind.as_str())) " · " (fmt::date(origin.on))
            @if !origin.reason.is_empty() { " · " (origin.reason) }
        }
        ul class="choices" {
            @for room in &origin.rooms {
                li { a class="choice" href={ "/rooms/" (room.id) } { (Icon::Vacant) (room.unit_no) " · " (fmt::area_m2(room.area_m2)) } }
            }
        }
    }
}

fn sample_history(room: &RoomView) -> RoomHistory {
    use domain::{ContractId, TenantId, contract::ContractStatus, rooms::Remaking};
    use jiff::civil::date;
    let tenancy = |code: &str, name: &str, status, since, until| Tenancy {
        contract_id: ContractId::new(),
        contract_code: code.into(),
        status,
        tenant_id: TenantId::new(),
        tenant_name: name.into(),
        since,
        until,
    };
    RoomHistory {
        tenancies: vec![
            tenancy("CT-2026-0007", "Ундрах Өргөө ХХК", ContractStatus::Active, date(2026, 4, 1), None),
            tenancy(
                "CT-2024-0031",
                "Э. Сарантуяа",
                ContractStatus::Terminated,
                date(2024, 9, 1),
                Some(date(2026, 2, 28)),
            ),
        ],
        made_of: Some(RoomOrigin {
            kind: Remaking::Merge,
            on: date(2024, 9, 1),
            reason: String::new(),
            rooms: ["301A", "301Б"]
                .map(|unit| wire::rooms::RoomRef {
                    id: RoomId::new(),
                    unit_no: unit.into(),
                    area_m2: room.area_m2 / rust_decimal::Decimal::TWO,
                })
                .into(),
        }),
        became: None,
    }
}
