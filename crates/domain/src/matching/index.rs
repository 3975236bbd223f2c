//! The maps from what payers write – numbers, telephones, registers, names – to whom it means.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use super::{
    Debtor,
    spelling::{Reading, is_legal_form, sounds},
    text::{Gap, Runs},
    text_key::{SEED, hash_on},
};

/// What a number means; the places are those of the book's tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meant {
    Invoice(u32),
    Contract(u32),
    /// A room of this contract.
    Unit(u32),
    /// A telephone of this tenant.
    Phone(u32),
    /// The register number of this tenant.
    Register(u32),
}

/// A number as its owner writes it.
#[derive(Debug)]
struct Number {
    /// Its letters and digits, folded, without marks.
    key: Box<str>,
    written: Box<str>,
    /// Behind which of its places a payer may put a blank or a dash, or leave it out.
    joints: u64,
    /// Behind which of its places the owner puts one.
    dashes: u64,
    /// The owner writes it with a slash or a dot.
    is_slashed: bool,
    meant: Meant,
}

/// A number found in a text, with everything that it may mean.
#[derive(Debug)]
pub(super) struct Found<'a> {
    pub(super) meant: Vec<Meant>,
    /// As the owner writes it.
    pub(super) written: &'a str,
}

#[derive(Debug, Default)]
pub(super) struct Index {
    numbers: Map<Vec<Number>>,
    /// Tenants by the sounds of their names.
    names: Map<Vec<u32>>,
    /// The most runs a number has.
    longest_number: usize,
    /// The most words a name has.
    longest_name: usize,
}

type Map<V> = HashMap<u64, V, BuildHasherDefault<AsIs>>;

/// The longest key: the joints are bits of a word.
const MOST_PLACES: usize = 60;

/// A name shorter than this is too common to mean anybody.
const FEWEST_SOUNDS: usize = 4;

impl Index {
    pub(super) fn add_number(&mut self, written: &str, meant: Meant) {
        let mut runs = Runs::default();
        runs.read(written, crate::Money::ZERO);
        let mut number = Number {
            key: Box::default(),
            written: written.trim().into(),
            joints: 0,
            dashes: 0,
            is_slashed: false,
            meant,
        };
        let mut key = String::new();
        for place in 0..runs.len() {
            if place > 0 {
                number.joints |= 1 << key.len();
                number.dashes |= u64::from(!runs.gap(place).is_nothing()) << key.len();
                number.is_slashed |= runs.gap(place).has(Gap::SLASH) || runs.gap(place).has(Gap::DOT);
            }
            key.push_str(runs.text(place));
            if key.len() > MOST_PLACES {
                return;
            }
        }
        if !key.bytes().any(|b| b.is_ascii_digit()) {
            return; // letters alone are a word, not a number
        }
        if matches!(meant, Meant::Phone(_)) {
            number.joints = 0b0101_0100; // 99 11 22 33
        }
        self.longest_number = self.longest_number.max(number.joints.count_ones() as usize + 1);
        let hash = hash_text(SEED, &key);
        number.key = key.into();
        let there = self.numbers.entry(hash).or_default();
        if !there.iter().any(|other| other.meant == meant && other.dashes == number.dashes) {
            there.push(number);
        }
    }

    /// Makes a tenant known by the name, in the order that it is written in and, for people, in the other one.
    pub(super) fn add_name(&mut self, debtor: &Debtor, tenant: u32) {
        let is_firm = words(&debtor.tenant_name).any(is_legal_form);
        let words: Vec<&str> = words(&debtor.tenant_name).filter(|word| !is_legal_form(word)).collect();
        let spelt = |order: &[usize]| {
            let mut out = Vec::new();
            for place in order {
                sounds(words[*place], Reading::Mongolian, &mut out);
            }
            out
        };
        let mut forms = vec![spelt(&(0..words.len()).collect::<Vec<_>>())];
        if words.len() == 2 && !is_firm {
            forms.push(spelt(&[1, 0]));
            if let Some(initial) = words[0].chars().next().filter(|_| words[0].chars().count() > 1) {
                // the father's name by its first letter: Д.Өлзийбаяр
                let (mut first, mut given) = (Vec::new(), Vec::new());
                sounds(initial.encode_utf8(&mut [0; 4]), Reading::Mongolian, &mut first);
                sounds(words[1], Reading::Mongolian, &mut given);
                forms.push([first.clone(), given.clone()].concat());
                forms.push([given, first].concat());
            }
        }
        let fewest = if words.len() == 1 { FEWEST_SOUNDS + 1 } else { FEWEST_SOUNDS };
        for form in forms {
            if form.len() < fewest || (words.len() == 1 && is_common(&form)) {
                continue;
            }
            self.longest_name = self.longest_name.max(words.len());
            let there = self.names.entry(hash_sounds(SEED, &form)).or_default();
            if !there.contains(&tenant) {
                there.push(tenant);
            }
        }
    }

    /// The numbers of a text from left to right, of two that begin together the longer one.
    pub(super) fn numbers_in<'a>(&'a self, runs: &Runs, mut found: impl FnMut(Found<'a>)) {
        let mut place = 0;
        while place < runs.len() {
            place = match self.number_at(runs, place) {
                Some((number, end)) => {
                    found(number);
                    end
                }
                None => {
                    self.phone_abroad(runs.text(place)).into_iter().for_each(&mut found);
                    place + 1
                }
            };
        }
    }

    /// A telephone with the country in front of it.
    fn phone_abroad(&self, digits: &str) -> Option<Found<'_>> {
        let local = digits.strip_prefix("976").filter(|local| local.len() == 8)?;
        let numbers = self.numbers.get(&hash_text(SEED, local))?;
        let is_it = |number: &&Number| matches!(number.meant, Meant::Phone(_)) && *number.key == *local;
        let meant: Vec<Meant> = numbers.iter().filter(is_it).map(|number| number.meant).collect();
        (!meant.is_empty()).then_some(Found { meant, written: "" })
    }

    /// The longest number that begins at a run, and where it ends.
    fn number_at(&self, runs: &Runs, from: usize) -> Option<(Found<'_>, usize)> {
        if !may_begin(runs, from) {
            return None;
        }
        let mut end = from;
        let mut hash = SEED;
        let mut keys: [u64; 12] = [0; 12];
        while end < runs.len() && end - from < self.longest_number.min(keys.len()) {
            if end > from && !runs.gap(end).is_within(&[Gap::BLANK, Gap::DASH, Gap::SLASH, Gap::DOT]) {
                break;
            }
            hash = hash_text(hash, runs.text(end));
            keys[end - from] = hash;
            end += 1;
        }
        (from + 1..=end).rev().find_map(|end| {
            let numbers = self.numbers.get(&keys[end - 1 - from])?;
            meant(numbers, runs, from, end).map(|found| (found, end))
        })
    }

    /// The tenants whose names stand in a text.
    pub(super) fn names_in(&self, text: &str, mut found: impl FnMut(u32)) {
        if self.names.is_empty() {
            return;
        }
        self.names_read(text, Reading::Mongolian, &mut found);
        if text.contains(['x', 'X', 'c', 'C']) {
            self.names_read(text, Reading::English, &mut found);
        }
    }

    fn names_read(&self, text: &str, reading: Reading, found: &mut impl FnMut(u32)) {
        let mut spelt: Vec<u8> = Vec::with_capacity(64);
        let mut ends: Vec<usize> = Vec::with_capacity(16);
        for word in words(text) {
            sounds(word, reading, &mut spelt);
            ends.push(spelt.len());
        }
        for first in 0..ends.len() {
            let from = if first == 0 { 0 } else { ends[first - 1] };
            let mut hash = SEED;
            let mut at = from;
            for end in ends.iter().skip(first).take(self.longest_name) {
                hash = hash_sounds(hash, &spelt[at..*end]);
                at = *end;
                if at - from < FEWEST_SOUNDS {
                    continue;
                }
                for tenant in self.names.get(&hash).into_iter().flatten() {
                    found(*tenant);
                }
            }
        }
    }
}

/// Which of the numbers with this key fit the runs: as the owner writes it before otherwise joined ones.
fn meant<'a>(numbers: &'a [Number], runs: &Runs, from: usize, end: usize) -> Option<Found<'a>> {
    let (mut joints, mut is_slashed, mut length) = (0u64, false, 0usize);
    for place in from..end {
        if place > from && !runs.gap(place).is_nothing() {
            joints |= 1 << length;
            is_slashed |= runs.gap(place).has(Gap::SLASH) || runs.gap(place).has(Gap::DOT);
        }
        length += runs.text(place).len();
    }
    let has_letters = (from..end).any(|place| runs.is_letters(place));
    let fits = |number: &&Number| {
        is_spelt(number, runs, from, end)
            && joints & !number.joints == 0
            && (!is_slashed || number.is_slashed || has_letters)
            && (has_letters || digits_may_be(number, runs, from, end))
    };
    let mut fitting: Vec<&Number> = numbers.iter().filter(fits).collect();
    if fitting.iter().any(|number| number.dashes == joints) {
        fitting.retain(|number| number.dashes == joints);
    }
    let written = &fitting.first()?.written;
    Some(Found { meant: fitting.iter().map(|number| number.meant).collect(), written })
}

/// That it is this number, and not another one of the same hash.
fn is_spelt(number: &Number, runs: &Runs, from: usize, end: usize) -> bool {
    let mut rest: &str = &number.key;
    for place in from..end {
        match rest.strip_prefix(runs.text(place)) {
            Some(behind) => rest = behind,
            None => return false,
        }
    }
    rest.is_empty()
}

/// Digits alone are easily something else: a month, a part of another number, an amount.
fn digits_may_be(number: &Number, runs: &Runs, from: usize, end: usize) -> bool {
    if (from..end).any(|place| runs.at(place).is_some_and(|run| run.is_masked)) {
        return false;
    }
    let is_marked = (from..end).any(|place| runs.at(place).is_some_and(|run| run.is_marked));
    if matches!(number.meant, Meant::Unit(_)) && number.key.len() <= 2 && !is_marked {
        return false;
    }
    let stands_alone = stands_free_in_front(runs, from) && stands_free_behind(runs, end);
    stands_alone || (matches!(number.meant, Meant::Contract(_) | Meant::Invoice(_)) && number.key.len() >= 6)
}

/// Not the rest of `A-302` or `2026-302`.
fn stands_free_in_front(runs: &Runs, from: usize) -> bool {
    if from == 0 || !runs.gap(from).is_within(&[Gap::DASH, Gap::SLASH, Gap::DOT]) {
        return true;
    }
    let is_sentence = runs.gap(from) == Gap::DOT && runs.text(from - 1).chars().count() > 1;
    runs.is_letters(from - 1)
        && (is_sentence
            || runs.is_room_word(from - 1)
            || runs.is_ordinal(from - 1)
            || runs.text(from - 1).chars().count() > 3)
}

/// Not the beginning of `302-A` or `302/5`.
fn stands_free_behind(runs: &Runs, end: usize) -> bool {
    if end >= runs.len() || !runs.gap(end).is_within(&[Gap::DASH, Gap::SLASH, Gap::DOT]) {
        return true;
    }
    if runs.is_digits(end) {
        return runs.gap(end) == Gap::DOT && runs.text(end).len() > 4;
    }
    runs.is_ordinal(end) || matches!(runs.text(end), "T" | "Д" | "D") || runs.text(end).chars().count() > 1
}

/// The р of `10-р` begins no number.
fn may_begin(runs: &Runs, from: usize) -> bool {
    !(runs.is_ordinal(from) && runs.text(from).len() == 1)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty())
}

/// Whether a name of one word is one that every other payer writes.
fn is_common(form: &[u8]) -> bool {
    const COMMON: [&str; 18] = [
        "түрээс",
        "түрээсийн",
        "төлбөр",
        "төлөв",
        "төлөлт",
        "сарын",
        "тоот",
        "өрөө",
        "байр",
        "оффис",
        "дэлгүүр",
        "барьцаа",
        "гүйлгээ",
        "баярлалаа",
        "урьдчилгаа",
        "үлдэгдэл",
        "менежмент",
        "үйлчилгээ",
    ];
    COMMON.iter().any(|word| {
        let mut common = Vec::new();
        sounds(word, Reading::Mongolian, &mut common);
        common == form
    })
}

fn hash_text(hash: u64, text: &str) -> u64 {
    text.bytes().fold(hash, |hash, byte| hash_on(hash, u32::from(byte)))
}

fn hash_sounds(hash: u64, sounds: &[u8]) -> u64 {
    sounds.iter().fold(hash, |hash, sound| hash_on(hash, u32::from(*sound)))
}

/// The keys are hashes already.
#[derive(Debug, Default)]
pub(super) struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {
        unreachable!("only hashes are looked up")
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}
