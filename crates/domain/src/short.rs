//! What is said shortly in a text, where each letter is paid for.

use crate::Money;

/// Longer lists of units give way to the contract's number.
const LONGEST_SPACE: usize = 20;

/// A company's name without its legal form.
pub fn known_as(name: &str) -> &str {
    let name = name.trim();
    [" ХХК", " ХК", " ТӨХК", " LLC"].iter().find_map(|form| name.strip_suffix(form)).unwrap_or(name)
}

/// A contract's units, or its number when there are many.
pub fn space<'a>(units: &'a str, contract_code: &'a str) -> &'a str {
    if (1..=LONGEST_SPACE).contains(&units.chars().count()) { units } else { contract_code }
}

/// Ordinary blanks: the one that does not break is in no telephone's short alphabet.
pub fn plain(amount: Money) -> String {
    amount.to_string().replace('\u{a0}', " ")
}
