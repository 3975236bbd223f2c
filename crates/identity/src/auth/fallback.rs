//! What /api/auth answers where it has no door: 404 without a word, and one exception.

use axum::response::{IntoResponse, Response};
use base::envelope::Bare;
use http::{Method, StatusCode, Uri};

use super::AuthError;

/// The answer to an unknown path and to the wrong method of a known one (auth-wire §1.2).
pub async fn nothing_here(method: Method, uri: Uri) -> Response {
    if method == Method::POST && uri.path() == "/api/auth/get-session" {
        let code = "METHOD_NOT_ALLOWED_DEFER_SESSION_REQUIRED";
        return AuthError::new(StatusCode::METHOD_NOT_ALLOWED, code, "Ask for the session with GET").into_response();
    }
    (StatusCode::NOT_FOUND, axum::Extension(Bare)).into_response()
}
