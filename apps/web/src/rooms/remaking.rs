//! Rooms merged into one and one split into several: what becomes of what, from which day, and why when areas differ.

use axum::{
    Router,
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{RoomId, rights::Action};
use maud::{Markup, html};
use rust_decimal::Decimal;
use wire::{
    prices::RoomVersion,
    remaking::{MadeRoom, NewMerger, NewSplit},
    rooms::{RoomFilter, RoomView},
};

use crate::{
    Site,
    api::Api,
    fmt,
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

/// So many parts have a line in the form.
const PARTS: usize = 6;

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/rooms/{id}/merging", get(merging).post(merge))
        .route("/rooms/{id}/splitting", get(splitting).post(split))
}

/// The form that merges a room with others of its building.
#[derive(Debug, Clone)]
pub struct MergePage {
    pub room: RoomView,
    /// The rooms it may be merged with.
    pub others: Vec<RoomView>,
    pub chosen: Vec<RoomId>,
    pub form: Form,
    /// The areas do not add up: the form asks whether that is meant.
    pub differs: bool,
}

/// The form that splits a room.
#[derive(Debug, Clone)]
pub struct SplitPage {
    pub room: RoomView,
    pub form: Form,
    pub differs: bool,
}

async fn merging(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    let (reader, (room, others)) = api.page(reader, both(&api, super::id(&id)?)).await?;
    may(&reader)?;
    let form = Form::default().with("unitNo", &room.unit_no);
    Ok(MergePage { room, others, chosen: Vec::new(), form, differs: false }.render(&reader).into_response())
}

async fn merge(
    api: Api,
    reader: Reader,
    Path(id): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let id = super::id(&id)?;
    let (reader, (room, others)) = api.page(reader, both(&api, id)).await?;
    let chosen: Vec<RoomId> =
        pairs.iter().filter(|(name, _)| name == "room").filter_map(|(_, room)| read::word(room)).collect();
    let mut form = Form::typed(pairs);
    if chosen.is_empty() {
        form.remark("rooms", reader.say("merge-choose"));
    }
    let parts: Vec<&RoomView> =
        std::iter::once(&room).chain(others.iter().filter(|other| chosen.contains(&other.id))).collect();
    let unit_no = form.must(&reader, "unitNo", "field-required", |unit| Some(unit.to_owned()));
    let area_m2 = form.read(&reader, "areaM2", "field-not-a-number", read::quantity);
    let from = form.must(&reader, "from", "field-bad-date", read::date);
    let (mut status, mut differs) = (StatusCode::BAD_REQUEST, false);
    if let (true, Some(from), Some(unit_no)) = (form.is_clean(), from, unit_no) {
        let order = NewMerger {
            rooms: parts.iter().map(|room| RoomVersion { id: room.id, version: room.version }).collect(),
            from,
            room: MadeRoom {
                unit_no,
                area_m2: area_m2.unwrap_or_else(|| parts.iter().map(|room| room.area_m2).sum::<Decimal>()),
                kind: None,
                floor_id: None,
                price_mode: None,
                base_rent: None,
            },
            reason: form.value("reason").to_owned(),
            accept_difference: form.value("acceptDifference") == "yes",
        };
        match api.merge_rooms(&order).await {
            Ok(made) => {
                let told = reader.say_with("room-merged-news", &[("unit", order.room.unit_no.into())]);
                let place = made.room_ids.first().map_or_else(|| super::HERE.to_owned(), |id| format!("/rooms/{id}"));
                return Ok(Flash::good(told).on(&place));
            }
            Err(refusal) => {
                differs = refusal.reason() == "AREA_DIFFERS";
                status = form.refused(refusal, |path| {
                    let name = path.strip_prefix("room.").unwrap_or(path);
                    matches!(name, "unitNo" | "areaM2" | "from" | "reason" | "rooms").then(|| name.to_owned().into())
                })?;
            }
        }
    }
    differs |= form.value("acceptDifference") == "yes";
    Ok((status, MergePage { room, others, chosen, form, differs }.render(&reader)).into_response())
}

async fn splitting(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    let (reader, room) = api.page(reader, api.room(super::id(&id)?)).await?;
    may(&reader)?;
    Ok(SplitPage { room, form: Form::default(), differs: false }.render(&reader).into_response())
}

async fn split(
    api: Api,
    reader: Reader,
    Path(id): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let (reader, room) = api.page(reader, api.room(super::id(&id)?)).await?;
    let mut form = Form::typed(pairs);
    let from = form.must(&reader, "from", "field-bad-date", read::date);
    let (parts, lines) = parts(&mut form, &reader);
    let (mut status, mut differs) = (StatusCode::BAD_REQUEST, false);
    if let (true, Some(from)) = (form.is_clean(), from) {
        let order = NewSplit {
            room: RoomVersion { id: room.id, version: room.version },
            from,
            parts,
            reason: form.value("reason").to_owned(),
            accept_difference: form.value("acceptDifference") == "yes",
        };
        match api.split_room(&order).await {
            Ok(made) => {
                let count = i64::try_from(made.room_ids.len()).unwrap_or(i64::MAX);
                let told = reader
                    .say_with("room-split-news", &[("unit", room.unit_no.as_str().into()), ("count", count.into())]);
                return Ok(Flash::good(told).on(&format!("/rooms/{}", room.id)));
            }
            Err(refusal) => {
                differs = refusal.reason() == "AREA_DIFFERS";
                status = form.refused(refusal, |path| field_of_part(path, &lines))?;
            }
        }
    }
    differs |= form.value("acceptDifference") == "yes";
    Ok((status, SplitPage { room, form, differs }.render(&reader)).into_response())
}

/// The parts that were written down, and on which line of the form each stands.
fn parts(form: &mut Form, reader: &Reader) -> (Vec<MadeRoom>, Vec<usize>) {
    let (mut parts, mut lines) = (Vec::new(), Vec::new());
    for line in 0..PARTS {
        let [unit, area] = [format!("unitNo{line}"), format!("areaM2{line}")];
        // Two parts at least; what is left blank behind them is none.
        if line >= 2 && form.value(&unit).is_empty() && form.value(&area).is_empty() {
            continue;
        }
        let unit_no = form.must(reader, &unit, "field-required", |unit| Some(unit.to_owned()));
        let area_m2 = form.must(reader, &area, "field-not-a-number", read::quantity);
        if let (Some(unit_no), Some(area_m2)) = (unit_no, area_m2) {
            parts.push(MadeRoom { unit_no, area_m2, kind: None, floor_id: None, price_mode: None, base_rent: None });
            lines.push(line);
        }
    }
    (parts, lines)
}

/// `parts[1].areaM2` stands on the line of the second part that was filled in.
fn field_of_part(path: &str, lines: &[usize]) -> Option<std::borrow::Cow<'static, str>> {
    if matches!(path, "from" | "reason" | "parts") {
        return Some(path.to_owned().into());
    }
    let (place, name) = path.strip_prefix("parts[")?.split_once("].")?;
    let line = lines.get(place.parse::<usize>().ok()?)?;
    matches!(name, "unitNo" | "areaM2").then(|| format!("{name}{line}").into())
}

/// The room and the others of its building that are there today.
async fn both(api: &Api, id: RoomId) -> client::Result<(RoomView, Vec<RoomView>)> {
    let room = api.room(id).await?;
    let filter = RoomFilter { property_id: Some(room.property_id), limit: Some(100), ..RoomFilter::default() };
    let others = api.rooms(&filter).await?.items;
    let mut others: Vec<RoomView> =
        others.into_iter().filter(|other| other.id != room.id && other.valid_to.is_none()).collect();
    // Rooms of the same floor first: they are what has a wall in common.
    others.sort_by_key(|other| other.floor_id != room.floor_id);
    Ok((room, others))
}

fn may(reader: &Reader) -> Result<(), Problem> {
    if reader.may(Action::EditEstate) { Ok(()) } else { Err(Problem::forbidden()) }
}

impl Page for MergePage {
    fn render(&self, reader: &Reader) -> Markup {
        let (room, form) = (&self.room, &self.form);
        let title = reader.say("room-merge");
        let note = html! { (reader.say_with("room-merge-note", &[("unit", room.unit_no.as_str().into())])) };
        let body = html! {
            (form.summary(reader))
            fieldset class="ticks" {
                legend { (reader.say("merge-with")) }
                @if let Some(remark) = form.remark_on("rooms") { p class="remark" { (remark) } }
                @for other in &self.others {
                    label class="tick" {
                        input class="input" type="checkbox" name="room" value=(other.id) checked[self.chosen.contains(&other.id)];
                        span {
                            strong { (other.unit_no) } " · " (fmt::area_m2(other.area_m2))
                            @if let Some(floor) = other.floor_number { " · " (reader.say("floor")) " " (floor) }
                            @if let Some(occupant) = &other.occupied_by { " · " (occupant.tenant_name) }
                        }
                    }
                }
            }
            div class="fields" {
                (form.field("unitNo", reader.say("merge-unit")).required().max_chars(40))
                (form.field("areaM2", reader.say("area")).number("м²").hint(reader.say("merge-area-hint")))
                (form.field("from", reader.say("remake-from")).date().required().hint(reader.say("remake-from-hint")))
                (form.field("reason", reader.say("reason")).max_chars(500))
                @if self.differs { (form.field("acceptDifference", reader.say("remake-accept")).check()) }
            }
            div class="form-foot" { (Button::submit(reader.say("room-merge-do")).icon(Icon::Check)) }
        };
        page(reader, room, &title, note, &format!("/rooms/{}/merging", room.id), body)
    }

    fn sample() -> MergePage {
        let room = crate::contracts::sample::room("401", None);
        let others = vec![
            crate::contracts::sample::room("402", None),
            crate::contracts::sample::room("403", Some("Э. Сарантуяа")),
        ];
        let mut form = Form::default().with("unitNo", "401").with("areaM2", "170");
        form.trouble(Reader::default().say_with(
            "conflict-area-differs",
            &[("before", "169".into()), ("after", "170".into()), ("difference", "1".into())],
        ));
        MergePage { chosen: vec![others[0].id], room, others, form, differs: true }
    }
}

impl Page for SplitPage {
    fn render(&self, reader: &Reader) -> Markup {
        let (room, form) = (&self.room, &self.form);
        let title = reader.say("room-split");
        let facts = [("unit", room.unit_no.as_str().into()), ("area", fmt::quantity(room.area_m2).into())];
        let note = html! { (reader.say_with("room-split-note", &facts)) };
        let names: Vec<[String; 2]> =
            (0..PARTS).map(|line| [format!("unitNo{line}"), format!("areaM2{line}")]).collect();
        let body = html! {
            (form.summary(reader))
            @if let Some(remark) = form.remark_on("parts") { p class="remark" { (remark) } }
            @for (number, [unit, area]) in (1_i64..).zip(&names) {
                fieldset class="part" {
                    legend { (reader.say_with("split-part", &[("number", number.into())])) }
                    (form.field(unit, reader.say("unit-no")).max_chars(40))
                    (form.field(area, reader.say("area")).number("м²"))
                }
            }
            div class="fields" {
                (form.field("from", reader.say("remake-from")).date().required().hint(reader.say("remake-from-hint")))
                (form.field("reason", reader.say("reason")).max_chars(500))
                @if self.differs { (form.field("acceptDifference", reader.say("remake-accept")).check()) }
            }
            div class="form-foot" { (Button::submit(reader.say("room-split-do")).icon(Icon::Check)) }
        };
        page(reader, room, &title, note, &format!("/rooms/{}/splitting", room.id), body)
    }

    fn sample() -> SplitPage {
        let form = Form::default().with("unitNo0", "401").with("areaM20", "42.25").with("unitNo1", "401А");
        SplitPage { room: crate::contracts::sample::room("401", None), form, differs: false }
    }
}

fn page(reader: &Reader, room: &RoomView, title: &str, note: Markup, action: &str, body: Markup) -> Markup {
    let list = reader.say("menu-rooms");
    let own = format!("/rooms/{}", room.id);
    let crumbs = [(list.as_ref(), super::HERE), (room.unit_no.as_str(), own.as_str())];
    let main = html! {
        (head(&crumbs, title, note, html! {}))
        section class="box" { (form::post(action, body)) }
    };
    frame::desk(reader, Place::Rooms, title, main, panel::closed())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_finds_the_line_of_its_part() {
        assert_eq!(field_of_part("parts[1].areaM2", &[0, 3]).as_deref(), Some("areaM23"));
        assert_eq!(field_of_part("parts[2].areaM2", &[0, 3]), None);
        assert_eq!(field_of_part("from", &[]).as_deref(), Some("from"));
        assert_eq!(field_of_part("parts[0].floorId", &[0]), None);
    }
}
