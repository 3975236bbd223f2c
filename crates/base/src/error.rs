//! What can go wrong, in few kinds: one for each code of the envelope.

use std::borrow::Cow;

use domain::NotAllowed;
use serde_json::{Map, Value, json};
use tokio_postgres::error::SqlState;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a request was not carried out; made where it is known, turned into an answer once, at the edge.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the request is not valid: {0:?}")]
    Validation(Vec<FieldProblem>),
    #[error("nobody is signed in")]
    Unauthorized,
    #[error("the role lacks the right")]
    Forbidden,
    /// What is missing, what another owner has, and what never was, all alike.
    #[error("no such {0}")]
    NotFound(&'static str),
    #[error("in conflict with what is there: {0:?}")]
    Conflict(Conflict),
    #[error("too large")]
    PayloadTooLarge,
    #[error("not a media type that is taken here")]
    UnsupportedMediaType,
    #[error("too often")]
    RateLimited { retry_after_secs: u64 },
    #[error("not now: {0}")]
    Unavailable(String),
    #[error("Postgres: {0}")]
    Db(#[source] tokio_postgres::Error),
    #[error("{0}")]
    Internal(String),
    /// Not an error: the answer that an earlier request with the same idempotency key was given.
    #[error("answered before")]
    Replay(crate::idempotency::Kept),
}

/// One field's problem: where, and which sentence of the catalogue (`field-…`) says what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// As the sender wrote it: `items[2].unitPrice`.
    pub path: Cow<'static, str>,
    /// The catalogue's key without `field-`: `required`, `too-long`.
    pub problem: &'static str,
    pub args: Vec<(&'static str, String)>,
}

/// A refusal by the state of things; `reason` is machine readable and names the sentence (`conflict-…`).
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    pub reason: &'static str,
    pub details: Vec<(&'static str, Value)>,
}

impl Conflict {
    pub fn new(reason: &'static str) -> Conflict {
        Conflict { reason, details: Vec::new() }
    }

    /// Adds a fact that the reader needs to act on it.
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Conflict {
        self.details.push((name, value.into()));
        self
    }
}

impl From<Conflict> for Error {
    fn from(conflict: Conflict) -> Error {
        Error::Conflict(conflict)
    }
}

/// `ensure_month_open` says: the day lies in a locked month; its message is the month.
const MONTH_LOCKED: &str = "SH003";

impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Error {
        match error.as_db_error().filter(|said| said.code().code() == MONTH_LOCKED) {
            Some(locked) => Conflict::new("MONTH_LOCKED").with("month", locked.message()).into(),
            None => Error::Db(error),
        }
    }
}

impl From<NotAllowed> for Error {
    fn from(step: NotAllowed) -> Error {
        Conflict::new("ILLEGAL_TRANSITION").with("from", step.from).with("to", step.to).into()
    }
}

impl From<domain::money::TooLarge> for Error {
    fn from(_: domain::money::TooLarge) -> Error {
        Error::field("amount", "too-large")
    }
}

impl From<deadpool_postgres::PoolError> for Error {
    fn from(error: deadpool_postgres::PoolError) -> Error {
        match error {
            deadpool_postgres::PoolError::Backend(error) => error.into(),
            other => Error::Unavailable(other.to_string()),
        }
    }
}

impl Error {
    /// A validation error of one field.
    pub fn field(path: impl Into<Cow<'static, str>>, problem: &'static str) -> Error {
        Error::Validation(vec![FieldProblem { path: path.into(), problem, args: Vec::new() }])
    }

    /// Whether the same may succeed a little later, without anybody mending anything.
    pub fn is_passing(&self) -> bool {
        match self {
            Error::Unavailable(_) | Error::RateLimited { .. } => true,
            Error::Db(error) => unavailable(error),
            _ => false,
        }
    }

    /// Whether it is the last word on this very request: the state of things refuses it. What the sender may mend
    /// without asking for something else (a field, a session, a right, the pace) is not.
    pub fn is_final(&self) -> bool {
        matches!(self, Error::NotFound(_) | Error::Conflict(_))
    }

    /// The envelope's code and the HTTP status that goes with it.
    pub fn code(&self) -> (&'static str, http::StatusCode) {
        use http::StatusCode as S;
        match self {
            Error::Validation(_) => ("VALIDATION_ERROR", S::BAD_REQUEST),
            Error::Unauthorized => ("UNAUTHORIZED", S::UNAUTHORIZED),
            Error::Forbidden => ("FORBIDDEN", S::FORBIDDEN),
            Error::NotFound(_) => ("NOT_FOUND", S::NOT_FOUND),
            Error::Conflict(_) => ("CONFLICT", S::CONFLICT),
            Error::PayloadTooLarge => ("PAYLOAD_TOO_LARGE", S::PAYLOAD_TOO_LARGE),
            Error::UnsupportedMediaType => ("UNSUPPORTED_MEDIA_TYPE", S::UNSUPPORTED_MEDIA_TYPE),
            Error::RateLimited { .. } => ("RATE_LIMITED", S::TOO_MANY_REQUESTS),
            Error::Unavailable(_) => ("SERVICE_UNAVAILABLE", S::SERVICE_UNAVAILABLE),
            Error::Db(error) if unavailable(error) => ("SERVICE_UNAVAILABLE", S::SERVICE_UNAVAILABLE),
            Error::Db(_) | Error::Internal(_) | Error::Replay(_) => ("INTERNAL_ERROR", S::INTERNAL_SERVER_ERROR),
        }
    }

    /// The envelope's details, field sentences in the reader's language.
    pub fn details(&self, lang: words::Lang) -> Option<Value> {
        match self {
            Error::Validation(problems) => {
                let mut fields = Map::new();
                for problem in problems {
                    let said = problem.sentence(lang);
                    let list = fields.entry(problem.path.to_string()).or_insert_with(|| json!([]));
                    list.as_array_mut().expect("made as a list the line above").push(said.into());
                }
                Some(json!({ "fields": fields }))
            }
            Error::Conflict(conflict) => {
                let facts = conflict.details.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
                let reason = ("reason".to_owned(), conflict.reason.into());
                Some(Value::Object(facts.chain([reason]).collect()))
            }
            _ => None,
        }
    }

    /// The sentence for people.
    pub fn message(&self, lang: words::Lang) -> String {
        if let Error::Conflict(conflict) = self {
            let key = format!("conflict-{}", conflict.reason.to_lowercase().replace('_', "-"));
            let facts: Vec<(&str, words::Arg<'_>)> =
                conflict.details.iter().map(|(k, v)| (*k, text(v).into())).collect();
            return words::say(lang, &key, &facts).into_owned();
        }
        words::say(lang, &format!("error-{}", self.code().0.to_lowercase().replace('_', "-")), &[]).into_owned()
    }
}

impl FieldProblem {
    pub fn sentence(&self, lang: words::Lang) -> String {
        let args: Vec<(&str, words::Arg<'_>)> = self.args.iter().map(|(k, v)| (*k, v.clone().into())).collect();
        words::say(lang, &format!("field-{}", self.problem), &args).into_owned()
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Postgres or the way to it is down, full or restarting (classes 08, 53, 57P; a connection that broke).
fn unavailable(error: &tokio_postgres::Error) -> bool {
    match error.code() {
        Some(code) => {
            let code = code.code();
            ["08", "53", "57P"].iter().any(|class| code.starts_with(class)) || *SqlState::QUERY_CANCELED.code() == *code
        }
        None => true,
    }
}

/// Gives words to what a named constraint forbids, where the query is.
pub trait OnConstraint<T> {
    fn on_constraint(self, name: &str, refusal: impl FnOnce() -> Error) -> Result<T>;
}

impl<T> OnConstraint<T> for Result<T> {
    fn on_constraint(self, name: &str, refusal: impl FnOnce() -> Error) -> Result<T> {
        self.map_err(|error| match &error {
            Error::Db(db) if db.as_db_error().and_then(|e| e.constraint()) == Some(name) => refusal(),
            _ => error,
        })
    }
}

/// Every refusal a door under /v2 may answer with, for the OpenAPI document.
pub struct Refusals;

impl utoipa::IntoResponses for Refusals {
    fn responses() -> std::collections::BTreeMap<String, utoipa::openapi::RefOr<utoipa::openapi::response::Response>> {
        use utoipa::openapi::{ContentBuilder, Ref, ResponseBuilder};
        let refusals = [
            ("400", "Something in the request is not valid; `details.fields` says what and where."),
            ("401", "Nobody is signed in."),
            ("403", "The role lacks the right, or the request came from a foreign page."),
            ("404", "No such thing, or not yours."),
            ("405", "The path does not take this method."),
            ("408", "The body did not arrive in time."),
            ("409", "In conflict with what is there; `details.reason` says how."),
            ("413", "The body is too large."),
            ("415", "Not a media type that is taken here."),
            ("429", "Too often; see Retry-After."),
            ("500", "Our fault; the request id helps us find it."),
            ("503", "Not now; see Retry-After."),
        ];
        let answer = |text: &str| {
            let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Envelope"))).build();
            ResponseBuilder::new().description(text).content("application/json", content).build()
        };
        refusals.iter().map(|(status, text)| ((*status).to_owned(), answer(text).into())).collect()
    }
}
