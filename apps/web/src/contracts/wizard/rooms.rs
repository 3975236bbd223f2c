//! The third step: which space, each with days of its own where they differ; who has what stands beside it.

use axum::{
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::Response,
};
use domain::RoomId;
use maud::{Markup, html};
use wire::{
    contracts::{ContractRooms, ContractView, NewContractRoom},
    rooms::{RoomFilter, RoomView},
};

use super::{At, drawn};
use crate::{
    api::Api,
    contracts::{draft, view::id},
    fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
        button::Button,
        form::{self, Form},
        icon::Icon,
    },
};

/// How many rooms are shown at once; a search finds the others.
const SHOWN: u32 = 100;

/// The space's form, fresh or come back.
#[derive(Debug, Clone)]
pub struct RoomsStep {
    pub contract: ContractView,
    /// The draft's own rooms first, then the vacant ones.
    pub rooms: Vec<RoomView>,
    pub q: String,
    pub form: Form,
}

pub async fn show(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    let contract = api.contract(self::id(&id)?).await?;
    if let Some(away) = super::only_a_draft(&contract) {
        return Ok(away);
    }
    let own = |own: jiff::civil::Date, whole: Option<jiff::civil::Date>| match Some(own) == whole {
        true => String::new(),
        false => own.to_string(),
    };
    let mut form = Form::default().with("version", contract.version);
    for room in &contract.rooms {
        let to = room.to.map(|to| own(to, contract.ends_on)).unwrap_or_default();
        form = form
            .with(&name("room", room.room_id), "yes")
            .with(&name("from", room.room_id), own(room.from, Some(contract.starts_on)))
            .with(&name("to", room.room_id), to);
    }
    page(&api, reader, contract, form, StatusCode::OK).await
}

async fn page(
    api: &Api,
    reader: Reader,
    contract: ContractView,
    form: Form,
    status: StatusCode,
) -> Result<Response, Problem> {
    let q = reader.param("q").unwrap_or_default();
    let filter = RoomFilter {
        property_id: Some(contract.property_id),
        q: Some(q.clone()).filter(|q| !q.is_empty()),
        limit: Some(SHOWN),
        ..RoomFilter::default()
    };
    let (reader, found) = api.page(reader, api.rooms(&filter)).await?;
    let mut rooms = Vec::new();
    for held in &contract.rooms {
        rooms.push(match found.items.iter().find(|room| room.id == held.room_id) {
            Some(room) => room.clone(),
            None => api.room(held.room_id).await?,
        });
    }
    let mut others: Vec<RoomView> =
        found.items.into_iter().filter(|room| !contract.rooms.iter().any(|held| held.room_id == room.id)).collect();
    others.sort_by_key(|room| room.occupied_by.is_some());
    rooms.extend(others);
    Ok(drawn(status, &RoomsStep { contract, rooms, q, form }, &reader))
}

pub async fn set(
    api: Api,
    reader: Reader,
    Path(id): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let id = self::id(&id)?;
    let chosen: Vec<RoomId> = pairs
        .iter()
        .filter(|(_, value)| value == "yes")
        .filter_map(|(name, _)| read::word(name.strip_prefix("room-")?))
        .collect();
    let mut form = Form::typed(pairs);
    let version = form.must(&reader, "version", "field-not-a-number", read::word).unwrap_or_default();
    let mut rooms = Vec::with_capacity(chosen.len());
    for room_id in &chosen {
        let from = form.read(&reader, &name("from", *room_id), "field-bad-date", read::date);
        let to = form.read(&reader, &name("to", *room_id), "field-bad-date", read::date);
        rooms.push(NewContractRoom { room_id: *room_id, from, to });
    }
    if rooms.is_empty() {
        form.trouble(reader.say("wizard-lacks-rooms"));
    }
    let mut status = StatusCode::BAD_REQUEST;
    if form.is_clean() {
        match api.set_contract_rooms(id, &ContractRooms { version, rooms }).await {
            Ok(contract) => return Ok(At::Rooms.on(&contract)),
            Err(refusal) if refusal.reason() == "OVERLAP" => {
                status = StatusCode::CONFLICT;
                form.trouble(draft::taken(&refusal));
            }
            Err(refusal) => status = form.refused(refusal, |path| field(path, &chosen).map(Into::into))?,
        }
    }
    let contract = api.contract(id).await?;
    page(&api, reader, contract, form, status).await
}

fn name(field: &str, room: RoomId) -> String {
    format!("{field}-{room}")
}

/// `rooms[1].to` is beside the second room that was chosen.
fn field(path: &str, chosen: &[RoomId]) -> Option<String> {
    let (place, field) = path.strip_prefix("rooms[")?.split_once("].")?;
    let room = chosen.get(place.parse::<usize>().ok()?)?;
    let field = if field == "roomId" { "room" } else { field };
    Some(name(field, *room))
}

impl Page for RoomsStep {
    fn render(&self, reader: &Reader) -> Markup {
        let (contract, form) = (&self.contract, &self.form);
        let names: Vec<(&RoomView, [String; 3])> =
            self.rooms.iter().map(|room| (room, ["room", "from", "to"].map(|field| name(field, room.id)))).collect();
        let search = Form::default().with("q", &self.q);
        let inside = html! {
            form class="form" method="get" action=(At::Rooms.of(contract)) {
                div class="fields" {
                    (search.field("q", reader.say("wizard-rooms-find")))
                    div class="form-foot" { (Button::submit(reader.say("contract-as-of-show")).outline().icon(Icon::Search)) }
                }
            }
            (form::post(&At::Rooms.of(contract), html! {
                (form.summary(reader))
                (super::version(form))
                p class="hint" { (reader.say("wizard-rooms-note")) }
                @if names.is_empty() { p class="box-note" { (reader.say("wizard-no-rooms")) } }
                @for (room, [chosen, from, to]) in &names {
                    div class="fields" {
                        (form.field(chosen, label(reader, contract, room)).check())
                        (form.field(from, reader.say("wizard-from")).date())
                        (form.field(to, reader.say("wizard-to")).date())
                    }
                }
                (super::foot(reader, At::Rooms, Some(contract)))
            }))
        };
        super::draw(reader, At::Rooms, Some(contract), inside)
    }

    fn sample() -> RoomsStep {
        let rooms = vec![
            crate::contracts::sample::room("302", None),
            crate::contracts::sample::room("301", Some("Хан-Уул Оптик ХХК")),
        ];
        let mut form = Form::default().with("version", 2).with(&name("room", rooms[1].id), "yes");
        form.trouble(Reader::default().say_with("conflict-overlap", &[("code", "CT-2026-0007".into())]));
        RoomsStep { contract: crate::contracts::sample::drafted(), rooms, q: String::new(), form }
    }
}

/// `301 · 84.5 м² · Хан-Уул Оптик ХХК, CT-2026-0007, 2027.03.31 хүртэл`
fn label(reader: &Reader, contract: &ContractView, room: &RoomView) -> String {
    let who = match room.occupied_by.as_ref().filter(|by| by.contract_id != contract.id) {
        None => reader.say("wizard-room-vacant").into_owned(),
        Some(by) => {
            let args = [("tenant", by.tenant_name.as_str().into()), ("code", by.contract_code.as_str().into())];
            let until = by.until.map(|day| {
                format!(", {}", reader.say_with("wizard-room-until", &[("date", fmt::date_text(day).into())]))
            });
            format!("{}{}", reader.say_with("wizard-room-let", &args), until.unwrap_or_default())
        }
    };
    format!("{} · {} м² · {who}", room.unit_no, fmt::quantity(room.area_m2))
}
