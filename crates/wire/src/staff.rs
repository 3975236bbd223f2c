//! Who works for an owner, and who is asked to.

use domain::{InvitationId, MemberId, OwnerId, PropertyId, UserId, rights::Role};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Somebody who works for the owner.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StaffView {
    pub id: MemberId,
    pub user_id: UserId,
    pub name: String,
    pub email: String,
    /// `+97699112233`
    pub phone: Option<String>,
    pub role: Role,
    /// Where an employee works; the others see every property.
    pub property_ids: Vec<PropertyId>,
    pub two_factor_enabled: bool,
    /// Since when they may not come in.
    pub disabled_at: Option<Timestamp>,
    pub version: i32,
    pub created_at: Timestamp,
}

/// Changes somebody's place; what is left out stays. A new role and being disabled end their sessions at once.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct StaffChange {
    /// The version that was read; another one is a conflict.
    pub version: i32,
    /// `owner_director`, `owner_accountant` or `employee`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// For employees: all the properties they are to work in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 1000)]
    pub property_ids: Option<Vec<PropertyId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
}

/// Asks somebody to work for the owner, by e-mail or by SMS.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewInvitation {
    /// This or a telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 320, example = "nomin@example.mn")]
    pub email: Option<String>,
    /// Eight digits, as people write them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 40, example = "9911 0001")]
    pub phone: Option<String>,
    /// `owner_director`, `owner_accountant` or `employee`.
    pub role: Role,
    /// For employees: where they are to work.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 1000)]
    pub property_ids: Vec<PropertyId>,
}

/// How far an invitation got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum InvitationStatus {
    Pending,
    /// It was not answered in time.
    Expired,
    Accepted,
    Rejected,
    Canceled,
}

/// An invitation as the owner sees it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvitationView {
    pub id: InvitationId,
    pub owner_id: OwnerId,
    pub email: Option<String>,
    /// `+97699112233`
    pub phone: Option<String>,
    pub role: Role,
    pub property_ids: Vec<PropertyId>,
    pub status: InvitationStatus,
    pub inviter_id: UserId,
    pub expires_at: Timestamp,
    pub created_at: Timestamp,
}

/// An invitation as whoever holds its link sees it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvitedView {
    pub organization_name: String,
    pub role: Role,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub expires_at: Timestamp,
    /// The address has an account: sign in first, then accept without a name and a password.
    pub has_account: bool,
}

/// Accepts an invitation. Whoever is signed in joins as they are; everyone else gets an account.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Acceptance {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 200)]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 8, max_length = 128)]
    pub password: Option<String>,
}

/// Where somebody works now.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Accepted {
    pub owner_id: OwnerId,
    pub role: Role,
    /// The session's, when one was opened; the cookie and `set-auth-token` carry it too.
    pub token: Option<String>,
}
