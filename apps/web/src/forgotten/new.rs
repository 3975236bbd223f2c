//! The new password behind the link of a letter.

use axum::{
    Router,
    extract::{Form as Posted, Query},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use maud::{Markup, html};
use serde::Deserialize;

use crate::{
    Site,
    api::Api,
    gate,
    page::Page,
    problem::Problem,
    reader::Reader,
    ui::{
        button::Button,
        flash::Flash,
        form::{self, Form},
    },
};

/// Where the letter's link leads, with the token as a parameter.
pub const HERE: &str = "/reset-password";

pub fn routes() -> Router<Site> {
    Router::new().route(HERE, get(show).post(set))
}

/// The form for the new password; without a token only what went wrong.
#[derive(Debug, Clone, Default)]
pub struct NewPasswordPage {
    pub form: Form,
    pub token: String,
}

#[derive(Debug, Default, Deserialize)]
struct Sent {
    #[serde(default)]
    token: String,
    #[serde(default)]
    password: String,
}

async fn show(reader: Reader, Query(sent): Query<Sent>) -> Markup {
    NewPasswordPage { form: Form::default(), token: sent.token }.render(&reader)
}

async fn set(api: Api, reader: Reader, Posted(sent): Posted<Sent>) -> Result<Response, Problem> {
    let mut form = Form::default();
    let mut status = StatusCode::BAD_REQUEST;
    if sent.password.chars().count() < gate::SHORTEST_PASSWORD {
        form.remark("password", reader.say("auth-password-too-short"));
    } else {
        match api.reset_password(&sent.token, &sent.password).await {
            Ok(()) => return Ok(Flash::good(reader.say("password-is-new")).on("/sign-in")),
            Err(refusal) if refusal.code == "INVALID_TOKEN" => {
                return Ok((StatusCode::BAD_REQUEST, NewPasswordPage::default().render(&reader)).into_response());
            }
            Err(refusal) => {
                let (refused, sentence) = gate::refused(&reader, refusal)?;
                form.remark("password", sentence);
                status = refused;
            }
        }
    }
    Ok((status, NewPasswordPage { form, token: sent.token }.render(&reader)).into_response())
}

impl Page for NewPasswordPage {
    fn render(&self, reader: &Reader) -> Markup {
        if self.token.is_empty() {
            let way = html! {
                div class="gate-way" { (Button::link(reader.say("forgotten-again"), super::HERE).primary().wide()) }
            };
            return gate::card(
                reader,
                &reader.say("unverified-title"),
                html! { (reader.say("forgotten-old-link")) },
                way,
            );
        }
        let inside = form::post(
            HERE,
            html! {
                input type="hidden" name="token" value=(self.token);
                (self.form.field("password", reader.say("password-new")).password("new-password").required().focused()
                    .hint(reader.say("password-hint")))
                (Button::submit(reader.say("password-set")).wide())
            },
        );
        gate::card(reader, &reader.say("password-new-title"), html! { (reader.say("password-new-note")) }, inside)
    }

    fn sample() -> NewPasswordPage {
        NewPasswordPage { form: Form::default(), token: "sample".into() }
    }
}
