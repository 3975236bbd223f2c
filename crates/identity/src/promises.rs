//! The outbox as staff see it: what was promised, what was kept, what was laid aside and why.

use base::{Actor, App, Json, Query, Refusals, Result, Slice, Tx, lists::Window};
use domain::{PromiseId, rights::Action};
use tokio_postgres::Row;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page,
    outbox::{OutboxFilter, OutboxRow, OutboxStatus},
};

pub fn slice() -> Slice {
    Slice::new("outbox").routes(OpenApiRouter::<App>::new().routes(routes!(list)))
}

/// Promises, newest first.
#[utoipa::path(get, path = "/v2/outbox", operation_id = "listOutbox", tag = "outbox", params(OutboxFilter),
    responses((status = 200, body = Page<OutboxRow>), Refusals))]
async fn list(actor: Actor, Query(filter): Query<OutboxFilter>) -> Result<Json<Page<OutboxRow>>> {
    let window = Window::new(filter.limit, filter.cursor.as_deref())?;
    let rows = actor.transact(async |tx| page(tx, &filter, &window).await).await?;
    Ok(Json(window.page(rows, |row| row.id)))
}

async fn page(tx: &Tx, filter: &OutboxFilter, window: &Window<PromiseId>) -> Result<Vec<OutboxRow>> {
    tx.allow(Action::ReadOutbox)?;
    let status = filter.status.map(word);
    let rows = tx
        .last()
        .all(
            "select id, kind, status, attempts, run_at, last_error, done_at, created_at
               from outbox
              where ($1::text is null or status = $1) and ($2::uuid is null or id < $2)
              order by id desc
              limit $3",
            &[&status, &window.after, &window.rows()],
        )
        .await?;
    Ok(rows.iter().map(promise).collect())
}

fn word(status: OutboxStatus) -> &'static str {
    match status {
        OutboxStatus::Pending => "pending",
        OutboxStatus::Done => "done",
        OutboxStatus::Dead => "dead",
    }
}

fn promise(row: &Row) -> OutboxRow {
    OutboxRow {
        id: row.get("id"),
        kind: row.get("kind"),
        status: match row.get("status") {
            "done" => OutboxStatus::Done,
            "dead" => OutboxStatus::Dead,
            _ => OutboxStatus::Pending,
        },
        attempts: row.get("attempts"),
        run_at: row.get("run_at"),
        last_error: row.get("last_error"),
        done_at: row.get("done_at"),
        created_at: row.get("created_at"),
    }
}
