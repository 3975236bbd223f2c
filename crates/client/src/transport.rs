//! Two ways to the same API.

use axum::Router;
use bytes::{Bytes, BytesMut};
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use http_body_util::{BodyExt, Full};
use serde::{Serialize, de::DeserializeOwned};
use tower::ServiceExt;

use crate::problem::{Problem, Result};

/// How a request reaches the API.
#[derive(Clone)]
pub enum Transport {
    /// The API's own router, in this process.
    InProcess(Router),
    /// Another process, by its address without a slash at the end.
    Http { base_url: String, client: reqwest::Client },
}

/// What a request carries.
pub enum Body {
    None,
    Json(Vec<u8>),
    /// An uploaded file with its media type.
    File {
        kind: String,
        bytes: Bytes,
    },
}

impl Body {
    pub fn json(value: &impl Serialize) -> Result<Body> {
        serde_json::to_vec(value).map(Body::Json).map_err(|error| Problem::ours(error.to_string()))
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_slice(&self.body).map_err(|error| Problem::ours(error.to_string()))
    }
}

/// An answer that comes bit by bit.
pub(crate) struct Flow {
    pub status: StatusCode,
    pub headers: HeaderMap,
    source: Source,
}

enum Source {
    InProcess(axum::body::Body),
    Http(reqwest::Response),
}

impl Flow {
    /// The next bytes; none at the end.
    pub(crate) async fn next(&mut self) -> Result<Option<Bytes>> {
        match &mut self.source {
            Source::InProcess(body) => loop {
                let Some(frame) = body.frame().await else { return Ok(None) };
                if let Ok(data) = frame.map_err(|error| Problem::ours(error.to_string()))?.into_data() {
                    return Ok(Some(data));
                }
            },
            Source::Http(response) => response.chunk().await.map_err(unreachable),
        }
    }

    /// The whole of it.
    pub(crate) async fn collect(mut self) -> Result<Answer> {
        let mut body = BytesMut::new();
        while let Some(bytes) = self.next().await? {
            body.extend_from_slice(&bytes);
        }
        Ok(Answer { status: self.status, headers: self.headers, body: body.freeze() })
    }
}

impl Transport {
    pub(crate) async fn send(&self, method: Method, path: &str, mut headers: HeaderMap, body: Body) -> Result<Flow> {
        let bytes = match body {
            Body::None => Bytes::new(),
            Body::Json(json) => {
                headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
                json.into()
            }
            Body::File { kind, bytes } => {
                let kind = kind.parse().unwrap_or(HeaderValue::from_static("application/octet-stream"));
                headers.insert(header::CONTENT_TYPE, kind);
                bytes
            }
        };
        match self {
            Transport::InProcess(router) => in_process(router.clone(), method, path, headers, bytes).await,
            Transport::Http { base_url, client } => {
                over_http(client, method, &format!("{base_url}{path}"), headers, bytes).await
            }
        }
    }
}

async fn in_process(router: Router, method: Method, path: &str, headers: HeaderMap, bytes: Bytes) -> Result<Flow> {
    let mut request = Request::builder().method(method).uri(path).body(axum::body::Body::new(Full::new(bytes)));
    if let Ok(request) = &mut request {
        *request.headers_mut() = headers;
    }
    let request = request.map_err(|error| Problem::ours(error.to_string()))?;
    let Ok(response) = router.oneshot(request).await;
    let (parts, body) = response.into_parts();
    Ok(Flow { status: parts.status, headers: parts.headers, source: Source::InProcess(body) })
}

async fn over_http(
    client: &reqwest::Client,
    method: Method,
    url: &str,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Flow> {
    let response = client.request(method, url).headers(headers).body(bytes).send().await.map_err(unreachable)?;
    Ok(Flow { status: response.status(), headers: response.headers().clone(), source: Source::Http(response) })
}

fn unreachable(error: reqwest::Error) -> Problem {
    Problem::ours(error.without_url().to_string())
}
