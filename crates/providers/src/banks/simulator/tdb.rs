//! TDB's wire: `/tdb`.

use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::{Money, bank::Bank};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Shown, Simulator, Switches, login, number};
use crate::sandbox::{Mood, Provider, moods};

#[derive(Deserialize)]
struct Asked {
    from: String,
    to: String,
    #[serde(default)]
    page: usize,
    #[serde(default)]
    size: Option<usize>,
}

pub fn router() -> Router<Simulator> {
    let wire = Router::new().route("/oauth2/token", post(token)).route("/accounts/statement/{account}", get(statement));
    Router::new().nest("/tdb", wire)
}

async fn token(State(bank): State<Simulator>, Json(sent): Json<Value>) -> Response {
    let (id, secret) = login::TDB;
    if sent["client_id"] != id || sent["client_secret"] != secret || sent["grant_type"] != "client_credentials" {
        bank.state().token_calls += 1;
        return Json(json!({ "success": false, "msg": "Нэвтрэх мэдээлэл буруу" })).into_response();
    }
    let token = bank.grant(Bank::Tdb, 60);
    Json(match bank.switches().other_wrapping {
        true => json!({ "success": true, "data": { "token": token } }),
        false => json!({ "success": true, "msg": "", "token": token }),
    })
    .into_response()
}

async fn statement(
    State(bank): State<Simulator>,
    Path(account): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    if !bank.lets_in(&headers) {
        return (StatusCode::UNAUTHORIZED, Json(json!({ "success": false, "msg": "token" }))).into_response();
    }
    bank.0.moods.dawdle(Provider::Banks).await;
    let switches = bank.switches();
    if switches.broken {
        return (StatusCode::BAD_GATEWAY, "<html><body>502 Bad Gateway</body></html>").into_response();
    }
    match bank.0.moods.draw(Provider::Banks, &[Mood::Refuse, Mood::DieAfterEffect]) {
        Mood::Refuse => return Json(json!({ "success": false, "msg": "Эрхгүй данс" })).into_response(),
        Mood::DieAfterEffect => return moods::hang_up(),
        _ => (),
    }
    let Some(rows) = bank.rows(Bank::Tdb, &account) else {
        return Json(json!({ "success": false, "message": "Данс олдсонгүй" })).into_response();
    };
    let day = |row: &Shown| row.at.strftime("%Y/%m/%d").to_string();
    let asked_for: Vec<&Shown> = rows.iter().filter(|row| (&asked.from..=&asked.to).contains(&&day(row))).collect();
    let size = asked.size.unwrap_or(100).max(1);
    let page = match switches.pages_from_nought {
        true => Some(asked.page),
        false => asked.page.checked_sub(1),
    };
    let shown: Vec<Value> = page
        .map(|page| asked_for.iter().skip(page * size).take(size).map(|row| line(row, switches)).collect())
        .unwrap_or_default();
    let sum = |positive: bool| {
        let amounts = asked_for.iter().map(|row| row.row.amount).filter(|amount| amount.is_positive() == positive);
        number(Money::sum(amounts).unwrap_or_default(), false)
    };
    let head = json!({ "total_credit": sum(true), "total_debit": sum(false), "totalrecords": asked_for.len() });
    let head = if switches.other_wrapping { head } else { json!([head]) };
    let mut told = json!({ "success": true, "msg": "", "header": head });
    if !shown.is_empty() {
        told["txn"] = shown.into();
    }
    Json(told).into_response()
}

fn line(shown: &Shown, switches: Switches) -> Value {
    let row = &shown.row;
    let (credit, debit) = match (row.amount.is_positive(), switches.positive_debits) {
        (true, _) => (row.amount, Money::ZERO),
        (false, true) => (Money::ZERO, row.amount.checked_neg().unwrap_or_default()),
        (false, false) => (Money::ZERO, row.amount),
    };
    json!({
        "txndate": shown.at.strftime("%Y/%m/%d %H:%M:%S").to_string(), "refno": 864_391_000_000_i64 + shown.journal % 1_000_000,
        "txndesc": row.text, "credit": number(credit, switches.amounts_as_text),
        "debit": number(debit, switches.amounts_as_text), "balance": number(shown.balance, false),
        "contacntno": row.counter_account, "currate": 1, "contacntname": row.counter_name,
        "fee": if row.is_fee { "1" } else { "0" }, "bankcode": "04",
    })
}
