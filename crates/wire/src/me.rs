//! Who I am, for whom I work, what I may do.

use domain::{OwnerId, UserId, rights::Action, rights::Role};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The signed-in user.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MeView {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub role: Role,
    /// `mn` or `en`.
    pub locale: String,
    /// The owner whose world I see; null for an admin who chose none.
    pub owner: Option<MyOwner>,
    /// What the role may do.
    pub rights: Vec<Action>,
}

/// The owner I work for.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MyOwner {
    pub id: OwnerId,
    pub name: String,
    pub register_no: String,
}
