//! What was done in an owner's world, by whom: written by `base::audit`, read by the director. The platform's looks
//! (`owner.look`) stand among it.

mod export;

use base::{
    Actor, App, Checks, Conditions, Error, Json, Query, Refusals, Result, Slice, Tx,
    clock::ulaanbaatar,
    exports::{self, Exported, Workbook},
    lists::Window,
    params,
};
use domain::{AuditId, rights::Action};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Time},
};
use tokio_postgres::Row;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page,
    audit::{AuditFilter, AuditRow},
};

use self::export::History;

pub fn slice() -> Slice {
    Slice::new("audit").routes(OpenApiRouter::<App>::new().routes(routes!(list)).routes(routes!(export)))
}

/// What was done, newest first.
#[utoipa::path(get, path = "/v2/audit", operation_id = "listAudit", tag = "audit", params(AuditFilter),
    responses((status = 200, body = Page<AuditRow>), Refusals))]
async fn list(actor: Actor, Query(filter): Query<AuditFilter>) -> Result<Json<Page<AuditRow>>> {
    let window: Window<AuditId> = Window::new(filter.limit, filter.cursor.as_deref())?;
    check(&filter)?;
    let rows = actor.transact(async |tx| page(tx, &filter, &window).await).await?;
    Ok(Json(window.page(rows, |row| row.id)))
}

/// What a filter picks of what was done, as an Excel file.
#[utoipa::path(
    get,
    path = "/v2/audit/export",
    operation_id = "exportAudit",
    tag = "audit",
    params(AuditFilter),
    responses(Workbook, Refusals)
)]
async fn export(actor: Actor, Query(filter): Query<AuditFilter>) -> Result<Exported> {
    check(&filter)?;
    exports::export(&actor, History(filter)).await
}

fn check(filter: &AuditFilter) -> Result<()> {
    let mut checks = Checks::new();
    checks.text("action", filter.action.as_deref().unwrap_or_default(), 100);
    checks.text("entity", filter.entity.as_deref().unwrap_or_default(), 100);
    checks.done()
}

async fn page(tx: &Tx, filter: &AuditFilter, window: &Window<AuditId>) -> Result<Vec<AuditRow>> {
    tx.allow(Action::ReadAudit)?;
    let mut asked = Conditions::new();
    asked.and("a.owner_id = (select app_owner_id())", params![]);
    if let Some(user) = filter.user_id {
        asked.and("a.user_id = {0}", params![user]);
    }
    if let Some(action) = &filter.action {
        asked.and("a.action = {0}", params![action.clone()]);
    }
    if let Some(entity) = &filter.entity {
        asked.and("a.entity = {0}", params![entity.clone()]);
    }
    if let Some(id) = filter.entity_id {
        asked.and("a.entity_id = {0}", params![id]);
    }
    if let Some(id) = filter.request_id {
        asked.and("a.request_id = {0}", params![id]);
    }
    if let Some(day) = filter.from {
        asked.and("a.created_at >= {0}", params![first_moment("from", day)?]);
    }
    if let Some(day) = filter.to {
        asked.and("a.created_at < {0}", params![first_moment("to", day.saturating_add(1.day()))?]);
    }
    if let Some(id) = window.after {
        asked.and("a.id < {0}", params![id]);
    }
    let limit = asked.value(Box::new(window.rows()));
    let sql = format!(
        "select a.id, a.created_at, a.user_id, u.name as user_name, a.role, a.action, a.entity, a.entity_id, a.before,
                a.after, a.reason, a.request_id, a.ip
           from (select id, created_at, user_id, role, action, entity, entity_id, before, after, reason, request_id, ip
                   from audit_log a{}
                  order by id desc limit {limit}) a
           left join users u on u.id = a.user_id
          order by a.id desc",
        asked.sql()
    );
    let rows = tx.last().all(&sql, &asked.values()).await?;
    Ok(rows.iter().map(row).collect())
}

/// The first moment of a day in Ulaanbaatar.
fn first_moment(field: &'static str, day: Date) -> Result<Timestamp> {
    ulaanbaatar().to_timestamp(day.to_datetime(Time::midnight())).map_err(|_| Error::field(field, "bad-date"))
}

fn row(row: &Row) -> AuditRow {
    AuditRow {
        id: row.get("id"),
        at: row.get("created_at"),
        user_id: row.get("user_id"),
        user_name: row.get("user_name"),
        role: row.get("role"),
        action: row.get("action"),
        entity: row.get("entity"),
        entity_id: row.get("entity_id"),
        before: row.get("before"),
        after: row.get("after"),
        reason: row.get("reason"),
        request_id: row.get("request_id"),
        ip: row.get("ip"),
    }
}
