//! A flash: what one page did, told by the next one, once. It travels in a short-lived cookie.

use axum::http::HeaderValue;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

use crate::{cookies, ui::alert::Kind};

/// News for the next page, in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flash {
    pub kind: Kind,
    pub text: String,
}

impl Flash {
    pub const COOKIE: &'static str = "flash";

    /// The longest text kept; a cookie holds about 4 kB and Cyrillic takes two bytes a letter, a third more in base64.
    const MAX_CHARS: usize = 600;

    pub fn good(text: impl Into<String>) -> Flash {
        Flash { kind: Kind::Good, text: text.into() }
    }

    pub fn bad(text: impl Into<String>) -> Flash {
        Flash { kind: Kind::Bad, text: text.into() }
    }

    /// The `Set-Cookie` that goes with the redirect.
    pub fn set(&self) -> HeaderValue {
        let text: String = self.text.chars().take(Flash::MAX_CHARS).collect();
        let value = format!("{}.{}", self.kind.as_str(), BASE64_URL_SAFE_NO_PAD.encode(text));
        cookies::set(Flash::COOKIE, &value, 60)
    }

    /// The `Set-Cookie` that goes with the page that has told it.
    pub fn told() -> HeaderValue {
        cookies::set(Flash::COOKIE, "", 0)
    }

    pub(crate) fn decode(value: &str) -> Option<Flash> {
        let (kind, text) = value.split_once('.')?;
        let kind = Kind::ALL.into_iter().find(|known| known.as_str() == kind)?;
        let text = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        (!text.is_empty()).then_some(Flash { kind, text })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_is_read_once() {
        let flash = Flash::good("«Өргөө» ХХК-ийн гэрээг хадгаллаа; сайн.");
        let cookie = flash.set();
        let value = cookie.to_str().expect("ASCII").split([';', '=']).nth(1).expect("a value");
        assert_eq!(Flash::decode(value), Some(flash));
        for bad in ["", "good.", "evil.eA", "good.%%%", "good"] {
            assert_eq!(Flash::decode(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_longest_text_still_fits_a_cookie() {
        let cookie = Flash::bad("Ө".repeat(10_000)).set();
        assert!(cookie.len() < 4096, "{}", cookie.len());
    }
}
