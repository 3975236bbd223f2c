//! What the doors take in: bodies, queries and ids from the path, each refused in our own words.

use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::{header, request::Parts};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    Error,
    error::{FieldProblem, Result},
};

/// A JSON body; unknown fields, wrong types and missing fields are named by their path.
#[derive(Debug, Clone)]
pub struct Json<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Json<T>> {
        let body = JsonBody::from_request(request, state).await?;
        parse(&body.0).map(Json)
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(bytes) => ([(header::CONTENT_TYPE, "application/json")], bytes).into_response(),
            Err(error) => Error::Internal(error.to_string()).into_response(),
        }
    }
}

/// The bytes of a JSON body, its media type checked and nothing more; for doors that also need them as they came.
pub struct JsonBody(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for JsonBody {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<JsonBody> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let essence = kind.split(';').next().unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case("application/json") || request.headers().contains_key(header::CONTENT_ENCODING)
        {
            return Err(Error::UnsupportedMediaType);
        }
        match Bytes::from_request(request, state).await {
            Ok(bytes) => Ok(JsonBody(bytes)),
            Err(refused) if refused.status() == http::StatusCode::PAYLOAD_TOO_LARGE => Err(Error::PayloadTooLarge),
            Err(_) => Err(Error::field("body", "bad-format")),
        }
    }
}

/// Reads JSON into a wire type, naming the field that does not fit.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    // No body of ours is a list, and serde would read one as an object's fields in their order.
    if bytes.trim_ascii_start().starts_with(b"[") {
        return Err(Error::field("body", "bad-format"));
    }
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = match error.path().to_string() {
            root if root == "." => String::new(),
            path => path,
        };
        Error::Validation(vec![misfit(path, &error.inner().to_string())])
    })?;
    json.end().map_err(|_| Error::field("body", "bad-format"))?;
    Ok(value)
}

/// Turns serde's complaint into a field and a sentence of ours; nothing that was sent is echoed.
fn misfit(path: String, complaint: &str) -> FieldProblem {
    let quoted = |prefix: &str| {
        complaint.strip_prefix(prefix).and_then(|rest| rest.split('`').next()).map(|name| match path.as_str() {
            "" => name.to_owned(),
            path if path.ends_with(name) => path.to_owned(),
            path => format!("{path}.{name}"),
        })
    };
    let (path, problem) = if let Some(path) = quoted("missing field `") {
        (path, "required")
    } else if let Some(path) = quoted("unknown field `") {
        (path, "unknown-field")
    } else if complaint.starts_with("unknown variant") || complaint.contains("not a known word") {
        (path, "not-a-choice")
    } else if complaint.contains("decimal string of mungo") {
        (path, "bad-money")
    } else {
        (path, "bad-format")
    };
    let path = if path.is_empty() { "body".to_owned() } else { path };
    FieldProblem { path: path.into(), problem, args: Vec::new() }
}

/// The query string; unknown and malformed parameters are named.
#[derive(Debug, Clone)]
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Query<T>> {
        match axum::extract::Query::<T>::from_request_parts(parts, state).await {
            Ok(axum::extract::Query(value)) => Ok(Query(value)),
            Err(refused) => {
                let text = refused.body_text();
                let complaint = text.strip_prefix("Failed to deserialize query string: ").unwrap_or(&text);
                let (path, complaint) = match complaint.split_once(": ") {
                    Some((path, rest)) if !path.contains(' ') => (path, rest),
                    _ => ("", complaint),
                };
                let mut problem = misfit(path.to_owned(), complaint);
                if problem.path == "body" {
                    problem.path = "query".into();
                }
                Err(Error::Validation(vec![problem]))
            }
        }
    }
}

/// Ids from the path. A malformed one is as unknown as a foreign one.
#[derive(Debug, Clone, Copy)]
pub struct Path<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Path<T>> {
        match axum::extract::Path::<T>::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(value)) => Ok(Path(value)),
            Err(_) => Err(Error::NotFound("id")),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "camelCase")]
    struct Sent {
        #[allow(dead_code)]
        unit_price: domain::Money,
        #[allow(dead_code)]
        inner: Option<Box<Sent>>,
    }

    #[test]
    fn a_misfit_is_named_by_path_and_never_echoed() {
        let problem = |json: &str| match parse::<Sent>(json.as_bytes()) {
            Err(Error::Validation(problems)) => (problems[0].path.to_string(), problems[0].problem),
            other => panic!("{other:?}"),
        };
        assert_eq!(problem("{}"), ("unitPrice".into(), "required"));
        assert_eq!(problem(r#"{"unitPrice":"1","x":1}"#), ("x".into(), "unknown-field"));
        assert_eq!(problem(r#"{"unitPrice":"9223372036854775808"}"#), ("unitPrice".into(), "bad-money"));
        assert_eq!(problem(r#"{"unitPrice":"1","inner":{"unitPrice":5}}"#), ("inner.unitPrice".into(), "bad-format"));
        assert_eq!(problem("[1"), ("body".into(), "bad-format"));
        assert_eq!(problem(r#"["1", null]"#), ("body".into(), "bad-format"));
        assert_eq!(problem(r#"{"unitPrice":"1"} x"#), ("body".into(), "bad-format"));
    }
}
