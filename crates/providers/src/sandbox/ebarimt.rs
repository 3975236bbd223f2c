//! Plugs the tax daemon's simulator into the sandbox: the common moods for what has an effect, and its receipts.

use axum::{
    Router,
    body::{self, Body},
    extract::{Request, State},
    http::{Method, StatusCode},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use jiff::{Timestamp, civil::DateTime, tz};
use serde_json::json;

use super::{
    Door, Ledger, Mood, Moods, Part, Provider, ShownReceipt,
    layout::clock,
    moods,
    part::{ReceiptState, ShownLine},
};
use crate::ebarimt::simulator::{Kept, KeptState, Simulator};

/// The tax daemon as a part of the sandbox. Its own, finer moods stay available on the simulator itself.
#[derive(Clone)]
pub struct Ebarimt {
    simulator: Simulator,
    moods: Moods,
}

impl Ebarimt {
    pub fn new(simulator: Simulator, moods: Moods) -> Ebarimt {
        Ebarimt { simulator, moods }
    }
}

impl Part for Ebarimt {
    fn provider(&self) -> Provider {
        Provider::Ebarimt
    }

    fn router(&self) -> Router {
        self.simulator.router().layer(middleware::from_fn_with_state(self.moods.clone(), in_mood))
    }

    fn ledger(&self) -> Ledger {
        self.simulator.effects().into_iter().collect()
    }

    fn doors(&self) -> Vec<Door> {
        let door = |method, path: &str, what, what_en| Door { method, path: format!("/sandbox{path}"), what, what_en };
        vec![
            door("POST", "/ebarimt/rest/receipt", "PosAPI: баримт олгох", "PosAPI: issues a receipt"),
            door("DELETE", "/ebarimt/rest/receipt", "PosAPI: баримт буцаах", "PosAPI: gives a receipt back"),
            door("GET", "/ebarimt/rest/info", "PosAPI-ийн мэдээлэл", "PosAPI: how the daemon stands"),
            door("GET", "/ebarimt/rest/sendData", "PosAPI: төв рүү илгээх", "PosAPI: uploads what waits"),
        ]
    }

    fn receipts(&self) -> Vec<ShownReceipt> {
        self.simulator.receipts().into_iter().map(shown).collect()
    }
}

/// Lets what issues or gives back feel the mood; questions only feel slowness.
async fn in_mood(State(moods): State<Moods>, request: Request, next: Next) -> Response {
    let effect = request.uri().path().ends_with("/receipt") && request.method() != Method::GET;
    if !effect {
        moods.dawdle(Provider::Ebarimt).await;
        return next.run(request).await;
    }
    match moods.draw(Provider::Ebarimt, &[Mood::Refuse, Mood::Twice, Mood::DieAfterEffect]) {
        Mood::Refuse => refusal(),
        Mood::Twice => twice(request, next).await,
        Mood::DieAfterEffect => {
            next.run(request).await;
            moods::hang_up()
        }
        _ => {
            let answer = next.run(request).await;
            moods.dawdle(Provider::Ebarimt).await;
            answer
        }
    }
}

/// As through a proxy that tries again: the daemon gets the request twice and the first answer counts.
async fn twice(request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    let Ok(bytes) = body::to_bytes(body, 2 << 20).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let copy = Request::from_parts(head.clone(), Body::from(bytes.clone()));
    let first = next.clone().run(Request::from_parts(head, Body::from(bytes))).await;
    next.run(copy).await;
    first
}

fn refusal() -> Response {
    let message = "Баримт бүртгэх боломжгүй байна";
    let answer = json!({"status": "ERROR", "message": message, "date": clock(Timestamp::now())});
    (StatusCode::BAD_REQUEST, axum::Json(answer)).into_response()
}

fn shown(kept: Kept) -> ShownReceipt {
    ShownReceipt {
        issued_at: moment(&kept.date),
        id: kept.id,
        reference: Some(kept.bill_id_suffix),
        kind: kept.kind,
        merchant_tin: kept.merchant_tin,
        customer_tin: kept.customer_tin,
        total: kept.total,
        vat: kept.vat,
        lottery: kept.lottery,
        qr: Some(kept.qr_data).filter(|qr| !qr.is_empty()),
        lines: kept.lines.into_iter().map(|line| ShownLine { name: line.name, amount: line.amount }).collect(),
        state: match kept.state {
            KeptState::Valid => ReceiptState::Valid,
            KeptState::Returned => ReceiptState::Returned,
            KeptState::Corrected => ReceiptState::Corrected,
        },
    }
}

/// The daemon writes Ulaanbaatar's clock without a zone.
fn moment(date: &str) -> Option<Timestamp> {
    let zone = tz::TimeZone::fixed(tz::offset(8));
    date.parse::<DateTime>().ok()?.to_zoned(zone).ok().map(|at| at.timestamp())
}
