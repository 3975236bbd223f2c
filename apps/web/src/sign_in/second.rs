//! The second factor: a code of the app, one that was sent, or a backup code; a device may be trusted for a month.

use axum::{
    Router,
    extract::{Form as Posted, Query},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use client::{Cookies, Factor};
use maud::{Markup, html};
use serde::Deserialize;

use crate::{
    Site,
    api::Api,
    gate::{self, go, own, with_next},
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
        button::Button,
        flash::Flash,
        form::{self, Form},
    },
};

pub const HERE: &str = "/sign-in/second";
const SEND: &str = "/sign-in/second/code";

pub fn routes() -> Router<Site> {
    Router::new().route(HERE, get(show).post(give)).route(SEND, post(send))
}

/// Asks for the second factor. It posts `by`, `code`, `trust` and `next`.
#[derive(Debug, Clone)]
pub struct SecondPage {
    pub form: Form,
    pub by: Factor,
    pub next: String,
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    by: String,
    #[serde(default)]
    next: String,
}

async fn show(reader: Reader, Query(asked): Query<Asked>) -> Markup {
    SecondPage { form: Form::default(), by: factor(&asked.by), next: own(asked.next) }.render(&reader)
}

async fn give(api: Api, reader: Reader, Posted(pairs): Posted<Vec<(String, String)>>) -> Result<Response, Problem> {
    let mut form = Form::typed(pairs);
    let (by, next) = (factor(form.value("by")), own(form.value("next").to_owned()));
    let code = match by {
        Factor::Backup => form.must(&reader, "code", "field-required", |code| Some(code.to_owned())),
        Factor::App | Factor::Sent => form.must(&reader, "code", "code-six-digits", read::code),
    };
    let status = match code {
        None => StatusCode::BAD_REQUEST,
        Some(code) => match api.give_factor(by, &code, form.value("trust") == "yes").await {
            Ok(cookies) => return Ok(go(&next, cookies)),
            // Whoever waited too long begins again.
            Err(refusal) if refusal.code == "INVALID_TWO_FACTOR_COOKIE" => {
                let told = Flash::info(reader.say("auth-invalid-two-factor-cookie")).set();
                return Ok(go(&with_next("/sign-in", &next), vec![told]));
            }
            Err(refusal) => {
                let (status, sentence) = gate::refused(&reader, refusal)?;
                form = Form::default().with("trust", form.value("trust"));
                form.remark("code", sentence);
                status
            }
        },
    };
    Ok((status, SecondPage { form, by, next }.render(&reader)).into_response())
}

/// Sends a code to whoever waits.
async fn send(api: Api, reader: Reader, Posted(asked): Posted<Asked>) -> Result<Response, Problem> {
    let next = own(asked.next);
    match api.send_factor().await {
        Ok(()) => Ok(go(&with(Factor::Sent, &next), vec![Flash::good(reader.say("second-sent")).set()])),
        Err(refusal) if refusal.code == "INVALID_TWO_FACTOR_COOKIE" => {
            Ok(go(&with_next("/sign-in", &next), Cookies::new()))
        }
        Err(refusal) => {
            let (status, sentence) = gate::refused(&reader, refusal)?;
            let mut form = Form::default();
            form.trouble(sentence);
            Ok((status, SecondPage { form, by: Factor::Sent, next }.render(&reader)).into_response())
        }
    }
}

fn factor(word: &str) -> Factor {
    match word {
        "sent" => Factor::Sent,
        "backup" => Factor::Backup,
        _ => Factor::App,
    }
}

const fn word(by: Factor) -> &'static str {
    match by {
        Factor::App => "app",
        Factor::Sent => "sent",
        Factor::Backup => "backup",
    }
}

/// This page for another factor.
fn with(by: Factor, next: &str) -> String {
    let query = serde_urlencoded::to_string([("by", word(by)), ("next", next)]).expect("a path can be encoded");
    format!("{HERE}?{query}")
}

impl Page for SecondPage {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("second-title");
        let note = reader.say(match self.by {
            Factor::App => "second-app-note",
            Factor::Sent => "second-sent-note",
            Factor::Backup => "second-backup-note",
        });
        let code = self.form.field("code", reader.say("code")).focused();
        let inside = html! {
            (form::post(HERE, html! {
                @if self.form.remark_on("code").is_none() { (self.form.summary(reader)) }
                input type="hidden" name="by" value=(word(self.by));
                input type="hidden" name="next" value=(self.next);
                // Before the code: that one is sent as soon as it is whole.
                (self.form.field("trust", reader.say("second-trust")).check())
                @if self.by == Factor::Backup { (code.autocomplete("off")) } @else { (code.code()) }
                (Button::submit(reader.say("sign-in-do")).wide())
            }))
            div class="gate-foot gate-others" {
                p { (reader.say("second-others")) }
                ul {
                    @if self.by != Factor::App { li { a href=(with(Factor::App, &self.next)) { (reader.say("second-app")) } } }
                    li { (self.ask_for_code(reader)) }
                    @if self.by != Factor::Backup {
                        li { a href=(with(Factor::Backup, &self.next)) { (reader.say("second-backup")) } }
                    }
                }
            }
        };
        gate::card(reader, &title, html! { (note) }, inside)
    }

    fn sample() -> SecondPage {
        let mut form = Form::default().with("trust", "yes");
        form.remark("code", Reader::default().say("auth-invalid-code"));
        SecondPage { form, by: Factor::App, next: "/".into() }
    }
}

impl SecondPage {
    fn ask_for_code(&self, reader: &Reader) -> Markup {
        html! {
            form method="post" action=(SEND) {
                input type="hidden" name="next" value=(self.next);
                button class="as-link" type="submit" {
                    (reader.say(if self.by == Factor::Sent { "code-again" } else { "second-sent-way" }))
                }
            }
        }
    }
}
