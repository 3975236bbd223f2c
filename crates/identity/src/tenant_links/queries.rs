//! Every question asked about tenant links.

use base::{Conditions, Result, Tx, lists::Window, params};
use domain::{TenantId, TenantLinkId, UserId, tenant_link::TenantLinkStatus};
use jiff::Timestamp;
use tokio_postgres::Row;
use wire::tenant_links::{TenantLinkFilter, TenantLinkView};

/// A link that is about to be decided.
pub struct Locked {
    pub view: TenantLinkView,
    pub user: UserId,
    /// The person who is the tenant by now.
    pub tenant_user: Option<UserId>,
    /// The telephone is still the tenant's.
    pub has_phone: bool,
}

/// Newest first; the last question of its transaction.
pub async fn page(tx: &Tx, filter: &TenantLinkFilter, window: &Window<TenantLinkId>) -> Result<Vec<TenantLinkView>> {
    let mut asked = Conditions::new();
    asked.and("l.owner_id = (select app_owner_id())", params![]);
    if let Some(status) = filter.status {
        asked.and("l.status = {0}", params![status]);
    }
    if let Some(id) = window.after {
        asked.and("l.id < {0}", params![id]);
    }
    let limit = asked.value(Box::new(window.rows()));
    let sql = format!(
        "select l.id, l.status, l.tenant_id, t.name as tenant_name, l.phone, l.decided_at, l.created_at
           from tenant_links l
           join tenants t on t.owner_id = l.owner_id and t.id = l.tenant_id{}
          order by l.id desc
          limit {limit}",
        asked.sql()
    );
    let rows = tx.last().all(&sql, &asked.values()).await?;
    Ok(rows.iter().map(view).collect())
}

pub async fn find(tx: &Tx, id: TenantLinkId) -> Result<Option<TenantLinkView>> {
    let row = tx
        .last()
        .maybe(
            "select l.id, l.status, l.tenant_id, t.name as tenant_name, l.phone, l.decided_at, l.created_at
               from tenant_links l
               join tenants t on t.owner_id = l.owner_id and t.id = l.tenant_id
              where l.id = $1",
            &[&id],
        )
        .await?;
    Ok(row.as_ref().map(view))
}

/// The link and its tenant, both held until the transaction ends: two people are not confirmed as one tenant.
pub async fn lock(tx: &Tx, id: TenantLinkId) -> Result<Option<Locked>> {
    let row = tx
        .maybe(
            "select l.id, l.status, l.tenant_id, t.name as tenant_name, l.phone, l.decided_at, l.created_at, l.user_id,
                    t.user_id as tenant_user, coalesce(l.phone in (t.phone, t.second_phone), false) as has_phone
               from tenant_links l
               join tenants t on t.owner_id = l.owner_id and t.id = l.tenant_id
              where l.id = $1
                for no key update",
            &[&id],
        )
        .await?;
    Ok(row.as_ref().map(|row| Locked {
        view: view(row),
        user: row.get("user_id"),
        tenant_user: row.get("tenant_user"),
        has_phone: row.get("has_phone"),
    }))
}

/// Who signs in as this tenant.
pub async fn link(tx: &Tx, tenant: TenantId, user: Option<UserId>) -> Result<()> {
    tx.later("update tenants set user_id = $2, version = version + 1 where id = $1", params![tenant, user]).await
}

/// When it was decided.
pub async fn save(tx: &Tx, id: TenantLinkId, status: TenantLinkStatus) -> Result<Timestamp> {
    let row = tx
        .one(
            "update tenant_links set status = $2, decided_at = $3 where id = $1 returning decided_at",
            &[&id, &status, &tx.clock().now()],
        )
        .await?;
    Ok(row.get("decided_at"))
}

fn view(row: &Row) -> TenantLinkView {
    TenantLinkView {
        id: row.get("id"),
        status: row.get("status"),
        tenant_id: row.get("tenant_id"),
        tenant_name: row.get("tenant_name"),
        phone: row.get("phone"),
        decided_at: row.get("decided_at"),
        created_at: row.get("created_at"),
    }
}
