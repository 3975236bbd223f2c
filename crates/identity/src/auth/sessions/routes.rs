//! The doors that look at sessions and end them.

use axum::response::{IntoResponse, Response};
use base::App;
use http::{HeaderValue, header};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{LookedUp, Session, SessionAndUser, says_yes, with_own_token};
use crate::auth::{
    AuthError, cookies,
    door::{Door, Sent},
    errors::AuthRefusals,
    jwt,
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(sign_out))
        .routes(routes!(get_session))
        .routes(routes!(list_sessions))
        .routes(routes!(revoke_session))
        .routes(routes!(revoke_other_sessions))
        .routes(routes!(revoke_sessions))
}

/// WhichSession session is to end.
#[derive(Debug, Clone, Deserialize, ToSchema)]
struct WhichSession {
    /// As list-sessions gave it, or the session's own token.
    token: String,
}

impl Sent for WhichSession {}

/// Done.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Done {
    pub status: bool,
}

/// The answer of a sign-out.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct Success {
    success: bool,
}

/// Ends the session; also answers so when there is none.
#[utoipa::path(post, path = "/api/auth/sign-out", tag = "auth", security(()), responses(
    (status = 200, body = Success, description = "Signed out; the cookies are cleared."), AuthRefusals))]
async fn sign_out(door: Door) -> Result<Response, AuthError> {
    super::sign_out(&door.actor).await?;
    let mut response = axum::Json(Success { success: true }).into_response();
    cookies::clear(response.headers_mut(), door.app());
    Ok(response)
}

/// The session and its user, or null.
#[utoipa::path(get, path = "/api/auth/get-session", tag = "auth", security(()), responses(
    (status = 200, body = Option<SessionAndUser>, description = "The session, or null."), AuthRefusals))]
async fn get_session(uri: http::Uri, door: Door) -> Result<Response, AuthError> {
    let mut response = match super::look_up(&door.actor, !says_yes(&uri, "disableRefresh")).await? {
        None => {
            let mut response = axum::Json(None::<SessionAndUser>).into_response();
            if door.token().is_some() {
                cookies::clear(response.headers_mut(), door.app());
            }
            response
        }
        Some(LookedUp { found, renewed, jwt }) => {
            let jwt = match jwt {
                Some(jwt) => jwt,
                None => jwt::issue(&door.actor, &found.user).await?,
            };
            let found = with_own_token(found, &door.headers, door.app());
            let mut response = axum::Json(&found).into_response();
            if renewed {
                found.resend(door.app(), &mut response);
            }
            let jwt = HeaderValue::from_str(&jwt).expect("a JWT is plain ASCII");
            response.headers_mut().insert("set-auth-jwt", jwt);
            cookies::expose(response.headers_mut(), "set-auth-jwt");
            response
        }
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
    Ok(response)
}

/// The living sessions of the person who asks, newest first; only from a session opened within the last day.
///
/// `token` is the session's own for the one that asks. Of the others no token is kept: theirs is the id, which opens
/// nothing and is good for revoke-session.
#[utoipa::path(get, path = "/api/auth/list-sessions", tag = "auth", responses(
    (status = 200, body = [Session], description = "The sessions."), AuthRefusals))]
async fn list_sessions(door: Door) -> Result<axum::Json<Vec<Session>>, AuthError> {
    let found = door.freshly_signed_in().await?;
    let mut sessions = super::list(&door.acting_as(&found.user), found.user.id).await?;
    for session in &mut sessions {
        session.token = match session.id == found.session.id {
            true => door.token().unwrap_or_default(),
            false => session.id.to_string(),
        };
    }
    Ok(axum::Json(sessions))
}

/// Ends one of the person's own sessions; an unknown or foreign one is left alone and answered alike.
#[utoipa::path(post, path = "/api/auth/revoke-session", tag = "auth", request_body = WhichSession, responses(
    (status = 200, body = Done, description = "It is not there any more."), AuthRefusals))]
async fn revoke_session(door: Door<WhichSession>) -> Result<axum::Json<Done>, AuthError> {
    let user = door.signed_in().await?.user;
    super::revoke(&door.acting_as(&user), user.id, &door.sent.token).await?;
    Ok(axum::Json(Done { status: true }))
}

/// Ends every session of the person but the one that asks.
#[utoipa::path(post, path = "/api/auth/revoke-other-sessions", tag = "auth", responses(
    (status = 200, body = Done, description = "Only this one is left."), AuthRefusals))]
async fn revoke_other_sessions(door: Door) -> Result<axum::Json<Done>, AuthError> {
    let SessionAndUser { session, user } = door.signed_in().await?;
    door.acting_as(&user).transact(async |tx| super::end_all(tx, user.id, Some(session.id)).await).await?;
    Ok(axum::Json(Done { status: true }))
}

/// Ends every session of the person, this one too.
#[utoipa::path(post, path = "/api/auth/revoke-sessions", tag = "auth", responses(
    (status = 200, body = Done, description = "None is left; the cookies are cleared."), AuthRefusals))]
async fn revoke_sessions(door: Door) -> Result<Response, AuthError> {
    let user = door.signed_in().await?.user;
    door.acting_as(&user).transact(async |tx| super::end_all(tx, user.id, None).await).await?;
    let mut response = axum::Json(Done { status: true }).into_response();
    cookies::clear(response.headers_mut(), door.app());
    Ok(response)
}
