//! Every question the sign-in doors ask; they run in the part `auth`, which sees users and sessions of all owners.

use base::{Result, Tx, params, secrets::TokenHash};
use domain::{SessionId, UserId};
use jiff::Timestamp;
use tokio_postgres::Row;
use uuid::Uuid;

use super::{NewUser, Session, User};

/// The user behind an address and what the password is checked against.
pub async fn credential(tx: &Tx, email: &str) -> Result<Option<(User, String)>> {
    let row = tx
        .last()
        .maybe(
            "select u.id, u.name, u.email, u.email_verified, u.image, u.phone_number, u.phone_number_verified,
                    u.two_factor_enabled, u.created_at, u.updated_at, a.password_hash
               from users u
               join accounts a on a.user_id = u.id and a.provider_id = 'credential'
              where u.email = $1 and u.disabled_at is null and a.password_hash is not null",
            &[&email],
        )
        .await?;
    Ok(row.map(|row| (user(&row), row.get("password_hash"))))
}

pub struct NewSession {
    pub id: SessionId,
    pub hash: TokenHash,
    pub user: UserId,
    pub remember: bool,
    pub expires_at: Timestamp,
    pub agent: Option<String>,
}

pub async fn open_session(tx: &Tx, new: NewSession) -> Result<()> {
    tx.later(
        "insert into sessions (id, token_hash, user_id, dont_remember, ip_address, user_agent, expires_at, renewed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![
            new.id,
            new.hash.0.to_vec(),
            new.user,
            !new.remember,
            tx.actor().ip.map(|ip| ip.to_string()),
            new.agent,
            new.expires_at,
            tx.clock().now(),
        ],
    )
    .await
}

pub async fn end_session(tx: &Tx, hash: TokenHash) -> Result<Option<SessionId>> {
    let row = tx.maybe("delete from sessions where token_hash = $1 returning id", &[&hash.0.as_slice()]).await?;
    Ok(row.map(|row| row.get("id")))
}

/// The living session behind a token; the token itself is filled in by whoever has it.
pub async fn session(tx: &Tx, hash: TokenHash, now: Timestamp) -> Result<Option<(Session, User)>> {
    let row = tx
        .maybe(
            "select u.id, u.name, u.email, u.email_verified, u.image, u.phone_number, u.phone_number_verified,
                    u.two_factor_enabled, u.created_at, u.updated_at,
                    s.id as session_id, s.expires_at, s.created_at as opened_at, s.updated_at as used_at, s.ip_address,
                    s.user_agent, s.dont_remember, s.renewed_at, coalesce(p.owner_id, s.active_owner_id) as owner_id
               from sessions s
               join users u on u.id = s.user_id and u.disabled_at is null
               join profiles p on p.user_id = u.id
              where s.token_hash = $1 and s.expires_at > $2",
            &[&hash.0.as_slice(), &now],
        )
        .await?;
    Ok(row.map(|row| {
        let user = user(&row);
        let session = Session {
            id: row.get("session_id"),
            token: String::new(),
            user_id: user.id,
            expires_at: row.get("expires_at"),
            created_at: row.get("opened_at"),
            updated_at: row.get("used_at"),
            ip_address: row.get("ip_address"),
            user_agent: row.get("user_agent"),
            active_organization_id: row.get("owner_id"),
            dont_remember: row.get("dont_remember"),
            renewed_at: row.get("renewed_at"),
        };
        (session, user)
    }))
}

pub async fn renew(tx: &Tx, id: SessionId, now: Timestamp, expires_at: Timestamp) -> Result<()> {
    tx.later("update sessions set renewed_at = $2, expires_at = $3 where id = $1", params![id, now, expires_at]).await
}

pub async fn register(tx: &Tx, new: &NewUser<'_>, password_hash: &str) -> Result<UserId> {
    let id = UserId::new();
    tx.later(
        "insert into users (id, name, email, email_verified) values ($1, $2, $3, true)",
        params![id, new.name.to_owned(), new.email.to_lowercase()],
    )
    .await?;
    tx.later(
        "insert into accounts (id, user_id, provider_id, password_hash) values ($1, $2, 'credential', $3)",
        params![Uuid::now_v7(), id, password_hash.to_owned()],
    )
    .await?;
    tx.later(
        "insert into profiles (id, user_id, owner_id, full_name, role) values ($1, $2, $3, $4, $5)",
        params![Uuid::now_v7(), id, new.owner, new.name.to_owned(), new.role],
    )
    .await?;
    Ok(id)
}

fn user(row: &Row) -> User {
    User {
        id: row.get("id"),
        name: row.get("name"),
        email: row.get("email"),
        email_verified: row.get("email_verified"),
        image: row.get("image"),
        created_at: row.get("created_at"),
        updated_at: row.get("updated_at"),
        phone_number: row.get("phone_number"),
        phone_number_verified: row.get("phone_number_verified"),
        two_factor_enabled: row.get("two_factor_enabled"),
    }
}
