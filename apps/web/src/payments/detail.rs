//! One payment: what it was put on, what is left of it, and the way to take it back.

use domain::{Money, payment::PaymentStatus, rights::Action};
use maud::{Markup, html};
use wire::payments::PaymentView;

use super::list::badge_of;
use crate::{
    fmt,
    page::Page,
    reader::Reader,
    ui::{
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

/// A payment, whole.
#[derive(Debug, Clone)]
pub struct PaymentPage {
    pub payment: PaymentView,
    /// The form that takes it back; it stands open when it came back with a remark.
    pub reversal: Form,
}

impl Page for PaymentPage {
    fn render(&self, reader: &Reader) -> Markup {
        let payment = &self.payment;
        let title = title(reader, payment);
        let note = html! { (standing(reader, payment)) " " (payment.tenant_name) " · " (fmt::moment(payment.paid_at)) };
        let main = html! {
            (head(&[(&reader.say("menu-payments"), "/payments")], &title, note, html! {}))
            div class="beside" {
                div class="stack" {
                    section class="box" {
                        h2 class="box-title" { (reader.say("payment-put-on")) }
                        (allocations(reader, payment))
                    }
                }
                div class="stack" {
                    section class="box" { h2 class="box-title" { (reader.say("invoice-about")) } (about(reader, payment)) }
                    @if may_reverse(reader, payment) {
                        @if payment.credit.is_positive() { (self.allocation_form(reader)) }
                        @if payment.allocated.is_positive() { (self.release_form(reader)) }
                        (self.reversal_form(reader))
                    }
                }
            }
        };
        frame::desk(reader, Place::Payments, &title, main, html! {})
    }

    fn sample() -> PaymentPage {
        PaymentPage::credit_sample()
    }
}

pub(super) fn title(reader: &Reader, payment: &PaymentView) -> String {
    reader.say_with("payment-title", &[("amount", fmt::money_text(payment.amount).into())]).into_owned()
}

/// The payment as the side panel of the list shows it.
pub(super) fn short(reader: &Reader, payment: &PaymentView) -> Markup {
    html! {
        p { (standing(reader, payment)) }
        (about(reader, payment))
        h3 class="box-title" { (reader.say("payment-put-on")) }
        (allocations(reader, payment))
        @if may_reverse(reader, payment) {
            div class="panel-actions" {
                (Button::link(reader.say("payment-reverse"), format!("/payments/{}", payment.id)).icon(Icon::Refresh))
            }
        }
    }
}

pub(super) fn standing(reader: &Reader, payment: &PaymentView) -> Markup {
    html! { (badge_of(reader, payment)) }
}

fn may_reverse(reader: &Reader, payment: &PaymentView) -> bool {
    payment.status == PaymentStatus::Recorded && payment.reverses_id.is_none() && reader.may(Action::RecordPayments)
}

fn about(reader: &Reader, payment: &PaymentView) -> Markup {
    let reference = payment.provider_reference.as_deref();
    html! {
        (facts(&[
            (&reader.say("tenant"), html! { a href=(format!("/tenants/{}", payment.tenant_id)) { (payment.tenant_name) } }),
            (&reader.say("amount"), fmt::tugrug(payment.amount)),
            (&reader.say("allocated"), fmt::tugrug(payment.allocated)),
            (&reader.say("credit"), fmt::tugrug(payment.credit)),
            (&reader.say("paid-at"), fmt::moment(payment.paid_at)),
            (&reader.say("method"), html! { (reader.term("payment-method", payment.method.as_str())) }),
            (&reader.say("payer"), html! { (payment.payer) }),
            (&reader.say("reference"), reference.map(|text| copy::copyable(reader, text, text)).unwrap_or_default()),
            (&reader.say("note"), html! { (payment.note) }),
        ]))
        @if payment.credit.is_positive() { p class="hint" { (reader.say("credit-means")) } }
        @if let Some(reversed) = payment.reverses_id {
            p { a href=(format!("/payments/{reversed}")) { (reader.say("payment-see-reversed")) } }
        }
    }
}

fn allocations(reader: &Reader, payment: &PaymentView) -> Markup {
    if payment.allocations.is_empty() {
        return html! { p class="hint" { (reader.say("payment-on-nothing")) } };
    }
    let columns = [
        Column::text("invoice", reader.say("invoice")).title(),
        Column::number("amount", reader.say("amount")).corner(),
    ];
    let rows: Vec<Row> = payment
        .allocations
        .iter()
        .map(|part| Row {
            opens: Opens::Page(format!("/invoices/{}", part.invoice_id)),
            cells: vec![
                html! { @match &part.invoice_code { Some(code) => (code), None => (reader.say("no-number")) } },
                fmt::money(part.amount),
            ],
        })
        .collect();
    let totals = [html! { (reader.say("total")) }, fmt::money(payment.allocated)];
    let caption = reader.say("payment-put-on");
    Table { caption: &caption, columns: &columns, rows: &rows, totals: Some(&totals) }.render(reader)
}

impl PaymentPage {
    fn allocation_form(&self, reader: &Reader) -> Markup {
        let form = self.reversal.clone().apart("allocate");
        html! {
            section class="box" {
                (form::post(&format!("/payments/{}/allocations", self.payment.id), html! {
                    p class="hint" { (reader.say("payment-allocate-note")) }
                    (form.once())
                    div class="form-foot" { (Button::submit(reader.say("payment-allocate")).primary()) }
                }))
            }
        }
    }

    fn release_form(&self, reader: &Reader) -> Markup {
        let form = self.reversal.clone().apart("release");
        let mut paid: Vec<(String, String, Money)> = Vec::new();
        for part in &self.payment.allocations {
            let id = part.invoice_id.to_string();
            match paid.iter_mut().find(|(of, ..)| *of == id) {
                Some((.., amount)) => *amount = amount.checked_add(part.amount).unwrap_or(*amount),
                None => paid.push((id, part.invoice_code.clone().unwrap_or_default(), part.amount)),
            }
        }
        let parts: Vec<(String, String)> = paid
            .into_iter()
            .filter(|(.., amount)| amount.is_positive())
            .map(|(id, code, amount)| {
                (format!("{id} {}", amount.mungo()), format!("{code} · {} ₮", fmt::money_text(amount)))
            })
            .collect();
        html! {
            details class="box undo" {
                summary { (reader.say("payment-release")) }
                (form::post(&format!("/payments/{}/releases", self.payment.id), html! {
                    p class="hint" { (reader.say("payment-release-note")) }
                    (form.once())
                    (form.field("part", reader.say("invoice")).choices(&parts).required())
                    (form.field("reason", reader.say("reason")).lines(2).required().max_chars(500))
                    div class="form-foot" { (Button::submit(reader.say("payment-release")).danger()) }
                }))
            }
        }
    }

    fn reversal_form(&self, reader: &Reader) -> Markup {
        let form = &self.reversal;
        html! {
            details class="box undo" open[!form.is_clean()] {
                summary { (reader.say("payment-reverse")) }
                (form::post(&format!("/payments/{}/reversal", self.payment.id), html! {
                    p class="hint" { (reader.say("payment-reverse-note")) }
                    (form.summary(reader))
                    (form.once())
                    (form.field("reason", reader.say("reason")).lines(2).required().max_chars(500))
                    div class="form-foot" { (Button::submit(reader.say("payment-reverse")).danger().icon(Icon::Refresh)) }
                }))
            }
        }
    }
}
