//! Signing in and out with e-mail and password, as the official better-auth client speaks it.

mod cookies;
mod errors;
mod password;
mod queries;
mod routes;
#[cfg(test)]
mod tests;
mod views;

use base::{
    Actor, Result, Slice,
    secrets::{self, TokenHash},
};
use domain::{OwnerId, SessionId, UserId, rights::Role};
use jiff::{SignedDuration, Timestamp};

pub use errors::AuthError;
pub use password::hash as hash_password;
pub use views::{Session, User};

/// How long a session lives without being used.
pub const LIFE: SignedDuration = SignedDuration::from_hours(7 * 24);
/// The same for a session that is not to be remembered.
pub const SHORT_LIFE: SignedDuration = SignedDuration::from_hours(24);
/// How long after the last renewal a use renews it again.
const RENEWAL_STEP: SignedDuration = SignedDuration::from_hours(24);

pub fn slice() -> Slice {
    Slice::new("auth").routes(routes::routes())
}

/// A session that was just opened; the token is nowhere else.
pub struct Opened {
    pub token: String,
    pub user: User,
}

/// Checks an e-mail and password and opens a session; `None` for an unknown address and a wrong password alike, with
/// the same work done for both.
pub async fn sign_in(
    actor: &Actor,
    email: &str,
    given: &str,
    remember: bool,
    agent: Option<String>,
) -> Result<Option<Opened>> {
    let email = email.trim().to_lowercase();
    let door = actor.at_the_door();
    let found = door.transact(async |tx| queries::credential(tx, &email).await).await?;
    let (known, hash) = match found {
        Some((user, hash)) => (Some(user), hash),
        None => (None, password::of_nobody().to_owned()),
    };
    let right = password::verify(given, hash).await;
    let Some(user) = known.filter(|_| right) else {
        door.transact(async |tx| tx.audit("session.refused", None, &serde_json::json!({})).await).await?;
        return Ok(None);
    };
    let token = secrets::token(32);
    let life = if remember { LIFE } else { SHORT_LIFE };
    let expires_at = actor.app.clock.now().saturating_add(life).unwrap_or(Timestamp::MAX);
    door.transact(async |tx| {
        let id = SessionId::new();
        let new = queries::NewSession { id, hash: TokenHash::of(&token), user: user.id, remember, expires_at, agent };
        queries::open_session(tx, new).await?;
        tx.audit("session.open", id.0, &serde_json::json!({ "userId": user.id })).await
    })
    .await?;
    Ok(Some(Opened { token, user }))
}

/// Ends the session the request came with, if it did.
pub async fn sign_out(actor: &Actor) -> Result<()> {
    let Some(hash) = actor.session_token() else { return Ok(()) };
    actor
        .at_the_door()
        .transact(async |tx| {
            if let Some(id) = queries::end_session(tx, hash).await? {
                tx.audit("session.end", id.0, &serde_json::json!({})).await?;
            }
            Ok(())
        })
        .await
}

/// The session behind the request's token and whether it was renewed just now.
pub async fn current(actor: &Actor, renew: bool) -> Result<Option<(Session, User, bool)>> {
    let Some(hash) = actor.session_token() else { return Ok(None) };
    let now = actor.app.clock.now();
    actor
        .at_the_door()
        .transact(async |tx| {
            let Some((mut session, user)) = queries::session(tx, hash, now).await? else { return Ok(None) };
            let due = !session.dont_remember && session.renewed_at.saturating_add(RENEWAL_STEP).unwrap_or(now) <= now;
            if renew && due {
                session.expires_at = now.saturating_add(LIFE).unwrap_or(Timestamp::MAX);
                queries::renew(tx, session.id, now, session.expires_at).await?;
            }
            Ok(Some((session, user, renew && due)))
        })
        .await
}

/// A person to be given a place: by the demo data, the command line, later by invitation.
pub struct NewUser<'a> {
    pub name: &'a str,
    pub email: &'a str,
    pub password: &'a str,
    pub role: Role,
    pub owner: Option<OwnerId>,
}

/// Makes a user who can sign in with e-mail and password.
pub async fn register(actor: &Actor, new: NewUser<'_>) -> Result<UserId> {
    let hash = password::hash(new.password).await;
    actor.at_the_door().transact(async |tx| queries::register(tx, &new, &hash).await).await
}
