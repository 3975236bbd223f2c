//! «Ажилтан»: who works for the owner, as what, and who was invited. Directors change it.

mod invite;
mod member;

use axum::{
    Router,
    extract::Path,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::{InvitationId, PropertyId, rights::Action, rights::Role};
use futures_util::future::{Either, ready, try_join3};
use maud::{Markup, html};
use wire::{
    Paging,
    properties::PropertyView,
    staff::{InvitationStatus, InvitationView, StaffView},
};

pub use self::{invite::InvitePage, member::MemberPage};
use crate::{
    Site,
    api::Api,
    exports, fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    settings,
    ui::{
        badge::{Badge, Tone},
        button::Button,
        empty::empty,
        flash::Flash,
        form::Form,
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
        table::{Column, Opens, Row, Table},
    },
};

pub const HERE: &str = "/staff";

/// As what somebody can work for an owner.
pub const ROLES: [Role; 3] = [Role::OwnerDirector, Role::OwnerAccountant, Role::Employee];

pub fn routes() -> Router<Site> {
    Router::new()
        .route(HERE, get(show))
        .route("/staff/export", get(export))
        .route("/staff/invitations/{id}/sending", post(resend))
        .route("/staff/invitations/{id}/cancellation", post(cancel))
        .merge(invite::routes())
        .merge(member::routes())
}

/// Everybody who works here, and who was asked to.
#[derive(Debug, Clone)]
pub struct StaffPage {
    pub staff: Vec<StaffView>,
    /// Those that wait or were not answered in time.
    pub invitations: Vec<InvitationView>,
    pub properties: Vec<PropertyView>,
}

async fn show(api: Api, reader: Reader) -> Result<Response, Problem> {
    let reader = api.know(reader).await?;
    let all = Paging { limit: Some(100), cursor: None };
    let invitations = match reader.may(Action::EditStaff) {
        true => Either::Left(api.invitations(&all)),
        false => Either::Right(ready(Ok(wire::Page { items: Vec::new(), next_cursor: None }))),
    };
    let (staff, invitations, properties) = try_join3(api.staff(&all), invitations, api.properties(&all)).await?;
    let waits = |of: &InvitationView| matches!(of.status, InvitationStatus::Pending | InvitationStatus::Expired);
    let page = StaffPage {
        staff: staff.items,
        invitations: invitations.items.into_iter().filter(waits).collect(),
        properties: properties.items,
    };
    Ok(page.render(&reader).into_response())
}

/// Everybody who works here as an Excel file.
async fn export(api: Api) -> Result<Response, Problem> {
    exports::send(&api, "/v2/staff/export", &()).await
}

async fn resend(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    let sent = api.resend_invitation(invitation(&id)?).await;
    told(&reader, sent, "invitation-sent-again")
}

async fn cancel(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    let canceled = api.cancel_invitation(invitation(&id)?).await;
    told(&reader, canceled, "invitation-canceled")
}

/// What stands against it, such as that it was accepted meanwhile, is told on the list.
fn told<T>(reader: &Reader, done: client::Result<T>, key: &str) -> Result<Response, Problem> {
    match done {
        Ok(_) => Ok(Flash::good(reader.say(key)).on(HERE)),
        Err(refusal) if matches!(refusal.status, 400 | 409 | 429) => Ok(Flash::bad(refusal.message).on(HERE)),
        Err(refusal) => Err(refusal.into()),
    }
}

fn invitation(id: &str) -> Result<InvitationId, Problem> {
    read::word(id).ok_or(Problem::not_found("thing-invitation"))
}

impl Page for StaffPage {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("menu-settings");
        let actions = html! {
            (Button::link(reader.say("export-excel"), "/staff/export").icon(Icon::Download))
            @if reader.may(Action::EditStaff) {
                (Button::link(reader.say("staff-invite"), invite::HERE).primary().icon(Icon::Plus))
            }
        };
        let main = html! {
            (head(&[], &title, html! {}, actions))
            (settings::parts(reader, HERE))
            (self.staff(reader))
            @if !self.invitations.is_empty() { (self.invitations(reader)) }
            (roles(reader))
        };
        frame::desk(reader, Place::Settings, &title, main, panel::closed())
    }

    fn sample() -> StaffPage {
        use member::sample;
        let invitation = |id: &str, email: Option<&str>, phone: Option<&str>, status| InvitationView {
            id: read::word(id).expect("an id"),
            owner_id: domain::OwnerId::new(),
            email: email.map(str::to_owned),
            phone: phone.map(str::to_owned),
            role: if phone.is_some() { Role::Employee } else { Role::OwnerAccountant },
            property_ids: Vec::new(),
            status,
            inviter_id: domain::UserId::new(),
            expires_at: "2026-11-24T08:00:00Z".parse().expect("a moment"),
            created_at: crate::contracts::sample::moment(),
        };
        StaffPage {
            staff: vec![
                sample("Б. Дулмаа", "director@altan.example", Role::OwnerDirector),
                sample("Г. Нарантуяа", "accountant@altan.example", Role::OwnerAccountant),
                sample("Т. Бат", "employee@altan.example", Role::Employee),
                StaffView {
                    disabled_at: Some(crate::contracts::sample::moment()),
                    ..sample("О. Сараа", "saraa@altan.example", Role::Employee)
                },
            ],
            invitations: vec![
                invitation(
                    "0193b6f2-6c1e-7a44-9d0f-5b8a1c2d3e4f",
                    Some("nomin@altan.example"),
                    None,
                    InvitationStatus::Pending,
                ),
                invitation(
                    "0193b6f2-6c1e-7a44-9d0f-5b8a1c2d3e50",
                    None,
                    Some("+97688112233"),
                    InvitationStatus::Expired,
                ),
            ],
            properties: vec![crate::contracts::sample::property()],
        }
    }
}

impl StaffPage {
    fn staff(&self, reader: &Reader) -> Markup {
        if self.staff.is_empty() {
            return empty(Icon::Users, &reader.say("staff-none"), &reader.say("staff-none-note"), html! {});
        }
        let columns = [
            Column::text("name", reader.say("name")).title(),
            Column::text("role", reader.say("staff-role")).corner(),
            Column::text("where", reader.say("staff-where")),
            Column::text("email", reader.say("email")),
            Column::text("phone", reader.say("phone")).desk_only(),
            Column::text("factor", reader.say("factor-title")).desk_only(),
        ];
        let may_edit = reader.may(Action::EditStaff);
        let rows: Vec<Row> = self.staff.iter().map(|member| self.row(reader, member, may_edit)).collect();
        let caption = reader.say("staff");
        Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.render(reader)
    }

    fn row(&self, reader: &Reader, member: &StaffView, may_edit: bool) -> Row {
        let factor = if member.two_factor_enabled { (Tone::Good, "factor-on") } else { (Tone::Faint, "factor-off") };
        Row {
            opens: if may_edit { Opens::Page(format!("{HERE}/{}", member.id)) } else { Opens::Nothing },
            cells: vec![
                html! { (member.name) },
                html! {
                    @match member.disabled_at {
                        None => (reader.term("role", member.role.as_str())),
                        Some(_) => (Badge::new(Tone::Bad, reader.say("staff-disabled"))),
                    }
                },
                html! { (self.places(reader, member.role, &member.property_ids)) },
                html! { (member.email) },
                html! { @if let Some(phone) = &member.phone { span class="num" { (fmt::phone(phone)) } } },
                html! { (Badge::new(factor.0, reader.say(factor.1))) },
            ],
        }
    }

    /// Where somebody works: employees in some buildings, the others everywhere.
    fn places(&self, reader: &Reader, role: Role, ids: &[PropertyId]) -> String {
        if role != Role::Employee {
            return reader.say("any-building").into_owned();
        }
        let name = |id: &PropertyId| {
            self.properties.iter().find(|one| one.id == *id).map_or("?", |property| property.name.as_str())
        };
        ids.iter().map(name).collect::<Vec<_>>().join(", ")
    }

    fn invitations(&self, reader: &Reader) -> Markup {
        let columns = [
            Column::text("to", reader.say("invitation-to")).title(),
            Column::text("status", reader.say("status")).corner(),
            Column::text("role", reader.say("staff-role")),
            Column::text("until", reader.say("invited-until")),
            Column::text("ways", reader.say("invitation-ways")),
        ];
        let rows: Vec<Row> = self.invitations.iter().map(|invitation| invited(reader, invitation)).collect();
        let caption = reader.say("invitations");
        html! {
            section class="box" {
                h2 class="box-title" { (caption) }
                (Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.render(reader))
            }
        }
    }
}

fn invited(reader: &Reader, invitation: &InvitationView) -> Row {
    let to = match (&invitation.email, &invitation.phone) {
        (Some(email), _) => email.clone(),
        (None, phone) => phone.as_deref().map(fmt::phone).unwrap_or_default(),
    };
    let (tone, key) = match invitation.status {
        InvitationStatus::Pending => (Tone::Sky, "invitation-pending"),
        _ => (Tone::Warn, "invitation-expired"),
    };
    let way = |path: &str, key: &str| {
        let action = format!("{HERE}/invitations/{}/{path}", invitation.id);
        html! {
            form method="post" action=(action) {
                button class="btn" type="submit" data-variant="ghost" data-size="sm" {
                    (reader.say(key)) span class="sr-only" { ": " (to) }
                }
            }
        }
    };
    Row {
        opens: Opens::Nothing,
        cells: vec![
            html! { (to) },
            html! { (Badge::new(tone, reader.say(key))) },
            html! { (reader.term("role", invitation.role.as_str())) },
            fmt::moment(invitation.expires_at),
            html! { span class="row-ways" { (way("sending", "invitation-send-again")) (way("cancellation", "invitation-cancel")) } },
        ],
    }
}

/// What each role may do, in a sentence.
fn roles(reader: &Reader) -> Markup {
    html! {
        details class="box fold" {
            summary class="fold-title" { (reader.say("staff-roles")) }
            dl class="facts" {
                @for role in ROLES {
                    div class="fact" { dt { (reader.term("role", role.as_str())) } dd { (reader.term("role-may", role.as_str())) } }
                }
            }
        }
    }
}

/// The role and, for employees, the buildings, as a form asks for them.
fn duties(reader: &Reader, form: &Form, properties: &[PropertyView]) -> Markup {
    let roles: Vec<(String, String)> =
        ROLES.iter().map(|role| (role.to_string(), reader.term("role", role.as_str()).into_owned())).collect();
    html! {
        (form.field("role", reader.say("staff-role")).choices(&roles))
        fieldset class="field" {
            legend { (reader.say("staff-buildings")) }
            p class="hint" { (reader.say("staff-buildings-hint")) }
            @for property in properties {
                @let name = property_field(property.id);
                (form.field(&name, property.name.as_str()).check())
            }
            @if let Some(remark) = form.remark_on("propertyIds") { p class="remark" { (remark) } }
        }
    }
}

fn property_field(id: PropertyId) -> String {
    format!("property.{id}")
}

/// What [`duties`] asked for.
fn read_duties(form: &mut Form, reader: &Reader, properties: &[PropertyView]) -> (Option<Role>, Vec<PropertyId>) {
    let role =
        form.must(reader, "role", "field-not-a-choice", |word| read::word(word).filter(|role| ROLES.contains(role)));
    let is_ticked = |property: &&PropertyView| form.value(&property_field(property.id)) == "yes";
    let chosen: Vec<PropertyId> = properties.iter().filter(is_ticked).map(|property| property.id).collect();
    if role == Some(Role::Employee) && chosen.is_empty() {
        form.remark("propertyIds", reader.say("staff-no-building"));
    }
    (role, if role == Some(Role::Employee) { chosen } else { Vec::new() })
}

#[cfg(test)]
mod tests;
