//! A text by its letters and digits alone, to know it again behind other blanks and marks.

use super::text::unwrap;
use crate::text::{is_invisible, to_latin};

/// The same for texts that differ in blanks, marks, capitals, look-alikes and what the bank put in front only.
pub fn text_key(text: &str) -> u64 {
    let letters = unwrap(text).text.chars().filter(|c| c.is_alphanumeric() && !is_invisible(*c));
    letters.flat_map(char::to_uppercase).map(to_latin).fold(SEED, |hash, c| hash_on(hash, u32::from(c)))
}

pub(super) const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// One step of a hash that is good for maps of what we ourselves put in (Fowler, Noll and Vo, then stirred).
pub(super) fn hash_on(hash: u64, next: u32) -> u64 {
    let hash = (hash ^ u64::from(next)).wrapping_mul(0x0000_0100_0000_01b3);
    hash ^ (hash >> 29)
}
