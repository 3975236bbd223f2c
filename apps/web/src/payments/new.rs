//! Money taken in by hand: the tenant first, then the amount as people type it, on the oldest bill or on a chosen one.

use std::borrow::Cow;

use domain::{InvoiceId, TenantId, payment::PaymentMethod};
use jiff::{
    Timestamp,
    civil::Date,
    tz::{Offset, TimeZone},
};
use maud::{Markup, html};
use wire::{
    invoices::InvoiceRow,
    payments::{NewAllocation, NewPayment},
    tenants::TenantView,
};

use crate::{
    fmt,
    page::Page,
    read as typed,
    reader::Reader,
    ui::{
        button::Button,
        copy,
        empty::empty,
        facts::facts,
        filter::Filter,
        form::{self, Form},
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        table::{self, Column, Opens, Row, Table},
    },
};

/// Where a payment is recorded by hand.
#[derive(Debug, Clone)]
pub enum NewPaymentPage {
    /// No tenant is chosen yet.
    Choose { tenants: Vec<TenantView> },
    /// `open` is what the tenant owes, the first due first.
    Write { tenant: Box<TenantView>, open: Vec<InvoiceRow>, form: Form },
}

/// How money is taken in by hand; what providers bring is recorded from what they say.
const METHODS: [PaymentMethod; 2] = [PaymentMethod::Bank, PaymentMethod::Cash];

impl NewPaymentPage {
    /// The form filled with what is most likely: the bill asked for, its whole balance, today.
    pub fn blank(tenant: TenantView, open: Vec<InvoiceRow>, invoice: Option<InvoiceId>, today: Date) -> NewPaymentPage {
        let mut form = Form::default().with("paidOn", today).with("method", PaymentMethod::Bank);
        if let Some(bill) = open.iter().find(|row| Some(row.id) == invoice) {
            form = form.with("invoiceId", bill.id).with("amount", fmt::money_text(bill.balance));
        }
        NewPaymentPage::Write { tenant: Box::new(tenant), open, form }
    }
}

/// What was typed as the API's order; `None` when the form has remarks now.
pub(super) fn read(
    reader: &Reader,
    form: &mut Form,
    tenant_id: TenantId,
    open: &[InvoiceRow],
    today: Date,
) -> Option<NewPayment> {
    let amount = form.must(reader, "amount", "field-bad-money", typed::money);
    let method = form.must(reader, "method", "field-not-a-choice", typed::word);
    let paid_on = form.read(reader, "paidOn", "field-bad-date", typed::date);
    let bill = form.read(reader, "invoiceId", "field-not-a-choice", |text| {
        let id: InvoiceId = text.parse().ok()?;
        open.iter().find(|row| row.id == id)
    });
    if !form.is_clean() {
        return None;
    }
    let amount = amount?;
    let on = |bill: &InvoiceRow| NewAllocation { invoice_id: bill.id, amount: amount.min(bill.balance) };
    Some(NewPayment {
        tenant_id,
        method: method?,
        amount,
        paid_at: paid_on.filter(|day| *day != today).and_then(noon),
        payer: form.value("payer").to_owned(),
        note: form.value("note").to_owned(),
        allocations: bill.map(|bill| vec![on(bill)]),
    })
}

/// A day that is not today has no known hour; noon keeps it that day in every zone near ours.
fn noon(day: Date) -> Option<Timestamp> {
    let zone = TimeZone::fixed(Offset::constant(8));
    day.at(12, 0, 0, 0).to_zoned(zone).ok().map(|moment| moment.timestamp())
}

/// The field that stands for a path of the API.
pub(super) fn field(path: &str) -> Option<Cow<'static, str>> {
    match path {
        "amount" | "method" | "payer" | "note" => Some(path.to_owned().into()),
        "paidAt" => Some("paidOn".into()),
        path if path.starts_with("allocations") => Some("invoiceId".into()),
        _ => None,
    }
}

impl Page for NewPaymentPage {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("payment-new");
        let main = html! {
            (head(&[(&reader.say("menu-payments"), "/payments")], &title, html! {}, html! {}))
            @match self {
                NewPaymentPage::Choose { tenants } => (choose(reader, tenants)),
                NewPaymentPage::Write { tenant, open, form } => (write(reader, tenant, open, form)),
            }
        };
        frame::desk(reader, Place::Payments, &title, main, html! {})
    }

    fn sample() -> NewPaymentPage {
        NewPaymentPage::refused_sample()
    }
}

fn choose(reader: &Reader, tenants: &[TenantView]) -> Markup {
    let columns = [
        Column::text("name", reader.say("tenant")).title(),
        Column::text("register", reader.say("register-no")),
        Column::text("phone", reader.say("phone")).corner(),
    ];
    let rows: Vec<Row> = tenants
        .iter()
        .map(|tenant| Row {
            opens: Opens::Page(format!("/payments/new?tenantId={}", tenant.id)),
            cells: vec![
                html! { (tenant.name) },
                html! { (tenant.register_no.as_deref().unwrap_or_default()) },
                html! { (tenant.phone.as_deref().map(fmt::phone).unwrap_or_default()) },
            ],
        })
        .collect();
    let caption = reader.say("payment-choose-tenant");
    html! {
        p class="hint" { (caption) }
        (Filter::new(reader).search("q", &reader.say("tenants-search")))
        (table::region(html! {
            @if rows.is_empty() {
                (empty(Icon::Inbox, &reader.say("tenants-none"), &reader.say("tenants-none-note"), html! {}))
            } @else {
                (Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.render(reader))
            }
        }))
    }
}

fn write(reader: &Reader, tenant: &TenantView, open: &[InvoiceRow], form: &Form) -> Markup {
    let methods =
        METHODS.map(|method| (method.to_string(), reader.term("payment-method", method.as_str()).into_owned()));
    let mut bills = vec![(String::new(), reader.say("payment-oldest-first").into_owned())];
    bills.extend(open.iter().map(|row| (row.id.to_string(), bill_words(reader, row))));
    let phone = tenant.phone.as_deref().map(|phone| copy::copyable(reader, &fmt::phone(phone), phone));
    let owed = domain::Money::sum(open.iter().map(|row| row.balance)).map(fmt::tugrug).unwrap_or_default();
    html! {
        section class="box" {
            (facts(&[
                (&reader.say("tenant"), html! {
                    a href=(format!("/tenants/{}", tenant.id)) { (tenant.name) } " · "
                    a href="/payments/new" { (reader.say("payment-other-tenant")) }
                }),
                (&reader.say("phone"), phone.unwrap_or_default()),
                (&reader.say("tenant-owes"), html! {
                    a href=(format!("/invoices?open=true&tenantId={}", tenant.id)) { (owed) }
                }),
            ]))
        }
        (form::post("/payments/new", html! {
            (form.summary(reader))
            (form.once())
            input type="hidden" name="tenantId" value=(tenant.id);
            div class="fields" {
                (form.field("amount", reader.say("amount")).money().required().focused().hint(reader.say("money-hint")))
                (form.field("invoiceId", reader.say("payment-for")).choices(&bills))
                (form.field("method", reader.say("method")).choices(&methods).required())
                (form.field("paidOn", reader.say("paid-at")).date().required())
                (form.field("payer", reader.say("payer")).max_chars(200).hint(reader.say("payer-hint")))
                (form.field("note", reader.say("note")).max_chars(500))
            }
            p class="hint" { (reader.say("credit-means")) }
            div class="form-foot" {
                (Button::submit(reader.say("payment-new")).icon(Icon::Check))
                (Button::link(reader.say("back"), "/payments").ghost())
            }
        }))
    }
}

/// A bill in the list to choose from: number, month, what is owed of it.
fn bill_words(reader: &Reader, row: &InvoiceRow) -> String {
    let code = row.code.clone().unwrap_or_else(|| reader.say("no-number").into_owned());
    format!("{code} · {} · {} ₮", row.period, fmt::money_text(row.balance))
}
