//! Codes a person types besides those of an app: ten for the day the telephone is lost, and one that is sent. What the
//! database keeps of them says nothing without the server's key, as there are too few codes for a bare hash to hide.

use base::secrets::{self, ServerKey, TokenHash};
use domain::UserId;

/// How many backup codes a person gets.
pub const COUNT: usize = 10;

/// A new set of backup codes, each `xxxxx-xxxxx`.
pub fn new_set() -> Vec<String> {
    let code = || {
        let letters = secrets::token(10);
        format!("{}-{}", &letters[..5], &letters[5..])
    };
    std::iter::repeat_with(code).take(COUNT).collect()
}

/// What is kept of a backup code.
pub fn kept(key: &ServerKey, user: UserId, code: &str) -> TokenHash {
    TokenHash::of(&key.derive("backup-code", &format!("{user} {}", code.trim())))
}

/// The six digits that were sent, made again from what is kept.
pub fn sent(key: &ServerKey, user: UserId, salt: &str) -> String {
    let letters = key.derive("two-factor-code", &format!("{user} {salt}"));
    let number = letters.bytes().fold(0u64, |number, letter| number.wrapping_mul(61).wrapping_add(letter.into()));
    format!("{:06}", number % 1_000_000)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn key() -> ServerKey {
        ServerKey::new("a secret of more than thirty-two letters").expect("long enough")
    }

    #[test]
    fn ten_codes_differ_and_are_known_again() {
        let (codes, user) = (new_set(), UserId::new());
        assert_eq!(codes.iter().collect::<HashSet<_>>().len(), COUNT);
        assert!(codes.iter().all(|code| code.len() == 11 && code.as_bytes()[5] == b'-'));
        assert_eq!(kept(&key(), user, &codes[0]), kept(&key(), user, &format!(" {} ", codes[0])));
        assert_ne!(kept(&key(), user, &codes[0]), kept(&key(), UserId::new(), &codes[0]));
    }

    #[test]
    fn sent_codes_are_spread_over_all_six_digits() {
        let user = UserId::new();
        let codes: HashSet<String> = (0..2_000).map(|salt| sent(&key(), user, &salt.to_string())).collect();
        assert!(codes.len() > 1_980 && codes.iter().all(|code| code.len() == 6), "{}", codes.len());
        let firsts: HashSet<u8> = codes.iter().map(|code| code.as_bytes()[0]).collect();
        assert_eq!(firsts.len(), 10);
    }
}
