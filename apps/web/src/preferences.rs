//! The reader's choices, language and theme: a form in the top bar, kept in cookies.

use axum::{
    Form, Router,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use serde::Deserialize;
use words::Lang;

use crate::{Site, api::Api, cookies, reader::Theme};

const A_YEAR_SECS: u32 = 31_536_000;

pub fn routes() -> Router<Site> {
    Router::new().route("/preferences", post(choose))
}

/// One button of the switches; what is absent stays as it is.
#[derive(Debug, Deserialize)]
struct Choice {
    lang: Option<String>,
    theme: Option<String>,
    /// The page to go back to.
    back: Option<String>,
}

async fn choose(api: Api, asked: HeaderMap, Form(choice): Form<Choice>) -> Response {
    let lang = choice.lang.and_then(|tag| tag.parse::<Lang>().ok());
    let theme = choice.theme.and_then(|word| Theme::from_word(&word));

    let mut headers = HeaderMap::new();
    if let Some(lang) = lang {
        headers.append(header::SET_COOKIE, cookies::set("lang", lang.as_str(), A_YEAR_SECS));
        // Letters and messages come in the same language; the page changes whether or not that can be noted now.
        if asked
            .get(header::COOKIE)
            .is_some_and(|cookies| cookies.as_bytes().windows(13).any(|part| part == b"session_token"))
        {
            let noted = api.speak(lang.as_str()).await.unwrap_or_default();
            headers.extend(noted.into_iter().map(|cookie| (header::SET_COOKIE, cookie)));
        }
    }
    if let Some(theme) = theme {
        headers.append(header::SET_COOKIE, cookies::set("theme", theme.as_str(), A_YEAR_SECS));
    }
    let back = choice.back.filter(|path| is_local(path)).and_then(|path| HeaderValue::from_str(&path).ok());
    headers.insert(header::LOCATION, back.unwrap_or(HeaderValue::from_static("/")));
    (StatusCode::SEE_OTHER, headers).into_response()
}

/// Whether a path leads to a page of ours; browsers read `//host` and `/\host` as another site.
pub(crate) fn is_local(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n', '\t'])
}

#[cfg(test)]
mod tests {
    use axum::{
        body::{Body, to_bytes},
        http::Request,
    };
    use tower::ServiceExt;

    use super::*;

    async fn post(body: &'static str, origin: &str) -> Response {
        let request = Request::post("/preferences")
            .header("host", "localhost:8080")
            .header("origin", origin)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .expect("a request");
        crate::router(crate::api::tests::site(Router::new())).oneshot(request).await.expect("an answer")
    }

    #[tokio::test]
    async fn a_choice_is_kept_and_leads_back() {
        let reply = post("theme=dark&lang=en&back=%2Fcontracts%3Fq%3D301", "http://localhost:8080").await;
        assert_eq!(reply.status(), 303);
        assert_eq!(reply.headers()["location"], "/contracts?q=301");
        let cookies: Vec<_> = reply.headers().get_all("set-cookie").iter().collect();
        assert_eq!(cookies.len(), 2);
    }

    #[tokio::test]
    async fn nobody_is_sent_to_another_site() {
        for back in ["%2F%2Fevil.example", "%2F%5Cevil.example", "https%3A%2F%2Fevil.example", "%2Fa%0D%0Ax"] {
            let body: &'static str = format!("theme=dark&back={back}").leak();
            assert_eq!(post(body, "http://localhost:8080").await.headers()["location"], "/", "{back}");
        }
    }

    #[tokio::test]
    async fn another_site_can_choose_nothing() {
        let reply = post("theme=dark", "https://evil.example").await;
        assert_eq!(reply.status(), 403);
        assert!(!reply.headers().contains_key("set-cookie"));
        assert!(reply.headers().contains_key("content-security-policy"));
        let page = to_bytes(reply.into_body(), 1 << 20).await.expect("a body");
        let page = String::from_utf8_lossy(&page);
        assert!(page.contains(&*words::say(Lang::Mn, "error-origin", &[])), "{page}");
    }
}
