//! The page behind the link of an SMS: the API's one invoice shown as a bill, and the press that asks for a QR.
//!
//! Nobody signs in here; the token in the address is the key, so the page is neither kept nor indexed anywhere.

use axum::{
    Router,
    extract::Path,
    http::{HeaderName, HeaderValue, StatusCode},
    middleware::map_response,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use domain::{
    Money,
    invoice::InvoiceStatus,
    payment::{IntentStatus, PaymentMethod},
    receipt::ReceiptStatus,
};
use jiff::{SignedDuration, Timestamp, civil::Date, tz::Offset};
use maud::{Markup, html};
use wire::links::{IntentView, LinkedInvoice, LinkedReceipt, NewIntent};

use crate::{
    Site,
    api::Api,
    bill::{Account, BankLink, BillLine, BillPage, BillState, Qpay, TaxReceipt},
    page::Page,
    papers,
    problem::Problem,
    reader::Reader,
    ui::{flash::Flash, frame},
};

/// How long after a payment its receipt is still waited for.
const RECEIPT_COMES_WITHIN: SignedDuration = SignedDuration::from_mins(10);

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/i/{token}", get(show).post(ask))
        .route("/i/{token}/paper", post(paper))
        .layer(map_response(unlisted))
}

async fn show(api: Api, reader: Reader, Path(token): Path<String>) -> Result<Response, Problem> {
    if !could_be_token(&token) {
        return Ok(gone(&reader));
    }
    match api.linked_invoice(&token).await {
        Ok(invoice) => {
            let page = bill(&reader, invoice, format!("/i/{token}"), Timestamp::now());
            Ok(page.render(&reader).into_response())
        }
        Err(refusal) if refusal.is(StatusCode::NOT_FOUND) => Ok(gone(&reader)),
        Err(refusal) => Err(refusal.into()),
    }
}

/// Asks for a QR and leads back to the bill, which shows it as soon as it is there. What stands against it, such as
/// that the bill was paid meanwhile, is told there as well.
async fn ask(api: Api, reader: Reader, Path(token): Path<String>) -> Result<Response, Problem> {
    if !could_be_token(&token) {
        return Ok(gone(&reader));
    }
    let bill = format!("/i/{token}");
    match api.ask_to_pay(&token, &NewIntent { provider: PaymentMethod::Qpay }).await {
        Ok(_) => Ok(Redirect::to(&bill).into_response()),
        Err(refusal) if refusal.is(StatusCode::NOT_FOUND) => Ok(gone(&reader)),
        Err(refusal) if refusal.is(StatusCode::CONFLICT) => Ok(Flash::info(refusal.message).on(&bill)),
        Err(refusal) => Err(refusal.into()),
    }
}

/// Opens the bill as PDF, once it is made.
async fn paper(api: Api, reader: Reader, Path(token): Path<String>) -> Result<Response, Problem> {
    if !could_be_token(&token) {
        return Ok(gone(&reader));
    }
    let (asked, again) = (api.make_linked_paper(&token).await?, || api.linked_paper(&token));
    papers::open(&reader, asked, again, &format!("/i/{token}")).await
}

/// Only what could be a token goes into the API's address.
fn could_be_token(text: &str) -> bool {
    text.len() <= 64 && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

fn gone(reader: &Reader) -> Response {
    (StatusCode::NOT_FOUND, NoBill.render(reader)).into_response()
}

/// Search engines keep nothing of it. What the browser must not keep or pass on is said for all pages in `browser`.
async fn unlisted(mut response: Response) -> Response {
    let name = HeaderName::from_static("x-robots-tag");
    response.headers_mut().insert(name, HeaderValue::from_static("noindex, nofollow"));
    response
}

/// The bill as it stands at `now`.
fn bill(reader: &Reader, invoice: LinkedInvoice, href: String, now: Timestamp) -> BillPage {
    let state = state(&invoice, now);
    let is_paid = matches!(state, BillState::Paid { .. });
    let just_paid = matches!(state, BillState::Paid { at } if now.duration_since(at) < RECEIPT_COMES_WITHIN);
    let pending = invoice.receipts.iter().any(|receipt| receipt.status == ReceiptStatus::Pending);
    BillPage {
        owner: invoice.owner_name,
        owner_phone: invoice.owner_phone,
        code: invoice.code,
        tenant: invoice.customer_name,
        space: [invoice.property_name, invoice.units].join(", "),
        month: invoice.period,
        issued_on: invoice.issued_on,
        due_on: invoice.due_on,
        state,
        lines: invoice.items.into_iter().map(line).collect(),
        vat: invoice.vat_amount,
        total: invoice.total,
        paid: invoice.paid_amount,
        open: invoice.balance,
        corrected: Money::from_mungo(invoice.corrections.iter().map(|correction| correction.total.mungo()).sum()),
        corrections: invoice
            .corrections
            .iter()
            .map(|correction| correction.code.as_str())
            .collect::<Vec<_>>()
            .join(", "),
        previous: invoice.previous_balance,
        credit: invoice.credit,
        qpay: qpay(invoice.intent),
        accounts: invoice.bank_accounts.into_iter().map(|account| self::account(reader, account)).collect(),
        awaits_receipt: is_paid && (pending || (invoice.receipts.is_empty() && just_paid)),
        receipts: invoice.receipts.into_iter().map(receipt).collect(),
        href,
    }
}

fn state(invoice: &LinkedInvoice, now: Timestamp) -> BillState {
    match invoice.status {
        InvoiceStatus::Void | InvoiceStatus::Refunded => BillState::Void,
        _ if !invoice.balance.is_positive() => {
            let last = invoice.payments.iter().map(|payment| payment.paid_at).max();
            BillState::Paid { at: last.unwrap_or(now) }
        }
        _ if invoice.intent.as_ref().is_some_and(|intent| intent.status == IntentStatus::Paid) => BillState::Checking,
        _ => BillState::Open { days_left: days_between(today(now), invoice.due_on) },
    }
}

/// The day it is in Ulaanbaatar.
fn today(now: Timestamp) -> Date {
    Offset::constant(8).to_datetime(now).date()
}

fn days_between(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}

fn line(item: wire::invoices::InvoiceItemView) -> BillLine {
    let made = item.how.lines().filter(|step| !step.trim().is_empty()).map(str::to_owned).collect();
    BillLine { text: item.description, amount: item.amount, made }
}

fn qpay(intent: Option<IntentView>) -> Qpay {
    let Some(intent) = intent else { return Qpay::Offered { has_failed: false } };
    match (intent.status, intent.qr_text) {
        (IntentStatus::Open | IntentStatus::Paid, Some(qr)) => {
            let short = intent.short_url.map(|href| BankLink { name: "QPay".into(), href });
            let banks = intent.bank_links.into_iter().map(|bank| BankLink { name: bank_name(&bank), href: bank.link });
            Qpay::Ready { qr, banks: banks.chain(short).collect() }
        }
        (IntentStatus::Requested | IntentStatus::Open, None) | (IntentStatus::Requested, Some(_)) => Qpay::Preparing,
        (status, _) => Qpay::Offered { has_failed: status == IntentStatus::Failed },
    }
}

/// QPay names a bank in English and describes it in Mongolian.
fn bank_name(bank: &wire::links::BankLinkView) -> String {
    if bank.description.is_empty() { bank.name.clone() } else { bank.description.clone() }
}

fn account(reader: &Reader, account: wire::links::PayableAccount) -> Account {
    Account {
        bank: match account.bank.as_str() {
            known @ ("khan" | "golomt" | "tdb") => reader.term("bank", known).into_owned(),
            _ => reader.term("bank", "other").into_owned(),
        },
        number: account.number,
        holder: account.holder,
        reference: account.reference,
    }
}

fn receipt(receipt: LinkedReceipt) -> TaxReceipt {
    TaxReceipt {
        status: receipt.status,
        amount: receipt.amount,
        number: receipt.receipt_no.unwrap_or_default(),
        lottery: receipt.lottery,
        qr: receipt.qr_data,
        issued_at: receipt.provider_date,
    }
}

/// What stands behind a link that opens nothing.
#[derive(Debug, Clone, Copy)]
pub struct NoBill;

impl Page for NoBill {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("bill-gone");
        frame::plain(
            reader,
            &title,
            html! {
                section class="problem" {
                    h1 class="problem-heading" { (title) }
                    p class="problem-message" { (reader.say("bill-gone-note")) }
                }
            },
        )
    }

    fn sample() -> NoBill {
        NoBill
    }
}

#[cfg(test)]
mod tests;
