//! The devices that are signed in as me: which, from where, when last, and the way to end them.

use axum::{
    Router,
    extract::Form as Posted,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use client::Session;
use futures_util::future::try_join;
use jiff::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

use super::{device, part};
use crate::{
    Site,
    api::Api,
    fmt,
    gate::with_next,
    page::Page,
    problem::Problem,
    reader::Reader,
    ui::{
        alert::{self, Kind},
        badge::{Badge, Tone},
        button::Button,
        flash::Flash,
        icon::Icon,
    },
};

pub const HERE: &str = "/account/sessions";
const END: &str = "/account/sessions/end";
const END_OTHERS: &str = "/account/sessions/end-others";

pub fn routes() -> Router<Site> {
    Router::new().route(HERE, get(show)).route(END, post(end)).route(END_OTHERS, post(end_others))
}

/// Every device that is signed in.
#[derive(Debug, Clone)]
pub struct SessionsPage {
    /// The one in hand first, then those used last; `None` when one has to sign in anew to see them.
    pub devices: Option<Vec<Device>>,
}

/// A device that is signed in.
#[derive(Debug, Clone)]
pub struct Device {
    pub id: String,
    /// What it calls itself; `None` when it says nothing we know.
    pub name: Option<String>,
    pub is_phone: bool,
    /// The address it was last seen at.
    pub address: Option<String>,
    pub used_at: Timestamp,
    pub since: Timestamp,
    /// The one this page is looked at with.
    pub is_this: bool,
}

async fn show(api: Api, reader: Reader) -> Result<Response, Problem> {
    let reader = api.know(reader).await?;
    let page = SessionsPage { devices: devices(&api).await?.map(|(devices, _)| devices) };
    Ok(page.render(&reader).into_response())
}

#[derive(Debug, Deserialize)]
struct Which {
    id: String,
}

/// Ends one of my devices. The page knows devices by id alone: what they sign in with stands in no page.
async fn end(api: Api, reader: Reader, Posted(which): Posted<Which>) -> Result<Response, Problem> {
    let Some((_, sessions)) = devices(&api).await? else { return Ok(Redirect::to(HERE).into_response()) };
    let Some(session) = sessions.iter().find(|session| session.id == which.id) else {
        return Ok(Flash::info(reader.say("session-gone")).on(HERE));
    };
    api.end_session(&session.token).await?;
    Ok(Flash::good(reader.say("session-ended")).on(HERE))
}

async fn end_others(api: Api, reader: Reader) -> Result<Response, Problem> {
    api.end_other_sessions().await?;
    Ok(Flash::good(reader.say("sessions-ended")).on(HERE))
}

/// My devices; `None` when the session in hand is too old to be shown them.
async fn devices(api: &Api) -> Result<Option<(Vec<Device>, Vec<Session>)>, Problem> {
    let (mine, sessions) = match try_join(api.session(), api.sessions()).await {
        Ok(found) => found,
        Err(refusal) if refusal.code == "SESSION_NOT_FRESH" => return Ok(None),
        Err(refusal) => return Err(refusal.into()),
    };
    let this = mine.map(|mine| mine.session.id);
    let mut devices: Vec<Device> = sessions.iter().map(|session| of(session, this.as_deref())).collect();
    devices.sort_by_key(|device| (!device.is_this, std::cmp::Reverse(device.used_at)));
    Ok(Some((devices, sessions)))
}

fn of(session: &Session, this: Option<&str>) -> Device {
    let agent = session.user_agent.as_deref().unwrap_or_default();
    Device {
        id: session.id.clone(),
        name: device::name(agent),
        is_phone: device::is_phone(agent),
        address: session.ip_address.clone().filter(|address| !address.is_empty()),
        used_at: session.updated_at,
        since: session.created_at,
        is_this: this == Some(session.id.as_str()),
    }
}

impl Page for SessionsPage {
    fn render(&self, reader: &Reader) -> Markup {
        let inside = match &self.devices {
            None => html! {
                (alert::alert(Kind::Info, &reader.say("sessions-not-fresh"), html! {
                    p { (reader.say("sessions-not-fresh-note")) }
                    p { (Button::link(reader.say("sign-in"), with_next("/sign-in", HERE)).small()) }
                }))
            },
            Some(devices) => html! {
                p class="page-note" { (reader.say("sessions-note")) }
                ul class="devices" { @for device in devices { (row(reader, device)) } }
                @if devices.iter().any(|device| !device.is_this) {
                    form method="post" action=(END_OTHERS) {
                        (Button::submit(reader.say("sessions-end-others")).danger().icon(Icon::SignOut))
                    }
                }
            },
        };
        part(reader, HERE, inside)
    }

    fn sample() -> SessionsPage {
        let at = |text: &str| text.parse().expect("a moment");
        let device = |id: &str, name: Option<&str>, address: &str, used: &str, since: &str| Device {
            id: id.into(),
            name: name.map(str::to_owned),
            is_phone: name.is_some_and(|name| name.contains("iPhone")),
            address: Some(address.into()),
            used_at: at(used),
            since: at(since),
            is_this: id == "1",
        };
        let devices = vec![
            device("1", Some("Chrome · Windows"), "202.131.4.17", "2026-11-22T03:12:00Z", "2026-11-20T01:00:00Z"),
            device("2", Some("Safari · iPhone"), "66.181.160.2", "2026-11-21T12:40:00Z", "2026-10-02T08:15:00Z"),
            device("3", None, "103.26.193.40", "2026-11-18T23:02:00Z", "2026-11-18T22:59:00Z"),
        ];
        SessionsPage { devices: Some(devices) }
    }
}

fn row(reader: &Reader, device: &Device) -> Markup {
    let name = device.name.clone().unwrap_or_else(|| reader.say("device-unknown").into_owned());
    html! {
        li class="device" {
            span class="device-icon" { (if device.is_phone { Icon::Phone } else { Icon::Monitor }) }
            div class="device-words" {
                p class="device-name" {
                    (name) @if device.is_this { " " (Badge::new(Tone::Good, reader.say("device-this"))) }
                }
                p class="device-note" {
                    (reader.say("device-used")) " " (fmt::moment(device.used_at))
                    @if let Some(address) = &device.address { " · " (reader.say("device-address")) " " span class="num" { (address) } }
                }
                p class="device-note" { (reader.say("device-since")) " " (fmt::moment(device.since)) }
            }
            @if !device.is_this {
                form method="post" action=(END) {
                    input type="hidden" name="id" value=(device.id);
                    button class="btn" type="submit" data-variant="outline" data-size="sm" {
                        (reader.say("session-end")) span class="sr-only" { ": " (name) }
                    }
                }
            }
        }
    }
}
