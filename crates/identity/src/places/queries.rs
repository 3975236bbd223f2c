//! Every question asked about places. Two are answered by functions that look over all owners, for the person whose
//! session it is (migration 0011).

use base::{Error, Result, Tx, params};
use domain::{OwnerId, TenantId, TenantLinkId, UserId};
use tokio_postgres::Row;
use wire::places::{PlaceState, PlaceView};

/// A tenant with this person's telephone, whose owner was not asked.
pub struct Unasked {
    pub owner: OwnerId,
    pub tenant: TenantId,
    pub phone: String,
}

pub async fn unasked(tx: &Tx) -> Result<Vec<Unasked>> {
    let rows = tx.all("select owner_id, tenant_id, phone from app_unasked_tenants()", &[]).await?;
    let unasked =
        |row: &Row| Unasked { owner: row.get("owner_id"), tenant: row.get("tenant_id"), phone: row.get("phone") };
    Ok(rows.iter().map(unasked).collect())
}

/// Whether it was not there yet.
pub async fn ask(tx: &Tx, id: TenantLinkId, user: UserId, unasked: &Unasked) -> Result<bool> {
    let rows = tx
        .touch(
            "insert into tenant_links (id, tenant_id, user_id, phone) values ($1, $2, $3, $4)
             on conflict (owner_id, tenant_id, user_id) do nothing",
            &[&id, &unasked.tenant, &user, &unasked.phone],
        )
        .await?;
    Ok(rows == 1)
}

pub async fn places(tx: &Tx) -> Result<Vec<PlaceView>> {
    let rows = tx
        .all(
            "select owner_id, owner_name, status, tenant_id, tenant_name, owed,
                    status = 'linked' and owner_id is not distinct from (select app_owner_id()) as is_chosen
               from app_places()",
            &[],
        )
        .await?;
    Ok(rows.iter().map(place).collect())
}

/// Which owner this session looks at; none: nobody's, or the first place.
pub async fn choose(tx: &Tx, owner: Option<OwnerId>) -> Result<()> {
    let token = tx.actor().session_token().ok_or(Error::Unauthorized)?;
    tx.later("update sessions set active_owner_id = $2 where token_hash = $1", params![token.0.to_vec(), owner]).await
}

fn place(row: &Row) -> PlaceView {
    PlaceView {
        owner_id: row.get("owner_id"),
        owner_name: row.get("owner_name"),
        state: match row.get("status") {
            "linked" => PlaceState::Linked,
            _ => PlaceState::Waiting,
        },
        is_chosen: row.get("is_chosen"),
        tenant_id: row.get("tenant_id"),
        tenant_name: row.get("tenant_name"),
        owed: row.get("owed"),
    }
}
