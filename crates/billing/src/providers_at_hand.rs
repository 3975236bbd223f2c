//! The providers this process works with, put into the `App` once and taken from it by whoever calls out.

use std::sync::Arc;

use base::{App, Failure};
use providers::{
    AccountStatements, CallError, Mail, QrPayments, Secret, TextMessages, banks, ebarimt,
    http::{BadAddress, Patience},
    mail::{self, Smtp},
    qpay::{self, QPay},
    receipts::Receipts,
    sms::{self, Operators},
};

/// Everyone outside whom a job may call; a request never does.
#[derive(Clone)]
pub struct Providers {
    pub qr: Arc<dyn QrPayments>,
    pub receipts: Arc<dyn Receipts>,
    pub texts: Arc<dyn TextMessages>,
    pub mail: Arc<dyn Mail>,
    pub banks: Arc<dyn AccountStatements>,
}

/// Where the real providers are and what we sign in with; owners' own accounts are theirs.
#[derive(Debug, Clone, Default)]
pub struct Outside {
    /// The PosAPI service: `http://10.0.0.5:7080`.
    pub ebarimt_url: String,
    pub callpro_key: String,
    /// The number texts come from: 72xxxxxx.
    pub callpro_from: String,
    /// The post office, in development the sandbox's.
    pub mail: mail::Settings,
}

impl Providers {
    /// The production clients against the sandbox; `server_url` is where it is served: `http://localhost:8080`.
    pub fn sandbox(server_url: &str) -> Result<Providers, BadAddress> {
        let daemon = format!("{}/sandbox/ebarimt", server_url.trim_end_matches('/'));
        let till = ebarimt::Settings { lookups: daemon.clone(), ..ebarimt::Settings::new(daemon) };
        Ok(Providers {
            qr: Arc::new(QPay::new(&qpay::Settings::sandbox(server_url))?),
            receipts: Arc::new(ebarimt::Client::new(till)),
            texts: Arc::new(Operators::new(sms::Settings::sandbox(server_url))?),
            mail: Arc::new(Smtp::new(&mail::Settings::default())?),
            banks: Arc::new(banks::Banks::new(&banks::Settings::sandbox(server_url))?),
        })
    }

    /// The providers themselves.
    pub fn real(outside: &Outside) -> Result<Providers, BadAddress> {
        let texts = sms::callpro::Settings {
            base_url: sms::CallPro::BASE_URL.to_owned(),
            key: Secret::new(outside.callpro_key.clone()),
            from: outside.callpro_from.clone(),
            patience: Patience::default(),
        };
        Ok(Providers {
            qr: Arc::new(QPay::new(&qpay::Settings::default())?),
            receipts: Arc::new(ebarimt::Client::new(ebarimt::Settings::new(outside.ebarimt_url.clone()))),
            texts: Arc::new(sms::CallPro::new(texts)?),
            mail: Arc::new(Smtp::new(&outside.mail)?),
            banks: Arc::new(banks::Banks::new(&banks::Settings::default())?),
        })
    }

    /// The same with another post office.
    pub fn mailing(self, settings: &mail::Settings) -> Result<Providers, BadAddress> {
        Ok(Providers { mail: Arc::new(Smtp::new(settings)?), ..self })
    }

    /// Those of this process.
    pub fn of(app: &App) -> Arc<Providers> {
        app.part()
    }
}

/// For a call that only asks, or that reached nobody: the same again, later.
pub(crate) fn later(error: CallError) -> Failure {
    Failure::later(error.to_string())
}
