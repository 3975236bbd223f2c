//! Every question asked about archives of documents.

use base::{Columns, Result, Tx, lists::Window, params};
use domain::{
    ContractId, DocumentBatchId, PropertyId,
    document::{DocumentKind, DocumentStatus},
};
use jiff::civil::Date;
use store::Key;
use wire::documents::DocumentBatchView;

/// An archive to be made.
pub struct NewRow {
    pub id: DocumentBatchId,
    pub kind: DocumentKind,
    pub dated_on: Date,
    pub period: Option<(Date, Date)>,
    pub property: Option<PropertyId>,
    pub signer: Option<String>,
    pub total: i32,
    pub key: Key,
}

/// An archive, what is printed on its papers, and where it lies.
pub struct Found {
    pub view: DocumentBatchView,
    pub dated_on: Date,
    pub signer: Option<String>,
    pub key: String,
}

/// A contract whose paper goes into the archive.
#[derive(Debug, Clone)]
pub struct Member {
    pub contract: ContractId,
    pub code: String,
}

/// Contracts in force, in one building or in all.
const MEMBERS: &str = "contracts
      where owner_id = (select app_owner_id()) and status in ('active', 'grace_period') and ($1::uuid is null or property_id = $1)";

pub async fn knows_property(tx: &Tx, property: PropertyId) -> Result<bool> {
    Ok(tx.maybe("select from properties where id = $1", &[&property]).await?.is_some())
}

pub async fn count(tx: &Tx, property: Option<PropertyId>) -> Result<i64> {
    Ok(tx.one(&format!("select count(*) as count from {MEMBERS}"), &[&property]).await?.get("count"))
}

pub async fn members(tx: &Tx, property: Option<PropertyId>, most: i64) -> Result<Vec<Member>> {
    let sql = format!("select id, code from {MEMBERS} order by code limit $2");
    let rows = tx.all(&sql, &[&property, &most]).await?;
    Ok(rows.iter().map(|row| Member { contract: row.get("id"), code: row.get("code") }).collect())
}

pub async fn insert(tx: &Tx, new: &NewRow) -> Result<()> {
    let (from, to) = new.period.unzip();
    tx.later(
        "insert into document_batches (id, kind, dated_on, first_day, last_day, property_id, signer, total, key)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            new.id,
            new.kind,
            new.dated_on,
            from,
            to,
            new.property,
            new.signer.clone(),
            new.total,
            new.key.as_str().to_owned(),
        ],
    )
    .await
}

const VIEW: &str =
    "id, kind, first_day, last_day, property_id, status, failure, total, done, left_out, size, created_at";

/// The archives after `window.after`, newest first.
pub async fn page(tx: &Tx, window: &Window<DocumentBatchId>) -> Result<Vec<DocumentBatchView>> {
    let sql = format!(
        "select {VIEW} from document_batches
          where owner_id = (select app_owner_id()) and ($1::uuid is null or id < $1)
          order by id desc
          limit $2"
    );
    let rows = tx.last().all(&sql, &[&window.after, &window.rows()]).await?;
    Ok(rows.iter().map(|row| view(&mut Columns::of(row))).collect())
}

pub async fn find(tx: &Tx, id: DocumentBatchId) -> Result<Option<Found>> {
    let sql = format!("select {VIEW}, dated_on, signer, key from document_batches where id = $1");
    let row = tx.maybe(&sql, &[&id]).await?;
    Ok(row.as_ref().map(|row| {
        let mut columns = Columns::of(row);
        Found { view: view(&mut columns), dated_on: columns.take(), signer: columns.take(), key: columns.take() }
    }))
}

/// How far an archive is.
pub async fn save_progress(tx: &Tx, id: DocumentBatchId, done: i32) -> Result<()> {
    tx.later("update document_batches set done = $2 where id = $1 and status = 'pending'", params![id, done]).await
}

pub async fn save_ready(tx: &Tx, id: DocumentBatchId, done: i32, left_out: &[String], size: i64) -> Result<bool> {
    let next = DocumentStatus::Pending.transition_to(DocumentStatus::Ready)?;
    let touched = tx
        .touch(
            "update document_batches set status = $2, done = $3, left_out = $4, size = $5
              where id = $1 and status = 'pending'",
            &[&id, &next, &done, &left_out, &size],
        )
        .await?;
    Ok(touched == 1)
}

pub async fn save_failed(tx: &Tx, id: DocumentBatchId, failure: &'static str, left_out: &[String]) -> Result<()> {
    let next = DocumentStatus::Pending.transition_to(DocumentStatus::Failed)?;
    tx.later(
        "update document_batches set status = $2, failure = $3, left_out = $4 where id = $1 and status = 'pending'",
        params![id, next, failure, left_out.to_vec()],
    )
    .await
}

/// Columns in the order of [`VIEW`].
fn view(columns: &mut Columns<'_>) -> DocumentBatchView {
    DocumentBatchView {
        id: columns.take(),
        kind: columns.take(),
        from: columns.take(),
        to: columns.take(),
        property_id: columns.take(),
        status: columns.take(),
        failure: columns.take(),
        total: columns.take(),
        done: columns.take(),
        left_out: columns.take(),
        size: columns.take(),
        link: None,
        created_at: columns.take(),
    }
}
