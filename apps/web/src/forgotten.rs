//! A forgotten password: a link to the address or a code to the telephone, then a new one. What is answered never tells
//! whether there is such an account.

mod by_phone;
mod new;

use axum::{
    Router,
    extract::Form as Posted,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use client::Cookies;
use maud::{Markup, html};
use serde::Deserialize;

pub use self::{by_phone::ByPhonePage, new::NewPasswordPage};
use crate::{
    Site,
    api::Api,
    clock,
    gate::{self, Waiting, go},
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
        button::Button,
        form::{self, Form},
    },
};

/// The letters lead here too.
const HERE: &str = "/forgot-password";
const SENT: &str = "/forgot-password/sent";

pub fn routes() -> Router<Site> {
    Router::new().route(HERE, get(show).post(ask)).route(SENT, get(sent)).merge(by_phone::routes()).merge(new::routes())
}

/// Asks where to send the way back in; it posts `to`, an address or a telephone.
#[derive(Debug, Clone, Default)]
pub struct Forgotten {
    pub form: Form,
}

/// Says that a letter is on its way, if there is somebody to get it.
#[derive(Debug, Clone, Copy)]
pub struct Asked;

#[derive(Debug, Default, Deserialize)]
struct Sent {
    #[serde(default)]
    to: String,
}

async fn show(reader: Reader) -> Markup {
    Forgotten::default().render(&reader)
}

async fn ask(api: Api, reader: Reader, Posted(sent): Posted<Sent>) -> Result<Response, Problem> {
    let mut form = Form::default().with("to", &sent.to);
    let answer = match (read::phone(&sent.to), read::email(sent.to.trim())) {
        (Some(phone), _) => {
            let asked = api.ask_for_reset_by_phone(&phone).await;
            asked.map(|mut cookies| {
                cookies.push(Waiting::sent(&phone, "", clock::now()).cookie());
                go(by_phone::HERE, cookies)
            })
        }
        (None, Some(email)) => api.ask_for_reset(&email, new::HERE).await.map(|()| go(SENT, Cookies::new())),
        (None, None) => {
            form.remark("to", reader.say("forgotten-neither"));
            return Ok((StatusCode::BAD_REQUEST, Forgotten { form }.render(&reader)).into_response());
        }
    };
    match answer {
        Ok(on) => Ok(on),
        Err(refusal) => {
            let (status, sentence) = gate::refused(&reader, refusal)?;
            form.remark("to", sentence);
            Ok((status, Forgotten { form }.render(&reader)).into_response())
        }
    }
}

async fn sent(reader: Reader) -> Markup {
    Asked.render(&reader)
}

impl Page for Forgotten {
    fn render(&self, reader: &Reader) -> Markup {
        let inside = html! {
            (form::post(HERE, html! {
                (self.form.field("to", reader.say("forgotten-to")).autocomplete("username").required().focused())
                (Button::submit(reader.say("forgotten-do")).wide())
            }))
            p class="gate-foot" { a href="/sign-in" { (reader.say("back-to-sign-in")) } }
        };
        gate::card(reader, &reader.say("forgotten-title"), html! { (reader.say("forgotten-note")) }, inside)
    }

    fn sample() -> Forgotten {
        let mut form = Form::default().with("to", "номин");
        form.remark("to", Reader::default().say("forgotten-neither"));
        Forgotten { form }
    }
}

impl Page for Asked {
    fn render(&self, reader: &Reader) -> Markup {
        let inside = html! {
            p class="hint" { (reader.say("letter-spam")) }
            p class="gate-foot" { a href="/sign-in" { (reader.say("back-to-sign-in")) } }
        };
        gate::card(reader, &reader.say("forgotten-sent-title"), html! { (reader.say("forgotten-sent-note")) }, inside)
    }

    fn sample() -> Asked {
        Asked
    }
}

#[cfg(test)]
mod tests;
