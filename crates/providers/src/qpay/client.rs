//! Speaks to QPay in our words.

use base64::{Engine, prelude::BASE64_STANDARD};
use domain::Money;
use jiff::{Timestamp, civil, tz::TimeZone};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde::{Serialize, de::DeserializeOwned};

use super::{tokens::Tokens, wire};
use crate::{
    Answer, CallError,
    http::{self, BadAddress, Exit, Patience, Reply},
    qr_payments::{
        Asked, Asking, BankLink, Found, InvoicePayment, QrMerchant, QrPayments, Received, ReceivedState, Span,
    },
};

/// A client for every owner's QPay account.
#[derive(Debug)]
pub struct QPay {
    exit: Exit,
    tokens: Tokens,
}

/// Where QPay is.
#[derive(Debug, Clone)]
pub struct Settings {
    pub base_url: String,
    pub patience: Patience,
}

impl Default for Settings {
    /// QPay's production address.
    fn default() -> Settings {
        Settings { base_url: "https://merchant.qpay.mn/v2".into(), patience: Patience::default() }
    }
}

impl Settings {
    /// The sandbox's QPay; `server_url` is where the sandbox is served: `http://localhost:8080`.
    pub fn sandbox(server_url: &str) -> Settings {
        let base_url = format!("{}/sandbox/qpay/v2", server_url.trim_end_matches('/'));
        Settings { base_url, ..Settings::default() }
    }
}

impl QPay {
    pub fn new(settings: &Settings) -> Result<QPay, BadAddress> {
        QPay::with_clock(settings, Timestamp::now)
    }

    /// The same with a clock of one's own, by which tokens end.
    pub fn with_clock(settings: &Settings, clock: fn() -> Timestamp) -> Result<QPay, BadAddress> {
        Ok(QPay { exit: Exit::new(&settings.base_url, settings.patience)?, tokens: Tokens::new(clock) })
    }

    async fn make(&self, merchant: &QrMerchant, asking: &Asking) -> Result<Asked, CallError> {
        if asking.callback_url.chars().count() > 255 {
            return Err(refused("CALLBACK_URL_TOO_LONG", "QPay takes 255 characters"));
        }
        let invoice = wire::NewInvoice {
            invoice_code: &merchant.invoice_code,
            sender_invoice_no: &asking.reference.to_string(),
            invoice_receiver_code: "terminal",
            invoice_description: &plain(&asking.description),
            amount: wire::Amount(asking.amount),
            callback_url: &asking.callback_url,
            enable_expiry: asking.expires_at.map(|_| true),
            expiry_date: asking.expires_at.map(local),
        };
        let made: wire::MadeInvoice = self.post(merchant, &["invoice"], &invoice).await?;
        Ok(Asked {
            provider_invoice_id: made.invoice_id,
            qr_text: made.qr_text,
            // The picture is a comfort: without it the text is drawn.
            qr_png: BASE64_STANDARD.decode(made.qr_image).unwrap_or_default(),
            short_url: made.short_url,
            banks: made.urls.into_iter().map(bank).collect(),
        })
    }

    async fn checked(&self, merchant: &QrMerchant, invoice: &str) -> Result<Vec<Received>, CallError> {
        let payments = self
            .pages(merchant, &["payment", "check"], |offset| wire::Check {
                object_type: "INVOICE",
                object_id: invoice,
                offset,
            })
            .await?;
        payments.into_iter().map(received).collect()
    }

    async fn listed(&self, merchant: &QrMerchant, span: Span) -> Result<Vec<InvoicePayment>, CallError> {
        let payments = self
            .pages(merchant, &["payment", "list"], |offset| wire::List {
                object_type: "INVOICE",
                // Here, and only here, the code of the account and not an invoice's id.
                object_id: &merchant.invoice_code,
                start_date: local(span.from),
                end_date: local(span.until),
                offset,
            })
            .await?;
        payments.into_iter().map(invoice_payment).collect()
    }

    async fn found(&self, merchant: &QrMerchant, invoice: &str) -> Result<Found, CallError> {
        let invoice: wire::Invoice = self.call(merchant, self.exit.request(Method::GET, &["invoice", invoice])).await?;
        Ok(Found {
            provider_invoice_id: invoice.invoice_id,
            reference: invoice.sender_invoice_no,
            amount: invoice.total_amount.0,
            open: matches!(invoice.invoice_status, wire::InvoiceStatus::Open | wire::InvoiceStatus::Unknown),
        })
    }

    async fn cancelled(&self, merchant: &QrMerchant, invoice: &str) -> Result<(), CallError> {
        let request = self.exit.request(Method::DELETE, &["invoice", invoice]);
        match self.exchange(merchant, request).await {
            Err(CallError::Refused { code, .. }) if code == "INVOICE_ALREADY_CANCELED" => Ok(()),
            other => other.map(|_| ()),
        }
    }

    /// Every page of a list, by the count the first one gives.
    async fn pages<B: Serialize>(
        &self,
        merchant: &QrMerchant,
        place: &[&str],
        body: impl Fn(wire::Offset) -> B,
    ) -> Result<Vec<wire::Payment>, CallError> {
        /// QPay's own limit of a page.
        const LIMIT: u32 = 100;

        let mut all = Vec::new();
        for page_number in 1.. {
            let offset = wire::Offset { page_number, page_limit: LIMIT };
            let page: wire::Payments = self.post(merchant, place, &body(offset)).await?;
            let last = page.rows.is_empty() || page_number.saturating_mul(LIMIT) >= page.count;
            all.extend(page.rows);
            if last {
                break;
            }
        }
        Ok(all)
    }

    async fn post<T: DeserializeOwned>(
        &self,
        merchant: &QrMerchant,
        place: &[&str],
        body: &impl Serialize,
    ) -> Result<T, CallError> {
        self.call(merchant, self.exit.request(Method::POST, place).json(body)).await
    }

    async fn call<T: DeserializeOwned>(&self, merchant: &QrMerchant, request: RequestBuilder) -> Result<T, CallError> {
        self.exchange(merchant, request).await?.json()
    }

    /// Sends with the account's token; a token that was refused is replaced once and the call repeated once, for a
    /// refused call had no effect.
    async fn exchange(&self, merchant: &QrMerchant, request: RequestBuilder) -> Result<Reply, CallError> {
        let again = request.try_clone().expect("our bodies are in memory");
        let token = self.tokens.get(&self.exit, merchant).await?;
        let reply = http::send(request.bearer_auth(token.reveal())).await?;
        if reply.status != StatusCode::UNAUTHORIZED {
            return understood(reply);
        }
        let token = self.tokens.replace(&self.exit, merchant, &token).await?;
        understood(http::send(again.bearer_auth(token.reveal())).await?)
    }
}

impl QrPayments for QPay {
    fn ask<'a>(&'a self, merchant: &'a QrMerchant, asking: &'a Asking) -> Answer<'a, Asked> {
        Box::pin(self.make(merchant, asking))
    }

    fn check<'a>(&'a self, merchant: &'a QrMerchant, provider_invoice_id: &'a str) -> Answer<'a, Vec<Received>> {
        Box::pin(self.checked(merchant, provider_invoice_id))
    }

    fn find<'a>(&'a self, merchant: &'a QrMerchant, provider_invoice_id: &'a str) -> Answer<'a, Found> {
        Box::pin(self.found(merchant, provider_invoice_id))
    }

    fn payment<'a>(&'a self, merchant: &'a QrMerchant, provider_payment_id: &'a str) -> Answer<'a, InvoicePayment> {
        Box::pin(async move {
            let request = self.exit.request(Method::GET, &["payment", provider_payment_id]);
            invoice_payment(self.call(merchant, request).await?)
        })
    }

    fn received<'a>(&'a self, merchant: &'a QrMerchant, span: Span) -> Answer<'a, Vec<InvoicePayment>> {
        Box::pin(self.listed(merchant, span))
    }

    fn cancel<'a>(&'a self, merchant: &'a QrMerchant, provider_invoice_id: &'a str) -> Answer<'a, ()> {
        Box::pin(self.cancelled(merchant, provider_invoice_id))
    }
}

/// Sorts an answer by its status: done, refused, or nobody knows.
pub fn understood(reply: Reply) -> Result<Reply, CallError> {
    match reply.status {
        status if status.is_success() => Ok(reply),
        StatusCode::TOO_MANY_REQUESTS => Err(CallError::NotSent("QPay asks for fewer calls".into())),
        StatusCode::REQUEST_TIMEOUT => Err(CallError::Lost("QPay gave up waiting for the request".into())),
        status if status.is_client_error() => Err(match reply.json::<wire::Refusal>() {
            Ok(refusal) => CallError::Refused { code: refusal.error, message: refusal.message },
            Err(_) => refused(status.as_str(), "QPay gave no reason"),
        }),
        status => Err(CallError::Lost(format!("QPay answered {}", status.as_u16()))),
    }
}

fn refused(code: &str, message: &str) -> CallError {
    CallError::Refused { code: code.into(), message: message.into() }
}

/// QPay forbids "special characters" without a list: letters, digits, blanks, dots and dashes are safe.
fn plain(description: &str) -> String {
    let safe = |c: char| if c.is_alphanumeric() || matches!(c, '.' | '-') { c } else { ' ' };
    let words: String = description.chars().map(safe).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(255).collect::<String>().trim_end().to_owned()
}

/// A moment on Ulaanbaatar's clock, as QPay writes dates in requests.
fn local(moment: Timestamp) -> String {
    let zone = TimeZone::fixed(jiff::tz::offset(8));
    moment.to_zoned(zone).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

fn bank(url: wire::Url) -> BankLink {
    BankLink { name: url.name, description: url.description, logo: url.logo, link: url.link }
}

fn invoice_payment(payment: wire::Payment) -> Result<InvoicePayment, CallError> {
    let of_invoice = payment.object_type.as_deref() == Some("INVOICE");
    Ok(InvoicePayment {
        provider_invoice_id: payment.object_id.clone().filter(|_| of_invoice),
        received: received(payment)?,
    })
}

fn received(payment: wire::Payment) -> Result<Received, CallError> {
    let state = match payment.payment_status {
        wire::PaymentStatus::Paid => ReceivedState::Paid,
        wire::PaymentStatus::Partial => ReceivedState::Partial,
        wire::PaymentStatus::New | wire::PaymentStatus::Unknown => ReceivedState::Pending,
        wire::PaymentStatus::Failed => ReceivedState::Failed,
        wire::PaymentStatus::Refunded => ReceivedState::Refunded,
    };
    let too_large = |_| CallError::Lost("the amounts of the answer do not add up".into());
    let net = match payment.p2p_transactions.as_slice() {
        [] => None,
        parts => Some(Money::sum(parts.iter().map(|part| part.amount.0)).map_err(too_large)?),
    };
    let date = payment.payment_date.or_else(|| payment.card_transactions.into_iter().find_map(|card| card.date));
    Ok(Received {
        provider_payment_id: payment.payment_id,
        state,
        amount: payment.payment_amount.0,
        fee: payment.payment_fee.map_or(Money::ZERO, |fee| fee.0),
        net,
        currency: payment.payment_currency.unwrap_or_else(|| "MNT".into()),
        wallet: payment.payment_wallet.filter(|wallet| !wallet.is_empty()),
        paid_at: date.as_deref().and_then(moment),
    })
}

/// QPay's dates are UTC, with a `Z` or without.
fn moment(text: &str) -> Option<Timestamp> {
    let written = || text.parse::<civil::DateTime>().ok()?.to_zoned(TimeZone::UTC).ok().map(|at| at.timestamp());
    text.parse().ok().or_else(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_keeps_only_what_qpay_takes() {
        assert_eq!(plain("Түрээс 2026.11: 101-р тоот (№5) & «Алтан»"), "Түрээс 2026.11 101-р тоот 5 Алтан");
        assert_eq!(plain(&"а ".repeat(300)).chars().count(), 255);
    }

    #[test]
    fn dates_are_utc_in_answers_and_ulaanbaatars_in_questions() {
        let at = moment("2022-03-11T15:57:47.336Z").expect("a moment");
        assert_eq!(moment("2022-03-11 15:57:47.336"), Some(at));
        assert_eq!(moment("yesterday"), None);
        assert_eq!(local(at), "2022-03-11 23:57:47");
    }
}
