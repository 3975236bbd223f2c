//! Batches: the same document of every contract in force, in one ZIP archive.
//!
//! An archive rather than one long PDF: each paper is sent, signed and filed by itself. It is made one paper after the
//! other and travels to the store as it grows, so a hundred take no more room than one.

mod archive;
mod fill;
mod queries;
mod routes;

use base::{Checks, Conflict, Error, Result, Slice, Tx, lists::Window};
use domain::{
    DocumentBatchId,
    document::{DocumentKind, DocumentStatus},
    rights::Action,
    text::tidy,
};
use serde_json::json;
use store::Key;
use wire::{
    Page,
    documents::{DocumentBatchView, NewDocumentBatch},
};

pub use self::fill::FillBatch;
use self::queries::NewRow;
use crate::documents;

pub fn slice() -> Slice {
    Slice::new("document batches").routes(routes::routes()).job::<FillBatch>()
}

/// What every archive is stored and sent as.
const ZIP: &str = "application/zip";
/// More contracts than these are asked for building by building.
const MOST: i64 = 1000;

/// Has an archive made.
pub async fn make(tx: &Tx, new: &NewDocumentBatch) -> Result<DocumentBatchView> {
    tx.allow(Action::ReadReports)?;
    if let Some(property) = new.property_id
        && !queries::knows_property(tx, property).await?
    {
        return Err(Error::NotFound("property"));
    }
    let mut checks = Checks::new();
    checks.text("signer", new.signer.as_deref().unwrap_or_default(), 120);
    match new.kind {
        DocumentKind::Statement => documents::check_period(&mut checks, new.from, new.to),
        DocumentKind::Contract => {
            checks.that(new.from.is_none(), "from", "not-a-choice").that(new.to.is_none(), "to", "not-a-choice");
        }
        // Each is filled in on the spot, so nobody needs a hundred.
        DocumentKind::HandOver | DocumentKind::Invoice => {
            checks.note("kind", "not-a-choice");
        }
    }
    checks.done()?;
    let total = queries::count(tx, new.property_id).await?;
    if total == 0 {
        return Err(Conflict::new("NOTHING_TO_MAKE").into());
    }
    if total > MOST {
        return Err(Conflict::new("TOO_MANY_DOCUMENTS").with("count", total).with("most", MOST).into());
    }
    let id = DocumentBatchId::new();
    let row = NewRow {
        id,
        kind: new.kind,
        dated_on: tx.clock().today(),
        period: new.from.zip(new.to),
        property: new.property_id,
        signer: new.signer.as_deref().map(tidy).filter(|signer| !signer.is_empty()),
        total: i32::try_from(total).expect("at most a thousand"),
        key: Key::fresh(tx.owner().await?, "document-batches", "zip"),
    };
    queries::insert(tx, &row).await?;
    tx.audit("document_batch.make", id.0, &json!({ "kind": new.kind, "count": total })).await?;
    tx.promise(&FillBatch { batch: id }).await?;
    Ok(queries::find(tx, id).await?.ok_or(Error::NotFound("document batch"))?.view)
}

/// An archive with the link that opens it, once it is ready.
async fn open(tx: &Tx, id: DocumentBatchId) -> Result<DocumentBatchView> {
    tx.allow(Action::ReadReports)?;
    let found = queries::find(tx, id).await?.ok_or(Error::NotFound("document batch"))?;
    let mut view = found.view;
    if view.status == DocumentStatus::Ready {
        let name = match view.to {
            Some(to) => format!("statements-{}.zip", to.strftime("%Y%m%d")),
            None => "contracts.zip".to_owned(),
        };
        view.link = Some(documents::link(tx, &found.key, ZIP, &name)?);
    }
    Ok(view)
}

async fn page(tx: &Tx, window: &Window<DocumentBatchId>) -> Result<Page<DocumentBatchView>> {
    tx.allow(Action::ReadReports)?;
    Ok(window.page(queries::page(tx, window).await?, |batch| batch.id))
}
