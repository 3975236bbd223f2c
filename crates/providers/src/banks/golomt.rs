//! Golomt Bank's open banking interface: plain questions under an encrypted checksum, encrypted answers.

pub mod cipher;

use domain::bank::Precision;
use http::{Method, StatusCode, header};
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, DateTime},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use self::cipher::Cipher;
use super::{
    Login, Movement,
    amount::{Amount, Digits},
    by_months, counted, refused, said,
    tokens::{Held, Tokens},
};
use crate::{
    CallError,
    http::{self as way, Exit, Reply, Secret},
};

/// A token of 300 s is renewed after 240.
const EARLY: i64 = 60;

/// The client of the interface.
#[derive(Debug)]
pub struct Client {
    exit: Exit,
    tokens: Tokens,
}

#[derive(Serialize)]
struct SignIn<'a> {
    name: &'a str,
    password: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Token {
    token: String,
    #[serde(default)]
    refresh_token: Option<String>,
    #[serde(default)]
    expires_in: Digits,
}

/// The statement's question; the order of its fields is the published one.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Question<'a> {
    pub account_id: &'a str,
    pub register_no: &'a str,
    pub start_date: String,
    pub end_date: String,
}

#[derive(Deserialize)]
struct Statement {
    #[serde(default)]
    statements: Option<Vec<Row>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    #[serde(default)]
    rec_num: i64,
    tran_id: String,
    dr_or_cr: String,
    tran_amount: Amount,
    #[serde(default)]
    tran_desc: Option<String>,
    tran_posted_date: String,
    #[serde(default)]
    balance: Option<Amount>,
    #[serde(default)]
    acc_name: Option<String>,
    #[serde(default)]
    acc_num: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Fault {
    status: Option<String>,
    message: Option<String>,
    err_desc: Option<String>,
    error_desc: Option<String>,
    sub_errors: Vec<SubError>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct SubError {
    code: Option<Digits>,
    desc: Option<String>,
    message: Option<String>,
}

/// What comes instead of data when the account's holder has to agree first.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Grant {
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    client_id: Option<String>,
    #[serde(default)]
    redirect_uri: Option<String>,
    #[serde(default)]
    state: Option<String>,
    #[serde(default)]
    scope: Option<String>,
}

/// The three values of the query that a grant brings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Granted {
    client_id: String,
    state: String,
    scope: String,
}

/// An answer, or the grant that came in its place.
enum Told<T> {
    Answer(T),
    Grant(Granted),
}

impl Client {
    pub fn new(exit: Exit, clock: fn() -> Timestamp) -> Client {
        Client { exit, tokens: Tokens::new(clock) }
    }

    pub async fn movements(
        &self,
        login: &Login,
        account: &str,
        days: (Date, Date),
    ) -> Result<Vec<Movement>, CallError> {
        let Login::Golomt { register_no, .. } = login else {
            return Err(refused("NOT_GOLOMT", "these are not Golomt's credentials"));
        };
        let mut rows = Vec::new();
        // a range over the end of a month is refused with «Он сар буруу байна»
        for (from, to) in by_months(days) {
            let (start_date, end_date) = (from.to_string(), to.to_string());
            let question = Question { account_id: account, register_no, start_date, end_date };
            let place = ["v1", "account", "operative", "statement"];
            let statement: Statement = self.call(login, &place, "OPERACCTSTA", &question).await?;
            rows.extend(statement.statements.unwrap_or_default());
        }
        in_order(rows)
    }

    /// A business call; a grant is followed once, a token that was turned down replaced once.
    async fn call<T: DeserializeOwned>(
        &self,
        login: &Login,
        place: &[&str],
        service: &str,
        question: &impl Serialize,
    ) -> Result<T, CallError> {
        let Login::Golomt { client_id, .. } = login else {
            return Err(refused("NOT_GOLOMT", "these are not Golomt's credentials"));
        };
        let cipher = cipher_of(login)?;
        // the checksum is of these very bytes
        let body = serde_json::to_vec(question).map_err(|error| CallError::NotSent(error.to_string()))?;
        let mut granted = Granted { client_id: client_id.clone(), ..Granted::default() };
        for _ in 0..2 {
            let mut token = self.token(login, None).await?;
            let mut reply = self.send(&token, place, service, &granted, &cipher, &body).await?;
            if reply.status == StatusCode::UNAUTHORIZED {
                token = self.token(login, Some(&token)).await?;
                reply = self.send(&token, place, service, &granted, &cipher, &body).await?;
            }
            match told(&reply, &cipher)? {
                Told::Answer(answer) => return Ok(answer),
                Told::Grant(grant) => granted = grant,
            }
        }
        Err(refused("CONSENT", "the holder of the account has to agree at Golomt Bank first"))
    }

    async fn send(
        &self,
        token: &Secret,
        place: &[&str],
        service: &str,
        granted: &Granted,
        cipher: &Cipher,
        body: &[u8],
    ) -> Result<Reply, CallError> {
        let query = [("client_id", &granted.client_id), ("state", &granted.state), ("scope", &granted.scope)];
        let request = self
            .exit
            .request(Method::POST, place)
            .query(&query)
            .header(header::CONTENT_TYPE, "application/json")
            .header("X-Golomt-Service", service)
            .header("X-Golomt-Checksum", cipher.checksum(body))
            .bearer_auth(token.reveal())
            .body(body.to_vec());
        way::send(request).await
    }

    async fn token(&self, login: &Login, refused: Option<&Secret>) -> Result<Secret, CallError> {
        let Login::Golomt { name, password, .. } = login else {
            return Err(super::refused("NOT_GOLOMT", "these are not Golomt's credentials"));
        };
        self.tokens
            .get((name, password), refused, async |old, now| {
                if let Some(refresh) = old.and_then(|old| old.refresh) {
                    let renewal = self.exit.request(Method::GET, &["v1", "auth", "refresh"]);
                    let renewal = renewal.header("X-Golomt-Service", "LGIN").bearer_auth(refresh.reveal());
                    // whatever is wrong with it: sign in anew
                    if let Ok(token) = grant(way::send(renewal).await, now) {
                        return Ok(token);
                    }
                }
                let password = cipher_of(login)?.encrypt(password.reveal().as_bytes());
                let sign_in = self.exit.request(Method::POST, &["v1", "auth", "login"]);
                let sign_in = sign_in.header("X-Golomt-Service", "LGIN").json(&SignIn { name, password });
                grant(way::send(sign_in).await, now)
            })
            .await
    }
}

fn cipher_of(login: &Login) -> Result<Cipher, CallError> {
    let Login::Golomt { session_key, iv_key, .. } = login else {
        return Err(refused("NOT_GOLOMT", "these are not Golomt's credentials"));
    };
    Cipher::new(session_key.reveal(), iv_key.reveal())
        .ok_or_else(|| refused("KEY_LENGTH", "the session key has 16, 24 or 32 letters, the IV key 16"))
}

fn grant(reply: Result<Reply, CallError>, now: Timestamp) -> Result<Held, CallError> {
    let reply = match reply {
        Err(CallError::Lost(why)) => return Err(CallError::NotSent(format!("no token: {why}"))),
        reply => reply?,
    };
    if !reply.status.is_success() {
        return Err(fault(reply.status, serde_json::from_slice(&reply.body).unwrap_or_default()));
    }
    let token: Token = reply.json().map_err(|_| {
        let fault_told: Fault = serde_json::from_slice(&reply.body).unwrap_or_default();
        fault(StatusCode::BAD_REQUEST, fault_told)
    })?;
    let life = token.expires_in.0.parse::<i64>().unwrap_or(300);
    Ok(Held {
        token: Secret::new(token.token),
        ends: now + SignedDuration::from_secs((life - EARLY).max(0)),
        refresh: token.refresh_token.map(Secret::new),
    })
}

/// What an answer says: decrypted unless it is plain, an error by its status or by its words.
fn told<T: DeserializeOwned>(reply: &Reply, cipher: &Cipher) -> Result<Told<T>, CallError> {
    let text = reply.text();
    let plain = match text.as_str() {
        "" => String::new(),
        text if text.starts_with(['{', '[']) => text.to_owned(),
        text => match cipher.decrypt(text) {
            Some(plain) => plain,
            None if reply.status.is_success() => {
                return Err(refused("KEY", "the answer can't be decrypted: the session key or the IV key is wrong"));
            }
            None => String::new(),
        },
    };
    if !reply.status.is_success() {
        return Err(fault(reply.status, serde_json::from_str(&plain).unwrap_or_default()));
    }
    if let Ok(told) = serde_json::from_str::<Fault>(&plain) {
        let failed = told.status.as_deref().is_some_and(|status| status != "SUCCESS" && status != "200");
        if failed || told.err_desc.is_some() || told.error_desc.is_some() {
            return Err(fault(StatusCode::BAD_REQUEST, told));
        }
    }
    if let Some(granted) = serde_json::from_str::<Grant>(&plain).ok().and_then(granted) {
        return Ok(Told::Grant(granted));
    }
    serde_json::from_str(&plain).map(Told::Answer).map_err(|error| {
        CallError::Lost(format!("the answer was not understood at line {}, column {}", error.line(), error.column()))
    })
}

fn granted(grant: Grant) -> Option<Granted> {
    if let Some(url) = grant.url {
        let url = reqwest::Url::parse(&url).ok()?;
        let value = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
        return Some(Granted {
            client_id: value("client_id")?,
            state: value("state").unwrap_or_default(),
            scope: value("scope").unwrap_or_default(),
        });
    }
    grant.redirect_uri.as_ref()?;
    Some(Granted {
        client_id: grant.client_id?,
        state: grant.state.unwrap_or_default(),
        scope: grant.scope.unwrap_or_default(),
    })
}

fn fault(status: StatusCode, fault: Fault) -> CallError {
    if matches!(status, StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS) || status.is_server_error() {
        return CallError::NotSent(format!("Golomt Bank answered {}", status.as_u16()));
    }
    let first = fault.sub_errors.into_iter().next().unwrap_or_default();
    let code = first.code.map(|code| code.0).filter(|code| !code.is_empty());
    let message =
        [fault.message, fault.err_desc, fault.error_desc, first.desc, first.message].into_iter().flatten().next();
    refused(
        &code.or(fault.status).unwrap_or_else(|| status.as_str().to_owned()),
        &message.unwrap_or_else(|| "Golomt Bank gave no reason".into()),
    )
}

/// Rows come the newest first and are numbered within their answer only; a name is made of what does not change, and of
/// its place among its equals in the order of time.
fn in_order(rows: Vec<Row>) -> Result<Vec<Movement>, CallError> {
    let mut told =
        rows.into_iter().map(|row| Ok((moment(&row.tran_posted_date)?, row))).collect::<Result<Vec<_>, CallError>>()?;
    told.sort_by(|((a, _), one), ((b, _), other)| a.cmp(b).then(other.rec_num.cmp(&one.rec_num)));
    let name = |row: &Row| {
        let side = if is_credit(row) { 'C' } else { 'D' };
        format!("{}:{}:{side}:{}", row.tran_id, row.tran_posted_date, row.tran_amount.0.to_decimal_string())
    };
    let names = counted(told.iter().map(|(_, row)| name(row)));
    let movements = told.into_iter().zip(names).map(|(((at, precision), row), reference)| {
        let amount = row.tran_amount.0;
        let amount = if is_credit(&row) { Ok(amount) } else { amount.checked_neg() };
        Ok(Movement {
            reference,
            record: None,
            at,
            precision,
            amount: amount.map_err(|_| CallError::Lost("an amount of the answer is too large".into()))?,
            balance_after: row.balance.map(|balance| balance.0),
            text: said(row.tran_desc).unwrap_or_default(),
            counter_account: said(row.acc_num),
            counter_name: said(row.acc_name),
            corrected: false,
        })
    });
    movements.collect()
}

fn is_credit(row: &Row) -> bool {
    row.dr_or_cr.eq_ignore_ascii_case("credit")
}

/// Local time without zone; the seconds may be missing.
fn moment(text: &str) -> Result<(DateTime, Precision), CallError> {
    let precision = if text.matches(':').count() > 1 { Precision::Second } else { Precision::Minute };
    let at = text.parse::<DateTime>().map_err(|_| CallError::Lost("a moment of the answer is none".into()))?;
    Ok((at.date().at(at.hour(), at.minute(), at.second(), 0), precision))
}
