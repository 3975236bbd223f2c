//! Limits: how often something may be done, counted exactly over all processes and never by what a client claims.
//!
//! Doors where something is guessed are counted one by one in Redis and closed while it is away. The rest must not cost
//! a call to Redis each: a tenth of each limit is divided among the processes and spent without asking; only whoever
//! needs more is counted in Redis, by the lot. The sum stays below the limit either way, since what is spent without
//! asking was set aside and a lot counts from the moment it was taken until the last moment it may be spent, and a window
//! longer (`docs/decisions/0004-limits-are-rolling-windows.md`).

mod address;
mod classes;
mod company;
mod known;
mod lots;
mod rolling;

use std::{sync::Arc, time::Duration};

use http::{HeaderMap, HeaderValue};

use crate::{
    Clock,
    kv::{Kv, Redis, Unreachable},
};
use company::Company;
use lots::{Lot, Lots};
use rolling::{Ask, Counters, Taken};

pub use address::place;
pub use classes::{Care, Class, PUBLISHED, Published, as_markdown};
pub use known::{Behind, Known};
pub use rolling::Rule;

/// Into how many lots a limit is cut, and for what part of the window a lot may be spent.
const LOTS: u32 = 60;
/// What part of a limit is divided among the processes to be spent without asking.
const TENTH: u32 = 10;
/// How much wider the limits of a roomy process are.
const ROOMY: u32 = 1_000_000;

/// The counters of one process and, where there is one, the store it shares with others; cheap to clone.
#[derive(Debug, Clone)]
pub struct Limits(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    here: Counters,
    lots: Lots,
    shared: Option<Shared>,
    known: Known,
    /// Multiplies every limit.
    wider: u32,
}

#[derive(Debug)]
struct Shared {
    redis: Arc<Redis>,
    company: Company,
}

/// What counts: so many of a class, for one key.
pub type Charge<'a> = (Class, &'a str);

/// How things stand with the tightest of the rules that were asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Whether it may be done.
    pub go: bool,
    pub limit: u32,
    pub window_secs: u64,
    pub left: u32,
    /// Until one more is free, in whole seconds, at least one.
    pub wait_secs: u64,
}

impl Limits {
    pub fn new(kv: &Kv) -> Limits {
        Limits::wider_by(1, kv)
    }

    /// The same counting against limits that nobody reaches: for measuring, and for stories that ask thousands of
    /// times in one held moment.
    pub fn roomy(kv: &Kv) -> Limits {
        Limits::wider_by(ROOMY, kv)
    }

    fn wider_by(wider: u32, kv: &Kv) -> Limits {
        let shared = match kv {
            Kv::InProcess => None,
            Kv::Redis(redis) => Some(Shared { redis: redis.clone(), company: Company::join(redis) }),
        };
        let (here, lots, known) = (Counters::default(), Lots::default(), Known::default());
        Limits(Arc::new(Parts { here, lots, shared, known, wider }))
    }

    /// Counts one. While Redis is away, an exact class says so and any other is counted here alone.
    pub async fn check(&self, class: Class, key: &str, clock: &Clock) -> Result<Standing, Unreachable> {
        match class.published().care {
            Care::Exact => self.check_all(&[(class, key)], clock).await,
            Care::Lots => Ok(self.pace(class, key, clock).await),
        }
    }

    /// Counts one for every charge, or for none of them when one refuses.
    pub async fn check_all(&self, charges: &[Charge<'_>], clock: &Clock) -> Result<Standing, Unreachable> {
        let charges: Vec<(String, Rule)> = charges
            .iter()
            .flat_map(|(class, key)| class.published().rules.iter().map(|rule| (name(*class, key, rule), *rule)))
            .map(|(key, rule)| (key, self.widened(rule)))
            .collect();
        let ask = Ask { charges: &charges, want: 1, hold: Duration::ZERO };
        let taken = match &self.0.shared {
            None => self.0.here.take(&ask, now(clock))?,
            Some(shared) => rolling::take_there(&shared.redis, &ask, held(clock)).await?,
        };
        Ok(Standing::of(charges[taken.tightest].1, taken))
    }

    /// Who is behind a session, as far as this process has seen.
    pub fn known(&self) -> &Known {
        &self.0.known
    }

    /// Counts one against a class of many calls: in this process as long as that will do.
    async fn pace(&self, class: Class, key: &str, clock: &Clock) -> Standing {
        let (now, whole) = (now(clock), self.widened(class.published().rules[0]));
        let key = name(class, key, &whole);
        let Some(shared) = &self.0.shared else { return self.alone(key, whole, now) };
        let tenth = whole.limit / TENTH;
        let own = shared.company.share_of(tenth);
        if own > 0 && self.here(&key, whole.of(own), now).is_ok_and(|taken| taken.granted > 0) {
            return Standing::of(whole, Taken { granted: 1, tightest: 0, left: whole.limit - 1, wait_millis: 0 });
        }
        match self.0.lots.spend(&key, now) {
            Some(Lot::Left(left)) => {
                return Standing::of(whole, Taken { granted: 1, tightest: 0, left, wait_millis: 0 });
            }
            Some(Lot::Nothing { wait_millis }) => {
                return Standing::of(whole, Taken { granted: 0, tightest: 0, left: 0, wait_millis });
            }
            None => {}
        }
        let hold = whole.window / LOTS;
        let charges = [(format!("{key}:lots"), whole.of(whole.limit - tenth))];
        let ask = Ask { charges: &charges, want: (whole.limit / LOTS).max(1), hold };
        match rolling::take_there(&shared.redis, &ask, held(clock)).await {
            Ok(taken) => {
                self.0.lots.keep(&key, taken, hold, now);
                Standing::of(whole, taken)
            }
            Err(_) => self.alone(key, whole, now),
        }
    }

    /// Counts one in this process only. Where even that can't be done, nobody is to be stopped by it.
    fn alone(&self, key: String, rule: Rule, now: i64) -> Standing {
        let nothing = Taken { granted: 1, tightest: 0, left: 0, wait_millis: 0 };
        Standing::of(rule, self.here(&key, rule, now).unwrap_or(nothing))
    }

    fn here(&self, key: &str, rule: Rule, now: i64) -> Result<Taken, Unreachable> {
        self.0.here.take(&Ask { charges: &[(key.to_owned(), rule)], want: 1, hold: Duration::ZERO }, now)
    }

    fn widened(&self, rule: Rule) -> Rule {
        rule.of(rule.limit.saturating_mul(self.0.wider).min(i32::MAX.unsigned_abs()))
    }
}

impl Standing {
    fn of(rule: Rule, taken: Taken) -> Standing {
        Standing {
            go: taken.granted > 0,
            limit: rule.limit,
            window_secs: rule.window.as_secs(),
            left: taken.left,
            wait_secs: taken.wait_millis.div_ceil(1000).max(1),
        }
    }

    /// Tells it to the client, unless a door has told more already.
    pub fn tell(&self, headers: &mut HeaderMap) {
        for (name, value) in [
            ("ratelimit-limit", u64::from(self.limit)),
            ("ratelimit-remaining", u64::from(self.left)),
            ("ratelimit-reset", self.wait_secs),
        ] {
            headers.entry(name).or_insert_with(|| HeaderValue::from(value));
        }
    }

    /// Passes, or the refusal.
    pub fn or_refuse(self) -> crate::Result<()> {
        if self.go { Ok(()) } else { Err(crate::Error::RateLimited { retry_after_secs: self.wait_secs }) }
    }
}

/// A counter's key: its class, its window where the class has several, and what it is for.
fn name(class: Class, key: &str, rule: &Rule) -> String {
    let published = class.published();
    match published.rules.len() {
        1 => format!("{}:{key}", published.name),
        _ => format!("{}/{}:{key}", published.name, rule.window.as_secs()),
    }
}

fn now(clock: &Clock) -> i64 {
    clock.now().as_millisecond()
}

/// A moment that a story holds. By the real clock Redis counts with its own, since those of several machines differ.
fn held(clock: &Clock) -> Option<i64> {
    match clock {
        Clock::System => None,
        Clock::Held(_) => Some(now(clock)),
    }
}

#[cfg(test)]
mod tests;
