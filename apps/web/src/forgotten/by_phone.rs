//! The new password by a code to the telephone: both on one page.

use axum::{
    Router,
    extract::Form as Posted,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use client::Cookies;
use maud::{Markup, html};

use crate::{
    Site,
    api::Api,
    clock, fmt,
    gate::{self, Waiting, go},
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    sign_in::again_in,
    ui::{
        button::Button,
        flash::Flash,
        form::{self, Form},
    },
};

pub const HERE: &str = "/forgot-password/phone";
const AGAIN: &str = "/forgot-password/phone/again";

pub fn routes() -> Router<Site> {
    Router::new().route(HERE, get(show).post(set)).route(AGAIN, post(again))
}

/// Asks for the code and the new password.
#[derive(Debug, Clone)]
pub struct ByPhonePage {
    pub form: Form,
    /// As people write it.
    pub phone: String,
    pub secs_left: i64,
}

async fn show(reader: Reader, headers: HeaderMap) -> Response {
    match Waiting::of(&headers) {
        Some(waiting) => page(Form::default(), &waiting).render(&reader).into_response(),
        None => go(super::HERE, Cookies::new()),
    }
}

async fn set(
    api: Api,
    reader: Reader,
    headers: HeaderMap,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let Some(waiting) = Waiting::of(&headers) else { return Ok(go(super::HERE, Cookies::new())) };
    let mut form = Form::typed(pairs);
    let code = form.must(&reader, "code", "code-six-digits", read::code);
    let password = form.raw("password").to_owned();
    if password.chars().count() < gate::SHORTEST_PASSWORD {
        form.remark("password", reader.say("auth-password-too-short"));
    }
    let mut status = StatusCode::BAD_REQUEST;
    if let Some(code) = code.filter(|_| form.is_clean()) {
        match api.reset_password_by_phone(&waiting.to, &code, &password).await {
            Ok(()) => {
                let told = Flash::good(reader.say("password-is-new")).set();
                return Ok(go("/sign-in", vec![Waiting::over(), told]));
            }
            Err(refusal) => {
                let (refused, sentence) = gate::refused(&reader, refusal)?;
                form = Form::default();
                form.remark("code", sentence);
                status = refused;
            }
        }
    }
    Ok((status, page(form, &waiting).render(&reader)).into_response())
}

async fn again(api: Api, reader: Reader, headers: HeaderMap) -> Result<Response, Problem> {
    let Some(waiting) = Waiting::of(&headers) else { return Ok(go(super::HERE, Cookies::new())) };
    match api.ask_for_reset_by_phone(&waiting.to).await {
        Ok(mut cookies) => {
            cookies.push(Waiting::sent(&waiting.to, "", clock::now()).cookie());
            cookies.push(Flash::good(reader.say("code-sent-again")).set());
            Ok(go(HERE, cookies))
        }
        Err(refusal) => {
            let (status, sentence) = gate::refused(&reader, refusal)?;
            let mut form = Form::default();
            form.trouble(sentence);
            Ok((status, page(form, &waiting).render(&reader)).into_response())
        }
    }
}

fn page(form: Form, waiting: &Waiting) -> ByPhonePage {
    ByPhonePage { form, phone: fmt::phone(&waiting.to), secs_left: waiting.secs_left(clock::now()) }
}

impl Page for ByPhonePage {
    fn render(&self, reader: &Reader) -> Markup {
        let note = reader.say_with("forgotten-phone-note", &[("phone", self.phone.as_str().into())]);
        let inside = html! {
            (form::post(HERE, html! {
                (self.form.summary(reader))
                // Not sent by itself: the new password is still to be typed.
                (self.form.field("code", reader.say("code")).digits().autocomplete("one-time-code").required().focused())
                (self.form.field("password", reader.say("password-new")).password("new-password").required()
                    .hint(reader.say("password-hint")))
                (Button::submit(reader.say("password-set")).wide())
            }))
            div class="gate-foot gate-line" {
                (again_in(reader, "code-again", AGAIN, self.secs_left))
                a href=(super::HERE) { (reader.say("code-other-phone")) }
            }
        };
        gate::card(reader, &reader.say("password-new-title"), html! { (note) }, inside)
    }

    fn sample() -> ByPhonePage {
        ByPhonePage { form: Form::default(), phone: fmt::phone("+97699110001"), secs_left: 0 }
    }
}
