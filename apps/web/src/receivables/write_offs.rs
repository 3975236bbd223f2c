//! What was given up for good: asked for, decided, taken back.

use axum::{
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{ContractId, InvoiceId, Money, WriteOffId, rights::Action, write_off::WriteOffStatus};
use maud::{Markup, html};
use wire::write_offs::{WriteOffDecision, WriteOffFilter, WriteOffReversal, WriteOffView};

use super::parts;
use crate::{
    api::Api,
    fmt,
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

pub(super) const HERE: &str = "/receivables/write-offs";

/// A page of write-offs.
#[derive(Debug, Clone)]
pub struct WriteOffList {
    pub rows: Vec<WriteOffView>,
    pub next: Option<String>,
}

pub(super) async fn show(api: Api, reader: Reader) -> Result<Response, Problem> {
    let filter = WriteOffFilter {
        status: reader.asked("status", read::word)?,
        invoice_id: reader.asked("invoiceId", read::word)?,
        limit: None,
        cursor: reader.param("cursor"),
    };
    let (reader, page) = api.page(reader, api.write_offs(&filter)).await?;
    Ok(WriteOffList { rows: page.items, next: page.next_cursor }.render(&reader).into_response())
}

/// Accepts, refuses or takes back, by the button that was pressed.
pub(super) async fn decide(
    api: Api,
    reader: Reader,
    Path(id): Path<WriteOffId>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let form = Form::typed(pairs);
    let reason = form.value("reason").to_owned();
    let decided = match form.value("action") {
        "reverse" => api.reverse_write_off(id, &WriteOffReversal { reason }, &form.key()).await,
        action => {
            let decision = WriteOffDecision { accept: action == "accept", reason };
            api.decide_write_off(id, &decision, &form.key()).await
        }
    };
    match decided {
        Ok(write_off) => Ok(Flash::good(told(&reader, &write_off)).on(HERE)),
        Err(refusal) if refusal.is(StatusCode::BAD_REQUEST) => {
            Ok(Flash::bad(format!("{}: {}", reader.say("reason"), reader.say("field-required"))).on(HERE))
        }
        Err(refusal) if refusal.is(StatusCode::CONFLICT) => Ok(Flash::bad(refusal.message).on(HERE)),
        Err(refusal) => Err(refusal.into()),
    }
}

/// What came of it, in a sentence.
pub(crate) fn told(reader: &Reader, write_off: &WriteOffView) -> String {
    let key = format!("desk-write-off-{}", write_off.status.as_str());
    reader.say_with(&key, &[("amount", fmt::money_text(write_off.amount).into())]).into_owned()
}

impl Page for WriteOffList {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("desk-write-offs");
        let statuses = terms_of(reader, "write-off-status", WriteOffStatus::ALL);
        let main = html! {
            (head(&[], &reader.say("menu-receivables"), html! { (reader.say("desk-write-offs-note")) }, html! {}))
            (parts(reader, HERE))
            (Filter::new(reader)
                .choice("status", &reader.say("status"), &reader.say("all-statuses"), &statuses)
                .keep("invoiceId"))
            (table::region(html! {
                @if self.rows.is_empty() {
                    (empty(Icon::Inbox, &reader.say("desk-write-offs-none"), &reader.say("desk-write-offs-none-note"), html! {}))
                } @else {
                    (list(reader, &self.rows))
                    (pager(reader, self.rows.len(), self.next.as_deref()))
                }
            }))
        };
        frame::desk(reader, Place::Receivables, &title, main, panel::closed())
    }

    fn sample() -> WriteOffList {
        WriteOffList {
            rows: [WriteOffStatus::Asked, WriteOffStatus::Booked, WriteOffStatus::Refused].map(sample).into(),
            next: None,
        }
    }
}

fn list(reader: &Reader, write_offs: &[WriteOffView]) -> Markup {
    let columns = [
        Column::text("code", reader.say("invoice-no")).title(),
        Column::text("status", reader.say("status")).corner(),
        Column::text("tenant", reader.say("tenant")),
        Column::text("units", reader.say("space")),
        Column::number("amount", reader.say("amount")),
        Column::text("reason", reader.say("reason")),
        Column::text("asked", reader.say("desk-write-off-asked-by")),
        Column::text("decided", reader.say("desk-write-off-decided-by")),
        Column::text("answer", reader.say("desk-write-off-answer")),
    ];
    let rows: Vec<Row> = write_offs.iter().map(|write_off| row(reader, write_off)).collect();
    let caption = reader.say("desk-write-offs");
    Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.render(reader)
}

fn row(reader: &Reader, write_off: &WriteOffView) -> Row {
    Row {
        opens: Opens::Page(format!("/invoices/{}", write_off.invoice_id)),
        cells: vec![
            html! { (write_off.invoice_code) },
            html! { (badge(reader, write_off.status)) },
            html! { (write_off.customer_name) },
            html! { (write_off.units) },
            fmt::money(write_off.amount),
            html! { (write_off.reason) },
            html! { @if let Some(by) = &write_off.asked_by { (by) ", " } (fmt::moment(write_off.asked_at)) },
            html! {
                @if let Some(by) = &write_off.decided_by { (by) ", " }
                @if let Some(at) = write_off.decided_at { (fmt::moment(at)) }
            },
            html! { (write_off.answer) (ways(reader, write_off)) },
        ],
    }
}

/// What the director may do about it.
fn ways(reader: &Reader, write_off: &WriteOffView) -> Markup {
    let (asked, booked) = (write_off.status == WriteOffStatus::Asked, write_off.status == WriteOffStatus::Booked);
    html! {
        @if reader.may(Action::DecideWriteOffs) && (asked || booked) {
            (form::post(&format!("{HERE}/{}", write_off.id), html! {
                (Form::default().once())
                input class="input" type="text" name="reason" maxlength="500" required[booked]
                    placeholder=(reader.say("reason")) aria-label=(reader.say("reason"));
                div class="form-foot" {
                    @if asked {
                        (Button::submit(reader.say("desk-write-off-accept")).small().value("action", "accept"))
                        (Button::submit(reader.say("desk-write-off-refuse")).outline().small().value("action", "refuse"))
                    } @else {
                        (Button::submit(reader.say("desk-write-off-reverse")).outline().small().value("action", "reverse"))
                    }
                }
            }))
        }
    }
}

pub(crate) fn badge(reader: &Reader, status: WriteOffStatus) -> Badge {
    let tone = match status {
        WriteOffStatus::Asked => Tone::Warn,
        WriteOffStatus::Booked => Tone::Good,
        WriteOffStatus::Refused | WriteOffStatus::Reversed => Tone::Faint,
    };
    Badge::new(tone, reader.term("write-off-status", status.as_str()))
}

fn sample(status: WriteOffStatus) -> WriteOffView {
    let at = "2026-11-18T02:10:00Z".parse().expect("a moment");
    let decided = status != WriteOffStatus::Asked;
    WriteOffView {
        id: WriteOffId::new(),
        status,
        invoice_id: InvoiceId::new(),
        invoice_code: "INV-2026-000017".into(),
        contract_id: ContractId::new(),
        contract_code: "CT-2026-0042".into(),
        customer_name: "Номин Трейд ХХК".into(),
        units: "204А".into(),
        amount: Money::from_tugrug(1_250_000),
        reason: "Түрээслэгч татан буугдсан".into(),
        asked_by: Some("Г. Нарантуяа".into()),
        asked_at: at,
        decided_by: decided.then(|| "Б. Дулмаа".into()),
        decided_at: decided.then_some(at),
        booked_on: (status == WriteOffStatus::Booked).then(|| jiff::civil::date(2026, 11, 18)),
        answer: if status == WriteOffStatus::Refused {
            "Шүүхийн шийдвэр гараагүй".into()
        } else {
            String::new()
        },
    }
}
