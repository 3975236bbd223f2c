//! A new tenant. Who may be known already is offered before anybody is entered twice.

use axum::{
    Router,
    extract::Form as Posted,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{rights::Action, rooms::TenantKind};
use maud::{Markup, html};
use wire::tenants::{NewTenant, SimilarTenant};

use crate::{
    Site,
    api::Api,
    fmt,
    page::Page,
    problem::Problem,
    reader::Reader,
    ui::{
        alert::{self, Kind},
        button::Button,
        field::terms_of,
        flash::Flash,
        form::{self, Form},
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
    },
};

pub const HERE: &str = "/tenants/new";

pub fn routes() -> Router<Site> {
    Router::new().route(HERE, get(show).post(add))
}

/// The form for a new tenant; its fields are named as the API names them.
#[derive(Debug, Clone, Default)]
pub struct NewTenantPage {
    pub form: Form,
    /// Who may be the one that is about to be entered.
    pub similar: Vec<SimilarTenant>,
    /// One of them has the same register number: there is no entering another.
    pub is_same: bool,
}

const FIELDS: [&str; 8] = ["name", "registerNo", "tin", "director", "phone", "secondPhone", "email", "anywayBecause"];

async fn show(api: Api, reader: Reader) -> Result<Response, Problem> {
    let reader = api.know(reader).await?;
    if !reader.may(Action::EditTenants) {
        return Err(Problem::forbidden());
    }
    let form = Form::default().with("kind", TenantKind::Company);
    let form = reader.param("name").map_or(form.clone(), |name| form.with("name", name));
    Ok(NewTenantPage { form, ..NewTenantPage::default() }.render(&reader).into_response())
}

async fn add(api: Api, reader: Reader, Posted(pairs): Posted<Vec<(String, String)>>) -> Result<Response, Problem> {
    let reader = api.know(reader).await?;
    let mut page = NewTenantPage { form: Form::typed(pairs), ..NewTenantPage::default() };
    let mut status = StatusCode::BAD_REQUEST;
    if let Some(new) = new(&mut page.form, &reader) {
        match api.add_tenant(&new).await {
            Ok(tenant) => {
                let told = reader.say_with("tenant-added", &[("name", tenant.name.into())]);
                return Ok(Flash::good(told).on(&format!("/tenants/{}", tenant.id)));
            }
            Err(refusal) if matches!(refusal.reason(), "DUPLICATE" | "SIMILAR_TENANT") => {
                status = StatusCode::CONFLICT;
                page.is_same = refusal.reason() == "DUPLICATE";
                page.similar = serde_json::from_value(refusal.details["candidates"].clone()).unwrap_or_default();
                if page.similar.is_empty() {
                    page.form.trouble(refusal.message);
                }
            }
            Err(refusal) => {
                let field = |path: &str| FIELDS.contains(&path).then(|| path.to_owned().into());
                status = page.form.refused(refusal, field)?;
            }
        }
    }
    Ok((status, page.render(&reader)).into_response())
}

fn new(form: &mut Form, reader: &Reader) -> Option<NewTenant> {
    let name = form.must(reader, "name", "field-required", |name| Some(name.to_owned()))?;
    let given = |name: &str| Some(form.value(name).to_owned()).filter(|text| !text.is_empty());
    Some(NewTenant {
        kind: form.value("kind").parse().unwrap_or(TenantKind::Company),
        name,
        register_no: given("registerNo"),
        tin: given("tin"),
        director: given("director"),
        phone: given("phone"),
        second_phone: given("secondPhone"),
        email: given("email"),
        anyway_because: given("anywayBecause"),
    })
}

impl Page for NewTenantPage {
    fn render(&self, reader: &Reader) -> Markup {
        let (title, list) = (reader.say("tenant-new"), reader.say("menu-tenants"));
        let (form, kinds) = (&self.form, terms_of(reader, "tenant-kind", TenantKind::ALL));
        let main = html! {
            (head(&[(&list, "/tenants")], &title, html! {}, html! {}))
            section class="box" {
                (form::post(HERE, html! {
                    (form.summary(reader))
                    (self.offer(reader))
                    div class="fields" {
                        (form.field("kind", reader.say("kind")).choices(&kinds))
                        (form.field("name", reader.say("name")).required().max_chars(200).focused())
                        (form.field("registerNo", reader.say("register-no")).hint(reader.say("register-hint")))
                        (form.field("tin", reader.say("tenant-tin")))
                        (form.field("director", reader.say("tenant-director")).max_chars(200))
                        (form.field("phone", reader.say("phone")).phone().hint(reader.say("phone-hint")))
                        (form.field("secondPhone", reader.say("tenant-second-phone")).phone())
                        (form.field("email", reader.say("email")).email())
                        @if !self.similar.is_empty() && !self.is_same {
                            (form.field("anywayBecause", reader.say("tenant-anyway-because"))
                                .hint(reader.say("tenant-anyway-hint")).max_chars(500).required().wide())
                        }
                    }
                    div class="form-foot" { (Button::submit(reader.say("tenant-add")).icon(Icon::Plus)) }
                }))
            }
        };
        frame::desk(reader, Place::Tenants, &title, main, panel::closed())
    }

    fn sample() -> NewTenantPage {
        let similar = |name: &str, register_no: Option<&str>, by: &[&str]| SimilarTenant {
            id: domain::TenantId::new(),
            kind: TenantKind::Company,
            name: name.into(),
            register_no: register_no.map(str::to_owned),
            phone: Some("99110001".into()),
            by: by.iter().map(|by| (*by).to_owned()).collect(),
        };
        NewTenantPage {
            form: Form::default().with("name", "Номин ХХК").with("phone", "9911 0001"),
            similar: vec![
                similar("«Номин» ХХК", Some("5123457"), &["phone", "name"]),
                similar("Өргөө Кино ХХК", Some("2754312"), &["phone"]),
            ],
            is_same: false,
        }
    }
}

impl NewTenantPage {
    /// Who may be meant, each with what is alike.
    fn offer(&self, reader: &Reader) -> Markup {
        if self.similar.is_empty() {
            return html! {};
        }
        let alike = |of: &SimilarTenant| {
            let by = of.by.iter().map(|by| reader.say(&format!("tenant-alike-{}", key_of(by))).into_owned());
            reader.say_with("tenant-alike", &[("by", by.collect::<Vec<_>>().join(", ").into())]).into_owned()
        };
        let more = html! {
            p { (reader.say(if self.is_same { "tenants-same-note" } else { "tenants-similar-note" })) }
            ul {
                @for of in &self.similar {
                    li {
                        a href={ "/tenants/" (of.id) } { (of.name) }
                        @if let Some(register) = &of.register_no { " · " (register) }
                        @if let Some(phone) = &of.phone { " · " (fmt::phone(phone)) }
                        " · " (alike(of))
                    }
                }
            }
        };
        alert::alert(Kind::Warn, &reader.say("tenants-similar"), more)
    }
}

fn key_of(by: &str) -> &str {
    if by == "registerNo" { "register-no" } else { by }
}
