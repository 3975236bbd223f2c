//! How a telephone keeps its session: a token for an hour, and a refresh token that is good once.
//!
//! A session is one family of refresh tokens. Each answer holds the next token and ends the one before; one that comes
//! back later than the grace has been in two hands, and the session ends for both. Within the grace it is answered with
//! the very same tokens, so that parallel refreshes and lost answers harm nobody: the next tokens are made of the one
//! that came, a random salt kept with the session and the server's key, and only their hashes are stored. A refresh
//! token names its session and carries a seal of ours, so that an old one is known for what it is however long ago it
//! was used, and a made-up one ends nobody's session.

mod queries;
mod routes;
#[cfg(test)]
mod tests;

use base::{
    Actor, Conflict, Error, Result, Tx,
    secrets::{self, ServerKey, TokenHash},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::SessionId;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use wire::token::TokenView;

use super::{WHOLE_LIFE, entry::after};
use crate::letters::{AccountLetter, Letter};

pub use routes::routes;

/// How long the session's token is good before it has to be refreshed.
pub const TOKEN_LIFE: SignedDuration = SignedDuration::from_hours(1);
/// How long a session lives without being refreshed.
pub const IDLE: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long after signing in a session may become a refreshed one.
const FRESH: SignedDuration = SignedDuration::from_mins(10);

/// A refresh token as it travels: `<session>_<secret>_<seal>`.
struct RefreshToken {
    session: SessionId,
    text: String,
}

/// What became of a refresh token that came.
enum Refreshed {
    New(TokenView),
    Unknown,
    /// It was used before, too long ago for a lost answer.
    Stolen,
}

/// How long what lives, from now.
struct Times {
    now: Timestamp,
    token_expires_at: Timestamp,
    expires_at: Timestamp,
}

/// The first refresh token of the session whose token is given; asked again, the one before is worth nothing.
pub async fn begin(actor: &Actor, token: &str) -> Result<TokenView> {
    let (hash, now) = (TokenHash::of(token), actor.app.clock.now());
    let whose = actor.at_the_door().transact(async |tx| queries::whose_token(tx, hash).await).await?;
    let (user, owner) = whose.ok_or(Error::Unauthorized)?;
    actor
        .at_the_door_for(user, owner)
        .transact(async |tx| {
            let session = queries::lock_by_token(tx, hash, now).await?.ok_or(Error::Unauthorized)?;
            // A token that leaked later must not be turned into one that lives for months.
            if after(session.opened_at, FRESH) < now {
                return Err(Conflict::new("SESSION_NOT_FRESH").into());
            }
            let first = RefreshToken::first(&tx.app().key, session.id);
            let times = Times::of(&session, now);
            queries::begin(tx, session.id, TokenHash::of(&first.text), &times).await?;
            tx.audit("session.keep", session.id.0, &json!({})).await?;
            Ok(answer(token.to_owned(), first, &times))
        })
        .await
}

/// The next tokens for the refresh token that came; every refusal is told alike.
pub async fn refresh(actor: &Actor, came: &str) -> Result<TokenView> {
    let came = RefreshToken::read(&actor.app.key, came).ok_or(Error::Unauthorized)?;
    let whose = actor.at_the_door().transact(async |tx| queries::whose(tx, came.session).await).await?;
    let (user, owner) = whose.ok_or(Error::Unauthorized)?;
    match actor.at_the_door_for(user, owner).transact(async |tx| take(tx, &came).await).await? {
        Refreshed::New(tokens) => Ok(tokens),
        Refreshed::Unknown => Err(Error::Unauthorized),
        Refreshed::Stolen => {
            tracing::warn!(session.id = %came.session, "a refresh token came back and its session was ended");
            metrics::counter!("refresh_families_ended_total").increment(1);
            Err(Error::Unauthorized)
        }
    }
}

async fn take(tx: &Tx, came: &RefreshToken) -> Result<Refreshed> {
    let now = tx.clock().now();
    let Some(session) = queries::lock(tx, came.session, now).await? else { return Ok(Refreshed::Unknown) };
    let key = &tx.app().key;
    let hash = TokenHash::of(&came.text);
    if session.current == Some(hash) {
        let salt = secrets::random::<32>();
        let (token, next) = came.next(key, &salt);
        let times = Times::of(&session, now);
        let step = queries::Step { token: TokenHash::of(&token), parent: hash, next: TokenHash::of(&next.text), salt };
        queries::advance(tx, session.id, step, &times).await?;
        tx.audit("session.refresh", session.id.0, &json!({})).await?;
        return Ok(Refreshed::New(answer(token, next, &times)));
    }
    if let Some(salt) = session.salt.filter(|_| session.parent == Some(hash) && session.in_grace) {
        let (token, next) = came.next(key, &salt);
        let times = Times { now, token_expires_at: session.token_expires_at, expires_at: session.expires_at };
        return Ok(Refreshed::New(answer(token, next, &times)));
    }
    queries::end(tx, session.id).await?;
    tx.note(base::audit::Note {
        action: "session.end",
        id: Some(session.id.0),
        reason: Some("a refresh token that had been used came back".to_owned()),
        ..base::audit::Note::default()
    })
    .await?;
    tx.promise(&AccountLetter::new(Letter::SessionStolen { user: session.user }, now)).await?;
    Ok(Refreshed::Stolen)
}

fn answer(token: String, refresh: RefreshToken, times: &Times) -> TokenView {
    TokenView {
        token,
        token_expires_at: times.token_expires_at,
        refresh_token: refresh.text,
        refresh_expires_at: times.expires_at,
    }
}

impl Times {
    fn of(session: &queries::Kept, now: Timestamp) -> Times {
        // Whole seconds, as what is read back from Postgres for a second answer must be the same to the letter.
        let now = Timestamp::from_second(now.as_second()).unwrap_or(now);
        // Somebody who did not want to be remembered is not remembered longer by a telephone that refreshes.
        let expires_at = match session.dont_remember {
            true => session.expires_at,
            false => after(now, IDLE).min(after(session.opened_at, WHOLE_LIFE)),
        };
        Times { now, token_expires_at: after(now, TOKEN_LIFE).min(expires_at), expires_at }
    }
}

impl RefreshToken {
    /// A family's first, from the operating system's random bytes.
    fn first(key: &ServerKey, session: SessionId) -> RefreshToken {
        RefreshToken::of(key, session, &secrets::token(44))
    }

    /// The session's token and the refresh token that follow this one: always the same ones for the same salt.
    fn next(&self, key: &ServerKey, salt: &[u8; 32]) -> (String, RefreshToken) {
        let made_of = format!("{}\0{}", self.text, STANDARD.encode(salt));
        // Two derivations, as one alone carries a little less than 128 bits.
        let letters = |of: &str| ["1", "2"].map(|part| key.derive(&format!("{of}/{part}"), &made_of)).concat();
        (letters("session"), RefreshToken::of(key, self.session, &letters("refresh")))
    }

    fn of(key: &ServerKey, session: SessionId, secret: &str) -> RefreshToken {
        let said = format!("{}_{secret}", session.0.simple());
        let seal = key.derive("refresh-token", &said);
        RefreshToken { session, text: format!("{said}_{seal}") }
    }

    /// A token that we made, whenever that was.
    fn read(key: &ServerKey, text: &str) -> Option<RefreshToken> {
        let (said, seal) = text.rsplit_once('_')?;
        let (session, _) = said.split_once('_')?;
        // Hashes are compared, so that the time it takes tells nothing of the seal.
        if TokenHash::of(seal) != TokenHash::of(&key.derive("refresh-token", said)) {
            return None;
        }
        Some(RefreshToken { session: SessionId(session.parse().ok()?), text: text.to_owned() })
    }
}
