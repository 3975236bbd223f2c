//! Signing up with e-mail and password. Nothing is taken and nothing is told until the address is confirmed: every
//! answer is the same whoever has the address or the company already, and only a letter to it says more.

use base::{Actor, App, Checks, Lang, Result, Tx, params};
use domain::UserId;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub use super::sign_in::is_address;
use super::{
    AuthError, User,
    door::{Door, Sent, Target},
    entry::after,
    errors::AuthRefusals,
    password,
    profile::check_image,
};
use crate::letters::{AccountLetter, Letter};

/// How long a sign-up waits for its address to be confirmed; until then a new letter can be had.
const WAITS: SignedDuration = SignedDuration::from_hours(7 * 24);

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(sign_up))
}

/// Who signs up.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SignUpEmail {
    name: String,
    email: String,
    /// 8 to 128 characters.
    password: String,
    #[serde(default)]
    image: Option<String>,
    /// Where the confirmation leads: a path, or an address on a trusted origin.
    #[serde(default, rename = "callbackURL")]
    callback_url: Option<String>,
}

/// The answer of a sign-up: nobody is signed in before the address is confirmed.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct SignedUp {
    /// Always null.
    token: Option<String>,
    user: User,
}

impl Sent for SignUpEmail {
    fn check(&self) -> Result<(), AuthError> {
        if self.name.trim().is_empty() || Checks::new().name("name", &self.name, 200).done().is_err() {
            return Err(AuthError::body("name", "Invalid name"));
        }
        if !is_address(&self.email) {
            return Err(AuthError::body("email", "Invalid email address"));
        }
        check_image(self.image.as_deref())?;
        password::check(&self.password)
    }

    fn leads_to(&self) -> Vec<(Target, &str)> {
        self.callback_url.iter().map(|url| (Target::Callback, url.as_str())).collect()
    }
}

/// Signs up; a letter to the address brings the link that confirms it.
#[utoipa::path(post, path = "/api/auth/sign-up/email", tag = "auth", request_body = SignUpEmail, security(()), responses(
    (status = 200, body = SignedUp, description = "A letter is on its way; the same answer for an address that is known."),
    AuthRefusals))]
async fn sign_up(door: Door<SignUpEmail>) -> Result<axum::Json<SignedUp>, AuthError> {
    let SignUpEmail { name, email, password, image, callback_url } = &door.sent;
    let new = NewSignUp {
        name,
        email,
        password,
        image: image.as_deref(),
        company: None,
        callback: callback_url.as_deref(),
        lang: door.actor.lang,
    };
    let user = begin(&door.actor, new).await?;
    Ok(axum::Json(SignedUp { token: None, user }))
}

/// Somebody who wants to sign up.
pub struct NewSignUp<'a> {
    pub name: &'a str,
    pub email: &'a str,
    pub password: &'a str,
    pub image: Option<&'a str>,
    pub company: Option<Company<'a>>,
    /// Where the confirmation leads.
    pub callback: Option<&'a str>,
    pub lang: Lang,
}

/// The company they are the director of.
#[derive(Debug, Clone, Copy)]
pub struct Company<'a> {
    pub name: &'a str,
    /// Seven digits.
    pub register_no: &'a str,
}

/// Notes a sign-up and promises its letter: the same work whoever the address belongs to. The user that will be.
pub async fn begin(actor: &Actor, new: NewSignUp<'_>) -> Result<User> {
    let hash = password::hash(new.password).await;
    let (id, now, email) = (UserId::new(), actor.app.clock.now(), new.email.trim().to_lowercase());
    actor
        .at_the_door()
        .transact(async |tx| {
            tx.later(
                "insert into sign_ups (id, email, name, image, password_hash, locale, company_name, register_no,
                                       callback_url, created_at)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                params![
                    id,
                    email.clone(),
                    new.name.trim().to_owned(),
                    new.image.map(str::to_owned),
                    hash,
                    new.lang.as_str(),
                    new.company.map(|company| company.name.trim().to_owned()),
                    new.company.map(|company| company.register_no.to_owned()),
                    new.callback.map(str::to_owned),
                    now,
                ],
            )
            .await?;
            tx.audit("sign_up.begin", id.0, &serde_json::json!({ "company": new.company.is_some() })).await?;
            tx.promise(&AccountLetter::new(Letter::SignUp { sign_up: id }, now)).await
        })
        .await?;
    Ok(User {
        id,
        name: new.name.trim().to_owned(),
        email,
        email_verified: false,
        image: new.image.map(str::to_owned),
        created_at: now,
        updated_at: now,
        phone_number: None,
        phone_number_verified: None,
        two_factor_enabled: false,
        owner: None,
        role: domain::rights::Role::Tenant,
        lang: new.lang,
        credential_version: 0,
    })
}

/// A sign-up that waits for its address.
#[derive(Debug, Clone)]
pub struct SignUp {
    pub id: UserId,
    pub email: String,
    pub name: String,
    pub image: Option<String>,
    pub password_hash: String,
    pub lang: Lang,
    /// Name and register number.
    pub company: Option<(String, String)>,
    pub callback: Option<String>,
}

/// Whether the password is that of a sign-up which waits for its address; then another letter is promised. Whoever else
/// has the address is not told so: this sign-up gets the same answer as if nobody had.
pub async fn is_waiting(actor: &Actor, email: &str, given: &str) -> Result<bool> {
    let (door, now) = (actor.at_the_door(), actor.app.clock.now());
    let found = door.transact(async |tx| newest(tx, email, now).await).await?;
    let hash = found.as_ref().map_or_else(|| password::of_nobody().to_owned(), |waiting| waiting.password_hash.clone());
    let right = password::verify(given, hash).await;
    let Some(waiting) = found.filter(|_| right) else { return Ok(false) };
    let letter = AccountLetter::new(Letter::SignUp { sign_up: waiting.id }, now);
    door.transact(async |tx| tx.promise(&letter).await).await?;
    Ok(true)
}

/// The newest sign-up of an address that still waits.
pub async fn newest(tx: &Tx, email: &str, now: Timestamp) -> Result<Option<SignUp>> {
    let since = now.saturating_sub(WAITS).unwrap_or(Timestamp::MIN);
    let row = tx
        .maybe(
            "select id, email, name, image, password_hash, locale, company_name, register_no, callback_url
               from sign_ups where email = $1 and created_at > $2 order by created_at desc, id desc limit 1",
            &[&email.trim().to_lowercase(), &since],
        )
        .await?;
    Ok(row.as_ref().map(sign_up_row))
}

/// A sign-up that still waits.
pub async fn find(tx: &Tx, id: UserId, now: Timestamp) -> Result<Option<SignUp>> {
    let since = now.saturating_sub(WAITS).unwrap_or(Timestamp::MIN);
    let row = tx
        .maybe(
            "select id, email, name, image, password_hash, locale, company_name, register_no, callback_url
               from sign_ups where id = $1 and created_at > $2",
            &[&id, &since],
        )
        .await?;
    Ok(row.as_ref().map(sign_up_row))
}

/// Takes a sign-up out, for the one who makes a user of it; nobody else has then.
pub async fn take(tx: &Tx, id: UserId) -> Result<bool> {
    Ok(tx.touch("delete from sign_ups where id = $1", &[&id]).await? == 1)
}

/// Counts a letter to a sign-up's address, unless it has had enough: five of one sign-up, ten of a day's sign-ups.
pub async fn count_letter(tx: &Tx, waiting: &SignUp, now: Timestamp) -> Result<bool> {
    let since = after(now, SignedDuration::from_hours(-24));
    let counted = tx
        .touch(
            "update sign_ups set letters = letters + 1
              where id = $1 and letters < 5
                and (select coalesce(sum(s.letters), 0) from sign_ups s where s.email = $2 and s.created_at > $3) < 10",
            &[&waiting.id, &waiting.email, &since],
        )
        .await?;
    Ok(counted == 1)
}

/// Forgets sign-ups that were never confirmed, and links that nobody followed.
pub async fn sweep(app: &App) -> Result<()> {
    let now = app.clock.now();
    let since = now.saturating_sub(WAITS).unwrap_or(Timestamp::MIN);
    let door = Actor::platform(app).at_the_door();
    door.transact(async |tx| {
        tx.touch("delete from sign_ups where created_at <= $1", &[&since]).await?;
        tx.touch("delete from password_resets where expires_at <= $1", &[&now]).await.map(drop)
    })
    .await
}

fn sign_up_row(row: &Row) -> SignUp {
    let register_no: Option<String> = row.get("register_no");
    SignUp {
        id: row.get("id"),
        email: row.get("email"),
        name: row.get("name"),
        image: row.get("image"),
        password_hash: row.get("password_hash"),
        lang: row.get::<_, &str>("locale").parse().unwrap_or_default(),
        company: row.get::<_, Option<String>>("company_name").zip(register_no),
        callback: row.get("callback_url"),
    }
}
