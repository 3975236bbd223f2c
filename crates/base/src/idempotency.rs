//! The same request twice is the request once: answers kept under the sender's key, in the change's own transaction.
//!
//! A key belongs to owner, user and route. Same key and same body: the same bytes again. Another body: a conflict
//! that names the differing fields. Still running: a conflict at once, nobody waits.

use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use serde::Serialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use tokio_postgres::Row;
use uuid::Uuid;

use crate::{Actor, Conflict, Error, Tx, error::Result, params};

/// An answer that was given before, byte by byte.
#[derive(Debug, Clone)]
pub struct Kept {
    status: StatusCode,
    body: String,
}

impl IntoResponse for Kept {
    fn into_response(self) -> Response {
        let replayed = (HeaderName::from_static("idempotent-replayed"), HeaderValue::from_static("true"));
        let json = (header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        (self.status, [replayed, json], self.body).into_response()
    }
}

/// What was asked under which key; compared with what is kept.
pub(crate) struct Asked {
    body_hash: Vec<u8>,
    fields: Map<String, Value>,
}

/// A request that creates money-affecting state, with or without an `Idempotency-Key`.
pub struct Once {
    route: &'static str,
    key: Option<String>,
    body_hash: Vec<u8>,
    fields: Map<String, Value>,
}

impl Once {
    /// `route` is the method and path template, `body` what was sent, as it was understood.
    pub fn new(headers: &HeaderMap, route: &'static str, body: &impl Serialize) -> Result<Once> {
        let key = match headers.get("idempotency-key") {
            None => None,
            Some(value) => match value.to_str() {
                Ok(key) if (1..=255).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic()) => {
                    Some(key.to_owned())
                }
                _ => return Err(Error::field("Idempotency-Key", "bad-format")),
            },
        };
        // serde_json's maps are sorted, so this is canonical whatever the order and blanks of what was sent.
        let body = serde_json::to_value(body).map_err(|error| Error::Internal(error.to_string()))?;
        let fields = match &body {
            Value::Object(fields) => fields.iter().map(|(k, v)| (k.clone(), short_hash(v).into())).collect(),
            _ => Map::new(),
        };
        Ok(Once { route, key, body_hash: Sha256::digest(body.to_string()).to_vec(), fields })
    }

    /// Does `work` once and answers `status` with what it gave, or the kept answer of the first time.
    pub async fn answer<T: Serialize>(
        self,
        actor: &Actor,
        status: StatusCode,
        work: impl AsyncFnOnce(&Tx) -> Result<T>,
    ) -> Result<Response> {
        let body = actor
            .transact(async |tx| {
                self.ask(tx).await?;
                let given = work(tx).await?;
                let body = serde_json::to_string(&given).map_err(|error| Error::Internal(error.to_string()))?;
                self.keep(tx, status, &body).await?;
                Ok(body)
            })
            .await?;
        Ok((status, [(header::CONTENT_TYPE, "application/json")], body).into_response())
    }

    /// Takes the key's lock for this transaction and looks for a kept answer; judged with the next answer.
    async fn ask(&self, tx: &Tx) -> Result<()> {
        let Some(key) = &self.key else { return Ok(()) };
        let asked = Asked { body_hash: self.body_hash.clone(), fields: self.fields.clone() };
        tx.ask_idempotency(
            asked,
            "select pg_try_advisory_xact_lock(
                        hashtextextended(app_owner_id()::text || app_user_id()::text || $1 || $2, 0)) as free,
                    k.status, k.response, k.body_hash, k.field_hashes
               from (select) as nothing
               left join idempotency_keys k
                 on k.owner_id = (select app_owner_id()) and k.user_id = (select app_user_id()) and k.route = $1 and k.key = $2",
            params![self.route, key.clone()],
        )
        .await
    }

    async fn keep(&self, tx: &Tx, status: StatusCode, body: &str) -> Result<()> {
        let Some(key) = &self.key else { return Ok(()) };
        tx.later(
            "insert into idempotency_keys (id, route, key, body_hash, field_hashes, status, response)
             values ($1, $2, $3, $4, $5, $6, $7)",
            params![
                Uuid::now_v7(),
                self.route,
                key.clone(),
                self.body_hash.clone(),
                Value::Object(self.fields.clone()),
                i32::from(status.as_u16()),
                body.to_owned(),
            ],
        )
        .await
    }
}

/// Decides by what was found under the key.
pub(crate) fn judge(asked: Asked, rows: &[Row]) -> Result<()> {
    let Some(row) = rows.first() else { return Ok(()) };
    let Some(status) = row.get::<_, Option<i32>>("status") else {
        let free: bool = row.get::<_, Option<bool>>("free").unwrap_or(true);
        return if free { Ok(()) } else { Err(Conflict::new("IDEMPOTENCY_IN_PROGRESS").into()) };
    };
    if row.get::<_, Vec<u8>>("body_hash") != asked.body_hash {
        let kept: Value = row.get("field_hashes");
        let names = asked.fields.keys().chain(kept.as_object().into_iter().flat_map(Map::keys));
        let mut differing: Vec<&String> = names.filter(|name| kept.get(name) != asked.fields.get(*name)).collect();
        differing.sort();
        differing.dedup();
        return Err(Conflict::new("IDEMPOTENCY_KEY_REUSED").with("fields", serde_json::json!(differing)).into());
    }
    let status = u16::try_from(status).ok().and_then(|s| StatusCode::from_u16(s).ok()).unwrap_or(StatusCode::OK);
    Err(Error::Replay(Kept { status, body: row.get("response") }))
}

fn short_hash(value: &Value) -> String {
    Sha256::digest(value.to_string()).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
