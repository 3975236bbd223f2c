//! The doors that send a code and take it.

use axum::response::{IntoResponse, Response};
use base::{Actor, App, Credential, secrets::TokenHash};
use domain::rights::Role;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Number, Purpose, asking::Asking, change_number, codes, person_of};
use crate::{
    auth::{
        Admission, AuthError, Entry, User,
        door::{Door, Sent},
        entry::{self, By, Opened, SecondFactorWanted},
        errors::AuthRefusals,
        guesses,
    },
    places,
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(send_otp)).routes(routes!(verify))
}

/// Whom to send a code to.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SendOtp {
    /// `+97699112233`, or the eight digits.
    phone_number: String,
}

/// The code was sent, if the number can be reached.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct CodeSent {
    /// Always `code sent`.
    message: &'static str,
}

/// A code that arrived.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Verify {
    phone_number: String,
    code: String,
    /// Proves the number and signs nobody in.
    #[serde(default)]
    disable_session: Option<bool>,
    /// Makes it the number of whoever is signed in.
    #[serde(default)]
    update_phone_number: Option<bool>,
}

/// The number is proved.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct PhoneVerified {
    status: bool,
    token: Option<String>,
    user: User,
}

/// What a right code is answered with.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only describes the two answers")]
enum VerifyAnswer {
    PhoneVerified(PhoneVerified),
    SecondFactor(SecondFactorWanted),
}

impl Sent for SendOtp {}
impl Sent for Verify {}

/// Sends a code by SMS; the answer is the same whether the number is known or not.
#[utoipa::path(post, path = "/api/auth/phone-number/send-otp", tag = "auth", request_body = SendOtp, security(()), responses(
    (status = 200, body = CodeSent, description = "A code is on its way; the one before it is dead."), AuthRefusals))]
async fn send_otp(door: Door<SendOtp>) -> Result<Response, AuthError> {
    let number = Number::asked(&door.sent.phone_number)?;
    let asking = Asking::at(&door);
    codes::send(&door.actor, Purpose::Phone, &number, asking.by()).await?;
    let mut response = axum::Json(CodeSent { message: "code sent" }).into_response();
    asking.mark(door.app(), &mut response);
    Ok(response)
}

/// Takes a code: signs in, makes a tenant of whoever is new, or gives the number to whoever is signed in.
#[utoipa::path(post, path = "/api/auth/phone-number/verify", tag = "auth", request_body = Verify, security(()), responses(
    (status = 200, body = VerifyAnswer, description = "Proved; the session cookie and `set-auth-token` carry the token."), AuthRefusals))]
async fn verify(door: Door<Verify>) -> Result<Response, AuthError> {
    let Door { actor, headers, sent } = &door;
    let number = Number::asked(&sent.phone_number)?;
    let here = match sent.update_phone_number == Some(true) {
        true => Some(door.signed_in().await?),
        false => None,
    };
    codes::attempt(actor, Purpose::Phone, &number, &Asking::ways(&door), &sent.code).await?;
    if let Some(here) = here {
        let user = change_number(actor, &here, &number).await?;
        return Ok(axum::Json(PhoneVerified { status: true, token: door.token(), user }).into_response());
    }
    let user = person_of(actor, &number).await?.ok_or_else(AuthError::unauthorized)?;
    guesses::forgive(actor, user.id).await?;
    if sent.disable_session == Some(true) {
        return Ok(axum::Json(PhoneVerified { status: true, token: None, user }).into_response());
    }
    let how = Entry { by: By::PhoneCode, remember: true, headers };
    let admission = entry::let_in(actor, &user, how).await?;
    if let Admission::Opened(opened) = &admission {
        seek_places(actor, opened).await;
    }
    Ok(admission.answer(door.app(), |opened| PhoneVerified {
        status: true,
        token: Some(opened.token.clone()),
        user: opened.user.clone(),
    }))
}

/// Looks for a tenant's contracts at every owner. Whoever is in stays in when that fails: it can be asked for again.
async fn seek_places(actor: &Actor, opened: &Opened) {
    if opened.user.role != Role::Tenant {
        return;
    }
    let inside = actor.with(Credential::Session(TokenHash::of(&opened.token)));
    if let Err(error) = places::seek(&inside).await {
        tracing::warn!(%error, "a tenant's contracts were not looked for: {error}");
    }
}
