//! The list of receivables by age: figures that open their lines, rows to remind.

use axum::response::{IntoResponse, Response};
use domain::{Money, aging::Bucket, promise_to_pay::PromiseToPayStatus};
use futures_util::future::try_join3;
use jiff::civil::{Date, date};
use maud::{Markup, html};
use wire::{
    Paging,
    properties::PropertyView,
    receivables::{ReceivableBy, ReceivableFilter, ReceivablePromise, ReceivableRow, ReceivableTotals},
};

use super::{HERE, dotted, may_act, parts};
use crate::{
    api::Api,
    clock, exports, fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
        badge::{Badge, Tone},
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

/// A page of receivables.
#[derive(Debug, Clone)]
pub struct ReceivableList {
    pub rows: Vec<ReceivableRow>,
    pub next: Option<String>,
    pub totals: ReceivableTotals,
    pub buildings: Vec<PropertyView>,
    pub today: Date,
}

pub(super) async fn show(api: Api, reader: Reader) -> Result<Response, Problem> {
    let filter = asked(&reader)?;
    let all = ReceivableFilter { cursor: None, ..filter.clone() };
    let buildings = Paging { limit: Some(100), cursor: None };
    let answer = try_join3(api.receivables(&filter), api.receivable_totals(&all), api.properties(&buildings));
    let (reader, (page, totals, buildings)) = api.page(reader, answer).await?;
    let list = ReceivableList {
        rows: page.items,
        next: page.next_cursor,
        totals,
        buildings: buildings.items,
        today: clock::today(),
    };
    Ok(list.render(&reader).into_response())
}

/// The receivables of the address, all of them, as an Excel file.
pub(super) async fn export(api: Api, reader: Reader) -> Result<Response, Problem> {
    let filter = ReceivableFilter { cursor: None, ..asked(&reader)? };
    exports::send(&api, "/v2/receivables/export", &filter).await
}

fn asked(reader: &Reader) -> Result<ReceivableFilter, Problem> {
    Ok(ReceivableFilter {
        as_of: reader.asked("asOf", read::date)?,
        by: reader.asked("by", |word| match word {
            "contract" => Some(ReceivableBy::Contract),
            "tenant" => Some(ReceivableBy::Tenant),
            _ => None,
        })?,
        property_id: reader.asked("propertyId", read::word)?,
        tenant_id: reader.asked("tenantId", read::word)?,
        bucket: reader.asked("bucket", read::word)?,
        stage: reader.asked("stage", read::word)?,
        q: reader.param("q"),
        limit: None,
        cursor: reader.param("cursor"),
    })
}

impl Page for ReceivableList {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("menu-receivables");
        let note = reader.say_with("arrears-note", &[("day", dotted(self.totals.as_of).into())]);
        let ages = terms_of(reader, "arrears-bucket", Bucket::ALL);
        let stages: Vec<(String, String)> =
            (0..=3i64).map(|stage| (stage.to_string(), stage_word(reader, stage))).collect();
        let by = [("tenant".to_owned(), reader.say("arrears-by-tenant").into_owned())];
        let main = html! {
            (head(&[], &title, html! { (note) }, html! {}))
            (parts(reader, HERE))
            (Filter::new(reader)
                .search("q", &reader.say("arrears-search"))
                .day("asOf", &reader.say("arrears-as-of"), Some(self.totals.as_of))
                .choice("bucket", &reader.say("arrears-age"), &reader.say("arrears-any-age"), &ages)
                .choice("stage", &reader.say("arrears-stage"), &reader.say("arrears-any-stage"), &stages)
                .choice("by", &reader.say("arrears-by"), &reader.say("arrears-by-contract"), &by)
                .buildings(&self.buildings)
                .keep("tenantId"))
            (table::region(self.list(reader)))
        };
        frame::desk(reader, Place::Receivables, &title, main, panel::closed())
    }

    fn sample() -> ReceivableList {
        sample()
    }
}

fn stage_word(reader: &Reader, stage: i64) -> String {
    match stage {
        0 => reader.say("arrears-stage-none").into_owned(),
        stage => reader.say_with("arrears-stage-no", &[("stage", stage.into())]).into_owned(),
    }
}

impl ReceivableList {
    fn list(&self, reader: &Reader) -> Markup {
        if self.rows.is_empty() {
            return empty(Icon::CircleCheck, &reader.say("arrears-empty"), &reader.say("arrears-empty-note"), html! {});
        }
        // What was owed on a day that has gone by is not reminded of today.
        let chooses =
            may_act(reader) && self.totals.as_of == self.today && self.rows.iter().any(|row| row.contract_id.is_some());
        let mut columns = Vec::new();
        if chooses {
            columns.push(Column::text("choose", reader.say("arrears-choose")));
        }
        columns.extend([
            Column::text("tenant", reader.say("tenant")).title(),
            Column::text("contract", reader.say("contract")),
            Column::text("units", reader.say("space")).desk_only(),
        ]);
        let before_sums = columns.len();
        columns.extend(
            Bucket::ALL
                .iter()
                .map(|bucket| Column::number(bucket.as_str(), reader.term("arrears-bucket", bucket.as_str()))),
        );
        columns.extend([
            Column::number("total", reader.say("arrears-total")).corner(),
            Column::number("penalty", reader.say("arrears-penalty-part")).desk_only(),
            Column::number("credit", reader.say("arrears-credit")),
            Column::number("deposit", reader.say("arrears-deposit")).desk_only(),
            Column::text("stage", reader.say("arrears-stage")),
            Column::text("promise", reader.say("arrears-promise")),
            Column::text("paid", reader.say("arrears-last-paid-on")).desk_only(),
            Column::text("phone", reader.say("arrears-phone")).desk_only(),
        ]);
        let rows: Vec<Row> = self.rows.iter().map(|row| self.row(reader, row, chooses)).collect();
        let totals = &self.totals;
        let mut foot = vec![html! { (reader.say("total")) " " span class="num" { (totals.count) } }];
        foot.resize(before_sums, html! {});
        foot.extend(
            [totals.not_due, totals.to_30, totals.to_60, totals.to_90, totals.to_180, totals.over_180]
                .into_iter()
                .chain([totals.total, totals.penalty, totals.credit, totals.deposit_held])
                .map(fmt::money),
        );
        foot.resize(columns.len(), html! {});
        let caption = reader.say("menu-receivables");
        let table = Table { caption: &caption, columns: &columns, rows: &rows, totals: Some(&foot) }.paged_with_export(
            reader,
            self.next.as_deref(),
            "/receivables/export",
        );
        html! {
            @if chooses {
                form method="post" action="/receivables/reminders" {
                    (table)
                    div class="form-foot" { (Button::submit(reader.say("arrears-chosen-remind")).icon(Icon::Message)) }
                }
            } @else { (table) }
            p class="hint" { (reader.say("arrears-deposit-note")) }
        }
    }

    fn row(&self, reader: &Reader, row: &ReceivableRow, chooses: bool) -> Row {
        let whole = self.lines(row, None);
        let mut cells = Vec::new();
        if chooses {
            cells.push(html! {
                @if let (Some(id), Some(code)) = (row.contract_id, &row.contract_code) {
                    @let label = reader.say_with("arrears-choose-row", &[("contract", code.as_str().into())]);
                    input class="input" type="checkbox" name="contract" value=(id) aria-label=(label);
                }
            });
        }
        cells.extend([
            html! { a href=(whole) { (row.tenant_name) } },
            html! { (row.contract_code.as_deref().unwrap_or_default()) },
            html! { (row.units.as_deref().unwrap_or_default()) },
        ]);
        let ages = [row.not_due, row.to_30, row.to_60, row.to_90, row.to_180, row.over_180];
        cells.extend(
            Bucket::ALL.iter().zip(ages).map(|(bucket, amount)| figure(&self.lines(row, Some(*bucket)), amount)),
        );
        cells.extend([
            figure(&whole, row.total),
            fmt::money(row.penalty),
            fmt::money(row.credit),
            fmt::money(row.deposit_held),
            html! { @if row.stage > 0 { (stage_word(reader, row.stage.into())) } },
            html! { @if let Some(promise) = &row.promise { (promised(reader, promise)) } },
            html! { @if let Some(day) = row.last_paid_on { (fmt::date(day)) } },
            html! { @if let Some(phone) = &row.phone { span class="num" { (phone) } } },
        ]);
        Row { opens: Opens::Nothing, cells }
    }

    /// The bills behind a figure of a row.
    fn lines(&self, row: &ReceivableRow, bucket: Option<Bucket>) -> String {
        let of = match row.contract_id {
            Some(contract) => format!("contractId={contract}"),
            None => format!("tenantId={}", row.tenant_id),
        };
        let bucket = bucket.map(|bucket| format!("&bucket={bucket}")).unwrap_or_default();
        format!("/receivables/lines?asOf={}&{of}{bucket}", self.totals.as_of)
    }
}

/// An amount that opens its lines.
fn figure(href: &str, amount: Money) -> Markup {
    html! { @if amount.is_zero() { (fmt::money(amount)) } @else { a href=(href) { (fmt::money(amount)) } } }
}

fn promised(reader: &Reader, promise: &ReceivablePromise) -> Markup {
    html! { (status(reader, promise.status)) " " (fmt::date(promise.due_on)) }
}

/// How a promise stands.
pub(super) fn status(reader: &Reader, status: PromiseToPayStatus) -> Badge {
    let tone = match status {
        PromiseToPayStatus::Open => Tone::Sky,
        PromiseToPayStatus::Kept => Tone::Good,
        PromiseToPayStatus::Broken => Tone::Bad,
        PromiseToPayStatus::Cancelled => Tone::Faint,
    };
    Badge::new(tone, reader.term("promise-to-pay", status.as_str()))
}

fn sample() -> ReceivableList {
    let row = |name: &str, code: &str, ages: [i64; 6], credit: i64, stage: i16| {
        let [not_due, to_30, to_60, to_90, to_180, over_180] = ages.map(Money::from_tugrug);
        ReceivableRow {
            tenant_id: domain::TenantId::new(),
            tenant_name: name.into(),
            register_no: Some("5204117".into()),
            phone: Some("88010000".into()),
            contract_id: Some(domain::ContractId::new()),
            contract_code: Some(code.into()),
            units: Some("301".into()),
            property_id: None,
            not_due,
            to_30,
            to_60,
            to_90,
            to_180,
            over_180,
            total: Money::from_tugrug(ages.iter().sum()),
            penalty: Money::from_tugrug(40_000),
            credit: Money::from_tugrug(credit),
            deposit_held: Money::from_tugrug(1_500_000),
            oldest_due_on: Some(date(2026, 9, 1)),
            last_paid_on: Some(date(2026, 8, 14)),
            last_paid: Some(Money::from_tugrug(500_000)),
            stage,
            promise: (stage == 2).then(|| ReceivablePromise {
                due_on: date(2026, 11, 30),
                amount: Money::from_tugrug(1_000_000),
                status: PromiseToPayStatus::Open,
                note: "Цалин буухаар".into(),
            }),
        }
    };
    ReceivableList {
        rows: vec![
            row("Номин Трейд ХХК", "CT-2026-0042", [1_500_000, 1_500_000, 1_500_000, 0, 0, 0], 0, 2),
            row("Оюут Ухаан ХХК", "CT-2026-0007", [0, 820_000, 0, 0, 0, 0], -100_000, 0),
        ],
        next: None,
        totals: ReceivableTotals {
            as_of: date(2026, 11, 22),
            count: 2,
            not_due: Money::from_tugrug(1_500_000),
            to_30: Money::from_tugrug(2_320_000),
            to_60: Money::from_tugrug(1_500_000),
            to_90: Money::ZERO,
            to_180: Money::ZERO,
            over_180: Money::ZERO,
            total: Money::from_tugrug(5_320_000),
            penalty: Money::from_tugrug(80_000),
            credit: Money::from_tugrug(-100_000),
            deposit_held: Money::from_tugrug(3_000_000),
        },
        buildings: Vec::new(),
        today: date(2026, 11, 22),
    }
}
