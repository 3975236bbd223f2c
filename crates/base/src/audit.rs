//! What was done, by whom, to what: one insert-only row for every change, in the same transaction.

use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::{Tx, error::Result, params};

/// What is written down about a change. Secrets and personal numbers stay out of `before` and `after`.
#[derive(Debug, Default)]
pub struct Note {
    /// `contract.sign`: the entity and what was done.
    pub action: &'static str,
    pub id: Option<Uuid>,
    pub before: Option<Value>,
    pub after: Option<Value>,
    pub reason: Option<String>,
}

impl Tx {
    /// Writes a change down: `tx.audit("contract.sign", id, &after)`.
    pub async fn audit(&self, action: &'static str, id: impl Into<Option<Uuid>>, after: &impl Serialize) -> Result<()> {
        let after = serde_json::to_value(after).ok();
        self.note(Note { action, id: id.into(), after, ..Note::default() }).await
    }

    /// Writes a change down with what was before, or with a reason.
    pub async fn note(&self, note: Note) -> Result<()> {
        let (entity, _) = note.action.split_once('.').unwrap_or((note.action, ""));
        let actor = self.actor();
        self.later(
            "insert into audit_log (id, action, entity, entity_id, before, after, reason, request_id, ip)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            params![
                Uuid::now_v7(),
                note.action,
                entity.to_owned(),
                note.id,
                note.before,
                note.after,
                note.reason,
                actor.request_id,
                actor.ip.map(|ip| ip.to_string()),
            ],
        )
        .await
    }
}
