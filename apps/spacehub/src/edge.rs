//! The edge every request passes on its way in and every answer on its way out: one id, one set of headers, the caps on
//! what may be sent and how long it may take, and the envelope on what the framework itself refuses.
//!
//! One middleware rather than a stack of small ones: each layer would box the request once more.

mod body;
mod headers;
mod proxies;
mod refusal;

use std::{
    panic::AssertUnwindSafe,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    extract::{DefaultBodyLimit, MatchedPath, Request, State},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use base::{
    actor::{PeerIp, RequestId},
    envelope,
};
use futures_util::FutureExt;
use http::{HeaderMap, HeaderValue, Method, StatusCode, Version, header};
use hyper::body::Body as _;
use tokio::time::{Instant, timeout_at};
use uuid::Uuid;

pub use proxies::{NotAProxy, Proxies};

use crate::serve::Peer;
use body::Intake;
use refusal::{Refusal, Visitor};

/// What one request may cost.
#[derive(Debug, Clone)]
pub struct Caps {
    /// Start line's path and query, in bytes.
    pub uri_bytes: usize,
    pub header_fields: usize,
    /// Of an ordinary body; a route for uploads says more with `DefaultBodyLimit`.
    pub body_bytes: usize,
    /// Of any body at all.
    pub upload_bytes: u64,
    /// The longest silence within a body, and how long it may be slower than a KiB a second.
    pub body_pause: Duration,
    /// From the whole body's arrival to the answer's beginning.
    pub handler: Duration,
    /// Requests being answered at once; more are told to come back.
    pub in_flight: usize,
}

impl Default for Caps {
    fn default() -> Caps {
        Caps {
            uri_bytes: 8 * 1024,
            header_fields: 64,
            body_bytes: 1024 * 1024,
            upload_bytes: 20 * 1024 * 1024,
            body_pause: Duration::from_secs(10),
            handler: Duration::from_secs(15),
            in_flight: 512,
        }
    }
}

/// The edge of one process.
#[derive(Debug, Clone)]
pub struct Edge(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    caps: Caps,
    proxies: Proxies,
    /// People reach us by https, so browsers are told never to come otherwise.
    https: bool,
    /// How a refusal is drawn for somebody at a browser.
    pages: Option<DrawRefusal>,
    /// What pages may load, and from where.
    policy: HeaderValue,
    in_flight: AtomicUsize,
}

/// Draws the page of a refusal for whoever sent these headers to that address.
pub type DrawRefusal = fn(&HeaderMap, &str, StatusCode, String) -> Response;

impl Edge {
    pub fn new(caps: Caps, proxies: Proxies, https: bool) -> Edge {
        let policy = headers::content_policy("");
        Edge(Arc::new(Parts { caps, proxies, https, pages: None, policy, in_flight: AtomicUsize::new(0) }))
    }

    /// Refuses browsers with a page; programs keep the envelope.
    pub fn with_pages(mut self, draw: DrawRefusal) -> Edge {
        let parts = Arc::get_mut(&mut self.0).expect("an edge is shared once it is laid around a router");
        parts.pages = Some(draw);
        self
    }

    /// Lets pages show pictures of another origin: where files lie.
    pub fn with_pictures_from(mut self, origin: &str) -> Edge {
        let parts = Arc::get_mut(&mut self.0).expect("an edge is shared once it is laid around a router");
        parts.policy = headers::content_policy(origin);
        self
    }

    /// Lays the edge around a router; do it last.
    pub fn around(self, router: Router) -> Router {
        let body_bytes = self.0.caps.body_bytes;
        router.layer(DefaultBodyLimit::max(body_bytes)).layer(middleware::from_fn_with_state(self, pass))
    }
}

async fn pass(State(Edge(edge)): State<Edge>, mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let id = RequestId(Uuid::now_v7());
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let language = envelope::language(request.headers());
    request.extensions_mut().insert(id);
    if let Some(Peer(ip)) = request.extensions().get().copied() {
        let ip = edge.proxies.client(ip, request.headers());
        request.extensions_mut().insert(PeerIp(ip));
        // What the pages hand on to the API is our own finding, never what a browser claimed.
        if let Ok(found) = HeaderValue::from_str(&ip.to_string()) {
            request.headers_mut().insert("x-forwarded-for", found);
        }
    }

    let visitor = edge.visitor(&request);
    let answer = match edge.refuses(&request) {
        Some(refusal) => {
            if visitor.is_some() {
                // A browser reads no answer before it has sent everything.
                body::drop_all(request.into_body(), &edge.caps).await;
            }
            refusal
        }
        None => edge.carry(request, next).await,
    };

    let mut answer = refusal::dress(answer, language, visitor.as_ref());
    headers::complete(answer.headers_mut(), id, edge.https, &edge.policy);
    note(&method, route.as_ref().map_or("none", MatchedPath::as_str), answer.status(), began.elapsed(), id);
    answer
}

impl Parts {
    /// Somebody who looks at pages, if that is who asks.
    fn visitor(&self, request: &Request) -> Option<Visitor> {
        let draw = self.pages?;
        let accept = request.headers().get(header::ACCEPT)?.to_str().ok()?;
        let is_api = ["/v2/", "/api/"].iter().any(|api| request.uri().path().starts_with(api));
        if is_api || !accept.contains("text/html") {
            return None;
        }
        let address = request.uri().path_and_query().map_or("/", |address| address.as_str());
        Some(Visitor { draw, headers: request.headers().clone(), address: address.to_owned() })
    }

    /// Why a request goes no further, judged by its header alone.
    fn refuses(&self, request: &Request) -> Option<Response> {
        let headers = request.headers();
        if request.uri().path_and_query().map_or(0, |uri| uri.as_str().len()) > self.caps.uri_bytes {
            return Some(Refusal::bare(StatusCode::URI_TOO_LONG));
        }
        if headers.len() > self.caps.header_fields {
            return Some(Refusal::bare(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE));
        }
        if !names_one_host(request.version(), headers) || has_two_lengths(headers) {
            return Some(Refusal::of(StatusCode::BAD_REQUEST).closing().into_response());
        }
        if request.body().size_hint().lower() > self.caps.upload_bytes {
            return Some(Refusal::too_large(self.caps.upload_bytes).into_response());
        }
        None
    }

    /// Hands the request on, unless there is too much to do already.
    async fn carry(&self, request: Request, next: Next) -> Response {
        let Some(_turn) = Turn::take(self, request.uri().path()) else {
            metrics::counter!("http_requests_shed_total").increment(1);
            return Refusal::of(StatusCode::SERVICE_UNAVAILABLE).retry_after(1).into_response();
        };
        let (request, intake) = Intake::of(request, &self.caps);
        let mut answering = std::pin::pin!(AssertUnwindSafe(next.run(request)).catch_unwind());
        let mut due = Instant::now() + self.caps.handler;
        loop {
            match timeout_at(due, &mut answering).await {
                Ok(Ok(answer)) => return intake.judge().map_or(answer, IntoResponse::into_response),
                Ok(Err(_panic)) => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
                Err(_late) => {}
            }
            // The time that the body takes to arrive is not the handler's.
            let counted_from = intake.last_arrival().map(|at| at + self.caps.handler);
            match counted_from.filter(|later| *later > due) {
                Some(later) => due = later,
                None => {
                    tracing::warn!("a request was given up after {:?}", self.caps.handler);
                    return Refusal::of(StatusCode::SERVICE_UNAVAILABLE).retry_after(2).into_response();
                }
            }
        }
    }
}

/// HTTP/1.1 wants exactly one Host; two might be read differently by a proxy and by us.
fn names_one_host(version: Version, headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().is_ok_and(|host| host.parse::<http::uri::Authority>().is_ok()),
        (None, _) => version < Version::HTTP_11,
        _ => false,
    }
}

/// A length and chunks together are how requests are smuggled past a proxy.
fn has_two_lengths(headers: &HeaderMap) -> bool {
    headers.contains_key(header::CONTENT_LENGTH) && headers.contains_key(header::TRANSFER_ENCODING)
}

/// One of the requests being answered.
struct Turn<'a>(&'a AtomicUsize);

impl Turn<'_> {
    fn take<'a>(edge: &'a Parts, path: &str) -> Option<Turn<'a>> {
        let before = edge.in_flight.fetch_add(1, Ordering::Relaxed);
        let turn = Turn(&edge.in_flight);
        // Whoever watches over us must see us work hard, not be turned away.
        let watches = matches!(path, "/healthz" | "/readyz" | "/metrics");
        (before < edge.caps.in_flight || watches).then_some(turn)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Counts the answer, and logs what somebody may have to look into. Only the route: what stands in the path or the
/// query belongs to people.
fn note(method: &Method, route: &str, status: StatusCode, took: Duration, RequestId(id): RequestId) {
    let method = known(method);
    let labels = [("method", method.to_owned()), ("route", route.to_owned()), ("status", status.as_u16().to_string())];
    metrics::counter!("http_requests_total", &labels).increment(1);
    metrics::histogram!("http_request_seconds", &labels[..2]).record(took);
    let status = status.as_u16();
    if status >= 500 {
        tracing::warn!(request.id = %id, method, route, status, ?took, "answered {method} {route} with {status}");
    } else {
        tracing::debug!(request.id = %id, method, route, status, ?took, "answered {method} {route} with {status}");
    }
}

/// A method as a label: what clients invent must not become a series of its own.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

#[cfg(test)]
mod tests;
