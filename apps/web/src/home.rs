//! The home of a tenant: where one rents, what is owed there, the contracts and bills of the place one looks at.

use axum::{
    Router,
    extract::{Form as Posted, Path},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use domain::{InvoiceId, Money, OwnerId, rights::Action};
use futures_util::future::try_join;
use maud::{Markup, html};
use serde::Deserialize;
use wire::{
    contracts::{ContractFilter, ContractRow},
    invoices::{InvoiceFilter, InvoiceRow},
    places::{PlaceState, PlaceView},
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
        badge::{self, Badge, Tone},
        button::Button,
        empty::empty,
        flash::Flash,
        frame,
        icon::Icon,
        menu::Place,
        panel,
    },
};

pub const HERE: &str = "/home";

pub fn routes() -> Router<Site> {
    Router::new()
        .route(HERE, get(show))
        .route("/home/places", post(seek))
        .route("/home/place", post(choose))
        .route("/home/invoices/{id}", get(bill))
}

/// What a tenant sees first.
#[derive(Debug, Clone)]
pub struct Home {
    pub places: Vec<PlaceView>,
    /// Of the place that is looked at.
    pub contracts: Vec<ContractRow>,
    /// The newest first.
    pub invoices: Vec<InvoiceRow>,
}

async fn show(api: Api, reader: Reader) -> Result<Response, Problem> {
    let reader = api.know(reader).await?;
    // Only tenants rent; whoever else comes by belongs to the desk.
    if !reader.may(Action::UsePlaces) {
        return Ok(Redirect::to("/").into_response());
    }
    let places = api.places().await?.items;
    let (mut contracts, mut invoices) = (Vec::new(), Vec::new());
    if places.iter().any(|place| place.is_chosen) {
        let newest = InvoiceFilter { limit: Some(24), ..InvoiceFilter::default() };
        let all = ContractFilter { limit: Some(50), ..ContractFilter::default() };
        let found = try_join(api.contracts(&all), api.invoices(&newest)).await?;
        (contracts, invoices) = (found.0.items, found.1.items);
    }
    Ok(Home { places, contracts, invoices }.render(&reader).into_response())
}

async fn seek(api: Api, reader: Reader) -> Result<Response, Problem> {
    let before = api.places().await?.items.len();
    let found = api.seek_places().await?.items.len();
    let key = if found > before { "home-found" } else { "home-found-none" };
    Ok(Flash::info(reader.say(key)).on(HERE))
}

#[derive(Debug, Deserialize)]
struct Chosen {
    owner: String,
}

async fn choose(api: Api, Posted(chosen): Posted<Chosen>) -> Result<Response, Problem> {
    let owner: OwnerId = read::word(&chosen.owner).ok_or(Problem::not_found("thing-place"))?;
    api.choose_place(owner).await?;
    Ok(Redirect::to(HERE).into_response())
}

/// Leads to the page of a bill, the same that the text message leads to.
async fn bill(api: Api, Path(id): Path<String>) -> Result<Response, Problem> {
    let id: InvoiceId = read::word(&id).ok_or(Problem::not_found("thing-invoice"))?;
    let link = api.invoice(id).await?.link_url.ok_or(Problem::not_found("thing-invoice"))?;
    let path = link.find("/i/").map(|at| link[at..].to_owned()).ok_or(Problem::not_found("thing-invoice"))?;
    Ok(Redirect::to(&path).into_response())
}

impl Page for Home {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("menu-home");
        let main = html! {
            div class="home" {
                @match self.chosen() {
                    Some(place) => {
                        (self.place(reader, place))
                        (self.invoices(reader))
                        (self.contracts(reader))
                    },
                    None => (self.nowhere(reader)),
                }
                @if self.places.len() > 1 || self.chosen().is_none() { (self.places(reader)) }
                (seek_form(reader))
            }
        };
        frame::desk(reader, Place::Home, &title, main, panel::closed())
    }

    fn sample() -> Home {
        let place = |name: &str, state, is_chosen, owed: i64| PlaceView {
            owner_id: OwnerId::new(),
            owner_name: name.into(),
            state,
            is_chosen,
            tenant_id: None,
            tenant_name: Some("Ундрах Өргөө ХХК".into()),
            owed: (state == PlaceState::Linked).then(|| Money::from_tugrug(owed)),
        };
        Home {
            places: vec![
                place("Алтан Тауэр ХХК", PlaceState::Linked, true, 2_150_000),
                place("Мөнгөн Плаза ХХК", PlaceState::Linked, false, 0),
                place("Хангай Проперти ХХК", PlaceState::Waiting, false, 0),
            ],
            contracts: crate::contracts::sample::list().rows.into_iter().take(2).collect(),
            invoices: crate::invoices::InvoiceList::sample().rows.into_iter().take(4).collect(),
        }
    }
}

impl Home {
    /// A tenant whom no owner has confirmed yet.
    pub fn waiting_sample() -> Home {
        let places = Home::sample().places.into_iter().filter(|place| place.state == PlaceState::Waiting).collect();
        Home { places, contracts: Vec::new(), invoices: Vec::new() }
    }

    /// A telephone that no owner knows.
    pub fn unknown_sample() -> Home {
        Home { places: Vec::new(), contracts: Vec::new(), invoices: Vec::new() }
    }

    fn chosen(&self) -> Option<&PlaceView> {
        self.places.iter().find(|place| place.is_chosen)
    }

    fn place(&self, reader: &Reader, place: &PlaceView) -> Markup {
        let owed = place.owed.unwrap_or_default();
        html! {
            section class="home-now" data-owes[owed.is_positive()] {
                h1 class="home-owner" { (place.owner_name) }
                @if let Some(tenant) = &place.tenant_name { p class="home-tenant" { (tenant) } }
                p class="home-label" { (reader.say(if owed.is_positive() { "home-owed" } else { "home-owes-nothing" })) }
                @if owed.is_positive() { p class="home-sum" { (fmt::tugrug(owed)) } }
            }
        }
    }

    fn invoices(&self, reader: &Reader) -> Markup {
        html! {
            section class="box" {
                h2 class="box-title" { (reader.say("menu-invoices")) }
                @if self.invoices.is_empty() { p class="box-note" { (reader.say("home-no-invoices")) } }
                ul class="home-list" {
                    @for invoice in &self.invoices {
                        li { a class="home-row" href={ (HERE) "/invoices/" (invoice.id) } {
                            span class="home-words" {
                                span class="home-name" { (fmt::month(reader, invoice.period)) " · " (invoice.units) }
                                span class="home-note" {
                                    @match invoice.due_on {
                                        Some(due) if invoice.balance.is_positive() => (reader.say_with("bill-due", &[("date", fmt::date_text(due).into())])),
                                        _ => { @if let Some(code) = &invoice.code { (code) } },
                                    }
                                }
                            }
                            span class="home-figure" {
                                (fmt::tugrug(if invoice.balance.is_positive() { invoice.balance } else { invoice.total }))
                                (badge::invoice(reader, invoice.status))
                            }
                        } }
                    }
                }
            }
        }
    }

    fn contracts(&self, reader: &Reader) -> Markup {
        html! {
            section class="box" {
                h2 class="box-title" { (reader.say("menu-contracts")) }
                @if self.contracts.is_empty() { p class="box-note" { (reader.say("home-no-contracts")) } }
                ul class="home-list" {
                    @for contract in &self.contracts {
                        li class="home-row" {
                            span class="home-words" {
                                span class="home-name" { (contract.property_name) " · " (contract.units) }
                                span class="home-note" {
                                    (contract.code) " · " (fmt::date_text(contract.starts_on)) " – "
                                    @match contract.ends_on { Some(end) => (fmt::date_text(end)), None => (reader.say("no-end")) }
                                }
                            }
                            (badge::contract(reader, contract.status))
                        }
                    }
                }
            }
        }
    }

    fn places(&self, reader: &Reader) -> Markup {
        html! {
            section class="box" {
                h2 class="box-title" { (reader.say("home-places")) }
                ul class="home-list" { @for place in &self.places { (other_place(reader, place)) } }
            }
        }
    }

    /// What a tenant reads whom nobody has confirmed, or nobody knows.
    fn nowhere(&self, reader: &Reader) -> Markup {
        let (icon, heading, note) = match self.places.is_empty() {
            true => (Icon::Search, "home-unknown", "home-unknown-note"),
            false => (Icon::Clock, "home-waiting", "home-waiting-note"),
        };
        html! {
            h1 class="sr-only" { (reader.say("menu-home")) }
            (empty(icon, &reader.say(heading), &reader.say(note), html! {}))
        }
    }
}

fn other_place(reader: &Reader, place: &PlaceView) -> Markup {
    let owed = place.owed.filter(|owed| owed.is_positive());
    html! {
        li class="home-row" {
            span class="home-words" {
                span class="home-name" { (place.owner_name) }
                span class="home-note" {
                    @match (place.state, owed) {
                        (PlaceState::Waiting, _) => (reader.say("home-place-waits")),
                        (PlaceState::Linked, Some(owed)) => { (reader.say("home-owed")) ": " (fmt::tugrug(owed)) },
                        (PlaceState::Linked, None) => (reader.say("home-owes-nothing")),
                    }
                }
            }
            @match (place.state, place.is_chosen) {
                (PlaceState::Waiting, _) => (Badge::new(Tone::Warn, reader.term("tenant-link-status", "waiting"))),
                (PlaceState::Linked, true) => (Badge::new(Tone::Sky, reader.say("home-here"))),
                (PlaceState::Linked, false) => form method="post" action="/home/place" {
                    input type="hidden" name="owner" value=(place.owner_id);
                    button class="btn" type="submit" data-variant="outline" data-size="sm" {
                        (reader.say("home-go")) span class="sr-only" { ": " (place.owner_name) }
                    }
                },
            }
        }
    }
}

fn seek_form(reader: &Reader) -> Markup {
    html! {
        form class="home-seek" method="post" action="/home/places" {
            p class="hint" { (reader.say("home-seek-note")) }
            (Button::submit(reader.say("home-seek")).outline().icon(Icon::Search))
        }
    }
}

#[cfg(test)]
mod tests;
