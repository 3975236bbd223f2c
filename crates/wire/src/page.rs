//! What all lists and all refusals look like.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A page of a list; `nextCursor` is null on the last one.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Page<T> {
    pub items: Vec<T>,
    pub next_cursor: Option<String>,
}

/// Every refusal under /v2.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Envelope {
    pub error: Refusal,
}

/// Why the request was not carried out.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Refusal {
    /// One of a short published list: `VALIDATION_ERROR`, `NOT_FOUND`, `CONFLICT`, …
    pub code: String,
    /// A sentence for people, Mongolian unless Accept-Language asks for English.
    pub message: String,
    /// Validation: `fields`, each path with its sentences. Conflict: `reason` and the facts that belong to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub details: Option<serde_json::Value>,
}
