//! People whose telephone is a tenant's: the owner's staff say whether they are the tenant. From then on the person sees
//! the tenant's contracts, bills and payments; until then, nothing of them.

mod export;
mod news;
mod queries;
mod routes;

use base::{Conflict, Error, Result, Slice, Tx, audit::Note};
use domain::{TenantLinkId, rights::Action, tenant_link::TenantLinkStatus};
use serde_json::json;
use wire::tenant_links::TenantLinkView;

pub use self::news::TenantLinkDecided;

pub fn slice() -> Slice {
    Slice::new("tenant-links").routes(routes::routes())
}

/// Says that the person is the tenant.
pub async fn confirm(tx: &Tx, id: TenantLinkId) -> Result<TenantLinkView> {
    tx.allow(Action::DecideTenantLinks)?;
    let link = queries::lock(tx, id).await?.ok_or(Error::NotFound("tenant-link"))?;
    let status = link.view.status.transition_to(TenantLinkStatus::Linked)?;
    if !link.has_phone {
        return Err(Conflict::new("TENANT_HAS_ANOTHER_PHONE").into());
    }
    if link.tenant_user.is_some() {
        return Err(Conflict::new("TENANT_HAS_A_PERSON").into());
    }
    queries::link(tx, link.view.tenant_id, Some(link.user)).await?;
    decide(tx, link.view, status, String::new()).await
}

/// Says that the person is not the tenant.
pub async fn refuse(tx: &Tx, id: TenantLinkId, reason: String) -> Result<TenantLinkView> {
    tx.allow(Action::DecideTenantLinks)?;
    let link = queries::lock(tx, id).await?.ok_or(Error::NotFound("tenant-link"))?;
    let status = link.view.status.transition_to(TenantLinkStatus::Refused)?;
    decide(tx, link.view, status, reason).await
}

/// Says that the person is the tenant no more; the next request of that person sees nothing of it.
pub async fn end(tx: &Tx, id: TenantLinkId, reason: String) -> Result<TenantLinkView> {
    tx.allow(Action::DecideTenantLinks)?;
    let link = queries::lock(tx, id).await?.ok_or(Error::NotFound("tenant-link"))?;
    let status = link.view.status.transition_to(TenantLinkStatus::Ended)?;
    queries::link(tx, link.view.tenant_id, None).await?;
    decide(tx, link.view, status, reason).await
}

/// Stores what was said, notes it down and lets the person know.
async fn decide(tx: &Tx, link: TenantLinkView, status: TenantLinkStatus, reason: String) -> Result<TenantLinkView> {
    let action = match status {
        TenantLinkStatus::Linked => "tenant_link.confirm",
        TenantLinkStatus::Ended => "tenant_link.end",
        TenantLinkStatus::Refused | TenantLinkStatus::Waiting => "tenant_link.refuse",
    };
    let decided_at = queries::save(tx, link.id, status).await?;
    tx.note(Note {
        action,
        id: Some(link.id.0),
        before: Some(json!({ "status": link.status })),
        after: Some(json!({ "status": status, "tenantId": link.tenant_id })),
        reason: Some(reason).filter(|reason| !reason.is_empty()),
    })
    .await?;
    tx.promise(&TenantLinkDecided { link: link.id, status }).await?;
    Ok(TenantLinkView { status, decided_at: Some(decided_at), ..link })
}
