//! The built files of `assets/dist`, embedded and served under a path that changes with their contents.

use std::{collections::HashMap, io::Write, sync::LazyLock};

use axum::{
    Router,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use sha2::{Digest, Sha256};

use crate::{Site, problem::Problem};

/// Where a page finds a built file: `href("app.css")` is `/assets/1a2b3c4d5e6f/app.css`.
pub fn href(name: &str) -> String {
    debug_assert!(FILES.contains_key(name), "no built file is called {name}");
    format!("/assets/{}/{name}", *VERSION)
}

/// The text of a built script, for what is served elsewhere too.
pub fn text(name: &str) -> &'static [u8] {
    FILES[name].bytes
}

pub fn routes() -> Router<Site> {
    Router::new().route("/assets/{version}/{*name}", get(file))
}

async fn file(Path((version, name)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let Some(file) = FILES.get(name.as_str()) else { return Problem::not_found("thing-page").into_response() };
    let zipped = file.zipped.as_deref().filter(|_| accepts_gzip(&headers));
    let tag = if zipped.is_some() { &file.zipped_tag } else { &file.tag };

    let mut answer = HeaderMap::new();
    answer.insert(header::ETAG, tag.clone());
    answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    // While a new version is rolled out, a page of one may ask a server of the other: it gets what there is, but the
    // answer must not be kept under the wrong address.
    let keep = if version == *VERSION { "public, max-age=31536000, immutable" } else { "no-cache" };
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| lists(known, tag)) {
        return (StatusCode::NOT_MODIFIED, answer).into_response();
    }
    answer.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.content_type));
    match zipped {
        Some(bytes) => {
            answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            (answer, bytes).into_response()
        }
        None => (answer, file.bytes).into_response(),
    }
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        name.trim().eq_ignore_ascii_case("gzip") && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}

fn lists(known: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(known), Ok(tag)) = (known.to_str(), tag.to_str()) else { return false };
    known.split(',').map(str::trim).any(|one| one == "*" || one.trim_start_matches("W/") == tag)
}

/// A built file, and the same smaller for whoever accepts it.
struct File {
    bytes: &'static [u8],
    content_type: &'static str,
    tag: HeaderValue,
    zipped: Option<Vec<u8>>,
    zipped_tag: HeaderValue,
}

macro_rules! files {
    ($($name:literal: $content_type:ident),+ $(,)?) => {
        &[$(($name, $content_type, include_bytes!(concat!("../assets/dist/", $name)))),+]
    };
}

const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";
const WOFF2: &str = "font/woff2";

const SOURCES: &[(&str, &str, &[u8])] = files![
    "app.css": CSS,
    "app.js": SCRIPT,
    "htmx.min.js": SCRIPT,
    "walk.js": SCRIPT,
    "walk-worker.js": SCRIPT,
    "mark.svg": SVG,
    "fonts/latin.woff2": WOFF2,
    "fonts/cyrillic.woff2": WOFF2,
    "fonts/mongolian.woff2": WOFF2,
    "fonts/tugrug.woff2": WOFF2,
];

static FILES: LazyLock<HashMap<&'static str, File>> = LazyLock::new(|| {
    let file = |(name, content_type, bytes): &(&'static str, &'static str, &'static [u8])| {
        let hash = hex(&Sha256::digest(bytes));
        let quoted = |suffix: &str| {
            HeaderValue::from_str(&format!("\"{hash}{suffix}\"")).expect("a quoted hash is a header value")
        };
        // A font is compressed already.
        let zipped = (*content_type != WOFF2).then(|| gzip(bytes));
        (*name, File { bytes, content_type, tag: quoted(""), zipped, zipped_tag: quoted("-gzip") })
    };
    SOURCES.iter().map(file).collect()
});

/// Changes whenever any file does, so that the fonts a stylesheet names by relative path are its own.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let all = SOURCES.iter().fold(Sha256::new(), |hash, (name, _, bytes)| hash.chain_update(name).chain_update(bytes));
    hex(&all.finalize())
});

/// The first twelve hex digits: enough to tell our own builds apart.
fn hex(digest: &[u8]) -> String {
    digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("writing to memory does not fail")
}

#[cfg(test)]
mod tests {
    use axum::{body::Body, http::Request};
    use tower::ServiceExt;

    use super::*;

    async fn ask(path: &str, headers: &[(&str, &str)]) -> Response {
        let mut request = Request::get(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).expect("a request");
        crate::router(crate::api::tests::site(Router::new())).oneshot(request).await.expect("an answer")
    }

    #[tokio::test]
    async fn a_file_is_kept_for_a_year_and_recognised_by_its_tag() {
        let reply = ask(&href("app.css"), &[]).await;
        assert_eq!(reply.status(), 200);
        assert_eq!(reply.headers()["cache-control"], "public, max-age=31536000, immutable");
        assert_eq!(reply.headers()["content-type"], "text/css; charset=utf-8");
        assert_eq!(reply.headers()["x-content-type-options"], "nosniff");

        let tag = reply.headers()["etag"].to_str().expect("a tag").to_owned();
        assert_eq!(ask(&href("app.css"), &[("if-none-match", &format!("W/\"x\", {tag}"))]).await.status(), 304);
        assert_eq!(ask(&href("app.css"), &[("if-none-match", "\"other\"")]).await.status(), 200);
    }

    #[tokio::test]
    async fn text_is_compressed_for_whoever_accepts_it() {
        let reply = ask(&href("app.css"), &[("accept-encoding", "br, gzip;q=0.8")]).await;
        assert_eq!(reply.headers()["content-encoding"], "gzip");
        let font = ask(&href("fonts/latin.woff2"), &[("accept-encoding", "gzip")]).await;
        assert!(!font.headers().contains_key("content-encoding"));
        assert!(
            !ask(&href("app.css"), &[("accept-encoding", "gzip;q=0")]).await.headers().contains_key("content-encoding")
        );
    }

    #[tokio::test]
    async fn another_versions_address_is_answered_but_not_kept() {
        assert_eq!(ask("/assets/000000000000/app.js", &[]).await.headers()["cache-control"], "no-cache");
        assert_eq!(ask(&format!("/assets/{}/none.js", *VERSION), &[]).await.status(), 404);
        assert_eq!(ask(&format!("/assets/{}/../src/app.js", *VERSION), &[]).await.status(), 404);
    }

    #[test]
    fn every_built_file_is_served() {
        let dist = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/dist");
        let built = ["", "fonts"].into_iter().flat_map(|folder| {
            let entries = std::fs::read_dir(format!("{dist}/{folder}")).expect("the built files lie in dist");
            entries.map(|entry| entry.expect("a readable entry").path()).filter(|path| path.is_file())
        });
        assert_eq!(built.count(), SOURCES.len());
    }
}
