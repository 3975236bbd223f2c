//! One path for a person's browser and for a script: which of the two is asking, and what each sends.

use axum::{
    Json, RequestExt,
    extract::{FromRequest, Request},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::{Serialize, de::DeserializeOwned};

/// Whether the caller is a script that wants JSON; a browser asks for HTML.
pub fn wants_json(headers: &HeaderMap) -> bool {
    let says = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    says(header::ACCEPT).contains("application/json") || says(header::CONTENT_TYPE).starts_with("application/json")
}

/// After an action: the script gets what came of it, the browser goes back to a page.
pub fn done(headers: &HeaderMap, outcome: impl Serialize, page: &str) -> Response {
    if wants_json(headers) { Json(outcome).into_response() } else { Redirect::to(page).into_response() }
}

/// A body sent as a form or as JSON; nothing at all is an empty form.
pub struct Sent<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + 'static> FromRequest<S> for Sent<T> {
    type Rejection = Response;

    async fn from_request(request: Request, _: &S) -> Result<Sent<T>, Response> {
        let json = request
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
        let bytes: axum::body::Bytes = request.extract().await.map_err(IntoResponse::into_response)?;
        let read = if json && !bytes.is_empty() {
            serde_json::from_slice(&bytes).map_err(|e| e.to_string())
        } else {
            serde_urlencoded::from_bytes(&bytes).map_err(|e| e.to_string())
        };
        read.map(Sent).map_err(|why| (StatusCode::BAD_REQUEST, Json(Mistake { error: why })).into_response())
    }
}

/// Why the sandbox did not take what was sent.
#[derive(Serialize)]
pub struct Mistake {
    pub error: String,
}
