//! Reads what a merchant sends, as strictly as the network does.

use axum::{
    body::Bytes,
    http::{HeaderMap, StatusCode, header},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use domain::Money;
use jiff::{Timestamp, civil, tz};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    Merchant,
    state::{NewInvoice, Refusal},
};
use crate::qpay::wire::Amount;

type Answer<T> = Result<T, Refusal>;

/// An invoice with every field checked.
pub fn new_invoice(merchant: &Merchant, body: &Value) -> Answer<NewInvoice> {
    let invoice_code = text(body, "invoice_code", 45)?;
    if !merchant.invoice_codes.contains(&invoice_code) {
        return Err(Refusal::business("INVOICE_CODE_INVALID", "Нэхэмжлэхийн код буруу байна"));
    }
    let reference = text(body, "sender_invoice_no", 45)?;
    text(body, "invoice_receiver_code", 45)?;
    let description = text(body, "invoice_description", 255)?;
    let special = |c: char| !(c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '_'));
    if reference.contains(special) || description.contains(special) {
        return Err(invalid("тусгай тэмдэгт ашиглахгүй"));
    }
    let callback_url = text(body, "callback_url", 255)?;
    let amount = body.get("amount").and_then(amount).ok_or_else(|| invalid("amount"))?;
    if amount.compare(Money::from_tugrug(10)).is_le() {
        return Err(Refusal::business("MIN_AMOUNT_ERR", "Дүн хэт бага байна"));
    }
    Ok(NewInvoice {
        merchant: merchant.username.clone(),
        invoice_code,
        reference,
        branch: body.get("sender_branch_code").and_then(Value::as_str).map(str::to_owned),
        description,
        amount,
        callback_url,
        expires_at: if truth(body, "enable_expiry") { date(body, "expiry_date")? } else { None },
        allow_partial: truth(body, "allow_partial"),
        allow_exceed: truth(body, "allow_exceed"),
    })
}

/// The asked page of a list, by QPay's limits.
pub fn page<'a, T>(all: &'a [T], body: &Value) -> Answer<&'a [T]> {
    let offset = |name: &str, default: u64| match body.pointer(&format!("/offset/{name}")) {
        None => Some(default),
        Some(value) => value.as_u64(),
    };
    let number = offset("page_number", 1).filter(|n| *n >= 1).ok_or_else(|| invalid("page_number"))?;
    let limit = offset("page_limit", 100).filter(|n| (1..=100).contains(n)).ok_or_else(|| invalid("page_limit"))?;
    let skip = usize::try_from((number - 1).saturating_mul(limit)).unwrap_or(usize::MAX).min(all.len());
    let take = usize::try_from(limit).expect("at most 100").min(all.len() - skip);
    Ok(&all[skip..skip + take])
}

/// A body as JSON.
pub fn read(body: &Bytes) -> Answer<Value> {
    parse(body).ok_or_else(|| invalid("JSON"))
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    serde_json::from_slice(body).ok()
}

/// A field that must be there, with at most `longest` characters.
pub fn text(body: &Value, name: &str, longest: usize) -> Answer<String> {
    match body.get(name).and_then(Value::as_str) {
        Some(text) if !text.is_empty() && text.chars().count() <= longest => Ok(text.to_owned()),
        _ => Err(invalid(name)),
    }
}

fn amount(value: &Value) -> Option<Money> {
    parse::<Amount>(value.to_string().as_bytes()).map(|amount| amount.0)
}

/// `true`, or the string of it.
fn truth(body: &Value, name: &str) -> bool {
    match body.get(name) {
        Some(Value::Bool(truth)) => *truth,
        Some(Value::String(text)) => text == "true",
        _ => false,
    }
}

/// A date of a request, on Ulaanbaatar's clock.
pub fn date(body: &Value, name: &str) -> Answer<Option<Timestamp>> {
    let Some(text) = body.get(name).and_then(Value::as_str) else { return Ok(None) };
    let clock = text.parse::<civil::DateTime>().map_err(|_| invalid(name))?;
    let zone = tz::TimeZone::fixed(tz::offset(8));
    Ok(Some(clock.to_zoned(zone).map_err(|_| invalid(name))?.timestamp()))
}

fn invalid(what: &str) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, "VALIDATION_ERROR", what)
}

/// The name and password of an `Authorization: Basic` header.
pub fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let encoded = headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Basic ")?;
    let decoded = String::from_utf8(BASE64_STANDARD.decode(encoded).ok()?).ok()?;
    decoded.split_once(':').map(|(username, password)| (username.to_owned(), password.to_owned()))
}
