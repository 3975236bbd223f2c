//! Tenants: the customer as a legal person.

use domain::{TenantId, rooms::TenantKind};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A tenant.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TenantView {
    pub id: TenantId,
    pub kind: TenantKind,
    pub name: String,
    /// A company's seven digits or a citizen's two letters and eight digits.
    pub register_no: Option<String>,
    pub tin: Option<String>,
    pub director: Option<String>,
    /// Eight digits.
    pub phone: Option<String>,
    pub second_phone: Option<String>,
    pub email: Option<String>,
    pub version: i32,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// A new tenant.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewTenant {
    pub kind: TenantKind,
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub register_no: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tin: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub director: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_phone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Why it is entered although somebody like it is known (`SIMILAR_TENANT`); a known register number is never entered
    /// a second time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500, example = "Ижил нэртэй өөр хүн")]
    pub anyway_because: Option<String>,
}

/// Somebody known who may be the one that was about to be entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SimilarTenant {
    pub id: TenantId,
    pub kind: TenantKind,
    pub name: String,
    pub register_no: Option<String>,
    pub phone: Option<String>,
    /// What is alike: `registerNo`, `tin`, `phone`, `name`.
    pub by: Vec<String>,
}

/// Changes a tenant; what is left out stays, null takes a fact away.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TenantChange {
    pub version: i32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, with = "crate::page::set", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub register_no: Option<Option<String>>,
    #[serde(default, with = "crate::page::set", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub tin: Option<Option<String>>,
    #[serde(default, with = "crate::page::set", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub director: Option<Option<String>>,
    #[serde(default, with = "crate::page::set", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub phone: Option<Option<String>>,
    #[serde(default, with = "crate::page::set", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub second_phone: Option<Option<String>>,
    #[serde(default, with = "crate::page::set", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub email: Option<Option<String>>,
}

/// Which tenants are asked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct TenantFilter {
    /// Part of the name, the director's, the register or tax number, a telephone or the e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}
