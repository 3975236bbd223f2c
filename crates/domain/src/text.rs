//! How people's spellings are brought to one form: Cyrillic and Latin look-alikes, telephones, register numbers.

/// Folds letters that look alike in Cyrillic and Latin to Latin capitals, so that `СТ-2026` typed either way is one
/// code; dashes of every kind become `-`, blanks go.
pub fn fold_code(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).map(fold_dash).map(to_latin).collect()
}

/// Folds a citizen's register number to Cyrillic letters: `YБ91010112` with a Latin Y is `УБ91010112`.
pub fn fold_register(text: &str) -> String {
    let upper = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase);
    upper.enumerate().map(|(place, c)| if place < 2 { to_cyrillic(c) } else { c }).collect()
}

fn fold_dash(c: char) -> char {
    if matches!(c, '‐' | '‑' | '‒' | '–' | '—' | '−') { '-' } else { c }
}

const LOOK_ALIKES: [(char, char); 14] = [
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
];

fn to_latin(c: char) -> char {
    LOOK_ALIKES.iter().find(|(cyrillic, _)| *cyrillic == c).map_or(c, |(_, latin)| *latin)
}

fn to_cyrillic(c: char) -> char {
    LOOK_ALIKES.iter().find(|(_, latin)| *latin == c).map_or(c, |(cyrillic, _)| *cyrillic)
}

/// The eight digits of a Mongolian telephone, whatever stands around them; `None` when it is not one.
pub fn phone(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let local = match digits.len() {
        8 => digits,
        11 => digits.strip_prefix("976")?.to_owned(),
        _ => return None,
    };
    local.starts_with(['5', '6', '7', '8', '9']).then_some(local)
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
}
