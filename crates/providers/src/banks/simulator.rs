//! Three small banks over one book: Khan's, Golomt's and TDB's wires as their clients see them, and a desk at which
//! somebody pays into an account.

mod desk;
mod golomt;
mod khan;
mod tdb;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{Router, http::HeaderMap};
use domain::{Money, bank::Bank};
use jiff::{SignedDuration, Timestamp, civil::DateTime, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::sandbox::{Door, Ledger, Moods, Part, Provider};

/// The banks, with everything they remember.
#[derive(Clone)]
pub struct Simulator(Arc<Inner>);

struct Inner {
    clock: fn() -> Timestamp,
    moods: Moods,
    ledger: Ledger,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    accounts: BTreeMap<(Bank, String), Account>,
    switches: Switches,
    /// Tokens and when they end.
    tokens: BTreeMap<String, Timestamp>,
    granted: u64,
    token_calls: u32,
    calls: u32,
}

/// An account and its movements, in the order they were booked.
#[derive(Debug, Clone, Default)]
pub struct Account {
    pub opening: Money,
    pub rows: Vec<Booked>,
}

/// A movement that was booked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Booked {
    /// On Ulaanbaatar's clocks; now when left out.
    #[serde(default)]
    pub at: Option<DateTime>,
    /// In above, out below nought.
    pub amount: Money,
    pub text: String,
    #[serde(default)]
    pub counter_account: Option<String>,
    #[serde(default)]
    pub counter_name: Option<String>,
    /// It shares the journal of the movement before it: a fee.
    #[serde(default)]
    pub is_fee: bool,
    /// It was put right afterwards.
    #[serde(default)]
    pub corrected: bool,
}

/// Oddities of the real banks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Switches {
    /// Amounts are written as text.
    pub amounts_as_text: bool,
    /// Khan: every second page begins with the last row of the one before.
    pub repeat_a_row: bool,
    /// Khan: rows tell no time of day.
    pub no_time: bool,
    /// Golomt: the first call of a login is answered with a grant.
    pub grant_first: bool,
    /// Golomt: every call is answered with a grant.
    pub grant_always: bool,
    /// Golomt: errors come unencrypted.
    pub plain_errors: bool,
    /// Golomt: rows have no name and account of the other side.
    pub no_counterparty: bool,
    /// Golomt: base64 is broken into lines.
    pub broken_lines: bool,
    /// TDB: pages are counted from nought.
    pub pages_from_nought: bool,
    /// TDB: what went out stands above nought.
    pub positive_debits: bool,
    /// TDB: the head is an object, not an array; the token lies in `data`.
    pub other_wrapping: bool,
    /// Every business call is answered 502 with a page.
    pub broken: bool,
}

/// Who may sign in at all three, as the published samples have it.
pub mod login {
    pub const KHAN: (&str, &str) = ("demoConsumerKey", "demoConsumerSecret");
    pub const GOLOMT: (&str, &str) = ("DEMO_ORG", "Demo#Pass-1");
    pub const GOLOMT_KEYS: (&str, &str) = ("MadeUpSessionK16", "MadeUpIvKey-16by");
    pub const GOLOMT_REGISTER: &str = "1234567";
    pub const TDB: (&str, &str) = ("demo-client", "demo-secret");
}

impl Simulator {
    pub fn new(moods: Moods, clock: fn() -> Timestamp) -> Simulator {
        let inner = Inner { clock, moods, ledger: Ledger::default(), state: Mutex::default() };
        Simulator(Arc::new(inner))
    }

    /// The accounts of the demo owners, at each of the three banks.
    pub fn demo(moods: Moods) -> Simulator {
        let simulator = Simulator::new(moods, Timestamp::now);
        for (bank, number) in [(Bank::Khan, "5176004666"), (Bank::Golomt, "1415100234"), (Bank::Tdb, "470012345")] {
            simulator.open(bank, number, Money::from_tugrug(1_000_000));
        }
        simulator
    }

    /// Opens an account with so much on it.
    pub fn open(&self, bank: Bank, number: &str, opening: Money) {
        self.state().accounts.insert((bank, number.to_owned()), Account { opening, rows: Vec::new() });
    }

    /// Books a movement; false when there is no such account.
    pub fn book(&self, bank: Bank, number: &str, movement: Booked) -> bool {
        let now = local((self.0.clock)());
        let mut state = self.state();
        let Some(account) = state.accounts.get_mut(&(bank, number.to_owned())) else { return false };
        account.rows.push(Booked { at: Some(movement.at.unwrap_or(now)), ..movement });
        drop(state);
        self.0.ledger.note(format!("{bank} {number}"));
        true
    }

    pub fn set(&self, switches: Switches) {
        self.state().switches = switches;
    }

    /// Marks a movement as put right, as banks do afterwards; places are counted from 1.
    pub fn correct(&self, bank: Bank, number: &str, place: usize) {
        if let Some(account) = self.state().accounts.get_mut(&(bank, number.to_owned()))
            && let Some(row) = account.rows.get_mut(place - 1)
        {
            row.corrected = true;
        }
    }

    /// Every token dies at once.
    pub fn forget_tokens(&self) {
        self.state().tokens.clear();
    }

    /// How often a token was asked for, and how often anything else.
    pub fn counts(&self) -> (u32, u32) {
        let state = self.state();
        (state.token_calls, state.calls)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn switches(&self) -> Switches {
        self.state().switches
    }

    /// A new token that lives so many seconds.
    fn grant(&self, bank: Bank, seconds: i64) -> String {
        let ends = (self.0.clock)() + SignedDuration::from_secs(seconds);
        let mut state = self.state();
        state.granted += 1;
        state.token_calls += 1;
        let token = format!("{bank}-token-{}", state.granted);
        state.tokens.insert(token.clone(), ends);
        token
    }

    /// Whether a bearer's token is good; counts the call.
    fn lets_in(&self, headers: &HeaderMap) -> bool {
        let now = (self.0.clock)();
        let mut state = self.state();
        state.calls += 1;
        let bearer = headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
        let token = bearer.strip_prefix("Bearer ").unwrap_or_default();
        state.tokens.get(token).is_some_and(|ends| now < *ends)
    }

    /// The rows of an account with the balance after each and the journal that it stands in; `None`: no such account.
    fn rows(&self, bank: Bank, number: &str) -> Option<Vec<Shown>> {
        let state = self.state();
        let account = state.accounts.get(&(bank, number.to_owned()))?;
        let mut balance = account.opening;
        let mut journal = 8_393_000_000;
        let rows = account.rows.iter().zip(1..).map(|(row, record)| {
            balance = balance.checked_add(row.amount).unwrap_or(balance);
            journal += if row.is_fee { 0 } else { 7 };
            Shown { row: row.clone(), at: row.at.unwrap_or_default(), record, journal, balance }
        });
        Some(rows.collect())
    }
}

/// A movement as a bank would show it.
struct Shown {
    row: Booked,
    at: DateTime,
    record: i64,
    journal: i64,
    balance: Money,
}

/// An amount in JSON: the digits of tögrög, or text.
fn number(amount: Money, as_text: bool) -> serde_json::Value {
    let written = amount.to_decimal_string();
    match as_text {
        true => written.into(),
        false => {
            let short = written.trim_end_matches('0').trim_end_matches('.');
            serde_json::from_str(short).unwrap_or_else(|_| written.clone().into())
        }
    }
}

/// What Ulaanbaatar's clocks show.
fn local(at: Timestamp) -> DateTime {
    at.to_zoned(TimeZone::fixed(jiff::tz::offset(8))).datetime()
}

impl Part for Simulator {
    fn provider(&self) -> Provider {
        Provider::Banks
    }

    fn router(&self) -> Router {
        khan::router().merge(golomt::router()).merge(tdb::router()).with_state(self.clone())
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
