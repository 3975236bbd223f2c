//! What the simulated network remembers, and the payer's side of it.

use std::collections::HashMap;

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::Money;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Builder;

use super::Switches;
use crate::qpay::emv;

#[derive(Default)]
pub struct State {
    pub tokens: HashMap<String, Grant>,
    pub token_calls: u32,
    /// In the order they were made.
    pub invoices: Vec<Invoice>,
    pub payments: Vec<Payment>,
    pub switches: Switches,
}

/// What a token lets its bearer do.
#[derive(Clone)]
pub struct Grant {
    pub username: String,
    pub ends_at: Timestamp,
    pub refreshes: bool,
}

/// An invoice of the simulated network.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Invoice {
    pub id: String,
    /// The last part of its short link.
    pub short: String,
    pub merchant: String,
    pub invoice_code: String,
    /// The merchant's own number (`sender_invoice_no`).
    pub reference: String,
    pub branch: Option<String>,
    pub description: String,
    pub amount: Money,
    pub callback_url: String,
    pub expires_at: Option<Timestamp>,
    pub allow_partial: bool,
    pub allow_exceed: bool,
    pub qr_text: String,
    pub made_at: Timestamp,
    pub state: InvoiceState,
    pub callbacks: Vec<Callback>,
}

impl Invoice {
    /// Where it stands now: an open one whose time is over can't be paid.
    pub fn state_at(&self, now: Timestamp) -> InvoiceState {
        let over = self.expires_at.is_some_and(|end| end <= now);
        if self.state == InvoiceState::Open && over { InvoiceState::Expired } else { self.state }
    }
}

/// Where an invoice stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceState {
    Open,
    Paid,
    Cancelled,
    Expired,
}

/// One try to tell the merchant.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Callback {
    pub payment_id: String,
    /// Counted from 1.
    pub attempt: usize,
    pub at: Timestamp,
    /// Whether the answer was 200 with the body `SUCCESS`.
    pub heard: bool,
    /// The answer's status and first words, or why there was none.
    pub answer: String,
}

/// A payment of the simulated network.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Payment {
    pub id: String,
    pub invoice_id: String,
    pub amount: Money,
    pub fee: Money,
    pub card: bool,
    /// A key of [`BANKS`].
    pub bank: String,
    /// `PAID`, or `PARTIAL` for less than the whole.
    pub status: &'static str,
    pub paid_at: Timestamp,
}

impl Payment {
    pub fn bank(&self) -> &'static Bank {
        BANKS.iter().find(|bank| bank.code == self.bank).unwrap_or(&BANKS[0])
    }
}

/// How the payer pays; empty is the whole amount from an account at Khan bank.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Pay {
    /// In mungo; `None` is what is asked.
    pub amount: Option<Money>,
    /// The bank's six digits.
    pub bank: Option<String>,
    /// By card instead of from an account.
    pub card: bool,
    /// Even where the network would say no: another amount, a cancelled invoice, a second time.
    pub anyway: bool,
}

/// A bank whose app can pay.
#[derive(Debug, PartialEq, Eq)]
pub struct Bank {
    pub code: &'static str,
    pub name: &'static str,
    pub name_mn: &'static str,
    pub scheme: &'static str,
}

/// The banks of the simulated network.
pub const BANKS: [Bank; 6] = [
    Bank { code: "050000", name: "Khan bank", name_mn: "Хаан банк", scheme: "khanbank" },
    Bank { code: "150000", name: "Golomt bank", name_mn: "Голомт банк", scheme: "golomtbank" },
    Bank {
        code: "040000", name: "Trade and Development bank", name_mn: "Худалдаа хөгжлийн банк", scheme: "tdbbank"
    },
    Bank { code: "320000", name: "Xac bank", name_mn: "Хас банк", scheme: "xacbank" },
    Bank { code: "340000", name: "State bank", name_mn: "Төрийн банк", scheme: "statebankmongolia" },
    Bank { code: "390000", name: "M bank", name_mn: "М банк", scheme: "mbank" },
];

/// An invoice as the merchant sent it, checked.
pub struct NewInvoice {
    pub merchant: String,
    pub invoice_code: String,
    pub reference: String,
    pub branch: Option<String>,
    pub description: String,
    pub amount: Money,
    pub callback_url: String,
    pub expires_at: Option<Timestamp>,
    pub allow_partial: bool,
    pub allow_exceed: bool,
}

impl State {
    pub fn make(&mut self, new: NewInvoice) -> Result<Invoice, Refusal> {
        let taken = self.invoices.iter().any(|i| i.merchant == new.merchant && i.reference == new.reference);
        if taken && !self.switches.accept_repeats {
            return Err(Refusal::new(StatusCode::CONFLICT, "UNIQUE_ERROR", "sender_invoice_no давхардсан байна"));
        }
        let invoice = Invoice {
            id: Builder::from_random_bytes(random()).into_uuid().to_string(),
            short: letters(9),
            merchant: new.merchant,
            invoice_code: new.invoice_code,
            reference: new.reference,
            branch: new.branch,
            description: new.description,
            amount: new.amount,
            callback_url: new.callback_url,
            expires_at: new.expires_at,
            allow_partial: new.allow_partial,
            allow_exceed: new.allow_exceed,
            qr_text: emv::text(new.amount, &letters(20)),
            made_at: Timestamp::now(),
            state: InvoiceState::Open,
            callbacks: Vec::new(),
        };
        self.invoices.push(invoice.clone());
        Ok(invoice)
    }

    pub fn invoice(&self, id: &str) -> Option<&Invoice> {
        self.invoices.iter().find(|invoice| invoice.id == id)
    }

    pub fn payments_of<'a>(&'a self, invoice_id: &'a str) -> impl Iterator<Item = &'a Payment> {
        self.payments.iter().filter(move |payment| payment.invoice_id == invoice_id)
    }

    pub fn pay(&mut self, invoice_id: &str, how: &Pay) -> Result<Payment, Refusal> {
        let now = Timestamp::now();
        let invoice = self.invoices.iter_mut().find(|i| i.id == invoice_id).ok_or_else(Refusal::no_invoice)?;
        if !how.anyway {
            match invoice.state_at(now) {
                InvoiceState::Open => {}
                InvoiceState::Paid => return Err(Refusal::business("INVOICE_PAID", "Нэхэмжлэх төлөгдсөн байна")),
                InvoiceState::Cancelled => return Err(Refusal::already_cancelled()),
                InvoiceState::Expired => {
                    return Err(Refusal::business("QRCODE_USED", "Нэхэмжлэхийн хугацаа дууссан байна"));
                }
            }
        }
        let amount = how.amount.unwrap_or(invoice.amount);
        let fits = match amount.compare(invoice.amount) {
            std::cmp::Ordering::Less => invoice.allow_partial,
            std::cmp::Ordering::Equal => true,
            std::cmp::Ordering::Greater => invoice.allow_exceed,
        };
        if !amount.is_positive() || !(fits || how.anyway) {
            return Err(Refusal::business("INVALID_AMOUNT", "Дүн буруу байна"));
        }
        let bank = how.bank.as_deref().unwrap_or(BANKS[0].code);
        if !BANKS.iter().any(|known| known.code == bank) {
            return Err(Refusal::business("BANK_ACCOUNT_NOTFOUND", "Ийм банк алга"));
        }

        invoice.state = InvoiceState::Paid;
        let payment = Payment {
            id: if how.card { Builder::from_random_bytes(random()).into_uuid().to_string() } else { digits(15) },
            invoice_id: invoice.id.clone(),
            amount,
            fee: amount.share(1, 100).expect("a hundredth is smaller than the whole"),
            card: how.card,
            bank: bank.to_owned(),
            status: if amount.compare(invoice.amount).is_lt() { "PARTIAL" } else { "PAID" },
            paid_at: now,
        };
        self.payments.push(payment.clone());
        Ok(payment)
    }

    pub fn cancel(&mut self, merchant: &str, invoice_id: &str) -> Result<(), Refusal> {
        let own = |i: &&mut Invoice| i.id == invoice_id && i.merchant == merchant;
        let invoice = self.invoices.iter_mut().find(own).ok_or_else(Refusal::no_invoice)?;
        match invoice.state {
            InvoiceState::Cancelled => Err(Refusal::already_cancelled()),
            InvoiceState::Paid => Err(Refusal::business("INVOICE_PAID", "Нэхэмжлэх төлөгдсөн байна")),
            InvoiceState::Open | InvoiceState::Expired => {
                invoice.state = InvoiceState::Cancelled;
                Ok(())
            }
        }
    }
}

/// QPay's way of saying no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub status: StatusCode,
    pub error: &'static str,
    pub message: String,
}

impl Refusal {
    pub fn new(status: StatusCode, error: &'static str, message: impl Into<String>) -> Refusal {
        Refusal { status, error, message: message.into() }
    }

    pub fn business(error: &'static str, message: &str) -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, error, message)
    }

    pub fn no_credentials() -> Refusal {
        Refusal::new(StatusCode::UNAUTHORIZED, "NO_CREDENTIALS", "NO_CREDENTIALS")
    }

    pub fn no_invoice() -> Refusal {
        Refusal::business("INVOICE_NOTFOUND", "Нэхэмжлэх олдсонгүй")
    }

    pub fn already_cancelled() -> Refusal {
        Refusal::business("INVOICE_ALREADY_CANCELED", "Нэхэмжлэл цуцлагдсан байна")
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, Json(json!({"error": self.error, "message": self.message}))).into_response()
    }
}

/// Letters and digits nobody can guess.
pub fn letters(length: usize) -> String {
    const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    (0..length).map(|_| char::from(ALPHABET[usize::from(u16::from_le_bytes(random())) % ALPHABET.len()])).collect()
}

fn digits(length: usize) -> String {
    (0..length).map(|_| char::from(b'0' + random::<1>()[0] % 10)).collect()
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system has randomness");
    bytes
}
