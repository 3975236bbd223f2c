//! A flash: what one page did, told by the next one, once. It travels in a short-lived cookie.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

use crate::{cookies, preferences::is_local, ui::alert::Kind};

/// News for the next page, in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flash {
    pub kind: Kind,
    pub text: String,
    /// Where to look at what happened: label and a path of ours.
    pub link: Option<(String, String)>,
}

impl Flash {
    pub const COOKIE: &'static str = "flash";

    /// The longest text kept; a cookie holds about 4 kB and Cyrillic takes two bytes a letter, a third more in base64.
    const MAX_CHARS: usize = 600;

    pub fn good(text: impl Into<String>) -> Flash {
        Flash { kind: Kind::Good, text: text.into(), link: None }
    }

    pub fn bad(text: impl Into<String>) -> Flash {
        Flash { kind: Kind::Bad, text: text.into(), link: None }
    }

    pub fn info(text: impl Into<String>) -> Flash {
        Flash { kind: Kind::Info, text: text.into(), link: None }
    }

    /// Leads to what it tells of.
    pub fn link(mut self, label: impl Into<String>, path: impl Into<String>) -> Flash {
        self.link = Some((label.into(), path.into()));
        self
    }

    /// The answer to a form that was carried out: go to that page of ours, where this is told.
    pub fn on(&self, path: &str) -> Response {
        ([(header::SET_COOKIE, self.set())], Redirect::to(path)).into_response()
    }

    /// The `Set-Cookie` that goes with the redirect.
    pub fn set(&self) -> HeaderValue {
        let text: String = self.text.chars().take(Flash::MAX_CHARS).collect();
        let mut value = format!("{}.{}", self.kind.as_str(), BASE64_URL_SAFE_NO_PAD.encode(text));
        for part in self.link.iter().flat_map(|(label, path)| [label, path]) {
            value.push('.');
            value.push_str(&BASE64_URL_SAFE_NO_PAD.encode(part));
        }
        cookies::set(Flash::COOKIE, &value, 60)
    }

    /// The `Set-Cookie` that goes with the page that has told it.
    pub fn told() -> HeaderValue {
        cookies::set(Flash::COOKIE, "", 0)
    }

    pub(crate) fn decode(value: &str) -> Option<Flash> {
        let mut parts = value.split('.');
        let kind = parts.next()?;
        let kind = Kind::ALL.into_iter().find(|known| known.as_str() == kind)?;
        let mut plain = || String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(parts.next()?).ok()?).ok();
        let text = plain()?;
        let link = plain().zip(plain()).filter(|(_, path)| is_local(path));
        (!text.is_empty()).then_some(Flash { kind, text, link })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_is_read_once() {
        let read = |flash: &Flash| {
            let cookie = flash.set();
            let value = cookie.to_str().expect("ASCII").split([';', '=']).nth(1).expect("a value");
            Flash::decode(value)
        };
        let flash = Flash::good("«Өргөө» ХХК-ийн гэрээг хадгаллаа; сайн.");
        assert_eq!(read(&flash), Some(flash.clone()));
        let leading = flash.clone().link("Нээх", "/invoices?period=2026-11");
        assert_eq!(read(&leading), Some(leading.clone()));
        // A link to another site is not shown, whoever wrote the cookie.
        assert_eq!(read(&flash.clone().link("Нээх", "//evil.example")), Some(flash));
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
