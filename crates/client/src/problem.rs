//! A refusal as the one who asked can use it.

use std::collections::BTreeMap;

use http::{StatusCode, header};
use serde_json::Value;
use wire::Envelope;

use crate::Answer;

pub type Result<T, E = Problem> = std::result::Result<T, E>;

/// Why there is no answer.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{code}: {message}")]
pub struct Problem {
    /// 0 when the API was not reached.
    pub status: u16,
    /// The envelope's code, or `UNREACHABLE`.
    pub code: String,
    /// A sentence in the reader's language.
    pub message: String,
    /// Of a validation: each field's sentences.
    pub fields: BTreeMap<String, Vec<String>>,
    /// Of a conflict: `reason` and the facts that belong to it.
    pub details: Value,
    /// When it may be asked again, in seconds, if the API said so.
    pub retry_after_secs: Option<u32>,
}

impl Problem {
    pub(crate) fn of(answer: &Answer) -> Problem {
        let status = answer.status.as_u16();
        let retry_after = answer.headers.get(header::RETRY_AFTER).and_then(|secs| secs.to_str().ok());
        let retry_after_secs = retry_after.and_then(|secs| secs.parse().ok());
        if let Ok(Envelope { error }) = serde_json::from_slice(&answer.body) {
            let details = error.details.unwrap_or(Value::Null);
            let fields = serde_json::from_value(details["fields"].clone()).unwrap_or_default();
            return Problem { status, code: error.code, message: error.message, fields, details, retry_after_secs };
        }
        // /api/auth keeps better-auth's own form, with code and message at the top.
        let top: Value = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
        let text = |name: &str| top[name].as_str().unwrap_or_default().to_owned();
        let (code, message) = (text("code"), text("message"));
        Problem { status, code, message, fields: BTreeMap::new(), details: top, retry_after_secs }
    }

    pub(crate) fn ours(message: String) -> Problem {
        Problem {
            status: 0,
            code: "UNREACHABLE".into(),
            message,
            fields: BTreeMap::new(),
            details: Value::Null,
            retry_after_secs: None,
        }
    }

    pub fn is(&self, status: StatusCode) -> bool {
        self.status == status.as_u16()
    }

    /// The machine readable reason of a conflict.
    pub fn reason(&self) -> &str {
        self.details["reason"].as_str().unwrap_or_default()
    }
}
