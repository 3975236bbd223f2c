//! Codes sent to a telephone: kept only as a MAC, good once, for five minutes, for whoever asked for it, and three wrong
//! tries; and how often in a row somebody has missed.
//!
//! Every step is one script in Redis, or one lock in a process that is alone, so that of fifty who try the right code
//! at once one is let in.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex},
    time::Duration,
};

use redis::Script;

use crate::{
    Clock,
    kv::{Kv, Redis, Unreachable},
    secrets::{self, ServerKey},
};

/// How long a code is good.
pub const LIFE: Duration = Duration::from_secs(300);
/// How many wrong tries a code survives; the next try ends it, right or wrong.
pub const WRONG_TRIES: u32 = 3;
/// The digits of a code.
pub const DIGITS: usize = 6;
/// After so many misses in a row the code is longer; with the three of the code that was out they stay below a hundred.
pub const MISSES: u32 = 97;
/// The digits of a code for a telephone that somebody keeps guessing at.
pub const MORE_DIGITS: usize = 10;

/// How long a code that is over is told apart from one that never was.
const TOLD_APART: Duration = Duration::from_secs(900);
/// How long misses are remembered after the last of them.
const REMEMBERED: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// The codes that are out; cheap to clone.
#[derive(Debug, Clone)]
pub struct Codes(Store);

#[derive(Debug, Clone)]
enum Store {
    Here(Arc<Mutex<Memory>>),
    There(Arc<Redis>),
}

/// What a code opens, and to whom it was sent.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// `phone`, `reset`: a code for one opens nothing of the other.
    pub purpose: &'static str,
    /// The telephone, in one spelling.
    pub to: &'a str,
}

/// How a try ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tried {
    Right,
    Wrong,
    /// It was tried wrong too often; now it is gone.
    TooMany,
    Expired,
    /// There is none, or none that this one asked for.
    None,
}

impl Codes {
    pub fn new(kv: &Kv) -> Codes {
        Codes(match kv {
            Kv::InProcess => Store::Here(Arc::default()),
            Kv::Redis(redis) => Store::There(redis.clone()),
        })
    }

    /// Makes a code for whoever asks (`by`: their session, their browser, or nothing); the one before it is dead.
    pub async fn issue(
        &self,
        key: &ServerKey,
        place: Place<'_>,
        by: &str,
        clock: &Clock,
    ) -> Result<String, Unreachable> {
        let misses = self.misses(key, place.to).await?;
        let code = secrets::digits(if misses < MISSES { DIGITS } else { MORE_DIGITS });
        let (at, mac, by) = (place.key(key), place.mac(key, by, &code), tag(key, by));
        match &self.0 {
            Store::Here(memory) => {
                let now = clock.now().as_millisecond();
                memory.lock().expect("no panic while held").keep(
                    at,
                    Kept { mac, by, until: now + millis(LIFE), wrong: 0 },
                    now,
                );
            }
            Store::There(redis) => {
                static KEEP: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("codes/keep.lua")));
                let mut call = KEEP.key(at);
                call.arg(moment(clock)).arg(millis(LIFE)).arg(millis(TOLD_APART)).arg(mac).arg(by);
                redis.run::<i64>(&call).await?;
            }
        }
        Ok(code)
    }

    /// Tries a code for someone who may have asked for it in any of these ways.
    pub async fn attempt(
        &self,
        key: &ServerKey,
        place: Place<'_>,
        by: &[&str],
        code: &str,
        clock: &Clock,
    ) -> Result<Tried, Unreachable> {
        let (at, misses) = (place.key(key), misses_of(key, place.to));
        let ways: Vec<(String, String)> = by.iter().map(|by| (tag(key, by), place.mac(key, by, code))).collect();
        match &self.0 {
            Store::Here(memory) => {
                let now = clock.now().as_millisecond();
                Ok(memory.lock().expect("no panic while held").attempt(&at, &misses, &ways, now))
            }
            Store::There(redis) => {
                static TRY: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("codes/try.lua")));
                let mut call = TRY.key(at);
                call.key(misses).arg(moment(clock)).arg(WRONG_TRIES).arg(millis(REMEMBERED));
                for (by, mac) in ways {
                    call.arg(by).arg(mac);
                }
                let said: String = redis.run(&call).await?;
                Ok(match said.as_str() {
                    "right" => Tried::Right,
                    "wrong" => Tried::Wrong,
                    "too many" => Tried::TooMany,
                    "expired" => Tried::Expired,
                    _ => Tried::None,
                })
            }
        }
    }

    /// How often in a row somebody has missed: a code of a telephone, or the password of an account.
    pub async fn misses(&self, key: &ServerKey, account: &str) -> Result<u32, Unreachable> {
        let at = misses_of(key, account);
        match &self.0 {
            Store::Here(memory) => {
                Ok(memory.lock().expect("no panic while held").misses.get(&at).copied().unwrap_or(0))
            }
            Store::There(redis) => {
                static READ: LazyLock<Script> =
                    LazyLock::new(|| Script::new("return tonumber(redis.call('GET', KEYS[1]) or 0)"));
                redis.run(&READ.key(at)).await
            }
        }
    }

    /// Counts one more miss that was not a code's.
    pub async fn missed(&self, key: &ServerKey, account: &str) -> Result<(), Unreachable> {
        let at = misses_of(key, account);
        match &self.0 {
            Store::Here(memory) => {
                *memory.lock().expect("no panic while held").misses.entry(at).or_default() += 1;
                Ok(())
            }
            Store::There(redis) => {
                static COUNT: LazyLock<Script> = LazyLock::new(|| {
                    Script::new("redis.call('INCR', KEYS[1]) return redis.call('PEXPIRE', KEYS[1], ARGV[1])")
                });
                redis.run::<i64>(COUNT.key(at).arg(millis(REMEMBERED))).await.map(|_| ())
            }
        }
    }

    /// Forgets the misses of someone who has proved who they are.
    pub async fn forgive(&self, key: &ServerKey, account: &str) -> Result<(), Unreachable> {
        let at = misses_of(key, account);
        match &self.0 {
            Store::Here(memory) => {
                memory.lock().expect("no panic while held").misses.remove(&at);
                Ok(())
            }
            Store::There(redis) => {
                static FORGET: LazyLock<Script> = LazyLock::new(|| Script::new("return redis.call('DEL', KEYS[1])"));
                redis.run::<i64>(&FORGET.key(at)).await.map(|_| ())
            }
        }
    }
}

impl Place<'_> {
    fn key(&self, key: &ServerKey) -> String {
        format!("code:{}", key.derive("code-place", &format!("{}\0{}", self.purpose, self.to)))
    }

    fn mac(&self, key: &ServerKey, by: &str, code: &str) -> String {
        key.derive("code", &format!("{}\0{}\0{by}\0{code}", self.purpose, self.to))
    }
}

/// Who asked, so that nobody who reads the store can be them.
fn tag(key: &ServerKey, by: &str) -> String {
    key.derive("code-by", by)
}

fn misses_of(key: &ServerKey, account: &str) -> String {
    format!("misses:{}", key.derive("misses", account))
}

/// The codes and misses of a process that is alone.
#[derive(Debug, Default)]
struct Memory {
    codes: HashMap<String, Kept>,
    misses: HashMap<String, u32>,
}

#[derive(Debug)]
struct Kept {
    mac: String,
    by: String,
    /// In milliseconds.
    until: i64,
    wrong: u32,
}

impl Memory {
    fn keep(&mut self, at: String, kept: Kept, now: i64) {
        if self.codes.len() > 10_000 {
            self.codes.retain(|_, kept| now < kept.until);
        }
        self.codes.insert(at, kept);
    }

    fn attempt(&mut self, at: &str, misses: &str, ways: &[(String, String)], now: i64) -> Tried {
        let Some(kept) = self.codes.get_mut(at) else { return Tried::None };
        let Some((_, mac)) = ways.iter().find(|(by, _)| *by == kept.by) else { return Tried::None };
        let over = if kept.until <= now {
            Some(Tried::Expired)
        } else if kept.wrong >= WRONG_TRIES {
            Some(Tried::TooMany)
        } else if *mac == kept.mac {
            self.misses.remove(misses);
            Some(Tried::Right)
        } else {
            None
        };
        if let Some(over) = over {
            self.codes.remove(at);
            return over;
        }
        kept.wrong += 1;
        *self.misses.entry(misses.to_owned()).or_default() += 1;
        Tried::Wrong
    }
}

/// The moment a story holds; otherwise Redis goes by its own clock.
fn moment(clock: &Clock) -> i64 {
    match clock {
        Clock::System => -1,
        Clock::Held(_) => clock.now().as_millisecond(),
    }
}

fn millis(span: Duration) -> i64 {
    i64::try_from(span.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
