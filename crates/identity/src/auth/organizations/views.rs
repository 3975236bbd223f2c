//! Organizations, members and invitations as they stand on the wire of /api/auth.

use domain::{InvitationId, MemberId, OwnerId, UserId};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use wire::staff::{InvitationStatus, InvitationView, StaffView};

use super::roles;
use crate::auth::users::millis;

/// A property owner.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Organization {
    pub id: OwnerId,
    pub name: String,
    /// The register number.
    pub slug: String,
    /// Always null: there is none.
    pub logo: Option<String>,
    /// Always null: there is none.
    pub metadata: Option<Value>,
    #[serde(serialize_with = "millis")]
    pub created_at: Timestamp,
}

/// An organization with who is in it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FullOrganization {
    #[serde(flatten)]
    pub organization: Organization,
    /// Everybody for who may read staff, oneself for the others.
    pub members: Vec<Member>,
    /// For directors.
    pub invitations: Vec<Invitation>,
}

/// Somebody in an organization.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Member {
    pub id: MemberId,
    pub organization_id: OwnerId,
    pub user_id: UserId,
    /// `owner`, `accountant`, `member`, `admin` or `tenant`.
    pub role: &'static str,
    #[serde(serialize_with = "millis")]
    pub created_at: Timestamp,
    pub user: MemberUser,
}

/// The person behind a member.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MemberUser {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub image: Option<String>,
}

/// An invitation.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Invitation {
    pub id: InvitationId,
    pub organization_id: OwnerId,
    /// Null when it went by SMS.
    pub email: Option<String>,
    pub role: &'static str,
    /// `pending`, `accepted`, `rejected` or `canceled`; one that ran out is canceled.
    pub status: &'static str,
    #[serde(serialize_with = "millis")]
    pub expires_at: Timestamp,
    #[serde(serialize_with = "millis")]
    pub created_at: Timestamp,
    pub inviter_id: UserId,
}

/// Where in a list to begin, how much of it, sorted and filtered how.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Members {
    pub members: Vec<Member>,
    /// How many there are, whatever the limit.
    pub total: usize,
}

impl Member {
    pub fn of(owner: OwnerId, staff: StaffView) -> Member {
        let user = MemberUser { id: staff.user_id, name: staff.name, email: staff.email, image: None };
        Member {
            id: staff.id,
            organization_id: owner,
            user_id: staff.user_id,
            role: roles::name(staff.role),
            created_at: staff.created_at,
            user,
        }
    }
}

impl From<InvitationView> for Invitation {
    fn from(view: InvitationView) -> Invitation {
        Invitation {
            id: view.id,
            organization_id: view.owner_id,
            email: view.email,
            role: roles::name(view.role),
            status: match view.status {
                InvitationStatus::Pending => "pending",
                InvitationStatus::Accepted => "accepted",
                InvitationStatus::Rejected => "rejected",
                InvitationStatus::Canceled | InvitationStatus::Expired => "canceled",
            },
            expires_at: view.expires_at,
            created_at: view.created_at,
            inviter_id: view.inviter_id,
        }
    }
}
