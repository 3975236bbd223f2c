//! Banks: the lines of an account as its bank tells them. Read only by design: nothing here can move money, and no key
//! that could is ever asked for.

mod amount;
pub mod golomt;
pub mod khan;
pub mod simulator;
mod tdb;
mod tokens;

#[cfg(test)]
mod tests;

use domain::{
    Money,
    bank::{Bank, Precision},
};
use jiff::{
    Timestamp,
    civil::{Date, DateTime},
};

pub use self::simulator::Simulator;
use crate::{
    Answer, CallError,
    http::{BadAddress, Exit, Patience, Secret},
};

/// What an owner's bank tells of an account.
pub trait AccountStatements: Send + Sync {
    /// The movements asked for, in the order of time, each under a name that is its own for ever.
    fn movements<'a>(&'a self, login: &'a Login, account: &'a str, asked: Asked) -> Answer<'a, Vec<Movement>>;
}

/// What a bank gave an owner to sign in with, for reading.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Login {
    Khan {
        /// The consumer key.
        key: String,
        secret: Secret,
    },
    Golomt {
        name: String,
        password: Secret,
        session_key: Secret,
        iv_key: Secret,
        /// The register number under which the account is held.
        register_no: String,
        /// Empty with most contracts.
        client_id: String,
    },
    Tdb {
        client_id: String,
        client_secret: Secret,
    },
}

impl Login {
    pub const fn bank(&self) -> Bank {
        match self {
            Login::Khan { .. } => Bank::Khan,
            Login::Golomt { .. } => Bank::Golomt,
            Login::Tdb { .. } => Bank::Tdb,
        }
    }
}

/// Which movements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Whole days in Ulaanbaatar, both included.
    Days { from: Date, to: Date },
    /// Those after a record, where the bank counts them.
    After { record: i64 },
}

/// A movement as its bank tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// Its name within the account.
    pub reference: String,
    /// Its place in the account's count, where the bank counts.
    pub record: Option<i64>,
    /// On Ulaanbaatar's clocks.
    pub at: DateTime,
    pub precision: Precision,
    /// In above, out below nought.
    pub amount: Money,
    pub balance_after: Option<Money>,
    pub text: String,
    pub counter_account: Option<String>,
    pub counter_name: Option<String>,
    /// It was taken back or put right.
    pub corrected: bool,
}

/// Where the banks are.
#[derive(Debug, Clone)]
pub struct Settings {
    pub khan_url: String,
    pub golomt_url: String,
    pub tdb_url: String,
    pub patience: Patience,
    pub clock: fn() -> Timestamp,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            khan_url: "https://api.khanbank.com/v1".into(),
            golomt_url: "https://openbank.golomtbank.com/api".into(),
            tdb_url: "https://api-sandbox.tdbmlabs.mn:8443".into(),
            patience: Patience { whole: std::time::Duration::from_secs(60), ..Patience::default() },
            clock: Timestamp::now,
        }
    }
}

impl Settings {
    /// The sandbox's banks; `server_url` is where it is served: `http://localhost:8080`.
    pub fn sandbox(server_url: &str) -> Settings {
        let banks = format!("{}/sandbox/banks", server_url.trim_end_matches('/'));
        Settings {
            khan_url: format!("{banks}/khan/v1"),
            golomt_url: format!("{banks}/golomt/api"),
            tdb_url: format!("{banks}/tdb"),
            ..Settings::default()
        }
    }
}

/// The three banks' clients.
#[derive(Debug)]
pub struct Banks {
    khan: khan::Client,
    golomt: golomt::Client,
    tdb: tdb::Client,
}

impl Banks {
    pub fn new(settings: &Settings) -> Result<Banks, BadAddress> {
        let exit = |url: &str| Exit::new(url, settings.patience);
        Ok(Banks {
            khan: khan::Client::new(exit(&settings.khan_url)?, settings.clock),
            golomt: golomt::Client::new(exit(&settings.golomt_url)?, settings.clock),
            tdb: tdb::Client::new(exit(&settings.tdb_url)?, settings.clock),
        })
    }
}

impl AccountStatements for Banks {
    fn movements<'a>(&'a self, login: &'a Login, account: &'a str, asked: Asked) -> Answer<'a, Vec<Movement>> {
        Box::pin(async move {
            match login {
                Login::Khan { key, secret } => self.khan.movements(key, secret, account, asked).await,
                Login::Golomt { .. } => self.golomt.movements(login, account, days(asked)?).await,
                Login::Tdb { client_id, client_secret } => {
                    self.tdb.movements(client_id, client_secret, account, days(asked)?).await
                }
            }
        })
    }
}

fn days(asked: Asked) -> Result<(Date, Date), CallError> {
    match asked {
        Asked::Days { from, to } => Ok((from, to)),
        Asked::After { .. } => Err(refused("NO_RECORDS", "this bank does not count its records")),
    }
}

fn refused(code: &str, message: &str) -> CallError {
    let short = |text: &str, most: usize| text.chars().filter(|c| !c.is_control()).take(most).collect();
    CallError::Refused { code: short(code, 60), message: short(message, 200) }
}

/// The pieces of a range that no bank refuses: none reaches over the end of a month.
fn by_months((from, to): (Date, Date)) -> Vec<(Date, Date)> {
    let mut pieces = Vec::new();
    let mut begin = from;
    while begin <= to {
        let end = begin.last_of_month().min(to);
        pieces.push((begin, end));
        match end.tomorrow() {
            Ok(next) => begin = next,
            Err(_) => break,
        }
    }
    pieces
}

/// The how-many-eth of its equals each name is, put behind it from the second on.
fn counted(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen: std::collections::HashMap<String, u32> = std::collections::HashMap::new();
    names
        .map(|name| {
            let count = seen.entry(name.clone()).or_default();
            *count += 1;
            if *count == 1 { name } else { format!("{name}:{count}") }
        })
        .collect()
}

/// A text that says something.
fn said(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}
