//! Account numbers as people give them: digits with blanks, or the IBAN that holds them.

/// An account number that is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadNumber {
    #[error("an account number has 5 to 34 digits or capital letters")]
    Form,
    #[error("the check digits of the IBAN are not right")]
    CheckDigits,
}

/// The number by which a bank knows an account, out of what a person typed or a file says: without blanks and dashes; of
/// a Mongolian IBAN the number within.
pub fn account_number(text: &str) -> Result<String, BadNumber> {
    let kept = |c: &char| !c.is_whitespace() && !matches!(c, '-' | '\u{a0}' | '\u{202f}');
    let number: String = text.chars().filter(kept).map(|c| c.to_ascii_uppercase()).collect();
    let is_of_form = number.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase());
    if !is_of_form || !(5..=34).contains(&number.len()) {
        return Err(BadNumber::Form);
    }
    if number.len() != IBAN || !number.starts_with("MN") {
        return Ok(number);
    }
    if !checks_out(&number) {
        return Err(BadNumber::CheckDigits);
    }
    // country, check digits and the bank's four stand before it, and it is filled up with noughts
    let within = number[8..].trim_start_matches('0');
    if within.len() < 5 { Err(BadNumber::Form) } else { Ok(within.to_owned()) }
}

/// The number as logs and the history may show it: its last four places.
pub fn masked(number: &str) -> String {
    let places = number.chars().count();
    let shown: String = number.chars().skip(places.saturating_sub(4)).collect();
    format!("…{shown}")
}

/// The places of a Mongolian IBAN.
const IBAN: usize = 20;

/// ISO 7064, mod 97-10: the first four places moved to the end, letters as numbers from 10, leave 1.
fn checks_out(iban: &str) -> bool {
    let (head, tail) = iban.split_at(4);
    let rest = tail.chars().chain(head.chars()).try_fold(0u32, |rest, c| {
        let value = c.to_digit(36)?;
        Some((rest * if value < 10 { 10 } else { 100 } + value) % 97)
    });
    rest == Some(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_iban_gives_the_number_within() {
        for (typed, number) in [
            ("5000123456", "5000123456"),
            (" 5000 123 456 ", "5000123456"),
            ("MN30 0005 0050 0012 3456", "5000123456"),
            ("mn340015001105000099", "1105000099"),
            ("MN910004000400017494", "400017494"),
            ("MN730004000400018691", "400018691"),
        ] {
            assert_eq!(account_number(typed).as_deref(), Ok(number), "{typed}");
        }
        assert_eq!(account_number("MN310005005000123456"), Err(BadNumber::CheckDigits));
        for none in ["", "1234", "дансны дугаар", "5000_123456", &"9".repeat(35)] {
            assert_eq!(account_number(none), Err(BadNumber::Form), "{none}");
        }
    }

    #[test]
    fn only_the_last_places_are_shown() {
        assert_eq!(masked("5000123456"), "…3456");
        assert_eq!(masked("12"), "…12");
    }
}
