//! Behind the link of an invitation: who invites, as what, and how one joins.

use axum::{
    Router,
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use domain::rights::Role;
use maud::{Markup, html};
use wire::staff::{Acceptance, InvitedView};

use crate::{
    Site,
    api::Api,
    fmt,
    gate::{self, go, with_next},
    page::Page,
    problem::Problem,
    reader::Reader,
    ui::{
        button::Button,
        facts::facts,
        form::{self, Form},
    },
};

pub fn routes() -> Router<Site> {
    Router::new().route("/invitation/{token}", get(show).post(accept))
}

/// An invitation to work for an owner.
#[derive(Debug, Clone)]
pub struct InvitedPage {
    pub token: String,
    pub invitation: InvitedView,
    /// Who is signed in, if somebody is: they join as they are.
    pub signed_in: Option<String>,
    pub form: Form,
}

/// The link is used up, too old, or never was one.
#[derive(Debug, Clone, Copy)]
pub struct NoInvitation;

async fn show(api: Api, reader: Reader, Path(token): Path<String>) -> Result<Response, Problem> {
    page(&api, &reader, token, Form::default(), StatusCode::OK).await
}

async fn accept(
    api: Api,
    reader: Reader,
    Path(token): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let mut form = Form::typed(pairs);
    let said = match form.value("as") {
        "me" => Acceptance::default(),
        _ => {
            let password = form.raw("password").to_owned();
            if password.chars().count() < gate::SHORTEST_PASSWORD {
                form.remark("password", reader.say("auth-password-too-short"));
            }
            let name = form.must(&reader, "name", "field-required", |name| Some(name.to_owned()));
            Acceptance { name, password: Some(password) }
        }
    };
    let mut status = StatusCode::BAD_REQUEST;
    if form.is_clean() {
        match api.accept_invitation(&token, &said).await {
            Ok((_, cookies)) => return Ok(go("/", cookies)),
            Err(refusal) if refusal.is(StatusCode::NOT_FOUND) => return Ok(gone(&reader)),
            Err(refusal) if refusal.is(StatusCode::TOO_MANY_REQUESTS) => {
                let (busy, sentence) = gate::refused(&reader, refusal)?;
                form.trouble(sentence);
                status = busy;
            }
            Err(refusal) => {
                status =
                    form.refused(refusal, |path| ["name", "password"].contains(&path).then(|| path.to_owned().into()))?;
            }
        }
    }
    page(&api, &reader, token, form, status).await
}

async fn page(api: &Api, reader: &Reader, token: String, form: Form, status: StatusCode) -> Result<Response, Problem> {
    // What is no token at all is asked nobody.
    if !token.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) {
        return Ok(gone(reader));
    }
    let invitation = match api.invited(&token).await {
        Ok(invitation) => invitation,
        Err(refusal) if matches!(refusal.status, 400 | 404) => return Ok(gone(reader)),
        Err(refusal) => return Err(refusal.into()),
    };
    let signed_in = api.session().await?.map(|found| found.account.name);
    Ok((status, InvitedPage { token, invitation, signed_in, form }.render(reader)).into_response())
}

fn gone(reader: &Reader) -> Response {
    (StatusCode::NOT_FOUND, NoInvitation.render(reader)).into_response()
}

impl Page for InvitedPage {
    fn render(&self, reader: &Reader) -> Markup {
        let invitation = &self.invitation;
        let role = reader.term("role", invitation.role.as_str());
        let owner = invitation.organization_name.as_str();
        let note = reader.say_with("invited-note", &[("owner", owner.into()), ("role", role.clone().into())]);
        let here = format!("/invitation/{}", self.token);
        let to = match (&invitation.email, &invitation.phone) {
            (Some(email), _) => html! { (email) },
            (None, Some(phone)) => html! { span class="num" { (fmt::phone(phone)) } },
            (None, None) => html! {},
        };
        let inside = html! {
            (facts(&[
                (&reader.say("invited-owner"), html! { (owner) }),
                (&reader.say("invited-role"), html! { (role) }),
                (&reader.say("invited-to"), to),
                (&reader.say("invited-until"), fmt::moment(invitation.expires_at)),
            ]))
            @match &self.signed_in {
                Some(name) => (self.join(reader, &here, name)),
                None if invitation.has_account => {
                    p class="gate-note" { (reader.say("invited-has-account")) }
                    div class="gate-way" { (Button::link(reader.say("sign-in"), with_next("/sign-in", &here)).primary().wide()) }
                }
                None => (self.new_account(reader, &here)),
            }
        };
        gate::card(reader, &reader.say("invited-title"), html! { (note) }, inside)
    }

    fn sample() -> InvitedPage {
        InvitedPage {
            token: "sample".into(),
            invitation: InvitedView {
                organization_name: "Алтан Тауэр ХХК".into(),
                role: Role::OwnerAccountant,
                email: Some("nomin@altan.example".into()),
                phone: None,
                expires_at: "2026-11-24T08:00:00Z".parse().expect("a moment"),
                has_account: false,
            },
            signed_in: None,
            form: Form::default(),
        }
    }
}

impl InvitedPage {
    fn join(&self, reader: &Reader, here: &str, name: &str) -> Markup {
        html! {
            (form::post(here, html! {
                (self.form.summary(reader))
                input type="hidden" name="as" value="me";
                (Button::submit(reader.say_with("invited-join-as", &[("name", name.into())])).wide())
            }))
            div class="gate-foot" {
                form method="post" action="/sign-out" {
                    button class="as-link" type="submit" { (reader.say("invited-not-me")) }
                }
            }
        }
    }

    fn new_account(&self, reader: &Reader, here: &str) -> Markup {
        let form = &self.form;
        form::post(
            here,
            html! {
                (form.summary(reader))
                (form.field("name", reader.say("account-name")).autocomplete("name").max_chars(200).required())
                (form.field("password", reader.say("password")).password("new-password").required()
                    .hint(reader.say("password-hint")))
                (Button::submit(reader.say("invited-join")).wide())
            },
        )
    }

    /// The same for somebody who is signed in.
    pub fn signed_in_sample() -> InvitedPage {
        InvitedPage { signed_in: Some("Г. Нарантуяа".into()), ..InvitedPage::sample() }
    }
}

impl Page for NoInvitation {
    fn render(&self, reader: &Reader) -> Markup {
        let way = html! { div class="gate-way" { (Button::link(reader.say("sign-in"), "/sign-in").wide()) } };
        gate::card(reader, &reader.say("invited-gone-title"), html! { (reader.say("invited-gone-note")) }, way)
    }

    fn sample() -> NoInvitation {
        NoInvitation
    }
}

#[cfg(test)]
mod tests;
