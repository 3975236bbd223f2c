//! The cookies of /api/auth: signed, for this host alone, out of reach of scripts (auth-wire §2.1).

use base::{
    App,
    actor::{SESSION_COOKIE, cookie_name},
};
use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::LIFE;

/// Marks a session that ends with the browser.
const DONT_REMEMBER: &str = "better-auth.dont_remember";
/// A copy of the session that other servers of this wire hand out; we only clear it.
const SESSION_DATA: &str = "better-auth.session_data";

/// The headers that hand a session over: the cookie, and the same value for clients that send it as a bearer.
pub fn hand_over(headers: &mut HeaderMap, app: &App, token: &str, remember: bool) {
    headers.append(header::SET_COOKIE, signed(app, SESSION_COOKIE, token, remember.then_some(LIFE.as_secs())));
    if !remember {
        headers.append(header::SET_COOKIE, signed(app, DONT_REMEMBER, "true", None));
    }
    let value = HeaderValue::from_str(&app.key.sign(token)).expect("a token and its base64 are plain ASCII");
    headers.insert(HeaderName::from_static("set-auth-token"), value);
    expose(headers, "set-auth-token");
}

/// Lets the scripts of another origin read one more header of this answer.
pub fn expose(headers: &mut HeaderMap, name: &'static str) {
    headers.append(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(name));
}

/// The three deletions of a sign-out.
pub fn clear(headers: &mut HeaderMap, app: &App) {
    for name in [SESSION_COOKIE, SESSION_DATA, DONT_REMEMBER] {
        headers.append(header::SET_COOKIE, deletion(app, name));
    }
}

/// The deletions of an answer that asks for a second factor: there is no session yet.
pub fn clear_session(headers: &mut HeaderMap, app: &App) {
    for name in [SESSION_COOKIE, SESSION_DATA] {
        headers.append(header::SET_COOKIE, deletion(app, name));
    }
}

/// A cookie whose value carries our signature; without an age it ends with the browser. It is read with
/// [`base::actor::signed_cookie`].
pub fn signed(app: &App, name: &str, value: &str, max_age_secs: Option<i64>) -> HeaderValue {
    let encoded = app.key.sign(value).replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    let age = max_age_secs.map_or_else(String::new, |secs| format!("; Max-Age={secs}"));
    line(app, name, &format!("{encoded}{age}"))
}

/// The same name with nothing in it.
pub fn deletion(app: &App, name: &str) -> HeaderValue {
    line(app, name, "; Max-Age=0")
}

fn line(app: &App, name: &str, value_and_age: &str) -> HeaderValue {
    let (name, secure) = (cookie_name(app, name), if app.is_https() { "; Secure" } else { "" });
    let line = format!("{name}={value_and_age}; Path=/; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&line).expect("cookies of ours are plain ASCII")
}
