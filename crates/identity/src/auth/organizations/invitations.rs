//! The doors of invitations to an organization.

use axum::Json;
use base::App;
use domain::{InvitationId, rights::Action};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::staff::{InvitationStatus, NewInvitation};

use super::{
    Inside, inside,
    members::OneMemberRole,
    not_allowed, places, roles, told,
    views::{Invitation, Member},
};
use crate::{
    auth::{
        AuthError,
        door::{Door, Sent},
        errors::AuthRefusals,
    },
    invitations::{self, queries},
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(invite_member))
        .routes(routes!(accept_invitation))
        .routes(routes!(reject_invitation))
        .routes(routes!(cancel_invitation))
        .routes(routes!(get_invitation))
        .routes(routes!(list_invitations))
        .routes(routes!(list_user_invitations))
}

/// Who is asked, as what.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct NewMemberInvitation {
    email: String,
    role: OneMemberRole,
    #[serde(default)]
    organization_id: Option<String>,
    /// Sends an invitation that waits already once more.
    #[serde(default)]
    resend: Option<bool>,
}

impl Sent for NewMemberInvitation {
    fn check(&self) -> Result<(), AuthError> {
        match crate::auth::is_address(&self.email) {
            true => Ok(()),
            false => Err(AuthError::body("email", "Invalid email address")),
        }
    }
}

/// WhichInvitation invitation.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct WhichInvitation {
    invitation_id: String,
}

impl Sent for WhichInvitation {}

impl WhichInvitation {
    fn id(&self) -> Result<InvitationId, AuthError> {
        self.invitation_id.parse().map_err(|_| not_found())
    }
}

/// WhichInvitation invitation, as the query says it.
#[derive(Deserialize)]
struct ById {
    id: String,
}

impl Sent for ById {}

/// Whose invitations.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Of {
    #[serde(default)]
    organization_id: Option<String>,
}

impl Sent for Of {}

/// An answered invitation, and who somebody is now.
#[derive(Serialize, ToSchema)]
struct AnsweredInvitation {
    invitation: Invitation,
    /// Null when it was declined.
    member: Option<Member>,
}

/// An invitation with what its recipient wants to know.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ShownInvitation {
    #[serde(flatten)]
    invitation: Invitation,
    organization_name: String,
    organization_slug: String,
    inviter_email: String,
}

/// Invites somebody by e-mail.
#[utoipa::path(post, path = "/api/auth/organization/invite-member", operation_id = "inviteMember", tag = "organization",
    request_body = NewMemberInvitation, responses(
    (status = 200, body = Invitation, description = "The invitation; its letter is on the way."), AuthRefusals))]
async fn invite_member(door: Door<NewMemberInvitation>) -> Result<Json<Invitation>, AuthError> {
    inside(&door, door.sent.organization_id.as_deref()).await?;
    let email = door.sent.email.trim().to_lowercase();
    let (role, again) = (door.sent.role.place()?, door.sent.resend == Some(true));
    let invited = door
        .actor
        .transact(async |tx| {
            tx.allow(Action::EditStaff)?;
            if again && let Some(waiting) = queries::waiting_for(tx, &email).await? {
                return invitations::resend(tx, waiting).await;
            }
            let new = NewInvitation { email: Some(email), phone: None, role, property_ids: Vec::new() };
            invitations::invite(tx, &new).await
        })
        .await;
    let right = "YOU_ARE_NOT_ALLOWED_TO_INVITE_USERS_TO_THIS_ORGANIZATION";
    Ok(Json(invited.map_err(|error| told(error, right))?.into()))
}

/// Accepts an invitation to one's own address; the organization is active from then on.
#[utoipa::path(post, path = "/api/auth/organization/accept-invitation", operation_id = "acceptInvitation",
    tag = "organization", request_body = WhichInvitation, responses(
    (status = 200, body = AnsweredInvitation, description = "Accepted."), AuthRefusals))]
async fn accept_invitation(door: Door<WhichInvitation>) -> Result<Json<AnsweredInvitation>, AuthError> {
    let found = door.signed_in().await?;
    let accepted = invitations::accept(&door.actor, door.sent.id()?, &found.user).await;
    let invitation = accepted.map_err(|error| told(error, ""))?;
    let (owner, user) = (invitation.owner_id, &found.user);
    let member = door.actor.transact(async |tx| places::myself(tx, owner, user).await).await?;
    Ok(Json(AnsweredInvitation { invitation: invitation.into(), member }))
}

/// Declines an invitation to one's own address.
#[utoipa::path(post, path = "/api/auth/organization/reject-invitation", operation_id = "rejectInvitation",
    tag = "organization", request_body = WhichInvitation, responses(
    (status = 200, body = AnsweredInvitation, description = "Declined."), AuthRefusals))]
async fn reject_invitation(door: Door<WhichInvitation>) -> Result<Json<AnsweredInvitation>, AuthError> {
    let found = door.signed_in().await?;
    let rejected = invitations::reject(&door.actor, door.sent.id()?, &found.user).await;
    let invitation = rejected.map_err(|error| told(error, ""))?;
    Ok(Json(AnsweredInvitation { invitation: invitation.into(), member: None }))
}

/// Takes an invitation back.
#[utoipa::path(post, path = "/api/auth/organization/cancel-invitation", operation_id = "cancelOrganizationInvitation",
    tag = "organization", request_body = WhichInvitation, responses(
    (status = 200, body = Invitation, description = "Taken back."), AuthRefusals))]
async fn cancel_invitation(door: Door<WhichInvitation>) -> Result<Json<Invitation>, AuthError> {
    door.signed_in().await?;
    let id = door.sent.id()?;
    let canceled = door.actor.transact(async |tx| invitations::cancel(tx, id).await).await;
    let right = "YOU_ARE_NOT_ALLOWED_TO_CANCEL_THIS_INVITATION";
    Ok(Json(canceled.map_err(|error| told(error, right))?.into()))
}

/// An invitation, for the address it went to.
#[utoipa::path(get, path = "/api/auth/organization/get-invitation", operation_id = "getInvitation",
    tag = "organization", params(("id" = String, Query)), responses(
    (status = 200, body = ShownInvitation, description = "The invitation."), AuthRefusals))]
async fn get_invitation(door: Door<ById>) -> Result<Json<ShownInvitation>, AuthError> {
    let found = door.signed_in().await?;
    let id: InvitationId = door.sent.id.parse().map_err(|_| not_found())?;
    let known = door.actor.at_the_door().transact(async |tx| queries::known(tx, id).await).await?;
    let (invitation, owner, inviter_email) =
        known.filter(|(invitation, ..)| invitation.status == InvitationStatus::Pending).ok_or_else(not_found)?;
    if !invitations::is_to(&invitation, &found.user) {
        let code = "YOU_ARE_NOT_THE_RECIPIENT_OF_THE_INVITATION";
        return Err(AuthError::new(StatusCode::FORBIDDEN, code, "You are not the recipient of the invitation"));
    }
    Ok(Json(ShownInvitation {
        invitation: invitation.into(),
        organization_name: owner.name,
        organization_slug: owner.register_no,
        inviter_email,
    }))
}

/// The organization's invitations, newest first.
#[utoipa::path(get, path = "/api/auth/organization/list-invitations", operation_id = "listOrganizationInvitations",
    tag = "organization", params(("organizationId" = Option<String>, Query)), responses(
    (status = 200, body = [Invitation], description = "The invitations."), AuthRefusals))]
async fn list_invitations(door: Door<Of>) -> Result<Json<Vec<Invitation>>, AuthError> {
    let Inside { found, .. } = inside(&door, door.sent.organization_id.as_deref()).await?;
    if !roles::may(found.user.role, "invitation", "create") {
        return Err(not_allowed("YOU_ARE_NOT_ALLOWED_TO_LIST_INVITATIONS"));
    }
    let all = door.actor.transact(async |tx| queries::all(tx).await).await?;
    Ok(Json(all.into_iter().map(Into::into).collect()))
}

/// The invitations that wait for one's own answer.
#[utoipa::path(get, path = "/api/auth/organization/list-user-invitations", operation_id = "listUserInvitations",
    tag = "organization", responses(
    (status = 200, body = [Invitation], description = "The invitations."), AuthRefusals))]
async fn list_user_invitations(door: Door) -> Result<Json<Vec<Invitation>>, AuthError> {
    let user = door.signed_in().await?.user;
    if !user.email_verified {
        let code = "EMAIL_VERIFICATION_REQUIRED_FOR_INVITATION";
        return Err(AuthError::new(StatusCode::FORBIDDEN, code, "Verify your e-mail address first"));
    }
    let now = door.app().clock.now();
    let mine = door.actor.at_the_door().transact(async |tx| queries::to_email(tx, &user.email, now).await).await?;
    Ok(Json(mine.into_iter().map(Into::into).collect()))
}

fn not_found() -> AuthError {
    AuthError::bad("INVITATION_NOT_FOUND", "Invitation not found")
}
