//! The way in for tenants: a telephone, to which a code is sent.

use axum::{
    Router,
    extract::{Form as Posted, Query},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{code, ways};
use crate::{
    Site,
    api::Api,
    clock,
    gate::{self, Waiting, go, own},
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
        button::Button,
        form::{self, Form},
    },
};

pub const HERE: &str = "/sign-in/phone";

pub fn routes() -> Router<Site> {
    Router::new().route(HERE, get(show).post(send))
}

/// Asks for a telephone. It posts `phone` and `next`.
#[derive(Debug, Clone, Default)]
pub struct PhonePage {
    pub form: Form,
    pub next: String,
}

#[derive(Debug, Default, Deserialize)]
struct Sent {
    #[serde(default)]
    phone: String,
    #[serde(default)]
    next: String,
}

async fn show(reader: Reader, Query(sent): Query<Sent>) -> Markup {
    PhonePage { form: Form::default(), next: own(sent.next) }.render(&reader)
}

async fn send(api: Api, reader: Reader, Posted(sent): Posted<Sent>) -> Result<Response, Problem> {
    let mut form = Form::default().with("phone", &sent.phone);
    let next = own(sent.next);
    let phone = form.must(&reader, "phone", "field-bad-phone", read::phone);
    let status = match phone {
        None => StatusCode::BAD_REQUEST,
        Some(phone) => match api.send_code(&phone).await {
            Ok(mut cookies) => {
                cookies.push(Waiting::sent(&phone, &next, clock::now()).cookie());
                return Ok(go(code::HERE, cookies));
            }
            Err(refusal) => {
                let (status, sentence) = gate::refused(&reader, refusal)?;
                form.remark("phone", sentence);
                status
            }
        },
    };
    Ok((status, PhonePage { form, next }.render(&reader)).into_response())
}

impl Page for PhonePage {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("sign-in");
        let inside = html! {
            (ways(reader, &self.next, HERE))
            (form::post(HERE, html! {
                input type="hidden" name="next" value=(self.next);
                (self.form.field("phone", reader.say("phone")).phone().autocomplete("tel-national").required().focused()
                    .hint(reader.say("phone-code-hint")))
                (Button::submit(reader.say("code-send")).wide())
            }))
            p class="gate-foot" { (reader.say("sign-in-tenants")) }
        };
        gate::card(reader, &title, html! { (reader.say("sign-in-phone-note")) }, inside)
    }

    fn sample() -> PhonePage {
        let mut form = Form::default().with("phone", "9911 00");
        form.remark("phone", Reader::default().say("field-bad-phone"));
        PhonePage { form, next: String::new() }
    }
}
