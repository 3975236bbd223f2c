//! Month locks: behind a lock nothing dated changes any more, whoever asks. Postgres refuses it by itself; here a verb
//! asks beforehand, and a director locks and opens.

use base::{Result, Tx, params};
use jiff::civil::Date;

/// Refuses with MONTH_LOCKED, naming the month, when the day lies in a locked month. Sent without waiting: the refusal
/// comes with the next answer, and until this transaction ends nobody locks a month.
pub async fn ensure_open(tx: &Tx, day: Date) -> Result<()> {
    tx.later("select ensure_month_open(app_owner_id(), $1)", params![day]).await
}
