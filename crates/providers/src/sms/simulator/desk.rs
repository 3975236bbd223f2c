//! The telephones: what arrived on each, with links that can be followed.

use axum::{
    Json, Router,
    extract::{Query, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
    routing::get,
};
use jiff::Timestamp;
use maud::html;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Delivery, Message, Simulator, Switches};
use crate::sandbox::{
    Door,
    layout::{clock, nothing, page, with_links},
    negotiation::{Sent, wants_json},
};

pub fn router(simulator: Simulator) -> Router {
    Router::new()
        .route("/messages", get(messages))
        .route("/messages.json", get(messages_json))
        .route("/sms/switches.json", get(switches).put(set_switches))
        .with_state(simulator)
}

pub fn doors() -> Vec<Door> {
    let door = |method, path: &str, what, what_en| Door { method, path: format!("/sandbox{path}"), what, what_en };
    vec![
        door("GET", "/messages?number=", "Утаснууд ба ирсэн мессежүүд", "Phones and what they were sent"),
        door(
            "GET",
            "/messages.json?number=99110001",
            "Мөн JSON-оор, шинэ нь эхэндээ; number-ээр шүүнэ",
            "The same as JSON, newest first; filter: number",
        ),
        door("GET", "/sms/switches.json", "SMS гарцуудын бусад зан", "The gateways' further oddities"),
        door("PUT", "/sms/switches.json", "SMS гарцуудын занг солих", "Set them; what is left out is off"),
        door(
            "GET",
            "/sms/smsmt/mt",
            "Операторуудын протокол: /sms/smsmt/mt, /sms/sendSMS.php, /sms/SMSGW-war/…, /sms/cgi-bin/sendsms",
            "The operators' own wire; the last four digits 0001 to 0007 of a number decide its fate",
        ),
        door("POST", "/sms/v1/sms/send", "CallPro-гийн протокол", "CallPro's own wire"),
    ]
}

#[derive(Deserialize)]
struct Filter {
    number: Option<String>,
}

/// A text with where it is now.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown<'a> {
    #[serde(flatten)]
    message: &'a Message,
    links: Vec<&'a str>,
    delivery: Delivery,
}

impl Simulator {
    fn asked(&self, filter: &Filter) -> Vec<Message> {
        match filter.number.as_deref().filter(|number| !number.is_empty()) {
            Some(number) => self.messages_to(number),
            None => self.messages().iter().rev().cloned().collect(),
        }
    }
}

async fn messages(State(simulator): State<Simulator>, Query(filter): Query<Filter>, headers: HeaderMap) -> Response {
    let asked = simulator.asked(&filter);
    if wants_json(&headers) {
        return json_of(&asked);
    }
    match filter.number.as_deref().filter(|number| !number.is_empty()) {
        Some(number) => phone(number, &asked),
        None => phones(&simulator.phones()),
    }
}

async fn messages_json(State(simulator): State<Simulator>, Query(filter): Query<Filter>) -> Response {
    json_of(&simulator.asked(&filter))
}

async fn switches(State(simulator): State<Simulator>) -> Json<Switches> {
    Json(simulator.switches())
}

async fn set_switches(State(simulator): State<Simulator>, Sent(switches): Sent<Switches>) -> Json<Switches> {
    simulator.set_switches(switches);
    Json(simulator.switches())
}

fn json_of(messages: &[Message]) -> Response {
    let now = Timestamp::now();
    let show = |message| Shown { message, links: message.links(), delivery: message.delivery(now) };
    Json(json!({"items": messages.iter().map(show).collect::<Vec<_>>()})).into_response()
}

fn phones(phones: &[(Message, usize)]) -> Response {
    page(
        "Утаснууд",
        html! {
            @if phones.is_empty() { (nothing("Мессеж хараахан ирээгүй байна.")) }
            @for (latest, count) in phones {
                a class="card" href={ "/sandbox/messages?number=" (latest.number) } {
                    p class="amount" { (latest.number) }
                    p { (latest.text) }
                    p class="quiet" { (count) " мессеж · " (clock(latest.sent_at)) }
                }
            }
        },
    )
}

fn phone(number: &str, messages: &[Message]) -> Response {
    let now = Timestamp::now();
    page(
        &format!("Утас {number}"),
        html! {
            @if messages.is_empty() { (nothing("Энэ дугаарт мессеж ирээгүй байна.")) }
            div class="phone" {
                @for message in messages {
                    article class="message" {
                        p class="quiet" { (message.from) " · " (clock(message.sent_at)) }
                        p { (with_links(&message.text)) }
                        p class="quiet" {
                            (message.gateway) " · " (message.encoding) ", " (message.units) " тэмдэгт, "
                            (message.parts) " хэсэг · " (delivery(message.delivery(now)))
                        }
                    }
                }
            }
        },
    )
}

fn delivery(delivery: Delivery) -> &'static str {
    match delivery {
        Delivery::Accepted => "илгээж байна",
        Delivery::Delivered => "хүргэгдсэн",
        Delivery::Undelivered => "хүргэгдээгүй",
    }
}
