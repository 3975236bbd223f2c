//! The list of contracts: filter, order and place are all in its address.

use axum::response::{IntoResponse, Response};
use domain::contract::ContractStatus;
use futures_util::future::try_join3;
use maud::{Markup, html};
use serde::Deserialize;
use wire::{
    Paging,
    contracts::{ContractFilter, ContractRow, ContractSort, ContractTotals},
    properties::PropertyView,
};

use super::may_draft;
use crate::{
    api::Api,
    exports, fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
        badge::{self, Badge, Tone},
        button::Button,
        empty::empty,
        field::terms_of,
        filter::Filter,
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
        table::{self, Column, Opens, Row, Table},
    },
};

const PAGE: u32 = 50;

/// Windows of time one asks for when leases run out.
const ENDING_WITHIN_DAYS: [i32; 3] = [30, 60, 90];

/// The contracts that the address asks for.
#[derive(Debug, Clone)]
pub struct ContractList {
    pub rows: Vec<ContractRow>,
    pub next: Option<String>,
    pub totals: ContractTotals,
    /// The buildings to choose from.
    pub properties: Vec<PropertyView>,
}

pub async fn show(api: Api, reader: Reader) -> Result<Response, Problem> {
    let filter = asked(&reader)?;
    let all = ContractFilter { sort: None, limit: None, cursor: None, ..filter.clone() };
    let buildings = Paging { limit: Some(100), cursor: None };
    let answer = try_join3(api.contracts(&filter), api.contract_totals(&all), api.properties(&buildings));
    let (reader, (page, totals, properties)) = api.page(reader, answer).await?;
    let list = ContractList { rows: page.items, next: page.next_cursor, totals, properties: properties.items };
    Ok(list.render(&reader).into_response())
}

/// The same contracts, all of them, as an Excel file.
pub async fn export(api: Api, reader: Reader) -> Result<Response, Problem> {
    let filter = ContractFilter { limit: None, cursor: None, ..asked(&reader)? };
    exports::send(&api, "/v2/contracts/export", &filter).await
}

fn asked(reader: &Reader) -> Result<ContractFilter, Problem> {
    Ok(ContractFilter {
        status: reader.asked("status", read::word)?,
        property_id: reader.asked("propertyId", read::word)?,
        tenant_id: reader.asked("tenantId", read::word)?,
        ending_within_days: reader.asked("endingWithinDays", read::word)?,
        unapproved: reader.asked("unapproved", read::word)?,
        q: reader.param("q"),
        sort: reader.asked("sort", sort)?,
        limit: Some(PAGE),
        cursor: reader.param("cursor"),
    })
}

fn sort(word: &str) -> Option<ContractSort> {
    ContractSort::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(word)).ok()
}

impl Page for ContractList {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("menu-contracts");
        let actions = html! {
            @if may_draft(reader) {
                (Button::link(reader.say("contract-new"), "/contracts/new/parties").primary().icon(Icon::Plus))
            }
        };
        let main = html! {
            (head(&[], &title, html! {}, actions))
            (self.filter(reader))
            (table::region(self.list(reader)))
        };
        frame::desk(reader, Place::Contracts, &title, main, panel::closed())
    }

    fn sample() -> ContractList {
        super::sample::list()
    }
}

impl ContractList {
    fn filter(&self, reader: &Reader) -> Markup {
        let statuses = terms_of(reader, "contract-status", ContractStatus::ALL);
        let approval = [("true", "contracts-unapproved"), ("false", "contracts-approved")]
            .map(|(value, word)| (value.to_owned(), reader.say(word).into_owned()));
        let ending: Vec<(String, String)> = ENDING_WITHIN_DAYS
            .iter()
            .map(|days| {
                (days.to_string(), reader.say_with("contracts-ending", &[("days", (*days).into())]).into_owned())
            })
            .collect();
        html! {
            (Filter::new(reader)
                .search("q", &reader.say("contract-list-search"))
                .choice("status", &reader.say("status"), &reader.say("contracts-any-status"), &statuses)
                .buildings(&self.properties)
                .choice("endingWithinDays", &reader.say("ends-on"), &reader.say("contracts-any-end"), &ending)
                .choice("unapproved", &reader.say("contract-approve"), &reader.say("contracts-any-approval"), &approval)
                .keep("tenantId"))
        }
    }

    fn list(&self, reader: &Reader) -> Markup {
        if self.rows.is_empty() {
            let ways = html! {
                (Button::link(reader.say("contract-list-all"), "/contracts"))
                @if may_draft(reader) {
                    (Button::link(reader.say("contract-new"), "/contracts/new/parties").icon(Icon::Plus))
                }
            };
            return empty(
                Icon::Contract,
                &reader.say("contract-list-none"),
                &reader.say("contract-list-none-note"),
                ways,
            );
        }
        let columns = [
            Column::text("code", reader.say("contract")).sortable().title(),
            Column::text("tenant", reader.say("tenant")).sortable(),
            Column::text("units", reader.say("space")),
            Column::text("property", reader.say("building")).desk_only(),
            Column::text("status", reader.say("status")).corner(),
            Column::text("startsOn", reader.say("starts-on")).sortable().desk_only(),
            Column::text("endsOn", reader.say("ends-on")).sortable(),
            Column::number("deposit", reader.say("deposit")),
        ];
        let rows: Vec<Row> = self.rows.iter().map(|contract| row(reader, contract)).collect();
        let totals = [
            html! { (reader.say("total")) },
            html! { (reader.say_with("contracts-count", &[("count", self.totals.count.into())])) },
            html! {},
            html! {},
            html! {},
            html! {},
            html! {},
            fmt::money(self.totals.deposit_amount),
        ];
        let caption = reader.say("menu-contracts");
        Table { caption: &caption, columns: &columns, rows: &rows, totals: Some(&totals) }.paged_with_export(
            reader,
            self.next.as_deref(),
            "/contracts/export",
        )
    }
}

fn row(reader: &Reader, contract: &ContractRow) -> Row {
    Row {
        opens: Opens::Page(format!("/contracts/{}", contract.id)),
        cells: vec![
            html! { (contract.code) },
            html! { (contract.tenant_name) },
            html! { (contract.units) },
            html! { (contract.property_name) },
            html! {
                (badge::contract(reader, contract.status))
                @if !contract.is_approved && !contract.status.is_final() {
                    " " (Badge::new(Tone::Warn, reader.say("contract-unapproved")))
                }
            },
            fmt::date(contract.starts_on),
            contract.ends_on.map_or_else(|| html! { (reader.say("no-end")) }, fmt::date),
            fmt::money(contract.deposit_amount),
        ],
    }
}
