//! However the lines of an account come – overlapping, shuffled, from files and from the bank – each is there once.

use domain::bank::{Bank, Precision};
use jiff::{ToSpan, civil::date};
use proptest::prelude::*;

use super::*;

fn line(at: DateTime, amount: i64, balance: Option<i64>, text: &str) -> Incoming {
    Incoming {
        row: 1,
        at,
        precision: Precision::Second,
        amount: Money::from_mungo(amount),
        balance_after: balance.map(Money::from_mungo),
        text: text.into(),
        counter_account: None,
        counter_name: None,
        bank_ref: None,
        corrected: false,
    }
}

/// What an account's book would hold.
#[derive(Default)]
struct Book(Vec<Known>);

impl Book {
    fn take(&mut self, lines: &[Incoming]) -> usize {
        let fates = tell(Bank::Khan, "5000123456", lines, &self.0);
        let mut fresh = 0;
        for (line, fate) in lines.iter().zip(fates) {
            match fate {
                Fate::New { fingerprint, occurrence } => {
                    fresh += 1;
                    let is_free = self.0.iter().all(|k| (k.fingerprint, k.occurrence) != (fingerprint, occurrence));
                    assert!(is_free, "the unique key holds");
                    self.0.push(Known {
                        id: BankTransactionId::new(),
                        fingerprint,
                        occurrence,
                        bank_ref: line.bank_ref.clone(),
                        at: line.at,
                        precision: line.precision,
                        amount: line.amount,
                        balance_after: line.balance_after,
                        text: line.text.clone(),
                        corrected: line.corrected,
                    });
                }
                Fate::There { id, takes_ref: true, .. } => {
                    let there = self.0.iter_mut().find(|known| known.id == id).expect("it is there");
                    there.bank_ref.clone_from(&line.bank_ref);
                }
                Fate::There { .. } | Fate::Repeats(_) => (),
            }
        }
        fresh
    }
}

#[test]
fn the_fingerprint_is_the_published_one() {
    let at = date(2026, 10, 2).at(17, 18, 17, 0);
    let mut paid = line(at, 140_000_000, Some(3_120_050_000), " түрээс  CT-2026-0042 ");
    paid.counter_account = Some("5055000111".into());
    let print: String = fingerprint(Bank::Khan, "5000123456", &paid).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(print, "cd1e28d6ebff4248da88a5446c5e0c86056a823038f22f09016f7df8460e8e2e");
}

#[test]
fn twins_of_one_second_are_two_and_stay_two() {
    let at = date(2026, 11, 18).at(9, 38, 37, 0);
    let twins = [line(at, 100, None, "түрээс"), line(at, 100, None, "түрээс")];
    let mut book = Book::default();
    assert_eq!(book.take(&twins), 2);
    assert_eq!(book.take(&twins), 0);
    assert_eq!(book.take(&twins[..1]), 0);
}

#[test]
fn a_file_and_the_bank_tell_of_the_same_movement() {
    let at = date(2026, 3, 5).at(9, 14, 33, 0);
    let named = |mut line: Incoming, name: &str| {
        line.bank_ref = Some(name.into());
        line
    };
    let mut book = Book::default();
    assert_eq!(book.take(&[line(at, 25_000_000, None, "101204 түрээс"), line(at, -5_000_000, Some(7), "буцаалт")]), 2);
    let answer = [
        named(line(at, 25_000_000, Some(9), "EB -101204 түрээс"), "1841"),
        named(line(at, -5_000_000, Some(7), "буцаалт CODE: 900000000123"), "1842"),
    ];
    assert_eq!(book.take(&answer), 0);
    assert!(book.0.iter().all(|known| known.bank_ref.is_some()));
    assert_eq!(book.take(&answer), 0, "the bank's own names");

    // two payments of the bank are two, however alike
    assert_eq!(book.take(&[named(line(at, 25_000_000, Some(9), "EB -101204 түрээс"), "1850")]), 1);
    let repeated = named(line(at, 300, Some(9), "x"), "1851");
    assert_eq!(book.take(&[repeated.clone(), repeated]), 1, "a page was repeated");
}

#[test]
fn what_the_bank_says_otherwise_now_is_told() {
    let at = date(2026, 3, 5).at(9, 14, 33, 0);
    let mut said = line(at, 100, Some(500), "а");
    said.bank_ref = Some("7".into());
    let mut book = Book::default();
    book.take(std::slice::from_ref(&said));
    let known = book.0.clone();
    said.corrected = true;
    let fates = tell(Bank::Khan, "5000123456", &[said], &known);
    assert!(matches!(fates[..], [Fate::There { changed: true, .. }]));
}

#[test]
fn a_minute_meets_its_second_but_not_for_sure() {
    let at = date(2026, 3, 5).at(17, 25, 0, 0);
    let minute = Incoming { precision: Precision::Minute, ..line(at, 100, None, "түрээс") };
    let second = line(at.saturating_add(41.seconds()), 100, None, "түрээс");
    let mut book = Book::default();
    book.take(std::slice::from_ref(&minute));
    let fates = tell(Bank::Golomt, "1105000099", std::slice::from_ref(&second), &book.0);
    assert!(matches!(fates[..], [Fate::There { doubtful: true, .. }]));
    let other = line(at.saturating_add(41.seconds()), 100, None, "өөр");
    assert!(matches!(tell(Bank::Golomt, "1105000099", &[other], &book.0)[..], [Fate::New { .. }]));
    assert_ne!(fingerprint(Bank::Golomt, "1", &minute), fingerprint(Bank::Golomt, "1", &line(at, 100, None, "түрээс")));
}

/// Movements of a busy account: few seconds, few amounts and texts, so that twins are common.
fn movements() -> impl Strategy<Value = Vec<(i64, i64, u8)>> {
    prop::collection::vec((0..120i64, prop::sample::select(vec![100i64, 200, -100, 5000]), 0..3u8), 1..500)
}

/// The account's lines in order, with the balances that its bank would write.
fn written(movements: &[(i64, i64, u8)], with_balance: bool) -> Vec<Incoming> {
    let mut sorted = movements.to_vec();
    sorted.sort_by_key(|(second, ..)| *second);
    let mut balance = 0;
    let start = date(2026, 10, 1).at(9, 0, 0, 0);
    let line = |(second, amount, text): (i64, i64, u8)| {
        balance += amount;
        let text = ["түрээс", "101204", "CT-2026-0042 түрээс"][usize::from(text)];
        line(start.saturating_add(second.seconds()), amount, with_balance.then_some(balance), text)
    };
    sorted.into_iter().map(line).collect()
}

fn shuffled(mut lines: Vec<Incoming>, seed: u64) -> Vec<Incoming> {
    let mut state = seed | 1;
    for last in (1..lines.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        lines.swap(last, usize::try_from(state >> 33).expect("31 bits") % (last + 1));
    }
    lines
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// R19: overlapping files in any order, each shuffled within, some with other blanks, some from the bank itself.
    #[test]
    fn the_same_lines_however_they_come_are_there_once(
        movements in movements(),
        with_balance in any::<bool>(),
        files in prop::collection::vec((0..120i64, 0..120i64, any::<u64>(), 0..3u8), 1..8),
    ) {
        let lines = written(&movements, with_balance);
        let mut book = Book::default();
        let mut covered = vec![false; lines.len()];
        let start = date(2026, 10, 1).at(9, 0, 0, 0);
        for (from, to, seed, kind) in files {
            let (from, to) = (start.saturating_add(from.min(to).seconds()), start.saturating_add(from.max(to).seconds()));
            let mut part = Vec::new();
            for (place, line) in lines.iter().enumerate().filter(|(_, line)| (from..=to).contains(&line.at)) {
                covered[place] = true;
                let mut line = line.clone();
                match kind {
                    1 => line.text = format!(" {} ", line.text.replace(' ', "  ")),
                    // the bank tells its own balance and puts its mark before the text
                    2 => {
                        line.bank_ref = Some(place.to_string());
                        line.text = format!("EB -{}", line.text);
                    }
                    _ => (),
                }
                part.push(line);
            }
            book.take(&shuffled(part, seed));
        }
        let distinct = covered.iter().filter(|covered| **covered).count();
        prop_assert_eq!(book.0.len(), distinct);
        let sum = |lines: &mut dyn Iterator<Item = Money>| lines.map(Money::mungo).sum::<i64>();
        let of_lines = sum(&mut lines.iter().zip(&covered).filter(|(_, c)| **c).map(|(line, _)| line.amount));
        prop_assert_eq!(sum(&mut book.0.iter().map(|known| known.amount)), of_lines);
    }
}
