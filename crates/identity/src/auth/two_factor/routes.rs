//! The doors under /api/auth/two-factor.

use axum::response::{IntoResponse, Response};
use base::App;
use http::{StatusCode, header};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Holder, Typed, Verdict, Wish};
use crate::auth::{
    AuthError, User,
    door::{Door, Nothing, Sent},
    errors::AuthRefusals,
    sessions,
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(enable))
        .routes(routes!(get_totp_uri))
        .routes(routes!(generate_backup_codes))
        .routes(routes!(disable))
        .routes(routes!(verify_totp))
        .routes(routes!(send_otp))
        .routes(routes!(verify_otp))
        .routes(routes!(verify_backup_code))
}

/// The password, once more.
#[derive(Deserialize, ToSchema)]
pub struct PasswordAgain {
    #[schema(max_length = 1024)]
    pub password: String,
}

impl Sent for PasswordAgain {}

/// The password, and the name an authenticator app is to show.
#[derive(Deserialize, ToSchema)]
pub struct EnableTwoFactor {
    #[schema(max_length = 1024)]
    pub password: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 60)]
    pub issuer: Option<String>,
}

impl Sent for EnableTwoFactor {
    fn check(&self) -> Result<(), AuthError> {
        match &self.issuer {
            Some(issuer) if issuer.is_empty() || issuer.chars().count() > 60 || issuer.contains([':', '\0']) => {
                Err(AuthError::body("issuer", "1 to 60 characters without a colon"))
            }
            _ => Ok(()),
        }
    }
}

/// A code, and whether to trust this device from now on.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TypedCode {
    #[schema(max_length = 20)]
    pub code: String,
    #[serde(default)]
    pub trust_device: Option<bool>,
    /// Only asks whether a backup code is right; it is used up all the same, and nobody is signed in.
    #[serde(default)]
    pub disable_session: Option<bool>,
}

impl Sent for TypedCode {}

/// What an authenticator app learns the secret from, and codes for the day it is lost.
#[derive(Debug, Serialize, ToSchema)]
pub struct TwoFactorSetUp {
    pub method: &'static str,
    #[serde(rename = "totpURI")]
    pub totp_uri: String,
    #[serde(rename = "backupCodes")]
    pub backup_codes: Vec<String>,
}

/// The address that an app learns the secret from.
#[derive(Debug, Serialize, ToSchema)]
pub struct TotpUri {
    #[serde(rename = "totpURI")]
    pub totp_uri: String,
}

/// New backup codes.
#[derive(Debug, Serialize, ToSchema)]
pub struct BackupCodes {
    pub status: bool,
    #[serde(rename = "backupCodes")]
    pub backup_codes: Vec<String>,
}

/// It is done.
#[derive(Debug, Serialize, ToSchema)]
pub struct TwoFactorStatus {
    pub status: bool,
}

/// Who is signed in; no token where none was asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct SecondFactorPassed {
    pub token: Option<String>,
    pub user: User,
}

/// Begins with two factors: they count once a code was right.
#[utoipa::path(post, path = "/api/auth/two-factor/enable", operation_id = "enableTwoFactor", tag = "two-factor",
    request_body = EnableTwoFactor, responses(
    (status = 200, body = TwoFactorSetUp, description = "The secret and the backup codes; shown this once."), AuthRefusals))]
async fn enable(door: Door<EnableTwoFactor>) -> Result<axum::Json<TwoFactorSetUp>, AuthError> {
    let user = confirmed(&door, &door.sent.password).await?;
    let issuer = door.sent.issuer.as_deref().unwrap_or("Spacehub");
    let done = super::set_up(&door.actor, &user, issuer).await?;
    let (totp_uri, backup_codes) = done.ok_or_else(|| {
        AuthError::bad("TWO_FACTOR_ALREADY_ENABLED", "Two factors are on; switch them off first to begin anew")
    })?;
    Ok(axum::Json(TwoFactorSetUp { method: "totp", totp_uri, backup_codes }))
}

/// The address that an app learns the secret from, for one more device.
#[utoipa::path(post, path = "/api/auth/two-factor/get-totp-uri", operation_id = "getTotpUri", tag = "two-factor",
    request_body = PasswordAgain, responses(
    (status = 200, body = TotpUri, description = "The address."), AuthRefusals))]
async fn get_totp_uri(door: Door<PasswordAgain>) -> Result<axum::Json<TotpUri>, AuthError> {
    let user = confirmed(&door, &door.sent.password).await?;
    let uri = super::uri(&door.actor, &user).await?;
    let totp_uri = uri.ok_or_else(|| AuthError::bad("TOTP_NOT_ENABLED", "TOTP not enabled"))?;
    Ok(axum::Json(TotpUri { totp_uri }))
}

/// Ten new backup codes; the older ones die.
#[utoipa::path(post, path = "/api/auth/two-factor/generate-backup-codes", operation_id = "generateBackupCodes",
    tag = "two-factor", request_body = PasswordAgain, responses(
    (status = 200, body = BackupCodes, description = "The codes; shown this once."), AuthRefusals))]
async fn generate_backup_codes(door: Door<PasswordAgain>) -> Result<axum::Json<BackupCodes>, AuthError> {
    let user = confirmed(&door, &door.sent.password).await?;
    let codes = super::renew_backup_codes(&door.actor, &user).await?;
    let backup_codes = codes.ok_or_else(|| AuthError::bad("TWO_FACTOR_NOT_ENABLED", "Two factor isn't enabled"))?;
    Ok(axum::Json(BackupCodes { status: true, backup_codes }))
}

/// Back to one factor; also answers so when there is no second one.
#[utoipa::path(post, path = "/api/auth/two-factor/disable", operation_id = "disableTwoFactor", tag = "two-factor",
    request_body = PasswordAgain, responses(
    (status = 200, body = TwoFactorStatus, description = "Done; the session is replaced by a new one."), AuthRefusals))]
async fn disable(door: Door<PasswordAgain>) -> Result<Response, AuthError> {
    confirmed(&door, &door.sent.password).await?;
    let found = door.signed_in().await?;
    let admission = super::switch_off(&door.actor, &found, &door.headers).await?;
    Ok(admission.answer(door.app(), |_| TwoFactorStatus { status: true }))
}

/// A code of the app: finishes a sign-in, or switches two factors on.
#[utoipa::path(post, path = "/api/auth/two-factor/verify-totp", operation_id = "verifyTotp", tag = "two-factor",
    security((), ("bearer" = []), ("cookie" = [])), request_body = TypedCode, responses(
    (status = 200, body = SecondFactorPassed, description = "Right; the cookies carry the session."), AuthRefusals))]
async fn verify_totp(door: Door<TypedCode>) -> Result<Response, AuthError> {
    verify(&door, Typed::Totp(&door.sent.code)).await
}

/// Sends a code of six digits, good for three minutes.
#[utoipa::path(post, path = "/api/auth/two-factor/send-otp", operation_id = "sendTwoFactorOtp", tag = "two-factor",
    security((), ("bearer" = []), ("cookie" = [])), responses(
    (status = 200, body = TwoFactorStatus, description = "On its way."), AuthRefusals))]
async fn send_otp(door: Door<Nothing>) -> Result<axum::Json<TwoFactorStatus>, AuthError> {
    let holder = holder(&door).await?;
    match super::send_code(&door.actor, holder.user()).await? {
        Verdict::Right(_) => Ok(axum::Json(TwoFactorStatus { status: true })),
        verdict => Err(refused(&verdict, Typed::Sent(""))),
    }
}

/// The code that was sent.
#[utoipa::path(post, path = "/api/auth/two-factor/verify-otp", operation_id = "verifyTwoFactorOtp", tag = "two-factor",
    security((), ("bearer" = []), ("cookie" = [])), request_body = TypedCode, responses(
    (status = 200, body = SecondFactorPassed, description = "Right; the cookies carry the session."), AuthRefusals))]
async fn verify_otp(door: Door<TypedCode>) -> Result<Response, AuthError> {
    verify(&door, Typed::Sent(&door.sent.code)).await
}

/// A backup code; each works once.
#[utoipa::path(post, path = "/api/auth/two-factor/verify-backup-code", operation_id = "verifyBackupCode",
    tag = "two-factor", security((), ("bearer" = []), ("cookie" = [])), request_body = TypedCode, responses(
    (status = 200, body = SecondFactorPassed, description = "Right; the cookies carry the session."), AuthRefusals))]
async fn verify_backup_code(door: Door<TypedCode>) -> Result<Response, AuthError> {
    verify(&door, Typed::Backup(&door.sent.code)).await
}

async fn verify(door: &Door<TypedCode>, typed: Typed<'_>) -> Result<Response, AuthError> {
    let holder = holder(door).await?;
    let only_check = door.sent.disable_session == Some(true);
    let wish = Wish { headers: &door.headers, trust_device: door.sent.trust_device == Some(true), only_check };
    let admitted = match super::verify(&door.actor, &holder, typed, wish).await? {
        Verdict::Right(admitted) => admitted,
        verdict => return Err(refused(&verdict, typed)),
    };
    let mut response = match admitted.admission {
        Some(admission) => {
            let user = admitted.user;
            admission.answer(door.app(), |opened| SecondFactorPassed { token: Some(opened.token.clone()), user })
        }
        None => {
            let token = door.token().filter(|_| matches!(holder, Holder::SignedIn(_)));
            axum::Json(SecondFactorPassed { token, user: admitted.user }).into_response()
        }
    };
    response.headers_mut().extend(admitted.cookies.into_iter().map(|cookie| (header::SET_COOKIE, cookie)));
    Ok(response)
}

/// The signed-in user, if the password is theirs.
async fn confirmed<B>(door: &Door<B>, password: &str) -> Result<User, AuthError> {
    let found = door.signed_in().await?;
    if password.len() > 1024 || !super::knows_password(&door.actor, found.user.id, password).await? {
        return Err(AuthError::bad("INVALID_PASSWORD", "Invalid password"));
    }
    Ok(found.user)
}

async fn holder<B>(door: &Door<B>) -> Result<Holder, AuthError> {
    let signed_in = sessions::current(&door.actor).await?;
    let holder = super::holder(&door.actor, signed_in, &door.headers).await?;
    holder.ok_or_else(nobody_waits)
}

fn nobody_waits() -> AuthError {
    AuthError::new(StatusCode::UNAUTHORIZED, "INVALID_TWO_FACTOR_COOKIE", "Invalid two factor cookie")
}

fn refused(verdict: &Verdict, typed: Typed<'_>) -> AuthError {
    match (verdict, typed) {
        (Verdict::Locked(secs), _) => AuthError::new(
            StatusCode::TOO_MANY_REQUESTS,
            "ACCOUNT_TEMPORARILY_LOCKED",
            "Too many wrong codes. Please try again later.",
        )
        .retry_after(*secs),
        (Verdict::NotSetUp, Typed::Totp(_)) => AuthError::bad("TOTP_NOT_ENABLED", "TOTP not enabled"),
        (Verdict::NotSetUp, Typed::Sent(_)) => AuthError::bad("TWO_FACTOR_NOT_ENABLED", "Two factor isn't enabled"),
        (Verdict::NotSetUp, Typed::Backup(_)) => {
            AuthError::bad("BACKUP_CODES_NOT_ENABLED", "Backup codes aren't enabled")
        }
        (Verdict::Expired, _) => AuthError::bad("OTP_HAS_EXPIRED", "OTP has expired"),
        (Verdict::UsedUp, _) => {
            AuthError::bad("TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE", "Too many attempts. Please request a new code.")
        }
        (Verdict::NoLongerWaiting, _) => nobody_waits(),
        (Verdict::Wrong | Verdict::Right(_), Typed::Backup(_)) => {
            AuthError::new(StatusCode::UNAUTHORIZED, "INVALID_BACKUP_CODE", "Invalid backup code")
        }
        (Verdict::Wrong | Verdict::Right(_), _) => {
            AuthError::new(StatusCode::UNAUTHORIZED, "INVALID_CODE", "Invalid code")
        }
    }
}
