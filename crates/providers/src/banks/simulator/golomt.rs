//! Golomt Bank's wire: `/golomt/api`.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::bank::Bank;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Shown, Simulator, Switches, login, number};
use crate::{
    banks::golomt::cipher::Cipher,
    sandbox::{Mood, Provider, moods},
};

#[derive(Deserialize)]
struct SignIn {
    name: String,
    password: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Granted {
    client_id: String,
    state: String,
    scope: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Question {
    account_id: String,
    register_no: String,
    start_date: Date,
    end_date: Date,
}

pub fn router() -> Router<Simulator> {
    let wire = Router::new()
        .route("/v1/auth/login", post(sign_in))
        .route("/v1/auth/refresh", get(refresh))
        .route("/v1/account/operative/statement", post(statement))
        .route("/v1/account/operative/statement/", post(statement));
    Router::new().nest("/golomt/api", wire)
}

fn cipher() -> Cipher {
    let (session, iv) = login::GOLOMT_KEYS;
    Cipher::new(session, iv).expect("the demo's keys are of the right length")
}

async fn sign_in(State(bank): State<Simulator>, Json(sent): Json<SignIn>) -> Response {
    let (name, password) = login::GOLOMT;
    if sent.name != name || cipher().decrypt(&sent.password).as_deref() != Some(password) {
        bank.state().token_calls += 1;
        let refusal = json!({ "status": "BAD_REQUEST", "message": "Нэвтрэх нэр эсвэл нууц үг буруу",
            "subErrors": [{ "type": "BUSINESS", "desc": "merchant.details.not.present", "code": "MERDET0001" }] });
        return (StatusCode::BAD_REQUEST, Json(refusal)).into_response();
    }
    Json(token(&bank)).into_response()
}

async fn refresh(State(bank): State<Simulator>, headers: HeaderMap) -> Response {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match bearer.starts_with("Bearer golomt-token-") && bearer.ends_with(".refresh") {
        true => Json(token(&bank)).into_response(),
        false => StatusCode::UNAUTHORIZED.into_response(),
    }
}

fn token(bank: &Simulator) -> Value {
    let token = bank.grant(Bank::Golomt, 300);
    json!({ "requestId": "9b0d5e0a77", "token": token, "refreshToken": format!("{token}.refresh"),
        "tokenType": "Bearer", "expiresIn": 300 })
}

async fn statement(
    State(bank): State<Simulator>,
    Query(granted): Query<Granted>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if !bank.lets_in(&headers) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    bank.0.moods.dawdle(Provider::Banks).await;
    let switches = bank.switches();
    if switches.broken {
        return (StatusCode::BAD_GATEWAY, "<html><body>502 Bad Gateway</body></html>").into_response();
    }
    let checksum = headers.get("x-golomt-checksum").and_then(|value| value.to_str().ok());
    if checksum != Some(cipher().checksum(&body).as_str()) || headers.get("x-golomt-service").is_none() {
        return error(switches, "CHECKSUM", "The checksum does not match the body.");
    }
    match bank.0.moods.draw(Provider::Banks, &[Mood::Refuse, Mood::DieAfterEffect]) {
        Mood::Refuse => return error(switches, "403", "only.access.customer.own.account"),
        Mood::DieAfterEffect => return moods::hang_up(),
        _ => (),
    }
    let is_granted = granted.state == "granted" && granted.client_id == "demo-client" && granted.scope == "statement";
    if switches.grant_always || (switches.grant_first && !is_granted) {
        let url = "https://consent.example/?response_type=code&client_id=demo-client&state=granted&scope=statement";
        return answer(switches, StatusCode::OK, &json!({ "url": url }));
    }
    let Ok(question) = serde_json::from_slice::<Question>(&body) else {
        return error(switches, "400", "accountId, registerNo, startDate, endDate");
    };
    let days = question.end_date.since(question.start_date).map(|span| span.get_days()).unwrap_or(i32::MAX);
    if days > i32::from(question.start_date.days_in_month()) {
        return error(switches, "400", "Он сар буруу байна");
    }
    if question.register_no != login::GOLOMT_REGISTER {
        return error(switches, "403", "only.access.customer.own.account");
    }
    let Some(rows) = bank.rows(Bank::Golomt, &question.account_id) else {
        return error(switches, "162", "The account does not exist.");
    };
    let asked = rows.iter().filter(|row| (question.start_date..=question.end_date).contains(&row.at.date()));
    // the newest first, numbered within this answer
    let newest: Vec<&Shown> = asked.rev().collect();
    let told: Vec<Value> = newest.iter().zip(1..).map(|(row, place)| line(row, place, switches)).collect();
    answer(
        switches,
        StatusCode::OK,
        &json!({ "requestId": "5f0c0a52d9", "accountId": question.account_id, "statements": told }),
    )
}

fn line(shown: &Shown, place: i64, switches: Switches) -> Value {
    let row = &shown.row;
    let (side, amount) = match row.amount.is_positive() {
        true => ("Credit", row.amount),
        false => ("Debit", row.amount.checked_neg().unwrap_or_default()),
    };
    let mut line = json!({
        "recNum": place, "tranId": format!("S{}", shown.journal % 1_000_000), "tranDate": shown.at.date().to_string(),
        "drOrCr": side, "tranAmount": number(amount, switches.amounts_as_text), "tranDesc": row.text,
        "tranPostedDate": shown.at.strftime("%Y-%m-%dT%H:%M:%S").to_string(), "tranCrnCode": "MNT", "exchRate": 1,
        "balance": shown.balance.to_decimal_string(),
    });
    if !switches.no_counterparty {
        line["accName"] = row.counter_name.clone().unwrap_or_default().into();
        line["accNum"] = row.counter_account.clone().unwrap_or_default().into();
    }
    line
}

fn error(switches: Switches, code: &str, message: &str) -> Response {
    let told = json!({ "status": "BAD_REQUEST", "timestamp": "2026-03-05 10:00:00", "message": message, "debugMessage": "",
        "subErrors": [{ "type": "BUSINESS", "desc": message, "code": code }] });
    if switches.plain_errors {
        return (StatusCode::BAD_REQUEST, Json(told)).into_response();
    }
    answer(switches, StatusCode::BAD_REQUEST, &told)
}

/// Encrypted, though the content type says JSON.
fn answer(switches: Switches, status: StatusCode, told: &Value) -> Response {
    let text = cipher().encrypt(told.to_string().as_bytes());
    let text = match switches.broken_lines {
        true => {
            let lines: Vec<&[u8]> = text.as_bytes().chunks(76).collect();
            lines.iter().map(|line| String::from_utf8_lossy(line)).collect::<Vec<_>>().join("\r\n")
        }
        false => text,
    };
    (status, [(header::CONTENT_TYPE, "application/json")], text).into_response()
}
