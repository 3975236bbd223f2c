//! How people's spellings are brought to one form: look-alike letters, codes, telephones, register and tax numbers.

use jiff::civil::Date;

use crate::rooms::TenantKind;

/// Folds letters that look alike in Cyrillic and Latin to Latin capitals, so that `СТ-2026` typed either way is one
/// code; dashes of every kind become `-`, blanks go. For comparing; [`code`] is for showing.
pub fn fold_code(text: &str) -> String {
    capitals(text).map(to_latin).collect()
}

/// A code as it is kept and shown: capitals without blanks, Latin where every letter has a Latin look-alike
/// (`СТ-2026` → `CT-2026`, `А-105` → `A-105`), Cyrillic throughout where one has not (`БK-12` → `БК-12`).
pub fn code(text: &str) -> String {
    let capitals: String = capitals(text.trim().trim_start_matches(['№', '#', '\''])).collect();
    if capitals.chars().any(|c| is_cyrillic(c) && to_latin(c) == c) {
        capitals.chars().map(to_cyrillic).collect()
    } else {
        capitals.chars().map(to_latin).collect()
    }
}

/// Folds a word for comparing however it was typed: look-alikes, and the letters that a keyboard or a font without
/// Mongolian writes for ө, ү, й and ё (`Толох одор`, `Vнэ`, `їнэ`).
pub fn fold_word(text: &str) -> String {
    let letters = tidy(text).to_uppercase();
    letters.chars().map(fold_dash).map(to_latin).map(plain_letter).collect()
}

/// A name by whose bytes names stand in the order of the Mongolian alphabet, capitals or not: ё after е, ө after о, ү
/// after у, where Unicode has them behind я.
pub fn sort_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len() + 4);
    for c in tidy(name).to_uppercase().chars() {
        match c {
            'Ё' => key.push_str("Е\u{ffff}"),
            'Ө' => key.push_str("О\u{ffff}"),
            'Ү' => key.push_str("У\u{ffff}"),
            c => key.push(c),
        }
    }
    key
}

/// Text with single blanks between words and none around them, й and ё as one letter each, invisible marks gone.
pub fn tidy(text: &str) -> String {
    let visible: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    let mut tidy = String::with_capacity(visible.len());
    for word in visible.split_whitespace() {
        if !tidy.is_empty() {
            tidy.push(' ');
        }
        for c in word.chars() {
            match (c, tidy.chars().next_back().and_then(|letter| composed(letter, c))) {
                (_, Some(whole)) => {
                    tidy.pop();
                    tidy.push(whole);
                }
                (c, None) => tidy.push(c),
            }
        }
    }
    tidy
}

/// Folds a citizen's register number to Cyrillic letters: `YБ91010112` with a Latin Y is `УБ91010112`.
pub fn fold_register(text: &str) -> String {
    capitals(text).enumerate().map(|(place, c)| if place < 2 { to_cyrillic(c) } else { c }).collect()
}

/// A register number and whose it is: a company's seven digits, or a citizen's two Cyrillic letters and eight digits
/// that begin with a birthday (month + 20 for births from 2000). `None` when it is neither.
pub fn register(text: &str) -> Option<(TenantKind, String)> {
    let folded: String = fold_register(text).chars().filter(|c| !matches!(c, '-' | '.')).collect();
    let unlabelled = folded.strip_prefix("РД").map(|rest| fold_register(rest.trim_start_matches(':')));
    [Some(folded), unlabelled].into_iter().flatten().find_map(|number| Some((register_kind(&number)?, number)))
}

fn register_kind(number: &str) -> Option<TenantKind> {
    let letters = number.chars().take_while(|c| matches!(c, 'А'..='Я' | 'Ө' | 'Ү')).count();
    let digits: String = number.chars().skip(letters).collect();
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match (letters, digits.len()) {
        (0, 7) => Some(TenantKind::Company),
        (2, 8) => birthday(&digits).map(|_| TenantKind::Person),
        _ => None,
    }
}

/// The birthday that a citizen's eight digits `YYMMDDnn` begin with.
fn birthday(digits: &str) -> Option<Date> {
    let two = |from: usize| digits.get(from..from + 2)?.parse::<i8>().ok();
    let (year, month, day) = (i16::from(two(0)?), two(2)?, two(4)?);
    let (century, month) = if month > 20 { (2000, month - 20) } else { (1900, month) };
    Date::new(century + year, month, day).ok()
}

/// A taxpayer's number: eleven digits for organisations, up to fourteen for persons.
pub fn tin(text: &str) -> Option<String> {
    let digits: String = capitals(text).filter(|c| *c != '-').collect();
    ((11..=14).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
}

/// The eight digits of a Mongolian telephone, whatever stands around them; `None` when it is not exactly one.
pub fn phone(text: &str) -> Option<String> {
    let Phones { mut numbers, unread } = phones(text);
    (numbers.len() == 1 && unread.is_empty()).then(|| numbers.swap_remove(0))
}

/// The telephones found in a text, and the digits that are none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Phones {
    /// Eight digits each, in the order written, each once.
    pub numbers: Vec<String>,
    /// What was written but could not be read as a telephone; empty when all was.
    pub unread: String,
}

/// Every telephone in a text such as `+976 9911-2233, 88112233`.
pub fn phones(text: &str) -> Phones {
    let mut found = Phones::default();
    let new_number = |c: char| c.is_alphabetic() || matches!(c, ',' | ';' | '/' | '\\' | '|' | '&' | '\n' | '+');
    for part in text.split(new_number) {
        let digits: String = part.chars().filter(char::is_ascii_digit).collect();
        let mut rest = digits.as_str();
        while !rest.is_empty() {
            rest = if rest.len().is_multiple_of(8) { rest } else { without_country(rest) };
            match rest.get(..8).filter(|local| local.starts_with(['5', '6', '7', '8', '9'])) {
                Some(local) => {
                    if !found.numbers.iter().any(|known| known == local) {
                        found.numbers.push(local.to_owned());
                    }
                    rest = &rest[8..];
                }
                None => {
                    found.unread.push_str(rest);
                    rest = "";
                }
            }
        }
    }
    found
}

fn without_country(digits: &str) -> &str {
    digits.strip_prefix("00976").or_else(|| digits.strip_prefix("976")).unwrap_or(digits)
}

fn capitals(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)).flat_map(char::to_uppercase).map(fold_dash)
}

pub(crate) fn fold_dash(c: char) -> char {
    if matches!(c, '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹣' | '－') { '-' } else { c }
}

/// Marks that are copied along from web pages and word processors: zero-width blanks, joiners, soft hyphens.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{4ff}')
}

/// The one letter that a letter and the mark typed after it make.
fn composed(letter: char, mark: char) -> Option<char> {
    match (letter, mark) {
        ('и', '\u{306}') => Some('й'),
        ('И', '\u{306}') => Some('Й'),
        ('е', '\u{308}') => Some('ё'),
        ('Е', '\u{308}') => Some('Ё'),
        _ => None,
    }
}

/// A letter and its look-alike; where two Cyrillic letters share one, the first is the one read back.
const LOOK_ALIKES: [(char, char); 16] = [
    ('А', 'A'),
    ('В', 'B'),
    ('С', 'C'),
    ('Е', 'E'),
    ('Н', 'H'),
    ('К', 'K'),
    ('М', 'M'),
    ('О', 'O'),
    ('Р', 'P'),
    ('Т', 'T'),
    ('Х', 'X'),
    ('У', 'Y'),
    ('Ү', 'Y'),
    ('І', 'I'),
    ('Ѕ', 'S'),
    ('Ј', 'J'),
];

pub(crate) fn to_latin(c: char) -> char {
    LOOK_ALIKES.iter().find(|(cyrillic, _)| *cyrillic == c).map_or(c, |(_, latin)| *latin)
}

fn to_cyrillic(c: char) -> char {
    match c {
        // how fonts from before Unicode wrote them
        'Є' => 'Ө',
        'Ї' => 'Ү',
        _ => LOOK_ALIKES.iter().find(|(_, latin)| *latin == c).map_or(c, |(cyrillic, _)| *cyrillic),
    }
}

fn plain_letter(c: char) -> char {
    match c {
        'Ө' | 'Є' => 'O',
        'Ї' | 'V' => 'Y',
        'Й' => 'И',
        'Ё' => 'E',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes_fold_to_one_spelling() {
        assert_eq!(fold_code("СТ–2026- 0042"), "CT-2026-0042");
        assert_eq!(fold_register("yБ91010112"), "УБ91010112");
        assert_eq!(phone("+976 9911-0001").as_deref(), Some("99110001"));
        assert_eq!(phone("12345"), None);
    }

    #[test]
    fn a_code_is_shown_in_one_alphabet() {
        for (typed, kept) in [
            ("СТ-2026-0021", "CT-2026-0021"),
            (" ct–2026-0021 ", "CT-2026-0021"),
            ("А-105", "A-105"),
            ("Р-03", "P-03"),
            ("№ 101203", "101203"),
            ("БK-12", "БК-12"),
            ("ҮБ-7", "ҮБ-7"),
            ("\u{feff}B1\u{200b}-01", "B1-01"),
        ] {
            assert_eq!(code(typed), kept, "{typed}");
        }
    }

    #[test]
    fn words_are_the_same_however_they_are_typed() {
        for (typed, meant) in [
            ("ТОЛОХ  ОДОР", "Төлөх өдөр"),
            ("1 м² vнэ", "1 м² үнэ"),
            ("Їнэ", "үнэ"),
            ("Талбаи\u{306}", "талбай"),
            ("Peгиcтp", "Регистр"),
        ] {
            assert_eq!(fold_word(typed), fold_word(meant), "{typed}");
        }
        assert_ne!(fold_word("Эхлэх"), fold_word("Дуусах"));
        assert_eq!(tidy("  Алаг \u{a0} Морь\n ХХК "), "Алаг Морь ХХК");
    }

    #[test]
    fn names_stand_in_the_order_of_the_alphabet() {
        let mut names = ["Яруу", "Өлзий", "Пүрэв", "үнэн", "Фото", "Уул", "Оюу", "Ёндон", "Жаргал", "Ер", "Алтай"];
        names.sort_by_key(|name| sort_key(name));
        let ordered = ["Алтай", "Ер", "Ёндон", "Жаргал", "Оюу", "Өлзий", "Пүрэв", "Уул", "үнэн", "Фото", "Яруу"];
        assert_eq!(names, ordered);
    }

    #[test]
    fn a_register_number_says_whose_it_is() {
        let company = |number: &str| Some((TenantKind::Company, number.to_owned()));
        let person = |number: &str| Some((TenantKind::Person, number.to_owned()));
        assert_eq!(register(" 5118320 "), company("5118320"));
        assert_eq!(register("РД: 5118320"), company("5118320"));
        assert_eq!(register("ЛХ66060889"), person("ЛХ66060889"));
        assert_eq!(register("pх 71061195"), person("РХ71061195"));
        assert_eq!(register("ШЖ01322773"), person("ШЖ01322773"));
        assert_eq!(register("РД91010112"), person("РД91010112"));
        assert_eq!(register("РД: УБ91010112"), person("УБ91010112"));
        // the 29th of February was in 2000, not in 1900 or 2001
        assert_eq!(register("УБ00222912"), person("УБ00222912"));
        for bad in [
            "",
            "501310",
            "51183201",
            "УX70151169",
            "УБ91013312",
            "УБ00022912",
            "УБ01222912",
            "УБ9101011",
            "УБW1010112",
        ] {
            assert_eq!(register(bad), None, "{bad}");
        }
    }

    #[test]
    fn telephones_are_found_whatever_stands_around_them() {
        for (text, numbers) in [
            ("80233721, 85356849", vec!["80233721", "85356849"]),
            ("+9769129 4271", vec!["91294271"]),
            ("(976) 9911-2233 / 8811 2233", vec!["99112233", "88112233"]),
            ("99112233 88112233", vec!["99112233", "88112233"]),
            ("9911223397688112233", vec!["99112233", "88112233"]),
            ("00976 99112233", vec!["99112233"]),
            ("гар 99112233 ба ажил 70112233", vec!["99112233", "70112233"]),
            ("97611223", vec!["97611223"]),
            ("99112233; 99112233", vec!["99112233"]),
            ("", vec![]),
        ] {
            assert_eq!(
                phones(text),
                Phones { numbers: numbers.into_iter().map(str::to_owned).collect(), ..Phones::default() },
                "{text}"
            );
        }
        assert_eq!(phones("99112233, 9911"), Phones { numbers: vec!["99112233".into()], unread: "9911".into() });
        assert_eq!(phone("99112233, 88112233"), None);
    }

    #[test]
    fn a_tax_number_is_digits_only() {
        assert_eq!(tin("61209 183241").as_deref(), Some("61209183241"));
        for bad in ["6120918324", "612091832411234", "6.12092E+10", "61209183241.0"] {
            assert_eq!(tin(bad), None, "{bad}");
        }
    }
}
