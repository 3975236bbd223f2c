//! The banks' counter: somebody pays into an account, by script.

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::bank::Bank;
use serde_json::{Value, json};

use super::{Booked, Simulator, Switches};
use crate::sandbox::Door;

pub fn router(simulator: Simulator) -> Router {
    Router::new()
        .route("/banks.json", get(accounts))
        .route("/bank-desk/{bank}/{account}/movements.json", post(book))
        .route("/bank-desk/switches.json", get(switches).put(set_switches))
        .with_state(simulator)
}

pub fn doors() -> Vec<Door> {
    let door = |method, path: &str, what, what_en| Door { method, path: format!("/sandbox{path}"), what, what_en };
    vec![
        door("GET", "/banks.json", "Банкны данс, гүйлгээ", "Bank accounts and their movements"),
        door(
            "POST",
            "/bank-desk/{bank}/{account}/movements.json",
            "Дансанд гүйлгээ хийх: amount, text, counterAccount, counterName",
            "Book a movement on an account: amount, text, counterAccount, counterName",
        ),
        door("PUT", "/bank-desk/switches.json", "Банкны зан авир", "How the banks behave"),
    ]
}

async fn accounts(State(banks): State<Simulator>) -> Json<Value> {
    let accounts: Vec<(Bank, String)> = banks.state().accounts.keys().cloned().collect();
    let shown = accounts.iter().map(|(bank, number)| {
        let rows = banks.rows(*bank, number).unwrap_or_default();
        let rows = rows.iter().map(|shown| {
            json!({ "at": shown.at.to_string(), "amount": shown.row.amount, "balance": shown.balance, "text": shown.row.text })
        });
        json!({ "bank": bank, "account": number, "movements": rows.collect::<Vec<_>>() })
    });
    Json(shown.collect::<Vec<_>>().into())
}

async fn book(
    State(banks): State<Simulator>,
    Path((bank, account)): Path<(Bank, String)>,
    Json(movement): Json<Booked>,
) -> Response {
    match banks.book(bank, &account, movement) {
        true => StatusCode::CREATED.into_response(),
        false => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn switches(State(banks): State<Simulator>) -> Json<Switches> {
    Json(banks.switches())
}

async fn set_switches(State(banks): State<Simulator>, Json(switches): Json<Switches>) -> Json<Switches> {
    banks.set(switches);
    Json(switches)
}
