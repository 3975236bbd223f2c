//! The doors of invitations: under /v2/staff/invitations for the owner, under /v2/invitations for whoever holds a link.

use axum::response::{IntoResponse, Response};
use base::{Actor, App, Json, Path, Query, Refusals, Result, lists::Window};
use domain::{InvitationId, rights::Action};
use http::{HeaderMap, StatusCode};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page, Paging,
    staff::{Acceptance, Accepted, InvitationView, InvitedView, NewInvitation},
};

use super::queries;
use crate::auth;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, invite))
        .routes(routes!(resend))
        .routes(routes!(cancel))
        .routes(routes!(show))
        .routes(routes!(accept))
}

/// The owner's invitations, newest first.
#[utoipa::path(get, path = "/v2/staff/invitations", operation_id = "listInvitations", tag = "staff", params(Paging),
    responses((status = 200, body = Page<InvitationView>), Refusals))]
async fn list(actor: Actor, Query(paging): Query<Paging>) -> Result<Json<Page<InvitationView>>> {
    let window: Window<InvitationId> = Window::new(paging.limit, paging.cursor.as_deref())?;
    let invitations = actor
        .transact(async |tx| {
            tx.allow(Action::EditStaff)?;
            queries::page(tx, &window).await
        })
        .await?;
    Ok(Json(window.page(invitations, |invitation| invitation.id)))
}

/// Invites somebody by e-mail or SMS; the link in it is good for 48 hours.
#[utoipa::path(post, path = "/v2/staff/invitations", operation_id = "inviteStaff", tag = "staff",
    request_body = NewInvitation, responses((status = 201, body = InvitationView), Refusals))]
async fn invite(actor: Actor, Json(new): Json<NewInvitation>) -> Result<(StatusCode, Json<InvitationView>)> {
    let invitation = actor.transact(async |tx| super::invite(tx, &new).await).await?;
    Ok((StatusCode::CREATED, Json(invitation)))
}

/// Sends a waiting invitation once more, good for another 48 hours.
#[utoipa::path(post, path = "/v2/staff/invitations/{id}/sending", operation_id = "resendInvitation", tag = "staff",
    params(("id" = InvitationId, Path)), responses((status = 200, body = InvitationView), Refusals))]
async fn resend(actor: Actor, Path(id): Path<InvitationId>) -> Result<Json<InvitationView>> {
    actor.transact(async |tx| super::resend(tx, id).await).await.map(Json)
}

/// Takes a waiting invitation back.
#[utoipa::path(post, path = "/v2/staff/invitations/{id}/cancellation", operation_id = "cancelInvitation", tag = "staff",
    params(("id" = InvitationId, Path)), responses((status = 200, body = InvitationView), Refusals))]
async fn cancel(actor: Actor, Path(id): Path<InvitationId>) -> Result<Json<InvitationView>> {
    actor.transact(async |tx| super::cancel(tx, id).await).await.map(Json)
}

/// An invitation, for whoever holds its link.
#[utoipa::path(get, path = "/v2/invitations/{token}", operation_id = "getInvited", tag = "staff", security(()),
    params(("token" = String, Path)), responses((status = 200, body = InvitedView), Refusals))]
async fn show(actor: Actor, Path(token): Path<String>) -> Result<Json<InvitedView>> {
    super::show(&actor, &token).await.map(Json)
}

/// Accepts an invitation: as the one who is signed in, else with a new account, which is signed in at once.
#[utoipa::path(post, path = "/v2/invitations/{token}/acceptance", operation_id = "acceptInvited", tag = "staff",
    security((), ("bearer" = []), ("cookie" = [])), params(("token" = String, Path)), request_body = Acceptance,
    responses((status = 200, body = Accepted), Refusals))]
async fn accept(
    actor: Actor,
    headers: HeaderMap,
    Path(token): Path<String>,
    Json(said): Json<Acceptance>,
) -> Result<Response> {
    let user = auth::current(&actor).await?.map(|found| found.user);
    let (invitation, admission) = super::accept_by_link(&actor, &token, user, &said, &headers).await?;
    let accepted = |token| Accepted { owner_id: invitation.owner_id, role: invitation.role, token };
    Ok(match admission {
        Some(admission) => admission.answer(&actor.app, |opened| accepted(Some(opened.token.clone()))),
        None => Json(accepted(None)).into_response(),
    })
}
