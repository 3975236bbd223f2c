//! A new contract on one page: building, tenant, room, charge, terms. Sent, it is a draft that holds its rooms.
//!
//! Tenant and rooms are typed, with suggestions: a list of thousands is no list to choose from.

use axum::{
    extract::Form as Posted,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    PropertyId, RoomId, TenantId,
    contract::{ChargeBasis, ChargeKind, VatMode},
    rights::Action,
    rooms::TenantKind,
};
use maud::{Markup, html};
use wire::{
    Paging,
    contracts::{NewContract, NewContractItem, NewContractRoom},
    properties::PropertyView,
    rooms::{RoomFilter, RoomView},
    tenants::{NewTenant, TenantFilter, TenantView},
};

use super::{Terms, terms};
use crate::{
    api::Api,
    fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
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

/// What parts a tenant's name from their register number in a suggestion.
const PART: &str = " · ";

/// How many suggestions are offered before anything was typed.
const SUGGESTIONS: u32 = 100;

/// The form of a new contract.
#[derive(Debug, Clone)]
pub struct Draft {
    pub properties: Vec<PropertyView>,
    /// The building that was chosen; without one it is asked for first.
    pub property: Option<PropertyView>,
    pub tenants: Vec<TenantView>,
    /// Rooms of the building to suggest.
    pub rooms: Vec<RoomView>,
    pub form: Form,
}

pub async fn show(api: Api, reader: Reader) -> Result<Response, Problem> {
    let asked: Option<PropertyId> = reader.asked("propertyId", read::word)?;
    let form = Form::default()
        .with("rooms", reader.param("rooms").unwrap_or_default())
        .with("tenant", reader.param("tenant").unwrap_or_default())
        .with("basis", ChargeBasis::PerM2)
        .with("paymentDay", 1)
        .with("graceDays", 0);
    page(&api, reader, asked, form, StatusCode::OK).await
}

async fn page(
    api: &Api,
    reader: Reader,
    asked: Option<PropertyId>,
    form: Form,
    status: StatusCode,
) -> Result<Response, Problem> {
    let all = Paging { limit: Some(100), cursor: None };
    let (reader, properties) = api.page(reader, api.properties(&all)).await?;
    if !super::may_draft(&reader) {
        return Err(Problem::forbidden());
    }
    let properties = properties.items;
    let property = match asked {
        Some(id) => Some(properties.iter().find(|one| one.id == id).ok_or(Problem::not_found("thing-property"))?),
        None if properties.len() == 1 => properties.first(),
        None => None,
    };
    let (tenants, rooms) = match property {
        Some(property) => suggestions(api, property.id).await?,
        None => Default::default(),
    };
    let page = Draft { property: property.cloned(), properties, tenants, rooms, form };
    Ok((status, page.render(&reader)).into_response())
}

async fn suggestions(api: &Api, property: PropertyId) -> client::Result<(Vec<TenantView>, Vec<RoomView>)> {
    let tenants = TenantFilter { limit: Some(SUGGESTIONS), ..TenantFilter::default() };
    let rooms = RoomFilter { property_id: Some(property), limit: Some(SUGGESTIONS), ..RoomFilter::default() };
    let (tenants, rooms) = futures_util::future::try_join(api.tenants(&tenants), api.rooms(&rooms)).await?;
    Ok((tenants.items, rooms.items))
}

/// The suggestions for what is being typed, for htmx.
pub async fn tenants(api: Api, reader: Reader) -> Result<Markup, Problem> {
    let typed = reader.param("tenant").unwrap_or_default();
    let filter = TenantFilter { q: Some(searched(&typed)), limit: Some(20), cursor: None };
    Ok(tenant_options(&api.tenants(&filter).await?.items))
}

pub async fn draft(
    api: Api,
    reader: Reader,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let mut form = Form::typed(pairs);
    let property = form.must(&reader, "propertyId", "field-not-a-choice", read::word);
    let Some(property) = property else { return page(&api, reader, None, form, StatusCode::BAD_REQUEST).await };
    let order = order(&mut form, &reader, property);
    let rooms = rooms(&api, &reader, &mut form, property).await?;
    let tenant = tenant(&api, &reader, &mut form).await?;
    let (Some(new), Some(tenant_id), true) = (order, tenant, form.is_clean()) else {
        return page(&api, reader, Some(property), form, StatusCode::BAD_REQUEST).await;
    };
    match api.draft_contract(&NewContract { tenant_id, rooms, ..new }, &form.key()).await {
        Ok(contract) => {
            let news = reader.say_with("contract-drafted-news", &[("code", contract.code.as_str().into())]);
            Ok(Flash::good(news).on(&format!("/contracts/{}", contract.id)))
        }
        Err(refusal) if refusal.reason() == "OVERLAP" => {
            form.remark("rooms", taken(&refusal));
            form.anew();
            page(&api, reader, Some(property), form, StatusCode::CONFLICT).await
        }
        Err(refusal) => {
            let status = form.refused(refusal, |path| field(path).map(Into::into))?;
            page(&api, reader, Some(property), form, status).await
        }
    }
}

/// The API's sentence names the contract that has the room; with several rooms typed, the room as well.
pub(super) fn taken(refusal: &client::Problem) -> String {
    match refusal.details["unit"].as_str() {
        Some(unit) => format!("{unit}: {}", refusal.message),
        None => refusal.message.clone(),
    }
}

/// Which field of the form stands for a path of the API.
fn field(path: &str) -> Option<&'static str> {
    const SAME: [&str; 8] =
        ["code", "startsOn", "endsOn", "depositAmount", "paymentDay", "graceDays", "penaltyBp", "notes"];
    match path {
        "items[0].exemptionCode" | "items[0].vatMode" => Some("vatMode"),
        "items[0].basis" => Some("basis"),
        "tenantId" => Some("tenant"),
        path if path.starts_with("items[0]") => Some("unitPrice"),
        path if path.starts_with("items[1]") => Some("managementPrice"),
        path if path.starts_with("rooms") => Some("rooms"),
        path => SAME.into_iter().find(|same| *same == path),
    }
}

/// The contract as far as the form alone tells; rooms and tenant are looked up after.
fn order(form: &mut Form, reader: &Reader, property_id: PropertyId) -> Option<NewContract> {
    let Terms { deposit_amount, payment_day, grace_days, penalty_bp } = terms(form, reader);
    let starts_on = form.must(reader, "startsOn", "field-bad-date", read::date);
    let ends_on = form.read(reader, "endsOn", "field-bad-date", read::date);
    let basis = form.must(reader, "basis", "field-not-a-choice", read::word);
    let unit_price = form.must(reader, "unitPrice", "field-bad-money", read::money);
    let vat_mode: Option<VatMode> = form.read(reader, "vatMode", "field-not-a-choice", read::word);
    let management = form.read(reader, "managementPrice", "field-bad-money", read::money);
    let (starts_on, basis, unit_price) = (starts_on?, basis?, unit_price?);
    let line = |kind: ChargeKind, basis, unit_price| NewContractItem {
        kind,
        name: reader.term("charge-kind", kind.as_str()).into_owned(),
        basis,
        meter_kind: None,
        unit_price,
        vat_mode,
        room_id: None,
        classification_code: None,
        exemption_code: None,
        valid_from: None,
        valid_to: None,
    };
    let rent = line(ChargeKind::Rent, basis, unit_price);
    let management = management.map(|price| line(ChargeKind::Management, ChargeBasis::PerM2, price));
    let code = Some(form.value("code").to_owned()).filter(|code| !code.is_empty());
    Some(NewContract {
        property_id,
        tenant_id: TenantId::new(),
        code,
        kind: None,
        starts_on,
        ends_on,
        deposit_amount,
        payment_day,
        grace_days,
        penalty_bp,
        notes: form.value("notes").to_owned(),
        rooms: Vec::new(),
        items: [rent].into_iter().chain(management).collect(),
    })
}

/// The rooms by the unit numbers that were typed, parted by commas.
async fn rooms(
    api: &Api,
    reader: &Reader,
    form: &mut Form,
    property: PropertyId,
) -> Result<Vec<NewContractRoom>, Problem> {
    let typed = form.value("rooms").to_owned();
    let units: Vec<&str> = typed.split([',', ';']).map(str::trim).filter(|unit| !unit.is_empty()).take(100).collect();
    if units.is_empty() {
        form.remark("rooms", reader.say("field-required"));
    }
    let mut found = Vec::new();
    for unit in units {
        let filter = RoomFilter {
            property_id: Some(property),
            q: Some(unit.to_owned()),
            limit: Some(SUGGESTIONS),
            ..RoomFilter::default()
        };
        match room_named(unit, &api.rooms(&filter).await?.items) {
            Some(room_id) => found.push(NewContractRoom { room_id, from: None, to: None }),
            None => form.remark("rooms", reader.say_with("draft-no-such-room", &[("unit", unit.into())])),
        }
    }
    Ok(found)
}

/// Unit numbers are compared as codes, so that `к-403` typed in either alphabet is `K-403`.
fn room_named(unit: &str, rooms: &[RoomView]) -> Option<RoomId> {
    let wanted = domain::text::fold_code(unit);
    rooms.iter().find(|room| domain::text::fold_code(&room.unit_no) == wanted).map(|room| room.id)
}

/// The tenant who was chosen, or the new one. Who is new is entered in the books once the rest of the form is in order,
/// and the fields are then emptied: should the contract be refused after all, sending it again enters nobody twice.
pub(super) async fn tenant(api: &Api, reader: &Reader, form: &mut Form) -> Result<Option<TenantId>, Problem> {
    let typed = form.value("tenant").to_owned();
    if !form.value("newName").is_empty() {
        return if form.is_clean() { new_tenant(api, reader, form).await } else { Ok(None) };
    }
    if typed.is_empty() {
        form.remark("tenant", reader.say("draft-tenant-needed"));
        return Ok(None);
    }
    let filter = TenantFilter { q: Some(searched(&typed)), limit: Some(20), cursor: None };
    let found = api.tenants(&filter).await?.items;
    match tenant_named(&typed, &found) {
        Some(tenant) => Ok(Some(tenant.id)),
        None if found.is_empty() => {
            form.remark("tenant", reader.say("draft-no-such-tenant"));
            Ok(None)
        }
        None => {
            let names = found.iter().take(5).map(suggestion).collect::<Vec<_>>().join("; ");
            form.remark("tenant", reader.say_with("draft-which-tenant", &[("names", names.into())]));
            Ok(None)
        }
    }
}

async fn new_tenant(api: &Api, reader: &Reader, form: &mut Form) -> Result<Option<TenantId>, Problem> {
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
        anyway_because: None,
    };
    match api.add_tenant(&new).await {
        Ok(tenant) => {
            for name in ["newName", "newRegister", "newPhone"] {
                *form = std::mem::take(form).with(name, "");
            }
            *form = std::mem::take(form).with("tenant", suggestion(&tenant));
            Ok(Some(tenant.id))
        }
        Err(refusal) if refusal.reason() == "DUPLICATE" => {
            form.remark("newRegister", refusal.message);
            Ok(None)
        }
        Err(refusal) if refusal.reason() == "SIMILAR_TENANT" => {
            form.remark("newName", refusal.message);
            Ok(None)
        }
        Err(refusal) if refusal.is(StatusCode::FORBIDDEN) => {
            form.remark("newName", reader.say("error-forbidden"));
            Ok(None)
        }
        Err(refusal) => {
            form.refused(refusal, |path| {
                let fields = [("name", "newName"), ("registerNo", "newRegister"), ("phone", "newPhone")];
                fields.into_iter().find_map(|(of, field)| (of == path).then_some(field.into()))
            })?;
            Ok(None)
        }
    }
}

/// What is searched for: of a suggestion its register number, else all that was typed.
fn searched(typed: &str) -> String {
    typed.rsplit(PART).next().unwrap_or(typed).trim().to_owned()
}

fn tenant_named<'a>(typed: &str, found: &'a [TenantView]) -> Option<&'a TenantView> {
    let wanted = typed.trim().to_lowercase();
    let is_named =
        |tenant: &&TenantView| tenant.name.to_lowercase() == wanted || suggestion(tenant).to_lowercase() == wanted;
    let mut named = found.iter().filter(is_named);
    match (named.next(), named.next()) {
        (Some(only), None) => Some(only),
        (None, _) if found.len() == 1 => found.first(),
        _ => None,
    }
}

pub(super) fn suggestion(tenant: &TenantView) -> String {
    match &tenant.register_no {
        Some(register) => format!("{}{PART}{register}", tenant.name),
        None => tenant.name.clone(),
    }
}

fn tenant_options(tenants: &[TenantView]) -> Markup {
    html! { @for tenant in tenants { option value=(suggestion(tenant)) {} } }
}

impl Page for Draft {
    fn render(&self, reader: &Reader) -> Markup {
        let (title, list) = (reader.say("contract-new"), reader.say("menu-contracts"));
        let main = html! {
            (head(&[(&list, "/contracts")], &title, html! { (reader.say("draft-note")) }, html! {}))
            @match &self.property {
                Some(property) => (self.form(reader, property)),
                None => (self.choose_building(reader)),
            }
        };
        frame::desk(reader, Place::Contracts, &title, main, panel::closed())
    }

    fn sample() -> Draft {
        super::sample::draft()
    }
}

impl Draft {
    fn choose_building(&self, reader: &Reader) -> Markup {
        html! {
            section class="box" {
                h2 class="box-title" { (reader.say("draft-which-building")) }
                @if self.properties.is_empty() { p class="box-note" { (reader.say("draft-no-building")) } }
                ul class="choices" {
                    @for property in &self.properties {
                        li { a class="choice" href=(reader.link(&[("propertyId", &property.id.to_string())])) {
                            (Icon::Building) span { (property.name) }
                        } }
                    }
                }
            }
        }
    }

    fn form(&self, reader: &Reader, property: &PropertyView) -> Markup {
        form::post(
            "/contracts/new",
            html! {
                (self.form.summary(reader))
                (self.form.once())
                input type="hidden" name="propertyId" value=(property.id);
                (self.tenant(reader))
                (self.room(reader, property))
                (self.charge(reader))
                (self.terms(reader))
                div class="form-foot" {
                    (Button::submit(reader.say("draft-do")).icon(Icon::Check))
                    (Button::link(reader.say("leave"), "/contracts").ghost())
                }
            },
        )
    }

    fn tenant(&self, reader: &Reader) -> Markup {
        let form = &self.form;
        let kinds = terms_of(reader, "tenant-kind", TenantKind::ALL);
        let opened = ["newName", "newRegister", "newPhone"]
            .iter()
            .any(|name| !form.value(name).is_empty() || form.remark_on(name).is_some());
        section(
            &reader.say("tenant"),
            html! {
                div class="fields" {
                    (form.field("tenant", reader.say("draft-tenant")).suggested("tenants", Some("/contracts/new/tenants"))
                        .hint(reader.say("draft-tenant-hint")).wide())
                }
                datalist id="tenants" { (tenant_options(&self.tenants)) }
                @if reader.may(Action::EditTenants) {
                    details class="fold" open[opened] {
                        summary class="fold-title" { (reader.say("tenant-new")) }
                        div class="fields" {
                            (form.field("newName", reader.say("name")).max_chars(200))
                            (form.field("newKind", reader.say("kind")).choices(&kinds))
                            (form.field("newRegister", reader.say("register-no")).hint(reader.say("register-hint")))
                            (form.field("newPhone", reader.say("phone")).phone().hint(reader.say("phone-hint")))
                        }
                    }
                }
            },
        )
    }

    fn room(&self, reader: &Reader, property: &PropertyView) -> Markup {
        section(
            &reader.say("space"),
            html! {
                p class="box-note" {
                    (property.name)
                    @if self.properties.len() > 1 { " · " a href="/contracts/new" { (reader.say("draft-other-building")) } }
                }
                div class="fields" {
                    (self.form.field("rooms", reader.say("unit-no")).suggested("rooms-of-building", None).required()
                        .hint(reader.say("draft-rooms-hint")).wide())
                }
                datalist id="rooms-of-building" {
                    @for room in &self.rooms { option value=(room.unit_no) { (about(reader, room)) } }
                }
            },
        )
    }

    fn charge(&self, reader: &Reader) -> Markup {
        let form = &self.form;
        let bases = terms_of(reader, "charge-basis", &[ChargeBasis::PerM2, ChargeBasis::Flat]);
        let vat = terms_of(reader, "vat-mode", VatMode::ALL);
        section(
            &reader.say("charge"),
            html! {
                div class="fields" {
                    (form.field("unitPrice", reader.say("rent-price")).money().required().hint(reader.say("money-hint")))
                    (form.field("basis", reader.say("charge-basis")).choices(&bases))
                    (form.field("managementPrice", reader.say("management-price")).money().hint(reader.say("may-be-empty")))
                    (form.field("vatMode", reader.say("vat")).choices(&vat))
                }
            },
        )
    }

    fn terms(&self, reader: &Reader) -> Markup {
        let form = &self.form;
        section(
            &reader.say("contract-terms"),
            html! {
                div class="fields" {
                    (form.field("startsOn", reader.say("starts-on")).date().required())
                    (form.field("endsOn", reader.say("ends-on")).date().hint(reader.say("no-end-hint")))
                    (form.field("depositAmount", reader.say("deposit")).money())
                    (form.field("paymentDay", reader.say("payment-day")).number(&reader.say("payment-day-unit")))
                    (form.field("graceDays", reader.say("grace-days")).number(&reader.say("days-unit")))
                    (form.field("penaltyBp", reader.say("penalty")).number("%").hint(reader.say("penalty-hint")))
                    (form.field("code", reader.say("contract-code")).hint(reader.say("contract-code-hint")).max_chars(40))
                    (form.field("notes", reader.say("notes")).lines(3).max_chars(4000).wide())
                }
            },
        )
    }
}

fn section(title: &str, inside: Markup) -> Markup {
    html! { section class="box" { h2 class="box-title" { (title) } (inside) } }
}

/// Beside a room's number: how large it is, and who has it.
fn about(reader: &Reader, room: &RoomView) -> String {
    let area = format!("{} м²", fmt::quantity(room.area_m2));
    match &room.occupied_by {
        Some(occupant) => format!("{area}, {}", occupant.tenant_name),
        None => format!("{area}, {}", reader.say("vacant")),
    }
}
