//! The open bills behind a figure; of one contract also its promises, and a new one.

use axum::{
    extract::Form as Posted,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{ContractId, InvoiceId, Money, Month, aging::Bucket, invoice::InvoiceKind};
use jiff::civil::date;
use maud::{Markup, html};
use wire::{
    arrears::{NewPromiseToPay, PromiseToPayFilter, PromiseToPayView},
    receivables::{ReceivableLine, ReceivableLineFilter},
};

use super::{HERE, may_act, promises};
use crate::{
    api::Api,
    fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
        button::Button,
        empty::empty,
        flash::Flash,
        form::{self, Form},
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        pager::pager,
        panel,
        table::{self, Column, Opens, Row, Table},
    },
};

/// Open bills, and what was promised about them.
#[derive(Debug, Clone)]
pub struct OpenBillsPage {
    pub lines: Vec<ReceivableLine>,
    pub next: Option<String>,
    /// The contract that all of them are of.
    pub contract: Option<ContractId>,
    pub promises: Vec<PromiseToPayView>,
    pub form: Form,
}

pub(super) async fn show(api: Api, reader: Reader) -> Result<Response, Problem> {
    page(api, reader, Form::default(), StatusCode::OK).await
}

async fn page(api: Api, reader: Reader, form: Form, status: StatusCode) -> Result<Response, Problem> {
    let contract: Option<ContractId> = reader.asked("contractId", read::word)?;
    let filter = ReceivableLineFilter {
        as_of: reader.asked("asOf", read::date)?,
        contract_id: contract,
        tenant_id: reader.asked("tenantId", read::word)?,
        property_id: reader.asked("propertyId", read::word)?,
        bucket: reader.asked("bucket", read::word)?,
        limit: Some(100),
        cursor: reader.param("cursor"),
    };
    let promises = async {
        match contract {
            Some(_) => {
                let of_contract =
                    PromiseToPayFilter { contract_id: contract, limit: Some(10), ..PromiseToPayFilter::default() };
                api.promises_to_pay(&of_contract).await.map(|page| page.items)
            }
            None => Ok(Vec::new()),
        }
    };
    let answer = futures_util::future::try_join(api.receivable_lines(&filter), promises);
    let (reader, (lines, promises)) = api.page(reader, answer).await?;
    let page = OpenBillsPage { lines: lines.items, next: lines.next_cursor, contract, promises, form };
    Ok((status, page.render(&reader)).into_response())
}

/// Notes a promise to pay of the address's contract.
pub(super) async fn promise(
    api: Api,
    reader: Reader,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let Some(contract) = reader.asked::<ContractId>("contractId", read::word)? else {
        return Err(Problem::not_found("thing-contract"));
    };
    let mut form = Form::typed(pairs);
    let amount = form.must(&reader, "amount", "field-bad-money", read::money);
    let due_on = form.must(&reader, "dueOn", "field-bad-date", read::date);
    let mut status = StatusCode::BAD_REQUEST;
    if let (Some(amount), Some(due_on)) = (amount, due_on) {
        let new = NewPromiseToPay { contract_id: contract, amount, due_on, note: form.value("note").to_owned() };
        match api.promise_to_pay(&new, &form.key()).await {
            Ok(_) => {
                let back = format!("/receivables/lines?contractId={contract}");
                return Ok(Flash::good(reader.say("arrears-promise-made")).on(&back));
            }
            Err(refusal) => {
                status = form.refused(refusal, |path| {
                    ["amount", "dueOn", "note"].contains(&path).then(|| path.to_owned().into())
                })?;
            }
        }
    }
    page(api, reader, form, status).await
}

impl Page for OpenBillsPage {
    fn render(&self, reader: &Reader) -> Markup {
        let (title, list) = (reader.say("arrears-lines"), reader.say("menu-receivables"));
        let one = self.lines.first();
        let note = html! {
            @if let (Some(one), true) = (one, self.contract.is_some()) {
                (one.customer_name) " · " (one.contract_code) " · " (one.units)
            } @else { (reader.say("arrears-lines-note")) }
        };
        let actions = html! {
            @if let Some(contract) = self.contract {
                (Button::link(reader.say("statement"), format!("/contracts/{contract}/statement")).icon(Icon::Contract))
            }
        };
        let main = html! {
            (head(&[(&list, HERE)], &title, note, actions))
            (table::region(self.list(reader)))
            @if self.contract.is_some() && may_act(reader) { (self.promise(reader)) }
            @if !self.promises.is_empty() {
                section class="box" {
                    h2 class="box-title" { (reader.say("arrears-tab-promises")) }
                    (promises::table(reader, &self.promises))
                }
            }
        };
        frame::desk(reader, Place::Receivables, &title, main, panel::closed())
    }

    fn sample() -> OpenBillsPage {
        let line = |code: &str, period: (i16, i8), due, days_late, bucket| ReceivableLine {
            invoice_id: InvoiceId::new(),
            code: code.into(),
            kind: InvoiceKind::Rent,
            contract_id: ContractId::new(),
            contract_code: "CT-2026-0042".into(),
            tenant_id: domain::TenantId::new(),
            customer_name: "Номин Трейд ХХК".into(),
            units: "301".into(),
            period: Month::new(period.0, period.1).expect("a month"),
            issued_on: date(2026, 10, 10),
            due_on: due,
            days_late,
            bucket,
            total: Money::from_tugrug(1_500_000),
            paid: Money::ZERO,
            open: Money::from_tugrug(1_500_000),
            stage: 1,
        };
        OpenBillsPage {
            lines: vec![
                line("INV-2026-002041", (2026, 10), date(2026, 11, 1), 21, Bucket::To30),
                line("INV-2026-002131", (2026, 11), date(2026, 12, 1), -9, Bucket::NotDue),
            ],
            next: None,
            contract: Some(ContractId::new()),
            promises: promises::sample_rows(),
            form: Form::default().with("key", "sample"),
        }
    }
}

impl OpenBillsPage {
    fn list(&self, reader: &Reader) -> Markup {
        if self.lines.is_empty() {
            return empty(Icon::CircleCheck, &reader.say("arrears-empty"), &reader.say("arrears-empty-note"), html! {});
        }
        let columns = [
            Column::text("code", reader.say("invoice-no")).title(),
            Column::text("kind", reader.say("kind")),
            Column::text("tenant", reader.say("tenant")).desk_only(),
            Column::text("contract", reader.say("contract")),
            Column::text("period", reader.say("month")).desk_only(),
            Column::text("due", reader.say("due-on")),
            Column::number("late", reader.say("days-late")),
            Column::text("stage", reader.say("arrears-stage")),
            Column::number("total", reader.say("amount")),
            Column::number("paid", reader.say("paid")).desk_only(),
            Column::number("open", reader.say("balance")).corner(),
        ];
        let rows: Vec<Row> = self.lines.iter().map(|line| row(reader, line)).collect();
        let sum = |of: fn(&ReceivableLine) -> Money| Money::sum(self.lines.iter().map(of)).unwrap_or(Money::MAX);
        let mut foot = vec![html! { (reader.say("total")) }];
        foot.resize(columns.len() - 3, html! {});
        foot.extend([sum(|line| line.total), sum(|line| line.paid), sum(|line| line.open)].map(fmt::money));
        let caption = reader.say("arrears-lines");
        // Sums of one page would lie about the rest.
        let is_whole = self.next.is_none() && reader.param("cursor").is_none();
        html! {
            (Table { caption: &caption, columns: &columns, rows: &rows, totals: is_whole.then_some(&foot[..]) }.render(reader))
            (pager(reader, self.lines.len(), self.next.as_deref()))
        }
    }

    fn promise(&self, reader: &Reader) -> Markup {
        html! {
            section class="box" {
                h2 class="box-title" { (reader.say("arrears-promise-new")) }
                (form::post(&reader.address, html! {
                    (self.form.once())
                    (self.form.summary(reader))
                    div class="fields" {
                        (self.form.field("amount", reader.say("arrears-promise-amount")).money().required())
                        (self.form.field("dueOn", reader.say("arrears-promise-day")).date().required())
                        (self.form.field("note", reader.say("note")).max_chars(500))
                    }
                    div class="form-foot" { (Button::submit(reader.say("arrears-promise-new")).icon(Icon::Hand)) }
                }))
            }
        }
    }
}

fn row(reader: &Reader, line: &ReceivableLine) -> Row {
    Row {
        opens: Opens::Page(format!("/invoices/{}", line.invoice_id)),
        cells: vec![
            html! { (line.code) },
            html! { (reader.term("invoice-kind", line.kind.as_str())) },
            html! { (line.customer_name) },
            html! { (line.contract_code) },
            html! { span class="num" { (line.period) } },
            fmt::date(line.due_on),
            html! { @if line.days_late > 0 { span class="num minus" { (reader.say_with("days-late-count", &[("days", line.days_late.into())])) } } },
            html! { @if line.stage > 0 { (reader.say_with("arrears-stage-no", &[("stage", i64::from(line.stage).into())])) } },
            fmt::money(line.total),
            fmt::money(line.paid),
            fmt::money(line.open),
        ],
    }
}
