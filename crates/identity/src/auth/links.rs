//! Addresses that stand in letters and answers: the doors they lead to, and where the browser goes on from there.

use axum::response::{IntoResponse, Response};
use base::{App, secrets::ServerKey};
use http::{HeaderValue, StatusCode, header};
use uuid::Uuid;

use super::email_token::EmailToken;

/// Where a confirmed address leads when nobody said.
const CONFIRMED: &str = "/sign-in?verified=1";
/// Where a forgotten password is made anew when nobody said.
const NEW_PASSWORD: &str = "/reset-password";

/// The link that confirms an address.
pub fn confirmation(app: &App, token: &EmailToken, callback: Option<&str>) -> String {
    let token = token.write(&app.key);
    let callback = encoded(callback.unwrap_or(CONFIRMED));
    format!("{}/api/auth/verify-email?token={token}&callbackURL={callback}", app.public_url)
}

/// The link under which a password is made anew.
pub fn new_password(app: &App, reset: Uuid, redirect: Option<&str>) -> String {
    let (token, callback) = (reset_token(&app.key, reset), encoded(redirect.unwrap_or(NEW_PASSWORD)));
    format!("{}/api/auth/reset-password/{token}?callbackURL={callback}", app.public_url)
}

/// The token of a reset, which is kept nowhere: made again from its id.
pub fn reset_token(key: &ServerKey, reset: Uuid) -> String {
    key.derive("reset-password", &reset.to_string())
}

/// A page of ours.
pub fn page(app: &App, path: &str) -> String {
    format!("{}{path}", app.public_url)
}

/// Sends the browser on with one more parameter: 302, as the wire has it.
pub fn go_on(target: &str, name: &str, value: &str) -> Response {
    let (place, fragment) = target.split_once('#').map_or((target, ""), |(place, fragment)| (place, fragment));
    let sign = if place.contains('?') { '&' } else { '?' };
    let hash = if fragment.is_empty() { "" } else { "#" };
    go(&format!("{place}{sign}{name}={}{hash}{fragment}", encoded(value)))
}

/// Sends the browser on: 302.
pub fn go(target: &str) -> Response {
    match HeaderValue::from_str(target) {
        Ok(location) => (StatusCode::FOUND, [(header::LOCATION, location)]).into_response(),
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}

/// Every byte but letters, digits and `-_.~` as `%XX`.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_is_put_where_it_belongs() {
        let to = |target| go_on(target, "error", "A&B").headers()[header::LOCATION].clone();
        assert_eq!(to("/a"), "/a?error=A%26B");
        assert_eq!(to("/a?b=c"), "/a?b=c&error=A%26B");
        assert_eq!(to("https://x.mn/a?b#top"), "https://x.mn/a?b&error=A%26B#top");
    }
}
