//! Who waits for a code or a letter: the address it went to, kept for ten minutes in the person's own browser, so that
//! it stands in no address bar and in no log.

use axum::http::{HeaderMap, HeaderValue};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::cookies;

/// What was asked for last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// `+97699112233`, or an e-mail address.
    pub to: String,
    /// The page to go on to.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub next: String,
    /// In seconds since 1970.
    pub sent_at: i64,
}

const COOKIE: &str = "waiting";

const TEN_MINUTES_SECS: u32 = 600;

/// How long one waits before asking for another, in seconds.
const PATIENCE_SECS: i64 = 60;

impl Waiting {
    /// A code or a letter that has just been sent.
    pub fn sent(to: &str, next: &str, now: Timestamp) -> Waiting {
        Waiting { to: to.to_owned(), next: next.to_owned(), sent_at: now.as_second() }
    }

    pub fn of(headers: &HeaderMap) -> Option<Waiting> {
        let json = BASE64_URL_SAFE_NO_PAD.decode(cookies::get(headers, COOKIE)?).ok()?;
        serde_json::from_slice(&json).ok()
    }

    pub fn cookie(&self) -> HeaderValue {
        let json = serde_json::to_vec(self).expect("texts and a number are JSON");
        cookies::set(COOKIE, &BASE64_URL_SAFE_NO_PAD.encode(json), TEN_MINUTES_SECS)
    }

    /// Takes the cookie away.
    pub fn over() -> HeaderValue {
        cookies::set(COOKIE, "", 0)
    }

    /// How long until another may be asked for, in seconds; 0 when it may be now.
    pub fn secs_left(&self, now: Timestamp) -> i64 {
        (self.sent_at + PATIENCE_SECS - now.as_second()).clamp(0, PATIENCE_SECS)
    }
}

#[cfg(test)]
mod tests {
    use axum::http::header;

    use super::*;

    #[test]
    fn what_is_kept_is_read_again_and_runs_out() {
        let now: Timestamp = "2026-11-22T08:00:00Z".parse().expect("a moment");
        let waiting = Waiting::sent("+97699110001", "/home?a=1", now);
        let cookie = waiting.cookie();
        let pair = cookie.to_str().expect("ASCII").split(';').next().expect("a pair").to_owned();
        assert!(!pair.contains("99110001"), "not to be read over a shoulder: {pair}");
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, pair.parse().expect("a header"));
        assert_eq!(Waiting::of(&headers), Some(waiting.clone()));
        assert_eq!((waiting.secs_left(now), waiting.secs_left(now + jiff::SignedDuration::from_secs(59))), (60, 1));
        assert_eq!(waiting.secs_left(now + jiff::SignedDuration::from_hours(2)), 0);
        headers.insert(header::COOKIE, HeaderValue::from_static("waiting=%%%"));
        assert_eq!(Waiting::of(&headers), None);
    }
}
