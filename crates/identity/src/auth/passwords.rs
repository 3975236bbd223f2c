//! Passwords changed, forgotten and made anew. Each change ends the person's other sessions at once.

use axum::response::{IntoResponse, Response};
use base::{App, Error, Path, Result, Tx, params, secrets::TokenHash};
use domain::{SessionId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    AuthError, Entry, SessionAndUser, User,
    door::{Door, Sent, Target},
    entry::{self, By},
    errors::AuthRefusals,
    guesses, links, password,
    sessions::{self, Done},
    sign_in::is_address,
    users,
};
use crate::letters::{AccountLetter, Letter};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(change_password))
        .routes(routes!(request_password_reset))
        .routes(routes!(follow_reset))
        .routes(routes!(reset_password))
}

/// The password so far and the next one.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ChangePassword {
    current_password: String,
    /// 8 to 128 characters.
    new_password: String,
    /// Replaces this session too; the others end in any case.
    #[serde(default)]
    revoke_other_sessions: bool,
}

impl Sent for ChangePassword {
    fn check(&self) -> Result<(), AuthError> {
        password::check(&self.new_password)
    }
}

/// The answer of a change of password.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct PasswordChanged {
    /// The new session's, when it was replaced.
    token: Option<String>,
    user: User,
}

/// Changes one's password.
#[utoipa::path(post, path = "/api/auth/change-password", tag = "auth", request_body = ChangePassword, responses(
    (status = 200, body = PasswordChanged, description = "Changed; every other session has ended."), AuthRefusals))]
async fn change_password(door: Door<ChangePassword>) -> Result<Response, AuthError> {
    let SessionAndUser { session, user } = door.signed_in().await?;
    let Door { headers, sent, .. } = &door;
    let acting = door.acting_as(&user);
    let before = acting.transact(async |tx| of_user(tx, user.id).await).await?;
    let before =
        before.ok_or_else(|| AuthError::bad("CREDENTIAL_ACCOUNT_NOT_FOUND", "Credential account not found"))?;
    if !password::verify(&sent.current_password, before).await {
        return Err(AuthError::bad("INVALID_PASSWORD", "Invalid password"));
    }
    let hash = password::hash(&sent.new_password).await;
    let replaces = sent.revoke_other_sessions;
    let opened = acting
        .transact(async |tx| {
            if !users::hold(tx, &user).await? {
                return Err(Error::Unauthorized);
            }
            let changed = User { credential_version: user.credential_version + 1, ..user.clone() };
            set(tx, user.id, hash, (!replaces).then_some(session.id)).await?;
            if !replaces {
                return Ok(None);
            }
            let how = Entry { by: By::Session, remember: !session.dont_remember, headers };
            Ok(entry::enter(tx, &changed, how).await?.opened())
        })
        .await?;
    let token = opened.as_ref().map(|opened| opened.token.clone());
    let mut response = axum::Json(PasswordChanged { token, user }).into_response();
    if let Some(opened) = opened {
        opened.hand_over(door.app(), response.headers_mut());
    }
    Ok(response)
}

/// Who has forgotten.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Forgotten {
    email: String,
    /// The page that asks for the new password and gets `?token=`.
    #[serde(default)]
    redirect_to: Option<String>,
}

impl Sent for Forgotten {
    fn check(&self) -> Result<(), AuthError> {
        match is_address(&self.email) {
            true => Ok(()),
            false => Err(AuthError::body("email", "Invalid email address")),
        }
    }

    fn leads_to(&self) -> Vec<(Target, &str)> {
        self.redirect_to.iter().map(|url| (Target::Redirect, url.as_str())).collect()
    }
}

/// The answer to whoever has forgotten, known or not.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct ResetAsked {
    status: bool,
    message: &'static str,
}

/// Asks for a link under which the password is made anew. Nobody is looked up here: that the address is known shows
/// neither in the answer nor in its time.
#[utoipa::path(post, path = "/api/auth/request-password-reset", tag = "auth", request_body = Forgotten, security(()),
    responses((status = 200, body = ResetAsked, description = "A letter is on its way, if there is anybody to write to."),
    AuthRefusals))]
async fn request_password_reset(door: Door<Forgotten>) -> Result<axum::Json<ResetAsked>, AuthError> {
    let Forgotten { email, redirect_to } = door.sent;
    let letter = Letter::ResetPassword { email: email.trim().to_lowercase(), redirect: redirect_to };
    let letter = AccountLetter::new(letter, door.actor.app.clock.now());
    door.actor.at_the_door().transact(async |tx| tx.promise(&letter).await).await?;
    let message = "If this email exists in our system, check your email for the reset link";
    Ok(axum::Json(ResetAsked { status: true, message }))
}

/// Where the link leads.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Onward {
    /// A path, or an address on a trusted origin.
    #[serde(rename = "callbackURL")]
    callback_url: String,
}

impl Sent for Onward {
    fn leads_to(&self) -> Vec<(Target, &str)> {
        vec![(Target::Callback, &self.callback_url)]
    }
}

/// The link in the letter: goes on to the page that asks for the new password.
#[utoipa::path(get, path = "/api/auth/reset-password/{token}", tag = "auth", security(()),
    params(("token" = String, Path), ("callbackURL" = String, Query)), responses(
    (status = 302, description = "To the callbackURL with `token=`, or with `error=INVALID_TOKEN`."), AuthRefusals))]
async fn follow_reset(Path(token): Path<String>, door: Door<Onward>) -> Result<Response, AuthError> {
    let hash = TokenHash::of(&token);
    let good = door.actor.at_the_door().transact(async |tx| find_reset(tx, hash).await).await?.is_some();
    Ok(match good {
        true => links::go_on(&door.sent.callback_url, "token", &token),
        false => links::go_on(&door.sent.callback_url, "error", "INVALID_TOKEN"),
    })
}

/// The new password and what allows it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ResetPassword {
    /// 8 to 128 characters.
    new_password: String,
    token: String,
}

impl Sent for ResetPassword {
    fn check(&self) -> Result<(), AuthError> {
        password::check(&self.new_password)
    }
}

/// Makes a password anew, once and within the hour; every session of the person ends.
#[utoipa::path(post, path = "/api/auth/reset-password", tag = "auth", request_body = ResetPassword, security(()),
    responses((status = 200, body = Done, description = "Changed; sign in with it."), AuthRefusals))]
async fn reset_password(door: Door<ResetPassword>) -> Result<axum::Json<Done>, AuthError> {
    let invalid = || AuthError::bad("INVALID_TOKEN", "Invalid token");
    let hash = TokenHash::of(&door.sent.token);
    let user = door.actor.at_the_door().transact(async |tx| find_reset(tx, hash).await).await?;
    let user = user.ok_or_else(invalid)?;
    let password = password::hash(&door.sent.new_password).await;
    let acting = door.acting_as(&user);
    let done = acting.transact(async |tx| {
        if !take_reset(tx, hash).await? {
            return Ok(false);
        }
        // Whoever has the letter has the address.
        tx.later("update users set email_verified = true where id = $1", params![user.id]).await?;
        set(tx, user.id, password, None).await?;
        Ok(true)
    });
    if !done.await? {
        return Err(invalid());
    }
    guesses::forgive(&door.actor, user.id).await?;
    Ok(axum::Json(Done { status: true }))
}

/// Sets a password and does all that follows from it: no older proof lets anybody in, no link is left, every session but
/// the one to keep ends, and the person is told.
pub async fn set(tx: &Tx, user: UserId, hash: String, keep: Option<SessionId>) -> Result<()> {
    tx.later(
        "insert into accounts as a (id, user_id, provider_id, password_hash) values ($1, $2, 'credential', $3)
         on conflict (user_id, provider_id) do update set password_hash = excluded.password_hash, updated_at = $4",
        params![Uuid::now_v7(), user, hash, tx.clock().now()],
    )
    .await?;
    tx.later("update users set credential_version = credential_version + 1 where id = $1", params![user]).await?;
    tx.later("delete from password_resets where user_id = $1", params![user]).await?;
    sessions::end_all(tx, user, keep).await?;
    tx.audit("user.change_password", user.0, &serde_json::json!({})).await?;
    tx.promise(&AccountLetter::new(Letter::PasswordChanged { user }, tx.clock().now())).await?;
    Ok(())
}

/// What the person's password is checked against, if they have one.
pub async fn of_user(tx: &Tx, user: UserId) -> Result<Option<String>> {
    let row = tx
        .maybe(
            "select password_hash from accounts
              where user_id = $1 and provider_id = 'credential' and password_hash is not null",
            &[&user],
        )
        .await?;
    Ok(row.map(|row| row.get("password_hash")))
}

/// Makes the reset of a letter, unless the person has had five within the hour; a second try of the same letter finds
/// its own.
pub async fn begin_reset(tx: &Tx, id: Uuid, user: UserId, asked_at: jiff::Timestamp) -> Result<bool> {
    let hash = TokenHash::of(&links::reset_token(&tx.app().key, id));
    let hour_ago = entry::after(asked_at, jiff::SignedDuration::from_hours(-1));
    let expires_at = entry::after(asked_at, super::email_token::GOOD_FOR);
    tx.touch(
        "insert into password_resets (id, user_id, token_hash, expires_at, created_at)
         select $1, $2, $3, $4, $5
          where (select count(*) from password_resets r where r.user_id = $2 and r.created_at > $6) < 5
         on conflict (id) do nothing",
        &[&id, &user, &hash.0.as_slice(), &expires_at, &asked_at, &hour_ago],
    )
    .await?;
    Ok(tx.maybe("select from password_resets where id = $1", &[&id]).await?.is_some())
}

/// Whose password a token may make anew.
async fn find_reset(tx: &Tx, hash: TokenHash) -> Result<Option<User>> {
    let row = tx
        .maybe(
            "select user_id from password_resets where token_hash = $1 and expires_at > $2",
            &[&hash.0.as_slice(), &tx.clock().now()],
        )
        .await?;
    match row {
        Some(row) => users::find(tx, row.get("user_id")).await,
        None => Ok(None),
    }
}

async fn take_reset(tx: &Tx, hash: TokenHash) -> Result<bool> {
    let sql = "delete from password_resets where token_hash = $1 and expires_at > $2";
    Ok(tx.touch(sql, &[&hash.0.as_slice(), &tx.clock().now()]).await? == 1)
}
