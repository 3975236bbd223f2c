//! The providers this process works with, put into the `App` once and taken from it by whoever calls out.

use std::sync::Arc;

use base::{App, Failure};
use providers::{
    CallError, QrPayments, TextMessages, ebarimt,
    http::BadAddress,
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
        })
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
