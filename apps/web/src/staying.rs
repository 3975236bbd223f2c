//! Whoever uses the pages stays signed in: now and then a page asks for the session, which then lives on from this day.
//!
//! Only that door renews a session and sends its cookie again; without it a browser in daily use would be signed out a
//! week after its sign-in.

use axum::{
    RequestExt,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};

use crate::{Site, api::Api, cookies};

/// Remembers that the session was asked for …
const ASKED: &str = "asked";
/// … for so long; sessions are renewed once a day.
const FOR_SECS: u32 = 12 * 3600;

/// Asks for the session along with a page, where a browser has one and has not done so lately.
pub async fn stay(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let is_due =
        is_page(&request) && has_session(request.headers()) && cookies::get(request.headers(), ASKED).is_none();
    if !is_due {
        return next.run(request).await;
    }
    let Ok(api) = request.extract_parts_with_state::<Api, Site>(&site).await;
    let mut response = next.run(request).await;
    // A sign-in or a sign-out on the way has said its own.
    if response.headers().contains_key(header::SET_COOKIE) || !response.status().is_success() {
        return response;
    }
    if let Ok(renewed) = api.stay().await {
        let headers = response.headers_mut();
        headers.extend(renewed.into_iter().map(|cookie| (header::SET_COOKIE, cookie)));
        headers.append(header::SET_COOKIE, cookies::set(ASKED, "1", FOR_SECS));
    }
    response
}

fn is_page(request: &Request) -> bool {
    let accepts = request.headers().get(header::ACCEPT).map(HeaderValue::as_bytes).unwrap_or_default();
    *request.method() == Method::GET && accepts.windows(9).any(|part| part == b"text/html")
}

fn has_session(headers: &HeaderMap) -> bool {
    ["better-auth.session_token", "__Host-better-auth.session_token"]
        .iter()
        .any(|name| cookies::get(headers, name).is_some())
}

#[cfg(test)]
mod tests {
    use axum::{Router, body::Body, http::StatusCode, response::IntoResponse, routing::get};
    use tower::ServiceExt;

    use super::*;

    #[tokio::test]
    async fn a_page_keeps_its_reader_signed_in_and_asks_no_oftener_than_needed() {
        let renewed = || async { ([(header::SET_COOKIE, "better-auth.session_token=new")], "null").into_response() };
        let api = Router::new().route("/api/auth/get-session", get(renewed));
        let pages = Router::new().route("/page", get(|| async { "here" }));
        let site = crate::api::tests::site(api);
        let router = crate::router_with(site, pages);
        let cookies_for = async |cookie: &str, accept: &str| {
            let request = Request::get("/page").header(header::COOKIE, cookie).header(header::ACCEPT, accept);
            let response = router.clone().oneshot(request.body(Body::empty()).expect("a request")).await;
            let response = response.expect("an answer");
            assert_eq!(response.status(), StatusCode::OK);
            response
                .headers()
                .get_all(header::SET_COOKIE)
                .iter()
                .filter_map(|v| v.to_str().ok())
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };

        let due = cookies_for("better-auth.session_token=old", "text/html").await;
        assert_eq!(due[0], "better-auth.session_token=new");
        assert!(due[1].starts_with("asked=1; Path=/; Max-Age=43200"), "{due:?}");
        assert_eq!(cookies_for("__Host-better-auth.session_token=old", "text/html").await.len(), 2);
        for (cookie, accept) in [
            ("better-auth.session_token=old; asked=1", "text/html"),
            ("better-auth.session_token=old", "*/*"),
            ("lang=mn", "text/html"),
        ] {
            assert!(cookies_for(cookie, accept).await.is_empty(), "{cookie} {accept}");
        }
    }
}
