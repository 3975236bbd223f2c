//! The rules of the browser: who may post to us, and what a page may load, embed and remember.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{Site, problem::Problem};

/// Refuses whatever changes something unless our own pages sent it. The session travels in a cookie, and a browser
/// adds that to requests of any site; `Sec-Fetch-Site` and `Origin` it never lets a site forge.
pub async fn guard(State(site): State<Site>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads || is_ours(request.headers(), &site.origins) {
        return next.run(request).await;
    }
    Problem::foreign_origin().into_response()
}

fn is_ours(headers: &HeaderMap, origins: &[String]) -> bool {
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let fetch_site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
    let origin = text(header::ORIGIN);
    if origin.is_some_and(|origin| origins.iter().any(|allowed| allowed == origin)) {
        return true;
    }
    match (fetch_site, origin) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
            host.is_some() && host == text(header::HOST)
        }
        (None, None) => false,
    }
}

/// No script, style or picture but our own files; `data:` pictures are the arrows inside the stylesheet.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
    connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Puts the security headers on every answer. `same-origin` and not `no-referrer`: the latter makes browsers send
/// `Origin: null` with our own forms.
pub async fn headers(response: Response) -> Response {
    dressed(response)
}

/// The same for an answer that did not come through our router.
pub fn dressed(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (header::HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // Pages hold money and people's data, and differ by cookie; only the files under /assets say otherwise.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(pairs: &[(&'static str, &'static str)]) -> bool {
        let headers = pairs.iter().map(|(k, v)| (header::HeaderName::from_static(k), HeaderValue::from_static(v)));
        is_ours(&headers.collect(), &["https://app.example.mn".to_owned()])
    }

    #[test]
    fn only_our_own_pages_may_post() {
        for good in [
            &[("sec-fetch-site", "same-origin"), ("origin", "http://localhost:8080"), ("host", "localhost:8080")][..],
            &[("sec-fetch-site", "none")],
            &[("origin", "http://localhost:8080"), ("host", "localhost:8080")],
            &[("origin", "https://app.example.mn"), ("host", "10.0.0.7:8080"), ("sec-fetch-site", "same-site")],
        ] {
            assert!(ours(good), "{good:?}");
        }
        for bad in [
            &[][..],
            &[("host", "localhost:8080")],
            &[("origin", "null"), ("host", "localhost:8080")],
            &[("origin", "http://localhost:8080.evil.example"), ("host", "localhost:8080")],
            &[("origin", "http://evil.localhost:8080"), ("host", "localhost:8080")],
            &[("origin", "https://app.example.mn.evil.example"), ("host", "app.example.mn")],
            &[("sec-fetch-site", "cross-site"), ("origin", "http://localhost:8080"), ("host", "localhost:8080")],
            &[("sec-fetch-site", "same-site"), ("host", "localhost:8080")],
        ] {
            assert!(!ours(bad), "{bad:?}");
        }
    }
}
