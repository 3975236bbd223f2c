//! What a bank says about an owner's accounts: the accounts, their statements, and every line of them once.

pub mod accounts;
pub mod connections;
pub mod identity;
pub mod matching;
pub mod statements;

use base::Slice;

/// The slices of this area.
pub fn slices() -> Vec<Slice> {
    vec![accounts::slice(), connections::slice(), matching::slice(), statements::slice()]
}
