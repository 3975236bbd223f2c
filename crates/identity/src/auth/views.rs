//! User and session as they stand on the wire of /api/auth.

use domain::{OwnerId, SessionId, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize, Serializer};
use utoipa::ToSchema;

/// A user, without any secret.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct User {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub email_verified: bool,
    pub image: Option<String>,
    #[serde(serialize_with = "millis")]
    pub created_at: Timestamp,
    #[serde(serialize_with = "millis")]
    pub updated_at: Timestamp,
    pub phone_number: Option<String>,
    pub phone_number_verified: Option<bool>,
    pub two_factor_enabled: bool,
}

/// A session; `token` is the one the request came with.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    pub id: SessionId,
    pub token: String,
    pub user_id: UserId,
    #[serde(serialize_with = "millis")]
    pub expires_at: Timestamp,
    #[serde(serialize_with = "millis")]
    pub created_at: Timestamp,
    #[serde(serialize_with = "millis")]
    pub updated_at: Timestamp,
    pub ip_address: Option<String>,
    pub user_agent: Option<String>,
    pub active_organization_id: Option<OwnerId>,
    #[serde(skip)]
    pub dont_remember: bool,
    #[serde(skip)]
    pub renewed_at: Timestamp,
}

/// The answer of get-session.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SessionAndUser {
    pub session: Session,
    pub user: User,
}

/// What signs in.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SignIn {
    pub email: String,
    pub password: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remember_me: Option<bool>,
    /// Where the client goes afterwards: a path, or an address on a trusted origin.
    #[serde(default, rename = "callbackURL", skip_serializing_if = "Option::is_none")]
    pub callback_url: Option<String>,
}

/// The answer of a sign-in.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SignedIn {
    pub redirect: bool,
    pub token: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    pub user: User,
}

/// The answer of a sign-out.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Success {
    pub success: bool,
}

/// ISO-8601 with milliseconds, the form that the client turns into a date.
fn millis<S: Serializer>(at: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(&format_args!("{at:.3}"))
}
