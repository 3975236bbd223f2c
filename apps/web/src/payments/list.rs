//! The list of payments with the totals of its filter, one opened beside it.

use domain::{payment::PaymentMethod, rights::Action};
use maud::{Markup, html};
use wire::payments::{PaymentTotals, PaymentView};

use super::detail;
use crate::{
    fmt,
    page::Page,
    reader::Reader,
    ui::{
        badge,
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

/// A page of payments.
#[derive(Debug, Clone)]
pub struct PaymentList {
    pub rows: Vec<PaymentView>,
    /// The cursor of the next page.
    pub next: Option<String>,
    /// What all filtered payments add up to, not only those shown.
    pub totals: Option<PaymentTotals>,
    pub opened: Option<PaymentView>,
}

impl Page for PaymentList {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("menu-payments");
        let actions = html! {
            @if reader.may(Action::ReadReports) {
                (Button::link(reader.say("deposit-register"), "/deposits").icon(Icon::Hand).ghost())
            }
            @if reader.may(Action::RecordPayments) {
                (Button::link(reader.say("menu-matching"), crate::matching::HERE).icon(Icon::Banknote).outline())
            }
            @if reader.may(Action::RecordPayments) {
                (Button::link(reader.say("payment-new"), "/payments/new").primary().icon(Icon::Plus))
            }
        };
        let methods = terms_of(reader, "payment-method", PaymentMethod::ALL);
        let main = html! {
            (head(&[], &title, html! {}, actions))
            (Filter::new(reader)
                .date("from", &reader.say("from"))
                .date("to", &reader.say("to"))
                .choice("method", &reader.say("method"), &reader.say("all-methods"), &methods)
                .keep("tenantId"))
            (table::region(self.list(reader)))
        };
        let panel = self.opened.as_ref().map_or_else(panel::closed, |payment| {
            let title = detail::title(reader, payment);
            panel::open(reader, &title, &format!("/payments/{}", payment.id), detail::short(reader, payment))
        });
        frame::desk(reader, Place::Payments, &title, main, panel)
    }

    fn sample() -> PaymentList {
        PaymentList::full_sample()
    }
}

impl PaymentList {
    fn list(&self, reader: &Reader) -> Markup {
        if self.rows.is_empty() {
            return empty(Icon::Inbox, &reader.say("payments-empty"), &reader.say("payments-empty-note"), html! {});
        }
        let columns = [
            Column::text("tenant", reader.say("tenant")).title(),
            Column::text("at", reader.say("paid-at")),
            Column::text("method", reader.say("method")),
            Column::text("payer", reader.say("payer")).desk_only(),
            Column::text("reference", reader.say("reference")).desk_only(),
            Column::number("amount", reader.say("amount")).corner(),
            Column::number("allocated", reader.say("allocated")),
            Column::number("credit", reader.say("credit")),
            Column::text("status", reader.say("status")),
        ];
        let rows: Vec<Row> = self.rows.iter().map(|payment| row(reader, payment)).collect();
        let totals = self.totals.as_ref().map(|totals| {
            [
                html! { (reader.say("total")) },
                html! { (reader.say_with("today-payments", &[("count", totals.count.into())])) },
                html! {},
                html! {},
                html! {},
                fmt::money(totals.amount),
                html! {},
                fmt::money(totals.credit),
                html! {},
            ]
        });
        let caption = reader.say("menu-payments");
        let totals = totals.as_ref().map(|cells| cells.as_slice());
        Table { caption: &caption, columns: &columns, rows: &rows, totals }.paged_with_export(
            reader,
            self.next.as_deref(),
            "/payments/export",
        )
    }
}

fn row(reader: &Reader, payment: &PaymentView) -> Row {
    Row {
        opens: Opens::Panel(payment.id.to_string()),
        cells: vec![
            html! { (payment.tenant_name) },
            fmt::moment(payment.paid_at),
            html! { (reader.term("payment-method", payment.method.as_str())) },
            html! { (payment.payer) },
            html! { (payment.provider_reference.as_deref().unwrap_or_default()) },
            fmt::money(payment.amount),
            fmt::money(payment.allocated),
            fmt::money(payment.credit),
            detail::standing(reader, payment),
        ],
    }
}

/// The badge of a payment; a reversal is named, it has no life of its own.
pub(super) fn badge_of(reader: &Reader, payment: &PaymentView) -> badge::Badge {
    match payment.reverses_id {
        Some(_) => badge::Badge::new(badge::Tone::Warn, reader.say("payment-is-reversal")),
        None => badge::payment(reader, payment.status),
    }
}
