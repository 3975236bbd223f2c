//! Khan Bank's wire: `/khan/v1`.

use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{Money, bank::Bank};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Shown, Simulator, login, number};
use crate::sandbox::{Mood, Provider, moods};

#[derive(Deserialize, Default)]
struct Asked {
    #[serde(default)]
    from: Option<String>,
    #[serde(default)]
    to: Option<String>,
    #[serde(default)]
    record: Option<i64>,
    #[serde(default)]
    page: usize,
    #[serde(default)]
    size: Option<usize>,
}

pub fn router() -> Router<Simulator> {
    let wire = Router::new()
        .route("/auth/token", post(token))
        .route("/accounts", get(accounts))
        .route("/statements/{account}", get(statement))
        .route("/statements/{account}/record", get(statement));
    Router::new().nest("/khan/v1", wire)
}

async fn token(State(bank): State<Simulator>, headers: HeaderMap) -> Response {
    let (key, secret) = login::KHAN;
    let expected = format!("Basic {}", STANDARD.encode(format!("{key}:{secret}")));
    if headers.get("authorization").and_then(|value| value.to_str().ok()) != Some(expected.as_str()) {
        bank.state().token_calls += 1;
        let refusal = json!({ "code": "INVALID_CLIENT", "message": "Түлхүүр эсвэл нууц үг буруу" });
        return (StatusCode::UNAUTHORIZED, Json(refusal)).into_response();
    }
    let token = bank.grant(Bank::Khan, 1_799);
    Json(json!({ "access_token": token, "access_token_expires_in": "1799", "token_type": "BearerToken", "status": "approved" }))
        .into_response()
}

fn expired() -> Response {
    let fault = json!({ "fault": { "faultstring": "Access Token expired",
        "detail": { "errorcode": "keymanagement.service.access_token_expired" } } });
    (StatusCode::UNAUTHORIZED, Json(fault)).into_response()
}

async fn accounts(State(bank): State<Simulator>, headers: HeaderMap) -> Response {
    if !bank.lets_in(&headers) {
        return expired();
    }
    let numbers: Vec<String> =
        bank.state().accounts.keys().filter(|(of, _)| *of == Bank::Khan).map(|(_, n)| n.clone()).collect();
    let account = |account: &String| {
        let rows = bank.rows(Bank::Khan, account).unwrap_or_default();
        let balance = rows.last().map_or(Money::ZERO, |row| row.balance);
        json!({ "number": account, "currency": "MNT", "type": "D", "status": "A", "name": "ДЭМО ПРОПЕРТИ ХХК",
            "balance": number(balance, false), "avalaibleBalance": number(balance, false) })
    };
    Json(json!({ "accounts": numbers.iter().map(account).collect::<Vec<Value>>() })).into_response()
}

async fn statement(
    State(bank): State<Simulator>,
    Path(account): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    if !bank.lets_in(&headers) {
        return expired();
    }
    bank.0.moods.dawdle(Provider::Banks).await;
    let switches = bank.switches();
    if switches.broken {
        return (StatusCode::BAD_GATEWAY, "<html><body>502 Bad Gateway</body></html>").into_response();
    }
    match bank.0.moods.draw(Provider::Banks, &[Mood::Refuse, Mood::DieAfterEffect]) {
        Mood::Refuse => {
            let refusal = json!({ "code": "SERVICE_DENIED", "message": "Үйлчилгээний эрхгүй" });
            return (StatusCode::FORBIDDEN, Json(refusal)).into_response();
        }
        Mood::DieAfterEffect => return moods::hang_up(),
        _ => (),
    }
    let Some(rows) = bank.rows(Bank::Khan, &account) else {
        let refusal = json!({ "code": "ACCOUNT_NOT_FOUND", "message": "Данс олдсонгүй" });
        return (StatusCode::NOT_FOUND, Json(refusal)).into_response();
    };
    let day = |row: &Shown| row.at.strftime("%Y%m%d").to_string();
    let is_asked = |row: &&Shown| {
        asked.record.is_none_or(|record| row.record > record)
            && asked.from.as_ref().is_none_or(|from| day(row) >= *from)
            && asked.to.as_ref().is_none_or(|to| day(row) <= *to)
    };
    let asked_for: Vec<&Shown> = rows.iter().filter(is_asked).collect();
    let size = asked.size.unwrap_or(100).max(1);
    // a row that was inserted between two reads moves the last one to the next page
    let shift = usize::from(switches.repeat_a_row && asked.page > 0);
    let page: Vec<Value> = asked_for
        .iter()
        .skip((asked.page * size).saturating_sub(shift))
        .take(size)
        .map(|row| transaction(row, switches.no_time, switches.amounts_as_text))
        .collect();
    let sum = |positive: bool| {
        let amounts = asked_for.iter().map(|row| row.row.amount).filter(|amount| amount.is_positive() == positive);
        number(Money::sum(amounts).unwrap_or_default(), false)
    };
    Json(json!({
        "account": account, "currency": "MNT", "customerName": "ДЭМО ПРОПЕРТИ ХХК",
        "total": { "count": asked_for.len(), "credit": sum(true), "debit": sum(false) },
        "transactions": page,
    }))
    .into_response()
}

fn transaction(shown: &Shown, no_time: bool, as_text: bool) -> Value {
    let day = shown.at.date().to_string();
    let time = if no_time { String::new() } else { shown.at.strftime("%H%M%S12").to_string() };
    let mut row = json!({
        "record": shown.record, "tranDate": day, "postDate": day, "time": time, "branch": "5000", "teller": "99944",
        "journal": shown.journal, "code": 4045, "amount": number(shown.row.amount, as_text),
        "balance": number(shown.balance, as_text), "debit": 0, "correction": i32::from(shown.row.corrected),
        "description": shown.row.text,
    });
    if let Some(account) = &shown.row.counter_account {
        row["relatedAccount"] = account.clone().into();
    }
    row
}
