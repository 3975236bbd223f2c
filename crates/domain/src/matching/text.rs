//! A bank line's text as runs of letters and digits, with what is no number of ours known as such: dates, months,
//! amounts, areas.

use crate::{
    Money,
    text::{fold_dash, is_invisible, to_latin},
};

/// What stands between two runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Gap(u16);

impl Gap {
    pub(super) const BLANK: Gap = Gap(1);
    /// A dash of any kind, or an underscore.
    pub(super) const DASH: Gap = Gap(2);
    pub(super) const SLASH: Gap = Gap(4);
    pub(super) const DOT: Gap = Gap(8);
    /// A comma, a plus and what else makes a list.
    pub(super) const LIST: Gap = Gap(16);
    /// `#` or `№`.
    pub(super) const HASH: Gap = Gap(32);
    pub(super) const CURRENCY: Gap = Gap(64);
    pub(super) const OTHER: Gap = Gap(128);

    const NOTHING: Gap = Gap(0);

    pub(super) fn has(self, other: Gap) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn is_nothing(self) -> bool {
        self.0 == 0
    }

    /// Whether there is nothing else than these.
    pub(super) fn is_within(self, others: &[Gap]) -> bool {
        self.0 & !others.iter().fold(0, |all, gap| all | gap.0) == 0
    }

    fn add(&mut self, c: char) {
        let gap = match c {
            c if c.is_whitespace() => Gap::BLANK,
            '-' | '_' => Gap::DASH,
            '/' | '\\' => Gap::SLASH,
            '.' => Gap::DOT,
            ',' | '+' | '&' | ';' => Gap::LIST,
            '#' | '№' => Gap::HASH,
            '₮' => Gap::CURRENCY,
            _ => Gap::OTHER,
        };
        self.0 |= gap.0;
    }
}

/// Letters or digits that stand together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    from: u32,
    to: u32,
    pub(super) is_number: bool,
    /// What stands before it; of the first one, what the text begins with.
    pub(super) gap: Gap,
    /// Digits that are a date, a month, an amount: no number of a room or a contract.
    pub(super) is_masked: bool,
    /// Digits beside "тоот", `#` or `№`.
    pub(super) is_marked: bool,
}

/// A text in capitals, look-alikes folded to Latin, cut into runs.
#[derive(Debug, Default)]
pub(super) struct Runs {
    folded: String,
    runs: Vec<Run>,
    /// What stands behind the last one.
    tail: Gap,
    /// The months it speaks of, January in the lowest bit.
    pub(super) months: u16,
}

impl Runs {
    /// Reads another text into the same memory.
    pub(super) fn read(&mut self, text: &str, amount: Money) {
        self.cut(text);
        self.months = 0;
        self.mark();
        self.mask_months();
        self.mask_dates();
        self.mask_amounts(amount);
    }

    pub(super) fn len(&self) -> usize {
        self.runs.len()
    }

    pub(super) fn at(&self, place: usize) -> Option<&Run> {
        self.runs.get(place)
    }

    pub(super) fn text(&self, place: usize) -> &str {
        self.runs.get(place).map_or("", |run| &self.folded[run.from as usize..run.to as usize])
    }

    /// What stands before the run at this place; at the end, what the text ends with.
    pub(super) fn gap(&self, place: usize) -> Gap {
        self.runs.get(place).map_or(self.tail, |run| run.gap)
    }

    pub(super) fn is_letters(&self, place: usize) -> bool {
        self.at(place).is_some_and(|run| !run.is_number)
    }

    pub(super) fn is_digits(&self, place: usize) -> bool {
        self.at(place).is_some_and(|run| run.is_number)
    }

    /// "тоот" in any of its cases, in either alphabet.
    pub(super) fn is_room_word(&self, place: usize) -> bool {
        self.is_letters(place) && (self.text(place).starts_with("TOOT") || self.text(place).ends_with("TOOT"))
    }

    /// The р of `10-р` or the word for it, right behind digits.
    pub(super) fn is_ordinal(&self, place: usize) -> bool {
        place > 0
            && self.is_letters(place)
            && self.is_digits(place - 1)
            && match self.text(place) {
                "R" | "P" => self.gap(place).is_within(&[Gap::DASH]),
                "ДУГААР" | "ДYГЭЭP" | "DUGAAR" | "DUGEER" => true,
                _ => false,
            }
    }

    fn cut(&mut self, text: &str) {
        self.folded.clear();
        self.runs.clear();
        let mut gap = Gap::NOTHING;
        for c in text.chars().filter(|c| !is_invisible(*c)) {
            let letter = fold_dash(c);
            if !letter.is_alphanumeric() {
                gap.add(letter);
                continue;
            }
            let is_number = letter.is_ascii_digit();
            let from = self.folded.len();
            if letter.is_ascii() {
                self.folded.push(letter.to_ascii_uppercase());
            } else {
                self.folded.extend(letter.to_uppercase().map(to_latin));
            }
            let to = self.folded.len() as u32;
            match self.runs.last_mut().filter(|run| gap.is_nothing() && run.is_number == is_number) {
                Some(run) => run.to = to,
                None => {
                    self.runs.push(Run { from: from as u32, to, is_number, gap, is_masked: false, is_marked: false })
                }
            }
            gap = Gap::NOTHING;
        }
        self.tail = gap;
    }

    /// Knows the digits beside "тоот", `#` and `№`, and those in one list with them.
    fn mark(&mut self) {
        for place in 0..self.runs.len() {
            if !self.runs[place].is_number {
                continue;
            }
            let behind = if self.is_ordinal(place + 1) { place + 2 } else { place + 1 };
            self.runs[place].is_marked = self.is_marked_in_front(place) || self.is_room_word(behind);
        }
        for place in 1..self.runs.len() {
            if self.runs[place - 1].is_marked && self.is_listed_with_former(place) {
                self.runs[place].is_marked = true;
            }
        }
        for place in (1..self.runs.len()).rev() {
            if self.runs[place].is_marked && self.is_listed_with_former(place) {
                self.runs[place - 1].is_marked = true;
            }
        }
    }

    /// `#9`, `тоот 9`; in `801 тоот 11-р сар` the word belongs to the number before it.
    fn is_marked_in_front(&self, place: usize) -> bool {
        if self.gap(place).has(Gap::HASH) {
            return true;
        }
        let Some(word) = place.checked_sub(1).filter(|word| self.is_room_word(*word)) else { return false };
        let is_taken = word > 0 && (self.is_digits(word - 1) || self.is_ordinal(word - 1));
        !is_taken
    }

    fn is_listed_with_former(&self, place: usize) -> bool {
        self.is_digits(place) && self.is_digits(place - 1) && self.gap(place).has(Gap::LIST)
    }

    /// `10 сар`, `10-r sar`, `10-11 сарын`, `Oct`.
    fn mask_months(&mut self) {
        for place in 0..self.runs.len() {
            if self.runs[place].is_number {
                continue;
            }
            if let Some(month) = english_month(self.text(place)) {
                self.months |= 1 << month;
                continue;
            }
            if !(self.text(place).starts_with("CAP") || self.text(place).starts_with("SAR")) || place == 0 {
                continue;
            }
            let mut number = if self.is_ordinal(place - 1) { place.saturating_sub(2) } else { place - 1 };
            while let Some(month) = self.month(number) {
                self.months |= 1 << (month - 1);
                self.runs[number].is_masked = true;
                let in_front = self.gap(number);
                let goes_on = in_front.has(Gap::DASH) || in_front.has(Gap::LIST) || in_front.has(Gap::SLASH);
                if number == 0 || !goes_on {
                    break;
                }
                number -= 1;
            }
        }
    }

    /// The number of a month, unless it is said to be a room.
    fn month(&self, place: usize) -> Option<u32> {
        let is_short = self.is_digits(place) && self.text(place).len() <= 2;
        let month = if is_short { self.text(place).parse().ok()? } else { return None };
        ((1..=12).contains(&month) && !self.is_marked_in_front(place)).then_some(month)
    }

    /// `2026-10-01`, `2026.10`, `15/10`, `15.10.2026`, `2026 оны`.
    fn mask_dates(&mut self) {
        for place in 0..self.runs.len() {
            if !self.runs[place].is_number {
                continue;
            }
            let mut parts = 1;
            while self.is_digits(place + parts) && is_date_mark(self.gap(place + parts)) && parts < 3 {
                parts += 1;
            }
            let length = |part: usize| self.text(place + part).len();
            let is_year = |part: usize| length(part) == 4 && self.text(place + part).starts_with("20");
            let is_slashed = self.gap(place + 1).has(Gap::SLASH) || self.gap(place + 1).has(Gap::DOT);
            let masked = match parts {
                3 if is_year(0) && length(1) <= 2 && length(2) <= 2 => 3,
                3 if is_year(2) && length(0) <= 2 && length(1) <= 2 => 3,
                2.. if is_year(0) && length(1) <= 2 && is_slashed => 2,
                2.. if length(0) <= 2 && length(1) <= 2 && is_slashed => 2,
                _ if is_year(0) && matches!(self.text(place + 1), "OH" | "OHЫ" | "OHД" | "ON" | "ONY" | "ONII") => 1,
                _ => 0,
            };
            for part in 0..masked {
                self.runs[place + part].is_masked = true;
            }
        }
    }

    /// `1,200,000`, `500 төг`, `120 м2`, and the line's own amount however it is written.
    fn mask_amounts(&mut self, amount: Money) {
        for place in 0..self.runs.len() {
            if !self.runs[place].is_number {
                continue;
            }
            let mut end = place + 1;
            let mut value = self.text(place).parse::<i64>().unwrap_or(-1);
            let mut is_amount = false;
            loop {
                let is_lines = value >= 1000 && value.checked_mul(100) == Some(amount.mungo().abs());
                if is_lines || self.is_unit_of_measure(end) {
                    is_amount = true;
                    break;
                }
                let is_group = self.is_digits(end) && self.text(end).len() == 3 && self.text(place).len() <= 3;
                if !is_group || !self.gap(end).is_within(&[Gap::LIST, Gap::BLANK, Gap::DOT]) || end > place + 4 {
                    break;
                }
                value = value.saturating_mul(1000).saturating_add(self.text(end).parse().unwrap_or(0));
                end += 1;
            }
            for part in place..end {
                self.runs[part].is_masked |= is_amount;
            }
        }
    }

    fn is_unit_of_measure(&self, place: usize) -> bool {
        let word = self.text(place);
        let is_currency = matches!(word, "MNT" | "TӨГ" | "TOГ" | "TUG" | "TOG" | "TG")
            || ["TӨГP", "TOГP", "TUGR", "TOGR"].iter().any(|currency| word.starts_with(currency));
        let is_square = matches!(word, "M²" | "MKB")
            || (word == "M" && self.text(place + 1) == "2" && self.gap(place + 1).is_nothing());
        self.gap(place).has(Gap::CURRENCY) || (self.is_letters(place) && (is_currency || is_square))
    }
}

fn is_date_mark(gap: Gap) -> bool {
    gap == Gap::DASH || gap == Gap::DOT || gap == Gap::SLASH
}

/// January is nought.
fn english_month(word: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "JANUARY",
        "FEBRUARY",
        "MARCH",
        "APRIL",
        "MAY",
        "JUNE",
        "JULY",
        "AUGUST",
        "SEPTEMBER",
        "OCTOBER",
        "NOVEMBER",
        "DECEMBER",
    ];
    let place = NAMES.iter().position(|name| word == *name || (word.len() == 3 && name.starts_with(word)))?;
    u32::try_from(place).ok()
}

/// A text without what the bank put in front of it, and who the bank says paid.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unwrapped<'a> {
    pub(super) text: &'a str,
    pub(super) name: Option<&'a str>,
    pub(super) account: Option<&'a str>,
}

/// Takes off `EB -` and `ХААНААС: amount NAME account`.
pub(super) fn unwrap(text: &str) -> Unwrapped<'_> {
    let text = text.trim_start();
    if let Some(rest) = text.strip_prefix("EB").map(str::trim_start).and_then(|rest| rest.strip_prefix('-')) {
        return Unwrapped { text: rest.trim_start(), name: None, account: None };
    }
    let from = ["ХААНААС", "Хаанаас", "HAANAAS", "Haanaas"].iter().find_map(|word| text.strip_prefix(word));
    let Some(rest) = from.and_then(|rest| rest.trim_start().strip_prefix(':')) else {
        return Unwrapped { text, name: None, account: None };
    };
    let rest = rest.trim_start();
    let is_amount = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let named = rest.trim_start_matches(is_amount).trim_start();
    let mut at = 0;
    for word in named.split(' ') {
        let digits = word.strip_prefix("MN").unwrap_or(word);
        if digits.len() >= 8 && digits.bytes().all(|b| b.is_ascii_digit()) {
            let (name, text) = (named[..at].trim(), named[at + word.len()..].trim_start());
            return Unwrapped { text, name: Some(name), account: Some(word) };
        }
        at += word.len() + 1;
    }
    Unwrapped { text: named, name: None, account: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> Vec<String> {
        let mut runs = Runs::default();
        runs.read(text, Money::from_tugrug(1_200_000));
        let is = |place: &usize| runs.at(*place).is_some_and(|run| run.is_masked);
        (0..runs.len()).filter(is).map(|place| runs.text(place).to_owned()).collect()
    }

    fn marked(text: &str) -> Vec<String> {
        let mut runs = Runs::default();
        runs.read(text, Money::ZERO);
        let is = |place: &usize| runs.at(*place).is_some_and(|run| run.is_marked && !run.is_masked);
        (0..runs.len()).filter(is).map(|place| runs.text(place).to_owned()).collect()
    }

    #[test]
    fn dates_months_and_amounts_are_no_rooms() {
        for (text, no_rooms) in [
            ("705, 801 тоот 10-р сарын түрээс", vec!["10"]),
            ("10-11 сарын түрээс 302", vec!["10", "11"]),
            ("#10, 11 sar", vec!["11"]),
            ("орлого 2026.10.12", vec!["2026", "10", "12"]),
            ("буцаалт 15/10", vec!["15", "10"]),
            ("2026 оны 10 сар", vec!["2026", "10"]),
            ("302 toot 1,200,000", vec!["1", "200", "000"]),
            ("302 toot 1200000 tug", vec!["1200000"]),
            ("302 500₮", vec!["302", "500"]),
            ("120 м2 305 тоот", vec!["120"]),
            ("CT 2026 0005", vec![]),
            ("705,801 toot", vec![]),
        ] {
            assert_eq!(masked(text), no_rooms, "{text}");
        }
    }

    #[test]
    fn a_short_number_is_a_room_beside_its_word() {
        for (text, rooms) in [
            ("тоот 9, 10 сар", vec!["9"]),
            ("9-р тоот", vec!["9"]),
            ("№ 9 түрээс 3", vec!["9"]),
            ("9,11 toot 10 sar", vec!["9", "11"]),
            ("toot9 turees", vec!["9"]),
            ("10 сар 9 тоотын түрээс", vec!["9"]),
            ("10 сар 11", vec![]),
        ] {
            assert_eq!(marked(text), rooms, "{text}");
        }
    }

    #[test]
    fn months_are_heard_in_both_languages() {
        let mut runs = Runs::default();
        for (text, months) in
            [("10-11 сар", 0b0110_0000_0000), ("Oct turees", 0b0010_0000_0000), ("1-r sar", 1), ("turees", 0)]
        {
            runs.read(text, Money::ZERO);
            assert_eq!(runs.months, months, "{text}");
        }
    }

    #[test]
    fn what_the_bank_put_in_front_is_taken_off() {
        assert_eq!(unwrap("EB -101236 10-11 сар").text, "101236 10-11 сар");
        assert_eq!(
            unwrap("ХААНААС: 2144175.00 ALAG MORI HHK 1116917604 705, 801 тоот"),
            Unwrapped { text: "705, 801 тоот", name: Some("ALAG MORI HHK"), account: Some("1116917604") }
        );
        assert_eq!(unwrap("302 toot"), Unwrapped { text: "302 toot", name: None, account: None });
    }
}
