//! The payer's pages: invoices waiting to be paid, and one of them inside a bank's app.

use axum::response::Response;
use maud::{Markup, html};

use super::{
    desk::Shown,
    state::{BANKS, Callback, InvoiceState, Payment, Refusal},
};
use crate::sandbox::layout::{bare, clock, nothing, page, tugrug};

/// Every invoice, what can be paid first.
pub fn list(invoices: &[Shown]) -> Response {
    let (open, closed): (Vec<_>, Vec<_>) = invoices.iter().partition(|i| i.invoice.state == InvoiceState::Open);
    page(
        "QPay нэхэмжлэхүүд",
        html! {
            h2 { "Төлөгдөөгүй" }
            @if open.is_empty() { (nothing("Төлөх нэхэмжлэх алга.")) }
            @for shown in &open { (card(shown)) }
            @if !closed.is_empty() {
                h2 { "Хаагдсан" }
                @for shown in &closed { (card(shown)) }
            }
        },
    )
}

fn card(shown: &Shown) -> Markup {
    let invoice = &shown.invoice;
    html! {
        article class="card" {
            p class="amount" { (tugrug(invoice.amount)) }
            p { (invoice.description) }
            p class="quiet" { (invoice.merchant) " · " (clock(invoice.made_at)) " · " (state(invoice.state)) }
            p class="quiet" { "Дугаар: " code { (invoice.reference) } }
            div class="actions" {
                @if invoice.state == InvoiceState::Open {
                    form method="post" action=(shown.pay_url) { button { "Төлөх" } }
                }
                a href={ "/sandbox/qpay/invoices/" (invoice.id) } { "Банкны аппаар нээх" }
            }
        }
    }
}

/// One invoice as the payer sees it after scanning the QR.
pub fn payer(shown: &Shown) -> Response {
    let invoice = &shown.invoice;
    let content = html! {
        header { "Туршилтын банк" }
        main {
            p class="quiet" { "Хүлээн авагч" }
            h1 { (invoice.merchant) }
            p class="amount" { (tugrug(invoice.amount)) }
            p class="quiet" { "Гүйлгээний утга" }
            p { (invoice.description) }
            @match invoice.state {
                InvoiceState::Open => (form(shown)),
                InvoiceState::Paid => { (paid(shown)) }
                InvoiceState::Cancelled => { p class="bad" role="status" { "Нэхэмжлэх цуцлагдсан байна." } }
                InvoiceState::Expired => { p class="bad" role="status" { "Нэхэмжлэхийн хугацаа дууссан байна." } }
            }
        }
        footer { a href="/sandbox/qpay/invoices" { "Бүх нэхэмжлэх" } }
    };
    bare("Төлбөр төлөх", "bank", content)
}

fn form(shown: &Shown) -> Markup {
    html! {
        form method="post" action=(shown.pay_url) {
            label for="bank" { "Дансны банк" }
            select id="bank" name="bank" {
                @for bank in &BANKS { option value=(bank.code) { (bank.name_mn) } }
            }
            button class="pay" { "Төлөх" }
        }
        img class="qr" src={ "/sandbox/qpay/invoices/" (shown.invoice.id) "/qr.png" } alt="Төлбөрийн QR код"
            width="300" height="300";
    }
}

fn paid(shown: &Shown) -> Markup {
    html! {
        p class="good" role="status" { "Төлбөр амжилттай төлөгдлөө." }
        @for payment in &shown.payments { (paid_by(payment)) }
        h2 { "Борлуулагчид илгээсэн мэдэгдэл" }
        @if shown.invoice.callbacks.is_empty() { (nothing("Мэдэгдэл хараахан илгээгээгүй байна.")) }
        ul { @for callback in &shown.invoice.callbacks { (told(callback)) } }
        p { a href={ "/sandbox/qpay/invoices/" (shown.invoice.id) } { "Шинэчлэх" } }
    }
}

fn paid_by(payment: &Payment) -> Markup {
    html! {
        dl {
            dt { "Гүйлгээний дугаар" } dd { (payment.id) }
            dt { "Төлсөн дүн" } dd { (tugrug(payment.amount)) }
            dt { "Банк" } dd { (payment.bank().name_mn) @if payment.card { " (карт)" } }
            dt { "Огноо" } dd { (clock(payment.paid_at)) }
        }
    }
}

fn told(callback: &Callback) -> Markup {
    html! {
        li class=(if callback.heard { "good" } else { "bad" }) {
            (clock(callback.at)) " · " (callback.attempt) "-р оролдлого · " (callback.answer)
        }
    }
}

/// The network's refusal, for a person.
pub fn mistake(refusal: &Refusal, invoice: Option<&str>) -> Response {
    let content = html! {
        header { "Туршилтын банк" }
        main {
            p class="bad" role="alert" { (refusal.message) }
            p class="quiet" { code { (refusal.error) } }
        }
        footer {
            @if let Some(id) = invoice { a href={ "/sandbox/qpay/invoices/" (id) } { "Буцах" } }
            @else { a href="/sandbox/qpay/invoices" { "Бүх нэхэмжлэх" } }
        }
    };
    bare("Төлбөр амжилтгүй", "bank", content)
}

fn state(state: InvoiceState) -> &'static str {
    match state {
        InvoiceState::Open => "төлөгдөөгүй",
        InvoiceState::Paid => "төлөгдсөн",
        InvoiceState::Cancelled => "цуцлагдсан",
        InvoiceState::Expired => "хугацаа дууссан",
    }
}
