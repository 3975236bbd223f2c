//! The letter boxes: what lies in each, with links that can be followed.

use std::collections::BTreeMap;

use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use maud::html;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Received, Simulator};
use crate::sandbox::{
    Door,
    layout::{clock, nothing, page, with_links},
    negotiation::wants_json,
};

pub fn router(simulator: Simulator) -> Router {
    Router::new()
        .route("/mail", get(letters))
        .route("/mail.json", get(letters_json))
        .route("/mail/{id}", get(letter))
        .with_state(simulator)
}

pub fn doors() -> Vec<Door> {
    let door = |method, path: &str, what, what_en| Door { method, path: format!("/sandbox{path}"), what, what_en };
    vec![
        door("GET", "/mail?address=", "Хаягууд ба ирсэн захидал", "Addresses and what they were sent"),
        door(
            "GET",
            "/mail.json?address=dulmaa@altan.example",
            "Мөн JSON-оор, шинэ нь эхэндээ; address-ээр шүүнэ",
            "The same as JSON, newest first, with the links in each; filter: address",
        ),
        door("GET", "/mail/{id}", "Нэг захидал, уншигчид харагдах байдлаар", "One letter as its reader sees it"),
    ]
}

#[derive(Deserialize)]
struct Filter {
    address: Option<String>,
}

/// A letter with its links.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown<'a> {
    #[serde(flatten)]
    letter: &'a Received,
    links: Vec<&'a str>,
}

impl Simulator {
    fn asked(&self, filter: &Filter) -> Vec<Received> {
        match filter.address.as_deref().filter(|address| !address.is_empty()) {
            Some(address) => self.letters_to(address),
            None => self.all(),
        }
    }
}

async fn letters(State(simulator): State<Simulator>, Query(filter): Query<Filter>, headers: HeaderMap) -> Response {
    let asked = simulator.asked(&filter);
    if wants_json(&headers) {
        return json_of(&asked);
    }
    match filter.address.as_deref().filter(|address| !address.is_empty()) {
        Some(address) => one_box(address, &asked),
        None => boxes(&asked),
    }
}

async fn letters_json(State(simulator): State<Simulator>, Query(filter): Query<Filter>) -> Response {
    json_of(&simulator.asked(&filter))
}

/// The letter's own markup, which may bring its styles and nothing else.
async fn letter(State(simulator): State<Simulator>, Path(id): Path<String>) -> Response {
    const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";
    match simulator.all().into_iter().find(|letter| letter.id == id) {
        Some(letter) => ([(header::CONTENT_SECURITY_POLICY, POLICY)], Html(letter.html)).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn json_of(letters: &[Received]) -> Response {
    let show = |letter| Shown { letter, links: letter.links() };
    Json(json!({"items": letters.iter().map(show).collect::<Vec<_>>()})).into_response()
}

fn boxes(letters: &[Received]) -> Response {
    let mut boxes: BTreeMap<&str, (&Received, usize)> = BTreeMap::new();
    for letter in letters {
        boxes.entry(&letter.to).or_insert((letter, 0)).1 += 1;
    }
    let mut boxes: Vec<_> = boxes.into_values().collect();
    boxes.sort_by_key(|(latest, _)| std::cmp::Reverse(latest.received_at));
    page(
        "Цахим шуудан",
        html! {
            @if boxes.is_empty() { (nothing("Захидал хараахан ирээгүй байна.")) }
            @for (latest, count) in boxes {
                a class="card" href={ "/sandbox/mail?address=" (crate::http::percent_encode(&latest.to)) } {
                    p class="amount" { (latest.to) }
                    p { (latest.subject) }
                    p class="quiet" { (count) " захидал · " (clock(latest.received_at)) }
                }
            }
        },
    )
}

fn one_box(address: &str, letters: &[Received]) -> Response {
    page(
        address,
        html! {
            @if letters.is_empty() { (nothing("Энэ хаягт захидал ирээгүй байна.")) }
            @for letter in letters {
                article class="card" {
                    h2 { (letter.subject) }
                    p class="quiet" { (letter.from) " · " (clock(letter.received_at)) }
                    @for line in letter.text.lines() { p { (with_links(line)) } }
                    p { a href={ "/sandbox/mail/" (crate::http::percent_encode(&letter.id)) } { "Уншигчид харагдах байдал" } }
                }
            }
        },
    )
}
