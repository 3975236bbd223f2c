//! The tax daemon and the public look-ups in our words.

use std::time::Duration;

use jiff::{Timestamp, civil::DateTime, tz};
use reqwest::{Method, RequestBuilder, StatusCode, redirect, retry};
use rust_decimal::prelude::ToPrimitive;
use serde::de::DeserializeOwned;

use super::{request, wire};
use crate::{
    Answer, CallError,
    receipts::{Attached, BankAccount, Ddtd, Info, Issued, Receipts, Sale, ShownOnce, Taxpayer},
};

/// No answer of the daemon comes near this; more is not read.
const LONGEST_ANSWER: usize = 4 * 1024 * 1024;

/// Where the daemon and the look-ups are, and how long they may take.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The seller's daemon, such as `http://10.0.0.5:7080`.
    pub daemon: String,
    /// The tax authority's public look-ups.
    pub lookups: String,
    /// The daemon calls what is outside VAT `NO_VAT`; the documents disagree, and most clients send `NOT_VAT`.
    pub says_no_vat: bool,
    /// For the connection to be made.
    pub connect_within: Duration,
    /// For a receipt: the daemon can stall tens of seconds while it flushes its backlog, and an answer given up on
    /// too early is a receipt parked for a person.
    pub issue_within: Duration,
    /// For an upload.
    pub upload_within: Duration,
    /// For everything that only asks.
    pub ask_within: Duration,
}

impl Settings {
    pub fn new(daemon: impl Into<String>) -> Settings {
        Settings {
            daemon: daemon.into(),
            lookups: "https://api.ebarimt.mn".to_owned(),
            says_no_vat: false,
            connect_within: Duration::from_secs(5),
            issue_within: Duration::from_secs(75),
            upload_within: Duration::from_secs(120),
            ask_within: Duration::from_secs(10),
        }
    }
}

/// The production client.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    settings: Settings,
}

impl Client {
    pub fn new(settings: Settings) -> Client {
        // Installed by whoever comes first in this process; the second time is no error.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .connect_timeout(settings.connect_within)
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            // A kept connection that the daemon closes just as we write on it is a lost answer; a new one is refused
            // or made, and refused is safe to try again.
            .pool_max_idle_per_host(0)
            .no_proxy()
            .build()
            .expect("the settings above are ones reqwest can build");
        Client { http, settings }
    }

    async fn issue(&self, sale: &Sale) -> Result<Issued, CallError> {
        let no_vat = if self.settings.says_no_vat { "NO_VAT" } else { "NOT_VAT" };
        let receipt = request::receipt(sale, no_vat)
            .map_err(|e| CallError::Refused { code: "TOO_LARGE".to_owned(), message: e.to_string() })?;
        let reply = self.call(self.to_daemon(Method::POST, "/rest/receipt").json(&receipt), self.settings.issue_within);
        issued(reply.await?)
    }

    async fn give_back(&self, id: &Ddtd, provider_date: &str) -> Result<(), CallError> {
        let cancel = wire::Cancel { id: id.to_string(), date: provider_date.to_owned() };
        let call = self.to_daemon(Method::DELETE, "/rest/receipt").json(&cancel);
        acknowledged(self.call(call, self.settings.issue_within).await?)
    }

    async fn info(&self) -> Result<Info, CallError> {
        let call = self.to_daemon(Method::GET, "/rest/info");
        let info: wire::Info = read(self.call(call, self.settings.ask_within).await?)?;
        Ok(Info {
            left_lotteries: info.left_lotteries.0.to_i64().unwrap_or(0),
            last_sent: moment(&info.last_sent_date.0),
            merchants: info.merchants.into_iter().map(attached).collect(),
            payment_codes: info.payment_types.into_iter().map(|kind| kind.code.0).collect(),
        })
    }

    async fn send_data(&self) -> Result<(), CallError> {
        let call = self.to_daemon(Method::GET, "/rest/sendData");
        acknowledged(self.call(call, self.settings.upload_within).await?)
    }

    async fn bank_accounts(&self, tin: &str) -> Result<Vec<BankAccount>, CallError> {
        let call = self.to_daemon(Method::GET, "/rest/bankAccounts").query(&[("tin", tin)]);
        let accounts: Vec<wire::BankAccount> = read(self.call(call, self.settings.ask_within).await?)?;
        Ok(accounts.into_iter().map(account).collect())
    }

    async fn tin_of(&self, register_no: &str) -> Result<Option<String>, CallError> {
        let call = self.look_up("/api/info/check/getTinInfo").query(&[("regNo", register_no)]);
        let tin: Option<wire::Loose> = self.found(call).await?;
        Ok(tin.and_then(wire::Loose::some).filter(|tin| tin != "0"))
    }

    async fn taxpayer(&self, tin: &str) -> Result<Option<Taxpayer>, CallError> {
        let call = self.look_up("/api/info/check/getInfo").query(&[("tin", tin)]);
        let found: Option<wire::Taxpayer> = self.found(call).await?;
        Ok(found.filter(|taxpayer| taxpayer.found != Some(false)).map(taxpayer))
    }

    /// What a look-up found. It says "nothing" in three ways: HTTP 400, a status of its own, no data.
    async fn found<T: DeserializeOwned>(&self, call: RequestBuilder) -> Result<Option<T>, CallError> {
        let reply = self.call(call, self.settings.ask_within).await?;
        if reply.status == StatusCode::BAD_REQUEST {
            return Ok(None);
        }
        let envelope: wire::Envelope<T> = read(reply)?;
        Ok(if envelope.status == 200 { envelope.data } else { None })
    }

    fn to_daemon(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.settings.daemon.trim_end_matches('/')))
    }

    fn look_up(&self, path: &str) -> RequestBuilder {
        self.http.get(format!("{}{path}", self.settings.lookups.trim_end_matches('/')))
    }

    async fn call(&self, call: RequestBuilder, within: Duration) -> Result<Reply, CallError> {
        let mut response = call.timeout(within).send().await.map_err(no_answer)?;
        let status = response.status();
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(no_answer)? {
            body.extend_from_slice(&chunk);
            if body.len() > LONGEST_ANSWER {
                return Err(CallError::Lost(format!("HTTP {}: the answer has no end", status.as_u16())));
            }
        }
        Ok(Reply { status, body })
    }
}

impl Receipts for Client {
    fn issue<'a>(&'a self, sale: &'a Sale) -> Answer<'a, Issued> {
        Box::pin(self.issue(sale))
    }

    fn give_back<'a>(&'a self, id: &'a Ddtd, provider_date: &'a str) -> Answer<'a, ()> {
        Box::pin(self.give_back(id, provider_date))
    }

    fn info(&self) -> Answer<'_, Info> {
        Box::pin(self.info())
    }

    fn send_data(&self) -> Answer<'_, ()> {
        Box::pin(self.send_data())
    }

    fn bank_accounts<'a>(&'a self, tin: &'a str) -> Answer<'a, Vec<BankAccount>> {
        Box::pin(self.bank_accounts(tin))
    }

    fn tin_of<'a>(&'a self, register_no: &'a str) -> Answer<'a, Option<String>> {
        Box::pin(self.tin_of(register_no))
    }

    fn taxpayer<'a>(&'a self, tin: &'a str) -> Answer<'a, Option<Taxpayer>> {
        Box::pin(self.taxpayer(tin))
    }
}

/// An answer that arrived whole. Its body may hold a lottery number, so it is never quoted in an error.
struct Reply {
    status: StatusCode,
    body: Vec<u8>,
}

impl Reply {
    fn json<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_slice(&self.body).ok()
    }

    fn lost(&self, why: &str) -> CallError {
        CallError::Lost(format!("HTTP {}: {why}", self.status.as_u16()))
    }

    /// The daemon's own words for a 4xx; `Lost` for everything else that is not 2xx.
    fn must_be_success(&self) -> Result<(), CallError> {
        if self.status.is_success() {
            return Ok(());
        }
        if !self.status.is_client_error() {
            return Err(self.lost("not an answer to go by"));
        }
        let message = self.json::<wire::Acknowledgement>().unwrap_or_default().message.0;
        Err(CallError::Refused { code: self.status.as_u16().to_string(), message })
    }
}

/// A receipt stands only if all is there: 2xx, readable, `SUCCESS`, a number of 33 digits. The daemon says no with
/// HTTP 200 as well; whatever is neither a yes nor a no may have had its effect.
fn issued(reply: Reply) -> Result<Issued, CallError> {
    reply.must_be_success()?;
    let answer: wire::Answer = reply.json().ok_or_else(|| reply.lost("not a receipt's answer"))?;
    let id = answer.id.0.parse::<Ddtd>().ok();
    match (answer.status.0.as_str(), id) {
        ("SUCCESS", Some(id)) => Ok(Issued {
            id,
            provider_date: answer.date.0,
            parts: answer.receipts.iter().filter_map(|part| part.id.0.parse().ok()).collect(),
            lottery: answer.lottery.some().map(ShownOnce::new),
            qr_data: answer.qr_data.some().map(ShownOnce::new),
            easy: answer.easy.0 == "true",
        }),
        ("SUCCESS", None) => Err(reply.lost("SUCCESS without a number of 33 digits")),
        (refusal @ ("ERROR" | "PAYMENT"), None) => {
            Err(CallError::Refused { code: refusal.to_owned(), message: answer.message.0 })
        }
        (_, Some(_)) => Err(reply.lost("a receipt's number without SUCCESS")),
        (_, None) => Err(reply.lost("neither a yes nor a no")),
    }
}

/// A call without an answer of its own: an empty body, `{}`, or a good status.
fn acknowledged(reply: Reply) -> Result<(), CallError> {
    reply.must_be_success()?;
    if reply.body.trim_ascii().is_empty() {
        return Ok(());
    }
    let said: wire::Acknowledgement = reply.json().ok_or_else(|| reply.lost("not an acknowledgement"))?;
    match said.status.0.as_str() {
        "" | "0" | "200" | "SUCCESS" => Ok(()),
        _ => Err(CallError::Refused { code: said.status.0, message: said.message.0 }),
    }
}

fn read<T: DeserializeOwned>(reply: Reply) -> Result<T, CallError> {
    reply.must_be_success()?;
    reply.json().ok_or_else(|| reply.lost("not the answer that was asked for"))
}

/// Only a connection that was never made proves that nothing was sent. The address stays out of the words: a look-up's
/// holds a register number.
fn no_answer(error: reqwest::Error) -> CallError {
    let not_sent = error.is_connect() || error.is_builder();
    let error = error.without_url();
    let mut words = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(deeper) = cause {
        words = format!("{words}: {deeper}");
        cause = deeper.source();
    }
    if not_sent { CallError::NotSent(words) } else { CallError::Lost(words) }
}

/// `2026-01-28 15:03:27` in Ulaanbaatar.
fn moment(text: &str) -> Option<Timestamp> {
    let local: DateTime = text.trim().parse().ok()?;
    tz::offset(8).to_timestamp(local).ok()
}

fn attached(merchant: wire::Merchant) -> Attached {
    Attached { tin: merchant.tin.0, name: merchant.name.0, vat_payer: merchant.vat_payer }
}

fn account(account: wire::BankAccount) -> BankAccount {
    BankAccount { number: account.bank_account_no.0, iban: account.iban.0, name: account.bank_account_name.0 }
}

fn taxpayer(found: wire::Taxpayer) -> Taxpayer {
    Taxpayer {
        name: found.name.0,
        vat_payer: found.vat_payer,
        city_tax_payer: found.city_payer,
        free_project: found.free_project,
    }
}
