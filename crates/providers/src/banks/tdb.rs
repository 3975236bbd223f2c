//! TDB's corporate gateway: a token for a minute, then the pages of a statement by days.

use domain::{Money, bank::Precision};
use http::{Method, StatusCode, header};
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, DateTime},
};
use serde::Deserialize;
use serde_json::{Value, json, value::RawValue};

use super::{
    Movement,
    amount::{Amount, Digits},
    by_months, counted, refused, said,
    tokens::{Held, Tokens},
};
use crate::{
    CallError,
    http::{self as way, Exit, Reply, Secret},
};

const PAGE: usize = 100;
const MOST_PAGES: usize = 1_000;
/// A token of a minute is used for fifty seconds.
const LIFE: i64 = 60;
const EARLY: i64 = 10;

/// The client of the gateway.
#[derive(Debug)]
pub struct Client {
    exit: Exit,
    tokens: Tokens,
}

#[derive(Deserialize)]
struct Token {
    #[serde(default)]
    token: Option<String>,
    #[serde(default)]
    data: Option<TokenData>,
    #[serde(default)]
    access_token: Option<String>,
    #[serde(default)]
    expires_in: Digits,
}

#[derive(Deserialize)]
struct TokenData {
    token: String,
}

#[derive(Deserialize)]
struct Statement {
    /// An array with one head, or the head itself.
    #[serde(default)]
    header: Value,
    /// What is no array holds no rows; kept as it came, so that amounts stay the digits they are.
    #[serde(default)]
    txn: Option<Box<RawValue>>,
}

#[derive(Deserialize)]
struct Row {
    txndate: String,
    #[serde(default)]
    refno: Digits,
    #[serde(default)]
    txndesc: Option<String>,
    #[serde(default)]
    credit: Option<Amount>,
    #[serde(default)]
    debit: Option<Amount>,
    #[serde(default)]
    balance: Option<Amount>,
    #[serde(default)]
    contacntno: Digits,
    #[serde(default)]
    contacntname: Option<String>,
    #[serde(default)]
    fee: Digits,
}

#[derive(Deserialize)]
struct Fault {
    #[serde(default)]
    success: Option<bool>,
    #[serde(default)]
    msg: Option<String>,
    #[serde(default)]
    message: Option<String>,
}

impl Client {
    pub fn new(exit: Exit, clock: fn() -> Timestamp) -> Client {
        Client { exit, tokens: Tokens::new(clock) }
    }

    pub async fn movements(
        &self,
        id: &str,
        secret: &Secret,
        account: &str,
        days: (Date, Date),
    ) -> Result<Vec<Movement>, CallError> {
        let mut rows = Vec::new();
        for piece in by_months(days) {
            rows.extend(self.piece(id, secret, account, piece).await?);
        }
        named(rows)
    }

    /// Every page of a piece; some gateways count from one, some from nought.
    async fn piece(
        &self,
        id: &str,
        secret: &Secret,
        account: &str,
        (from, to): (Date, Date),
    ) -> Result<Vec<Row>, CallError> {
        let mut rows: Vec<Row> = Vec::new();
        let mut first_of_last: Option<(String, String)> = None;
        let mut missing = false;
        for number in 1..=MOST_PAGES {
            let statement = self.page(id, secret, account, (from, to), number).await?;
            let total = total_of(&statement.header);
            let page: Vec<Row> = rows_of(statement.txn)?;
            let first = page.first().map(first_of);
            // the same page again: this gateway does not turn them
            let is_end = page.is_empty() || first == first_of_last;
            if !is_end {
                first_of_last = first;
                let came = page.len();
                rows.extend(page);
                missing = total.map_or(came >= PAGE, |total| rows.len() < total);
            } else if number == 1 {
                missing = total.is_some_and(|total| total > 0);
            }
            if is_end || !missing {
                break;
            }
        }
        if missing {
            // Where pages are counted from nought, the first one is still to come.
            let first = rows.first().map(first_of);
            let page = rows_of(self.page(id, secret, account, (from, to), 0).await?.txn)?;
            if page.first().map(first_of) != first {
                rows.splice(0..0, page);
            }
        }
        Ok(rows)
    }

    async fn page(
        &self,
        id: &str,
        secret: &Secret,
        account: &str,
        (from, to): (Date, Date),
        page: usize,
    ) -> Result<Statement, CallError> {
        let slashed = |day: Date| day.strftime("%Y/%m/%d").to_string();
        let (from, to, page, size) = (slashed(from), slashed(to), page.to_string(), PAGE.to_string());
        let query = [("from", &*from), ("to", &*to), ("page", &*page), ("size", &*size)];
        let send = async |token: &Secret| {
            let request = self.exit.get_with(&["accounts", "statement", account], &query);
            way::send(request.header(header::ACCEPT, "application/json").bearer_auth(token.reveal())).await
        };
        let token = self.token(id, secret, None).await?;
        let mut reply = send(&token).await?;
        if reply.status == StatusCode::UNAUTHORIZED {
            let token = self.token(id, secret, Some(&token)).await?;
            reply = send(&token).await?;
        }
        understood(reply)?.json()
    }

    async fn token(&self, id: &str, secret: &Secret, refused: Option<&Secret>) -> Result<Secret, CallError> {
        self.tokens
            .get((id, secret), refused, async |_, now| {
                let body =
                    json!({ "grant_type": "client_credentials", "client_id": id, "client_secret": secret.reveal() });
                let request = self.exit.request(Method::POST, &["oauth2", "token"]).json(&body);
                let reply = way::send(request.header(header::ACCEPT, "application/json")).await.and_then(understood);
                let token: Token = match reply.and_then(|reply| reply.json()) {
                    Err(CallError::Lost(why)) => return Err(CallError::NotSent(format!("no token: {why}"))),
                    token => token?,
                };
                let life = token.expires_in.0.parse::<i64>().unwrap_or(LIFE);
                let text = token.token.or(token.data.map(|data| data.token)).or(token.access_token);
                let text = text.ok_or_else(|| super::refused("NO_TOKEN", "TDB gave no token"))?;
                let ends = now + SignedDuration::from_secs((life - EARLY).max(0));
                Ok(Held { token: Secret::new(text), ends, refresh: None })
            })
            .await
    }
}

/// Whether it went well the body says; only where it does not, the status.
fn understood(reply: Reply) -> Result<Reply, CallError> {
    let status = reply.status;
    if matches!(status, StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS) || status.is_server_error() {
        return Err(CallError::NotSent(format!("TDB answered {}", status.as_u16())));
    }
    let fault = serde_json::from_slice::<Fault>(&reply.body).ok();
    let success = fault.as_ref().and_then(|fault| fault.success);
    if success == Some(true) || (success.is_none() && status.is_success()) {
        return Ok(reply);
    }
    let message = fault.and_then(|fault| fault.msg.filter(|msg| !msg.is_empty()).or(fault.message));
    Err(refused(status.as_str(), &message.unwrap_or_else(|| "TDB gave no reason".into())))
}

/// What tells one page from another.
fn first_of(row: &Row) -> (String, String) {
    (row.refno.0.clone(), row.txndate.clone())
}

fn total_of(header: &Value) -> Option<usize> {
    let head = header.as_array().map_or(Some(header), |heads| heads.first())?;
    let total = head.get("totalrecords")?;
    let total = total.as_u64().or_else(|| total.as_str()?.parse().ok())?;
    usize::try_from(total).ok()
}

fn rows_of(txn: Option<Box<RawValue>>) -> Result<Vec<Row>, CallError> {
    let Some(txn) = txn.filter(|txn| txn.get().starts_with('[')) else { return Ok(Vec::new()) };
    serde_json::from_str(txn.get())
        .map_err(|error| CallError::Lost(format!("a row of TDB was not understood at column {}", error.column())))
}

/// A journal's number is shared by a transfer and its fee: the amount, the fee's mark and the other side tell them apart.
fn named(rows: Vec<Row>) -> Result<Vec<Movement>, CallError> {
    let mut told = Vec::with_capacity(rows.len());
    for row in rows {
        told.push((moment(&row.txndate)?, amount(&row)?, row));
    }
    told.sort_by_key(|((at, _), ..)| *at);
    let is_fee = |row: &Row| !matches!(row.fee.0.as_str(), "" | "0");
    let name = |amount: &Money, row: &Row| {
        format!("{}:{}:{}:{}", row.refno.0, amount.mungo(), if is_fee(row) { 'F' } else { '-' }, row.contacntno.0)
    };
    let names = counted(told.iter().map(|(_, amount, row)| name(amount, row)));
    let movements = told.into_iter().zip(names).map(|(((at, precision), amount, row), reference)| Movement {
        reference,
        record: None,
        at,
        precision,
        amount,
        balance_after: row.balance.map(|balance| balance.0),
        text: said(row.txndesc).unwrap_or_default(),
        counter_account: said(Some(row.contacntno.0)),
        counter_name: said(row.contacntname),
        corrected: false,
    });
    Ok(movements.collect())
}

/// What goes out comes with either sign.
fn amount(row: &Row) -> Result<Money, CallError> {
    let credit = row.credit.map_or(Money::ZERO, |amount| amount.0);
    let debit = row.debit.map_or(Money::ZERO, |amount| amount.0);
    let too_large = |_| CallError::Lost("an amount of the answer is too large".into());
    let out = if debit.is_positive() { debit.checked_neg().map_err(too_large)? } else { debit };
    credit.checked_add(out).map_err(too_large)
}

fn moment(text: &str) -> Result<(DateTime, Precision), CallError> {
    let wrong = || CallError::Lost("a moment of the answer is none".into());
    let text = text.trim().replace('/', "-");
    if text.len() == 10 {
        return Ok((text.parse::<Date>().map_err(|_| wrong())?.at(0, 0, 0, 0), Precision::Day));
    }
    let precision = if text.matches(':').count() > 1 { Precision::Second } else { Precision::Minute };
    Ok((text.parse::<DateTime>().map_err(|_| wrong())?, precision))
}
