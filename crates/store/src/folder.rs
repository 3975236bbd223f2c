//! The folder's own links: signed with the server's key, bound to one object, one method, one kind, one size.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use axum::{
    body::Body,
    extract::{OriginalUri, Path, State},
    response::{IntoResponse, Response},
    routing::get,
};
use base::{App, Error, Result, secrets::ServerKey};
use data_encoding::BASE64URL_NOPAD;
use futures_util::StreamExt;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;

use crate::{
    Key, Link, Place, Store, Trouble,
    link::{disposition, window},
};

/// Where the doors stand, below the origin of the links.
const DOORS: &str = "/stored/";
/// What a link's code is good for, and nothing else that the server's key signs.
const PURPOSE: &str = "store.link";

/// Signs and reads the links of a folder.
#[derive(Debug)]
pub(crate) struct Signer {
    origin: String,
    /// What a request for one of our links names in `Host`.
    host: String,
    key: ServerKey,
}

/// What a link allows, as its address says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Terms {
    /// Seconds since 1970.
    from: i64,
    until: i64,
    #[serde(rename = "type")]
    kind: String,
    /// Of an upload, in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    size: Option<u64>,
    /// Of a download.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

impl Signer {
    pub(crate) fn new(origin: &str, key: ServerKey) -> Signer {
        let host = origin.split_once("://").map_or(origin, |(_, host)| host).to_owned();
        Signer { origin: origin.to_owned(), host, key }
    }

    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    pub(crate) fn put(&self, key: &Key, kind: &str, size: u64, now: Timestamp) -> Link {
        let link = self.sign(Method::PUT, key, now, |terms| Terms { kind: kind.into(), size: Some(size), ..terms });
        Link { headers: vec![("content-type", kind.to_owned()), ("content-length", size.to_string())], ..link }
    }

    pub(crate) fn get(&self, key: &Key, kind: &str, name: &str, now: Timestamp) -> Link {
        self.sign(Method::GET, key, now, |terms| Terms { kind: kind.into(), name: Some(name.into()), ..terms })
    }

    fn sign(&self, method: Method, key: &Key, now: Timestamp, terms: impl FnOnce(Terms) -> Terms) -> Link {
        let (from, until) = window(now);
        let terms = terms(Terms {
            from: from.as_second(),
            until: until.as_second(),
            kind: String::new(),
            size: None,
            name: None,
        });
        let terms = serde_urlencoded::to_string(&terms).expect("numbers and texts can be encoded");
        let code = BASE64URL_NOPAD.encode(&self.key.code_of(PURPOSE, &message(&method, key, &terms)));
        let url = format!("{}{DOORS}{key}?{terms}&code={code}", self.origin);
        Link { method, url, headers: Vec::new(), expires_at: until }
    }

    /// What the address allows, when it is one of ours and its time is now. The signature covers the query as it
    /// stands, so that there is one way only to write a link.
    fn read(&self, method: &Method, key: &Key, uri: &Uri, now: Timestamp) -> Option<Terms> {
        let (terms, code) = uri.query()?.rsplit_once("&code=")?;
        let code = BASE64URL_NOPAD.decode(code.as_bytes()).ok()?;
        if !self.key.is_code_of(PURPOSE, &message(method, key, terms), &code) {
            return None;
        }
        let terms: Terms = serde_urlencoded::from_str(terms).ok()?;
        (terms.from..terms.until).contains(&now.as_second()).then_some(terms)
    }
}

fn message(method: &Method, key: &Key, terms: &str) -> Vec<u8> {
    format!("{method}\0{key}\0{terms}").into_bytes()
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().route("/stored/{*key}", get(give).put(take))
}

/// Gives an object out.
async fn give(
    State(app): State<App>,
    Path(key): Path<String>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Result<Response> {
    let store = app.part::<Store>();
    let (key, terms) = opened(&app, &store, &Method::GET, &key, &uri, &headers)?;
    let content = store.get(&key).await?;
    let is_elsewhere = store.origin() != app.public_url;
    let mut answer = Body::from_stream(content.bytes).into_response();
    let fields: [(HeaderName, String); 7] = [
        (header::CONTENT_TYPE, terms.kind.clone()),
        (header::CONTENT_LENGTH, content.size.to_string()),
        (header::CONTENT_DISPOSITION, disposition(&terms.kind, &terms.name.unwrap_or_default())),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".into()),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox; frame-ancestors 'none'".into()),
        // An address is never given to two objects, and the address itself is the secret.
        (header::CACHE_CONTROL, "private, max-age=600, immutable".into()),
        // The pages that show a picture stand on another origin when files have one of their own.
        ("cross-origin-resource-policy".parse().expect("a header's name"), resource_policy(is_elsewhere).into()),
    ];
    for (name, value) in fields {
        let value = HeaderValue::from_str(&value).map_err(|error| Error::Internal(error.to_string()))?;
        answer.headers_mut().insert(name, value);
    }
    Ok(answer)
}

fn resource_policy(is_elsewhere: bool) -> &'static str {
    if is_elsewhere { "cross-origin" } else { "same-origin" }
}

/// Takes an object in, exactly as large and of the kind that was announced.
async fn take(
    State(app): State<App>,
    Path(key): Path<String>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode> {
    let store = app.part::<Store>();
    let (key, terms) = opened(&app, &store, &Method::PUT, &key, &uri, &headers)?;
    let said = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let size = terms.size.ok_or(Error::Forbidden)?;
    if said(header::CONTENT_TYPE) != Some(&terms.kind) || headers.contains_key(header::CONTENT_ENCODING) {
        return Err(Error::UnsupportedMediaType);
    }
    if said(header::CONTENT_LENGTH).is_some_and(|length| length.parse() != Ok(size)) {
        return Err(Error::field("size", "file-wrong-size"));
    }
    // Counted on the way: a body in chunks says no length.
    let arrived = Arc::new(AtomicU64::new(0));
    let count = arrived.clone();
    let body = body.into_data_stream().map(move |chunk| {
        let chunk = chunk.map_err(|error| error.to_string())?;
        let so_far = count.fetch_add(chunk.len() as u64, Ordering::Relaxed) + chunk.len() as u64;
        if so_far > size { Err("more bytes than announced".to_owned()) } else { Ok(chunk) }
    });
    // One short of the end is not whole either, and the store keeps nothing of what breaks off.
    let end = futures_util::stream::once(async move {
        if arrived.load(Ordering::Relaxed) == size { Ok(bytes::Bytes::new()) } else { Err("too few bytes".to_owned()) }
    });
    match store.write(&key, &terms.kind, body.chain(end)).await {
        Ok(_) => Ok(StatusCode::NO_CONTENT),
        Err(Trouble::BrokenOff(_)) => Err(Error::field("size", "file-wrong-size")),
        Err(trouble) => Err(trouble.into()),
    }
}

/// The object that an address opens. Whatever is wrong with a link, the answer is the same.
fn opened(
    app: &App,
    store: &Store,
    method: &Method,
    key: &str,
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<(Key, Terms)> {
    let Place::Folder(signer) = &store.0.place else { return Err(Error::NotFound("file")) };
    // Within the process the pages ask without a host; from outside there always is one.
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    if host.is_some_and(|host| host != signer.host) && signer.origin != app.public_url {
        return Err(Error::NotFound("file"));
    }
    let key: Key = key.parse().map_err(|_| Error::Forbidden)?;
    let terms = signer.read(method, &key, uri, app.clock.now()).ok_or(Error::Forbidden)?;
    Ok((key, terms))
}
