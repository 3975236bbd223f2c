//! How a telephone keeps its session: a token for an hour, and a refresh token that is good once.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Asks for new tokens.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TokenRequest {
    /// The refresh token that came last. Left out: the first ones for the session whose token is the bearer, right
    /// after signing in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200)]
    pub refresh_token: Option<String>,
}

/// The tokens from now on.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TokenView {
    /// The session's token, for `Authorization: Bearer`; the one before is good no more.
    pub token: String,
    pub token_expires_at: Timestamp,
    /// Good once: it is answered with the next one.
    pub refresh_token: String,
    /// When the session ends unless it is refreshed before.
    pub refresh_expires_at: Timestamp,
}
