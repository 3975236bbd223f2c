//! The first step: whom with, and about which building. A tenant who is new is registered here; who looks alike is offered
//! instead of being registered twice.

use axum::{
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::Response,
};
use domain::{PropertyId, TenantId, rights::Action, rooms::TenantKind};
use jiff::ToSpan;
use maud::{Markup, html};
use wire::{
    Paging,
    contracts::{ContractParties, ContractView, NewContract},
    properties::PropertyView,
    tenants::{NewTenant, SimilarTenant},
};

use super::{At, drawn};
use crate::{
    api::Api,
    contracts::{draft, view::id},
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
        alert::{self, Kind},
        button::Button,
        field::terms_of,
        form::{self, Form},
    },
};

/// The parties' form, fresh or come back.
#[derive(Debug, Clone)]
pub struct PartiesStep {
    /// None: the draft is yet to be begun.
    pub contract: Option<ContractView>,
    pub properties: Vec<PropertyView>,
    /// Tenants who look like the new one.
    pub alike: Vec<SimilarTenant>,
    pub form: Form,
}

pub async fn show_new(api: Api, reader: Reader) -> Result<Response, Problem> {
    let form = Form::default()
        .with("propertyId", reader.param("propertyId").unwrap_or_default())
        .with("tenant", reader.param("tenant").unwrap_or_default());
    page(&api, reader, None, Vec::new(), form, StatusCode::OK).await
}

pub async fn show(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    let contract = api.contract(self::id(&id)?).await?;
    if let Some(away) = super::only_a_draft(&contract) {
        return Ok(away);
    }
    let tenant = api.tenant(contract.tenant_id).await?;
    let form = Form::default()
        .with("version", contract.version)
        .with("propertyId", contract.property_id)
        .with("tenant", draft::suggestion(&tenant));
    page(&api, reader, Some(contract), Vec::new(), form, StatusCode::OK).await
}

async fn page(
    api: &Api,
    reader: Reader,
    contract: Option<ContractView>,
    alike: Vec<SimilarTenant>,
    form: Form,
    status: StatusCode,
) -> Result<Response, Problem> {
    let all = Paging { limit: Some(100), cursor: None };
    let (reader, properties) = api.page(reader, api.properties(&all)).await?;
    if !crate::contracts::may_draft(&reader) {
        return Err(Problem::forbidden());
    }
    Ok(drawn(status, &PartiesStep { contract, properties: properties.items, alike, form }, &reader))
}

/// Begins the draft.
pub async fn begin(
    api: Api,
    reader: Reader,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let mut form = Form::typed(pairs);
    let (named, alike) = parties(&api, &reader, &mut form).await?;
    let Some((property_id, tenant_id)) = named else {
        return page(&api, reader, None, alike, form, StatusCode::BAD_REQUEST).await;
    };
    let next_month = crate::clock::today().first_of_month().saturating_add(1.month());
    let new = NewContract {
        property_id,
        tenant_id,
        code: None,
        kind: None,
        starts_on: next_month,
        ends_on: None,
        deposit_amount: None,
        payment_day: None,
        grace_days: None,
        penalty_bp: None,
        notes: String::new(),
        rooms: Vec::new(),
        items: Vec::new(),
    };
    match api.draft_contract(&new, &form.key()).await {
        Ok(contract) => Ok(At::Parties.on(&contract)),
        Err(refusal) => {
            let status = form.refused(refusal, field)?;
            page(&api, reader, None, alike, form, status).await
        }
    }
}

pub async fn set(
    api: Api,
    reader: Reader,
    Path(id): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let contract = api.contract(self::id(&id)?).await?;
    let mut form = Form::typed(pairs);
    let version = form.must(&reader, "version", "field-not-a-number", read::word).unwrap_or_default();
    let (named, alike) = parties(&api, &reader, &mut form).await?;
    let Some((property_id, tenant_id)) = named else {
        return page(&api, reader, Some(contract), alike, form, StatusCode::BAD_REQUEST).await;
    };
    if (property_id, tenant_id) == (contract.property_id, contract.tenant_id) {
        return Ok(At::Parties.on(&contract));
    }
    match api.set_contract_parties(contract.id, &ContractParties { version, property_id, tenant_id }).await {
        Ok(contract) => Ok(At::Parties.on(&contract)),
        Err(refusal) => {
            let status = form.refused(refusal, field)?;
            page(&api, reader, Some(contract), alike, form, status).await
        }
    }
}

fn field(path: &str) -> Option<std::borrow::Cow<'static, str>> {
    match path {
        "propertyId" => Some("propertyId".into()),
        "tenantId" => Some("tenant".into()),
        _ => None,
    }
}

/// The building and the tenant that the form names; and, of a new tenant, who looks alike.
async fn parties(
    api: &Api,
    reader: &Reader,
    form: &mut Form,
) -> Result<(Option<(PropertyId, TenantId)>, Vec<SimilarTenant>), Problem> {
    let property: Option<PropertyId> = form.must(reader, "propertyId", "field-not-a-choice", read::word);
    if let Some(chosen) = form.read(reader, "tenantId", "field-not-a-choice", read::word) {
        return Ok((property.map(|property| (property, chosen)), Vec::new()));
    }
    if !form.value("newName").is_empty() {
        // Who is new is entered in the books once the rest of the form is in order.
        if property.is_none() {
            return Ok((None, Vec::new()));
        }
        let (tenant, alike) = new_tenant(api, reader, form).await?;
        return Ok((property.zip(tenant), alike));
    }
    let tenant = draft::tenant(api, reader, form).await?;
    Ok((property.zip(tenant).filter(|_| form.is_clean()), Vec::new()))
}

/// Enters the new tenant; else says who is known already and may be the same.
async fn new_tenant(
    api: &Api,
    reader: &Reader,
    form: &mut Form,
) -> Result<(Option<TenantId>, Vec<SimilarTenant>), Problem> {
    let given = |name: &str| Some(form.value(name).to_owned()).filter(|text| !text.is_empty());
    let new = NewTenant {
        kind: form.value("newKind").parse().unwrap_or(TenantKind::Company),
        name: form.value("newName").to_owned(),
        register_no: given("newRegister"),
        tin: None,
        director: None,
        phone: given("newPhone"),
        second_phone: None,
        email: None,
        anyway_because: given("newAnyway"),
    };
    match api.add_tenant(&new).await {
        Ok(tenant) => Ok((Some(tenant.id), Vec::new())),
        Err(refusal) if matches!(refusal.reason(), "DUPLICATE" | "SIMILAR_TENANT") => {
            let alike: Vec<SimilarTenant> =
                serde_json::from_value(refusal.details["candidates"].clone()).unwrap_or_default();
            form.remark(if refusal.reason() == "DUPLICATE" { "newRegister" } else { "newName" }, refusal.message);
            Ok((None, alike))
        }
        Err(refusal) if refusal.is(StatusCode::FORBIDDEN) => {
            form.remark("newName", reader.say("error-forbidden"));
            Ok((None, Vec::new()))
        }
        Err(refusal) => {
            const FIELDS: [(&str, &str); 3] =
                [("name", "newName"), ("registerNo", "newRegister"), ("phone", "newPhone")];
            form.refused(refusal, |path| {
                FIELDS.into_iter().find_map(|(of, field)| (of == path).then_some(field.into()))
            })?;
            Ok((None, Vec::new()))
        }
    }
}

impl Page for PartiesStep {
    fn render(&self, reader: &Reader) -> Markup {
        let (contract, form) = (self.contract.as_ref(), &self.form);
        let action = contract.map_or("/contracts/new/parties".to_owned(), |contract| At::Parties.of(contract));
        let building = |property: &PropertyView| (property.id.to_string(), property.name.clone());
        let buildings: Vec<(String, String)> = self.properties.iter().map(building).collect();
        let inside = html! {
            @if self.alike.is_empty() { (form.summary(reader)) } @else { (self.alike(reader)) }
            (super::version(form))
            @if contract.is_none() { (form.once()) }
            section class="box" {
                h2 class="box-title" { (reader.say("building")) }
                @if buildings.is_empty() { p class="box-note" { (reader.say("draft-no-building")) } }
                div class="fields" {
                    (form.field("propertyId", reader.say("building")).choices(&buildings).required())
                }
            }
            section class="box" {
                h2 class="box-title" { (reader.say("wizard-tenant")) }
                div class="fields" {
                    (form.field("tenant", reader.say("draft-tenant")).suggested("tenants", Some("/contracts/new/tenants"))
                        .hint(reader.say("wizard-tenant-hint")).wide())
                }
                datalist id="tenants" {}
                @if reader.may(Action::EditTenants) { (self.new_tenant(reader)) }
            }
            (super::foot(reader, At::Parties, contract))
        };
        super::draw(reader, At::Parties, contract, form::post(&action, inside))
    }

    fn sample() -> PartiesStep {
        let form = Form::default().with("newName", "Ундрах Өргөө").with("newRegister", "5123457");
        PartiesStep {
            contract: None,
            properties: vec![crate::contracts::sample::property()],
            alike: vec![SimilarTenant {
                id: TenantId::new(),
                kind: TenantKind::Company,
                name: "Ундрах Өргөө ХХК".into(),
                register_no: Some("5123457".into()),
                phone: Some("99110001".into()),
                by: vec!["registerNo".into()],
            }],
            form,
        }
    }
}

impl PartiesStep {
    /// Who looks alike stands above the form, each with the button that takes them instead.
    fn alike(&self, reader: &Reader) -> Markup {
        let more = html! {
            ul class="choices" {
                @for tenant in &self.alike {
                    li {
                        (tenant.name)
                        @if let Some(register) = &tenant.register_no { " · " (register) }
                        @if let Some(phone) = &tenant.phone { " · " (crate::fmt::phone(phone)) }
                        " "
                        (Button::submit(reader.say("wizard-take-this")).value("tenantId", &tenant.id.to_string()).outline().small())
                    }
                }
            }
        };
        alert::alert(Kind::Warn, &reader.say("wizard-alike"), more)
    }

    fn new_tenant(&self, reader: &Reader) -> Markup {
        let form = &self.form;
        let kinds = terms_of(reader, "tenant-kind", TenantKind::ALL);
        let fields = ["newName", "newRegister", "newPhone"];
        let opened = fields.iter().any(|name| !form.value(name).is_empty() || form.remark_on(name).is_some());
        html! {
            details class="fold" open[opened] {
                summary class="fold-title" { (reader.say("wizard-new-tenant")) }
                div class="fields" {
                    (form.field("newName", reader.say("name")).max_chars(200))
                    (form.field("newKind", reader.say("kind")).choices(&kinds))
                    (form.field("newRegister", reader.say("register-no")).hint(reader.say("register-hint")))
                    (form.field("newPhone", reader.say("phone")).phone().hint(reader.say("phone-hint")))
                    @if !self.alike.is_empty() { (form.field("newAnyway", reader.say("tenant-anyway-because")).max_chars(500)) }
                }
            }
        }
    }
}
