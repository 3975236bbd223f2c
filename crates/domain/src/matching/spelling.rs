//! Names by their sound, so that one name is the same in Cyrillic and in every way people spell it in Latin letters.

/// How the Latin letters that stand for two sounds are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// `x` is х and `c` is ц, as on telephones: `xxk`, `cagaan`.
    Mongolian,
    /// `x` is кс and `c` is к, as in English words: `express`, `optic`.
    English,
}

/// Appends a word's sounds: `Хишиг`, `KHISHIG` and `hishig` are all `hwg`-like the same. Vowels that people write in
/// several ways are one (о, ө, у, ү) or none (и, й, ы, ь), long ones are short.
pub(super) fn sounds(word: &str, reading: Reading, out: &mut Vec<u8>) {
    let from = out.len();
    let mut letters = word.chars().flat_map(char::to_lowercase).peekable();
    let mut before = b' ';
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied().unwrap_or(' ');
        let takes_next = matches!((letter, next), ('k' | 'c' | 's' | 'z', 'h') | ('t', 's' | 'z') | ('d', 'z'));
        let pair = matches!((letter, next), ('т', 'с') | ('д', 'з'));
        let spelt: &[u8] = match (letter, next) {
            ('k', 'h') => b"h",
            ('c', 'h') => b"Q",
            ('s', 'h') => b"W",
            ('z', 'h') => b"j",
            ('t', 's' | 'z') | ('т', 'с') => b"c",
            ('d', 'z') | ('д', 'з') => b"z",
            // ү as telephones without it have it: `tvmen`
            ('v', next) if is_consonant(before) && next.is_alphabetic() && !is_latin_vowel(next) => b"u",
            _ => sound(letter, reading),
        };
        if takes_next || pair {
            letters.next();
        }
        for sound in spelt {
            before = *sound;
            if out.len() == from || out.last() != Some(sound) {
                out.push(*sound);
            }
        }
    }
    drop_short_vowels(out, from);
}

/// и, й, ы and ь are written or left out as people like; a word of nothing else keeps one.
fn drop_short_vowels(out: &mut Vec<u8>, from: usize) {
    if out[from..].iter().all(|sound| *sound == b'i') {
        return;
    }
    let mut kept = from;
    for place in from..out.len() {
        let sound = out[place];
        if sound != b'i' && (kept == from || out[kept - 1] != sound) {
            out[kept] = sound;
            kept += 1;
        }
    }
    out.truncate(kept);
}

fn sound(letter: char, reading: Reading) -> &'static [u8] {
    match letter {
        'а' | 'a' => b"a",
        'б' | 'b' => b"b",
        'в' | 'v' | 'w' => b"v",
        'г' | 'g' => b"g",
        'д' | 'd' => b"d",
        'е' | 'э' | 'e' => b"e",
        'ж' | 'j' => b"j",
        'з' | 'z' => b"z",
        'и' | 'й' | 'ы' | 'ь' | 'i' | 'y' => b"i",
        'к' | 'k' | 'q' => b"k",
        'л' | 'l' => b"l",
        'м' | 'm' => b"m",
        'н' | 'n' => b"n",
        // є and ї: ө and ү in fonts from before Unicode
        'о' | 'ө' | 'у' | 'ү' | 'є' | 'ї' | 'o' | 'u' | 'ö' | 'ü' => b"u",
        'п' | 'p' => b"p",
        'р' | 'r' => b"r",
        'с' | 's' => b"s",
        'т' | 't' => b"t",
        'ф' | 'f' => b"f",
        'х' | 'h' => b"h",
        'x' if reading == Reading::English => b"ks",
        'x' => b"h",
        'ц' => b"c",
        'c' if reading == Reading::English => b"k",
        'c' => b"c",
        'ч' => b"Q",
        'ш' | 'щ' => b"W",
        'ё' | 'ю' => b"iu",
        'я' => b"ia",
        _ => b"",
    }
}

fn is_consonant(sound: u8) -> bool {
    !matches!(sound, b' ' | b'a' | b'e' | b'i' | b'u')
}

fn is_latin_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'ö' | 'ü')
}

/// The end of a word that says what kind of firm it is, and no part of its name.
pub(super) fn is_legal_form(word: &str) -> bool {
    const FORMS: [&str; 22] = [
        "ХХК",
        "ХК",
        "ТӨХК",
        "ТӨҮГ",
        "ОНӨТҮГ",
        "ТББ",
        "ҮТББ",
        "НҮТББ",
        "ХЗХ",
        "БХН",
        "ББСБ",
        "СӨХ",
        "ХХН",
        "XXK",
        "HHK",
        "KHKHK",
        "XK",
        "LLC",
        "LTD",
        "JSC",
        "INC",
        "NGO",
    ];
    let capitals: String = word.chars().flat_map(char::to_uppercase).collect();
    FORMS.contains(&capitals.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelt(words: &str) -> String {
        let mut out = Vec::new();
        for word in words.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
            sounds(word, Reading::Mongolian, &mut out);
        }
        String::from_utf8(out).expect("sounds are ASCII")
    }

    #[test]
    fn a_name_sounds_the_same_however_it_is_spelt() {
        for (name, spellings) in [
            ("Түмэн Хишиг", vec!["TUMEN HISHIG", "Tumen Khishig", "tvmen xishig", "Tömen Khishig", "ТУМЭН ХИШИГ"]),
            ("Цагаан Шонхор", vec!["CAGAAN SHONHOR", "Tsagaan Shonkhor", "tzagaan shonxor"]),
            ("Алаг Морь", vec!["ALAG MORI", "Alag Mor", "alag mory"]),
            ("Цэнд-Аюуш", vec!["CEND-AYUUSH", "Tsend Ayush"]),
            ("Золзаяа", vec!["ZOLZAYAA", "Zolzaya", "zulzaiaa"]),
            ("Жамъян", vec!["JAMYAN", "Zhamyan", "Jamian"]),
            ("Гоёл", vec!["GOYOL", "goyul"]),
            ("Зүүн Гарын", vec!["Zuun Garyn", "ZUUN GARIIN", "Зуун Гарын"]),
            ("Энхбаяр", vec!["ENKHBAYAR", "Enhbayar", "enxbaiar"]),
            ("Пүрэвдорж", vec!["PUREVDORJ", "Purewdorzh"]),
            ("Ертөнц", vec!["YERTUNTS", "Ertonc"]),
        ] {
            for other in spellings {
                assert_eq!(spelt(other), spelt(name), "{other}");
            }
        }
        assert_ne!(spelt("Номин"), spelt("Наран"));
        assert_ne!(spelt("Дорж"), spelt("Дулам"));
        assert_eq!(spelt("И"), "i");
    }

    #[test]
    fn english_words_can_be_read_as_english() {
        let mut english = Vec::new();
        sounds("Express", Reading::English, &mut english);
        assert_eq!(String::from_utf8(english).expect("sounds are ASCII"), spelt("Экспресс"));
    }
}
