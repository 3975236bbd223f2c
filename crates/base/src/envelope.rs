//! The edge: turns refusals into the seed's envelope in the reader's language, the framework's own refusals too.

use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde_json::{Value, json};
use words::Lang;

use crate::Error;

/// A refusal on its way to the edge, where the reader's language is known.
#[derive(Clone)]
struct Refused(std::sync::Arc<Error>);

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        if let Error::Replay(kept) = self {
            return kept.into_response();
        }
        let mut response = self.code().1.into_response();
        response.extensions_mut().insert(Refused(self.into()));
        response
    }
}

/// Marks an answer that stays as it is, without an envelope.
#[derive(Debug, Clone, Copy)]
pub struct Bare;

/// The reader's language: Mongolian unless English is asked for.
pub fn language(headers: &HeaderMap) -> Lang {
    headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).map_or(Lang::Mn, Lang::from_accept_language)
}

/// Middleware around the API: every error that leaves wears the envelope.
pub async fn wear(request: Request, next: Next) -> Response {
    let lang = language(request.headers());
    let response = next.run(request).await;
    if let Some(Refused(error)) = response.extensions().get::<Refused>().cloned() {
        return of_error(&error, lang, response.headers().clone());
    }
    let bare =
        !response.headers().get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"application/json"));
    let dressed = response.extensions().get::<Bare>().is_some();
    match framework_code(response.status()) {
        Some(code) if bare && !dressed => of_code(code, response.status(), lang, response.headers()),
        _ => response,
    }
}

fn of_error(error: &Error, lang: Lang, mut headers: HeaderMap) -> Response {
    let status = error.code().1;
    if status.is_server_error() {
        tracing::error!(error = %error, cause = ?std::error::Error::source(error), "a request failed: {error}");
    }
    match error {
        Error::RateLimited { retry_after_secs } => {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(*retry_after_secs));
        }
        Error::Conflict(c) if c.reason == "IDEMPOTENCY_IN_PROGRESS" => {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        _ if status == StatusCode::SERVICE_UNAVAILABLE => {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        Error::Unauthorized => {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        _ => {}
    }
    answer(status, text(error, lang), headers)
}

/// The envelope of a refusal, byte by byte.
pub fn text(error: &Error, lang: Lang) -> String {
    envelope(error.code().0, &error.message(lang), error.details(lang))
}

/// The envelope for what the framework itself refused.
fn of_code(code: &str, status: StatusCode, lang: Lang, had: &HeaderMap) -> Response {
    let mut headers = HeaderMap::new();
    for name in [header::ALLOW, header::RETRY_AFTER, header::CONNECTION] {
        if let Some(value) = had.get(&name) {
            headers.insert(name, value.clone());
        }
    }
    let key = format!("error-{}", code.to_lowercase().replace('_', "-"));
    answer(status, envelope(code, &words::say(lang, &key, &[]), None), headers)
}

fn framework_code(status: StatusCode) -> Option<&'static str> {
    Some(match status {
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => "VALIDATION_ERROR",
        StatusCode::NOT_FOUND => "NOT_FOUND",
        StatusCode::METHOD_NOT_ALLOWED => "METHOD_NOT_ALLOWED",
        StatusCode::REQUEST_TIMEOUT => "REQUEST_TIMEOUT",
        StatusCode::PAYLOAD_TOO_LARGE => "PAYLOAD_TOO_LARGE",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "UNSUPPORTED_MEDIA_TYPE",
        StatusCode::SERVICE_UNAVAILABLE => "SERVICE_UNAVAILABLE",
        StatusCode::INTERNAL_SERVER_ERROR => "INTERNAL_ERROR",
        _ => return None,
    })
}

fn envelope(code: &str, message: &str, details: Option<Value>) -> String {
    let mut error = json!({ "code": code, "message": message });
    if let Some(details) = details {
        error["details"] = details;
    }
    json!({ "error": error }).to_string()
}

fn answer(status: StatusCode, envelope: String, mut headers: HeaderMap) -> Response {
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.remove(header::CONTENT_LENGTH);
    let status = if status == StatusCode::UNPROCESSABLE_ENTITY { StatusCode::BAD_REQUEST } else { status };
    (status, headers, envelope).into_response()
}

/// The answer to a path that nobody has.
pub async fn no_such_route() -> Error {
    Error::NotFound("route")
}
