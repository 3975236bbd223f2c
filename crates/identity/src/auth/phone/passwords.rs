//! The doors for a number with a password: in with it, and a new one by a code.

use axum::response::Response;
use base::{Actor, App, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Number, Purpose, asking::Asking, codes, queries};
use crate::auth::{
    AuthError, Entry, User,
    door::{Door, Sent},
    entry::{By, SecondFactorWanted},
    errors::AuthRefusals,
    guesses, password, passwords, sign_in,
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(sign_in_door)).routes(routes!(request_reset)).routes(routes!(reset))
}

/// A number and its password.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PhoneSignIn {
    phone_number: String,
    password: String,
    #[serde(default)]
    remember_me: Option<bool>,
}

/// The answer of a sign-in by number.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct PhoneSignedIn {
    token: String,
    user: User,
}

/// What a right password is answered with.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only describes the two answers")]
enum PhoneSignInAnswer {
    SignedIn(PhoneSignedIn),
    SecondFactor(SecondFactorWanted),
}

/// Whose password is to be set anew.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PhoneResetRequest {
    phone_number: String,
}

/// A new password, and the code that allows it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PhoneReset {
    phone_number: String,
    otp: String,
    new_password: String,
}

/// It was done.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct PhoneStatus {
    /// Always true.
    status: bool,
}

impl Sent for PhoneSignIn {}
impl Sent for PhoneResetRequest {}

impl Sent for PhoneReset {
    fn check(&self) -> Result<(), AuthError> {
        password::check(&self.new_password)
    }
}

fn invalid() -> AuthError {
    let code = "INVALID_PHONE_NUMBER_OR_PASSWORD";
    AuthError::new(http::StatusCode::UNAUTHORIZED, code, "Invalid phone number or password")
}

/// Signs in with a number and its password.
#[utoipa::path(post, path = "/api/auth/sign-in/phone-number", operation_id = "signInByPhone", tag = "auth",
    request_body = PhoneSignIn, security(()), responses(
    (status = 200, body = PhoneSignInAnswer, description = "Signed in; the session cookie and `set-auth-token` carry the token."), AuthRefusals))]
async fn sign_in_door(door: Door<PhoneSignIn>) -> Result<Response, AuthError> {
    let Door { actor, headers, sent } = &door;
    let number = Number::asked(&sent.phone_number)?;
    if sent.password.is_empty() || sent.password.len() > 1024 {
        return Err(invalid());
    }
    let found = actor.at_the_door().transact(async |tx| queries::credential(tx, &number).await).await?;
    // A number that somebody only claims opens nothing, and that they claim it is nobody's business.
    let unproved = found.as_ref().is_some_and(|(user, _)| user.phone_number_verified != Some(true));
    let how = Entry { by: By::Password, remember: sent.remember_me.unwrap_or(true), headers };
    let admission = match unproved {
        true => sign_in::by_password(actor, None, &sent.password, how).await?,
        false => sign_in::by_password(actor, found, &sent.password, how).await?,
    };
    let admission = admission.ok_or_else(invalid)?;
    Ok(admission.answer(door.app(), |opened| PhoneSignedIn { token: opened.token.clone(), user: opened.user.clone() }))
}

/// Sends a code for a new password; the answer is the same whether the number is known or not.
#[utoipa::path(post, path = "/api/auth/phone-number/request-password-reset", operation_id = "requestPhonePasswordReset",
    tag = "auth", request_body = PhoneResetRequest, security(()), responses(
    (status = 200, body = PhoneStatus, description = "If somebody has the number, a code is on its way."), AuthRefusals))]
async fn request_reset(door: Door<PhoneResetRequest>) -> Result<Response, AuthError> {
    use axum::response::IntoResponse;
    let number = Number::asked(&door.sent.phone_number)?;
    let asking = Asking::at(&door);
    codes::send(&door.actor, Purpose::Reset, &number, asking.by()).await?;
    let mut response = axum::Json(PhoneStatus { status: true }).into_response();
    asking.mark(door.app(), &mut response);
    Ok(response)
}

/// Sets a new password by a code; every session ends.
#[utoipa::path(post, path = "/api/auth/phone-number/reset-password", operation_id = "resetPhonePassword", tag = "auth",
    request_body = PhoneReset, security(()), responses(
    (status = 200, body = PhoneStatus, description = "Set; sign in with it."), AuthRefusals))]
async fn reset(door: Door<PhoneReset>) -> Result<axum::Json<PhoneStatus>, AuthError> {
    let Door { actor, sent, .. } = &door;
    let number = Number::asked(&sent.phone_number)?;
    codes::attempt(actor, Purpose::Reset, &number, &Asking::ways(&door), &sent.otp).await?;
    if !set_password(actor, &number, &sent.new_password).await? {
        // The right code for a number that nobody has was guessed; it opens nothing and says no more than a wrong one.
        return Err(AuthError::bad("INVALID_OTP", "Invalid OTP"));
    }
    Ok(axum::Json(PhoneStatus { status: true }))
}

/// Gives whoever has a proved number another password; whether there is one.
async fn set_password(actor: &Actor, number: &Number, new: &str) -> Result<bool> {
    let found = actor.at_the_door().transact(async |tx| queries::of_number(tx, number).await).await?;
    let Some(user) = found.and_then(super::Found::may_come_in) else { return Ok(false) };
    let hash = password::hash(new).await;
    let door = actor.at_the_door_for(user.id, user.owner);
    door.transact(async |tx| {
        queries::verify(tx, user.id).await?;
        passwords::set(tx, user.id, hash, None).await
    })
    .await?;
    guesses::forgive(actor, user.id).await?;
    Ok(true)
}
