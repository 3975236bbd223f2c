//! Entering the code that was sent: one field that takes what is pasted and goes on by itself.

use axum::{
    Router,
    extract::Form as Posted,
    http::{HeaderMap, HeaderValue, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use client::{Arrival, Cookies};
use maud::{Markup, html};

use super::{arrive, phone};
use crate::{
    Site,
    api::Api,
    clock, fmt,
    gate::{self, Waiting, go, with_next},
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

pub const HERE: &str = "/sign-in/code";
const AGAIN: &str = "/sign-in/code/again";

pub fn routes() -> Router<Site> {
    Router::new().route(HERE, get(show).post(enter)).route(AGAIN, post(again))
}

/// The field for the code.
#[derive(Debug, Clone)]
pub struct CodePage {
    pub form: Form,
    /// The telephone it went to, as people write it.
    pub phone: String,
    /// Until another may be asked for, in seconds.
    pub secs_left: i64,
}

async fn show(reader: Reader, headers: HeaderMap) -> Response {
    match Waiting::of(&headers) {
        Some(waiting) => page(Form::default(), &waiting).render(&reader).into_response(),
        None => go(phone::HERE, Cookies::new()),
    }
}

async fn enter(
    api: Api,
    reader: Reader,
    headers: HeaderMap,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let Some(waiting) = Waiting::of(&headers) else { return Ok(go(phone::HERE, Cookies::new())) };
    let mut form = Form::typed(pairs);
    let status = match form.must(&reader, "code", "code-six-digits", read::code) {
        None => StatusCode::BAD_REQUEST,
        Some(code) => match api.enter_code(&waiting.to, &code).await {
            Ok(arrival) => return Ok(arrive(with(arrival, Waiting::over()), &waiting.next)),
            Err(refusal) => {
                let (status, sentence) = gate::refused(&reader, refusal)?;
                form = Form::default();
                form.remark("code", sentence);
                status
            }
        },
    };
    Ok((status, page(form, &waiting).render(&reader)).into_response())
}

async fn again(api: Api, reader: Reader, headers: HeaderMap) -> Result<Response, Problem> {
    let Some(waiting) = Waiting::of(&headers) else { return Ok(go(phone::HERE, Cookies::new())) };
    match api.send_code(&waiting.to).await {
        Ok(mut cookies) => {
            cookies.push(Waiting::sent(&waiting.to, &waiting.next, clock::now()).cookie());
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

fn with(arrival: Arrival, cookie: HeaderValue) -> Arrival {
    match arrival {
        Arrival::SignedIn(cookies) => Arrival::SignedIn([cookies, vec![cookie]].concat()),
        Arrival::SecondFactor(cookies) => Arrival::SecondFactor([cookies, vec![cookie]].concat()),
    }
}

fn page(form: Form, waiting: &Waiting) -> CodePage {
    CodePage { form, phone: fmt::phone(&waiting.to), secs_left: waiting.secs_left(clock::now()) }
}

impl Page for CodePage {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("code-title");
        let note = html! { (reader.say_with("code-note", &[("phone", self.phone.as_str().into())])) };
        let inside = html! {
            (form::post(HERE, html! {
                @if self.form.remark_on("code").is_none() { (self.form.summary(reader)) }
                (self.form.field("code", reader.say("code")).code().focused())
                (Button::submit(reader.say("sign-in-do")).wide())
            }))
            div class="gate-foot gate-line" {
                (again_in(reader, "code-again", AGAIN, self.secs_left))
                a href=(with_next(phone::HERE, "")) { (reader.say("code-other-phone")) }
            }
        };
        gate::card(reader, &title, note, inside)
    }

    fn sample() -> CodePage {
        let mut form = Form::default();
        form.remark("code", Reader::default().say("auth-invalid-otp"));
        CodePage { form, phone: fmt::phone("+97699110001"), secs_left: 42 }
    }
}

/// The button that asks for another code; a script counts down until it can be pressed.
pub fn again_in(reader: &Reader, label: &str, action: &str, secs_left: i64) -> Markup {
    html! {
        form method="post" action=(action) {
            button class="btn" type="submit" data-variant="ghost" data-size="sm" data-countdown=(secs_left) {
                (reader.say(label)) span class="num" data-left {}
            }
        }
    }
}
