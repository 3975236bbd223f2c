//! Every question asked about documents.

use base::{Columns, Result, Tx, lists::Window, params};
use domain::{
    ContractId, DocumentId, InvoiceId,
    contract::ContractStatus,
    document::{DocumentKind, DocumentStatus, HandOverTo},
};
use jiff::civil::Date;
use store::Key;
use tokio_postgres::Row;
use wire::documents::DocumentView;

use crate::gather::Order;

/// The contract that a document is made of.
pub struct Subject {
    pub code: String,
    pub is_draft: bool,
}

/// A document to be made.
pub struct NewRow<'a> {
    pub id: DocumentId,
    pub contract: ContractId,
    /// Of an invoice's document: which.
    pub invoice: Option<InvoiceId>,
    pub kind: DocumentKind,
    /// The contract's, or the invoice's.
    pub code: &'a str,
    pub dated_on: Date,
    pub draft: bool,
    pub period: Option<(Date, Date)>,
    pub hand_over_to: Option<HandOverTo>,
    pub signer: Option<String>,
    pub key: Key,
}

/// A document and where it lies.
pub struct Found {
    pub view: DocumentView,
    pub key: String,
}

/// A document that waits to be made.
pub struct Waiting {
    pub order: Order,
    pub key: String,
}

pub async fn subject(tx: &Tx, contract: ContractId) -> Result<Option<Subject>> {
    let row = tx.maybe("select code, status from contracts where id = $1", &[&contract]).await?;
    Ok(row.map(|row| Subject {
        code: row.get("code"),
        is_draft: row.get::<_, ContractStatus>("status") == ContractStatus::Draft,
    }))
}

/// Puts the next version in and says which it is. Of two who make one at once, one is counted after the other.
pub async fn insert(tx: &Tx, new: &NewRow<'_>) -> Result<i32> {
    let (from, to) = new.period.unzip();
    loop {
        let version: i32 = tx
            .one(
                "select coalesce(max(version), 0) + 1 as next from documents
                  where owner_id = (select app_owner_id()) and contract_id = $1 and kind = $2
                    and invoice_id is not distinct from $3",
                &[&new.contract, &new.kind, &new.invoice],
            )
            .await?
            .get("next");
        let number = super::number(new.code, new.kind, version, new.period);
        let inserted = tx
            .touch(
                "insert into documents (id, contract_id, kind, version, number, dated_on, draft, first_day, last_day,
                                        hand_over_to, signer, key, invoice_id)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                 on conflict do nothing",
                &[
                    &new.id,
                    &new.contract,
                    &new.kind,
                    &version,
                    &number,
                    &new.dated_on,
                    &new.draft,
                    &from,
                    &to,
                    &new.hand_over_to,
                    &new.signer,
                    &new.key.as_str(),
                    &new.invoice,
                ],
            )
            .await?;
        if inserted == 1 {
            return Ok(version);
        }
    }
}

const VIEW: &str =
    "d.id, d.contract_id, d.kind, d.version, d.number, d.dated_on, d.draft, d.first_day, d.last_day, d.hand_over_to,
    d.status, d.failure, d.size, d.pages, u.name, d.created_at";

/// The documents of a contract after `window.after`, newest first.
pub async fn page(tx: &Tx, contract: ContractId, window: &Window<DocumentId>) -> Result<Vec<DocumentView>> {
    let rows = tx
        .last()
        .all(
            &format!(
                "select {VIEW}
                   from documents d
                   left join users u on u.id = d.made_by
                  where d.owner_id = (select app_owner_id()) and d.contract_id = $1 and d.invoice_id is null and ($2::uuid is null or d.id < $2)
                  order by d.id desc
                  limit $3"
            ),
            &[&contract, &window.after, &window.rows()],
        )
        .await?;
    Ok(rows.iter().map(|row| view(&mut Columns::of(row))).collect())
}

pub async fn find(tx: &Tx, id: DocumentId) -> Result<Option<Found>> {
    let sql = format!("select {VIEW}, d.key from documents d left join users u on u.id = d.made_by where d.id = $1");
    let row = tx.maybe(&sql, &[&id]).await?;
    Ok(row.as_ref().map(|row| {
        let mut columns = Columns::of(row);
        Found { view: view(&mut columns), key: columns.take() }
    }))
}

/// The order of a document that is not made yet.
pub async fn waiting(tx: &Tx, id: DocumentId) -> Result<Option<Waiting>> {
    let row = tx
        .maybe(
            "select contract_id, invoice_id, kind, number, dated_on, draft, first_day, last_day, hand_over_to, signer, key
               from documents where id = $1 and status = 'pending'",
            &[&id],
        )
        .await?;
    Ok(row.as_ref().map(order))
}

pub async fn save_ready(tx: &Tx, id: DocumentId, size: i64, pages: i32) -> Result<bool> {
    let next = DocumentStatus::Pending.transition_to(DocumentStatus::Ready)?;
    let touched = tx
        .touch(
            "update documents set status = $2, size = $3, pages = $4 where id = $1 and status = 'pending'",
            &[&id, &next, &size, &pages],
        )
        .await?;
    Ok(touched == 1)
}

pub async fn save_failed(tx: &Tx, id: DocumentId, failure: &'static str) -> Result<()> {
    let next = DocumentStatus::Pending.transition_to(DocumentStatus::Failed)?;
    tx.later(
        "update documents set status = $2, failure = $3 where id = $1 and status = 'pending'",
        params![id, next, failure],
    )
    .await
}

fn order(row: &Row) -> Waiting {
    let period: (Option<Date>, Option<Date>) = (row.get("first_day"), row.get("last_day"));
    Waiting {
        order: Order {
            contract: row.get("contract_id"),
            invoice: row.get("invoice_id"),
            kind: row.get("kind"),
            number: row.get("number"),
            dated_on: row.get("dated_on"),
            draft: row.get("draft"),
            period: period.0.zip(period.1).map(|(from, to)| [from, to]),
            hand_over_to: row.get("hand_over_to"),
            signer: row.get("signer"),
        },
        key: row.get("key"),
    }
}

/// Columns in the order of [`VIEW`].
fn view(columns: &mut Columns<'_>) -> DocumentView {
    DocumentView {
        id: columns.take(),
        contract_id: columns.take(),
        kind: columns.take(),
        version: columns.take(),
        number: columns.take(),
        dated_on: columns.take(),
        draft: columns.take(),
        from: columns.take(),
        to: columns.take(),
        hand_over_to: columns.take(),
        status: columns.take(),
        failure: columns.take(),
        size: columns.take(),
        pages: columns.take(),
        made_by: columns.take(),
        created_at: columns.take(),
    }
}
