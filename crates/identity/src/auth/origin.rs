//! Whose page a request to /api/auth comes from (auth-wire §1.4).

use base::{App, origins};
use http::{HeaderMap, Method, StatusCode, header};

use super::AuthError;

/// Refuses what a foreign page could have a browser send: anything with cookies, and a sign-in or sign-up even without,
/// so that nobody is signed in as somebody else. Programs without cookies and Fetch-Metadata are not asked.
pub fn check(method: &Method, path: &str, headers: &HeaderMap, app: &App) -> Result<(), AuthError> {
    let signs_in = ["/api/auth/sign-in", "/api/auth/sign-up"].iter().any(|start| path.starts_with(start));
    if *method == Method::GET || !(headers.contains_key(header::COOKIE) || signs_in && is_browser(headers)) {
        return Ok(());
    }
    let is = |name: &str, value: &str| headers.get(name).is_some_and(|v| v.as_bytes() == value.as_bytes());
    if signs_in && is("sec-fetch-site", "cross-site") && is("sec-fetch-mode", "navigate") {
        let code = "CROSS_SITE_NAVIGATION_LOGIN_BLOCKED";
        return Err(AuthError::new(StatusCode::FORBIDDEN, code, "Cross-site navigation login blocked"));
    }
    match origins::named(headers).filter(|origin| origin != "null") {
        None => Err(AuthError::new(StatusCode::FORBIDDEN, "MISSING_OR_NULL_ORIGIN", "Missing or null Origin")),
        Some(origin) if origins::is_trusted(&origin, &app.trusted_origins) => Ok(()),
        Some(_) => Err(AuthError::new(StatusCode::FORBIDDEN, "INVALID_ORIGIN", "Invalid origin")),
    }
}

/// Fetch-Metadata comes from browsers only, and a form is what a page can send without being allowed to.
fn is_browser(headers: &HeaderMap) -> bool {
    let form = headers.get(header::CONTENT_TYPE).is_some_and(|kind| {
        let kind = kind.as_bytes();
        kind.starts_with(b"application/x-www-form-urlencoded") || kind.starts_with(b"multipart/form-data")
    });
    form || ["sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest"].iter().any(|name| headers.contains_key(*name))
}
