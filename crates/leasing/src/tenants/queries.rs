//! Every question asked about tenants.

use base::{Conditions, Conflict, Error, OnConstraint, Result, Tx, conditions::containing, lists::Window, params};
use domain::{
    TenantId,
    rooms::TenantKind,
    text::{self, fold_word, sort_key},
};
use tokio_postgres::Row;
use wire::tenants::{SimilarTenant, TenantFilter, TenantView};

use super::{Read, similar};

/// By name; the last question of its transaction.
pub async fn page(tx: &Tx, filter: &TenantFilter, window: &Window<(String, TenantId)>) -> Result<Vec<TenantView>> {
    let mut asked = Conditions::new();
    if let Some(q) = filter.q.as_deref().map(fold_word).filter(|q| !q.is_empty()) {
        // A whole number or address is looked up; only what nobody has is looked for inside of others.
        if window.after.is_none() {
            let found = by_whole_number(tx, filter.q.as_deref().unwrap_or_default()).await?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
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

/// The tenants whose whole register number, tax number, telephone or e-mail address was typed, each by an index of its
/// own; nobody when what was typed is none of these.
async fn by_whole_number(tx: &Tx, typed: &str) -> Result<Vec<TenantView>> {
    let mut asked = Conditions::new();
    let address = typed.trim().to_lowercase();
    if let Some(phone) = text::phone(typed) {
        asked.and("(phone = {0} or second_phone = {0})", params![phone]);
    } else if let Some((_, number)) = text::register(typed) {
        asked.and("register_no = {0}", params![number]);
    } else if let Some(tin) = text::tin(typed) {
        asked.and("tin = {0}", params![tin]);
    } else if super::is_email(&address) {
        asked.and("email = {0}", params![address]);
    } else {
        return Ok(Vec::new());
    }
    let sql = format!(
        "select id, kind, name, register_no, tin, director, phone, second_phone, email, version, created_at, updated_at
           from tenants{}
          order by sort_key, id limit 50",
        asked.sql()
    );
    let rows = tx.all(&sql, &asked.values()).await?;
    Ok(rows.iter().map(tenant).collect())
}

/// Who may be the one that is about to be entered, the surest first. Two with one name and a register number each are
/// two, as people are.
pub async fn similar(tx: &Tx, read: &Read) -> Result<Vec<SimilarTenant>> {
    let phones: Vec<&String> = [&read.phone, &read.second_phone].into_iter().flatten().collect();
    let rows = tx
        .all(
            "select t.id, t.kind, t.name, t.register_no, t.phone,
                    array_remove(array[case when t.register_no = $1 then 'registerNo' end,
                                       case when t.tin = $2 then 'tin' end,
                                       case when t.phone = any($3) or t.second_phone = any($3) then 'phone' end,
                                       case when t.name_key = app_name_key($4) then 'name' end], null) as by
               from (select id from tenants where register_no = $1
                      union select id from tenants where tin = $2
                      union select id from tenants where phone = any($3)
                      union select id from tenants where second_phone = any($3)
                      union select id from tenants
                             where name_key = app_name_key($4) and name_key <> ''
                               and ($1::text is null or register_no is null)) alike
               join tenants t on t.id = alike.id
              order by t.register_no is not distinct from $1::text desc, t.sort_key, t.id
              limit $5",
            &[&read.register_no, &read.tin, &phones, &read.name, &similar::OFFERED],
        )
        .await?;
    let alike = |row: &Row| SimilarTenant {
        id: row.get("id"),
        kind: row.get("kind"),
        name: row.get("name"),
        register_no: row.get("register_no"),
        phone: row.get("phone"),
        by: row.get("by"),
    };
    Ok(rows.iter().map(alike).collect())
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
