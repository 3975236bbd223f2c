//! What the pages before the sign-in share: their card, the words for what the doors refuse, who waits for a code.

mod waiting;

use std::borrow::Cow;

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use client::Cookies;
use maud::{Markup, html};

pub use self::waiting::Waiting;
use crate::{preferences::is_local, problem::Problem, reader::Reader, ui::frame};

/// The shortest password taken, in characters; the API says the same.
pub const SHORTEST_PASSWORD: usize = 8;

/// A card under the sky.
pub fn card(reader: &Reader, title: &str, note: Markup, inside: Markup) -> Markup {
    frame::plain(
        reader,
        title,
        html! {
            section class="gate" {
                h1 class="gate-title" { (title) }
                @if !note.0.is_empty() { p class="gate-note" { (note) } }
                (inside)
            }
        },
    )
}

/// The sentence for what a door under /api/auth refused; what nobody at the gate can mend becomes a page of its own.
pub fn refused(reader: &Reader, refusal: client::Problem) -> Result<(StatusCode, Cow<'static, str>), Problem> {
    let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
    if status == StatusCode::TOO_MANY_REQUESTS {
        let secs = refusal.retry_after_secs.unwrap_or(60);
        let sentence = match secs {
            0..=120 => reader.say_with("auth-wait", &[("secs", i64::from(secs).into())]),
            _ => reader.say_with("auth-wait-minutes", &[("minutes", i64::from(secs.div_ceil(60)).into())]),
        };
        return Ok((status, sentence));
    }
    let key = format!("auth-{}", refusal.code.to_lowercase().replace('_', "-"));
    match words::has(reader.lang, &key) && !refusal.code.is_empty() {
        true => Ok((status, reader.say(&key))),
        false => Err(refusal.into()),
    }
}

/// On to a page of ours, or to the first one, with cookies.
pub fn go(next: &str, cookies: Cookies) -> Response {
    let mut headers: HeaderMap = cookies.into_iter().map(|cookie| (header::SET_COOKIE, cookie)).collect();
    let location = HeaderValue::from_str(next).ok().filter(|_| is_local(next));
    headers.insert(header::LOCATION, location.unwrap_or(HeaderValue::from_static("/")));
    (StatusCode::SEE_OTHER, headers).into_response()
}

/// An address with a parameter that may be empty.
pub fn with_next(path: &str, next: &str) -> String {
    if next.is_empty() || !is_local(next) {
        return path.to_owned();
    }
    let query = serde_urlencoded::to_string([("next", next)]).expect("a path can be encoded");
    format!("{path}?{query}")
}

/// The page to go on to; only one of ours is.
pub fn own(next: String) -> String {
    if is_local(&next) { next } else { String::new() }
}
