//! A meter: where it hangs, what it showed, and the forms by which it is replaced or handed over.

use axum::{
    Router,
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::{MeterId, file::Purpose, rights::Action};
use futures_util::future::try_join;
use maud::{Markup, html};
use wire::{
    meters::{MeterView, Replacement},
    readings::{NewHandover, ReadingView},
};

use super::{HERE, draw::shown, sample};
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
        facts::facts,
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

pub(super) fn routes() -> Router<Site> {
    Router::new()
        .route("/meters/{id}", get(show))
        .route("/meters/{id}/replacement", post(replace))
        .route("/meters/{id}/handovers", post(hand_over))
}

/// A meter with its history.
#[derive(Debug, Clone)]
pub struct MeterPage {
    pub meter: MeterView,
    pub readings: Vec<ReadingView>,
    pub replacement: Form,
    pub handover: Form,
}

async fn show(api: Api, reader: Reader, Path(id): Path<MeterId>) -> Result<Response, Problem> {
    page(&api, reader, id, Form::default(), Form::default(), StatusCode::OK).await
}

async fn page(
    api: &Api,
    reader: Reader,
    id: MeterId,
    replacement: Form,
    handover: Form,
    status: StatusCode,
) -> Result<Response, Problem> {
    let answer = try_join(api.meter(id), api.readings_of_meter(id));
    let (reader, (meter, readings)) = api.page(reader, answer).await?;
    Ok((status, MeterPage { meter, readings, replacement, handover }.render(&reader)).into_response())
}

async fn replace(
    api: Api,
    reader: Reader,
    Path(id): Path<MeterId>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let reader = api.know(reader).await?;
    let mut form = Form::typed(pairs);
    let on = form.must(&reader, "on", "field-bad-date", read::date);
    let last = form.must(&reader, "finalReading", "field-not-a-number", super::quantity);
    let initial = form.read(&reader, "initial", "field-not-a-number", super::quantity);
    let serial = form.must(&reader, "serial", "field-required", |serial| Some(serial.to_owned()));
    let mut status = StatusCode::BAD_REQUEST;
    if let (Some(on), Some(final_reading), Some(serial), true) = (on, last, serial, form.is_clean()) {
        let note = form.value("note").to_owned();
        let order = Replacement { on, final_reading, serial, initial, multiplier: None, digits: None, note };
        match api.replace_meter(id, &order).await {
            Ok(new) => {
                let told = reader.say_with("meters-replaced", &[("serial", new.serial.into())]);
                return Ok(Flash::good(told).on(&format!("{HERE}/{}", new.id)));
            }
            Err(refusal) => {
                let known = ["on", "finalReading", "initial", "serial", "note"];
                status = form.refused(refusal, |path| known.contains(&path).then(|| path.to_owned().into()))?;
            }
        }
    }
    page(&api, reader, id, form, Form::default(), status).await
}

async fn hand_over(
    api: Api,
    reader: Reader,
    Path(id): Path<MeterId>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let reader = api.know(reader).await?;
    let mut form = Form::typed(pairs);
    let on = form.must(&reader, "on", "field-bad-date", read::date);
    let current = form.must(&reader, "current", "field-not-a-number", super::quantity);
    let mut status = StatusCode::BAD_REQUEST;
    if let (Some(on), Some(current), true) = (on, current, form.is_clean()) {
        let new = NewHandover { on, current, previous: None, reader: String::new(), note: String::new() };
        match api.hand_meter_over(id, &new).await {
            Ok(_) => return Ok(Flash::good(reader.say("meters-handed-over")).on(&format!("{HERE}/{id}"))),
            Err(refusal) => {
                status =
                    form.refused(refusal, |path| ["on", "current"].contains(&path).then(|| path.to_owned().into()))?;
            }
        }
    }
    page(&api, reader, id, Form::default(), form, status).await
}

impl Page for MeterPage {
    fn render(&self, reader: &Reader) -> Markup {
        let meter = &self.meter;
        let title = format!("{} {}", reader.term("meter-kind", meter.kind.as_str()), meter.serial);
        let place = meter.unit_no.clone().unwrap_or_else(|| reader.say("meters-common").into_owned());
        let (building, unit, ratio, digits, since, until) = (
            reader.say("building"),
            reader.say("unit-no"),
            reader.say("meters-multiplier"),
            reader.say("meters-digits"),
            reader.say("meters-installed"),
            reader.say("meters-removed"),
        );
        let mut lines = vec![
            (&*building, html! { (meter.property_name) }),
            (&*unit, html! { (place) }),
            (&*ratio, html! { "× " (meter.multiplier.normalize()) }),
            (&*digits, html! { (meter.digits) }),
        ];
        lines.extend(meter.installed_on.map(|day| (&*since, fmt::date(day))));
        lines.extend(meter.removed_on.map(|day| (&*until, fmt::date(day))));
        let may = reader.may(Action::EditReadings) && meter.removed_on.is_none();
        let main = html! {
            (head(&[(&reader.say("menu-meters"), HERE)], &title, html! {}, html! {}))
            section class="box" {
                (facts(&lines))
                @if let Some(next) = meter.replaced_by {
                    div class="form-foot" { (Button::link(reader.say("meters-successor"), format!("{HERE}/{next}")).outline()) }
                }
            }
            (self.history(reader))
            @if may { div class="beside" { (self.replacing(reader)) (self.handing(reader)) } }
        };
        frame::desk(reader, Place::Meters, &title, main, panel::closed())
    }

    fn sample() -> MeterPage {
        sample::meter()
    }
}

/// The counter's face as it was read, or the way to add it.
fn photo(reader: &Reader, reading: &ReadingView, may: bool) -> Markup {
    let files = format!("/files/{}/{}", Purpose::ReadingPhoto, reading.id);
    html! {
        @match reading.photo_id {
            Some(photo) => a class="reading-face" href=(if may { files } else { format!("/files/open/{photo}") }) {
                img src={ "/files/small/" (photo) } alt=(reader.say("meters-photo")) loading="lazy" width="64" height="48";
            },
            None if may => a class="hint" href=(files) { (reader.say("meters-photo-add")) },
            None => {},
        }
    }
}

impl MeterPage {
    fn history(&self, reader: &Reader) -> Markup {
        if self.readings.is_empty() {
            return html! { p class="box-note" { (reader.say("meters-no-history")) } };
        }
        let columns = [
            Column::text("month", reader.say("month")).title(),
            Column::text("status", reader.say("status")),
            Column::text("readOn", reader.say("meters-read-on")),
            Column::number("previous", reader.say("meters-previous")),
            Column::number("current", reader.say("meters-current")),
            Column::number("used", reader.say("meters-used")).corner(),
            Column::text("note", reader.say("note")),
            Column::text("photo", reader.say("meters-photo")),
        ];
        let may = reader.may(Action::EditReadings);
        let row = |reading: &ReadingView| {
            let status = match reading.occasion {
                domain::meter::Occasion::Handover => reader.say("meter-status-handover"),
                domain::meter::Occasion::Monthly => reader.term("meter-status", reading.status.as_str()),
            };
            let said = [reading.reader.as_str(), reading.note.as_str()];
            let said: Vec<&str> = said.into_iter().filter(|text| !text.is_empty()).collect();
            Row {
                opens: Opens::Nothing,
                cells: vec![
                    html! { (fmt::month(reader, reading.month)) },
                    html! { (status) },
                    fmt::date(reading.read_on),
                    html! { (shown(reading.previous)) },
                    html! { (shown(reading.current)) },
                    html! { (shown(reading.consumption)) },
                    html! { (said.join(" · ")) },
                    photo(reader, reading, may),
                ],
            }
        };
        let rows: Vec<Row> = self.readings.iter().map(row).collect();
        let caption = reader.say("meters-history");
        html! {
            section class="box" {
                h2 class="box-title" { (caption) }
                (Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.render(reader))
            }
        }
    }

    fn replacing(&self, reader: &Reader) -> Markup {
        let form = &self.replacement;
        html! {
            section class="box" {
                h2 class="box-title" { (reader.say("meters-replace")) }
                p class="box-note" { (reader.say("meters-replace-note")) }
                (form::post(&format!("{HERE}/{}/replacement", self.meter.id), html! {
                    (form.summary(reader))
                    div class="fields" {
                        (form.field("on", reader.say("meters-replace-on")).date().required())
                        (form.field("finalReading", reader.say("meters-final")).number("").required())
                        (form.field("serial", reader.say("meters-new-serial")).required().max_chars(40))
                        (form.field("initial", reader.say("meters-new-initial")).number(""))
                    }
                    div class="form-foot" { (Button::submit(reader.say("meters-replace")).icon(Icon::Refresh)) }
                }))
            }
        }
    }

    fn handing(&self, reader: &Reader) -> Markup {
        let form = self.handover.clone().apart("handover");
        html! {
            section class="box" {
                h2 class="box-title" { (reader.say("meters-hand-over")) }
                p class="box-note" { (reader.say("meters-hand-over-note")) }
                (form::post(&format!("{HERE}/{}/handovers", self.meter.id), html! {
                    (form.summary(reader))
                    div class="fields" {
                        (form.field("on", reader.say("meters-hand-over-on")).date().required())
                        (form.field("current", reader.say("meters-current")).number("").required())
                    }
                    div class="form-foot" { (Button::submit(reader.say("meters-hand-over")).outline().icon(Icon::Check)) }
                }))
            }
        }
    }
}
