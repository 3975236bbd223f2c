//! What a column may be called: words compared by their stems, look-alikes and missing Mongolian letters folded.

use domain::text::fold_word;

use crate::lexicon::Lexicon;

/// The ways a field is called in headers.
#[derive(Debug, Clone, Copy)]
pub struct Name<F> {
    pub field: F,
    /// Whole names as stems (`гэрээ дугаар` is also `Гэрээний дугаар`, `Гэрээ №`), each with a weight of 1 to 10: how
    /// sure it is that a column called so holds the field.
    pub called: &'static [(&'static str, u32)],
    /// Words that may stand beside a name without changing what it means.
    pub also: &'static [&'static str],
    /// Words beside which it means something else: `НӨАТ` is the kind of tax, `НӨАТ-ын дүн` is not.
    pub never: &'static [&'static str],
}

/// The words over a column's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Group {
    None,
    /// Its cell is merged over the column, or stands right above it.
    Over(String),
    /// It stands further left, and nobody merged it: it may reach over the column or not.
    Beside(String),
}

/// The names of all the fields of one kind of sheet, folded for comparing.
#[derive(Debug)]
pub struct Names<F> {
    fields: Vec<Folded<F>>,
}

#[derive(Debug)]
struct Folded<F> {
    field: F,
    called: Vec<(Vec<String>, u32)>,
    also: Vec<String>,
    never: Vec<String>,
    never_under: Vec<String>,
}

/// Words beside which no column holds what its other words say: it is about another time, person or thing.
const ELSEWHERE: [&str; 14] = [
    "хуучин",
    "өмнөх",
    "дараагийн",
    "захирал",
    "захирлын",
    "нягтлан",
    "хариуцсан",
    "банк",
    "данс",
    "зээл",
    "эзэмшигч",
    "тоолуур",
    "гэрчилгээ",
    "зах",
];

/// Words that say as a group what the amounts below are of: an `Үлдэгдэл` under `Барьцаа` is the deposit's.
const TOPICS: [&str; 3] = ["барьцаа", "менежмент", "алданги"];

/// Units and endings that say nothing about what is in the column.
static FILLERS: Lexicon<()> =
    Lexicon::new(&[("төг|төгрөг|mnt|tug|сар|сарын|сард|хоног|хоногт|хувь|хувиар|ын|ийн|ны|ний|н|р|и|e|бүр", ())]);

/// What one word or two stand for in every header.
static MEANINGS: Lexicon<&str> = Lexicon::new(&[
    ("м 2|мкв|м кв|квм|кв м|кв метр|метр кв|квадрат метр|метр квадрат", SQUARE_METRE),
    ("№|no|n", NUMBER),
]);
const SQUARE_METRE: &str = "M2";
/// `дугаар`, folded.
const NUMBER: &str = "ДYГAAP";

impl<F: Copy> Names<F> {
    pub fn new(names: &[Name<F>]) -> Names<F> {
        Names::folded(names, &ELSEWHERE)
    }

    /// Names beside which no word means another time or thing: a list of meters has the readings of two months.
    pub fn of_any_time(names: &[Name<F>]) -> Names<F> {
        Names::folded(names, &[])
    }

    fn folded(names: &[Name<F>], elsewhere: &[&str]) -> Names<F> {
        let all = |list: &[&str]| -> Vec<String> { list.iter().flat_map(|word| words(word)).collect() };
        let fields = names.iter().map(|name| {
            let (never, elsewhere) = (all(name.never), all(elsewhere));
            let topics = all(&TOPICS).into_iter().filter(|topic| never.contains(topic));
            Folded {
                field: name.field,
                called: name.called.iter().map(|(name, weight)| (words(name), *weight)).collect(),
                also: all(name.also),
                never_under: topics.chain(elsewhere.clone()).collect(),
                never: never.into_iter().chain(elsewhere).collect(),
            }
        });
        Names { fields: fields.collect() }
    }

    /// The field that a column with these words holds, and how sure that is.
    pub fn recognise(&self, group: &Group, own: &str) -> Option<(F, u32)> {
        let own_words = words(own);
        if own_words.is_empty() {
            return None;
        }
        let alone = |group: &[String]| {
            let plain = words(&without_brackets(own));
            let looks = [(&own_words, 0), (&plain, 0), (&own_words, 2)];
            looks.into_iter().find_map(|(words, left_over)| self.called(group, words, left_over, false))
        };
        match group {
            Group::None => alone(&[]),
            Group::Over(group) => {
                let group = words(group);
                self.called(&group, &own_words, 0, true).or_else(|| alone(&group))
            }
            // a column beside the group may stand for itself
            Group::Beside(group) => {
                const DOUBT: u32 = 3;
                let together = || self.called(&words(group), &own_words, 0, true);
                alone(&[]).or_else(|| together().map(|(field, weight)| (field, weight.saturating_sub(DOUBT))))
            }
        }
    }

    /// The best name for these words, when at most so many of its own are left over. What a group says more than the
    /// name does not matter, unless it makes it something else.
    fn called(&self, group: &[String], own: &[String], left_over: usize, with_group: bool) -> Option<(F, u32)> {
        /// What each word that the name does not explain takes from how sure it is.
        const DOUBT: u32 = 4;
        let weigh = |folded: &Folded<F>| {
            if group.iter().any(|word| is_any_of(word, &folded.never_under)) {
                return None;
            }
            let weighed = folded.called.iter().filter_map(|(name, weight)| {
                let rest = without(own, if with_group { group } else { &[] }, name)?;
                let strange: Vec<_> = rest.into_iter().filter(|word| !is_any_of(word, &folded.also)).collect();
                let refused = strange.len() > left_over || strange.iter().any(|word| is_any_of(word, &folded.never));
                let weight = weight.checked_sub(DOUBT * u32::try_from(strange.len()).unwrap_or(u32::MAX))?;
                (!refused && weight > 0).then_some(weight)
            });
            weighed.max().map(|weight| (folded.field, weight))
        };
        // of equally good fields the first in the table
        self.fields.iter().filter_map(weigh).rev().max_by_key(|(_, weight)| *weight)
    }
}

/// A column's own words that are left when a name's words are taken away, from the group's where its own have them not;
/// `None` when they are not all there, or when only the group says them.
fn without<'a>(own: &'a [String], group: &[String], name: &[String]) -> Option<Vec<&'a String>> {
    let mut rest: Vec<&String> = own.iter().collect();
    for stem in name {
        match rest.iter().position(|word| has_stem(word, stem)) {
            Some(place) => drop(rest.remove(place)),
            None if group.iter().any(|word| has_stem(word, stem)) => (),
            None => return None,
        }
    }
    (!name.is_empty() && rest.len() < own.len()).then_some(rest)
}

fn is_any_of(word: &str, stems: &[String]) -> bool {
    stems.iter().any(|stem| has_stem(word, stem))
}

/// A word with this stem: the stem and a case ending. Short stems stand alone: `тоо` is not the stem of `тоот`.
fn has_stem(word: &str, stem: &str) -> bool {
    const LONGEST_ENDING: usize = 3;
    match word.strip_prefix(stem) {
        Some("") => true,
        Some(ending) => stem.chars().count() > 3 && ending.chars().count() <= LONGEST_ENDING,
        None => false,
    }
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0usize;
    let outside = text.chars().filter(|c| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    });
    outside.collect()
}

/// The words of a header that say something, folded; a square metre in any spelling is `M2`, a number sign a word.
fn words(text: &str) -> Vec<String> {
    let folded: Vec<char> = fold_word(text).chars().map(|c| if c == '²' { '2' } else { c }).collect();
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    for (place, c) in folded.iter().enumerate() {
        let next = folded.get(place + 1);
        let before = word.chars().next_back();
        let changes = |before: char| before.is_ascii_digit() != c.is_ascii_digit();
        match c {
            '№' => words.extend([std::mem::take(&mut word), "№".into()]),
            // `Р.Д`, `М.кв` and `И-мэйл` are one word each
            '.' | '-' if before.is_some_and(char::is_alphabetic) && next.is_some_and(|c| c.is_alphabetic()) => {
                if word.chars().count() > 2 {
                    words.push(std::mem::take(&mut word));
                }
            }
            c if c.is_alphanumeric() => {
                if before.is_some_and(changes) {
                    words.push(std::mem::take(&mut word));
                }
                word.push(*c);
            }
            _ => words.push(std::mem::take(&mut word)),
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    let says_nothing = |word: &String| word.bytes().all(|b| b.is_ascii_digit()) || FILLERS.whole(word).is_some();
    meanings(words).into_iter().filter(|word| !says_nothing(word)).collect()
}

fn meanings(words: Vec<String>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::with_capacity(words.len());
    for word in words {
        let pair = joined.last().and_then(|last| MEANINGS.whole(&format!("{last} {word}")));
        if pair.is_some() {
            joined.pop();
        }
        joined.push(pair.or_else(|| MEANINGS.whole(&word)).map_or(word, str::to_owned));
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_cut_into_words_that_say_something() {
        for (header, expected) in [
            ("1 м² үнэ (₮)", "M2 үнэ"),
            ("М.кв үнэ", "M2 үнэ"),
            ("м2-ын үнэ", "M2 үнэ"),
            ("Үнэ / кв.м", "үнэ M2"),
            ("Тогтмол түрээс (₮/сар)", "тогтмол түрээс"),
            ("Гэрээний №", "гэрээний дугаар"),
            ("И-мэйл", "имэйл"),
            ("Р.Д", "рд"),
            ("НӨАТ-ын дүн", "нөат дүн"),
            ("Алданги\n(%/хоног)", "алданги"),
            ("№", "дугаар"),
            ("12", ""),
        ] {
            let expected: Vec<_> = expected.split(' ').filter(|w| !w.is_empty()).map(fold_word).collect();
            assert_eq!(words(header), expected, "{header}");
        }
    }

    #[test]
    fn a_stem_takes_endings_but_not_other_words() {
        let has = |word: &str, stem: &str| has_stem(&fold_word(word), &fold_word(stem));
        assert!(has("гэрээний", "гэрээ") && has("түрээсийн", "түрээс") && has("утасны", "утас"));
        assert!(!has("түрээслэгч", "түрээс"));
        assert!(!has("тоот", "тоо") && !has("гэрээслэл", "гэрээ"));
    }
}
