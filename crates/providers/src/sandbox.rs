//! Every provider's simulator under one router, with pages and JSON doors to play the outside world by hand or by script.

use std::sync::Arc;

use axum::{
    Router,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};

use crate::{qpay, sms};

mod desk;
pub mod layout;
pub mod ledger;
pub mod moods;
pub mod negotiation;
pub mod part;

pub use ledger::Ledger;
pub use moods::{Mood, Moods, Provider};
pub use part::{Door, Part, ShownReceipt};

#[cfg(test)]
pub mod testing;
#[cfg(test)]
mod tests;

/// The outside world, in one process.
#[derive(Clone)]
pub struct Sandbox {
    moods: Moods,
    /// The QR network, for tests that pay without a browser.
    pub qpay: qpay::Simulator,
    /// The SMS gateways, for tests that read a phone.
    pub sms: sms::Simulator,
    parts: Vec<Arc<dyn Part>>,
}

/// Who the simulators know and where they are found.
#[derive(Debug, Clone)]
pub struct Settings {
    pub qpay: qpay::simulator::Settings,
    pub sms: sms::simulator::Settings,
}

impl Settings {
    /// The demo owners' accounts; `server_url` is where people reach the server: `http://localhost:8080`.
    pub fn demo(server_url: &str) -> Settings {
        let public_url = format!("{}/sandbox", server_url.trim_end_matches('/'));
        Settings { qpay: qpay::simulator::Settings::demo(public_url), sms: sms::simulator::Settings::demo() }
    }
}

impl Sandbox {
    pub fn new(settings: Settings) -> Sandbox {
        let moods = Moods::default();
        let qpay = qpay::Simulator::new(settings.qpay, moods.clone());
        let sms = sms::Simulator::new(settings.sms, moods.clone());
        let parts: Vec<Arc<dyn Part>> = vec![Arc::new(qpay.clone()), Arc::new(sms.clone())];
        Sandbox { moods, qpay, sms, parts }
    }

    /// Plugs one more simulator in; it shares the moods that [`moods`](Self::moods) gives.
    pub fn with(mut self, part: impl Part + 'static) -> Sandbox {
        self.parts.push(Arc::new(part));
        self
    }

    /// The moods all simulators share.
    pub fn moods(&self) -> Moods {
        self.moods.clone()
    }

    /// Everything below `/sandbox`, from the root of a server.
    pub fn router(&self) -> Router {
        let mut below = desk::router(self.clone()).route("/style.css", get(style));
        for part in &self.parts {
            let place = format!("/{}", part.provider().as_str());
            below = below.nest(&place, part.router()).merge(part.desk());
        }
        Router::new().nest("/sandbox", below)
    }

    fn receipts(&self) -> Vec<ShownReceipt> {
        let mut receipts: Vec<ShownReceipt> = self.parts.iter().flat_map(|part| part.receipts()).collect();
        receipts.sort_by_key(|receipt| std::cmp::Reverse(receipt.issued_at));
        receipts
    }
}

async fn style() -> Response {
    const CSS: HeaderValue = HeaderValue::from_static("text/css; charset=utf-8");
    ([(header::CONTENT_TYPE, CSS)], include_str!("sandbox/style.css")).into_response()
}
