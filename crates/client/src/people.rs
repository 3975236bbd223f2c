//! Who works for an owner, who rents where, and what they did.

use domain::{InvitationId, MemberId, OwnerId, TenantLinkId};
use serde_json::json;
use wire::{
    Page, Paging,
    audit::{AuditFilter, AuditRow},
    places::Places,
    staff::{Acceptance, Accepted, InvitationView, InvitedView, NewInvitation, StaffChange, StaffView},
    tenant_links::{LinkReason, TenantLinkFilter, TenantLinkView},
};

use crate::{Client, auth::Cookies, problem::Result};

impl Client {
    pub async fn staff(&self, paging: &Paging) -> Result<Page<StaffView>> {
        self.get("/v2/staff", paging).await
    }

    pub async fn member(&self, id: MemberId) -> Result<StaffView> {
        self.get(&format!("/v2/staff/{id}"), &()).await
    }

    pub async fn change_member(&self, id: MemberId, change: &StaffChange) -> Result<StaffView> {
        self.patch(&format!("/v2/staff/{id}"), change).await
    }

    pub async fn remove_member(&self, id: MemberId) -> Result<StaffView> {
        self.post(&format!("/v2/staff/{id}/removal"), &json!({})).await
    }

    pub async fn invitations(&self, paging: &Paging) -> Result<Page<InvitationView>> {
        self.get("/v2/staff/invitations", paging).await
    }

    pub async fn invite(&self, new: &NewInvitation) -> Result<InvitationView> {
        self.post("/v2/staff/invitations", new).await
    }

    pub async fn resend_invitation(&self, id: InvitationId) -> Result<InvitationView> {
        self.post(&format!("/v2/staff/invitations/{id}/sending"), &json!({})).await
    }

    pub async fn cancel_invitation(&self, id: InvitationId) -> Result<InvitationView> {
        self.post(&format!("/v2/staff/invitations/{id}/cancellation"), &json!({})).await
    }

    /// The invitation behind a link.
    pub async fn invited(&self, token: &str) -> Result<InvitedView> {
        self.get(&format!("/v2/invitations/{token}"), &()).await
    }

    pub async fn accept_invitation(&self, token: &str, said: &Acceptance) -> Result<(Accepted, Cookies)> {
        self.post_for_cookies(&format!("/v2/invitations/{token}/acceptance"), said).await
    }

    /// Where I rent.
    pub async fn places(&self) -> Result<Places> {
        self.get("/v2/places", &()).await
    }

    /// Looks for contracts under my telephone and asks their owners.
    pub async fn seek_places(&self) -> Result<Places> {
        self.post("/v2/places", &json!({})).await
    }

    pub async fn choose_place(&self, owner: OwnerId) -> Result<Places> {
        self.post(&format!("/v2/places/{owner}/choice"), &json!({})).await
    }

    pub async fn tenant_links(&self, filter: &TenantLinkFilter) -> Result<Page<TenantLinkView>> {
        self.get("/v2/tenant-links", filter).await
    }

    pub async fn confirm_tenant_link(&self, id: TenantLinkId) -> Result<TenantLinkView> {
        self.post(&format!("/v2/tenant-links/{id}/confirmation"), &json!({})).await
    }

    pub async fn refuse_tenant_link(&self, id: TenantLinkId, why: &LinkReason) -> Result<TenantLinkView> {
        self.post(&format!("/v2/tenant-links/{id}/refusal"), why).await
    }

    pub async fn end_tenant_link(&self, id: TenantLinkId, why: &LinkReason) -> Result<TenantLinkView> {
        self.post(&format!("/v2/tenant-links/{id}/ending"), why).await
    }

    /// What was done, newest first.
    pub async fn audit(&self, filter: &AuditFilter) -> Result<Page<AuditRow>> {
        self.get("/v2/audit", filter).await
    }
}
