//! Refusals under /api/auth: `{ "message", "code" }` at the top, which is where the official client looks.

use axum::response::{IntoResponse, Response};
use base::{Error, limits::Standing};
use http::{HeaderValue, StatusCode, header};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why a sign-in door refused.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct AuthProblem {
    pub message: String,
    /// Stable and machine readable: `INVALID_EMAIL_OR_PASSWORD`.
    pub code: String,
}

/// A refusal with its status.
#[derive(Debug)]
pub struct AuthError {
    status: StatusCode,
    code: &'static str,
    message: String,
    retry_after_secs: Option<u64>,
    standing: Option<Standing>,
}

impl AuthError {
    pub fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> AuthError {
        AuthError { status, code, message: message.into(), retry_after_secs: None, standing: None }
    }

    pub fn invalid_email_or_password() -> AuthError {
        AuthError::new(StatusCode::UNAUTHORIZED, "INVALID_EMAIL_OR_PASSWORD", "Invalid email or password")
    }

    /// Nobody is signed in.
    pub fn unauthorized() -> AuthError {
        AuthError::new(StatusCode::UNAUTHORIZED, "UNAUTHORIZED", "Unauthorized")
    }

    /// A refusal with status 400: `AuthError::bad("INVALID_PASSWORD", "Invalid password")`.
    pub fn bad(code: &'static str, message: impl Into<String>) -> AuthError {
        AuthError::new(StatusCode::BAD_REQUEST, code, message)
    }

    /// `[body.email] Invalid email address`
    pub fn body(field: &str, reason: &str) -> AuthError {
        AuthError::invalid(&format!("body.{field}"), reason)
    }

    /// The same for any place in the request: `query.token`.
    pub fn invalid(place: &str, reason: &str) -> AuthError {
        AuthError::bad("VALIDATION_ERROR", format!("[{place}] {reason}"))
    }

    /// Says in how many seconds it is worth trying again.
    pub fn retry_after(self, secs: u64) -> AuthError {
        AuthError { retry_after_secs: Some(secs), ..self }
    }

    /// A limit is reached.
    pub fn too_often(standing: Standing) -> AuthError {
        AuthError {
            standing: Some(standing),
            ..AuthError::from(Error::RateLimited { retry_after_secs: standing.wait_secs })
        }
    }

    /// For people who ask in the code: `INVALID_TOKEN`.
    pub fn code(&self) -> &'static str {
        self.code
    }
}

impl From<Error> for AuthError {
    fn from(error: Error) -> AuthError {
        match &error {
            Error::Validation(problems) => match problems.first() {
                Some(p) if p.path != "body" => AuthError::body(&p.path, &p.sentence(base::Lang::En)),
                _ => AuthError::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", "Invalid JSON in request body"),
            },
            Error::RateLimited { retry_after_secs } => AuthError {
                retry_after_secs: Some(*retry_after_secs),
                ..AuthError::new(
                    StatusCode::TOO_MANY_REQUESTS,
                    "TOO_MANY_REQUESTS",
                    "Too many requests. Please try again later.",
                )
            },
            Error::Unauthorized => AuthError::unauthorized(),
            Error::Forbidden => AuthError::new(StatusCode::FORBIDDEN, "INVALID_ORIGIN", "Invalid origin"),
            other => {
                let (code, status) = other.code();
                if status.is_server_error() {
                    tracing::error!(%error, "a sign-in door failed: {error}");
                }
                let code = if code == "INTERNAL_ERROR" { "INTERNAL_SERVER_ERROR" } else { code };
                let retry_after_secs = (status == StatusCode::SERVICE_UNAVAILABLE).then_some(2);
                AuthError { retry_after_secs, ..AuthError::new(status, code, other.message(base::Lang::En)) }
            }
        }
    }
}

impl IntoResponse for AuthError {
    fn into_response(self) -> Response {
        let problem = AuthProblem { message: self.message, code: self.code.to_owned() };
        let mut response = (self.status, axum::Json(problem)).into_response();
        if let Some(secs) = self.retry_after_secs {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(secs));
            response.headers_mut().insert("x-retry-after", HeaderValue::from(secs));
        }
        if let Some(standing) = self.standing {
            standing.tell(response.headers_mut());
        }
        response
    }
}

/// Every refusal a door under /api/auth may answer with, for the OpenAPI document.
pub struct AuthRefusals;

impl utoipa::IntoResponses for AuthRefusals {
    fn responses() -> std::collections::BTreeMap<String, utoipa::openapi::RefOr<utoipa::openapi::response::Response>> {
        use utoipa::openapi::{ContentBuilder, Ref, ResponseBuilder};
        let refusals = [
            ("400", "Something in the request is not valid; `code` says what."),
            ("401", "Nobody is signed in, or the proof is wrong."),
            ("403", "Not from there, not to there, or not with this session."),
            ("413", "The body is too large."),
            ("415", "Not JSON."),
            ("429", "Too often; see Retry-After."),
            ("500", "Our fault; the request id helps us find it."),
            ("503", "Not now; see Retry-After."),
        ];
        let answer = |text: &str| {
            let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("AuthProblem"))).build();
            ResponseBuilder::new().description(text).content("application/json", content).build()
        };
        refusals.iter().map(|(status, text)| ((*status).to_owned(), answer(text).into())).collect()
    }
}
