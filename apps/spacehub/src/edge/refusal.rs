//! Refusals that no handler made: the edge's own and the framework's, in the envelope and the reader's language.

use axum::response::{IntoResponse, Response};
use base::envelope::Bare;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde_json::json;
use words::Lang;

use super::DrawRefusal;

/// An answer the edge itself gives.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    headers: HeaderMap,
    most_bytes: Option<u64>,
}

/// How large a body may be, for the sentence that says so.
#[derive(Debug, Clone, Copy)]
struct Most(u64);

/// What an ordinary body may have when the framework refused it, in bytes.
const ORDINARY: Most = Most(1024 * 1024);

impl Refusal {
    pub(super) fn of(status: StatusCode) -> Refusal {
        Refusal { status, headers: HeaderMap::new(), most_bytes: None }
    }

    /// Without an envelope and with the end of the connection, as hyper answers to what it cannot read: what the parser
    /// would have answered, had it looked.
    pub(super) fn bare(status: StatusCode) -> Response {
        let mut response = Refusal::of(status).closing().into_response();
        response.extensions_mut().insert(Bare);
        response
    }

    pub(super) fn too_large(most_bytes: u64) -> Refusal {
        Refusal { most_bytes: Some(most_bytes), ..Refusal::of(StatusCode::PAYLOAD_TOO_LARGE).closing() }
    }

    pub(super) fn closing(mut self) -> Refusal {
        self.headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        self
    }

    pub(super) fn retry_after(mut self, secs: u64) -> Refusal {
        self.headers.insert(header::RETRY_AFTER, HeaderValue::from(secs));
        self
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status, self.headers).into_response();
        if let Some(most) = self.most_bytes {
            response.extensions_mut().insert(Most(most));
        }
        response
    }
}

/// Somebody at a browser, and what is needed to draw a page for them.
pub(super) struct Visitor {
    pub draw: DrawRefusal,
    pub headers: HeaderMap,
    pub address: String,
}

/// Puts the envelope on an error that came without a body of its own kind: the framework's are empty or plain text.
/// For a visitor it is a page.
pub(super) fn dress(response: Response, language: Lang, visitor: Option<&Visitor>) -> Response {
    let status = response.status();
    let plain = match response.headers().get(header::CONTENT_TYPE) {
        Some(kind) => kind.as_bytes().starts_with(b"text/plain"),
        None => true,
    };
    let Some((code, key)) = code(status).filter(|_| plain && response.extensions().get::<Bare>().is_none()) else {
        return response;
    };
    let args: Vec<(&str, words::Arg<'_>)> = match status {
        StatusCode::NOT_FOUND => vec![("what", words::say(language, "thing-page", &[]).into())],
        StatusCode::PAYLOAD_TOO_LARGE => {
            let Most(bytes) = *response.extensions().get().unwrap_or(&ORDINARY);
            let unit = if language == Lang::Mn { "МБ" } else { "MB" };
            vec![("max", format!("{} {unit}", bytes / (1024 * 1024)).into())]
        }
        _ => Vec::new(),
    };
    if let Some(Visitor { draw, headers, address }) = visitor {
        let mut page = draw(headers, address, status, words::say(language, key, &args).into_owned());
        for name in [header::CONNECTION, header::RETRY_AFTER, header::ALLOW] {
            page.headers_mut().extend(response.headers().get(&name).map(|value| (name, value.clone())));
        }
        return page;
    }
    let envelope = json!({ "error": { "code": code, "message": words::say(language, key, &args) } });
    let (mut parts, _) = response.into_parts();
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    parts.headers.remove(header::CONTENT_LENGTH);
    if status == StatusCode::UNPROCESSABLE_ENTITY {
        parts.status = StatusCode::BAD_REQUEST;
    }
    (parts, envelope.to_string()).into_response()
}

fn code(status: StatusCode) -> Option<(&'static str, &'static str)> {
    Some(match status {
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => ("VALIDATION_ERROR", "error-validation-error"),
        StatusCode::NOT_FOUND => ("NOT_FOUND", "error-not-found"),
        StatusCode::METHOD_NOT_ALLOWED => ("METHOD_NOT_ALLOWED", "error-method-not-allowed"),
        StatusCode::REQUEST_TIMEOUT => ("REQUEST_TIMEOUT", "error-request-timeout"),
        StatusCode::PAYLOAD_TOO_LARGE => ("PAYLOAD_TOO_LARGE", "error-payload-over"),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => ("UNSUPPORTED_MEDIA_TYPE", "error-unsupported-media-type"),
        StatusCode::INTERNAL_SERVER_ERROR => ("INTERNAL_ERROR", "error-internal-error"),
        StatusCode::SERVICE_UNAVAILABLE => ("SERVICE_UNAVAILABLE", "error-service-unavailable"),
        _ => return None,
    })
}
