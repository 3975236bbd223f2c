//! The doors that look at sessions and end them.

use axum::response::{IntoResponse, Response};
use base::App;
use http::{HeaderValue, header};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{SessionAndUser, says_yes, with_own_token};
use crate::auth::{AuthError, cookies, door::Door, errors::AuthProblem};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(sign_out)).routes(routes!(get_session))
}

/// The answer of a sign-out.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct Success {
    success: bool,
}

/// Ends the session; also answers so when there is none.
#[utoipa::path(post, path = "/api/auth/sign-out", tag = "auth", security(()), responses(
    (status = 200, body = Success, description = "Signed out; the cookies are cleared."),
    (status = 403, body = AuthProblem, description = "From a foreign page."),
    (status = 415, body = AuthProblem, description = "Not JSON."),
    (status = 503, body = AuthProblem, description = "Not now."),
))]
async fn sign_out(door: Door) -> Result<Response, AuthError> {
    super::sign_out(&door.actor).await?;
    let mut response = axum::Json(Success { success: true }).into_response();
    cookies::clear(response.headers_mut(), door.app());
    Ok(response)
}

/// The session and its user, or null.
#[utoipa::path(get, path = "/api/auth/get-session", tag = "auth", security(()), responses(
    (status = 200, body = Option<SessionAndUser>, description = "The session, or null."),
    (status = 503, body = AuthProblem, description = "Not now."),
))]
async fn get_session(uri: http::Uri, door: Door) -> Result<Response, AuthError> {
    let found = match says_yes(&uri, "disableRefresh") {
        true => super::current(&door.actor).await?.map(|found| (found, false)),
        false => super::renewed(&door.actor).await?,
    };
    let mut response = match found {
        None => {
            let mut response = axum::Json(None::<SessionAndUser>).into_response();
            if door.token().is_some() {
                cookies::clear(response.headers_mut(), door.app());
            }
            response
        }
        Some((found, renewed)) => {
            let found = with_own_token(found, &door.headers, door.app());
            let mut response = axum::Json(&found).into_response();
            if renewed {
                found.resend(door.app(), &mut response);
            }
            response
        }
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
    Ok(response)
}
