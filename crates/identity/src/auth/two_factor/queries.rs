//! Every question asked about second factors; they run in the part `auth`.

use base::{Result, Tx, params, secrets::TokenHash};
use domain::{SessionId, UserId};
use jiff::Timestamp;
use uuid::Uuid;

use super::super::{
    User,
    users::{user, user_columns},
};

/// A user's second factor, locked for this transaction.
pub struct Factor {
    pub sealed: Vec<u8>,
    pub issuer: String,
    pub last_step: i64,
    pub failures: i32,
    pub locked_until: Option<Timestamp>,
    pub code_salt: Option<String>,
    pub code_expires_at: Option<Timestamp>,
    pub code_tries: i32,
}

pub async fn lock(tx: &Tx, user: UserId) -> Result<Option<Factor>> {
    let row = tx
        .maybe(
            "select sealed, issuer, last_step, failures, locked_until, code_salt, code_expires_at, code_tries
               from two_factors where user_id = $1 for no key update",
            &[&user],
        )
        .await?;
    Ok(row.map(|row| Factor {
        sealed: row.get("sealed"),
        issuer: row.get("issuer"),
        last_step: row.get("last_step"),
        failures: row.get("failures"),
        locked_until: row.get("locked_until"),
        code_salt: row.get("code_salt"),
        code_expires_at: row.get("code_expires_at"),
        code_tries: row.get("code_tries"),
    }))
}

/// Writes down how codes were tried.
pub async fn save(tx: &Tx, user: UserId, factor: &Factor) -> Result<()> {
    tx.later(
        "update two_factors set last_step = $2, failures = $3, locked_until = $4, code_salt = $5, code_expires_at = $6,
                code_tries = $7
          where user_id = $1",
        params![
            user,
            factor.last_step,
            factor.failures,
            factor.locked_until,
            factor.code_salt.clone(),
            factor.code_expires_at,
            factor.code_tries,
        ],
    )
    .await
}

/// Keeps a new secret in the place of one that was never confirmed.
pub async fn set(tx: &Tx, user: UserId, sealed: Vec<u8>, issuer: &str) -> Result<()> {
    tx.later(
        "insert into two_factors (id, user_id, sealed, issuer) values ($1, $2, $3, $4)
         on conflict (user_id) do update set sealed = excluded.sealed, issuer = excluded.issuer, last_step = 0,
                failures = 0, locked_until = null, code_salt = null, code_expires_at = null, code_tries = 0",
        params![Uuid::now_v7(), user, sealed, issuer.to_owned()],
    )
    .await
}

/// Whether two factors are asked for, as it is now; the user is held.
pub async fn is_enabled(tx: &Tx, user: UserId) -> Result<bool> {
    let row = tx.one("select two_factor_enabled from users where id = $1 for no key update", &[&user]).await?;
    Ok(row.get("two_factor_enabled"))
}

pub async fn enable(tx: &Tx, user: UserId, enabled: bool) -> Result<()> {
    tx.later("update users set two_factor_enabled = $2 where id = $1", params![user, enabled]).await
}

/// Forgets the secret, the codes, the devices and whoever is waiting.
pub async fn forget(tx: &Tx, user: UserId) -> Result<()> {
    tx.later("delete from two_factors where user_id = $1", params![user]).await?;
    tx.later("delete from backup_codes where user_id = $1", params![user]).await?;
    tx.later("delete from trusted_devices where user_id = $1", params![user]).await?;
    tx.later("delete from waiting_sign_ins where user_id = $1", params![user]).await
}

/// Keeps a new set of backup codes; the older ones are gone.
pub async fn set_backup_codes(tx: &Tx, user: UserId, codes: Vec<TokenHash>) -> Result<()> {
    let (ids, hashes): (Vec<Uuid>, Vec<Vec<u8>>) = codes.iter().map(|h| (Uuid::now_v7(), h.0.to_vec())).unzip();
    tx.later("delete from backup_codes where user_id = $1", params![user]).await?;
    tx.later(
        "insert into backup_codes (id, user_id, code_hash) select id, $1, hash from unnest($2::uuid[], $3::bytea[]) as c (id, hash)",
        params![user, ids, hashes],
    )
    .await
}

/// Uses a backup code up; whether there was one.
pub async fn use_backup_code(tx: &Tx, user: UserId, code: TokenHash) -> Result<bool> {
    let used = tx
        .touch("delete from backup_codes where user_id = $1 and code_hash = $2", &[&user, &code.0.as_slice()])
        .await?;
    Ok(used == 1)
}

/// What the user's password is checked against.
pub async fn password_hash(tx: &Tx, user: UserId) -> Result<Option<String>> {
    let row = tx
        .last()
        .maybe(
            "select password_hash from accounts
              where user_id = $1 and provider_id = 'credential' and password_hash is not null",
            &[&user],
        )
        .await?;
    Ok(row.map(|row| row.get("password_hash")))
}

/// A sign-in that waits for its second factor.
pub struct Waiting {
    pub id: Uuid,
    pub user: User,
    pub remember: bool,
}

pub async fn wait(tx: &Tx, user: &User, token: TokenHash, remember: bool, expires_at: Timestamp) -> Result<()> {
    tx.later(
        "insert into waiting_sign_ins (id, token_hash, user_id, credential_version, dont_remember, expires_at)
         values ($1, $2, $3, $4, $5, $6)",
        params![Uuid::now_v7(), token.0.to_vec(), user.id, user.credential_version, !remember, expires_at],
    )
    .await
}

/// Who waits with that token; as the user was when the first factor was looked at.
pub async fn waiting(tx: &Tx, token: TokenHash, now: Timestamp) -> Result<Option<Waiting>> {
    let row = tx
        .last()
        .maybe(
            concat!(
                "select w.id as waiting_id, w.dont_remember, w.credential_version as seen_version, ",
                user_columns!(),
                "  from waiting_sign_ins w
                   join users u on u.id = w.user_id and u.disabled_at is null
                   join profiles p on p.user_id = u.id and p.disabled_at is null
                  where w.token_hash = $1 and w.expires_at > $2"
            ),
            &[&token.0.as_slice(), &now],
        )
        .await?;
    Ok(row.map(|row| Waiting {
        id: row.get("waiting_id"),
        user: User { credential_version: row.get("seen_version"), ..user(&row) },
        remember: !row.get::<_, bool>("dont_remember"),
    }))
}

/// Ends the waiting; whether nobody else has.
pub async fn end_waiting(tx: &Tx, id: Uuid) -> Result<bool> {
    Ok(tx.touch("delete from waiting_sign_ins where id = $1", &[&id]).await? == 1)
}

pub async fn trust(tx: &Tx, user: UserId, device: TokenHash, expires_at: Timestamp) -> Result<()> {
    tx.later(
        "insert into trusted_devices (id, token_hash, user_id, expires_at) values ($1, $2, $3, $4)",
        params![Uuid::now_v7(), device.0.to_vec(), user, expires_at],
    )
    .await
}

/// Renews the trust in a device; whether there was any.
pub async fn renew_trust(
    tx: &Tx,
    user: UserId,
    device: TokenHash,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<bool> {
    let renewed = tx
        .touch(
            "update trusted_devices set expires_at = $4 where token_hash = $2 and user_id = $1 and expires_at > $3",
            &[&user, &device.0.as_slice(), &now, &expires_at],
        )
        .await?;
    Ok(renewed == 1)
}

pub async fn end_session(tx: &Tx, id: SessionId) -> Result<()> {
    tx.later("delete from sessions where id = $1", params![id]).await
}

/// Removes what has run out.
pub async fn sweep(tx: &Tx, now: Timestamp) -> Result<()> {
    tx.later("delete from waiting_sign_ins where expires_at < $1", params![now]).await?;
    tx.later("delete from trusted_devices where expires_at < $1", params![now]).await
}
