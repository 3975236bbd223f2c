//! How the bill is laid out.

use domain::receipt::ReceiptStatus;
use maud::{Markup, html};

use super::{Account, BankLink, BillLine, BillPage, BillState, Qpay, TaxReceipt};
use crate::{
    fmt,
    page::Page,
    reader::Reader,
    ui::{
        badge::{self, Badge, Tone},
        button::Button,
        copy,
        facts::facts,
        frame,
        icon::Icon,
        qr,
    },
};

impl Page for BillPage {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say_with("bill-title", &[("code", self.code.as_str().into())]);
        let awaited = !matches!(self.state, BillState::Paid { .. } | BillState::Void) || self.awaits_receipt;
        let poll = awaited.then_some(self.href.as_str());
        // Whoever has pressed the button waits for the code; the rest of the time nobody is in a hurry.
        let rhythm = if matches!(self.qpay, Qpay::Preparing) { "every 1s" } else { "every 4s" };
        frame::bill(
            reader,
            &self.owner,
            &title,
            html! {
                div id="bill" class="bill" hx-get=[poll] hx-trigger=[poll.map(|_| rhythm)]
                    hx-select=[poll.map(|_| "#bill")] hx-swap=[poll.map(|_| "outerMorph")] {
                    div class="bill-what" { (self.amount(reader)) (self.breakdown(reader)) }
                    div class="bill-how" {
                        @match self.state {
                            BillState::Paid { .. } => (self.receipts(reader)),
                            BillState::Void => "",
                            BillState::Open { .. } | BillState::Checking => (self.ways_to_pay(reader)),
                        }
                    }
                }
            },
        )
    }

    fn sample() -> BillPage {
        BillPage::open_sample()
    }
}

impl BillPage {
    fn amount(&self, reader: &Reader) -> Markup {
        let is_paid = matches!(self.state, BillState::Paid { .. });
        let (label, amount) = match self.state {
            BillState::Paid { .. } => ("bill-paid", self.total),
            BillState::Void => ("bill-void", self.total),
            BillState::Open { .. } | BillState::Checking => ("bill-to-pay", self.open),
        };
        html! {
            section class="bill-amount" data-paid[is_paid] {
                h1 class="bill-label" { @if is_paid { (Icon::CircleCheck) } (reader.say(label)) }
                p class="bill-sum" { (fmt::tugrug(amount)) }
                p class="bill-due" role="status" { (self.due(reader)) }
                (facts(&[
                    (&reader.say("bill-space"), html! { (self.space) }),
                    (&reader.say("month"), html! { (fmt::month(reader, self.month)) }),
                    (&reader.say("bill-tenant"), html! { (self.tenant) }),
                    (&reader.say("bill-code"), html! { (self.code) }),
                ]))
            }
        }
    }

    fn due(&self, reader: &Reader) -> Markup {
        let due_on = fmt::date_text(self.due_on);
        let sentence = |key, days: i64| reader.say_with(key, &[("days", days.into())]);
        match self.state {
            BillState::Paid { at } => html! { span { (reader.say("bill-paid-at")) } (fmt::moment(at)) },
            BillState::Void => html! { (reader.say("bill-void-note")) },
            BillState::Checking => html! { (Badge::new(Tone::Sky, reader.say("bill-checking"))) },
            BillState::Open { days_left } => {
                let badge = match days_left {
                    ..0 => Badge::new(Tone::Bad, sentence("bill-late", -days_left)),
                    0 => Badge::new(Tone::Warn, reader.say("bill-due-today")),
                    1..=3 => Badge::new(Tone::Warn, sentence("bill-days-left", days_left)),
                    4.. => Badge::new(Tone::Sky, sentence("bill-days-left", days_left)),
                };
                html! { span { (reader.say_with("bill-due", &[("date", due_on.into())])) } (badge) }
            }
        }
    }

    fn ways_to_pay(&self, reader: &Reader) -> Markup {
        html! {
            @match &self.qpay {
                Qpay::Absent => "",
                Qpay::Offered { has_failed } => section class="bill-pay" {
                    h2 { "QPay" }
                    p class="bill-note" role=[has_failed.then_some("alert")] {
                        (reader.say(if *has_failed { "bill-qpay-failed" } else { "bill-qpay-offer" }))
                    }
                    form method="post" action=(self.href) {
                        (Button::submit(reader.say("bill-qpay-ask")).icon(Icon::QrCode).wide())
                    }
                },
                Qpay::Preparing => section class="bill-pay" {
                    h2 { (reader.say("bill-qpay")) }
                    p class="bill-note" role="status" { (reader.say("bill-qpay-preparing")) }
                    progress class="bar" aria-label=(reader.say("bill-qpay")) {}
                },
                Qpay::Ready { qr, banks } => (qpay(reader, qr, banks)),
            }
            @if !self.accounts.is_empty() {
                section class="bill-transfer" {
                    h2 { (reader.say("bill-transfer")) }
                    @for account in &self.accounts { (transfer(reader, account, self)) }
                    p class="bill-note" { (reader.say("bill-transfer-note")) }
                }
            }
            p class="bill-check without-script" { a href=(self.href) { (reader.say("bill-check-again")) } }
        }
    }

    fn receipts(&self, reader: &Reader) -> Markup {
        html! { @for receipt in &self.receipts { (receipt_card(reader, receipt)) } }
    }

    fn breakdown(&self, reader: &Reader) -> Markup {
        html! {
            section id="bill-lines" class="bill-lines" {
                h2 { (reader.say("bill-lines")) }
                ul class="lines" { @for (place, line) in self.lines.iter().enumerate() { (bill_line(reader, place, line)) } }
                dl class="sums" {
                    (sum(&reader.say("bill-total"), fmt::tugrug(self.total), "sum-total"))
                    @if self.vat.is_positive() {
                        (sum(&reader.say("bill-vat"), fmt::tugrug(self.vat), "sum-part"))
                    }
                    @if self.paid.is_positive() && self.open.is_positive() {
                        (sum(&reader.say("bill-paid-part"), fmt::tugrug(self.paid), "sum-part"))
                        (sum(&reader.say("bill-open"), fmt::tugrug(self.open), "sum-total"))
                    }
                    @if self.corrected.is_negative() {
                        (sum(&reader.say_with("bulk-bill-corrected", &[("codes", self.corrections.as_str().into())]), fmt::tugrug(self.corrected), "sum-part"))
                    }
                    @if self.previous.is_positive() {
                        (sum(&reader.say("bulk-previous-balance"), fmt::tugrug(self.previous), "sum-part"))
                    }
                    @if self.credit.is_positive() {
                        (sum(&reader.say("bulk-credit"), fmt::tugrug(self.credit), "sum-part"))
                    }
                }
                form method="post" action=(format!("{}/paper", self.href)) {
                    (Button::submit(reader.say("bulk-paper-open")).outline().icon(Icon::Printer))
                }
                p class="bill-note" {
                    (reader.say_with("bill-issued", &[("date", fmt::date_text(self.issued_on).into())]))
                    @if let Some(phone) = &self.owner_phone {
                        " " (reader.say("bill-questions")) " "
                        a href={ "tel:+976" (phone) } { (fmt::phone(phone)) }
                    }
                }
            }
        }
    }
}

fn sum(label: &str, amount: Markup, class: &str) -> Markup {
    html! { div class=(class) { dt { (label) } dd { (amount) } } }
}

/// The id lets a refreshed page find the explanation again that the reader has unfolded.
fn bill_line(reader: &Reader, place: usize, line: &BillLine) -> Markup {
    html! {
        li class="line" {
            div class="line-head" { span { (line.text) } (fmt::tugrug(line.amount)) }
            @if !line.made.is_empty() {
                details id={ "made-" (place) } class="line-made" {
                    summary { (reader.say("bill-how-made")) }
                    @for step in &line.made { p { (step) } }
                }
            }
        }
    }
}

fn qpay(reader: &Reader, payload: &str, banks: &[BankLink]) -> Markup {
    html! {
        section class="bill-pay" {
            h2 { (reader.say("bill-qpay")) }
            @if !banks.is_empty() {
                p class="bill-note bill-phone" { (reader.say("bill-qpay-banks")) }
                ul class="banks" {
                    @for bank in banks {
                        @if let Some(href) = app_link(&bank.href) {
                            li { a class="bank" href=(href) {
                                span class="bank-sign" aria-hidden="true" { (first_letter(&bank.name)) }
                                span { (bank.name) }
                            } }
                        }
                    }
                }
            }
            @if let Some(code) = qr::qr(payload, &reader.say("bill-qr-label")) {
                div class="bill-qr" { (code) p class="bill-note" { (reader.say("bill-qr-note")) } }
            }
        }
    }
}

/// A bank application's link, as it comes from the provider; what a browser would run instead of open is left out.
fn app_link(href: &str) -> Option<&str> {
    let (scheme, _) = href.split_once(':')?;
    let well_formed = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    let runs = ["javascript", "data", "vbscript", "blob", "file", "filesystem", "about", "view-source"];
    (well_formed && !runs.contains(&scheme.to_ascii_lowercase().as_str())).then_some(href)
}

fn first_letter(name: &str) -> String {
    name.chars().next().into_iter().flat_map(char::to_uppercase).collect()
}

fn transfer(reader: &Reader, account: &Account, bill: &BillPage) -> Markup {
    let amount = bill.open.to_decimal_string();
    let amount = amount.strip_suffix(".00").unwrap_or(&amount);
    facts(&[
        (&reader.say("bill-bank"), html! { (account.bank) }),
        (&reader.say("bill-account"), copy::copyable(reader, &account.number, &account.number)),
        (&reader.say("bill-holder"), copy::copyable(reader, &account.holder, &account.holder)),
        (&reader.say("bill-reference"), copy::copyable(reader, &account.reference, &account.reference)),
        (&reader.say("bill-transfer-sum"), copy::copyable(reader, &fmt::money_text(bill.open), amount)),
    ])
}

fn receipt_card(reader: &Reader, receipt: &TaxReceipt) -> Markup {
    html! {
        section class="bill-receipt" {
            h2 { (reader.say("receipt")) " " (badge::receipt(reader, receipt.status)) }
            @if receipt.status == ReceiptStatus::Pending || receipt.status == ReceiptStatus::Parked {
                p class="bill-note" role="status" { (reader.say("receipt-coming")) }
            }
            @if let Some(code) = receipt.qr.as_deref().and_then(|text| qr::qr(text, &reader.say("receipt-qr"))) {
                div class="bill-qr" { (code) }
            }
            (facts(&[
                (&reader.say("receipt-lottery"), receipt.lottery.as_deref().map(|number| html! { strong class="lottery" { (number) } }).unwrap_or_default()),
                (&reader.say("amount"), fmt::tugrug(receipt.amount)),
                (&reader.say("receipt-number"), grouped_digits(&receipt.number)),
                (&reader.say("receipt-at"), receipt.issued_at.as_ref().map(|at| html! { span class="num" { (at) } }).unwrap_or_default()),
            ]))
        }
    }
}

/// Long numbers are read and compared in groups of four; the gaps are drawn, so that what is copied has none.
fn grouped_digits(number: &str) -> Markup {
    let digits: Vec<char> = number.chars().collect();
    html! { span class="digits" { @for group in digits.chunks(4) { span { (group.iter().collect::<String>()) } } } }
}
