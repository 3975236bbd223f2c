//! Month locks: behind a lock nothing dated changes any more, whoever asks. Postgres refuses it by itself
//! (`keep_locked_months`); here a verb asks beforehand, and a director locks and opens.

mod routes;

use base::{Conflict, Error, Result, Slice, Tx, audit::Note, params};
use domain::{Month, MonthLockId, rights::Action};
use jiff::civil::Date;
use serde_json::json;
use wire::tie_outs::{MonthLockEntry, MonthLockView};

use crate::tie_out;

pub fn slice() -> Slice {
    Slice::new("month_locks").routes(routes::routes())
}

/// Refuses with MONTH_LOCKED, naming the month, when the day lies in a locked month. Sent without waiting: the refusal
/// comes with the next answer, and until this transaction ends nobody locks a month.
pub async fn ensure_open(tx: &Tx, day: Date) -> Result<()> {
    tx.later("select ensure_month_open(app_owner_id(), $1)", params![day]).await
}

/// Locks a month that is over, and with it all before it. Its books have to tie first.
pub async fn lock(tx: &Tx, month: Month) -> Result<MonthLockView> {
    tx.allow(Action::LockMonth)?;
    if month.last_day() >= tx.clock().today() {
        return Err(Conflict::new("MONTH_NOT_OVER").with("month", month.to_string()).into());
    }
    hold(tx).await?;
    if let Some(last) = view(tx, month).await?.last_locked.filter(|last| *last >= month) {
        return Err(Conflict::new("MONTH_LOCKED_ALREADY").with("month", last.to_string()).into());
    }
    let books = tie_out::find(tx, month).await?;
    if !books.ties {
        return Err(Conflict::new("MONTH_DOES_NOT_TIE").with("month", month.to_string()).into());
    }
    let id = MonthLockId::new();
    tx.later(
        "insert into month_locks (id, month, locked_at) values ($1, $2, $3)",
        params![id, month, tx.clock().now()],
    )
    .await?;
    let told = json!({ "month": month, "closing": books.total.closing });
    tx.audit("month.lock", id.0, &told).await?;
    view(tx, month).await
}

/// Opens the last locked month again; those before it stay locked.
pub async fn unlock(tx: &Tx, month: Month, reason: &str) -> Result<MonthLockView> {
    tx.allow(Action::LockMonth)?;
    hold(tx).await?;
    match view(tx, month).await?.last_locked {
        Some(last) if last == month => {}
        Some(last) if last > month => {
            return Err(Conflict::new("MONTH_LOCKED_LATER").with("month", last.to_string()).into());
        }
        _ => return Err(Conflict::new("MONTH_NOT_LOCKED").with("month", month.to_string()).into()),
    }
    let row = tx
        .maybe(
            "select l.id from month_locks l
              where l.owner_id = (select app_owner_id()) and l.month = $1
                and not exists (select from month_unlocks u where u.owner_id = l.owner_id and u.lock_id = l.id)",
            &[&month],
        )
        .await?
        .ok_or_else(|| Error::Internal("the last locked month has its lock".into()))?;
    let lock: MonthLockId = row.get("id");
    tx.later(
        "insert into month_unlocks (id, lock_id, unlocked_at, reason) values ($1, $2, $3, $4)",
        params![MonthLockId::new(), lock, tx.clock().now(), reason.to_owned()],
    )
    .await?;
    tx.note(Note {
        action: "month.unlock",
        id: Some(lock.0),
        before: Some(json!({ "month": month })),
        after: None,
        reason: Some(reason.to_owned()),
    })
    .await?;
    view(tx, month).await
}

/// Whether a month is locked, and every lock it ever had.
pub(crate) async fn view(tx: &Tx, month: Month) -> Result<MonthLockView> {
    let last = tx.ahead("select last_locked_month((select app_owner_id())) as last_locked", params![]).await?;
    let rows = tx
        .all(
            "select l.locked_at, lp.full_name as locked_by, u.unlocked_at, up.full_name as unlocked_by, u.reason
               from month_locks l
               left join month_unlocks u on u.owner_id = l.owner_id and u.lock_id = l.id
               left join profiles lp on lp.user_id = l.locked_by
               left join profiles up on up.user_id = u.unlocked_by
              where l.owner_id = (select app_owner_id()) and l.month = $1
              order by l.locked_at desc, l.id desc",
            &[&month],
        )
        .await?;
    let last_locked: Option<Month> = last.rows()?.first().and_then(|row| row.get("last_locked"));
    let history = rows.iter().map(|row| MonthLockEntry {
        locked_at: row.get("locked_at"),
        locked_by: row.get("locked_by"),
        unlocked_at: row.get("unlocked_at"),
        unlocked_by: row.get("unlocked_by"),
        reason: row.get("reason"),
    });
    Ok(MonthLockView {
        month,
        is_locked: last_locked.is_some_and(|last| last >= month),
        last_locked,
        history: history.collect(),
    })
}

/// Waits until nobody writes anything dated any more, and holds off who would, until this transaction ends.
async fn hold(tx: &Tx) -> Result<()> {
    tx.later("select pg_advisory_xact_lock(hashtextextended('month locks ' || app_owner_id()::text, 0))", params![])
        .await
}
