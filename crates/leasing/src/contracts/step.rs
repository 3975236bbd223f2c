//! What every step in a contract's life leaves behind.

mod routes;

use base::{Result, Tx, audit::Note};
use domain::contract::ContractStatus;
use serde_json::json;

pub(super) use self::routes::routes;
use super::queries::Locked;

/// Notes down that a contract went from one status to the next.
pub(super) async fn note(
    tx: &Tx,
    action: &'static str,
    from: &Locked,
    to: ContractStatus,
    reason: Option<String>,
) -> Result<()> {
    tx.note(Note {
        action,
        id: Some(from.id.0),
        before: Some(json!({ "status": from.status })),
        after: Some(json!({ "status": to })),
        reason,
    })
    .await
}
