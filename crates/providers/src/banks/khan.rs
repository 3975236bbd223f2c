//! Khan Bank's corporate gateway: a token for half an hour, then statements by days or behind a record.

use std::collections::BTreeMap;

use domain::bank::Precision;
use http::{Method, StatusCode, header};
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, DateTime, Time},
};
use reqwest::RequestBuilder;
use serde::Deserialize;

use super::{
    Asked, Movement,
    amount::{Amount, Digits},
    refused, said,
    tokens::{Held, Tokens},
};
use crate::{
    CallError,
    http::{self as way, Exit, Reply, Secret},
};

/// Rows of a page; more are never asked for at once.
const PAGE: usize = 1_000;
/// Pages of one answer: a bank that never comes to an end is no bank.
const MOST_PAGES: usize = 500;
/// How long a token lives when the bank does not say.
const LIFE: i64 = 1_740;
/// A token is renewed so many seconds before it ends.
const EARLY: i64 = 60;

/// The client of the gateway.
#[derive(Debug)]
pub struct Client {
    exit: Exit,
    tokens: Tokens,
}

#[derive(Deserialize)]
struct Token {
    access_token: String,
    #[serde(default)]
    access_token_expires_in: Digits,
}

#[derive(Deserialize, Default)]
struct Statement {
    #[serde(default)]
    total: Option<Total>,
    #[serde(default, alias = "content")]
    transactions: Option<Vec<Row>>,
}

#[derive(Deserialize)]
struct Total {
    #[serde(default)]
    count: Digits,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    record: i64,
    #[serde(default)]
    tran_date: Option<String>,
    #[serde(default)]
    post_date: Option<String>,
    #[serde(default)]
    time: Digits,
    amount: Amount,
    #[serde(default)]
    balance: Option<Amount>,
    #[serde(default)]
    correction: Digits,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    related_account: Option<String>,
}

/// Any body with a code is an error, whatever the status says.
#[derive(Deserialize)]
struct Fault {
    #[serde(default)]
    code: Option<Digits>,
    #[serde(default)]
    message: Option<String>,
    #[serde(default)]
    fault: Option<GatewayFault>,
}

#[derive(Deserialize)]
struct GatewayFault {
    #[serde(default)]
    faultstring: String,
    #[serde(default)]
    detail: Option<Detail>,
}

#[derive(Deserialize)]
struct Detail {
    #[serde(default)]
    errorcode: String,
}

impl Client {
    pub fn new(exit: Exit, clock: fn() -> Timestamp) -> Client {
        Client { exit, tokens: Tokens::new(clock) }
    }

    pub async fn movements(
        &self,
        key: &str,
        secret: &Secret,
        account: &str,
        asked: Asked,
    ) -> Result<Vec<Movement>, CallError> {
        let mut rows: BTreeMap<i64, Movement> = BTreeMap::new();
        let range = match asked {
            Asked::Days { from, to } => vec![("from", compact(from)), ("to", compact(to))],
            Asked::After { record } => vec![("record", record.to_string())],
        };
        let mut seen = 0;
        for page in 0..MOST_PAGES {
            let (page, size) = (page.to_string(), PAGE.to_string());
            let mut query: Vec<(&str, &str)> = range.iter().map(|(name, value)| (*name, value.as_str())).collect();
            query.extend([("page", page.as_str()), ("size", size.as_str())]);
            let request = || self.exit.get_with(&["statements", account], &query);
            let statement = self.ask(key, secret, request).await?;
            let transactions = statement.transactions.unwrap_or_default();
            let (came, total) = (transactions.len(), statement.total.and_then(|total| total.count.0.parse().ok()));
            seen += came;
            for row in transactions {
                let movement = movement(row)?;
                if let Some(record) = movement.record {
                    rows.insert(record, movement);
                }
            }
            // a page that repeats a row moves the last one to the next page: only an end is an end
            if came < PAGE && total.is_none_or(|total: usize| seen >= total || came == 0) {
                break;
            }
        }
        Ok(rows.into_values().collect())
    }

    /// Asks with the account's token; one that was turned down is replaced once.
    async fn ask(
        &self,
        key: &str,
        secret: &Secret,
        request: impl Fn() -> RequestBuilder,
    ) -> Result<Statement, CallError> {
        let token = self.token(key, secret, None).await?;
        let send = async |token: &Secret| {
            way::send(request().header(header::ACCEPT, "application/json").bearer_auth(token.reveal())).await
        };
        let mut reply = send(&token).await?;
        if reply.status == StatusCode::UNAUTHORIZED {
            let token = self.token(key, secret, Some(&token)).await?;
            reply = send(&token).await?;
        }
        let reply = understood(reply)?;
        if reply.body.trim_ascii().is_empty() {
            return Ok(Statement::default());
        }
        reply.json()
    }

    async fn token(&self, key: &str, secret: &Secret, refused: Option<&Secret>) -> Result<Secret, CallError> {
        self.tokens
            .get((key, secret), refused, async |_, now| {
                let token: Token = way::send(self.token_request(key, secret))
                    .await
                    .and_then(understood)
                    .and_then(|reply| reply.json())
                    .map_err(not_sent)?;
                let life = token.access_token_expires_in.0.parse::<i64>().unwrap_or(LIFE);
                let ends = now + SignedDuration::from_secs((life - EARLY).max(0));
                Ok(Held { token: Secret::new(token.access_token), ends, refresh: None })
            })
            .await
    }

    /// The grant goes in the query, the body is empty and says so.
    pub(super) fn token_request(&self, key: &str, secret: &Secret) -> RequestBuilder {
        self.exit
            .request(Method::POST, &["auth", "token"])
            .query(&[("grant_type", "client_credentials")])
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::CONTENT_LENGTH, "0")
            .basic_auth(key, Some(secret.reveal()))
    }
}

/// A token has no effect worth asking after.
fn not_sent(error: CallError) -> CallError {
    match error {
        CallError::Lost(why) => CallError::NotSent(format!("no token: {why}")),
        other => other,
    }
}

/// Sorts an answer: done, refused, or to be asked again later.
fn understood(reply: Reply) -> Result<Reply, CallError> {
    let fault = serde_json::from_slice::<Fault>(&reply.body).ok();
    let said = fault.and_then(|fault| match (fault.code, fault.fault) {
        (Some(code), _) if !code.0.is_empty() => Some((code.0, fault.message.unwrap_or_default())),
        (_, Some(fault)) => Some((fault.detail.map(|detail| detail.errorcode).unwrap_or_default(), fault.faultstring)),
        _ => None,
    });
    let status = reply.status;
    match said {
        _ if matches!(status, StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS)
            || status.is_server_error() =>
        {
            Err(CallError::NotSent(format!("Khan Bank answered {}", status.as_u16())))
        }
        Some((code, message)) => Err(refused(&code, &message)),
        None if status.is_success() => Ok(reply),
        None => Err(refused(status.as_str(), "Khan Bank gave no reason")),
    }
}

fn compact(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

fn movement(row: Row) -> Result<Movement, CallError> {
    let day =
        [&row.post_date, &row.tran_date].into_iter().flatten().find_map(|day| day.get(..10)?.parse::<Date>().ok());
    let day = day.ok_or_else(|| CallError::Lost("a row of Khan Bank has no day".into()))?;
    let (at, precision) = moment(day, &row.time.0);
    Ok(Movement {
        reference: row.record.to_string(),
        record: Some(row.record),
        at,
        precision,
        amount: row.amount.0,
        balance_after: row.balance.map(|balance| balance.0),
        text: said(row.description).unwrap_or_default(),
        counter_account: said(row.related_account),
        counter_name: None,
        corrected: !row.correction.0.trim_matches(['0', '.']).is_empty(),
    })
}

/// `HHMMSScc`; a time that is not whole is no time.
fn moment(day: Date, time: &str) -> (DateTime, Precision) {
    let part = |from: usize| time.get(from..from + 2).and_then(|part| part.parse::<i8>().ok());
    let told = match (part(0), part(2), part(4)) {
        (Some(hour), Some(minute), Some(second)) => Time::new(hour, minute, second, 0).ok(),
        _ => None,
    };
    match told {
        Some(time) => (day.to_datetime(time), Precision::Second),
        None => (day.at(0, 0, 0, 0), Precision::Day),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::http::Patience;

    #[test]
    fn the_token_is_asked_for_in_the_published_form() {
        let exit = Exit::new("http://127.0.0.1:9/v1", Patience::default()).expect("an address");
        let client = Client::new(exit, Timestamp::now);
        let request = client.token_request("demoConsumerKey", &Secret::new("demoConsumerSecret")).build().expect("one");
        assert_eq!(request.url().path(), "/v1/auth/token");
        assert_eq!(request.url().query(), Some("grant_type=client_credentials"));
        assert_eq!(request.headers()["authorization"], "Basic ZGVtb0NvbnN1bWVyS2V5OmRlbW9Db25zdW1lclNlY3JldA==");
        assert_eq!(request.headers()["content-length"], "0");
    }

    #[test]
    fn a_time_is_cut_to_the_second_or_is_none() {
        let day = date(2022, 2, 8);
        assert_eq!(moment(day, "14082902"), (day.at(14, 8, 29, 0), Precision::Second));
        for none in ["", "9", "25"] {
            assert_eq!(moment(day, none), (day.at(0, 0, 0, 0), Precision::Day), "{none}");
        }
    }
}
