//! Exact counting over a rolling window: at most so many in any stretch of that length, wherever it begins.
//!
//! Each key keeps what was admitted and when. In Redis it is one script, here one lock, and both do the same steps.

use std::{
    collections::{HashMap, VecDeque},
    sync::{LazyLock, Mutex},
    time::Duration,
};

use redis::Script;

use crate::kv::{Redis, Unreachable};

/// So many in so long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    pub limit: u32,
    pub window: Duration,
    /// Moments are rounded down to it: a whole day makes it a budget that is new at midnight.
    grain: Duration,
    /// How far Ulaanbaatar's midnight is from the grain's own.
    shift: Duration,
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

impl Rule {
    /// At most `limit` in any stretch of `secs` seconds.
    pub const fn rolling(limit: u32, secs: u64) -> Rule {
        Rule { limit, window: Duration::from_secs(secs), grain: Duration::from_millis(1), shift: Duration::ZERO }
    }

    /// At most `limit` from one midnight in Ulaanbaatar to the next.
    pub const fn daily(limit: u32) -> Rule {
        Rule { limit, window: DAY, grain: DAY, shift: Duration::from_secs(8 * 60 * 60) }
    }

    /// Whether it is a budget of the day.
    pub fn is_daily(&self) -> bool {
        self.grain == DAY
    }

    /// The same rule for another number.
    pub const fn of(self, limit: u32) -> Rule {
        Rule { limit, ..self }
    }
}

/// What is asked of the counters: up to `want` from every key, or nothing from any.
#[derive(Debug, Clone)]
pub struct Ask<'a> {
    pub charges: &'a [(String, Rule)],
    pub want: u32,
    /// How much later it may be spent; it counts for so much longer.
    pub hold: Duration,
}

/// What was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// None at all is a refusal.
    pub granted: u32,
    /// The charge with the least left, or the one that makes it wait longest.
    pub tightest: usize,
    /// What is left of that charge.
    pub left: u32,
    /// Until one more of that charge is free.
    pub wait_millis: u64,
}

/// Takes it in Redis; by its own clock, one for all processes, unless the moment is given.
pub async fn take_there(redis: &Redis, ask: &Ask<'_>, at: Option<i64>) -> Result<Taken, Unreachable> {
    static SCRIPT: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("rolling.lua")));
    let mut call = SCRIPT.prepare_invoke();
    call.arg(at.unwrap_or(-1)).arg(ask.want).arg(millis(ask.hold));
    for (key, rule) in ask.charges {
        call.key(format!("limit:{key}"));
        call.arg(rule.limit).arg(millis(rule.window)).arg(millis(rule.grain)).arg(millis(rule.shift));
    }
    let (granted, tightest, left, wait_millis) = redis.run(&call).await?;
    Ok(Taken { granted, tightest, left, wait_millis })
}

/// How many keys one process remembers at most; beyond it a newcomer is not counted but told so.
const MOST_KEYS: usize = 200_000;

/// The counters of this process.
#[derive(Debug)]
pub struct Counters(Mutex<Logs>);

#[derive(Debug)]
struct Logs {
    by_key: HashMap<String, Log>,
    /// When there are so many keys, those that count nothing any more are swept away.
    sweep_at: usize,
}

#[derive(Debug, Default)]
struct Log {
    /// Moment and count, the oldest first.
    entries: VecDeque<(i64, u32)>,
    /// All of their counts.
    used: u32,
    /// When the last of them stops counting.
    over_at: i64,
}

/// What one rule says before anything is written.
struct Reading {
    left: u32,
    oldest: Option<i64>,
    moment: i64,
}

impl Default for Counters {
    fn default() -> Counters {
        Counters(Mutex::new(Logs { by_key: HashMap::new(), sweep_at: 10_000 }))
    }
}

impl Counters {
    /// Takes it here, at that moment in milliseconds.
    pub fn take(&self, ask: &Ask<'_>, now: i64) -> Result<Taken, Unreachable> {
        let mut logs = self.0.lock().expect("no panic while held");
        logs.make_room(ask.charges.len(), now)?;
        let mut granted = ask.want;
        let mut full: Option<(usize, i64)> = None;
        let mut readings = Vec::with_capacity(ask.charges.len());
        for (n, (key, rule)) in ask.charges.iter().enumerate() {
            let window = millis(rule.window);
            let (used, oldest) = logs.by_key.get_mut(key).map_or((0, None), |log| log.used(now, window));
            let left = rule.limit.saturating_sub(used);
            granted = granted.min(left);
            let wait = oldest.unwrap_or(now) + window - now;
            if left == 0 && full.is_none_or(|(_, longest)| wait > longest) {
                full = Some((n, wait));
            }
            let into_grain = (now + millis(rule.shift)).rem_euclid(millis(rule.grain));
            readings.push(Reading { left, oldest, moment: now - into_grain + millis(ask.hold) });
        }
        if let Some((tightest, wait)) = full {
            return Ok(Taken { granted: 0, tightest, left: 0, wait_millis: positive(wait) });
        }
        for ((key, rule), reading) in ask.charges.iter().zip(&readings) {
            let log = match logs.by_key.get_mut(key) {
                Some(log) => log,
                None => logs.by_key.entry(key.clone()).or_default(),
            };
            log.add(reading.moment, granted, millis(rule.window));
        }
        let tightest = (0..readings.len()).min_by_key(|n| readings[*n].left).unwrap_or(0);
        let Some(reading) = readings.get(tightest) else {
            return Ok(Taken { granted, tightest, left: 0, wait_millis: 0 });
        };
        let wait = reading.oldest.unwrap_or(reading.moment) + millis(ask.charges[tightest].1.window) - now;
        Ok(Taken { granted, tightest, left: reading.left - granted, wait_millis: positive(wait) })
    }
}

impl Logs {
    fn make_room(&mut self, for_keys: usize, now: i64) -> Result<(), Unreachable> {
        if self.by_key.len() + for_keys <= self.sweep_at {
            return Ok(());
        }
        self.by_key.retain(|_, log| log.over_at > now);
        self.sweep_at = (self.by_key.len() * 2).clamp(10_000, MOST_KEYS);
        if self.by_key.len() + for_keys > MOST_KEYS {
            return Err(Unreachable("too many are being counted".into()));
        }
        Ok(())
    }
}

impl Log {
    /// What counts at `now`, and since when the oldest of it.
    fn used(&mut self, now: i64, window: i64) -> (u32, Option<i64>) {
        while let Some((_, count)) = self.entries.pop_front_if(|(moment, _)| *moment + window <= now) {
            self.used -= count;
        }
        (self.used, self.entries.front().map(|(moment, _)| *moment))
    }

    fn add(&mut self, moment: i64, count: u32, window: i64) {
        match self.entries.back_mut() {
            Some((newest, counted)) if *newest == moment => *counted += count,
            _ => self.entries.push_back((moment, count)),
        }
        self.used += count;
        self.over_at = moment + window;
    }
}

fn millis(span: Duration) -> i64 {
    i64::try_from(span.as_millis()).unwrap_or(i64::MAX)
}

fn positive(millis: i64) -> u64 {
    u64::try_from(millis).unwrap_or(0)
}

#[cfg(test)]
mod tests;
