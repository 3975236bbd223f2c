//! Every question asked about sessions; in the part `auth`, which sees those of all users.

use base::{Result, Tx, params, secrets::TokenHash};
use domain::{SessionId, UserId};
use jiff::Timestamp;
use tokio_postgres::Row;

use super::{Session, SessionAndUser};
use crate::auth::users::{user, user_columns};

pub struct NewSession {
    pub id: SessionId,
    pub hash: TokenHash,
    pub user: UserId,
    pub remember: bool,
    pub opened_at: Timestamp,
    pub expires_at: Timestamp,
    pub agent: Option<String>,
}

pub async fn open(tx: &Tx, new: NewSession) -> Result<()> {
    tx.later(
        "insert into sessions (id, token_hash, user_id, dont_remember, ip_address, user_agent, expires_at, renewed_at,
                               created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $8)",
        params![
            new.id,
            new.hash.0.to_vec(),
            new.user,
            !new.remember,
            tx.actor().ip.map(|ip| ip.to_string()),
            new.agent,
            new.expires_at,
            new.opened_at,
        ],
    )
    .await
}

/// The living session behind a token, with its user.
pub async fn find(tx: &Tx, hash: TokenHash, now: Timestamp) -> Result<Option<SessionAndUser>> {
    let row = tx
        .maybe(
            concat!(
                "select ",
                user_columns!(),
                ", s.id as session_id, s.expires_at, s.created_at as opened_at, s.updated_at as used_at, s.ip_address,
                   s.user_agent, s.dont_remember, s.renewed_at, coalesce(p.owner_id, s.active_owner_id) as active_owner_id
                   from sessions s
                   join users u on u.id = s.user_id and u.disabled_at is null
                   join profiles p on p.user_id = u.id and p.disabled_at is null
                  where s.token_hash = $1 and s.expires_at > $2
                    and (s.token_expires_at is null or s.token_expires_at > $2)"
            ),
            &[&hash.0.as_slice(), &now],
        )
        .await?;
    Ok(row.map(|row| SessionAndUser { user: user(&row), session: session(&row) }))
}

pub async fn renew(tx: &Tx, id: SessionId, now: Timestamp, expires_at: Timestamp) -> Result<()> {
    tx.later("update sessions set renewed_at = $2, expires_at = $3 where id = $1", params![id, now, expires_at]).await
}

pub async fn end(tx: &Tx, hash: TokenHash) -> Result<Option<SessionId>> {
    let row = tx.maybe("delete from sessions where token_hash = $1 returning id", &[&hash.0.as_slice()]).await?;
    Ok(row.map(|row| row.get("id")))
}

/// The living sessions of a user, newest first.
pub async fn of_user(tx: &Tx, user: UserId, now: Timestamp) -> Result<Vec<Session>> {
    let rows = tx
        .last()
        .all(
            "select u.id, s.id as session_id, s.expires_at, s.created_at as opened_at, s.updated_at as used_at, s.ip_address,
                    s.user_agent, s.dont_remember, s.renewed_at, coalesce(p.owner_id, s.active_owner_id) as active_owner_id
               from sessions s
               join users u on u.id = s.user_id
               join profiles p on p.user_id = u.id
              where s.user_id = $1 and s.expires_at > $2
              order by s.created_at desc, s.id desc",
            &[&user, &now],
        )
        .await?;
    Ok(rows.iter().map(session).collect())
}

/// Ends one session of the user, found by its id or its token.
pub async fn end_one(tx: &Tx, user: UserId, id: Option<SessionId>, hash: TokenHash) -> Result<Option<SessionId>> {
    let row = tx
        .maybe(
            "delete from sessions where user_id = $1 and (id = $2 or token_hash = $3) returning id",
            &[&user, &id, &hash.0.as_slice()],
        )
        .await?;
    Ok(row.map(|row| row.get("id")))
}

/// Ends all sessions of the user but the one to keep.
pub async fn end_all(tx: &Tx, user: UserId, keep: Option<SessionId>) -> Result<Vec<SessionId>> {
    let rows = tx
        .all("delete from sessions where user_id = $1 and id is distinct from $2 returning id", &[&user, &keep])
        .await?;
    Ok(rows.iter().map(|row| row.get("id")).collect())
}

/// Ends the oldest sessions beyond the `most` newest living ones; those that were alive.
pub async fn end_beyond(tx: &Tx, user: UserId, most: i64, now: Timestamp) -> Result<Vec<SessionId>> {
    let rows = tx
        .all(
            "delete from sessions where id in
                (select id from sessions where user_id = $1 and expires_at > $2 order by created_at desc, id desc offset $3)
             returning id",
            &[&user, &now, &most],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get("id")).collect())
}

fn session(row: &Row) -> Session {
    Session {
        id: row.get("session_id"),
        token: String::new(),
        user_id: row.get("id"),
        expires_at: row.get("expires_at"),
        created_at: row.get("opened_at"),
        updated_at: row.get("used_at"),
        ip_address: row.get("ip_address"),
        user_agent: row.get("user_agent"),
        active_organization_id: row.get("active_owner_id"),
        dont_remember: row.get("dont_remember"),
        renewed_at: row.get("renewed_at"),
    }
}
