//! Every question asked about tenants.

use base::{Conditions, Conflict, Error, OnConstraint, Result, Tx, conditions::containing, lists::Window, params};
use domain::{
    TenantId,
    rooms::TenantKind,
    text::{fold_word, sort_key},
};
use tokio_postgres::Row;
use wire::tenants::{TenantFilter, TenantView};

use super::Read;

/// By name; the last question of its transaction.
pub async fn page(tx: &Tx, filter: &TenantFilter, window: &Window<(String, TenantId)>) -> Result<Vec<TenantView>> {
    let mut asked = Conditions::new();
    if let Some(q) = filter.q.as_deref().map(fold_word).filter(|q| !q.is_empty()) {
        asked.and("search_key like {0}", params![containing(&q)]);
    }
    if let Some((name, id)) = &window.after {
        asked.and("(sort_key, id) > ({0}, {1})", params![name.clone(), *id]);
    }
    let limit = asked.value(Box::new(window.rows()));
    let sql = format!(
        "select id, kind, name, register_no, tin, director, phone, second_phone, email, version, created_at, updated_at
           from tenants{}
          order by sort_key, id limit {limit}",
        asked.sql()
    );
    let rows = tx.last().all(&sql, &asked.values()).await?;
    Ok(rows.iter().map(tenant).collect())
}

/// One tenant; the last question of its transaction.
pub async fn find(tx: &Tx, id: TenantId) -> Result<Option<TenantView>> {
    let row = tx
        .last()
        .maybe(
            "select id, kind, name, register_no, tin, director, phone, second_phone, email, version, created_at, updated_at
               from tenants where id = $1",
            &[&id],
        )
        .await?;
    Ok(row.as_ref().map(tenant))
}

pub async fn lock(tx: &Tx, id: TenantId) -> Result<Option<TenantView>> {
    let row = tx
        .maybe(
            "select id, kind, name, register_no, tin, director, phone, second_phone, email, version, created_at, updated_at
               from tenants where id = $1 for no key update",
            &[&id],
        )
        .await?;
    Ok(row.as_ref().map(tenant))
}

pub async fn insert(tx: &Tx, id: TenantId, kind: TenantKind, read: &Read) -> Result<TenantView> {
    let row = tx
        .one(
            "insert into tenants (id, kind, name, register_no, tin, director, phone, second_phone, email, search_key, sort_key)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             returning id, kind, name, register_no, tin, director, phone, second_phone, email, version, created_at, updated_at",
            &[
                &id,
                &kind,
                &read.name,
                &read.register_no,
                &read.tin,
                &read.director,
                &read.phone,
                &read.second_phone,
                &read.email,
                &read.search_key,
                &sort_key(&read.name),
            ],
        )
        .await
        .on_constraint("tenants_register_once", known)?;
    Ok(tenant(&row))
}

pub async fn save(tx: &Tx, id: TenantId, read: &Read) -> Result<TenantView> {
    let row = tx
        .one(
            "update tenants
                set name = $2, register_no = $3, tin = $4, director = $5, phone = $6, second_phone = $7, email = $8,
                    search_key = $9, sort_key = $10, version = version + 1
              where id = $1
             returning id, kind, name, register_no, tin, director, phone, second_phone, email, version, created_at, updated_at",
            &[
                &id,
                &read.name,
                &read.register_no,
                &read.tin,
                &read.director,
                &read.phone,
                &read.second_phone,
                &read.email,
                &read.search_key,
                &sort_key(&read.name),
            ],
        )
        .await
        .on_constraint("tenants_register_once", known)?;
    Ok(tenant(&row))
}

fn known() -> Error {
    Conflict::new("DUPLICATE").with("field", "registerNo").into()
}

fn tenant(row: &Row) -> TenantView {
    TenantView {
        id: row.get("id"),
        kind: row.get("kind"),
        name: row.get("name"),
        register_no: row.get("register_no"),
        tin: row.get("tin"),
        director: row.get("director"),
        phone: row.get("phone"),
        second_phone: row.get("second_phone"),
        email: row.get("email"),
        version: row.get("version"),
        created_at: row.get("created_at"),
        updated_at: row.get("updated_at"),
    }
}
