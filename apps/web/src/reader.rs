//! Who reads a page: their language and theme, the address they asked for, and what they have just been told.

use std::{borrow::Cow, convert::Infallible};

use axum::{
    extract::{FromRequestParts, OriginalUri},
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use domain::rights::{Action, Role};
use words::{Arg, Lang};

use crate::{cookies, problem::Problem, ui::flash::Flash};

/// The colours a reader chose; the system's choice unless they did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    /// The word in the cookie, and the class on `<html>`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    pub fn from_word(word: &str) -> Option<Theme> {
        Theme::ALL.into_iter().find(|theme| theme.as_str() == word)
    }
}

/// The person at the browser, as far as a page needs to know them. Taken by a handler as an extractor.
#[derive(Debug, Clone, Default)]
pub struct Reader {
    pub lang: Lang,
    pub theme: Theme,
    /// Path and query as they were asked for, such as `/contracts?q=301`.
    pub address: String,
    /// What happened on the page before, told once.
    pub flash: Option<Flash>,
    /// htmx asked, so there is a page already and the answer is a piece of it.
    pub is_piece: bool,
    /// The id of the element htmx will put the piece into, such as `panel`.
    pub target: Option<String>,
    /// Whom the top of the page names; `None` on pages without sign-in.
    pub person: Option<Person>,
}

/// The signed-in person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub name: String,
    pub role: Role,
    pub organisation: String,
}

impl Reader {
    /// The sentence of `key` in the reader's language.
    pub fn say(&self, key: &str) -> Cow<'static, str> {
        words::say(self.lang, key, &[])
    }

    /// The sentence of `key` with its placeholders filled.
    pub fn say_with(&self, key: &str, args: &[(&'static str, Arg<'_>)]) -> Cow<'static, str> {
        words::say(self.lang, key, args)
    }

    /// The reader's term for a word of the domain: `term("invoice-status", status.as_str())`.
    pub fn term(&self, list: &str, word: &str) -> Cow<'static, str> {
        words::term(self.lang, list, word)
    }

    /// Whether the signed-in person's role allows it; what it does not allow is not offered.
    pub fn may(&self, action: Action) -> bool {
        self.person.as_ref().is_some_and(|person| person.role.may(action))
    }

    pub fn path(&self) -> &str {
        self.address.split('?').next().unwrap_or_default()
    }

    /// A parameter of the address; an empty one counts as absent.
    pub fn param(&self, name: &str) -> Option<String> {
        self.params().into_iter().find_map(|(key, value)| (key == name && !value.is_empty()).then_some(value))
    }

    /// Every value of a parameter that may stand several times.
    pub fn each(&self, name: &str) -> Vec<String> {
        self.params()
            .into_iter()
            .filter_map(|(key, value)| (key == name && !value.is_empty()).then_some(value))
            .collect()
    }

    /// A parameter read by one of [`read`](crate::read)'s functions; what can't be read is refused, not passed over, so
    /// that a list never shows more than its address says.
    pub fn asked<T>(&self, name: &str, read: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, Problem> {
        let Some(text) = self.param(name) else { return Ok(None) };
        read(text.trim()).map(Some).ok_or_else(|| Problem::of(StatusCode::BAD_REQUEST))
    }

    /// This address with some parameters changed; an empty value takes the parameter out.
    pub fn link(&self, changes: &[(&str, &str)]) -> String {
        let mut params: Vec<(String, String)> = self.params();
        params.retain(|(key, value)| !value.is_empty() && changes.iter().all(|(name, _)| name != key));
        let added = changes.iter().filter(|(_, value)| !value.is_empty());
        params.extend(added.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        match serde_urlencoded::to_string(&params) {
            Ok(query) if !query.is_empty() => format!("{}?{query}", self.path()),
            _ => self.path().to_owned(),
        }
    }

    fn params(&self) -> Vec<(String, String)> {
        let query = self.address.split_once('?').map_or("", |(_, query)| query);
        serde_urlencoded::from_str(query).unwrap_or_default()
    }

    /// What the headers alone tell.
    pub fn from_headers(headers: &HeaderMap, address: &str) -> Reader {
        let accept = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let chosen = cookies::get(headers, "lang").and_then(|tag| tag.parse().ok());
        Reader {
            lang: chosen.unwrap_or_else(|| Lang::from_accept_language(accept)),
            theme: cookies::get(headers, "theme").and_then(Theme::from_word).unwrap_or_default(),
            address: address.to_owned(),
            flash: cookies::get(headers, Flash::COOKIE).and_then(Flash::decode),
            is_piece: headers.contains_key("hx-request") && !headers.contains_key("hx-history-restore-request"),
            target: target(headers),
            person: None,
        }
    }
}

/// htmx names the target as `div#list`.
fn target(headers: &HeaderMap) -> Option<String> {
    headers.get("hx-request")?;
    let target = headers.get("hx-target")?.to_str().ok()?;
    target.split_once('#').map(|(_, id)| id.to_owned())
}

impl<S: Sync> FromRequestParts<S> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Reader, Infallible> {
        let asked = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |original| &original.0);
        let address = asked.path_and_query().map_or("/", |address| address.as_str());
        Ok(Reader::from_headers(&parts.headers, address))
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_link_keeps_the_rest_of_the_address() {
        let reader =
            Reader { address: "/contracts?q=%D0%9E%D1%8E%D1%83&sort=code&cursor=abc".into(), ..Reader::default() };
        assert_eq!(reader.link(&[("sort", "-code"), ("cursor", "")]), "/contracts?q=%D0%9E%D1%8E%D1%83&sort=-code");
        assert_eq!(reader.link(&[("q", ""), ("sort", ""), ("cursor", "")]), "/contracts");
        assert_eq!(reader.param("q").as_deref(), Some("Оюу"));
        assert_eq!(reader.param("none"), None);
    }

    #[test]
    fn a_chosen_language_goes_before_the_browsers() {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("en"));
        assert_eq!(Reader::from_headers(&headers, "/").lang, Lang::En);
        headers.insert(header::COOKIE, HeaderValue::from_static("lang=mn; theme=dark"));
        let reader = Reader::from_headers(&headers, "/");
        assert_eq!((reader.lang, reader.theme), (Lang::Mn, Theme::Dark));
    }

    #[test]
    fn only_htmx_has_a_target() {
        let mut headers = HeaderMap::new();
        headers.insert("hx-target", HeaderValue::from_static("aside#panel"));
        let page = Reader::from_headers(&headers, "/");
        assert_eq!((page.is_piece, page.target), (false, None));
        headers.insert("hx-request", HeaderValue::from_static("true"));
        let piece = Reader::from_headers(&headers, "/");
        assert_eq!((piece.is_piece, piece.target.as_deref()), (true, Some("panel")));
    }
}
