//! Passwords that somebody guesses at: after a hundred misses in a row one opens nothing, right or wrong, until its
//! person came in by a code or set a new one by a letter. To whoever guesses it looks like one more wrong password.

use base::{Actor, Result};
use domain::UserId;
use uuid::Uuid;

use super::User;

/// How many misses in a row a password survives.
pub const MOST: u32 = 100;

/// How often in a row this person's password was missed; as much work for nobody as for somebody.
pub async fn in_a_row(actor: &Actor, user: Option<&User>) -> Result<u32> {
    let id = user.map_or(UserId(Uuid::nil()), |user| user.id);
    Ok(actor.app.codes.misses(&actor.app.key, &account(id)).await?)
}

/// Counts one more.
pub async fn missed(actor: &Actor, id: UserId) -> Result<()> {
    Ok(actor.app.codes.missed(&actor.app.key, &account(id)).await?)
}

/// Forgets them: the person has proved who they are.
pub async fn forgive(actor: &Actor, id: UserId) -> Result<()> {
    Ok(actor.app.codes.forgive(&actor.app.key, &account(id)).await?)
}

fn account(id: UserId) -> String {
    format!("password {}", id.0)
}
