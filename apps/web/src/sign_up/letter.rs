//! The letter that proves an address: that it is on its way, and where its link leads.

use axum::{
    Router,
    extract::Query,
    http::HeaderMap,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use client::Cookies;
use maud::{Markup, html};
use serde::Deserialize;

use crate::{
    Site,
    api::Api,
    clock,
    gate::{self, Waiting, go},
    page::Page,
    problem::Problem,
    reader::Reader,
    sign_in::again_in,
    ui::{
        alert::{self, Kind},
        button::Button,
        flash::Flash,
    },
};

pub const HERE: &str = "/sign-up/letter";
const AGAIN: &str = "/sign-up/letter/again";

/// Where the letter's link leads in the end.
pub const VERIFIED: &str = "/verified";

pub fn routes() -> Router<Site> {
    Router::new().route(HERE, get(show)).route(AGAIN, post(again)).route(VERIFIED, get(verified))
}

/// «Look into your mail».
#[derive(Debug, Clone)]
pub struct LetterPage {
    pub email: String,
    pub secs_left: i64,
    /// Why another letter was not sent.
    pub trouble: Option<String>,
}

/// Where the link in the letter ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verified {
    Yes,
    /// The link was used, is too old, or never was one.
    No,
}

async fn show(reader: Reader, headers: HeaderMap) -> Response {
    match Waiting::of(&headers) {
        Some(waiting) => page(&waiting, None).render(&reader).into_response(),
        None => go(super::HERE, Cookies::new()),
    }
}

async fn again(api: Api, reader: Reader, headers: HeaderMap) -> Result<Response, Problem> {
    let Some(waiting) = Waiting::of(&headers) else { return Ok(go(super::HERE, Cookies::new())) };
    match api.ask_for_verification(&waiting.to, VERIFIED).await {
        Ok(()) => {
            let told = Flash::good(reader.say("letter-sent-again")).set();
            Ok(go(HERE, vec![Waiting::sent(&waiting.to, "", clock::now()).cookie(), told]))
        }
        Err(refusal) => {
            let (status, sentence) = gate::refused(&reader, refusal)?;
            Ok((status, page(&waiting, Some(sentence.into_owned())).render(&reader)).into_response())
        }
    }
}

#[derive(Debug, Default, Deserialize)]
struct Ended {
    error: Option<String>,
}

async fn verified(reader: Reader, Query(ended): Query<Ended>) -> Markup {
    if ended.error.is_none() { Verified::Yes } else { Verified::No }.render(&reader)
}

fn page(waiting: &Waiting, trouble: Option<String>) -> LetterPage {
    LetterPage { email: waiting.to.clone(), secs_left: waiting.secs_left(clock::now()), trouble }
}

impl Page for LetterPage {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("letter-title");
        let note = html! { (reader.say_with("letter-note", &[("email", self.email.as_str().into())])) };
        let inside = html! {
            @if let Some(trouble) = &self.trouble { (alert::alert(Kind::Warn, trouble, html! {})) }
            ol class="gate-steps" {
                li { (reader.say("letter-open")) }
                li { (reader.say("letter-press")) }
                li { (reader.say("letter-begin")) }
            }
            p class="hint" { (reader.say("letter-spam")) }
            div class="gate-foot gate-line" {
                (again_in(reader, "letter-again", AGAIN, self.secs_left))
                a href=(super::HERE) { (reader.say("letter-other")) }
            }
        };
        gate::card(reader, &title, note, inside)
    }

    fn sample() -> LetterPage {
        LetterPage { email: "enkhjargal@khangai.example".into(), secs_left: 17, trouble: None }
    }
}

impl Page for Verified {
    fn render(&self, reader: &Reader) -> Markup {
        match self {
            Verified::Yes => gate::card(
                reader,
                &reader.say("verified-title"),
                html! { (reader.say("verified-note")) },
                html! { div class="gate-way" { (Button::link(reader.say("verified-on"), "/sign-in").primary().wide()) } },
            ),
            Verified::No => gate::card(
                reader,
                &reader.say("unverified-title"),
                html! { (reader.say("unverified-note")) },
                html! { div class="gate-way" { (Button::link(reader.say("sign-in"), "/sign-in").wide()) } },
            ),
        }
    }

    fn sample() -> Verified {
        Verified::Yes
    }
}
