//! Promises to pay: which are awaited, kept, broken.

use axum::{
    extract::{Form as Posted, Path},
    response::{IntoResponse, Response},
};
use domain::{ContractId, Money, PromiseToPayId, TenantId, promise_to_pay::PromiseToPayStatus};
use jiff::{Timestamp, civil::date};
use maud::{Markup, html};
use wire::arrears::{PromiseToPayCancellation, PromiseToPayFilter, PromiseToPayView};

use super::{list, may_act, parts};
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
        field::terms_of,
        filter::Filter,
        flash::Flash,
        form::Form,
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        pager::pager,
        panel,
        table::{self, Column, Opens, Row, Table},
    },
};

pub(super) const HERE: &str = "/receivables/promises";

/// A page of promises.
#[derive(Debug, Clone)]
pub struct PromiseList {
    pub rows: Vec<PromiseToPayView>,
    pub next: Option<String>,
}

pub(super) async fn show(api: Api, reader: Reader) -> Result<Response, Problem> {
    let filter = PromiseToPayFilter {
        status: reader.asked("status", read::word)?,
        contract_id: reader.asked("contractId", read::word)?,
        limit: None,
        cursor: reader.param("cursor"),
    };
    let (reader, page) = api.page(reader, api.promises_to_pay(&filter)).await?;
    Ok(PromiseList { rows: page.items, next: page.next_cursor }.render(&reader).into_response())
}

pub(super) async fn cancel(
    api: Api,
    reader: Reader,
    Path(id): Path<PromiseToPayId>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let reason = Form::typed(pairs).value("reason").to_owned();
    if reason.is_empty() {
        return Ok(Flash::bad(format!("{}: {}", reader.say("reason"), reader.say("field-required"))).on(HERE));
    }
    match api.cancel_promise_to_pay(id, &PromiseToPayCancellation { reason }).await {
        Ok(_) => Ok(Flash::good(reader.say("arrears-promise-cancelled")).on(HERE)),
        Err(refusal) if refusal.status == 409 => Ok(Flash::bad(refusal.message).on(HERE)),
        Err(refusal) => Err(refusal.into()),
    }
}

impl Page for PromiseList {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("arrears-tab-promises");
        let statuses = terms_of(reader, "promise-to-pay", PromiseToPayStatus::ALL);
        let main = html! {
            (head(&[], &reader.say("menu-receivables"), html! {}, html! {}))
            (parts(reader, HERE))
            (Filter::new(reader)
                .choice("status", &reader.say("status"), &reader.say("all-statuses"), &statuses)
                .keep("contractId"))
            (table::region(html! {
                @if self.rows.is_empty() {
                    (empty(Icon::Hand, &reader.say("arrears-promises-empty"), &reader.say("arrears-promises-empty-note"), html! {}))
                } @else {
                    (table(reader, &self.rows))
                    (pager(reader, self.rows.len(), self.next.as_deref()))
                }
            }))
        };
        frame::desk(reader, Place::Receivables, &title, main, panel::closed())
    }

    fn sample() -> PromiseList {
        PromiseList { rows: sample_rows(), next: None }
    }
}

/// Promises in a table; those awaited can be taken back.
pub(super) fn table(reader: &Reader, promises: &[PromiseToPayView]) -> Markup {
    let columns = [
        Column::text("tenant", reader.say("tenant")).title(),
        Column::text("contract", reader.say("contract")),
        Column::text("status", reader.say("status")).corner(),
        Column::text("due", reader.say("arrears-promise-on")),
        Column::number("amount", reader.say("arrears-promise-amount")),
        Column::number("paid", reader.say("arrears-promise-paid")),
        Column::text("note", reader.say("note")),
        Column::text("ways", reader.say("arrears-promise-cancel")),
    ];
    let rows: Vec<Row> = promises.iter().map(|promise| row(reader, promise)).collect();
    let caption = reader.say("arrears-tab-promises");
    Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.render(reader)
}

fn row(reader: &Reader, promise: &PromiseToPayView) -> Row {
    let cancels = promise.status == PromiseToPayStatus::Open && may_act(reader);
    Row {
        opens: Opens::Page(format!("/receivables/lines?contractId={}", promise.contract_id)),
        cells: vec![
            html! { (promise.tenant_name) },
            html! { (promise.contract_code) },
            html! { (list::status(reader, promise.status)) },
            fmt::date(promise.due_on),
            fmt::money(promise.amount),
            fmt::money(promise.paid),
            html! { (promise.note) },
            html! {
                @if cancels {
                    form method="post" action={ "/receivables/promises/" (promise.id) "/cancellation" } {
                        input class="input" type="text" name="reason" required maxlength="500"
                            placeholder=(reader.say("reason")) aria-label=(reader.say("reason"));
                        (Button::submit(reader.say("arrears-promise-cancel")).outline().small())
                    }
                }
            },
        ],
    }
}

pub(super) fn sample_rows() -> Vec<PromiseToPayView> {
    let promise = |status, day, note: &str| PromiseToPayView {
        id: PromiseToPayId::new(),
        contract_id: ContractId::new(),
        contract_code: "CT-2026-0042".into(),
        tenant_id: TenantId::new(),
        tenant_name: "Номин Трейд ХХК".into(),
        amount: Money::from_tugrug(1_500_000),
        paid: if status == PromiseToPayStatus::Open { Money::ZERO } else { Money::from_tugrug(1_500_000) },
        made_on: date(2026, 11, 12),
        due_on: date(2026, 11, day),
        note: note.into(),
        status,
        settled_on: (status != PromiseToPayStatus::Open).then(|| date(2026, 11, 14)),
        created_at: Timestamp::UNIX_EPOCH,
    };
    vec![promise(PromiseToPayStatus::Open, 30, "Цалин буухаар"), promise(PromiseToPayStatus::Kept, 14, "")]
}
