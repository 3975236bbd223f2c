//! The search box of every page: one word looked for in contracts, tenants, bills and rooms at once.

use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::get,
};
use futures_util::future::try_join4;
use maud::{Markup, html};
use wire::{
    contracts::{ContractFilter, ContractRow},
    invoices::{InvoiceFilter, InvoiceRow},
    rooms::{RoomFilter, RoomView},
    tenants::{TenantFilter, TenantView},
};

use crate::{
    Site,
    api::Api,
    fmt,
    page::Page,
    problem::Problem,
    reader::Reader,
    ui::{
        badge,
        button::Button,
        empty::empty,
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
        table::{Column, Opens, Row, Table},
    },
};

/// How many of each are shown; the rest is a link away, on the list itself.
const SHOWN: u32 = 8;

pub fn routes() -> Router<Site> {
    Router::new().route("/search", get(search))
}

/// What was found of each kind.
#[derive(Debug, Clone)]
pub struct SearchPage {
    pub asked: String,
    pub contracts: Vec<ContractRow>,
    pub tenants: Vec<TenantView>,
    pub invoices: Vec<InvoiceRow>,
    pub rooms: Vec<RoomView>,
}

async fn search(api: Api, reader: Reader) -> Result<Response, Problem> {
    let asked = reader.param("q").unwrap_or_default().trim().to_owned();
    if asked.is_empty() {
        let page = SearchPage { asked, contracts: vec![], tenants: vec![], invoices: vec![], rooms: vec![] };
        return Ok(page.render(&api.know(reader).await?).into_response());
    }
    let (q, limit) = (Some(asked.clone()), Some(SHOWN));
    let contracts = ContractFilter { q: q.clone(), limit, ..ContractFilter::default() };
    let tenants = TenantFilter { q: q.clone(), limit, ..TenantFilter::default() };
    let invoices = InvoiceFilter { q: q.clone(), limit, ..InvoiceFilter::default() };
    let rooms = RoomFilter { q, limit, ..RoomFilter::default() };
    let found = try_join4(api.contracts(&contracts), api.tenants(&tenants), api.invoices(&invoices), api.rooms(&rooms));
    let (reader, (contracts, tenants, invoices, rooms)) = api.page(reader, found).await?;
    let page = SearchPage {
        asked,
        contracts: contracts.items,
        tenants: tenants.items,
        invoices: invoices.items,
        rooms: rooms.items,
    };
    Ok(page.render(&reader).into_response())
}

impl Page for SearchPage {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("search");
        let main = html! {
            (head(&[], &title, html! { (self.asked) }, html! {}))
            @if self.is_empty() {
                (empty(Icon::Search, &reader.say("search-none"), &reader.say("search-none-note"), html! {}))
            }
            (self.contracts(reader))
            (self.tenants(reader))
            (self.invoices(reader))
            (self.rooms(reader))
        };
        frame::desk(reader, Place::Elsewhere, &title, main, panel::closed())
    }

    fn sample() -> SearchPage {
        SearchPage {
            asked: "Ундрах".into(),
            contracts: crate::contracts::sample::list().rows.into_iter().take(2).collect(),
            tenants: vec![crate::contracts::sample::tenant("Ундрах Өргөө ХХК", "5123457")],
            invoices: crate::invoices::InvoiceList::sample().rows.into_iter().take(3).collect(),
            rooms: crate::rooms::RoomList::sample().rows.into_iter().take(2).collect(),
        }
    }
}

impl SearchPage {
    fn is_empty(&self) -> bool {
        self.contracts.is_empty() && self.tenants.is_empty() && self.invoices.is_empty() && self.rooms.is_empty()
    }

    fn contracts(&self, reader: &Reader) -> Markup {
        let columns = [
            Column::text("code", reader.say("contract")).title(),
            Column::text("status", reader.say("status")).corner(),
            Column::text("tenant", reader.say("tenant")),
            Column::text("units", reader.say("space")),
        ];
        let row = |contract: &ContractRow| Row {
            opens: Opens::Page(format!("/contracts/{}", contract.id)),
            cells: vec![
                html! { (contract.code) },
                html! { (badge::contract(reader, contract.status)) },
                html! { (contract.tenant_name) },
                html! { (contract.units) },
            ],
        };
        self.found(reader, "menu-contracts", "/contracts", &columns, self.contracts.iter().map(row).collect())
    }

    fn tenants(&self, reader: &Reader) -> Markup {
        let columns = [
            Column::text("name", reader.say("tenant")).title(),
            Column::text("register", reader.say("register-no")),
            Column::text("phone", reader.say("phone")),
        ];
        let row = |tenant: &TenantView| Row {
            opens: Opens::Page(format!("/tenants/{}", tenant.id)),
            cells: vec![
                html! { (tenant.name) },
                html! { (tenant.register_no.as_deref().unwrap_or_default()) },
                html! { @if let Some(phone) = &tenant.phone { span class="num" { (fmt::phone(phone)) } } },
            ],
        };
        self.found(reader, "menu-tenants", "/tenants", &columns, self.tenants.iter().map(row).collect())
    }

    fn invoices(&self, reader: &Reader) -> Markup {
        let columns = [
            Column::text("code", reader.say("invoice-no")).title(),
            Column::text("status", reader.say("status")).corner(),
            Column::text("tenant", reader.say("tenant")),
            Column::number("total", reader.say("amount")),
            Column::number("balance", reader.say("balance")),
        ];
        let row = |invoice: &InvoiceRow| Row {
            opens: Opens::Page(format!("/invoices/{}", invoice.id)),
            cells: vec![
                html! { @match &invoice.code { Some(code) => (code), None => (reader.say("no-number")) } },
                html! { (badge::invoice(reader, invoice.status)) },
                html! { (invoice.customer_name) },
                fmt::money(invoice.total),
                fmt::money(invoice.balance),
            ],
        };
        self.found(reader, "menu-invoices", "/invoices", &columns, self.invoices.iter().map(row).collect())
    }

    fn rooms(&self, reader: &Reader) -> Markup {
        let columns = [
            Column::text("unit", reader.say("space")).title(),
            Column::text("building", reader.say("building")),
            Column::text("tenant", reader.say("tenant")),
        ];
        let row = |room: &RoomView| Row {
            opens: Opens::Page(format!("/rooms/{}", room.id)),
            cells: vec![
                html! { (room.unit_no) },
                html! { (room.property_name) },
                html! { @if let Some(occupant) = &room.occupied_by { (occupant.tenant_name) } },
            ],
        };
        self.found(reader, "menu-rooms", "/rooms", &columns, self.rooms.iter().map(row).collect())
    }

    /// One kind's finds, and the way to all of them.
    fn found(&self, reader: &Reader, heading: &'static str, list: &str, columns: &[Column], rows: Vec<Row>) -> Markup {
        if rows.is_empty() {
            return html! {};
        }
        let heading = reader.say(heading);
        let query = serde_urlencoded::to_string([("q", &self.asked)]).expect("a text can be encoded");
        html! {
            section class="box" {
                h2 { (heading) }
                (Table { caption: &heading, columns, rows: &rows, totals: None }.render(reader))
                (Button::link(reader.say("search-all"), format!("{list}?{query}")).ghost().small())
            }
        }
    }
}
