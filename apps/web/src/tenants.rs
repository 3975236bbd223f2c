//! Tenants: who they are, what they rent, what they owe.

mod new;

use axum::{
    Router,
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{TenantId, rights::Action};
use futures_util::future::try_join3;
use maud::{Markup, html};
use wire::{
    contracts::{ContractFilter, ContractRow},
    invoices::{InvoiceFilter, InvoiceTotals},
    tenants::{TenantChange, TenantFilter, TenantView},
};

pub use self::new::NewTenantPage;
use crate::{
    Site,
    api::Api,
    exports, fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    statements, tenant_links,
    ui::{
        badge,
        button::Button,
        copy,
        empty::empty,
        facts::facts,
        filter::Filter,
        flash::Flash,
        form::{self, Form},
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
        table::{self, Column, Opens, Row, Table},
        tabs::{Tab, tabs},
    },
};

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/tenants", get(list))
        .route("/tenants/export", get(export))
        .route("/tenants/{id}", get(show).post(edit))
        .merge(new::routes())
}

/// The tenants, and the people who ask to be one of them.
pub(crate) fn parts(reader: &Reader, here: &str) -> Markup {
    let part = |label: &str, href: &str| Tab {
        label: reader.say(label).into_owned(),
        href: href.to_owned(),
        count: None,
        is_current: href == here,
    };
    let parts = [part("menu-tenants", "/tenants"), part("links-title", tenant_links::HERE)];
    html! { @if reader.may(Action::ReadTenantLinks) { (tabs(&reader.say("menu-tenants"), &parts)) } }
}

/// How many contracts stand on a tenant's page; the list of contracts has the rest.
const MOST_CONTRACTS: usize = 100;

/// The tenants that the address asks for.
#[derive(Debug, Clone)]
pub struct TenantList {
    pub rows: Vec<TenantView>,
    pub next: Option<String>,
}

/// A tenant with their contracts and what they owe.
#[derive(Debug, Clone)]
pub struct TenantPage {
    pub tenant: TenantView,
    pub contracts: Vec<ContractRow>,
    /// Of their open invoices.
    pub open: InvoiceTotals,
    pub form: Form,
    /// Somebody else changed the tenant since the form was drawn.
    pub is_stale: bool,
}

async fn list(api: Api, reader: Reader) -> Result<Response, Problem> {
    let filter = TenantFilter { q: reader.param("q"), limit: Some(50), cursor: reader.param("cursor") };
    let (reader, page) = api.page(reader, api.tenants(&filter)).await?;
    Ok(TenantList { rows: page.items, next: page.next_cursor }.render(&reader).into_response())
}

/// The tenants of the address, all of them, as an Excel file.
async fn export(api: Api, reader: Reader) -> Result<Response, Problem> {
    let filter = TenantFilter { q: reader.param("q"), limit: None, cursor: None };
    exports::send(&api, "/v2/tenants/export", &filter).await
}

async fn show(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    page(&api, reader, self::id(&id)?, None, StatusCode::OK).await
}

async fn edit(
    api: Api,
    reader: Reader,
    Path(id): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let id = self::id(&id)?;
    let mut form = Form::typed(pairs);
    let change = change(&mut form, &reader);
    let (mut is_stale, mut status) = (false, StatusCode::BAD_REQUEST);
    if form.is_clean() {
        match api.edit_tenant(id, &change).await {
            Ok(_) => return Ok(Flash::good(reader.say("saved")).on(&format!("/tenants/{id}"))),
            Err(refusal) => {
                is_stale = refusal.reason() == "VERSION";
                status = form.refused(refusal, |path| FIELDS.contains(&path).then(|| path.to_owned().into()))?;
            }
        }
    }
    page(&api, reader, id, Some((form, is_stale)), status).await
}

async fn page(
    api: &Api,
    reader: Reader,
    id: TenantId,
    come_back: Option<(Form, bool)>,
    status: StatusCode,
) -> Result<Response, Problem> {
    let of_tenant = ContractFilter { tenant_id: Some(id), limit: Some(100), ..ContractFilter::default() };
    let open = InvoiceFilter { tenant_id: Some(id), open: Some(true), ..InvoiceFilter::default() };
    let answer = try_join3(api.tenant(id), api.contracts(&of_tenant), api.invoice_totals(&open));
    let (reader, (tenant, contracts, open)) = api.page(reader, answer).await?;
    let (form, is_stale) = come_back.unwrap_or_else(|| (filled(&tenant), false));
    let page = TenantPage { tenant, contracts: contracts.items, open, form, is_stale };
    Ok((status, page.render(&reader)).into_response())
}

fn id(text: &str) -> Result<TenantId, Problem> {
    read::word(text).ok_or(Problem::not_found("thing-tenant"))
}

/// The form's fields are named as the API names them.
const FIELDS: [&str; 7] = ["name", "registerNo", "tin", "director", "phone", "secondPhone", "email"];

fn filled(tenant: &TenantView) -> Form {
    let values =
        [&tenant.register_no, &tenant.tin, &tenant.director, &tenant.phone, &tenant.second_phone, &tenant.email];
    let form = Form::default().with("version", tenant.version).with("name", &tenant.name);
    FIELDS[1..]
        .iter()
        .zip(values)
        .fold(form, |form, (name, value)| form.with(name, value.as_deref().unwrap_or_default()))
}

/// What was emptied is taken away.
fn change(form: &mut Form, reader: &Reader) -> TenantChange {
    let text = |name: &str| Some(Some(form.value(name).to_owned()).filter(|text| !text.is_empty()));
    let [register_no, tin, director, phone, second_phone, email] =
        ["registerNo", "tin", "director", "phone", "secondPhone", "email"].map(text);
    TenantChange {
        version: form.must(reader, "version", "field-not-a-number", read::word).unwrap_or_default(),
        name: form.must(reader, "name", "field-required", |name| Some(name.to_owned())),
        register_no,
        tin,
        director,
        phone,
        second_phone,
        email,
    }
}

impl Page for TenantList {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("menu-tenants");
        let actions = html! {
            @if reader.may(Action::EditTenants) {
                (Button::link(reader.say("tenant-new"), new::HERE).primary().icon(Icon::Plus))
            }
        };
        let main = html! {
            (head(&[], &title, html! {}, actions))
            (parts(reader, "/tenants"))
            (Filter::new(reader).search("q", &reader.say("tenants-search")))
            (table::region(self.list(reader)))
        };
        frame::desk(reader, Place::Tenants, &title, main, panel::closed())
    }

    fn sample() -> TenantList {
        let tenants = [("Ундрах Өргөө ХХК", "5123457"), ("Хан-Уул Оптик ХХК", "2754312")];
        let rows = tenants.map(|(name, register)| crate::contracts::sample::tenant(name, register));
        TenantList { rows: rows.into(), next: None }
    }
}

impl TenantList {
    fn list(&self, reader: &Reader) -> Markup {
        if self.rows.is_empty() {
            let ways = html! { (Button::link(reader.say("tenants-all"), "/tenants")) };
            return empty(Icon::Users, &reader.say("tenants-none"), &reader.say("tenants-none-note"), ways);
        }
        let columns = [
            Column::text("name", reader.say("tenant")).title(),
            Column::text("kind", reader.say("kind")).corner(),
            Column::text("register", reader.say("register-no")),
            Column::text("phone", reader.say("phone")),
            Column::text("email", reader.say("email")).desk_only(),
        ];
        let rows: Vec<Row> = self.rows.iter().map(|tenant| row(reader, tenant)).collect();
        let caption = reader.say("menu-tenants");
        Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.paged_with_export(
            reader,
            self.next.as_deref(),
            "/tenants/export",
        )
    }
}

fn row(reader: &Reader, tenant: &TenantView) -> Row {
    Row {
        opens: Opens::Page(format!("/tenants/{}", tenant.id)),
        cells: vec![
            html! { (tenant.name) },
            html! { (reader.term("tenant-kind", tenant.kind.as_str())) },
            text(tenant.register_no.as_deref()),
            tenant.phone.as_deref().map(|phone| html! { span class="num" { (fmt::phone(phone)) } }).unwrap_or_default(),
            text(tenant.email.as_deref()),
        ],
    }
}

fn text(text: Option<&str>) -> Markup {
    text.map(|text| html! { (text) }).unwrap_or_default()
}

impl Page for TenantPage {
    fn render(&self, reader: &Reader) -> Markup {
        let tenant = &self.tenant;
        let list = reader.say("menu-tenants");
        let actions = html! {
            @if statements::may_read(reader) {
                (Button::link(reader.say("statement"), format!("/tenants/{}/statement", tenant.id)).icon(Icon::Receipt))
            }
            @if reader.may(Action::DraftContracts) {
                @let query = serde_urlencoded::to_string([("tenant", &tenant.name)]).expect("a text can be encoded");
                (Button::link(reader.say("contract-new"), format!("/contracts/new?{query}")).icon(Icon::Plus))
            }
        };
        let note = html! { (reader.term("tenant-kind", tenant.kind.as_str())) };
        let main = html! {
            (head(&[(&list, "/tenants")], &tenant.name, note, actions))
            section class="box" { h2 class="box-title" { (reader.say("menu-contracts")) } (self.contracts(reader)) }
            section class="box" { h2 class="box-title" { (reader.say("tenant-about")) } (self.facts(reader)) }
            (crate::files::section(reader, domain::file::Purpose::TenantPaper, tenant.id.0))
            @if reader.may(Action::EditTenants) { (self.form(reader)) }
        };
        frame::desk(reader, Place::Tenants, &tenant.name, main, panel::closed())
    }

    fn sample() -> TenantPage {
        let tenant = crate::contracts::sample::tenant("Ундрах Өргөө ХХК", "5123457");
        let owed = domain::Money::from_tugrug(4_960_000);
        TenantPage {
            form: filled(&tenant),
            tenant,
            contracts: crate::contracts::sample::list().rows.into_iter().take(2).collect(),
            open: InvoiceTotals {
                count: 2,
                vat_amount: owed,
                total: owed,
                paid_amount: domain::Money::ZERO,
                balance: owed,
            },
            is_stale: false,
        }
    }
}

impl TenantPage {
    fn facts(&self, reader: &Reader) -> Markup {
        let tenant = &self.tenant;
        let phone = |phone: Option<&str>| {
            phone.map(|phone| copy::copyable(reader, &fmt::phone(phone), phone)).unwrap_or_default()
        };
        facts(&[
            (
                &reader.say("tenant-open"),
                html! {
                    a href={ "/invoices?open=true&tenantId=" (tenant.id) } { (fmt::tugrug(self.open.balance)) }
                },
            ),
            (&reader.say("register-no"), text(tenant.register_no.as_deref())),
            (&reader.say("tenant-tin"), text(tenant.tin.as_deref())),
            (&reader.say("tenant-director"), text(tenant.director.as_deref())),
            (&reader.say("phone"), phone(tenant.phone.as_deref())),
            (&reader.say("tenant-second-phone"), phone(tenant.second_phone.as_deref())),
            (&reader.say("email"), text(tenant.email.as_deref())),
        ])
    }

    fn contracts(&self, reader: &Reader) -> Markup {
        if self.contracts.is_empty() {
            return html! { p class="box-note" { (reader.say("tenant-no-contracts")) } };
        }
        let columns = [
            Column::text("code", reader.say("contract")).title(),
            Column::text("units", reader.say("space")),
            Column::text("status", reader.say("status")).corner(),
            Column::text("until", reader.say("until")),
        ];
        let row = |contract: &ContractRow| Row {
            opens: Opens::Page(format!("/contracts/{}", contract.id)),
            cells: vec![
                html! { (contract.code) },
                html! { (contract.units) },
                html! { (badge::contract(reader, contract.status)) },
                contract.ends_on.map_or_else(|| html! { (reader.say("no-end")) }, fmt::date),
            ],
        };
        let rows: Vec<Row> = self.contracts.iter().map(row).collect();
        let table = Table { caption: &reader.say("menu-contracts"), columns: &columns, rows: &rows, totals: None };
        html! {
            (table.render(reader))
            @if self.contracts.len() >= MOST_CONTRACTS {
                p class="box-note" {
                    a href={ "/contracts?tenantId=" (self.tenant.id) } { (reader.say("tenant-more-contracts")) }
                }
            }
        }
    }

    fn form(&self, reader: &Reader) -> Markup {
        let (form, here) = (&self.form, format!("/tenants/{}", self.tenant.id));
        let fields = html! {
            @if self.is_stale { (form::stale(reader, &here)) } @else { (form.summary(reader)) }
            input type="hidden" name="version" value=(form.value("version"));
            div class="fields" {
                (form.field("name", reader.say("name")).required().max_chars(200))
                (form.field("registerNo", reader.say("register-no")).hint(reader.say("register-hint")))
                (form.field("tin", reader.say("tenant-tin")))
                (form.field("director", reader.say("tenant-director")).max_chars(200))
                (form.field("phone", reader.say("phone")).phone().hint(reader.say("phone-hint")))
                (form.field("secondPhone", reader.say("tenant-second-phone")).phone())
                (form.field("email", reader.say("email")).email())
            }
            div class="form-foot" { (Button::submit(reader.say("save")).icon(Icon::Check)) }
        };
        html! {
            details class="box fold" open[!form.is_clean()] {
                summary class="fold-title" { (reader.say("edit")) }
                (form::post(&here, fields))
            }
        }
    }
}

#[cfg(test)]
mod tests;
