//! JWTs for services that know our people only by a signed word (auth-wire §2.5): EdDSA, a quarter of an hour, keys
//! that take turns. No door of ours takes one: a session that was ended must be ended at once, and a JWT lives on.

mod queries;
mod routes;
#[cfg(test)]
mod tests;

use base::{Actor, App, Error, Result, Tx, secrets, tx::Ahead};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::UserId;
use jiff::{SignedDuration, Timestamp};
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde::Serialize;
use uuid::Uuid;

use super::User;

pub use routes::routes;

/// How long a JWT is good.
pub const LIFE: SignedDuration = SignedDuration::from_mins(15);
/// How long a key signs before the next one takes over.
pub const SIGNS: SignedDuration = SignedDuration::from_hours(90 * 24);
/// How long a key stays listed after it has signed for the last time.
pub const LISTED: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What a JWT says: every public field of the user, and for how long and by whom it is said.
#[derive(Serialize)]
struct Claims<'a> {
    #[serde(flatten)]
    user: &'a User,
    sub: UserId,
    iat: i64,
    exp: i64,
    iss: &'a str,
    aud: &'a str,
}

#[derive(Serialize)]
struct Header {
    alg: &'static str,
    kid: Uuid,
}

/// A key that signs now.
pub struct SigningKey {
    id: Uuid,
    pair: Ed25519KeyPair,
}

/// A JWT for the user, signed with the present key; the first one asked for makes the key.
pub async fn issue(actor: &Actor, user: &User) -> Result<String> {
    let door = actor.at_the_door();
    let known = door.transact(async |tx| queries::signing(tx, tx.clock().now()).await).await?;
    let known = known.map(|(id, sealed)| open(&actor.app, id, &sealed)).transpose()?;
    let key = match known {
        Some(key) => key,
        None => door.transact(make).await?,
    };
    Ok(sign(&actor.app, &key, user, actor.app.clock.now()))
}

/// Asks for the present key along with the next question, so that a JWT costs no wait of its own.
pub async fn ask(tx: &Tx) -> Result<Ahead> {
    queries::ask(tx, tx.clock().now()).await
}

/// The JWT with a key that was asked for; `None` before the first key was made, which [`issue`] does.
pub fn with(app: &App, asked: Ahead, user: &User) -> Result<Option<String>> {
    let Some((id, sealed)) = queries::answer(asked)? else { return Ok(None) };
    let key = open(app, id, &sealed)?;
    Ok(Some(sign(app, &key, user, app.clock.now())))
}

/// `header.claims.signature`
fn sign(app: &App, key: &SigningKey, user: &User, now: Timestamp) -> String {
    let iat = now.as_second();
    let claims =
        Claims { user, sub: user.id, iat, exp: iat + LIFE.as_secs(), iss: &app.public_url, aud: &app.public_url };
    let part = |json: serde_json::Result<Vec<u8>>| URL_SAFE_NO_PAD.encode(json.expect("plain data"));
    let header = part(serde_json::to_vec(&Header { alg: "EdDSA", kid: key.id }));
    let said = format!("{header}.{}", part(serde_json::to_vec(&claims)));
    let signature = URL_SAFE_NO_PAD.encode(key.pair.sign(said.as_bytes()));
    format!("{said}.{signature}")
}

/// Makes the next key, unless somebody else just did.
async fn make(tx: &Tx) -> Result<SigningKey> {
    queries::one_at_a_time(tx).await?;
    let now = tx.clock().now();
    if let Some((id, sealed)) = queries::signing(tx, now).await? {
        return open(tx.app(), id, &sealed);
    }
    let (id, seed) = (Uuid::now_v7(), secrets::random::<32>());
    let key = SigningKey { id, pair: pair(&seed)? };
    let signs_until = now.saturating_add(SIGNS).unwrap_or(Timestamp::MAX);
    let sealed = tx.app().key.seal(&place(id), &seed);
    queries::insert(tx, id, key.pair.public_key().as_ref(), sealed, signs_until).await?;
    tx.audit("signing_key.make", id, &serde_json::json!({ "signsUntil": signs_until })).await?;
    Ok(key)
}

fn open(app: &App, id: Uuid, sealed: &[u8]) -> Result<SigningKey> {
    let seed = app.key.open(&place(id), sealed);
    let seed = seed.map_err(|error| Error::Internal(format!("the signing key {id}: {error}")))?;
    Ok(SigningKey { id, pair: pair(&seed)? })
}

fn pair(seed: &[u8]) -> Result<Ed25519KeyPair> {
    Ed25519KeyPair::from_seed_unchecked(seed)
        .map_err(|_| Error::Internal("a signing key's seed is not 32 bytes".into()))
}

/// Sealed for one row: in another it does not open.
fn place(id: Uuid) -> String {
    format!("signing_keys/{id}")
}

/// Removes keys that have been listed long enough.
pub async fn sweep(app: &App) -> Result<()> {
    let before = app.clock.now().saturating_sub(LISTED).unwrap_or(Timestamp::MIN);
    Actor::platform(app).at_the_door().transact(async |tx| queries::remove(tx, before).await).await
}
