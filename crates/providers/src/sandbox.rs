//! Every provider's simulator under one router, with pages and JSON doors to play the outside world by hand or by script.

use std::sync::Arc;

use axum::{
    Router,
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use jiff::Timestamp;

use crate::{
    banks,
    ebarimt::simulator::{Party, Simulator as TaxDaemon},
    mail, qpay, sms,
};

mod desk;
mod ebarimt;
pub mod layout;
pub mod ledger;
pub mod moods;
pub mod negotiation;
pub mod part;

pub use ebarimt::Ebarimt;
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
    /// Everybody's letter box, for tests that read one; it takes letters once it is served.
    pub mail: mail::Simulator,
    /// The tax daemon, for tests that count receipts.
    pub ebarimt: TaxDaemon,
    /// The banks, for tests that pay into an account.
    pub banks: banks::Simulator,
    parts: Vec<Arc<dyn Part>>,
}

/// Who the simulators know and where they are found.
#[derive(Debug, Clone)]
pub struct Settings {
    pub qpay: qpay::simulator::Settings,
    pub sms: sms::simulator::Settings,
    /// The taxpayers the tax office knows.
    pub parties: Vec<Party>,
}

impl Settings {
    /// The demo accounts; `server_url` is where people reach the server: `http://localhost:8080`.
    pub fn demo(server_url: &str, parties: Vec<Party>) -> Settings {
        let public_url = format!("{}/sandbox", server_url.trim_end_matches('/'));
        Settings { qpay: qpay::simulator::Settings::demo(public_url), sms: sms::simulator::Settings::demo(), parties }
    }
}

impl Sandbox {
    pub fn new(settings: Settings) -> Sandbox {
        let moods = Moods::default();
        let qpay = qpay::Simulator::new(settings.qpay, moods.clone());
        let sms = sms::Simulator::new(settings.sms, moods.clone());
        let mail = mail::Simulator::new(moods.clone());
        let ebarimt = TaxDaemon::new(Arc::new(Timestamp::now), settings.parties);
        let tax_office = Ebarimt::new(ebarimt.clone(), moods.clone());
        let banks = banks::Simulator::demo(moods.clone());
        let parts: Vec<Arc<dyn Part>> = vec![
            Arc::new(qpay.clone()),
            Arc::new(tax_office),
            Arc::new(sms.clone()),
            Arc::new(mail.clone()),
            Arc::new(banks.clone()),
        ];
        Sandbox { moods, qpay, sms, mail, ebarimt, banks, parts }
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
        Router::new().nest("/sandbox", below).route("/sandbox/", get(async || Redirect::permanent("/sandbox")))
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
