//! The same request twice is the request once: answers kept under the sender's key, in the change's own transaction.
//!
//! A key belongs to owner, user and route. Same key and same body: the same bytes again, be it the thing made or a
//! refusal by the state of things. Another body: a conflict that names the differing fields. Still running: a conflict
//! at once, nobody waits.

use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use serde::Serialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{Actor, Conflict, Error, Tx, envelope, error::Result, params};

/// `take_key` says: somebody works under this key right now.
const IN_USE: &str = "SH001";
/// `take_key` says: there is an answer under this key.
const ANSWERED: &str = "SH002";

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
        let done = actor
            .transact(async |tx| {
                self.take(tx).await?;
                let given = work(tx).await?;
                let body = serde_json::to_string(&given).map_err(|error| Error::Internal(error.to_string()))?;
                self.keep(tx, status, &body).await?;
                Ok(body)
            })
            .await;
        match done {
            Ok(body) => Ok((status, [(header::CONTENT_TYPE, "application/json")], body).into_response()),
            Err(Error::Db(error)) if raised(&error, IN_USE) => Err(in_progress()),
            Err(Error::Db(error)) if raised(&error, ANSWERED) => self.kept(actor).await,
            Err(error) if error.is_final() => self.refuse(actor, error).await,
            Err(error) => Err(error),
        }
    }

    /// A refusal that asking again can't change is an answer too. The change is undone by now, so it is kept by itself;
    /// should a copy have been quicker, its answer is the one.
    async fn refuse(&self, actor: &Actor, error: Error) -> Result<Response> {
        if self.key.is_none() {
            return Err(error);
        }
        let (status, body) = (error.code().1, envelope::text(&error, actor.lang));
        let kept = actor
            .transact(async |tx| {
                self.take(tx).await?;
                self.keep(tx, status, &body).await
            })
            .await;
        match kept {
            Ok(()) => Ok((status, [(header::CONTENT_TYPE, "application/json")], body).into_response()),
            Err(Error::Db(error)) if raised(&error, IN_USE) => Err(in_progress()),
            Err(Error::Db(error)) if raised(&error, ANSWERED) => self.kept(actor).await,
            Err(_) => Err(error),
        }
    }

    /// Takes the key for this transaction; should someone else have it, Postgres refuses this and everything sent
    /// behind it, so nobody waits for it here and nobody waits for anybody's locks there.
    async fn take(&self, tx: &Tx) -> Result<()> {
        let Some(key) = &self.key else { return Ok(()) };
        tx.later("select take_key($1, $2)", params![self.route, key.clone()]).await
    }

    /// The answer that was given under this key, if it was given to the same question.
    async fn kept(&self, actor: &Actor) -> Result<Response> {
        let row = actor
            .transact(async |tx| {
                tx.last()
                    .maybe(
                        "select status, response, body_hash, field_hashes from idempotency_keys
                          where owner_id = (select app_owner_id()) and user_id = (select app_user_id())
                            and route = $1 and key = $2",
                        &[&self.route, &self.key],
                    )
                    .await
            })
            .await?;
        let row = row.ok_or_else(in_progress)?; // swept this moment: the next try is a new request
        if row.get::<_, Vec<u8>>("body_hash") != self.body_hash {
            let kept: Value = row.get("field_hashes");
            let names = self.fields.keys().chain(kept.as_object().into_iter().flat_map(Map::keys));
            let mut differing: Vec<&String> = names.filter(|name| kept.get(name) != self.fields.get(*name)).collect();
            differing.sort();
            differing.dedup();
            return Err(Conflict::new("IDEMPOTENCY_KEY_REUSED").with("fields", serde_json::json!(differing)).into());
        }
        let status = u16::try_from(row.get::<_, i32>("status")).ok().and_then(|s| StatusCode::from_u16(s).ok());
        Err(Error::Replay(Kept { status: status.unwrap_or(StatusCode::OK), body: row.get("response") }))
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

fn in_progress() -> Error {
    Conflict::new("IDEMPOTENCY_IN_PROGRESS").into()
}

fn raised(error: &tokio_postgres::Error, code: &str) -> bool {
    error.code().is_some_and(|c| c.code() == code)
}

fn short_hash(value: &Value) -> String {
    Sha256::digest(value.to_string()).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
