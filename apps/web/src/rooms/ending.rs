//! The end of a room: closed after a last day, opened again, or taken away because it never was one.

use axum::{
    Router,
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::Response,
    routing::post,
};
use maud::{Markup, html};
use wire::rooms::Closing;

use super::show::{self, Coming, RoomPage};
use crate::{
    Site,
    api::Api,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
        button::Button,
        flash::Flash,
        form::{self, Form},
        icon::Icon,
    },
};

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/rooms/{id}/closing", post(close))
        .route("/rooms/{id}/opening", post(reopen))
        .route("/rooms/{id}/removal", post(remove))
}

async fn close(
    api: Api,
    reader: Reader,
    Path(id): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let id = super::id(&id)?;
    let mut form = Form::typed(pairs);
    let version = form.must(&reader, "version", "field-not-a-number", read::word);
    let last_day = form.must(&reader, "lastDay", "field-bad-date", read::date);
    let reason = form.must(&reader, "reason", "field-required", |reason| Some(reason.to_owned()));
    let mut status = StatusCode::BAD_REQUEST;
    if let (Some(version), Some(last_day), Some(reason)) = (version, last_day, reason) {
        match api.close_room(id, &Closing { version, last_day, reason }).await {
            Ok(room) => {
                let told = reader.say_with("room-closed-news", &[("unit", room.unit_no.into())]);
                return Ok(Flash::good(told).on(&format!("/rooms/{id}")));
            }
            Err(refusal) => {
                let field = |path: &str| matches!(path, "lastDay" | "reason").then(|| path.to_owned().into());
                status = form.refused(refusal, field)?;
            }
        }
    }
    show::page(&api, reader, id, Coming { closing: form, status, ..Coming::default() }).await
}

async fn reopen(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = super::id(&id)?;
    let flash = match api.reopen_room(id).await {
        Ok(room) => Flash::good(reader.say_with("room-opened-news", &[("unit", room.unit_no.into())])),
        Err(refusal) if refusal.is(StatusCode::CONFLICT) => Flash::bad(refusal.message),
        Err(refusal) => return Err(refusal.into()),
    };
    Ok(flash.on(&format!("/rooms/{id}")))
}

async fn remove(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = super::id(&id)?;
    match api.remove_room(id).await {
        Ok(()) => Ok(Flash::good(reader.say("room-removed-news")).on(super::HERE)),
        Err(refusal) if refusal.is(StatusCode::CONFLICT) => Ok(Flash::bad(refusal.message).on(&format!("/rooms/{id}"))),
        Err(refusal) => Err(refusal.into()),
    }
}

/// What can still become of the room: merged or split, closed, opened again, or taken away.
pub fn section(reader: &Reader, page: &RoomPage) -> Markup {
    let (room, form) = (&page.room, &page.closing);
    let here = format!("/rooms/{}", room.id);
    if room.valid_to.is_some() {
        return html! {
            @if page.history.became.is_none() {
                section class="box" {
                    p class="box-note" { (reader.say("room-reopen-note")) }
                    (form::post(&format!("{here}/opening"), html! {
                        div class="form-foot" { (Button::submit(reader.say("room-reopen")).outline().icon(Icon::Refresh)) }
                    }))
                }
            }
        };
    }
    let was_let = !page.history.tenancies.is_empty() || page.history.made_of.is_some();
    html! {
        section class="box" {
            h2 class="box-title" { (reader.say("room-remaking")) }
            p class="box-note" { (reader.say("room-remaking-note")) }
            div class="box-foot" {
                (Button::link(reader.say("room-merge"), format!("{here}/merging")).icon(Icon::Plus))
                (Button::link(reader.say("room-split"), format!("{here}/splitting")).icon(Icon::Copy))
            }
        }
        details class="box fold" open[!form.is_clean()] {
            summary class="fold-title" { (reader.say("room-close")) }
            p class="box-note" { (reader.say("room-close-note")) }
            (form::post(&format!("{here}/closing"), html! {
                (form.summary(reader))
                input type="hidden" name="version" value=(room.version);
                div class="fields" {
                    (form.field("lastDay", reader.say("last-day")).date().required())
                    (form.field("reason", reader.say("reason")).required().max_chars(500))
                }
                div class="form-foot" { (Button::submit(reader.say("room-close-do")).danger().icon(Icon::CircleX)) }
            }))
        }
        @if !was_let {
            details class="box fold" {
                summary class="fold-title" { (reader.say("room-remove")) }
                p class="box-note" { (reader.say("room-remove-note")) }
                (form::post(&format!("{here}/removal"), html! {
                    div class="form-foot" { (Button::submit(reader.say("room-remove")).danger().icon(Icon::Trash)) }
                }))
            }
        }
    }
}
