//! One invoice: its lines and how each was made, what came in for it, the tenant's page, and what can be done.

use domain::{
    Money,
    contract::TaxKind,
    invoice::{InvoiceKind, InvoiceStatus},
    rights::Action,
};
use jiff::civil::Date;
use maud::{Markup, html};
use wire::{
    invoices::{InvoiceItemView, InvoiceView, NewCorrection, NewCorrectionLine, ReceiptView},
    write_offs::WriteOffView,
};

use super::days_late;
use crate::{
    fmt,
    page::Page,
    read,
    reader::Reader,
    receivables::write_offs,
    ui::{
        badge::{self, Badge, Tone},
        button::Button,
        copy,
        facts::facts,
        form::{self, Form},
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        table::{Column, Opens, Row, Table},
    },
};

/// An invoice, whole.
#[derive(Debug, Clone)]
pub struct InvoicePage {
    pub invoice: InvoiceView,
    pub today: Date,
    /// The form that takes it back; it stands open when it came back with a remark.
    pub cancellation: Form,
    /// The form that takes something off it.
    pub correction: Form,
    /// The form that gives up what is left of it.
    pub write_off: Form,
    pub write_offs: Vec<WriteOffView>,
}

impl Page for InvoicePage {
    fn render(&self, reader: &Reader) -> Markup {
        let invoice = &self.invoice;
        let title = title(reader, invoice);
        let note = html! {
            (badge::invoice(reader, invoice.status)) " " (reader.term("invoice-kind", invoice.kind.as_str())) " · "
            (fmt::month(reader, invoice.period)) " · " (invoice.customer_name)
        };
        let main = html! {
            (head(&[(&reader.say("menu-invoices"), "/invoices")], &title, note, actions(reader, invoice)))
            div class="beside" {
                div class="stack" {
                    section class="box" {
                        h2 class="box-title" { (reader.say("invoice-lines")) }
                        (lines(reader, &invoice.items))
                        (sums(reader, invoice))
                    }
                    (corrections(reader, invoice))
                    (payments(reader, invoice))
                    (self.written_off(reader))
                    (receipts(reader, &invoice.receipts))
                }
                div class="stack" {
                    section class="box" { h2 class="box-title" { (reader.say("invoice-about")) } (about(reader, invoice, self.today)) }
                    (tenants_page(reader, invoice))
                    @if may_correct(reader, invoice) { (self.correct_form(reader)) }
                    @if is_owed(invoice) && reader.may(Action::EditInvoices) { (self.write_off_form(reader)) }
                    @if may_cancel(reader, invoice) { (self.cancel_form(reader)) }
                }
            }
        };
        frame::desk(reader, Place::Invoices, &title, main, html! {})
    }

    fn sample() -> InvoicePage {
        InvoicePage::part_paid_sample()
    }
}

pub(super) fn title(reader: &Reader, invoice: &InvoiceView) -> String {
    match &invoice.code {
        Some(code) => code.clone(),
        None => reader.say("invoice-draft").into_owned(),
    }
}

/// The invoice as the side panel of the list shows it.
pub(super) fn short(reader: &Reader, invoice: &InvoiceView, today: Date) -> Markup {
    html! {
        p { (badge::invoice(reader, invoice.status)) }
        (about(reader, invoice, today))
        h3 class="box-title" { (reader.say("invoice-lines")) }
        ul class="lines" { @for item in &invoice.items { (short_line(reader, item)) } }
        (sums(reader, invoice))
        (tenants_page(reader, invoice))
        div class="panel-actions" { (actions(reader, invoice)) }
    }
}

fn actions(reader: &Reader, invoice: &InvoiceView) -> Markup {
    html! {
        @if invoice.link_url.is_some() {
            (form::post(&format!("/invoices/{}/paper", invoice.id), html! {
                (Form::default().once())
                (Button::submit(reader.say("bulk-paper-open")).outline().icon(Icon::Printer))
            }))
        }
        @if invoice.status == InvoiceStatus::Draft && reader.may(Action::EditInvoices) {
            (form::post(&format!("/invoices/{}/issuance", invoice.id), html! {
                (Form::default().once())
                (Button::submit(reader.say("invoice-issue")).icon(Icon::Send))
            }))
        }
        @if is_owed(invoice) && reader.may(Action::RecordPayments) {
            @let href = format!("/payments/new?tenantId={}&invoiceId={}", invoice.tenant_id, invoice.id);
            (Button::link(reader.say("payment-new"), href).primary().icon(Icon::Banknote))
        }
    }
}

fn is_owed(invoice: &InvoiceView) -> bool {
    use InvoiceStatus::*;
    matches!(invoice.status, Issued | PartiallyPaid | Overdue) && invoice.balance.is_positive()
}

/// What has money on it is not taken back; the money goes first.
fn may_cancel(reader: &Reader, invoice: &InvoiceView) -> bool {
    invoice.status.may_become(InvoiceStatus::Void)
        && !invoice.paid_amount.is_positive()
        && reader.may(Action::EditInvoices)
}

/// What went out and is no correction itself can be corrected as long as anything is left of it.
fn may_correct(reader: &Reader, invoice: &InvoiceView) -> bool {
    use InvoiceStatus::*;
    let taken: i64 = invoice.corrections.iter().map(|correction| correction.total.mungo()).sum();
    matches!(invoice.status, Issued | PartiallyPaid | Overdue | Paid)
        && invoice.kind != InvoiceKind::Correction
        && invoice.total.mungo() + taken > 0
        && reader.may(Action::EditInvoices)
}

fn about(reader: &Reader, invoice: &InvoiceView, today: Date) -> Markup {
    let late = days_late(invoice.due_on, is_owed(invoice), today);
    let register = invoice.customer_register_no.as_deref().unwrap_or_default();
    let tin = invoice.customer_tin.as_deref().unwrap_or_default();
    html! {
        (facts(&[
            (&reader.say("tenant"), html! { a href=(format!("/tenants/{}", invoice.tenant_id)) { (invoice.customer_name) } }),
            (&reader.say("register-no"), html! { (register) }),
            (&reader.say("tin"), html! { (tin) }),
            (&reader.say("contract"), html! { a href=(format!("/contracts/{}", invoice.contract_id)) { (invoice.contract_code) } }),
            (&reader.say("space"), html! { (invoice.units) }),
            (&reader.say("month"), html! { (fmt::month(reader, invoice.period)) }),
            (&reader.say("issued-on"), invoice.issued_on.map(fmt::date).unwrap_or_default()),
            (&reader.say("due-on"), html! {
                @if let Some(due_on) = invoice.due_on { (fmt::date(due_on)) }
                @if let Some(days) = late {
                    " " (Badge::new(Tone::Bad, reader.say_with("bill-late", &[("days", days.into())])))
                }
            }),
            (&reader.say("note"), html! { (invoice.note) }),
        ]))
        @if let Some(corrected) = invoice.corrects_id {
            p { a href=(format!("/invoices/{corrected}")) { (reader.say("invoice-corrects")) @if let Some(code) = &invoice.corrects_code { " " (code) } } }
        }
    }
}

/// The lines with the VAT of each; the words tell how the amount came to be.
fn lines(reader: &Reader, items: &[InvoiceItemView]) -> Markup {
    let columns = [
        Column::text("what", reader.say("line-what")).title(),
        Column::number("quantity", reader.say("quantity")),
        Column::number("price", reader.say("unit-price")),
        Column::number("vat", reader.say("vat")),
        Column::number("amount", reader.say("amount")).corner(),
    ];
    let rows: Vec<Row> = items
        .iter()
        .map(|item| Row {
            opens: Opens::Nothing,
            cells: vec![
                html! { (item.description) (how(reader, item)) },
                html! { span class="num" { (fmt::quantity(item.quantity)) } },
                fmt::money(item.unit_price),
                vat(reader, item),
                fmt::money(item.amount),
            ],
        })
        .collect();
    let caption = reader.say("invoice-lines");
    Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.render(reader)
}

fn short_line(reader: &Reader, item: &InvoiceItemView) -> Markup {
    html! {
        li class="line" {
            div class="line-head" { span { (item.description) } (fmt::tugrug(item.amount)) }
            (how(reader, item))
        }
    }
}

fn how(reader: &Reader, item: &InvoiceItemView) -> Markup {
    html! {
        @if !item.how.is_empty() {
            details class="line-made" { summary { (reader.say("bill-how-made")) } p { (item.how) } }
        }
    }
}

/// The VAT inside a line, or why there is none.
fn vat(reader: &Reader, item: &InvoiceItemView) -> Markup {
    match item.tax_kind {
        TaxKind::VatAble => fmt::money(item.tax),
        kind => html! { span class="hint" { (reader.term("tax-kind", kind.as_str())) } },
    }
}

fn sums(reader: &Reader, invoice: &InvoiceView) -> Markup {
    let sum = |key: &str, amount: Money, class: &str| {
        html! { div class=(class) { dt { (reader.say(key)) } dd { (fmt::tugrug(amount)) } } }
    };
    html! {
        dl class="sums" {
            (sum("invoice-subtotal", invoice.subtotal, "sum-part"))
            (sum("vat", invoice.vat_amount, "sum-part"))
            @if !invoice.city_tax_amount.is_zero() { (sum("city-tax", invoice.city_tax_amount, "sum-part")) }
            (sum("bill-total", invoice.total, "sum-total"))
            @if !invoice.paid_amount.is_zero() { (sum("paid", invoice.paid_amount, "sum-part")) }
            @if is_owed(invoice) { (sum("balance", invoice.balance, "sum-total")) }
            @if invoice.previous_balance.is_positive() { (sum("bulk-previous-balance", invoice.previous_balance, "sum-part")) }
            @if let Some(credit) = invoice.credit.filter(|credit| credit.is_positive()) { (sum("bulk-credit", credit, "sum-part")) }
        }
    }
}

/// What was taken off it since it went out.
fn corrections(reader: &Reader, invoice: &InvoiceView) -> Markup {
    let columns = [
        Column::text("code", reader.say("invoice-no")).title(),
        Column::text("at", reader.say("issued-on")),
        Column::text("reason", reader.say("reason")),
        Column::number("amount", reader.say("amount")).corner(),
    ];
    let rows: Vec<Row> = invoice
        .corrections
        .iter()
        .map(|correction| Row {
            opens: Opens::Page(format!("/invoices/{}", correction.id)),
            cells: vec![
                html! { (correction.code) },
                fmt::date(correction.issued_on),
                html! { (correction.reason) },
                fmt::money(correction.total),
            ],
        })
        .collect();
    let caption = reader.say("bulk-corrections");
    html! {
        @if !rows.is_empty() {
            section class="box" {
                h2 class="box-title" { (caption) }
                (Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.render(reader))
            }
        }
    }
}

fn payments(reader: &Reader, invoice: &InvoiceView) -> Markup {
    let columns = [
        Column::text("at", reader.say("paid-at")).title(),
        Column::text("method", reader.say("method")),
        Column::number("amount", reader.say("amount")).corner(),
    ];
    let rows: Vec<Row> = invoice
        .payments
        .iter()
        .map(|payment| Row {
            opens: Opens::Page(format!("/payments/{}", payment.payment_id)),
            cells: vec![
                fmt::moment(payment.paid_at),
                html! { (reader.term("payment-method", payment.method.as_str())) },
                fmt::money(payment.amount),
            ],
        })
        .collect();
    let caption = reader.say("menu-payments");
    html! {
        section class="box" {
            h2 class="box-title" { (caption) }
            @if rows.is_empty() { p class="hint" { (reader.say("invoice-no-payments")) } }
            @else { (Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.render(reader)) }
        }
    }
}

fn receipts(reader: &Reader, receipts: &[ReceiptView]) -> Markup {
    html! {
        @if !receipts.is_empty() {
            section class="box" {
                h2 class="box-title" { (reader.say("receipt")) }
                @for receipt in receipts {
                    (facts(&[
                        (&reader.say("status"), html! { (badge::receipt(reader, receipt.status)) }),
                        (&reader.say("kind"), html! { (reader.term("receipt-type", receipt.kind.as_str())) }),
                        (&reader.say("amount"), fmt::tugrug(receipt.amount)),
                        (&reader.say("vat"), fmt::tugrug(receipt.vat_amount)),
                        (&reader.say("receipt-number"), receipt.receipt_no.as_deref().map(|number| copy::copyable(reader, number, number)).unwrap_or_default()),
                        (&reader.say("receipt-at"), html! { (receipt.provider_date.as_deref().unwrap_or_default()) }),
                    ]))
                }
            }
        }
    }
}

/// The page behind the SMS's link: to open, or to send again by hand.
fn tenants_page(reader: &Reader, invoice: &InvoiceView) -> Markup {
    html! {
        @if let Some(url) = &invoice.link_url {
            section class="box" {
                h2 class="box-title" { (reader.say("invoice-link")) }
                p class="hint" { (reader.say("invoice-link-note")) }
                (copy::copyable(reader, url, url))
                p { (Button::link(reader.say("invoice-link-open"), url.as_str()).icon(Icon::ExternalLink)) }
            }
        }
    }
}

/// What was typed as the API's order: of each line the amount beside it, of none the whole.
pub(super) fn read_correction(reader: &Reader, form: &mut Form, invoice: &InvoiceView) -> Option<NewCorrection> {
    let reason = form.must(reader, "reason", "field-required", |text| Some(text.to_owned()));
    let mut lines = Vec::new();
    for (place, item) in invoice.items.iter().enumerate() {
        let amount = form.read(reader, &format!("amount-{place}"), "field-bad-money", read::money);
        lines.extend(amount.map(|amount| NewCorrectionLine { item_id: item.id, amount: Some(amount) }));
    }
    if !form.is_clean() {
        return None;
    }
    Some(NewCorrection { reason: reason?, lines: (!lines.is_empty()).then_some(lines) })
}

impl InvoicePage {
    /// What of it was given up, or asked to be.
    fn written_off(&self, reader: &Reader) -> Markup {
        let columns = [
            Column::text("status", reader.say("status")).title(),
            Column::text("reason", reader.say("reason")),
            Column::text("by", reader.say("desk-write-off-asked-by")),
            Column::number("amount", reader.say("amount")).corner(),
        ];
        let rows: Vec<Row> = self
            .write_offs
            .iter()
            .map(|write_off| Row {
                opens: Opens::Page(format!("/receivables/write-offs?invoiceId={}", write_off.invoice_id)),
                cells: vec![
                    html! { (write_offs::badge(reader, write_off.status)) },
                    html! { (write_off.reason) },
                    html! { @if let Some(by) = &write_off.asked_by { (by) } },
                    fmt::money(write_off.amount),
                ],
            })
            .collect();
        let caption = reader.say("desk-write-offs");
        html! {
            @if !rows.is_empty() {
                section class="box" {
                    h2 class="box-title" { (caption) }
                    (Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.render(reader))
                }
            }
        }
    }

    fn write_off_form(&self, reader: &Reader) -> Markup {
        let form = &self.write_off;
        html! {
            details class="box undo" open[!form.is_clean()] {
                summary { (reader.say("desk-write-off")) }
                (form::post(&format!("/invoices/{}/write-off", self.invoice.id), html! {
                    p class="hint" { (reader.say("desk-write-off-note")) }
                    (form.summary(reader))
                    (form.once())
                    (form.field("amount", reader.say("amount")).hint(reader.say("desk-write-off-amount")))
                    (form.field("reason", reader.say("reason")).apart("write-off").lines(2).required().max_chars(500))
                    div class="form-foot" { (Button::submit(reader.say("desk-write-off")).danger()) }
                }))
            }
        }
    }

    fn correct_form(&self, reader: &Reader) -> Markup {
        let form = &self.correction;
        let names: Vec<String> = (0..self.invoice.items.len()).map(|place| format!("amount-{place}")).collect();
        html! {
            details class="box undo" open[!form.is_clean()] {
                summary { (reader.say("bulk-correct")) }
                (form::post(&format!("/invoices/{}/correction", self.invoice.id), html! {
                    p class="hint" { (reader.say("bulk-correct-note")) }
                    (form.summary(reader))
                    (form.once())
                    (form.field("reason", reader.say("reason")).apart("correction").lines(2).required().max_chars(500))
                    @for (item, name) in self.invoice.items.iter().zip(&names).filter(|(item, _)| item.amount.is_positive()) {
                        (form.field(name, item.description.as_str()).money().hint(reader.say_with("bulk-correct-line", &[("amount", fmt::money_text(item.amount).into())])))
                    }
                    div class="form-foot" { (Button::submit(reader.say("bulk-correct")).danger().icon(Icon::Pencil)) }
                }))
            }
        }
    }

    fn cancel_form(&self, reader: &Reader) -> Markup {
        let form = &self.cancellation;
        html! {
            details class="box undo" open[!form.is_clean()] {
                summary { (reader.say("invoice-cancel")) }
                (form::post(&format!("/invoices/{}/cancellation", self.invoice.id), html! {
                    p class="hint" { (reader.say("invoice-cancel-note")) }
                    (form.summary(reader))
                    (form.once())
                    (form.field("reason", reader.say("reason")).lines(2).required().max_chars(500))
                    div class="form-foot" { (Button::submit(reader.say("invoice-cancel")).danger().icon(Icon::CircleX)) }
                }))
            }
        }
    }
}
