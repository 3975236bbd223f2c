//! The sign-in of staff: e-mail and password. A refusal never says which of them was wrong.

use axum::{
    Router,
    extract::{Form as Posted, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use maud::{Markup, html};
use serde::Deserialize;

use crate::{
    DemoSignIn, Site,
    api::Api,
    page::Page,
    preferences::is_local,
    problem::Problem,
    reader::Reader,
    ui::{
        button::Button,
        form::{self, Form},
        frame,
    },
};

pub fn routes() -> Router<Site> {
    Router::new().route("/sign-in", get(show).post(sign_in)).route("/sign-out", post(sign_out))
}

/// The sign-in form, fresh or come back. It posts `email`, `password` and `next` to `/sign-in`.
#[derive(Debug, Clone, Default)]
pub struct SignIn {
    pub form: Form,
    /// The page to go on to; empty for the first one.
    pub next: String,
    /// Whom one may look around as; empty but on a demonstration.
    pub demo: Vec<DemoSignIn>,
}

#[derive(Debug, Default, Deserialize)]
struct Sent {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

async fn show(State(site): State<Site>, reader: Reader, Query(sent): Query<Sent>) -> Response {
    SignIn { form: Form::default(), next: own(sent.next), demo: site.demo.to_vec() }.render(&reader).into_response()
}

async fn sign_in(
    State(site): State<Site>,
    api: Api,
    reader: Reader,
    Posted(sent): Posted<Sent>,
) -> Result<Response, Problem> {
    let mut form = Form::default().with("email", &sent.email);
    for (name, typed) in [("email", sent.email.trim()), ("password", &sent.password)] {
        if typed.is_empty() {
            form.remark(name, reader.say("field-required"));
        }
    }
    let back = |form: Form, status: StatusCode| {
        let page = SignIn { form, next: own(sent.next.clone()), demo: site.demo.to_vec() };
        (status, page.render(&reader)).into_response()
    };
    if !form.is_clean() {
        return Ok(back(form, StatusCode::BAD_REQUEST));
    }
    match api.sign_in(sent.email.trim(), &sent.password).await {
        Ok(signed) => Ok(go(&own(sent.next), signed.cookies)),
        Err(refusal) => {
            let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
            match status {
                StatusCode::UNAUTHORIZED => form.remark("password", reader.say("error-sign-in")),
                StatusCode::BAD_REQUEST => form.remark("email", reader.say("field-bad-email")),
                StatusCode::FORBIDDEN => form.trouble(reader.say("error-origin")),
                StatusCode::TOO_MANY_REQUESTS => {
                    let secs = i64::from(refusal.retry_after_secs.unwrap_or(60));
                    form.trouble(reader.say_with("sign-in-wait", &[("secs", secs.into())]));
                }
                _ => return Err(Problem::of(status)),
            }
            Ok(back(form, status))
        }
    }
}

/// Signs out here even when the session was gone already.
async fn sign_out(api: Api) -> Response {
    let cookies = api.sign_out().await.map(|signed| signed.cookies).unwrap_or_default();
    go("/sign-in", cookies)
}

/// Only a page of ours is gone on to.
fn own(next: String) -> String {
    if is_local(&next) { next } else { String::new() }
}

fn go(next: &str, cookies: Vec<HeaderValue>) -> Response {
    let mut headers: HeaderMap = cookies.into_iter().map(|cookie| (header::SET_COOKIE, cookie)).collect();
    let location = HeaderValue::from_str(next).ok().filter(|next| !next.is_empty());
    headers.insert(header::LOCATION, location.unwrap_or(HeaderValue::from_static("/")));
    (StatusCode::SEE_OTHER, headers).into_response()
}

impl Page for SignIn {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("sign-in");
        let has_remark = ["email", "password"].iter().any(|name| self.form.remark_on(name).is_some());
        // Who comes back has typed the address already, and the password is not written back.
        let is_back = !self.form.value("email").is_empty();
        let email = self.form.field("email", reader.say("email")).email().autocomplete("username").required();
        let password = self.form.field("password", reader.say("password")).password("current-password").required();
        frame::plain(
            reader,
            &title,
            html! {
                section class="gate" {
                    h1 class="gate-title" { (title) }
                    p class="gate-note" { (reader.say("sign-in-note")) }
                    (form::post("/sign-in", html! {
                        // Two fields and a remark beside one of them: a summary above would only say it twice.
                        @if !has_remark { (self.form.summary(reader)) }
                        input type="hidden" name="next" value=(self.next);
                        (if is_back { email } else { email.focused() })
                        (if is_back { password.focused() } else { password })
                        (Button::submit(reader.say("sign-in-do")).wide())
                    }))
                    @if !self.demo.is_empty() { (self.demo(reader)) }
                    p class="gate-foot" { (reader.say("sign-in-tenants")) }
                }
            },
        )
    }

    fn sample() -> SignIn {
        let mut form = Form::default().with("email", "accountant@altan.example");
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
        SignIn { form, next: "/contracts".into(), demo: demo.into() }
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
                        (Button::submit(one.who.as_str()).outline().wide())
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
