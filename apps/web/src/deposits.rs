//! «Барьцааны бүртгэл»: the register of deposits as of a day, with sums that add up.

use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{ContractId, Money, PropertyId, TenantId, contract::ContractStatus};
use futures_util::future::try_join3;
use jiff::civil::date;
use maud::{Markup, html};
use wire::{
    Paging,
    deposits::{DepositFilter, DepositRow, DepositStanding, DepositSums, DepositTotals},
    properties::PropertyView,
};

use crate::{
    Site,
    api::Api,
    exports, fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
        badge,
        empty::empty,
        filter::Filter,
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
        table::{self, Column, Opens, Row, Table},
    },
};

pub fn routes() -> Router<Site> {
    Router::new().route("/deposits", get(show)).route("/deposits/export", get(export))
}

/// A page of the register.
#[derive(Debug, Clone)]
pub struct DepositRegister {
    pub rows: Vec<DepositRow>,
    pub next: Option<String>,
    pub totals: DepositTotals,
    /// The buildings to choose from.
    pub properties: Vec<PropertyView>,
}

async fn show(api: Api, reader: Reader) -> Result<Response, Problem> {
    let filter = DepositFilter { cursor: reader.param("cursor"), ..asked(&reader)? };
    let all = DepositFilter { cursor: None, ..filter.clone() };
    let buildings = Paging { limit: Some(100), cursor: None };
    let answer = try_join3(api.deposits(&filter), api.deposit_totals(&all), api.properties(&buildings));
    let (reader, (page, totals, properties)) = api.page(reader, answer).await?;
    let register = DepositRegister { rows: page.items, next: page.next_cursor, totals, properties: properties.items };
    Ok(register.render(&reader).into_response())
}

/// The same register, all of it, as an Excel file.
async fn export(api: Api, reader: Reader) -> Result<Response, Problem> {
    exports::send(&api, "/v2/deposits/export", &asked(&reader)?).await
}

fn asked(reader: &Reader) -> Result<DepositFilter, Problem> {
    Ok(DepositFilter {
        as_of: reader.asked("asOf", read::date)?,
        property_id: reader.asked("propertyId", read::word)?,
        tenant_id: reader.asked("tenantId", read::word)?,
        standing: reader.asked("standing", standing)?,
        q: reader.param("q"),
        limit: None,
        cursor: None,
    })
}

fn standing(word: &str) -> Option<DepositStanding> {
    match word {
        "held" => Some(DepositStanding::Held),
        "missing" => Some(DepositStanding::Missing),
        _ => None,
    }
}

impl Page for DepositRegister {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("deposit-register");
        let choices = ["held", "missing"]
            .map(|word| (word.to_owned(), reader.say(&format!("deposit-standing-{word}")).into_owned()));
        let main = html! {
            (head(&[(&reader.say("menu-payments"), "/payments")], &title, html! {}, html! {}))
            (Filter::new(reader)
                .search("q", &reader.say("contract-list-search"))
                .date("asOf", &reader.say("as-of"))
                .choice("standing", &reader.say("deposit"), &reader.say("deposit-any-standing"), &choices)
                .buildings(&self.properties)
                .keep("tenantId"))
            (table::region(self.list(reader)))
        };
        frame::desk(reader, Place::Payments, &title, main, panel::closed())
    }

    fn sample() -> DepositRegister {
        sample()
    }
}

impl DepositRegister {
    fn list(&self, reader: &Reader) -> Markup {
        if self.rows.is_empty() {
            let (none, note) = (reader.say("deposits-none"), reader.say("deposits-none-note"));
            return empty(Icon::Inbox, &none, &note, html! {});
        }
        let columns = [
            Column::text("contract", reader.say("contract")).title(),
            Column::text("tenant", reader.say("tenant")),
            Column::text("units", reader.say("space")).desk_only(),
            Column::text("status", reader.say("status")),
            Column::number("due", reader.say("deposit-due")),
            Column::number("received", reader.say("deposit-received")).desk_only(),
            Column::number("setOff", reader.say("deposit-set-off")).desk_only(),
            Column::number("refunded", reader.say("deposit-refunded")).desk_only(),
            Column::number("corrected", reader.say("deposit-corrected")).desk_only(),
            Column::number("held", reader.say("deposit-held")).corner(),
            Column::number("missing", reader.say("deposit-missing")),
        ];
        let rows: Vec<Row> = self.rows.iter().map(|deposit| row(reader, deposit)).collect();
        let mut totals = vec![
            html! { (reader.say("total")) },
            html! { (reader.say_with("contracts-count", &[("count", self.totals.count.into())])) },
            html! {},
            html! {},
        ];
        totals.extend(amounts(&self.totals.sums));
        let caption = reader.say("deposit-register");
        Table { caption: &caption, columns: &columns, rows: &rows, totals: Some(&totals) }.paged_with_export(
            reader,
            self.next.as_deref(),
            "/deposits/export",
        )
    }
}

fn row(reader: &Reader, deposit: &DepositRow) -> Row {
    let mut cells = vec![
        html! { (deposit.contract_code) },
        html! { (deposit.tenant_name) },
        html! { (deposit.units) },
        html! { (badge::contract(reader, deposit.contract_status)) },
    ];
    cells.extend(amounts(&deposit.sums));
    Row { opens: Opens::Page(format!("/contracts/{}/deposit", deposit.contract_id)), cells }
}

fn amounts(sums: &DepositSums) -> [Markup; 7] {
    [sums.due, sums.received, sums.set_off, sums.refunded, sums.corrected, sums.held, sums.missing].map(fmt::money)
}

fn sample() -> DepositRegister {
    let row = |code: &str, tenant: &str, units: &str, due: i64, received: i64, refunded: i64, status| DepositRow {
        contract_id: ContractId::new(),
        contract_code: code.into(),
        contract_status: status,
        tenant_id: TenantId::new(),
        tenant_name: tenant.into(),
        property_id: PropertyId::new(),
        property_name: "Алтан Тауэр".into(),
        units: units.into(),
        sums: sums(due, received, refunded),
        ledger_held: Money::from_tugrug(received - refunded),
        last_on: date(2026, 11, 3),
    };
    DepositRegister {
        rows: vec![
            row("CT-2026-0007", "Ундрах Өргөө ХХК", "301", 2_323_750, 2_112_500, 112_500, ContractStatus::Active),
            row(
                "CT-2026-0008",
                "Номин Трейд ХХК",
                "К-403; К-404",
                5_400_000,
                5_400_000,
                0,
                ContractStatus::GracePeriod,
            ),
        ],
        next: None,
        totals: DepositTotals {
            count: 2,
            sums: sums(7_723_750, 7_512_500, 112_500),
            ledger_held: Money::from_tugrug(7_400_000),
        },
        properties: Vec::new(),
    }
}

fn sums(due: i64, received: i64, refunded: i64) -> DepositSums {
    let amount = Money::from_tugrug;
    let held = received - refunded;
    DepositSums {
        due: amount(due),
        received: amount(received),
        set_off: Money::ZERO,
        refunded: amount(refunded),
        corrected: Money::ZERO,
        held: amount(held),
        missing: amount((due - held).max(0)),
    }
}
