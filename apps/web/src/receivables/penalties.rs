//! Penalties reviewed: how each is made, which are charged, which are waived and why.

use axum::{
    extract::Form as Posted,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{ContractId, InvoiceId, Money, Month, PropertyId, TenantId, invoice::InvoiceKind, penalty::CountsFrom};
use futures_util::future::try_join3;
use jiff::civil::{Date, date};
use maud::{Markup, html};
use rust_decimal::Decimal;
use wire::{
    Paging,
    penalties::{PenaltyFilter, PenaltyOrder, PenaltyRow, PenaltyTotals, PenaltyWaiver},
    properties::PropertyView,
};

use super::{may_act, parts};
use crate::{
    api::Api,
    clock, exports, fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
        button::Button,
        empty::empty,
        filter::Filter,
        flash::Flash,
        form::Form,
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
        table::{self, Column, Opens, Row, Table},
    },
};

pub(super) const HERE: &str = "/receivables/penalties";

/// A page of late bills with their penalties.
#[derive(Debug, Clone)]
pub struct PenaltyList {
    pub rows: Vec<PenaltyRow>,
    pub next: Option<String>,
    pub totals: PenaltyTotals,
    pub buildings: Vec<PropertyView>,
    pub as_of: Date,
    pub chosen: Vec<InvoiceId>,
    pub form: Form,
}

pub(super) async fn show(api: Api, reader: Reader) -> Result<Response, Problem> {
    page(api, reader, Vec::new(), Form::default(), StatusCode::OK).await
}

async fn page(
    api: Api,
    reader: Reader,
    chosen: Vec<InvoiceId>,
    form: Form,
    status: StatusCode,
) -> Result<Response, Problem> {
    let filter = asked(&reader)?;
    let all = PenaltyFilter { cursor: None, ..filter.clone() };
    let buildings = Paging { limit: Some(100), cursor: None };
    let answer = try_join3(api.penalties(&filter), api.penalty_totals(&all), api.properties(&buildings));
    let (reader, (page, totals, buildings)) = api.page(reader, answer).await?;
    let list = PenaltyList {
        rows: page.items,
        next: page.next_cursor,
        totals,
        buildings: buildings.items,
        as_of: filter.as_of.unwrap_or_else(clock::today),
        chosen,
        form,
    };
    Ok((status, list.render(&reader)).into_response())
}

/// The penalties of the address, all of them, as an Excel file.
pub(super) async fn export(api: Api, reader: Reader) -> Result<Response, Problem> {
    let filter = PenaltyFilter { cursor: None, ..asked(&reader)? };
    exports::send(&api, "/v2/penalties/export", &filter).await
}

fn asked(reader: &Reader) -> Result<PenaltyFilter, Problem> {
    Ok(PenaltyFilter {
        as_of: reader.asked("asOf", read::date)?,
        settled: reader.asked("settled", read::word)?,
        contract_id: reader.asked("contractId", read::word)?,
        property_id: reader.asked("propertyId", read::word)?,
        q: reader.param("q"),
        limit: None,
        cursor: reader.param("cursor"),
    })
}

/// Charges the chosen, or waives them.
pub(super) async fn decide(
    api: Api,
    reader: Reader,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let chosen: Vec<InvoiceId> =
        pairs.iter().filter(|(name, _)| name == "invoice").filter_map(|(_, id)| read::word(id)).collect();
    let mut form = Form::typed(pairs);
    let as_of = form.read(&reader, "asOf", "field-bad-date", read::date);
    let waives = form.value("action") == "waive";
    if chosen.is_empty() {
        form.trouble(reader.say("arrears-nobody-chosen"));
    }
    let reason = match waives {
        true => form.must(&reader, "reason", "field-required", |text| Some(text.to_owned())),
        false => None,
    };
    let mut status = StatusCode::BAD_REQUEST;
    if form.is_clean() {
        let key = form.key().into_owned();
        let done = match reason {
            Some(reason) => {
                let waiver = PenaltyWaiver { as_of, invoice_ids: chosen.clone(), amount: None, reason };
                api.waive_penalties(&waiver, &key).await
            }
            None => api.charge_penalties(&PenaltyOrder { as_of, invoice_ids: chosen.clone() }, &key).await,
        };
        match done {
            Ok(done) => {
                let facts = [("count", done.count.into()), ("amount", fmt::money_text(done.amount).into())];
                let told = reader.say_with(if waives { "arrears-waived-told" } else { "arrears-charged-told" }, &facts);
                return Ok(Flash::good(told).on(&reader.address));
            }
            Err(refusal) => status = form.refused(refusal, |path| (path == "reason").then(|| "reason".into()))?,
        }
    }
    page(api, reader, chosen, form, status).await
}

impl Page for PenaltyList {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("arrears-tab-penalties");
        let settled = [("true".to_owned(), reader.say("arrears-with-settled").into_owned())];
        let main = html! {
            (head(&[], &reader.say("menu-receivables"), html! { (reader.say("arrears-penalties-note")) }, html! {}))
            (parts(reader, HERE))
            (Filter::new(reader)
                .search("q", &reader.say("invoices-search"))
                .day("asOf", &reader.say("arrears-as-of"), Some(self.as_of))
                .choice("settled", &reader.say("status"), &reader.say("arrears-only-open"), &settled)
                .buildings(&self.buildings)
                .keep("contractId"))
            (table::region(self.list(reader)))
        };
        frame::desk(reader, Place::Receivables, &title, main, panel::closed())
    }

    fn sample() -> PenaltyList {
        sample()
    }
}

impl PenaltyList {
    fn list(&self, reader: &Reader) -> Markup {
        if self.rows.is_empty() {
            let (none, note) = (reader.say("arrears-penalties-empty"), reader.say("arrears-penalties-empty-note"));
            return empty(Icon::CircleCheck, &none, &note, html! {});
        }
        let decides = may_act(reader);
        let mut columns = Vec::new();
        if decides {
            columns.push(Column::text("choose", reader.say("arrears-choose")));
        }
        columns.extend([
            Column::text("code", reader.say("invoice-no")).title(),
            Column::text("tenant", reader.say("tenant")),
            Column::text("contract", reader.say("contract")).desk_only(),
            Column::text("due", reader.say("due-on")),
            Column::number("days", reader.say("arrears-days")),
            Column::number("rate", reader.say("arrears-rate")),
        ]);
        // What is to be decided stands first: on a narrow desk the rest is reached by moving sideways.
        let before_sums = columns.len();
        columns.extend([
            Column::number("left", reader.say("arrears-left")).corner(),
            Column::number("computed", reader.say("arrears-computed")),
            Column::number("charged", reader.say("arrears-charged")),
            Column::number("waived", reader.say("arrears-waived")),
            Column::number("paid", reader.say("paid")).desk_only(),
            Column::number("principal", reader.say("arrears-principal")),
            Column::number("ceiling", reader.say("arrears-ceiling")).desk_only(),
            Column::number("grace", reader.say("arrears-grace")).desk_only(),
            Column::text("how", reader.say("arrears-how")),
        ]);
        let rows: Vec<Row> = self.rows.iter().map(|row| self.row(reader, row, decides)).collect();
        let totals = &self.totals;
        let mut foot = vec![html! { (reader.say("total")) " " span class="num" { (totals.count) } }];
        foot.resize(before_sums, html! {});
        foot.extend(
            [totals.left, totals.computed, totals.charged, totals.waived, totals.paid, totals.principal]
                .map(fmt::money),
        );
        foot.resize(columns.len(), html! {});
        let caption = reader.say("arrears-tab-penalties");
        let table = Table { caption: &caption, columns: &columns, rows: &rows, totals: Some(&foot) }.paged_with_export(
            reader,
            self.next.as_deref(),
            "/receivables/penalties/export",
        );
        html! {
            @if decides {
                form method="post" action=(reader.address) novalidate {
                    (self.form.once())
                    (self.form.summary(reader))
                    input type="hidden" name="asOf" value=(self.as_of);
                    (table)
                    div class="fields" {
                        (self.form.field("reason", reader.say("arrears-waive-reason")).max_chars(500))
                    }
                    div class="form-foot" {
                        (Button::submit(reader.say("arrears-waive")).value("action", "waive").outline())
                        (Button::submit(reader.say("arrears-charge")).value("action", "charge").icon(Icon::Invoice))
                    }
                }
            } @else { (table) }
        }
    }

    fn row(&self, reader: &Reader, row: &PenaltyRow, decides: bool) -> Row {
        let mut cells = Vec::new();
        if decides {
            let label = reader.say_with("arrears-choose-row", &[("contract", row.invoice_code.as_str().into())]);
            let is_chosen = self.chosen.contains(&row.invoice_id);
            cells.push(html! {
                @if row.left.is_positive() {
                    input class="input" type="checkbox" name="invoice" value=(row.invoice_id) checked[is_chosen] aria-label=(label);
                }
            });
        }
        cells.extend([
            html! { a href={ "/invoices/" (row.invoice_id) } { (row.invoice_code) } },
            html! { (row.customer_name) },
            html! { (row.contract_code) },
            fmt::date(row.due_on),
            html! { span class="num" { (row.days) } },
            html! { span class="num" { (Decimal::new(row.rate_bp.into(), 2).normalize()) } },
            html! { strong { (fmt::money(row.left)) } },
            fmt::money(row.computed),
            fmt::money(row.charged),
            fmt::money(row.waived),
            fmt::money(row.paid),
            fmt::money(row.principal),
            fmt::money(row.ceiling),
            html! { span class="num" { (row.grace_days) } },
            html! { details { summary { (reader.say("arrears-how")) } p class="hint" { (row.how) } } },
        ]);
        Row { opens: Opens::Nothing, cells }
    }
}

fn sample() -> PenaltyList {
    let row = |code: &str, days: i64, computed: i64, charged: i64| PenaltyRow {
        invoice_id: InvoiceId::new(),
        invoice_code: code.into(),
        kind: InvoiceKind::Rent,
        contract_id: ContractId::new(),
        contract_code: "CT-2026-0042".into(),
        tenant_id: TenantId::new(),
        customer_name: "Номин Трейд ХХК".into(),
        units: "301".into(),
        property_id: PropertyId::new(),
        period: Month::new(2026, 10).expect("a month"),
        principal: Money::from_tugrug(1_500_000),
        open: Money::from_tugrug(1_500_000),
        due_on: date(2026, 11, 1),
        days_late: days,
        days,
        grace_days: 3,
        counts_from: CountsFrom::Due,
        rate_bp: 10,
        ceiling: Money::from_tugrug(750_000),
        computed: Money::from_tugrug(computed),
        is_capped: false,
        charged: Money::from_tugrug(charged),
        waived: Money::ZERO,
        paid: Money::ZERO,
        left: Money::from_tugrug(computed - charged),
        how: format!("{code}: 1 500 000 ₮ × {days} хоног × 0.1 % = {computed} ₮"),
    };
    PenaltyList {
        rows: vec![row("INV-2026-002041", 21, 31_500, 0), row("INV-2026-001950", 51, 76_500, 76_500)],
        next: None,
        totals: PenaltyTotals {
            count: 2,
            principal: Money::from_tugrug(3_000_000),
            computed: Money::from_tugrug(108_000),
            charged: Money::from_tugrug(76_500),
            waived: Money::ZERO,
            paid: Money::ZERO,
            left: Money::from_tugrug(31_500),
        },
        buildings: Vec::new(),
        as_of: date(2026, 11, 22),
        chosen: Vec::new(),
        form: Form::default().with("key", "sample"),
    }
}
