//! Every question asked about signing keys.

use base::{Result, Tx, params, tx::Ahead};
use jiff::Timestamp;
use tokio_postgres::Row;
use uuid::Uuid;

const SIGNING: &str = "select id, sealed from signing_keys where signs_until > $1 order by id desc limit 1";

/// The key that signs now, sealed.
pub async fn signing(tx: &Tx, now: Timestamp) -> Result<Option<(Uuid, Vec<u8>)>> {
    Ok(tx.maybe(SIGNING, &[&now]).await?.as_ref().map(key))
}

/// The same, asked along with a later question.
pub async fn ask(tx: &Tx, now: Timestamp) -> Result<Ahead> {
    tx.ahead(SIGNING, params![now]).await
}

pub fn answer(asked: Ahead) -> Result<Option<(Uuid, Vec<u8>)>> {
    Ok(asked.rows()?.first().map(key))
}

/// Whoever makes a key waits here for who is making one already.
pub async fn one_at_a_time(tx: &Tx) -> Result<()> {
    tx.later("select pg_advisory_xact_lock(hashtextextended('signing_keys', 0))", params![]).await
}

pub async fn insert(tx: &Tx, id: Uuid, public: &[u8], sealed: Vec<u8>, signs_until: Timestamp) -> Result<()> {
    tx.later(
        "insert into signing_keys (id, public_key, sealed, signs_until) values ($1, $2, $3, $4)",
        params![id, public.to_vec(), sealed, signs_until],
    )
    .await
}

/// The keys that signed until then or later, and their public parts.
pub async fn listed(tx: &Tx, since: Timestamp) -> Result<Vec<(Uuid, Vec<u8>)>> {
    let rows =
        tx.last().all("select id, public_key from signing_keys where signs_until > $1 order by id", &[&since]).await?;
    Ok(rows.iter().map(|row| (row.get("id"), row.get("public_key"))).collect())
}

/// Removes the keys that signed for the last time before then.
pub async fn remove(tx: &Tx, before: Timestamp) -> Result<()> {
    tx.later("delete from signing_keys where signs_until <= $1", params![before]).await
}

fn key(row: &Row) -> (Uuid, Vec<u8>) {
    (row.get("id"), row.get("sealed"))
}
