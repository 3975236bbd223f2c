//! A new password for whoever knows the present one; every other device is signed out.

use axum::{
    Router,
    extract::Form as Posted,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use maud::{Markup, html};

use super::part;
use crate::{
    Site,
    api::Api,
    gate::{self, go},
    page::Page,
    problem::Problem,
    reader::Reader,
    ui::{
        button::Button,
        flash::Flash,
        form::{self, Form},
        icon::Icon,
    },
};

pub const HERE: &str = "/account/password";

pub fn routes() -> Router<Site> {
    Router::new().route(HERE, get(show).post(change))
}

/// The form for a new password; it posts `current` and `password`.
#[derive(Debug, Clone, Default)]
pub struct PasswordPage {
    pub form: Form,
}

async fn show(api: Api, reader: Reader) -> Result<Response, Problem> {
    Ok(PasswordPage::default().render(&api.know(reader).await?).into_response())
}

async fn change(api: Api, reader: Reader, Posted(pairs): Posted<Vec<(String, String)>>) -> Result<Response, Problem> {
    let reader = api.know(reader).await?;
    let typed = Form::typed(pairs);
    let (current, new) = (typed.raw("current"), typed.raw("password"));
    let mut form = Form::default();
    if current.is_empty() {
        form.remark("current", reader.say("field-required"));
    }
    if new.chars().count() < gate::SHORTEST_PASSWORD {
        form.remark("password", reader.say("auth-password-too-short"));
    }
    let mut status = StatusCode::BAD_REQUEST;
    if form.is_clean() {
        match api.change_password(current, new).await {
            Ok(mut cookies) => {
                cookies.push(Flash::good(reader.say("password-changed")).set());
                return Ok(go(HERE, cookies));
            }
            Err(refusal) => {
                let field = if refusal.code == "INVALID_PASSWORD" { "current" } else { "password" };
                let (refused, sentence) = gate::refused(&reader, refusal)?;
                form.remark(field, sentence);
                status = refused;
            }
        }
    }
    Ok((status, PasswordPage { form }.render(&reader)).into_response())
}

impl Page for PasswordPage {
    fn render(&self, reader: &Reader) -> Markup {
        let inside = html! {
            section class="box" {
                h2 class="box-title" { (reader.say("password-change")) }
                p class="box-note" { (reader.say("password-change-note")) }
                (form::post(HERE, html! {
                    (self.form.field("current", reader.say("password-current")).password("current-password").required())
                    (self.form.field("password", reader.say("password-new")).password("new-password").required()
                        .hint(reader.say("password-hint")))
                    div class="form-foot" { (Button::submit(reader.say("save")).icon(Icon::Check)) }
                }))
                p class="box-note" { a href="/forgot-password" { (reader.say("forgotten-link")) } }
            }
        };
        part(reader, HERE, inside)
    }

    fn sample() -> PasswordPage {
        let mut form = Form::default();
        form.remark("current", Reader::default().say("auth-invalid-password"));
        PasswordPage { form }
    }
}
