//! A small QPay: the merchant's wire under `/v2`, a payer who can pay, and callbacks over real HTTP.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::Router;
use serde::{Deserialize, Serialize};

use crate::sandbox::{Door, Ledger, Moods, Part, Provider};

mod answers;
mod callbacks;
mod desk;
mod doors;
mod pages;
mod reading;
mod state;

pub use state::{Invoice, InvoiceState, Pay, Payment, Refusal};

/// The network, with everything it remembers.
#[derive(Clone)]
pub struct Simulator(Arc<Inner>);

struct Inner {
    settings: Settings,
    moods: Moods,
    ledger: Ledger,
    state: Mutex<state::State>,
}

/// Who may call the simulator and where its own pages are.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The address its short links begin with: `http://localhost:8080/sandbox`.
    pub public_url: String,
    pub merchants: Vec<Merchant>,
    /// Before the second, third … try of a callback that was not answered with `SUCCESS`.
    pub callback_retries: Vec<Duration>,
}

/// An account of the simulated network.
#[derive(Debug, Clone)]
pub struct Merchant {
    pub username: String,
    pub password: String,
    pub invoice_codes: Vec<String>,
}

impl Merchant {
    fn demo(username: &str, invoice_code: &str) -> Merchant {
        Merchant { username: username.into(), password: "123456".into(), invoice_codes: vec![invoice_code.into()] }
    }
}

impl Settings {
    /// QPay's published test merchant and one for each demo owner, all with the password `123456`.
    pub fn demo(public_url: impl Into<String>) -> Settings {
        Settings {
            public_url: public_url.into(),
            merchants: vec![
                Merchant::demo("TEST_MERCHANT", "TEST_INVOICE"),
                Merchant::demo("ALTAN_TOWER", "ALTAN_TOWER_INVOICE"),
                Merchant::demo("MUNGUN_PLAZA", "MUNGUN_PLAZA_INVOICE"),
            ],
            callback_retries: [5, 30, 120].map(Duration::from_secs).to_vec(),
        }
    }
}

/// Oddities of the real network beyond the common moods.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Switches {
    /// New tokens live 60 s instead of a day.
    pub short_tokens: bool,
    /// A new token ends the account's older ones.
    pub one_token: bool,
    /// A repeated `sender_invoice_no` makes another invoice instead of a refusal.
    pub accept_repeats: bool,
    /// An invoice is paid, and its callback sent, before the merchant has the answer to making it.
    pub pay_before_answer: bool,
    /// Callbacks name a payment that does not exist.
    pub wrong_payment_id: bool,
    /// Every call with a token is answered 500.
    pub broken: bool,
}

impl Simulator {
    pub fn new(settings: Settings, moods: Moods) -> Simulator {
        let state = Mutex::default();
        Simulator(Arc::new(Inner { settings, moods, ledger: Ledger::default(), state }))
    }

    /// The payer pays, and the network calls the merchant back as its mood is.
    pub fn pay(&self, invoice_id: &str, how: &Pay) -> Result<Payment, Refusal> {
        let payment = self.state().pay(invoice_id, how)?;
        callbacks::begin(self, &payment);
        Ok(payment)
    }

    /// Every invoice, newest first.
    pub fn invoices(&self) -> Vec<Invoice> {
        self.state().invoices.iter().rev().cloned().collect()
    }

    /// Every token dies at once.
    pub fn forget_tokens(&self) {
        self.state().tokens.clear();
    }

    pub fn switches(&self) -> Switches {
        self.state().switches
    }

    pub fn set_switches(&self, switches: Switches) {
        self.state().switches = switches;
    }

    /// How often a token was asked for, by password or by refreshing, with success or without.
    pub fn token_calls(&self) -> u32 {
        self.state().token_calls
    }

    fn state(&self) -> MutexGuard<'_, state::State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn settings(&self) -> &Settings {
        &self.0.settings
    }

    fn moods(&self) -> &Moods {
        &self.0.moods
    }
}

impl Part for Simulator {
    fn provider(&self) -> Provider {
        Provider::Qpay
    }

    fn router(&self) -> Router {
        doors::router(self.clone())
    }

    fn desk(&self) -> Router {
        desk::router(self.clone())
    }

    fn ledger(&self) -> Ledger {
        self.0.ledger.clone()
    }

    fn doors(&self) -> Vec<Door> {
        desk::doors()
    }
}
