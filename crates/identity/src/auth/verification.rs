//! Confirming an address: the link in a letter makes a user of a sign-up, or a new address somebody's own.

use axum::response::{IntoResponse, Response};
use base::{Actor, App, Error, OnConstraint, Result};
use domain::{OwnerId, UserId, rights::Role};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    AuthError, User,
    door::{Door, Sent, Target},
    email_token::{Bad, EmailToken},
    errors::AuthRefusals,
    links,
    sessions::Done,
    sign_in::is_address,
    sign_up::{self, SignUp},
    users,
};
use crate::{
    letters::{AccountLetter, Letter},
    owners::{self, NewOwner},
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(send_again)).routes(routes!(verify_email)).routes(routes!(change_email))
}

/// Whose letter is to be written again.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SendAgain {
    email: String,
    #[serde(default, rename = "callbackURL")]
    callback_url: Option<String>,
}

impl Sent for SendAgain {
    fn check(&self) -> Result<(), AuthError> {
        match is_address(&self.email) {
            true => Ok(()),
            false => Err(AuthError::body("email", "Invalid email address")),
        }
    }

    fn leads_to(&self) -> Vec<(Target, &str)> {
        self.callback_url.iter().map(|url| (Target::Callback, url.as_str())).collect()
    }
}

/// Writes the confirmation's letter again, if somebody waits for it; the answer is the same if nobody does.
#[utoipa::path(post, path = "/api/auth/send-verification-email", tag = "auth", request_body = SendAgain, security(()),
    responses((status = 200, body = Done, description = "A letter is on its way, if there is anybody to write to."),
    AuthRefusals))]
async fn send_again(door: Door<SendAgain>) -> Result<axum::Json<Done>, AuthError> {
    let SendAgain { email, callback_url } = door.sent;
    let letter = Letter::ConfirmAgain { email: email.trim().to_lowercase(), callback: callback_url };
    let letter = AccountLetter::new(letter, door.actor.app.clock.now());
    door.actor.at_the_door().transact(async |tx| tx.promise(&letter).await).await?;
    Ok(axum::Json(Done { status: true }))
}

/// What stands in the link.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Followed {
    token: String,
    /// Where the browser goes on to: a path, or an address on a trusted origin.
    #[serde(default, rename = "callbackURL")]
    callback_url: Option<String>,
}

impl Sent for Followed {
    fn leads_to(&self) -> Vec<(Target, &str)> {
        self.callback_url.iter().map(|url| (Target::Callback, url.as_str())).collect()
    }
}

/// The answer of a link that leads nowhere else.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct EmailVerified {
    status: bool,
    /// Always null: a link signs nobody in.
    user: Option<User>,
}

/// Confirms an address by the link in a letter; following it again does no harm.
#[utoipa::path(get, path = "/api/auth/verify-email", tag = "auth",
    params(("token" = String, Query), ("callbackURL" = Option<String>, Query)), security(()), responses(
    (status = 200, body = EmailVerified, description = "Confirmed, and no callbackURL was given."),
    (status = 302, description = "To the callbackURL; with `error=` when the link is not good."),
    (status = 409, body = super::errors::AuthProblem, description = "The company signed up meanwhile."),
    AuthRefusals))]
async fn verify_email(door: Door<Followed>) -> Result<Response, AuthError> {
    let done = confirm(&door.actor, &door.sent.token).await;
    match (done, &door.sent.callback_url) {
        (Ok(()), Some(callback)) => Ok(links::go(callback)),
        (Ok(()), None) => Ok(axum::Json(EmailVerified { status: true, user: None }).into_response()),
        (Err(refusal), Some(callback)) => Ok(links::go_on(callback, "error", refusal.code())),
        (Err(refusal), None) => Err(refusal),
    }
}

/// Does what the token says.
async fn confirm(actor: &Actor, token: &str) -> Result<(), AuthError> {
    let now = actor.app.clock.now();
    let token = EmailToken::read(token, &actor.app.key, now).map_err(|bad| match bad {
        Bad::Invalid => invalid_token(),
        Bad::Expired => unauthorized("TOKEN_EXPIRED", "Token expired"),
    })?;
    let id = UserId(token.user_id);
    if let Some(to) = &token.update_to {
        return take_new_address(actor, id, &token.email, to).await;
    }
    let door = actor.at_the_door();
    let (waiting, user) =
        door.transact(async |tx| Ok((sign_up::find(tx, id, now).await?, users::find(tx, id).await?))).await?;
    match (waiting, user) {
        (Some(waiting), _) => make_user(actor, &waiting).await,
        // Somebody's post looks at links before they do.
        (None, Some(_)) => Ok(()),
        (None, None) => Err(unauthorized("USER_NOT_FOUND", "User not found")),
    }
}

/// Makes a user of a sign-up and, when a company signed up, an owner with its director.
async fn make_user(actor: &Actor, waiting: &SignUp) -> Result<(), AuthError> {
    let owner = waiting.company.as_ref().map(|_| OwnerId::new());
    let person = users::Person {
        id: waiting.id,
        name: &waiting.name,
        email: &waiting.email,
        image: waiting.image.as_deref(),
        password_hash: &waiting.password_hash,
        role: if owner.is_some() { Role::OwnerDirector } else { Role::Tenant },
        owner,
        lang: waiting.lang,
    };
    let door = actor.at_the_door_for(waiting.id, owner);
    let made = door.transact(async |tx| {
        if !sign_up::take(tx, waiting.id).await? {
            return Ok(()); // the same link, followed twice at once
        }
        if let (Some(owner), Some((name, register_no))) = (owner, &waiting.company) {
            let new = NewOwner { name, register_no, tin: None, vat_payer: true, demo: false };
            owners::begin(tx, owner, &new).await?;
        }
        users::insert(tx, &person).await
    });
    match made.await {
        Err(Error::Conflict(taken)) if taken.details.iter().any(|(_, field)| field == "registerNo") => {
            Err(AuthError::new(
                StatusCode::CONFLICT,
                "COMPANY_ALREADY_REGISTERED",
                "A company with this register number is here already",
            ))
        }
        // Another sign-up of the same address was confirmed first.
        Err(Error::Conflict(_)) => Err(invalid_token()),
        made => Ok(made?),
    }
}

async fn take_new_address(actor: &Actor, id: UserId, from: &str, to: &str) -> Result<(), AuthError> {
    let found = actor.at_the_door().transact(async |tx| users::find(tx, id).await).await?;
    let user = found.ok_or_else(|| unauthorized("USER_NOT_FOUND", "User not found"))?;
    if user.email == to {
        return Ok(());
    }
    let door = actor.at_the_door_for(user.id, user.owner);
    let changed = door.transact(async |tx| {
        let changed = tx
            .touch(
                "update users set email = $3, email_verified = true where id = $1 and email = $2 and disabled_at is null",
                &[&id, &from, &to],
            )
            .await
            .on_constraint("users_email_once", || Error::NotFound("address"))?;
        if changed == 0 {
            return Err(Error::NotFound("address"));
        }
        tx.audit("user.change_email", id.0, &serde_json::json!({})).await?;
        let now = tx.clock().now();
        tx.promise(&AccountLetter::new(Letter::EmailChanged { user: id, from: from.to_owned() }, now)).await
    });
    match changed.await {
        Err(Error::NotFound(_)) => Err(invalid_token()),
        changed => Ok(changed.map(drop)?),
    }
}

/// Which address takes the place of the known one.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ChangeEmail {
    new_email: String,
    #[serde(default, rename = "callbackURL")]
    callback_url: Option<String>,
}

impl Sent for ChangeEmail {
    fn check(&self) -> Result<(), AuthError> {
        match is_address(&self.new_email) {
            true => Ok(()),
            false => Err(AuthError::body("newEmail", "Invalid email address")),
        }
    }

    fn leads_to(&self) -> Vec<(Target, &str)> {
        self.callback_url.iter().map(|url| (Target::Callback, url.as_str())).collect()
    }
}

/// Asks for another address: it takes the place of the known one once its letter's link is followed, and the old one is
/// told. The answer is the same whoever has the new address.
#[utoipa::path(post, path = "/api/auth/change-email", tag = "auth", request_body = ChangeEmail, responses(
    (status = 200, body = Done, description = "A letter is on its way to the new address."), AuthRefusals))]
async fn change_email(door: Door<ChangeEmail>) -> Result<axum::Json<Done>, AuthError> {
    let user = door.signed_in().await?.user;
    let to = door.sent.new_email.trim().to_lowercase();
    if to == user.email {
        return Err(AuthError::bad("EMAIL_IS_THE_SAME", "Email is the same"));
    }
    let letter = Letter::ChangeEmail { user: user.id, to, callback: door.sent.callback_url.clone() };
    let letter = AccountLetter::new(letter, door.app().clock.now());
    let acting = door.acting_as(&user);
    let asked = acting.transact(async |tx| {
        tx.audit("user.ask_new_email", user.id.0, &serde_json::json!({})).await?;
        tx.promise(&letter).await
    });
    asked.await?;
    Ok(axum::Json(Done { status: true }))
}

fn invalid_token() -> AuthError {
    unauthorized("INVALID_TOKEN", "Invalid token")
}

fn unauthorized(code: &'static str, message: &str) -> AuthError {
    AuthError::new(StatusCode::UNAUTHORIZED, code, message)
}
