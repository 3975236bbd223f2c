//! Signing in: staff by e-mail and password, tenants by telephone and code. A refusal never says which part was wrong,
//! nor whether there is such an account.

mod code;
mod phone;
mod second;

use axum::{
    Router,
    extract::{Form as Posted, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use client::Arrival;
use maud::{Markup, html};
use serde::Deserialize;

pub use self::{
    code::{CodePage, again_in},
    phone::PhonePage,
    second::SecondPage,
};
use crate::{
    DemoSignIn, Site,
    api::Api,
    gate::{self, go, own, with_next},
    page::Page,
    problem::Problem,
    reader::Reader,
    ui::{
        alert::{self, Kind},
        button::Button,
        form::{self, Form},
        tabs::{Tab, tabs},
    },
};

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/sign-in", get(show).post(sign_in))
        .route("/sign-out", post(sign_out))
        .merge(phone::routes())
        .merge(code::routes())
        .merge(second::routes())
}

/// The sign-in form, fresh or come back. It posts `email`, `password`, `remember` and `next` to `/sign-in`.
#[derive(Debug, Clone, Default)]
pub struct SignIn {
    pub form: Form,
    /// The page to go on to; empty for the first one.
    pub next: String,
    /// Whom one may look around as; empty but on a demonstration.
    pub demo: Vec<DemoSignIn>,
    /// A letter's link has just proven the address.
    pub is_verified: bool,
}

#[derive(Debug, Default, Deserialize)]
struct Sent {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    remember: String,
    #[serde(default)]
    next: String,
    #[serde(default)]
    verified: String,
}

async fn show(State(site): State<Site>, reader: Reader, Query(sent): Query<Sent>) -> Response {
    let form = Form::default().with("remember", "yes");
    SignIn { form, next: own(sent.next), demo: site.demo.to_vec(), is_verified: sent.verified == "1" }
        .render(&reader)
        .into_response()
}

async fn sign_in(
    State(site): State<Site>,
    api: Api,
    reader: Reader,
    Posted(sent): Posted<Sent>,
) -> Result<Response, Problem> {
    let mut form = Form::default().with("email", &sent.email).with("remember", &sent.remember);
    for (name, typed) in [("email", sent.email.trim()), ("password", &sent.password)] {
        if typed.is_empty() {
            form.remark(name, reader.say("field-required"));
        }
    }
    let back = |form: Form, status: StatusCode| {
        let page = SignIn { form, next: own(sent.next.clone()), demo: site.demo.to_vec(), is_verified: false };
        (status, page.render(&reader)).into_response()
    };
    if !form.is_clean() {
        return Ok(back(form, StatusCode::BAD_REQUEST));
    }
    let next = own(sent.next.clone());
    match api.sign_in(sent.email.trim(), &sent.password, sent.remember == "yes").await {
        Ok(arrival) => Ok(arrive(arrival, &next)),
        Err(refusal) if refusal.code == "INVALID_EMAIL_OR_PASSWORD" => {
            form.remark("password", reader.say("error-sign-in"));
            Ok(back(form, StatusCode::UNAUTHORIZED))
        }
        Err(refusal) if refusal.is(StatusCode::BAD_REQUEST) => {
            form.remark("email", reader.say("field-bad-email"));
            Ok(back(form, StatusCode::BAD_REQUEST))
        }
        Err(refusal) => {
            let (status, sentence) = gate::refused(&reader, refusal)?;
            form.trouble(sentence);
            Ok(back(form, status))
        }
    }
}

/// In, or on to the second factor.
fn arrive(arrival: Arrival, next: &str) -> Response {
    match arrival {
        Arrival::SignedIn(cookies) => go(next, cookies),
        Arrival::SecondFactor(cookies) => go(&with_next(second::HERE, next), cookies),
    }
}

/// Signs out here even when the session was gone already.
async fn sign_out(api: Api) -> Response {
    go("/sign-in", api.sign_out().await.unwrap_or_default())
}

/// The two ways in, each with its own address.
fn ways(reader: &Reader, next: &str, current: &str) -> Markup {
    let way = |key: &str, path: &str| Tab {
        label: reader.say(key).into_owned(),
        href: with_next(path, next),
        count: None,
        is_current: path == current,
    };
    html! {
        div class="gate-ways" {
            (tabs(&reader.say("sign-in"), &[way("sign-in-by-email", "/sign-in"), way("sign-in-by-phone", phone::HERE)]))
        }
    }
}

impl Page for SignIn {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("sign-in");
        let has_remark = ["email", "password"].iter().any(|name| self.form.remark_on(name).is_some());
        // Who comes back has typed the address already, and the password is not written back.
        let is_back = !self.form.value("email").is_empty();
        let email = self.form.field("email", reader.say("email")).email().autocomplete("username").required();
        let password = self.form.field("password", reader.say("password")).password("current-password").required();
        let inside = html! {
            @if self.is_verified { (alert::alert(Kind::Good, &reader.say("verified-title"), html! {})) }
            (ways(reader, &self.next, "/sign-in"))
            (form::post("/sign-in", html! {
                // Two fields and a remark beside one of them: a summary above would only say it twice.
                @if !has_remark { (self.form.summary(reader)) }
                input type="hidden" name="next" value=(self.next);
                (if is_back { email } else { email.focused() })
                (if is_back { password.focused() } else { password })
                div class="gate-line" {
                    (self.form.field("remember", reader.say("sign-in-remember")).check())
                    a href="/forgot-password" { (reader.say("forgotten-link")) }
                }
                (Button::submit(reader.say("sign-in-do")).wide())
            }))
            @if !self.demo.is_empty() { (self.demo(reader)) }
            p class="gate-foot" { (reader.say("sign-up-ask")) " " a href="/sign-up" { (reader.say("sign-up-link")) } }
        };
        gate::card(reader, &title, html! { (reader.say("sign-in-note")) }, inside)
    }

    fn sample() -> SignIn {
        let mut form = Form::default().with("email", "accountant@altan.example").with("remember", "yes");
        form.remark("password", Reader::default().say("error-sign-in"));
        let demo = [
            ("Алтан Тауэр, захирал", "director@altan.example"),
            ("Алтан Тауэр, нягтлан бодогч", "accountant@altan.example"),
        ];
        let demo = demo.map(|(who, email)| DemoSignIn {
            who: who.into(),
            email: email.into(),
            password: "spacehub-demo".into(),
        });
        SignIn { form, next: "/contracts".into(), demo: demo.into(), is_verified: false }
    }
}

impl SignIn {
    /// One button a person: it posts what they would type.
    fn demo(&self, reader: &Reader) -> Markup {
        html! {
            section class="gate-demo" {
                h2 class="gate-demo-title" { (reader.say("sign-in-demo")) }
                @for one in &self.demo {
                    form method="post" action="/sign-in" {
                        input type="hidden" name="next" value=(self.next);
                        input type="hidden" name="email" value=(one.email);
                        input type="hidden" name="password" value=(one.password);
                        input type="hidden" name="remember" value="yes";
                        (Button::submit(one.who.as_str()).outline().wide())
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
