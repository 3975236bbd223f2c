//! Columns mapped by hand, remembered for sheets with the same headings: taken up again, changed, forgotten.

use std::collections::BTreeMap;

use base::{Error, Result, Tx, params};
use domain::{ImportMappingId, rights::Action};
use jiff::Timestamp;
use serde_json::json;
use sha2::{Digest, Sha256};
use sheets::{columns, workbook::Sheet};
use tokio_postgres::Row;
use wire::imports::{ImportKind, ImportMappingView};

use super::kept;

/// Which column, by its letter, holds a field; `None` when none does.
pub type Said = BTreeMap<String, Option<String>>;

/// Columns that were said for headings before.
#[derive(Debug, Clone)]
pub struct Remembered {
    pub id: ImportMappingId,
    pub fingerprint: Vec<u8>,
    pub columns: Said,
    pub since: Timestamp,
}

/// What is said of a sheet, to be remembered.
#[derive(Debug, Clone)]
pub struct ToRemember {
    pub fingerprint: Vec<u8>,
    pub sheet: String,
    pub columns: Said,
}

/// By what a sheet with the same headings is known again.
pub fn fingerprint(sheet: &Sheet) -> Option<Vec<u8>> {
    columns::fingerprint(sheet).map(|words| Sha256::digest(words).to_vec())
}

/// All that the owner's people have said; there are as many as layouts of files.
pub async fn of_kind(tx: &Tx, kind: ImportKind) -> Result<Vec<Remembered>> {
    let rows = tx
        .all(
            "select id, fingerprint, columns, updated_at from import_mappings
              where owner_id = (select app_owner_id()) and kind = $1
              order by updated_at desc limit 500",
            &[&kind.as_str()],
        )
        .await?;
    let remembered = |row: &Row| {
        Ok(Remembered {
            id: row.get("id"),
            fingerprint: row.get("fingerprint"),
            columns: said(row)?,
            since: row.get("updated_at"),
        })
    };
    rows.iter().map(remembered).collect()
}

/// Remembers what was said; what was said before for the same headings gives way.
pub async fn remember(tx: &Tx, kind: ImportKind, said: &[ToRemember]) -> Result<()> {
    for one in said {
        tx.later(
            "insert into import_mappings (id, kind, fingerprint, sheet_name, columns)
             values ($1, $2, $3, $4, $5)
             on conflict on constraint import_mappings_once do update
                set sheet_name = excluded.sheet_name, columns = excluded.columns, user_id = excluded.user_id",
            params![
                ImportMappingId::new(),
                kind.as_str(),
                one.fingerprint.clone(),
                one.sheet.clone(),
                json!(one.columns),
            ],
        )
        .await?;
    }
    Ok(())
}

/// The latest first.
pub async fn list(tx: &Tx) -> Result<Vec<ImportMappingView>> {
    tx.allow(Action::Import)?;
    let rows = tx
        .all(
            "select m.id, m.kind, m.sheet_name, m.columns, u.name as user_name, m.updated_at
               from import_mappings m left join users u on u.id = m.user_id
              where m.owner_id = (select app_owner_id())
              order by m.updated_at desc, m.id limit 500",
            &[],
        )
        .await?;
    rows.iter().map(view).collect()
}

/// Forgets columns; the next sheet with these headings is read by its words alone.
pub async fn forget(tx: &Tx, id: ImportMappingId) -> Result<ImportMappingView> {
    tx.allow(Action::Import)?;
    let row = tx
        .maybe(
            "delete from import_mappings m
              where m.owner_id = (select app_owner_id()) and m.id = $1
             returning m.id, m.kind, m.sheet_name, m.columns, null::text as user_name, m.updated_at",
            &[&id],
        )
        .await?;
    let forgotten = row.as_ref().map(view).transpose()?.ok_or(Error::NotFound("import-mapping"))?;
    tx.audit("import_mapping.forget", id.0, &json!({ "kind": forgotten.kind, "sheet": forgotten.sheet })).await?;
    Ok(forgotten)
}

fn said(row: &Row) -> Result<Said> {
    serde_json::from_value(row.get("columns")).map_err(|error| Error::Internal(error.to_string()))
}

fn view(row: &Row) -> Result<ImportMappingView> {
    Ok(ImportMappingView {
        id: row.get("id"),
        kind: kept::kind(row.get("kind")),
        sheet: row.get("sheet_name"),
        columns: said(row)?,
        user_name: row.get("user_name"),
        updated_at: row.get("updated_at"),
    })
}
