//! The merchant's wire, path by path.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{delete, get, post},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use domain::Money;
use jiff::{SignedDuration, Timestamp, civil, tz};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{
    Merchant, Simulator, callbacks,
    state::{self, BANKS, Grant, Invoice, InvoiceState, NewInvoice, Pay, Payment, Refusal},
};
use crate::{
    qpay::wire::Amount,
    qr,
    sandbox::{Mood, Provider, moods},
};

type Answer<T = Json<Value>> = Result<T, Refusal>;

pub fn router(simulator: Simulator) -> Router {
    let wire = Router::new()
        .route("/auth/token", post(token))
        .route("/auth/refresh", post(refresh))
        .route("/invoice", post(make_invoice))
        .route("/invoice/{id}", get(invoice).delete(cancel_invoice))
        .route("/payment/check", post(check))
        .route("/payment/list", post(list))
        .route("/payment/{id}", get(payment))
        .route("/payment/cancel/{id}", delete(give_back))
        .route("/payment/refund/{id}", delete(give_back))
        .with_state(simulator);
    Router::new().nest("/v2", wire)
}

async fn token(State(simulator): State<Simulator>, headers: HeaderMap) -> Answer {
    simulator.state().token_calls += 1;
    let wrong = || Refusal::new(StatusCode::UNAUTHORIZED, "AUTHENTICATION_FAILED", "Нэвтрэх нэр, нууц үг буруу");
    let merchant = basic(&headers)
        .and_then(|(username, password)| {
            let merchants = &simulator.settings().merchants;
            merchants.iter().find(|m| m.username == username && m.password == password)
        })
        .ok_or_else(wrong)?;
    Ok(Json(simulator.grant(&merchant.username)))
}

async fn refresh(State(simulator): State<Simulator>, headers: HeaderMap) -> Answer {
    simulator.state().token_calls += 1;
    let username = simulator.bearer(&headers, true)?;
    Ok(Json(simulator.grant(&username)))
}

async fn make_invoice(State(simulator): State<Simulator>, headers: HeaderMap, body: Bytes) -> Answer<Response> {
    let merchant = simulator.merchant(&headers)?;
    let new = new_invoice(&merchant, &read(&body)?)?;
    let mood = simulator.moods().draw(Provider::Qpay, &[Mood::Refuse, Mood::DieAfterEffect]);
    if mood == Mood::Refuse {
        return Err(Refusal::business("MERCHANT_INACTIVE", "Мерчант идэвхгүй байна"));
    }

    let invoice = simulator.state().make(new)?;
    simulator.0.ledger.note(&invoice.reference);
    if simulator.switches().pay_before_answer {
        let payment = simulator.state().pay(&invoice.id, &Pay::default())?;
        callbacks::tell(&simulator, &payment).await;
    }
    simulator.moods().dawdle(Provider::Qpay).await;
    match mood {
        Mood::DieAfterEffect => Ok(moods::hang_up()),
        _ => Ok(Json(made(&simulator, &invoice)).into_response()),
    }
}

async fn invoice(State(simulator): State<Simulator>, headers: HeaderMap, Path(id): Path<String>) -> Answer {
    let merchant = simulator.merchant(&headers)?;
    simulator.moods().dawdle(Provider::Qpay).await;
    let state = simulator.state();
    let invoice = state.invoice(&id).filter(|i| i.merchant == merchant.username).ok_or_else(Refusal::no_invoice)?;
    let status = match invoice.state_at(Timestamp::now()) {
        InvoiceState::Open => "OPEN",
        InvoiceState::Paid | InvoiceState::Cancelled => "CLOSED",
        InvoiceState::Expired => "EXPIRED",
    };
    Ok(Json(json!({
        "invoice_id": invoice.id,
        "invoice_status": status,
        "sender_invoice_no": invoice.reference,
        "sender_branch_code": invoice.branch,
        "invoice_description": invoice.description,
        "gross_amount": invoice.amount.to_decimal_string(),
        "discount_amount": "0.00", "surcharge_amount": "0.00", "tax_amount": "0.00",
        "total_amount": invoice.amount.to_decimal_string(),
        "callback_url": invoice.callback_url,
        "note": null,
        "enable_expiry": invoice.expires_at.is_some(),
        "expiry_date": invoice.expires_at,
        "invoice_due_date": null,
        "allow_partial": invoice.allow_partial, "minimum_amount": null,
        "allow_exceed": invoice.allow_exceed, "maximum_amount": null,
        "lines": [], "transactions": [], "inputs": [],
        "payments": state.payments_of(&id).map(|payment| json!({"payment_id": payment.id})).collect::<Vec<_>>(),
    })))
}

async fn cancel_invoice(
    State(simulator): State<Simulator>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Answer<Response> {
    let merchant = simulator.merchant(&headers)?;
    let mood = simulator.moods().draw(Provider::Qpay, &[Mood::Refuse, Mood::DieAfterEffect]);
    if mood == Mood::Refuse {
        return Err(Refusal::business("MERCHANT_INACTIVE", "Мерчант идэвхгүй байна"));
    }
    simulator.state().cancel(&merchant.username, &id)?;
    simulator.moods().dawdle(Provider::Qpay).await;
    Ok(if mood == Mood::DieAfterEffect { moods::hang_up() } else { Json(json!({})).into_response() })
}

async fn check(State(simulator): State<Simulator>, headers: HeaderMap, body: Bytes) -> Answer {
    let merchant = simulator.merchant(&headers)?;
    let body = read(&body)?;
    simulator.moods().dawdle(Provider::Qpay).await;
    if !["INVOICE", "QR", "ITEM"].contains(&text(&body, "object_type", 10)?.as_str()) {
        return Err(Refusal::business("INVALID_OBJECT_TYPE", "INVALID_OBJECT_TYPE"));
    }
    let id = text(&body, "object_id", 36)?;
    let state = simulator.state();
    let own = state.invoice(&id).is_some_and(|invoice| invoice.merchant == merchant.username);
    let payments: Vec<&Payment> = state.payments_of(&id).filter(|_| own).collect();
    let rows: Vec<Value> = page(&payments, &body)?.iter().map(|payment| check_row(payment)).collect();
    if payments.is_empty() {
        return Ok(Json(json!({"count": 0, "rows": []})));
    }
    let paid = Money::sum(payments.iter().map(|payment| payment.amount))
        .map_err(|_| Refusal::business("MAX_AMOUNT_ERR", "MAX_AMOUNT_ERR"))?;
    Ok(Json(json!({"count": payments.len(), "paid_amount": number(paid), "rows": rows})))
}

async fn list(State(simulator): State<Simulator>, headers: HeaderMap, body: Bytes) -> Answer {
    let merchant = simulator.merchant(&headers)?;
    let body = read(&body)?;
    simulator.moods().dawdle(Provider::Qpay).await;
    let (code, from, until) = (text(&body, "object_id", 45)?, date(&body, "start_date")?, date(&body, "end_date")?);
    let span = from.unwrap_or(Timestamp::MIN)..=until.unwrap_or(Timestamp::MAX);
    let state = simulator.state();
    let asked = |payment: &&Payment| {
        span.contains(&payment.paid_at)
            && state
                .invoice(&payment.invoice_id)
                .is_some_and(|invoice| invoice.merchant == merchant.username && invoice.invoice_code == code)
    };
    let payments: Vec<&Payment> = state.payments.iter().filter(asked).collect();
    let rows: Vec<Value> = page(&payments, &body)?
        .iter()
        .map(|payment| {
            json!({
                "payment_id": payment.id, "payment_date": payment.paid_at.to_string(),
                "payment_status": payment.status, "payment_fee": number(payment.fee),
                "payment_amount": number(payment.amount), "payment_currency": "MNT",
                "payment_wallet": wallet(payment), "payment_name": "", "payment_description": "", "qr_code": "",
                "paid_by": paid_by(payment), "object_type": "INVOICE", "object_id": payment.invoice_id,
            })
        })
        .collect();
    Ok(Json(json!({"count": payments.len(), "rows": rows})))
}

async fn payment(State(simulator): State<Simulator>, headers: HeaderMap, Path(id): Path<String>) -> Answer {
    let merchant = simulator.merchant(&headers)?;
    simulator.moods().dawdle(Provider::Qpay).await;
    let state = simulator.state();
    let payment = own_payment(&state, &merchant, &id)?;
    Ok(Json(json!({
        "payment_id": payment.id, "payment_status": payment.status,
        "payment_fee": payment.fee.to_decimal_string(), "payment_amount": payment.amount.to_decimal_string(),
        "payment_currency": "MNT", "payment_date": payment.paid_at.to_string(),
        "payment_wallet": "0fc9b71c-cd87-4ffd-9cac-2279ebd9deb0",
        "object_type": "INVOICE", "object_id": payment.invoice_id,
        "next_payment_date": null, "next_payment_datetime": null, "transaction_type": paid_by(payment),
        "card_transactions": if payment.card { vec![json!({
            "card_merchant_code": "000000001", "card_terminal_code": "00000001",
            "card_number": "6234 58** **** 2733", "transaction_amount": payment.amount.to_decimal_string(),
            "transaction_currency": "MNT", "transaction_date": payment.paid_at.to_string(),
            "transaction_status": "SUCCESS", "settlement_status": "PENDING",
        })] } else { vec![] },
        "p2p_transactions": p2p(payment),
    })))
}

/// Cancelling and refunding: accounts are settled at once, and cards are not simulated that far.
async fn give_back(State(simulator): State<Simulator>, headers: HeaderMap, Path(id): Path<String>) -> Answer {
    let merchant = simulator.merchant(&headers)?;
    own_payment(&simulator.state(), &merchant, &id)?;
    Err(Refusal::business("PAYMENT_SETTLED", "PAYMENT_SETTLED"))
}

impl Simulator {
    fn grant(&self, username: &str) -> Value {
        const DAY: SignedDuration = SignedDuration::from_hours(24);
        let mut state = self.state();
        let life = if state.switches.short_tokens { SignedDuration::from_secs(60) } else { DAY };
        let ends_at = Timestamp::now() + life;
        if state.switches.one_token {
            state.tokens.retain(|_, grant| grant.username != username);
        }
        let mut token = |refreshes| {
            let token = state::letters(40);
            state.tokens.insert(token.clone(), Grant { username: username.to_owned(), ends_at, refreshes });
            token
        };
        json!({
            "token_type": "bearer",
            "refresh_expires_in": ends_at.as_second(),
            "refresh_token": token(true),
            "access_token": token(false),
            "expires_in": ends_at.as_second(),
            "scope": "get_token",
            "not-before-policy": "0",
            "session_state": "sandbox",
        })
    }

    fn bearer(&self, headers: &HeaderMap, refreshes: bool) -> Answer<String> {
        let token = headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "))
            .ok_or_else(Refusal::no_credentials)?;
        let state = self.state();
        let grant = state.tokens.get(token).filter(|g| g.refreshes == refreshes && Timestamp::now() < g.ends_at);
        grant.map(|grant| grant.username.clone()).ok_or_else(Refusal::no_credentials)
    }

    fn merchant(&self, headers: &HeaderMap) -> Answer<Merchant> {
        let username = self.bearer(headers, false)?;
        if self.switches().broken {
            return Err(Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL_ERROR", "INTERNAL_ERROR"));
        }
        let known = self.settings().merchants.iter().find(|merchant| merchant.username == username);
        known.cloned().ok_or_else(Refusal::no_credentials)
    }
}

fn new_invoice(merchant: &Merchant, body: &Value) -> Answer<NewInvoice> {
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

fn made(simulator: &Simulator, invoice: &Invoice) -> Value {
    let base = &simulator.settings().public_url;
    let picture = qr::png(&invoice.qr_text, 300).expect("an EMV text fits into a QR of 300 pixels");
    // A browser opens no bank's app: the first link leads to the sandbox's own payer.
    let mut urls = vec![json!({
        "name": "Sandbox bank", "description": "Туршилтын банк", "logo": format!("{base}/qpay/banks/sandbox.svg"),
        "link": format!("{base}/qpay/invoices/{}", invoice.id),
    })];
    urls.extend(BANKS.iter().map(|bank| {
        json!({
            "name": bank.name, "description": bank.name_mn, "logo": format!("{base}/qpay/banks/{}.svg", bank.scheme),
            "link": format!("{}://q?qPay_QRcode={}", bank.scheme, invoice.qr_text),
        })
    }));
    json!({
        "invoice_id": invoice.id,
        "qr_text": invoice.qr_text,
        "qr_image": BASE64_STANDARD.encode(picture),
        "qPay_shortUrl": format!("{base}/qpay/s/{}", invoice.short),
        "urls": urls,
    })
}

fn check_row(payment: &Payment) -> Value {
    let card = json!({
        "card_type": "UNIONPAY", "is_cross_border": false, "amount": payment.amount.to_decimal_string(),
        "currency": "MNT", "date": payment.paid_at.to_string(), "status": "SUCCESS",
        "settlement_status": "PENDING", "settlement_status_date": payment.paid_at.to_string(),
    });
    json!({
        "payment_id": payment.id, "payment_status": payment.status,
        "payment_amount": payment.amount.to_decimal_string(), "trx_fee": payment.fee.to_decimal_string(),
        "payment_currency": "MNT", "payment_wallet": wallet(payment), "payment_type": paid_by(payment),
        "next_payment_date": null, "next_payment_datetime": null,
        "card_transactions": if payment.card { vec![card] } else { vec![] },
        "p2p_transactions": p2p(payment),
    })
}

fn p2p(payment: &Payment) -> Vec<Value> {
    if payment.card {
        return vec![];
    }
    let net = payment.amount.checked_sub(payment.fee).expect("the fee is a part of the amount");
    vec![json!({
        "transaction_bank_code": payment.bank, "account_bank_code": payment.bank,
        "account_bank_name": payment.bank().name_mn, "account_number": "50*******", "status": "SUCCESS",
        "amount": net.to_decimal_string(), "currency": "MNT", "settlement_status": "SETTLED",
    })]
}

fn wallet(payment: &Payment) -> String {
    if payment.card { "qPay wallet".into() } else { format!("{} апп", payment.bank().name_mn) }
}

fn paid_by(payment: &Payment) -> &'static str {
    if payment.card { "CARD" } else { "P2P" }
}

fn own_payment<'a>(state: &'a state::State, merchant: &Merchant, id: &str) -> Answer<&'a Payment> {
    let own =
        |p: &&Payment| p.id == id && state.invoice(&p.invoice_id).is_some_and(|i| i.merchant == merchant.username);
    state.payments.iter().find(own).ok_or_else(|| Refusal::business("PAYMENT_NOTFOUND", "Төлбөр олдсонгүй"))
}

/// The asked page of a list, by QPay's limits.
fn page<'a, T>(all: &'a [T], body: &Value) -> Answer<&'a [T]> {
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

fn read(body: &Bytes) -> Answer<Value> {
    parse(body).ok_or_else(|| invalid("JSON"))
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    serde_json::from_slice(body).ok()
}

fn text(body: &Value, name: &str, longest: usize) -> Answer<String> {
    match body.get(name).and_then(Value::as_str) {
        Some(text) if !text.is_empty() && text.chars().count() <= longest => Ok(text.to_owned()),
        _ => Err(invalid(name)),
    }
}

fn amount(value: &Value) -> Option<Money> {
    parse::<Amount>(value.to_string().as_bytes()).map(|amount| amount.0)
}

/// An amount as a JSON number.
fn number(amount: Money) -> Value {
    serde_json::to_string(&Amount(amount)).ok().and_then(|text| parse(text.as_bytes())).unwrap_or(Value::Null)
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
fn date(body: &Value, name: &str) -> Answer<Option<Timestamp>> {
    let Some(text) = body.get(name).and_then(Value::as_str) else { return Ok(None) };
    let clock = text.parse::<civil::DateTime>().map_err(|_| invalid(name))?;
    let zone = tz::TimeZone::fixed(tz::offset(8));
    Ok(Some(clock.to_zoned(zone).map_err(|_| invalid(name))?.timestamp()))
}

fn invalid(what: &str) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, "VALIDATION_ERROR", what)
}

fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let encoded = headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Basic ")?;
    let decoded = String::from_utf8(BASE64_STANDARD.decode(encoded).ok()?).ok()?;
    decoded.split_once(':').map(|(username, password)| (username.to_owned(), password.to_owned()))
}
