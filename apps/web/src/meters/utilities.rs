//! «Тооцоо»: what the month's readings would be billed as, contract by contract, each line with how it was made, and who
//! would get no bill and why.

use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{ContractId, Money, PropertyId};
use futures_util::future::try_join;
use maud::{Markup, html};
use wire::{
    Paging,
    properties::PropertyView,
    readings::{UtilityBill, UtilityBillLine, UtilityFilter, UtilityParked, UtilityPreview},
};

use super::{draw::views, sample, usual_month};
use crate::{
    Site,
    api::Api,
    exports, fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
        empty::empty,
        filter::Filter,
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        pager::pager_with,
        panel,
        table::{self, Column, Opens, Row, Table},
        tabs::tabs,
    },
};

pub const HERE: &str = "/meters/utilities";

/// How many contracts a page shows.
const PAGE: u32 = 50;

pub fn routes() -> Router<Site> {
    Router::new().route(HERE, get(show)).route("/meters/utilities/export", get(export))
}

/// A page of the month's utility bills before they are made.
#[derive(Debug, Clone)]
pub struct UtilitiesPage {
    pub preview: UtilityPreview,
    pub properties: Vec<PropertyView>,
}

async fn show(api: Api, reader: Reader) -> Result<Response, Problem> {
    let filter = UtilityFilter { limit: Some(PAGE), cursor: reader.param("cursor"), ..filter(&reader)? };
    let buildings = Paging { limit: Some(100), cursor: None };
    let answer = try_join(api.utilities(&filter), api.properties(&buildings));
    let (reader, (preview, properties)) = api.page(reader, answer).await?;
    Ok(UtilitiesPage { preview, properties: properties.items }.render(&reader).into_response())
}

async fn export(api: Api, reader: Reader) -> Result<Response, Problem> {
    exports::send(&api, "/v2/utilities/export", &filter(&reader)?).await
}

fn filter(reader: &Reader) -> Result<UtilityFilter, Problem> {
    Ok(UtilityFilter {
        month: reader.asked("month", read::month)?.unwrap_or_else(usual_month),
        property_id: reader.asked("propertyId", read::word::<PropertyId>)?,
        limit: None,
        cursor: None,
    })
}

impl Page for UtilitiesPage {
    fn render(&self, reader: &Reader) -> Markup {
        let (title, preview) = (reader.say("meters-utilities"), &self.preview);
        let facts = [
            ("month", fmt::month(reader, preview.month).into()),
            ("count", preview.count.into()),
            ("billed", preview.billed.into()),
        ];
        let note = html! {
            (reader.say_with("meters-utilities-so-far", &facts)) " "
            @if preview.count > 0 { b { (fmt::tugrug(preview.total)) } }
        };
        let main = html! {
            (head(&[(&reader.say("menu-meters"), super::HERE)], &title, note, html! {}))
            (tabs(&reader.say("menu-meters"), &views(reader, HERE)))
            (Filter::new(reader).month_unless("month", &reader.say("month"), preview.month).buildings(&self.properties))
            (table::region(html! { (self.parked(reader)) (self.bills(reader)) }))
        };
        frame::desk(reader, Place::Meters, &title, main, panel::closed())
    }

    fn sample() -> UtilitiesPage {
        let line = |description: &str, quantity, price, amount, how: &str| UtilityBillLine {
            description: description.into(),
            quantity,
            unit_price: Money::from_mungo(price),
            amount: Money::from_mungo(amount),
            vat: Money::from_mungo(amount / 11),
            classification_code: "6911200".into(),
            how: how.into(),
        };
        let bill = UtilityBill {
            contract_id: ContractId::new(),
            contract_code: "CT-2026-0001".into(),
            tenant_name: "Номин Трейд ХХК".into(),
            units: "101".into(),
            total: Money::from_mungo(8_744_722),
            vat_amount: Money::from_mungo(794_974),
            lines: vec![
                line(
                    "Цахилгаан (101)",
                    rust_decimal::Decimal::new(377_484, 3),
                    20_530,
                    8_524_722,
                    "тоолуур 4704075: (422317.183 − 421939.699) × 1 = 377.484 кВт.ц × 205.30 ₮ = 77 497.47 ₮ (тариф \
                     2026.07.01); + НӨАТ 10 % = 85 247.22 ₮",
                ),
                line(
                    "Цахилгаан, суурь хураамж (101)",
                    rust_decimal::Decimal::ONE,
                    200_000,
                    220_000,
                    "1 тоолуур × 2 000 ₮ = 2 000 ₮ (тариф 2026.07.01); + НӨАТ 10 % = 2 200 ₮",
                ),
            ],
        };
        let parked = UtilityParked {
            contract_id: ContractId::new(),
            contract_code: "CT-2026-0014".into(),
            tenant_name: "Зөгийн Үүр ХХК".into(),
            units: "802".into(),
            because: "802 тоотын 07160065 тоолуурын (Хүйтэн ус) энэ сарын заалт ороогүй байна.".into(),
        };
        UtilitiesPage {
            preview: UtilityPreview {
                month: sample::month(),
                total: bill.total,
                bills: vec![bill],
                parked: vec![parked],
                billed: 3,
                count: 1,
                next_cursor: None,
            },
            properties: Vec::new(),
        }
    }
}

impl UtilitiesPage {
    fn parked(&self, reader: &Reader) -> Markup {
        if self.preview.parked.is_empty() || reader.param("cursor").is_some() {
            return html! {};
        }
        let columns = [
            Column::text("contract", reader.say("contract")).title(),
            Column::text("units", reader.say("space")),
            Column::text("tenant", reader.say("tenant")),
            Column::text("because", reader.say("meters-parked-because")),
        ];
        let row = |parked: &UtilityParked| Row {
            opens: Opens::Page(format!("/contracts/{}", parked.contract_id)),
            cells: vec![
                html! { (parked.contract_code) },
                html! { (parked.units) },
                html! { (parked.tenant_name) },
                html! { (parked.because) },
            ],
        };
        let rows: Vec<Row> = self.preview.parked.iter().map(row).collect();
        let caption = reader.say("meters-parked");
        html! {
            details class="box fold" open[rows.len() <= 10] {
                summary class="fold-title" { (caption) " " span class="box-count" { (rows.len()) } }
                (Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.render(reader))
            }
        }
    }

    fn bills(&self, reader: &Reader) -> Markup {
        let bills = &self.preview.bills;
        if bills.is_empty() {
            return empty(Icon::Gauge, &reader.say("meters-no-bills"), &reader.say("meters-no-bills-note"), html! {});
        }
        html! {
            @for bill in bills { (one(reader, bill)) }
            (pager_with(reader, bills.len(), self.preview.next_cursor.as_deref(), exports::link(reader, "/meters/utilities/export")))
        }
    }
}

/// A contract's bill with its lines, and below each how it was made.
fn one(reader: &Reader, bill: &UtilityBill) -> Markup {
    let columns = [
        Column::text("description", reader.say("meters-line")).title(),
        Column::number("quantity", reader.say("quantity")),
        Column::number("price", reader.say("meters-unit-price")),
        Column::number("amount", reader.say("amount")).corner(),
    ];
    let row = |line: &UtilityBillLine| Row {
        opens: Opens::Nothing,
        cells: vec![
            html! { (line.description) span class="made" { (line.how) } },
            html! { (fmt::quantity(line.quantity.normalize())) },
            html! { (fmt::tugrug(line.unit_price)) },
            html! { (fmt::tugrug(line.amount)) },
        ],
    };
    let rows: Vec<Row> = bill.lines.iter().map(row).collect();
    html! {
        section class="box" {
            h2 class="box-title" {
                a href={ "/contracts/" (bill.contract_id) } { (bill.contract_code) } " · " (bill.units) " · " (bill.tenant_name)
                " " span class="box-count" { (fmt::tugrug(bill.total)) }
            }
            (Table { caption: &bill.contract_code, columns: &columns, rows: &rows, totals: None }.render(reader))
        }
    }
}
