//! Every question asked about sessions that are kept by refreshing.

use base::{Result, Tx, params, secrets::TokenHash};
use domain::{OwnerId, SessionId, UserId};
use jiff::Timestamp;
use tokio_postgres::Row;

use super::Times;

/// A session that is locked, and where its refresh tokens stand.
pub struct Kept {
    pub id: SessionId,
    pub user: UserId,
    pub opened_at: Timestamp,
    pub expires_at: Timestamp,
    pub token_expires_at: Timestamp,
    pub dont_remember: bool,
    pub current: Option<TokenHash>,
    pub parent: Option<TokenHash>,
    pub salt: Option<[u8; 32]>,
    /// The current one took its parent's place a few seconds ago.
    pub in_grace: bool,
}

/// One step from a refresh token to the next.
pub struct Step {
    pub token: TokenHash,
    pub parent: TokenHash,
    pub next: TokenHash,
    pub salt: [u8; 32],
}

/// Whose session it is, and for which owner they work.
pub async fn whose(tx: &Tx, id: SessionId) -> Result<Option<(UserId, Option<OwnerId>)>> {
    let sql = "select s.user_id, p.owner_id from sessions s join profiles p on p.user_id = s.user_id where s.id = $1";
    Ok(tx.last().maybe(sql, &[&id]).await?.map(|row| (row.get("user_id"), row.get("owner_id"))))
}

/// The same for a session's token.
pub async fn whose_token(tx: &Tx, hash: TokenHash) -> Result<Option<(UserId, Option<OwnerId>)>> {
    let sql =
        "select s.user_id, p.owner_id from sessions s join profiles p on p.user_id = s.user_id where s.token_hash = $1";
    Ok(tx.last().maybe(sql, &[&hash.0.as_slice()]).await?.map(|row| (row.get("user_id"), row.get("owner_id"))))
}

/// Locks the session of a refresh token, if it still lives.
pub async fn lock(tx: &Tx, id: SessionId, now: Timestamp) -> Result<Option<Kept>> {
    let row = tx
        .maybe(
            // The grace is measured by Postgres's clock, the one that all nodes share.
            "select s.id, s.user_id, s.created_at, s.expires_at, s.token_expires_at, s.dont_remember, s.refresh_hash,
                    s.refresh_parent_hash, s.refresh_salt,
                    coalesce(s.refreshed_at > clock_timestamp() - interval '10 seconds', false) as in_grace
               from sessions s
               join users u on u.id = s.user_id and u.disabled_at is null
              where s.id = $1 and s.expires_at > $2 and s.refresh_hash is not null
                for no key update of s",
            &[&id, &now],
        )
        .await?;
    Ok(row.as_ref().map(kept))
}

/// Locks the session whose token it is, if it still lives.
pub async fn lock_by_token(tx: &Tx, hash: TokenHash, now: Timestamp) -> Result<Option<Kept>> {
    let row = tx
        .maybe(
            "select s.id, s.user_id, s.created_at, s.expires_at, s.token_expires_at, s.dont_remember, s.refresh_hash,
                    s.refresh_parent_hash, s.refresh_salt, false as in_grace
               from sessions s
               join users u on u.id = s.user_id and u.disabled_at is null
              where s.token_hash = $1 and s.expires_at > $2 and (s.token_expires_at is null or s.token_expires_at > $2)
                for no key update of s",
            &[&hash.0.as_slice(), &now],
        )
        .await?;
    Ok(row.as_ref().map(kept))
}

/// Gives a session its first refresh token.
pub async fn begin(tx: &Tx, id: SessionId, first: TokenHash, times: &Times) -> Result<()> {
    tx.later(
        "update sessions set refresh_hash = $2, refresh_parent_hash = null, refresh_salt = null, refreshed_at = null,
                renewed_at = $3, token_expires_at = $4, expires_at = $5
          where id = $1",
        params![id, first.0.to_vec(), times.now, times.token_expires_at, times.expires_at],
    )
    .await
}

/// Puts the next tokens in the place of those that are there.
pub async fn advance(tx: &Tx, id: SessionId, step: Step, times: &Times) -> Result<()> {
    tx.later(
        "update sessions set token_hash = $2, refresh_parent_hash = $3, refresh_hash = $4, refresh_salt = $5,
                refreshed_at = clock_timestamp(), renewed_at = $6, token_expires_at = $7, expires_at = $8
          where id = $1",
        params![
            id,
            step.token.0.to_vec(),
            step.parent.0.to_vec(),
            step.next.0.to_vec(),
            step.salt.to_vec(),
            times.now,
            times.token_expires_at,
            times.expires_at,
        ],
    )
    .await
}

pub async fn end(tx: &Tx, id: SessionId) -> Result<()> {
    tx.later("delete from sessions where id = $1", params![id]).await
}

fn kept(row: &Row) -> Kept {
    let bytes = |name: &str| row.get::<_, Option<&[u8]>>(name).and_then(|bytes| bytes.try_into().ok());
    let expires_at = row.get("expires_at");
    Kept {
        id: row.get("id"),
        user: row.get("user_id"),
        opened_at: row.get("created_at"),
        expires_at,
        token_expires_at: row.get::<_, Option<_>>("token_expires_at").unwrap_or(expires_at),
        dont_remember: row.get("dont_remember"),
        current: bytes("refresh_hash").map(TokenHash),
        parent: bytes("refresh_parent_hash").map(TokenHash),
        salt: bytes("refresh_salt"),
        in_grace: row.get("in_grace"),
    }
}
