//! Every question asked about files.

use base::{Error, OnConstraint, Result, Tx, params};
use domain::{
    FileId,
    file::{FileKind, FileStatus, Purpose},
};
use jiff::Timestamp;
use store::Key;
use tokio_postgres::Row;
use uuid::Uuid;
use wire::files::NewFile;

use crate::Examined;

/// A row of `files`.
#[derive(Debug, Clone)]
pub struct File {
    pub id: FileId,
    pub purpose: Purpose,
    pub subject_id: Uuid,
    pub name: String,
    pub status: FileStatus,
    pub key: Key,
    pub kind: FileKind,
    /// In bytes.
    pub size: u64,
    pub width: Option<i32>,
    pub height: Option<i32>,
    pub has_thumb: bool,
    pub slot: Option<i32>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

const COLUMNS: &str = "id, purpose, subject_id, name, status, key, content_type, size, width, height, has_thumb, slot,
                       created_at, updated_at";

/// Nothing when there is no such room, floor, …: what is not seen is not there. The owner itself is a subject by its
/// own id only.
pub async fn insert(tx: &Tx, id: FileId, new: &NewFile, name: &str, key: &Key) -> Result<Option<File>> {
    let (columns, subject) = match new.purpose {
        Purpose::RoomPhoto => ("room_id, property_id", "select id, property_id from rooms where id = $2"),
        Purpose::FloorPlan => ("floor_id, property_id", "select id, property_id from floors where id = $2"),
        Purpose::PropertyCover => ("property_id", "select id from properties where id = $2"),
        Purpose::SignedContract => ("contract_id", "select id from contracts where id = $2"),
        Purpose::TenantPaper => ("tenant_id", "select id from tenants where id = $2"),
        Purpose::ReadingPhoto => ("reading_id, property_id", "select id, property_id from readings where id = $2"),
        Purpose::OwnerLogo | Purpose::OwnerSeal => ("owner_id", "select app_owner_id() where app_owner_id() = $2"),
    };
    let sql = format!(
        "insert into files (id, purpose, name, key, content_type, size, {columns})
         select $1, $3, $4, $5, $6, $7, subject.* from ({subject}) subject
         returning {COLUMNS}"
    );
    let size = i64::try_from(new.size).map_err(|_| Error::PayloadTooLarge)?;
    let row =
        tx.maybe(&sql, &[&id, &new.subject_id, &new.purpose, &name, &key.as_str(), &new.content_type, &size]).await?;
    row.as_ref().map(file).transpose()
}

pub async fn find(tx: &Tx, id: FileId) -> Result<Option<File>> {
    let row = tx.maybe(&format!("select {COLUMNS} from files where id = $1"), &[&id]).await?;
    row.as_ref().map(file).transpose()
}

/// The last question of its transaction.
pub async fn find_last(tx: &Tx, id: FileId) -> Result<Option<File>> {
    let row = tx.last().maybe(&format!("select {COLUMNS} from files where id = $1"), &[&id]).await?;
    row.as_ref().map(file).transpose()
}

pub async fn lock(tx: &Tx, id: FileId) -> Result<Option<File>> {
    let row = tx.maybe(&format!("select {COLUMNS} from files where id = $1 for update"), &[&id]).await?;
    row.as_ref().map(file).transpose()
}

fn of_subject() -> String {
    format!(
        "select {COLUMNS} from files
          where owner_id = (select app_owner_id()) and purpose = $1 and subject_id = $2 and slot is not null
          order by slot"
    )
}

pub async fn ready(tx: &Tx, purpose: Purpose, subject: Uuid) -> Result<Vec<File>> {
    tx.all(&of_subject(), &[&purpose, &subject]).await?.iter().map(file).collect()
}

/// The last question of its transaction.
pub async fn ready_last(tx: &Tx, purpose: Purpose, subject: Uuid) -> Result<Vec<File>> {
    tx.last().all(&of_subject(), &[&purpose, &subject]).await?.iter().map(file).collect()
}

pub async fn count(tx: &Tx, purpose: Purpose, subject: Uuid) -> Result<i32> {
    let row = tx
        .one(
            "select count(*)::int as count from files
              where owner_id = (select app_owner_id()) and purpose = $1 and subject_id = $2 and slot is not null",
            &[&purpose, &subject],
        )
        .await?;
    Ok(row.get("count"))
}

/// Holds the subject, so that two who add a file to it count one after the other. Nothing when it is not there for
/// whoever may change it.
pub async fn lock_subject(tx: &Tx, purpose: Purpose, subject: Uuid) -> Result<Option<()>> {
    let table = match purpose {
        Purpose::RoomPhoto => "rooms",
        Purpose::FloorPlan => "floors",
        Purpose::PropertyCover => "properties",
        Purpose::SignedContract => "contracts",
        Purpose::TenantPaper => "tenants",
        Purpose::ReadingPhoto => "readings",
        Purpose::OwnerLogo | Purpose::OwnerSeal => "property_owners",
    };
    let row = tx.maybe(&format!("select id from {table} where id = $1 for no key update"), &[&subject]).await?;
    Ok(row.map(drop))
}

pub async fn keep(tx: &Tx, id: FileId, key: &Key, examined: &Examined, slot: i32) -> Result<File> {
    let size = i64::try_from(examined.bytes.len()).map_err(|_| Error::PayloadTooLarge)?;
    let row = tx
        .one(
            &format!(
                "update files
                    set status = 'ready', key = $2, content_type = $3, size = $4, width = $5, height = $6, slot = $7
                  where id = $1
                 returning {COLUMNS}"
            ),
            &[&id, &key.as_str(), &examined.kind, &size, &examined.width, &examined.height, &slot],
        )
        .await
        .on_constraint("files_size_within_the_limit", || Error::field("file", "file-too-large"))?;
    file(&row)
}

pub async fn put_in_order(tx: &Tx, ids: &[FileId]) -> Result<()> {
    tx.later(
        "update files set slot = array_position($1::uuid[], id) where id = any($1::uuid[]) and status = 'ready'",
        params![ids.to_vec()],
    )
    .await
}

/// Those behind a place that became free move up.
pub async fn close_gap(tx: &Tx, purpose: Purpose, subject: Uuid, slot: i32) -> Result<()> {
    tx.later(
        "update files set slot = slot - 1
          where owner_id = (select app_owner_id()) and purpose = $1 and subject_id = $2 and slot > $3",
        params![purpose, subject, slot],
    )
    .await
}

pub async fn let_go(tx: &Tx, id: FileId) -> Result<()> {
    tx.later("update files set status = 'gone', slot = null where id = $1", params![id]).await
}

/// Notes that the small picture lies beside the large one; false when the file is not there any more.
pub async fn note_thumb(tx: &Tx, id: FileId, key: &Key) -> Result<bool> {
    let noted = tx
        .touch(
            "update files set has_thumb = true where id = $1 and status = 'ready' and key = $2",
            &[&id, &key.as_str()],
        )
        .await?;
    Ok(noted == 1)
}

/// Removes the row of a file whose object is gone.
pub async fn forget(tx: &Tx, id: FileId) -> Result<()> {
    tx.later("delete from files where id = $1 and status = 'gone'", params![id]).await
}

/// What was announced before `before` and never confirmed, and what was let go before then and is there still.
pub async fn left_over(tx: &Tx, before: Timestamp) -> Result<Vec<File>> {
    let sql = format!(
        "select {COLUMNS} from files
          where owner_id = (select app_owner_id()) and status in ('pending', 'gone') and created_at < $1 and updated_at < $1
          order by created_at
          limit 1000
            for update skip locked"
    );
    tx.all(&sql, &[&before]).await?.iter().map(file).collect()
}

/// Those of the keys that a file of the owner's lies or is awaited under.
pub async fn known(tx: &Tx, keys: &[String]) -> Result<Vec<String>> {
    let rows =
        tx.all("select key from files where owner_id = (select app_owner_id()) and key = any($1)", &[&keys]).await?;
    Ok(rows.iter().map(|row| row.get("key")).collect())
}

/// Every key that a ready file says its object lies under, written before `before`.
pub async fn kept(tx: &Tx, before: Timestamp) -> Result<Vec<String>> {
    let rows = tx
        .all(
            "select key from files
              where owner_id = (select app_owner_id()) and slot is not null and updated_at < $1",
            &[&before],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get("key")).collect())
}

fn file(row: &Row) -> Result<File> {
    let key: String = row.get("key");
    Ok(File {
        id: row.get("id"),
        purpose: row.get("purpose"),
        subject_id: row.get("subject_id"),
        name: row.get("name"),
        status: row.get("status"),
        key: key.parse().map_err(|_| Error::Internal("a file lies under a key that is none".into()))?,
        kind: row.get("content_type"),
        size: u64::try_from(row.get::<_, i64>("size")).unwrap_or(0),
        width: row.get("width"),
        height: row.get("height"),
        has_thumb: row.get("has_thumb"),
        slot: row.get("slot"),
        created_at: row.get("created_at"),
        updated_at: row.get("updated_at"),
    })
}
