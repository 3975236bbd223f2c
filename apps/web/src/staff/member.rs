//! Somebody who works for the owner: their role and buildings, and whether they may come in.

use axum::{
    Router,
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::{MemberId, rights::Role};
use futures_util::future::try_join;
use maud::{Markup, html};
use wire::{
    Paging,
    properties::PropertyView,
    staff::{StaffChange, StaffView},
};

use super::{duties, property_field, read_duties};
use crate::{
    Site,
    api::Api,
    fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
        badge::{Badge, Tone},
        button::Button,
        facts::facts,
        flash::Flash,
        form::{self, Form},
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
    },
};

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/staff/{id}", get(show).post(edit))
        .route("/staff/{id}/access", post(access))
        .route("/staff/{id}/removal", post(remove))
}

/// One of the staff with the form of their duties.
#[derive(Debug, Clone)]
pub struct MemberPage {
    pub member: StaffView,
    pub properties: Vec<PropertyView>,
    pub form: Form,
    /// Somebody else changed it since the form was drawn.
    pub is_stale: bool,
}

const ALL: Paging = Paging { limit: Some(100), cursor: None };

async fn show(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    let answer = try_join(api.member(self::id(&id)?), api.properties(&ALL));
    let (reader, (member, properties)) = api.page(reader, answer).await?;
    let page = MemberPage { form: filled(&member), member, properties: properties.items, is_stale: false };
    Ok(page.render(&reader).into_response())
}

async fn edit(
    api: Api,
    reader: Reader,
    Path(id): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let id = self::id(&id)?;
    let (reader, properties) = api.page(reader, api.properties(&ALL)).await?;
    let properties = properties.items;
    let mut form = Form::typed(pairs);
    let version = form.must(&reader, "version", "field-not-a-number", read::word).unwrap_or_default();
    let (role, property_ids) = read_duties(&mut form, &reader, &properties);
    let (mut is_stale, mut status) = (false, StatusCode::BAD_REQUEST);
    if form.is_clean() {
        let change = StaffChange { version, role, property_ids: Some(property_ids), disabled: None };
        match api.change_member(id, &change).await {
            Ok(_) => return Ok(Flash::good(reader.say("saved")).on(&format!("/staff/{id}"))),
            Err(refusal) => {
                is_stale = refusal.reason() == "VERSION";
                status = form
                    .refused(refusal, |path| ["role", "propertyIds"].contains(&path).then(|| path.to_owned().into()))?;
            }
        }
    }
    let member = api.member(id).await?;
    Ok((status, MemberPage { member, properties, form, is_stale }.render(&reader)).into_response())
}

/// Lets somebody in no more, or again.
async fn access(
    api: Api,
    reader: Reader,
    Path(id): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let (id, form) = (self::id(&id)?, Form::typed(pairs));
    let disabled = form.value("do") == "disable";
    let version = read::word(form.value("version")).unwrap_or_default();
    let change = StaffChange { version, disabled: Some(disabled), ..StaffChange::default() };
    let key = if disabled { "staff-was-disabled" } else { "staff-was-enabled" };
    let here = format!("/staff/{id}");
    match api.change_member(id, &change).await {
        Ok(_) => Ok(Flash::good(reader.say(key)).on(&here)),
        Err(refusal) if matches!(refusal.status, 400 | 409) => Ok(Flash::bad(refusal.message).on(&here)),
        Err(refusal) => Err(refusal.into()),
    }
}

async fn remove(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = self::id(&id)?;
    match api.remove_member(id).await {
        Ok(member) => {
            let told = reader.say_with("staff-was-removed", &[("name", member.name.into())]);
            Ok(Flash::good(told).on(super::HERE))
        }
        Err(refusal) if matches!(refusal.status, 400 | 409) => {
            Ok(Flash::bad(refusal.message).on(&format!("/staff/{id}")))
        }
        Err(refusal) => Err(refusal.into()),
    }
}

fn id(text: &str) -> Result<MemberId, Problem> {
    read::word(text).ok_or(Problem::not_found("thing-member"))
}

fn filled(member: &StaffView) -> Form {
    let form = Form::default().with("version", member.version).with("role", member.role);
    member.property_ids.iter().fold(form, |form, id| form.with(&property_field(*id), "yes"))
}

impl Page for MemberPage {
    fn render(&self, reader: &Reader) -> Markup {
        let member = &self.member;
        let (staff, here) = (reader.say("staff"), format!("/staff/{}", member.id));
        let factor = if member.two_factor_enabled { (Tone::Good, "factor-on") } else { (Tone::Faint, "factor-off") };
        let note = html! {
            @if member.disabled_at.is_some() { (Badge::new(Tone::Bad, reader.say("staff-disabled"))) }
            @else { (reader.term("role", member.role.as_str())) }
        };
        let main = html! {
            (head(&[(&staff, super::HERE)], &member.name, note, html! {}))
            div class="beside" {
                section class="box" {
                    h2 class="box-title" { (reader.say("staff-duties")) }
                    (form::post(&here, html! {
                        @if self.is_stale { (form::stale(reader, &here)) } @else { (self.form.summary(reader)) }
                        input type="hidden" name="version" value=(self.form.value("version"));
                        (duties(reader, &self.form, &self.properties))
                        p class="hint" { (reader.say("staff-duties-hint")) }
                        div class="form-foot" { (Button::submit(reader.say("save")).icon(Icon::Check)) }
                    }))
                }
                section class="box" {
                    h2 class="box-title" { (reader.say("staff-about")) }
                    (facts(&[
                        (&reader.say("email"), html! { (member.email) }),
                        (&reader.say("phone"), member.phone.as_deref().map(|phone| html! { span class="num" { (fmt::phone(phone)) } }).unwrap_or_default()),
                        (&reader.say("factor-title"), html! { (Badge::new(factor.0, reader.say(factor.1))) }),
                        (&reader.say("staff-since"), fmt::moment(member.created_at)),
                        (&reader.say("staff-disabled"), member.disabled_at.map(fmt::moment).unwrap_or_default()),
                    ]))
                    (self.access(reader, &here))
                }
            }
            details class="box undo" {
                summary { (reader.say("staff-remove")) }
                (form::post(&format!("{here}/removal"), html! {
                    p class="hint" { (reader.say("staff-remove-note")) }
                    div class="form-foot" { (Button::submit(reader.say("staff-remove")).danger().icon(Icon::Trash)) }
                }))
            }
        };
        frame::desk(reader, Place::Settings, &member.name, main, panel::closed())
    }

    fn sample() -> MemberPage {
        let property = crate::contracts::sample::property();
        let member = StaffView {
            property_ids: vec![property.id],
            ..sample("Т. Бат", "employee@altan.example", Role::Employee)
        };
        MemberPage { form: filled(&member), member, properties: vec![property], is_stale: false }
    }
}

impl MemberPage {
    fn access(&self, reader: &Reader, here: &str) -> Markup {
        let (word, key) = match self.member.disabled_at {
            None => ("disable", "staff-disable"),
            Some(_) => ("enable", "staff-enable"),
        };
        html! {
            form class="form" method="post" action={ (here) "/access" } {
                input type="hidden" name="version" value=(self.member.version);
                p class="hint" { (reader.say("staff-disable-note")) }
                div class="form-foot" { (Button::submit(reader.say(key)).outline().value("do", word)) }
            }
        }
    }
}

pub(super) fn sample(name: &str, email: &str, role: Role) -> StaffView {
    StaffView {
        id: MemberId::new(),
        user_id: domain::UserId::new(),
        name: name.into(),
        email: email.into(),
        phone: Some("+97699112233".into()),
        role,
        property_ids: Vec::new(),
        two_factor_enabled: role == Role::OwnerDirector,
        disabled_at: None,
        version: 1,
        created_at: crate::contracts::sample::moment(),
    }
}
