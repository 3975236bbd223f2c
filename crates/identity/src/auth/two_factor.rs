//! The second factor: an app's codes, a code that is sent, backup codes, and devices that are trusted for a while
//! (auth-wire §7).
//!
//! A code works once, whichever kind it is and however many try it at the same moment: the factor's row is locked while
//! a code is looked at. Ten wrong ones in a row close the factor for a quarter of an hour.

mod codes;
mod cookies;
mod queries;
mod routes;
pub mod totp;

use base::{
    Actor, App, Error, Promise, Result, Tx,
    secrets::{self, TokenHash},
};
use domain::UserId;
use http::{HeaderMap, HeaderValue};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;

use self::queries::{Factor, Waiting};
use super::{
    SessionAndUser, User,
    entry::{self, Admission, By, Entry, after},
    password,
};

pub use routes::routes;

/// How long a sign-in waits for its second factor.
pub const WAITS: SignedDuration = SignedDuration::from_mins(10);
/// How long a device is trusted after it was used last.
pub const TRUST: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long a code that was sent is good.
pub const CODE_LIFE: SignedDuration = SignedDuration::from_mins(3);
/// How often it may be tried.
const CODE_TRIES: i32 = 5;
/// After so many wrong codes in a row …
const FAILURES: i32 = 10;
/// … none is taken for so long.
const LOCKED: SignedDuration = SignedDuration::from_mins(15);

/// The code of a sign-in's second step is to be sent: by SMS where the telephone is verified, else by e-mail. It is made
/// again from what is kept when it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondFactorCode {
    pub user: UserId,
}

impl Promise for SecondFactorCode {
    const KIND: &'static str = "second_factor.code";
}

/// What the second factor says at the entrance.
#[derive(Debug, Clone)]
pub enum SecondFactor {
    /// There is none, or this device is trusted: come in, with the trust's cookie renewed.
    Passed { cookies: Vec<HeaderValue> },
    /// It is to be given: by one of these methods (`totp`, `otp`), by whoever has the cookie.
    Asked { methods: Vec<&'static str>, cookies: Vec<HeaderValue> },
}

/// Who a code is for: somebody signed in, or somebody who waits to be.
pub enum Holder {
    SignedIn(Box<SessionAndUser>),
    Waiting(Box<Waiting>),
}

/// A code that was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed<'a> {
    Totp(&'a str),
    Sent(&'a str),
    Backup(&'a str),
}

/// What is wanted of a right code.
pub struct Wish<'a> {
    pub headers: &'a HeaderMap,
    pub trust_device: bool,
    /// A right code is all that is asked for; nobody is to be signed in.
    pub only_check: bool,
}

/// What came of a code.
pub enum Verdict {
    /// Right; the session that there is now.
    Right(Box<Admitted>),
    Wrong,
    /// Too many wrong ones; none is taken for so many seconds.
    Locked(u64),
    /// The person has no such factor.
    NotSetUp,
    /// A code that was sent and is too old, or none was sent.
    Expired,
    /// The code that was sent was tried too often.
    UsedUp,
    /// The sign-in no longer waits.
    NoLongerWaiting,
}

/// Somebody whose code was right.
pub struct Admitted {
    pub user: User,
    /// A new session, if one was opened.
    pub admission: Option<Admission>,
    pub cookies: Vec<HeaderValue>,
}

/// Asked at the entrance: whether this device may skip the second factor, or who has to give it.
pub async fn ask(tx: &Tx, user: &User, remember: bool, headers: &HeaderMap) -> Result<SecondFactor> {
    if !user.two_factor_enabled {
        return Ok(SecondFactor::Passed { cookies: Vec::new() });
    }
    let (app, now) = (tx.app(), tx.clock().now());
    if let Some(device) = cookies::trusted_device(headers, app, user.id)
        && queries::renew_trust(tx, user.id, TokenHash::of(&device), now, after(now, TRUST)).await?
    {
        return Ok(SecondFactor::Passed { cookies: vec![cookies::trust(app, user.id, &device)] });
    }
    let token = secrets::token(32);
    queries::wait(tx, user, TokenHash::of(&token), remember, after(now, WAITS)).await?;
    Ok(SecondFactor::Asked { methods: vec!["totp", "otp"], cookies: vec![cookies::waiting(app, &token)] })
}

/// Who is to give a code: the session's user, or whoever waits.
pub async fn holder(actor: &Actor, signed_in: Option<SessionAndUser>, headers: &HeaderMap) -> Result<Option<Holder>> {
    if let Some(found) = signed_in {
        return Ok(Some(Holder::SignedIn(Box::new(found))));
    }
    let Some(token) = cookies::waiting_token(headers, &actor.app) else { return Ok(None) };
    let now = actor.app.clock.now();
    let waiting =
        actor.at_the_door().transact(async |tx| queries::waiting(tx, TokenHash::of(&token), now).await).await?;
    Ok(waiting.map(|waiting| Holder::Waiting(Box::new(waiting))))
}

/// Whether it is the user's password; somebody without one has none to be right.
pub async fn knows_password(actor: &Actor, user: UserId, given: &str) -> Result<bool> {
    let hash = actor.at_the_door().transact(async |tx| queries::password_hash(tx, user).await).await?;
    match hash {
        Some(hash) => Ok(password::verify(given, hash).await),
        None => Ok(false),
    }
}

/// A new secret and backup codes; they count once a code of the secret was right. `None` when two factors are on
/// already: the secret of a factor that is in use is not swapped for who only knows the password.
pub async fn set_up(actor: &Actor, user: &User, issuer: &str) -> Result<Option<(String, Vec<String>)>> {
    let (secret, codes) = (secrets::token(totp::SECRET_LENGTH), codes::new_set());
    let uri = totp::uri(issuer, &user.email, secret.as_bytes());
    let done = at_the_door(actor, user)
        .transact(async |tx| {
            if queries::is_enabled(tx, user.id).await? {
                return Ok(false);
            }
            let key = &tx.app().key;
            queries::set(tx, user.id, key.seal(&place(user.id), secret.as_bytes()), issuer).await?;
            let kept = codes.iter().map(|code| codes::kept(key, user.id, code)).collect();
            queries::set_backup_codes(tx, user.id, kept).await?;
            tx.audit("two_factor.set_up", user.id.0, &json!({})).await?;
            Ok(true)
        })
        .await?;
    Ok(done.then_some((uri, codes)))
}

/// The address that an app learns the secret from, once more.
pub async fn uri(actor: &Actor, user: &User) -> Result<Option<String>> {
    let factor = actor.at_the_door().transact(async |tx| queries::lock(tx, user.id).await).await?;
    let Some(factor) = factor else { return Ok(None) };
    let secret = secret(&actor.app, user.id, &factor)?;
    Ok(Some(totp::uri(&factor.issuer, &user.email, &secret)))
}

/// A new set of backup codes; the older ones die. `None` when two factors are not on.
pub async fn renew_backup_codes(actor: &Actor, user: &User) -> Result<Option<Vec<String>>> {
    let new = codes::new_set();
    let done = at_the_door(actor, user)
        .transact(async |tx| {
            if !queries::is_enabled(tx, user.id).await? {
                return Ok(false);
            }
            let kept = new.iter().map(|code| codes::kept(&tx.app().key, user.id, code)).collect();
            queries::set_backup_codes(tx, user.id, kept).await?;
            tx.audit("two_factor.backup_codes", user.id.0, &json!({})).await?;
            Ok(true)
        })
        .await?;
    Ok(done.then_some(new))
}

/// Back to one factor; the session is replaced by a new one.
pub async fn switch_off(actor: &Actor, found: &SessionAndUser, headers: &HeaderMap) -> Result<Admission> {
    let user = &found.user;
    at_the_door(actor, user)
        .transact(async |tx| {
            // Held first, as everywhere: two who hold them in another order would wait for each other.
            queries::is_enabled(tx, user.id).await?;
            queries::forget(tx, user.id).await?;
            queries::enable(tx, user.id, false).await?;
            tx.audit("two_factor.switch_off", user.id.0, &json!({})).await?;
            replace(tx, found, headers).await
        })
        .await
}

/// Sends a code; whether there is a second factor it could be for.
pub async fn send_code(actor: &Actor, user: &User) -> Result<Verdict> {
    at_the_door(actor, user)
        .transact(async |tx| {
            let now = tx.clock().now();
            let enabled = queries::is_enabled(tx, user.id).await?;
            let Some(mut factor) = queries::lock(tx, user.id).await?.filter(|_| enabled) else {
                return Ok(Verdict::NotSetUp);
            };
            if let Some(secs) = factor.locked_for(now) {
                return Ok(Verdict::Locked(secs));
            }
            factor.code_salt = Some(secrets::token(32));
            factor.code_expires_at = Some(after(now, CODE_LIFE));
            factor.code_tries = 0;
            queries::save(tx, user.id, &factor).await?;
            tx.promise(&SecondFactorCode { user: user.id }).await?;
            tx.audit("two_factor.send_code", user.id.0, &json!({})).await?;
            Ok(Verdict::Right(Box::new(Admitted { user: user.clone(), admission: None, cookies: Vec::new() })))
        })
        .await
}

/// The code that was sent last, for the letter that carries it; none when it is too old to be of use.
pub async fn code_to_send(tx: &Tx, user: UserId) -> Result<Option<String>> {
    let Some(factor) = queries::lock(tx, user).await? else { return Ok(None) };
    let good = factor.code_expires_at.is_some_and(|until| until > tx.clock().now());
    Ok(factor.code_salt.filter(|_| good).map(|salt| codes::sent(&tx.app().key, user, &salt)))
}

/// Looks at a code and does what a right one brings: lets in who waits, switches two factors on, or says it was right.
pub async fn verify(actor: &Actor, holder: &Holder, typed: Typed<'_>, wish: Wish<'_>) -> Result<Verdict> {
    let user = holder.user();
    at_the_door(actor, user)
        .transact(async |tx| {
            let now = tx.clock().now();
            let enabled = queries::is_enabled(tx, user.id).await?;
            let Some(mut factor) = queries::lock(tx, user.id).await? else { return Ok(Verdict::NotSetUp) };
            // Before it is confirmed, only the app's code counts: it is what confirms it.
            if !enabled && !matches!(typed, Typed::Totp(_)) {
                return Ok(Verdict::NotSetUp);
            }
            if let Some(secs) = factor.locked_for(now) {
                return Ok(Verdict::Locked(secs));
            }
            let looked = look(tx, user.id, &mut factor, typed, now).await?;
            if looked == Looked::Right {
                factor.failures = 0;
                queries::save(tx, user.id, &factor).await?;
                return admit(tx, holder, enabled, &wish).await;
            }
            factor.failures += i32::from(looked == Looked::Wrong);
            if factor.failures >= FAILURES {
                (factor.failures, factor.locked_until) = (0, Some(after(now, LOCKED)));
            }
            queries::save(tx, user.id, &factor).await?;
            tx.audit("two_factor.refused", user.id.0, &json!({ "kind": typed.kind() })).await?;
            Ok(match looked {
                Looked::Expired => Verdict::Expired,
                Looked::UsedUp => Verdict::UsedUp,
                Looked::Wrong | Looked::Right => Verdict::Wrong,
            })
        })
        .await
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Looked {
    Right,
    Wrong,
    Expired,
    UsedUp,
}

/// Whether the code is right; a right one is used up.
async fn look(tx: &Tx, user: UserId, factor: &mut Factor, typed: Typed<'_>, now: Timestamp) -> Result<Looked> {
    let key = &tx.app().key;
    let right = match typed {
        Typed::Totp(code) => {
            let step = totp::step_of(&secret(tx.app(), user, factor)?, code.trim(), now, factor.last_step);
            factor.last_step = step.unwrap_or(factor.last_step);
            step.is_some()
        }
        Typed::Sent(code) => {
            let good = factor.code_expires_at.is_some_and(|until| until > now);
            let Some(salt) = factor.code_salt.clone().filter(|_| good) else { return Ok(Looked::Expired) };
            if factor.code_tries >= CODE_TRIES {
                factor.code_salt = None;
                return Ok(Looked::UsedUp);
            }
            factor.code_tries += 1;
            let right = codes::sent(key, user, &salt) == code.trim();
            if right {
                factor.code_salt = None;
            }
            right
        }
        Typed::Backup(code) => queries::use_backup_code(tx, user, codes::kept(key, user, code)).await?,
    };
    Ok(if right { Looked::Right } else { Looked::Wrong })
}

async fn admit(tx: &Tx, holder: &Holder, enabled: bool, wish: &Wish<'_>) -> Result<Verdict> {
    let mut cookies = Vec::new();
    let user = holder.user();
    let admission = match holder {
        Holder::Waiting(waiting) => {
            if !queries::end_waiting(tx, waiting.id).await? {
                return Ok(Verdict::NoLongerWaiting);
            }
            cookies.push(cookies::waiting_is_over(tx.app()));
            let how = Entry { by: By::SecondFactor, remember: waiting.remember, headers: wish.headers };
            if wish.only_check { None } else { Some(entry::enter(tx, user, how).await?) }
        }
        Holder::SignedIn(found) if !enabled => {
            queries::enable(tx, user.id, true).await?;
            tx.audit("two_factor.switch_on", user.id.0, &json!({})).await?;
            Some(replace(tx, found, wish.headers).await?)
        }
        Holder::SignedIn(_) => None,
    };
    if wish.trust_device {
        let (device, until) = (secrets::token(32), after(tx.clock().now(), TRUST));
        queries::trust(tx, user.id, TokenHash::of(&device), until).await?;
        tx.audit("two_factor.trust_device", user.id.0, &json!({})).await?;
        cookies.push(cookies::trust(tx.app(), user.id, &device));
    }
    let user = User { two_factor_enabled: true, ..user.clone() };
    Ok(Verdict::Right(Box::new(Admitted { user, admission, cookies })))
}

/// A new session in the place of the one at hand.
async fn replace(tx: &Tx, found: &SessionAndUser, headers: &HeaderMap) -> Result<Admission> {
    queries::end_session(tx, found.session.id).await?;
    let how = Entry { by: By::Session, remember: !found.session.dont_remember, headers };
    entry::enter(tx, &found.user, how).await
}

fn at_the_door(actor: &Actor, user: &User) -> Actor {
    actor.at_the_door_for(user.id, user.owner)
}

fn secret(app: &App, user: UserId, factor: &Factor) -> Result<Vec<u8>> {
    let secret = app.key.open(&place(user), &factor.sealed);
    secret.map_err(|error| Error::Internal(format!("the second factor of {user}: {error}")))
}

/// Sealed for one user: for another it does not open.
fn place(user: UserId) -> String {
    format!("two_factors/{user}")
}

/// Removes what has run out: sign-ins that nobody finished, devices that are trusted no more.
pub async fn sweep(app: &App) -> Result<()> {
    let now = app.clock.now();
    Actor::platform(app).at_the_door().transact(async |tx| queries::sweep(tx, now).await).await
}

impl Holder {
    pub fn user(&self) -> &User {
        match self {
            Holder::SignedIn(found) => &found.user,
            Holder::Waiting(waiting) => &waiting.user,
        }
    }
}

impl Typed<'_> {
    fn kind(self) -> &'static str {
        match self {
            Typed::Totp(_) => "totp",
            Typed::Sent(_) => "otp",
            Typed::Backup(_) => "backup_code",
        }
    }
}

impl Factor {
    /// For how many seconds no code is taken.
    fn locked_for(&self, now: Timestamp) -> Option<u64> {
        let left = self.locked_until?.as_second() - now.as_second();
        u64::try_from(left).ok().filter(|secs| *secs > 0)
    }
}
