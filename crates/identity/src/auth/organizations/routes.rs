//! The doors of organizations themselves.

use std::collections::BTreeMap;

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use base::App;
use domain::OwnerId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    inside, not_a_member, not_allowed, places, roles, told,
    views::{FullOrganization, Organization},
};
use crate::{
    auth::{
        AuthError,
        door::{Door, Sent},
        errors::{AuthProblem, AuthRefusals},
    },
    invitations, owners,
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(set_active))
        .routes(routes!(get_full_organization))
        .routes(routes!(has_permission))
        .routes(routes!(check_slug))
        .routes(routes!(create))
        .routes(routes!(update))
        .routes(routes!(delete))
}

/// WhichOrganization organization to look at; null for none.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SetActiveOrganization {
    #[serde(default)]
    organization_id: Option<String>,
    #[serde(default)]
    organization_slug: Option<String>,
}

impl Sent for SetActiveOrganization {}

/// WhichOrganization organization, and how many of its members.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct WhichFull {
    #[serde(default)]
    organization_id: Option<String>,
    #[serde(default)]
    organization_slug: Option<String>,
    #[serde(default)]
    members_limit: Option<usize>,
}

impl Sent for WhichFull {}

/// What is asked to be allowed.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct AskedPermissions {
    /// `{"member": ["create"]}`
    permissions: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    organization_id: Option<String>,
}

impl Sent for AskedPermissions {}

/// Whether it is allowed.
#[derive(Serialize, ToSchema)]
struct OrganizationPermission {
    /// Always null.
    error: Option<String>,
    success: bool,
}

/// A slug to look for.
#[derive(Deserialize, ToSchema)]
struct OrganizationSlug {
    slug: String,
}

impl Sent for OrganizationSlug {}

/// It is free.
#[derive(Serialize, ToSchema)]
struct OrganizationSlugIsFree {
    status: bool,
}

/// An organization to be made.
#[derive(Deserialize, ToSchema)]
struct NewOrganization {
    #[expect(dead_code, reason = "nobody makes one here, but a body without it is malformed")]
    name: String,
    #[expect(dead_code, reason = "likewise")]
    slug: String,
}

impl Sent for NewOrganization {}

/// What is to be changed.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct OrganizationUpdate {
    data: OrganizationData,
    #[serde(default)]
    organization_id: Option<String>,
}

/// The fields that can be changed.
#[derive(Deserialize, ToSchema)]
struct OrganizationData {
    #[serde(default)]
    name: Option<String>,
    /// The register number does not change; the same one may be sent along.
    #[serde(default)]
    slug: Option<String>,
    /// There is none to change.
    #[serde(default)]
    logo: Option<String>,
    /// There is none to change.
    #[serde(default)]
    metadata: Option<Value>,
}

impl Sent for OrganizationUpdate {
    fn check(&self) -> Result<(), AuthError> {
        if self.data.logo.is_some() || self.data.metadata.is_some() {
            let field = if self.data.logo.is_some() { "data.logo" } else { "data.metadata" };
            return Err(AuthError::body(field, "An organization has none here"));
        }
        Ok(())
    }
}

/// An organization by its id.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct WhichOrganization {
    organization_id: String,
}

impl Sent for WhichOrganization {}

/// The organizations one is in.
#[utoipa::path(get, path = "/api/auth/organization/list", operation_id = "listOrganizations", tag = "organization",
    responses(
    (status = 200, body = [Organization], description = "Where one works or rents."), AuthRefusals))]
async fn list(door: Door) -> Result<Json<Vec<Organization>>, AuthError> {
    let found = door.signed_in().await?;
    Ok(Json(places::list(&door.actor, &found.user).await?))
}

/// Looks at another organization from now on.
#[utoipa::path(post, path = "/api/auth/organization/set-active", operation_id = "setActiveOrganization",
    tag = "organization", request_body = SetActiveOrganization, responses(
    (status = 200, body = Option<Organization>, description = "The organization; null when none was wanted."), AuthRefusals))]
async fn set_active(door: Door<SetActiveOrganization>) -> Result<Response, AuthError> {
    let found = door.signed_in().await?;
    let wanted = match (&door.sent.organization_id, &door.sent.organization_slug) {
        (None, None) => {
            places::look_at(&door.actor, &found, None).await?;
            return Ok(Json(None::<Organization>).into_response());
        }
        (id, slug) => {
            let mine = places::list(&door.actor, &found.user).await?;
            mine.into_iter().find(|one| named(one, id.as_deref(), slug.as_deref())).ok_or_else(not_a_member)?
        }
    };
    places::look_at(&door.actor, &found, Some(wanted.id)).await?;
    let mut response = Json(Some(wanted)).into_response();
    let mut found = found;
    found.session.token = door.token().unwrap_or_default();
    found.resend(door.app(), &mut response);
    Ok(response)
}

fn named(one: &Organization, id: Option<&str>, slug: Option<&str>) -> bool {
    match id {
        Some(id) => id.parse::<OwnerId>() == Ok(one.id),
        None => slug == Some(one.slug.as_str()),
    }
}

/// The organization at hand with who is in it, or null.
#[utoipa::path(get, path = "/api/auth/organization/get-full-organization", operation_id = "getFullOrganization",
    tag = "organization", params(("organizationId" = Option<String>, Query), ("organizationSlug" = Option<String>, Query),
    ("membersLimit" = Option<u32>, Query)), responses(
    (status = 200, body = Option<FullOrganization>, description = "The organization, or null when none is active."), AuthRefusals))]
async fn get_full_organization(door: Door<WhichFull>) -> Result<Json<Option<FullOrganization>>, AuthError> {
    let asked = (door.sent.organization_id.as_deref(), door.sent.organization_slug.as_deref());
    let found = door.signed_in().await?;
    let Some(owner) = found.session.active_organization_id else {
        return if asked == (None, None) { Ok(Json(None)) } else { Err(not_a_member()) };
    };
    let user = &found.user;
    let full = door
        .actor
        .transact(async |tx| {
            let Some(organization) = places::at_hand(tx, owner).await? else { return Ok(None) };
            let mut members = places::members(tx, owner, user).await?;
            members.truncate(door.sent.members_limit.unwrap_or(usize::MAX));
            let invitations = match roles::may(user.role, "invitation", "create") {
                true => invitations::queries::all(tx).await?.into_iter().map(Into::into).collect(),
                false => Vec::new(),
            };
            Ok(Some(FullOrganization { organization, members, invitations }))
        })
        .await?;
    match full {
        Some(full) if asked == (None, None) || named(&full.organization, asked.0, asked.1) => Ok(Json(Some(full))),
        _ => Err(not_a_member()),
    }
}

/// Whether one may do something in the organization.
#[utoipa::path(post, path = "/api/auth/organization/has-permission", operation_id = "hasOrganizationPermission",
    tag = "organization", request_body = AskedPermissions, responses(
    (status = 200, body = OrganizationPermission, description = "Yes or no."), AuthRefusals))]
async fn has_permission(door: Door<AskedPermissions>) -> Result<Json<OrganizationPermission>, AuthError> {
    let inside = inside(&door, door.sent.organization_id.as_deref()).await?;
    let role = inside.found.user.role;
    let mut asked =
        door.sent.permissions.iter().flat_map(|(resource, actions)| actions.iter().map(move |a| (resource, a)));
    let success = asked.all(|(resource, action)| roles::may(role, resource, action));
    Ok(Json(OrganizationPermission { error: None, success }))
}

/// Whether a slug is free. Only of one's own organizations it is told that it is taken: nobody makes one here, so there
/// is nothing to be had from the answer but knowledge of others.
#[utoipa::path(post, path = "/api/auth/organization/check-slug", operation_id = "checkOrganizationSlug",
    tag = "organization", request_body = OrganizationSlug, responses(
    (status = 200, body = OrganizationSlugIsFree, description = "OrganizationSlugIsFree."), AuthRefusals))]
async fn check_slug(door: Door<OrganizationSlug>) -> Result<Json<OrganizationSlugIsFree>, AuthError> {
    let found = door.signed_in().await?;
    let mine = places::list(&door.actor, &found.user).await?;
    if mine.iter().any(|one| one.slug == door.sent.slug) {
        return Err(AuthError::bad("ORGANIZATION_SLUG_ALREADY_TAKEN", "Organization slug already taken"));
    }
    Ok(Json(OrganizationSlugIsFree { status: true }))
}

/// Refused: an owner registers with its register number, under its own door.
#[utoipa::path(post, path = "/api/auth/organization/create", operation_id = "createOrganization", tag = "organization",
    request_body = NewOrganization, responses(
    (status = 200, body = Organization, description = "Never."), AuthRefusals))]
async fn create(door: Door<NewOrganization>) -> Result<Json<Organization>, AuthError> {
    door.signed_in().await?;
    Err(not_allowed("YOU_ARE_NOT_ALLOWED_TO_CREATE_A_NEW_ORGANIZATION"))
}

/// Changes the organization's name.
#[utoipa::path(post, path = "/api/auth/organization/update", operation_id = "updateOrganization", tag = "organization",
    request_body = OrganizationUpdate, responses(
    (status = 200, body = Organization, description = "As it is now."),
    (status = 409, body = AuthProblem, description = "Somebody changed it this very moment."), AuthRefusals))]
async fn update(door: Door<OrganizationUpdate>) -> Result<Json<Organization>, AuthError> {
    let owner = inside(&door, door.sent.organization_id.as_deref()).await?.owner;
    let data = &door.sent.data;
    let done = door
        .actor
        .transact(async |tx| {
            let now = places::at_hand(tx, owner).await?.ok_or(base::Error::NotFound("owner"))?;
            if data.slug.as_ref().is_some_and(|slug| *slug != now.slug) {
                return Ok(None);
            }
            if let Some(name) = &data.name {
                owners::rename(tx, owner, name).await?;
            }
            places::at_hand(tx, owner).await
        })
        .await;
    let done = done.map_err(|error| told(error, "YOU_ARE_NOT_ALLOWED_TO_UPDATE_THIS_ORGANIZATION"))?;
    done.map(Json).ok_or_else(|| AuthError::body("data.slug", "The register number does not change"))
}

/// Refused: an owner's books are kept for years.
#[utoipa::path(post, path = "/api/auth/organization/delete", operation_id = "deleteOrganization", tag = "organization",
    request_body = WhichOrganization, responses(
    (status = 200, body = Organization, description = "Never."), AuthRefusals))]
async fn delete(door: Door<WhichOrganization>) -> Result<Json<Organization>, AuthError> {
    inside(&door, Some(&door.sent.organization_id)).await?;
    Err(not_allowed("YOU_ARE_NOT_ALLOWED_TO_DELETE_THIS_ORGANIZATION"))
}
