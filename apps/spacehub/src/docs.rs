//! `/docs`: the API's description, shown by a copy of Scalar that asks nothing of the outside world.
//!
//! `assets/scalar/README.md` says where the copy comes from. It styles itself from within, so this page alone allows
//! inline styles; its own policy also keeps every request of it at home.

use axum::{
    Router,
    http::{HeaderValue, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};

const PAGE: &str = include_str!("../assets/scalar/docs.html");
const START: &str = include_str!("../assets/scalar/start.js");
const SCALAR: &[u8] = include_bytes!("../assets/scalar/scalar.js.gz");
/// Changes with every new copy, so that browsers may keep this one for ever.
const SCALAR_PATH: &str = "/docs/scalar-1.72.1.js";

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; \
    img-src 'self' data: blob:; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// The page and its two scripts.
pub fn routes() -> Router {
    Router::new()
        .route("/docs", get(page))
        .route("/docs/start.js", get(|| async { script(HeaderValue::from_static("no-cache"), START) }))
        .route(SCALAR_PATH, get(scalar))
}

async fn page() -> impl IntoResponse {
    ([(header::CONTENT_SECURITY_POLICY, POLICY)], Html(PAGE))
}

/// Kept packed only, as every browser unpacks it.
async fn scalar() -> Response {
    let mut answer = script(HeaderValue::from_static("public, max-age=31536000, immutable"), SCALAR);
    answer.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    answer
}

fn script(kept: HeaderValue, text: impl IntoResponse) -> Response {
    let kind = HeaderValue::from_static("text/javascript; charset=utf-8");
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, kept)], text).into_response()
}
