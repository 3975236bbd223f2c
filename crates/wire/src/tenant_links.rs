//! People whose telephone is a tenant's, as the owner's staff see them.

use domain::{TenantId, TenantLinkId, tenant_link::TenantLinkStatus};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A person who wants to see a tenant's contracts.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TenantLinkView {
    pub id: TenantLinkId,
    /// `waiting`, `linked`, `refused` or `ended`.
    pub status: TenantLinkStatus,
    pub tenant_id: TenantId,
    pub tenant_name: String,
    /// Eight digits: the person's verified telephone, which is the tenant's too.
    pub phone: String,
    pub decided_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

/// Which of them are asked for; newest first.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct TenantLinkFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<TenantLinkStatus>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// Why a person is refused, or is not the tenant any more.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkReason {
    #[serde(default)]
    #[schema(max_length = 500)]
    pub reason: String,
}
