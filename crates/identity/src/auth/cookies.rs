//! The session cookie: written, re-sent and cleared as auth-wire §2.1 says.

use base::{App, actor::SESSION_COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::LIFE;

/// The headers that hand a session over: the cookie, and the same value for clients that send it as a bearer.
pub fn hand_over(headers: &mut HeaderMap, app: &App, token: &str, remember: bool) {
    let signed = app.key.sign(token);
    let age = if remember { format!("; Max-Age={}", LIFE.as_secs()) } else { String::new() };
    add(headers, app, "session_token", &format!("{}{age}", encode(&signed)));
    if !remember {
        add(headers, app, "dont_remember", &encode(&app.key.sign("true")));
    }
    let value = HeaderValue::from_str(&signed).expect("a token and its base64 are plain ASCII");
    headers.insert(HeaderName::from_static("set-auth-token"), value);
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("set-auth-token"));
}

/// The three deletions of a sign-out.
pub fn clear(headers: &mut HeaderMap, app: &App) {
    for name in ["session_token", "session_data", "dont_remember"] {
        add(headers, app, name, "; Max-Age=0");
    }
}

fn add(headers: &mut HeaderMap, app: &App, name: &str, value_and_age: &str) {
    let base = SESSION_COOKIE.trim_end_matches("session_token");
    let (prefix, secure) = if app.public_url.starts_with("https://") { ("__Secure-", "; Secure") } else { ("", "") };
    let cookie = format!("{prefix}{base}{name}={value_and_age}; Path=/; HttpOnly; SameSite=Lax{secure}");
    headers.append(header::SET_COOKIE, HeaderValue::from_str(&cookie).expect("cookies of ours are plain ASCII"));
}

fn encode(signed: &str) -> String {
    signed.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D")
}
