//! The other side of QPay: a payer who pays, and the network's oddities, by browser or by script.

use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{delete, get, post},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    Simulator, Switches, pages,
    state::{BANKS, Invoice, InvoiceState, Pay, Payment, Refusal},
};
use crate::{
    qr,
    sandbox::{
        Door,
        negotiation::{Sent, done, wants_json},
    },
};

pub fn router(simulator: Simulator) -> Router {
    Router::new()
        .route("/qpay/invoices", get(list))
        .route("/qpay/invoices.json", get(list_json))
        .route("/qpay/invoices/{id}", get(one))
        .route("/qpay/invoices/{id}/qr.png", get(picture))
        .route("/qpay/invoices/{id}/pay", post(pay))
        .route("/qpay/s/{short}", get(short_link))
        .route("/qpay/banks/{logo}", get(logo))
        .route("/qpay/switches.json", get(switches).put(set_switches))
        .route("/qpay/tokens", delete(forget_tokens))
        .with_state(simulator)
}

pub fn doors() -> Vec<Door> {
    let door = |method, path: &str, what, what_en| Door { method, path: format!("/sandbox{path}"), what, what_en };
    vec![
        door("GET", "/qpay/invoices", "QPay нэхэмжлэхүүд, төлөх товчтой", "QPay invoices, with a button to pay"),
        door(
            "GET",
            "/qpay/invoices.json?state=open&reference=",
            "Мөн JSON-оор; state, reference-ээр шүүнэ",
            "The same as JSON; filters: state (open, paid, cancelled, expired), reference (sender_invoice_no)",
        ),
        door(
            "GET",
            "/qpay/invoices/{id}",
            "Төлөгчийн дэлгэц; Accept: application/json бол JSON",
            "The payer's page; JSON when asked for with Accept",
        ),
        door(
            "POST",
            "/qpay/invoices/{id}/pay",
            "Төлөх",
            "Pay: form or JSON {amount? (mungo), bank?, card?, anyway?}, all optional",
        ),
        door("GET", "/qpay/switches.json", "QPay-ийн бусад зан", "QPay's further oddities"),
        door("PUT", "/qpay/switches.json", "QPay-ийн бусад занг солих", "Set them; what is left out is off"),
        door("DELETE", "/qpay/tokens", "Бүх токеныг хүчингүй болгох", "Every token dies at once"),
        door(
            "POST",
            "/qpay/v2/auth/token",
            "QPay-ийн протокол: /v2/invoice, /v2/payment/check, …",
            "QPay's own wire: base address …/sandbox/qpay/v2",
        ),
    ]
}

/// An invoice with everything known of it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Shown {
    #[serde(flatten)]
    pub invoice: Invoice,
    pub payments: Vec<Payment>,
    pub pay_url: String,
}

#[derive(Deserialize)]
struct Filter {
    state: Option<InvoiceState>,
    reference: Option<String>,
}

impl Simulator {
    fn shown(&self, mut invoice: Invoice) -> Shown {
        invoice.state = invoice.state_at(Timestamp::now());
        let payments = self.state().payments_of(&invoice.id).cloned().collect();
        let pay_url = format!("/sandbox/qpay/invoices/{}/pay", invoice.id);
        Shown { invoice, payments, pay_url }
    }

    fn find(&self, wanted: impl Fn(&Invoice) -> bool) -> Result<Shown, Refusal> {
        let invoice = self.state().invoices.iter().find(|invoice| wanted(invoice)).cloned();
        let missing = || Refusal::new(StatusCode::NOT_FOUND, "INVOICE_NOTFOUND", "Нэхэмжлэх олдсонгүй");
        invoice.map(|invoice| self.shown(invoice)).ok_or_else(missing)
    }

    fn filtered(&self, filter: &Filter) -> Vec<Shown> {
        let wanted = |shown: &Shown| {
            filter.state.is_none_or(|state| shown.invoice.state == state)
                && filter.reference.as_ref().is_none_or(|reference| shown.invoice.reference == *reference)
        };
        self.invoices().into_iter().map(|invoice| self.shown(invoice)).filter(wanted).collect()
    }
}

async fn list(State(simulator): State<Simulator>, Query(filter): Query<Filter>, headers: HeaderMap) -> Response {
    let invoices = simulator.filtered(&filter);
    if wants_json(&headers) { Json(json!({"items": invoices})).into_response() } else { pages::list(&invoices) }
}

async fn list_json(State(simulator): State<Simulator>, Query(filter): Query<Filter>) -> Response {
    Json(json!({"items": simulator.filtered(&filter)})).into_response()
}

async fn one(State(simulator): State<Simulator>, headers: HeaderMap, Path(id): Path<String>) -> Response {
    let found = simulator.find(|invoice| invoice.id == id);
    match (found, wants_json(&headers)) {
        (Ok(shown), true) => Json(shown).into_response(),
        (Ok(shown), false) => pages::payer(&shown),
        (Err(refusal), true) => refusal.into_response(),
        (Err(refusal), false) => (StatusCode::NOT_FOUND, pages::mistake(&refusal, None)).into_response(),
    }
}

async fn pay(
    State(simulator): State<Simulator>,
    headers: HeaderMap,
    Path(id): Path<String>,
    Sent(how): Sent<Pay>,
) -> Response {
    match simulator.pay(&id, &how) {
        Ok(payment) => done(&headers, payment, &format!("/sandbox/qpay/invoices/{id}")),
        Err(refusal) if wants_json(&headers) => refusal.into_response(),
        Err(refusal) => (refusal.status, pages::mistake(&refusal, Some(&id))).into_response(),
    }
}

async fn picture(State(simulator): State<Simulator>, Path(id): Path<String>) -> Result<Response, Refusal> {
    let shown = simulator.find(|invoice| invoice.id == id)?;
    let picture = qr::png(&shown.invoice.qr_text, 300).expect("an EMV text fits into a QR of 300 pixels");
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("image/png"))], picture).into_response())
}

async fn short_link(State(simulator): State<Simulator>, Path(short): Path<String>) -> Result<Redirect, Refusal> {
    let shown = simulator.find(|invoice| invoice.short == short)?;
    Ok(Redirect::to(&format!("/sandbox/qpay/invoices/{}", shown.invoice.id)))
}

/// A bank's mark: its first letter on a colour.
async fn logo(Path(logo): Path<String>) -> Result<Response, StatusCode> {
    const COLOURS: [&str; 7] = ["#475569", "#15803d", "#1d4ed8", "#0369a1", "#b45309", "#7e22ce", "#be123c"];
    let name = logo.strip_suffix(".svg").ok_or(StatusCode::NOT_FOUND)?;
    let place = BANKS.iter().position(|bank| bank.scheme == name).map(|i| i + 1);
    let place = place.or((name == "sandbox").then_some(0)).ok_or(StatusCode::NOT_FOUND)?;
    let letter = place.checked_sub(1).map_or("T", |i| &BANKS[i].name[..1]);
    let svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect width="48" height="48" rx="12" fill="{}"/><text x="24" y="33" fill="#fff" font-family="sans-serif" font-size="26" text-anchor="middle">{letter}</text></svg>"##,
        COLOURS[place]
    );
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"))], svg).into_response())
}

async fn switches(State(simulator): State<Simulator>) -> Json<Switches> {
    Json(simulator.switches())
}

async fn set_switches(State(simulator): State<Simulator>, Sent(switches): Sent<Switches>) -> Json<Switches> {
    simulator.set_switches(switches);
    Json(simulator.switches())
}

async fn forget_tokens(State(simulator): State<Simulator>) -> StatusCode {
    simulator.forget_tokens();
    StatusCode::NO_CONTENT
}
