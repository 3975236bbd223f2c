//! An owner signs up: company and director, then the letter that proves the address, then an empty account.
//!
//! The answer is the same for an address that has an account already; the letter tells its holder.

mod letter;

use axum::{
    Router,
    extract::Form as Posted,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use maud::{Markup, html};
use wire::registrations::NewRegistration;

pub use self::letter::{LetterPage, VERIFIED, Verified};
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

pub const HERE: &str = "/sign-up";

pub fn routes() -> Router<Site> {
    Router::new().route(HERE, get(show).post(sign_up)).merge(letter::routes())
}

/// The form for a company that is new here.
#[derive(Debug, Clone, Default)]
pub struct SignUp {
    pub form: Form,
}

/// The form's fields are named as the API names them.
const FIELDS: [&str; 5] = ["registerNo", "companyName", "directorName", "email", "password"];

async fn show(reader: Reader) -> Markup {
    SignUp::default().render(&reader)
}

async fn sign_up(api: Api, reader: Reader, Posted(pairs): Posted<Vec<(String, String)>>) -> Result<Response, Problem> {
    let mut form = Form::typed(pairs);
    let new = new(&mut form, &reader);
    let mut status = StatusCode::BAD_REQUEST;
    if form.is_clean() {
        match api.register_company(&new).await {
            Ok(_) => return Ok(go(letter::HERE, vec![Waiting::sent(&new.email, "", clock::now()).cookie()])),
            Err(refusal) if refusal.is(StatusCode::TOO_MANY_REQUESTS) => {
                let (busy, sentence) = gate::refused(&reader, refusal)?;
                form.trouble(sentence);
                status = busy;
            }
            Err(refusal) => {
                status = form.refused(refusal, |path| FIELDS.contains(&path).then(|| path.to_owned().into()))?;
            }
        }
    }
    Ok((status, SignUp { form }.render(&reader)).into_response())
}

fn new(form: &mut Form, reader: &Reader) -> NewRegistration {
    let text = |text: &str| Some(text.to_owned());
    // A password is taken as it was typed, with its blanks.
    let password = form.raw("password").to_owned();
    if password.chars().count() < gate::SHORTEST_PASSWORD {
        form.remark("password", reader.say("auth-password-too-short"));
    }
    NewRegistration {
        register_no: form.must(reader, "registerNo", "field-bad-register", read::register_no).unwrap_or_default(),
        company_name: form.must(reader, "companyName", "field-required", text).unwrap_or_default(),
        director_name: form.must(reader, "directorName", "field-required", text).unwrap_or_default(),
        email: form.must(reader, "email", "field-bad-email", read::email).unwrap_or_default(),
        password,
        callback_path: Some(VERIFIED.to_owned()),
    }
}

impl Page for SignUp {
    fn render(&self, reader: &Reader) -> Markup {
        let (title, form) = (reader.say("sign-up-title"), &self.form);
        let inside = html! {
            (form::post(HERE, html! {
                (form.summary(reader))
                (form.field("registerNo", reader.say("sign-up-register-no")).digits().max_chars(7).required().focused()
                    .hint(reader.say("sign-up-register-no-hint")))
                (form.field("companyName", reader.say("sign-up-company")).autocomplete("organization").max_chars(200).required())
                (form.field("directorName", reader.say("sign-up-director")).autocomplete("name").max_chars(200).required())
                (form.field("email", reader.say("email")).email().autocomplete("username").required()
                    .hint(reader.say("sign-up-email-hint")))
                (form.field("password", reader.say("password")).password("new-password").required()
                    .hint(reader.say("password-hint")))
                (Button::submit(reader.say("sign-up-do")).wide())
            }))
            p class="gate-foot" { (reader.say("sign-in-ask")) " " a href="/sign-in" { (reader.say("sign-in")) } }
        };
        gate::card(reader, &title, html! { (reader.say("sign-up-note")) }, inside)
    }

    fn sample() -> SignUp {
        let mut form = Form::default()
            .with("registerNo", "611223")
            .with("companyName", "Хангай Проперти ХХК")
            .with("directorName", "С. Энхжаргал")
            .with("email", "enkhjargal@khangai.example");
        let reader = Reader::default();
        form.remark("registerNo", reader.say("field-bad-register"));
        form.remark("password", reader.say("auth-password-too-short"));
        SignUp { form }
    }
}

#[cfg(test)]
mod tests;
