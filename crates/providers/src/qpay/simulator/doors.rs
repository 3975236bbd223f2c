//! The merchant's wire, path by path.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{delete, get, post},
};
use domain::Money;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{
    Merchant, Simulator,
    answers::{self, check_row, made, number},
    callbacks,
    reading::{basic, date, new_invoice, page, read, text},
    state::{self, Grant, Pay, Payment, Refusal},
};
use crate::sandbox::{Mood, Provider, moods};

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
    Ok(Json(answers::invoice(invoice, state.payments_of(&id))))
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
    let rows: Vec<Value> = page(&payments, &body)?.iter().map(|payment| answers::list_row(payment)).collect();
    Ok(Json(json!({"count": payments.len(), "rows": rows})))
}

async fn payment(State(simulator): State<Simulator>, headers: HeaderMap, Path(id): Path<String>) -> Answer {
    let merchant = simulator.merchant(&headers)?;
    simulator.moods().dawdle(Provider::Qpay).await;
    let state = simulator.state();
    let payment = own_payment(&state, &merchant, &id)?;
    Ok(Json(answers::payment(payment)))
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

fn own_payment<'a>(state: &'a state::State, merchant: &Merchant, id: &str) -> Answer<&'a Payment> {
    let own =
        |p: &&Payment| p.id == id && state.invoice(&p.invoice_id).is_some_and(|i| i.merchant == merchant.username);
    state.payments.iter().find(own).ok_or_else(|| Refusal::business("PAYMENT_NOTFOUND", "Төлбөр олдсонгүй"))
}
