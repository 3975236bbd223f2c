//! Where a person rents, over all owners.

use domain::{Money, OwnerId, TenantId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The places of the person who is signed in.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Places {
    pub items: Vec<PlaceView>,
}

/// A place: an owner from whom this person rents, or may rent.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlaceView {
    pub owner_id: OwnerId,
    pub owner_name: String,
    /// `waiting` until the owner has said that the telephone is its tenant's; nothing more is shown before.
    pub state: PlaceState,
    /// The place that is looked at now.
    pub is_chosen: bool,
    pub tenant_id: Option<TenantId>,
    pub tenant_name: Option<String>,
    /// What is owed there.
    pub owed: Option<Money>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum PlaceState {
    Waiting,
    Linked,
}
