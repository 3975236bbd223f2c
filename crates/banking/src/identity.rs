//! Which lines are one and the same movement, however often and from wherever they come.
//!
//! No file names its lines, so a line is known by a fingerprint of all it says and by the how-many-eth of its equals it is;
//! what the bank names itself is known by that name. Of a file and an answer of the bank the same moment and amount with
//! the same balance or text are one movement. Every line that is there can be met once, so that genuine twins stay two.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::{
    BankTransactionId, Money,
    bank::{Bank, Precision},
    text::tidy,
};
use jiff::civil::DateTime;
use sha2::{Digest, Sha256};

/// SHA-256 over what a line says.
pub type Fingerprint = [u8; 32];

/// A line that comes in, from a file or from the bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// Its row in the file, or its place in the answer; counted from 1.
    pub row: i32,
    /// On Ulaanbaatar's clocks.
    pub at: DateTime,
    pub precision: Precision,
    /// In above, out below nought.
    pub amount: Money,
    pub balance_after: Option<Money>,
    pub text: String,
    pub counter_account: Option<String>,
    pub counter_name: Option<String>,
    /// The bank's own name for it; no file has one.
    pub bank_ref: Option<String>,
    /// The bank marks it as taken back or put right.
    pub corrected: bool,
}

/// A line that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub id: BankTransactionId,
    pub fingerprint: Fingerprint,
    pub occurrence: i32,
    pub bank_ref: Option<String>,
    pub at: DateTime,
    pub precision: Precision,
    pub amount: Money,
    pub balance_after: Option<Money>,
    pub text: String,
    pub corrected: bool,
}

/// What becomes of a line that comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    New {
        fingerprint: Fingerprint,
        occurrence: i32,
    },
    There {
        id: BankTransactionId,
        /// It came from a file, and the bank has given it its name now.
        takes_ref: bool,
        /// The bank says something else of it than it did.
        changed: bool,
        /// Only the minute is told: a person may know better.
        doubtful: bool,
    },
    /// The same answer held it before, at this place among the lines: a page was repeated.
    Repeats(usize),
}

/// The fingerprint of a line on an account.
pub fn fingerprint(bank: Bank, account: &str, line: &Incoming) -> Fingerprint {
    let at = match line.precision {
        Precision::Second => line.at.strftime("%Y-%m-%dT%H:%M:%S"),
        Precision::Minute => line.at.strftime("%Y-%m-%dT%H:%M"),
        Precision::Day => line.at.strftime("%Y-%m-%d"),
    };
    let balance = line.balance_after.map(|balance| balance.mungo().to_string()).unwrap_or_default();
    let parts = [
        bank.as_str(),
        account,
        &at.to_string(),
        &line.amount.mungo().to_string(),
        &balance,
        &tidy(&line.text),
        line.counter_account.as_deref().unwrap_or_default(),
    ];
    Sha256::digest(parts.join("\u{1f}")).into()
}

/// Tells for each line whether it is there already; lines and answers stand in the same order.
pub fn tell(bank: Bank, account: &str, lines: &[Incoming], known: &[Known]) -> Vec<Fate> {
    let mut telling = Telling::new(bank, account, lines, known);
    telling.by_the_banks_name();
    telling.by_fingerprint();
    telling.by(|line, there| {
        same_second(line, there) && line.balance_after.is_some() && line.balance_after == there.balance_after
    });
    telling.by(|line, there| same_second(line, there) && may_differ_in_balance(line, there) && same_text(line, there));
    telling.by(|line, there| !exactly_alike(line, there) && same_roughly(line, there) && same_text(line, there));
    telling.fates()
}

struct Telling<'a> {
    lines: &'a [Incoming],
    known: &'a [Known],
    prints: Vec<Fingerprint>,
    /// The known lines by their amounts.
    by_amount: HashMap<Money, Vec<usize>>,
    met: HashSet<usize>,
    fates: Vec<Option<Fate>>,
}

impl<'a> Telling<'a> {
    fn new(bank: Bank, account: &str, lines: &'a [Incoming], known: &'a [Known]) -> Telling<'a> {
        let mut by_amount: HashMap<Money, Vec<usize>> = HashMap::new();
        let mut order: Vec<usize> = (0..known.len()).collect();
        order.sort_by_key(|place| (known[*place].at, known[*place].occurrence, known[*place].id));
        for place in order {
            by_amount.entry(known[place].amount).or_default().push(place);
        }
        let prints = lines.iter().map(|line| fingerprint(bank, account, line)).collect();
        Telling { lines, known, prints, by_amount, met: HashSet::new(), fates: vec![None; lines.len()] }
    }

    fn by_the_banks_name(&mut self) {
        let named: HashMap<&str, usize> = self
            .known
            .iter()
            .enumerate()
            .filter_map(|(place, there)| Some((there.bank_ref.as_deref()?, place)))
            .collect();
        let mut first: HashMap<&str, usize> = HashMap::new();
        for (at, line) in self.lines.iter().enumerate() {
            let Some(name) = line.bank_ref.as_deref() else { continue };
            if let Some(before) = first.get(name) {
                self.fates[at] = Some(Fate::Repeats(*before));
                continue;
            }
            first.insert(name, at);
            if let Some(place) = named.get(name) {
                self.meet(at, *place);
            }
        }
    }

    fn by_fingerprint(&mut self) {
        let mut places: HashMap<Fingerprint, Vec<usize>> = HashMap::new();
        for (place, there) in self.known.iter().enumerate() {
            places.entry(there.fingerprint).or_default().push(place);
        }
        places.values_mut().for_each(|places| places.sort_by_key(|place| self.known[*place].occurrence));
        for at in 0..self.lines.len() {
            if self.fates[at].is_some() {
                continue;
            }
            let free = places.get(&self.prints[at]).into_iter().flatten().find(|place| self.may_meet(at, **place));
            if let Some(place) = free.copied() {
                self.meet(at, place);
            }
        }
    }

    fn by(&mut self, alike: impl Fn(&Incoming, &Known) -> bool) {
        for at in 0..self.lines.len() {
            if self.fates[at].is_some() {
                continue;
            }
            let line = &self.lines[at];
            let same_amount = self.by_amount.get(&line.amount).into_iter().flatten();
            let found =
                same_amount.copied().find(|place| self.may_meet(at, *place) && alike(line, &self.known[*place]));
            if let Some(place) = found {
                self.meet(at, place);
            }
        }
    }

    /// Nobody has met it, and the bank has not given both a name of their own.
    fn may_meet(&self, at: usize, place: usize) -> bool {
        let both_named = self.lines[at].bank_ref.is_some() && self.known[place].bank_ref.is_some();
        !self.met.contains(&place) && !both_named
    }

    fn meet(&mut self, at: usize, place: usize) {
        let (line, there) = (&self.lines[at], &self.known[place]);
        let is_named_alike = line.bank_ref.is_some() && line.bank_ref == there.bank_ref;
        let says_otherwise = line.amount != there.amount
            || line.corrected != there.corrected
            || (line.balance_after.is_some()
                && there.balance_after.is_some()
                && line.balance_after != there.balance_after);
        self.met.insert(place);
        self.fates[at] = Some(Fate::There {
            id: there.id,
            takes_ref: line.bank_ref.is_some() && there.bank_ref.is_none(),
            changed: is_named_alike && says_otherwise,
            doubtful: !exactly_alike(line, there),
        });
    }

    /// What nobody met is new, under the next number among its equals.
    fn fates(self) -> Vec<Fate> {
        let mut last: BTreeMap<Fingerprint, i32> = BTreeMap::new();
        for there in self.known {
            let last = last.entry(there.fingerprint).or_default();
            *last = (*last).max(there.occurrence);
        }
        let told = self.fates.into_iter().zip(self.prints);
        told.map(|(fate, fingerprint)| {
            fate.unwrap_or_else(|| {
                let last = last.entry(fingerprint).or_default();
                *last += 1;
                Fate::New { fingerprint, occurrence: *last }
            })
        })
        .collect()
    }
}

fn exactly_alike(line: &Incoming, there: &Known) -> bool {
    line.precision == there.precision
}

fn same_second(line: &Incoming, there: &Known) -> bool {
    exactly_alike(line, there) && line.at == there.at
}

/// The same moment as far as the one that says less of it goes.
fn same_roughly(line: &Incoming, there: &Known) -> bool {
    let coarser = line.precision.max(there.precision);
    let cut = |at: DateTime| match coarser {
        Precision::Second => at,
        Precision::Minute => at.date().at(at.hour(), at.minute(), 0, 0),
        Precision::Day => at.date().at(0, 0, 0, 0),
    };
    cut(line.at) == cut(there.at)
}

/// Balances of two files are the bank's own and tell twins apart; a file and an answer may reckon them differently.
fn may_differ_in_balance(line: &Incoming, there: &Known) -> bool {
    let is_across = line.bank_ref.is_some() != there.bank_ref.is_some();
    is_across || line.balance_after.is_none() || there.balance_after.is_none()
}

fn same_text(line: &Incoming, there: &Known) -> bool {
    bare(&line.text) == bare(&there.text)
}

/// A text without what the bank puts before and behind it: `EB -`, `CODE: 900000000123`.
fn bare(text: &str) -> String {
    let text = tidy(text);
    let text = text.strip_prefix("EB").map_or(text.as_str(), |rest| {
        let rest = rest.trim_start();
        rest.strip_prefix('-').map_or(text.as_str(), str::trim_start)
    });
    let text = match text.rfind("CODE:") {
        Some(at) if text[at + 5..].trim().bytes().all(|b| b.is_ascii_digit()) => text[..at].trim_end(),
        _ => text,
    };
    text.to_lowercase()
}
