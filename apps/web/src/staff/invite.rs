//! Inviting somebody by e-mail or SMS.

use axum::{
    Router,
    extract::Form as Posted,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use domain::rights::{Action, Role};
use maud::{Markup, html};
use wire::{Paging, properties::PropertyView, staff::NewInvitation};

use super::{duties, read_duties};
use crate::{
    Site,
    api::Api,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
        button::Button,
        flash::Flash,
        form::{self, Form},
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
    },
};

pub const HERE: &str = "/staff/invite";

pub fn routes() -> Router<Site> {
    Router::new().route(HERE, get(show).post(invite))
}

/// The form of an invitation; it posts `to`, `role` and the buildings.
#[derive(Debug, Clone)]
pub struct InvitePage {
    pub form: Form,
    pub properties: Vec<PropertyView>,
}

async fn show(api: Api, reader: Reader) -> Result<Response, Problem> {
    let (reader, properties) = api.page(reader, api.properties(&ALL)).await?;
    if !reader.may(Action::EditStaff) {
        return Err(Problem::forbidden());
    }
    let form = Form::default().with("role", Role::OwnerAccountant);
    Ok(InvitePage { form, properties: properties.items }.render(&reader).into_response())
}

const ALL: Paging = Paging { limit: Some(100), cursor: None };

async fn invite(api: Api, reader: Reader, Posted(pairs): Posted<Vec<(String, String)>>) -> Result<Response, Problem> {
    let (reader, properties) = api.page(reader, api.properties(&ALL)).await?;
    let mut form = Form::typed(pairs);
    let (role, property_ids) = read_duties(&mut form, &reader, &properties.items);
    let to = form.value("to").to_owned();
    let (phone, email) = match read::phone(&to) {
        Some(phone) => (Some(phone), None),
        None => (None, form.must(&reader, "to", "invitation-neither", read::email)),
    };
    let mut status = StatusCode::BAD_REQUEST;
    if let Some(role) = role.filter(|_| form.is_clean()) {
        match api.invite(&NewInvitation { email, phone, role, property_ids }).await {
            Ok(_) => {
                let told = reader.say_with("invitation-sent", &[("to", to.as_str().into())]);
                return Ok(Flash::good(told).on(super::HERE));
            }
            Err(refusal) => {
                status = form.refused(refusal, |path| match path {
                    "email" | "phone" => Some("to".into()),
                    "role" => Some("role".into()),
                    "propertyIds" => Some("propertyIds".into()),
                    _ => None,
                })?;
            }
        }
    }
    Ok((status, InvitePage { form, properties: properties.items }.render(&reader)).into_response())
}

impl Page for InvitePage {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("staff-invite");
        let staff = reader.say("staff");
        let main = html! {
            (head(&[(&staff, super::HERE)], &title, html! { (reader.say("staff-invite-note")) }, html! {}))
            section class="box" {
                (form::post(HERE, html! {
                    (self.form.summary(reader))
                    (self.form.field("to", reader.say("forgotten-to")).autocomplete("off").max_chars(320).required().focused())
                    (duties(reader, &self.form, &self.properties))
                    div class="form-foot" { (Button::submit(reader.say("staff-invite-do")).icon(Icon::Send)) }
                }))
            }
        };
        frame::desk(reader, Place::Settings, &title, main, panel::closed())
    }

    fn sample() -> InvitePage {
        let mut form = Form::default().with("role", Role::Employee).with("to", "8811 22");
        let reader = Reader::default();
        form.remark("to", reader.say("invitation-neither"));
        form.remark("propertyIds", reader.say("staff-no-building"));
        InvitePage { form, properties: vec![crate::contracts::sample::property()] }
    }
}
