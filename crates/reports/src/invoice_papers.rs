//! An invoice as PDF: asked for by whoever sees the invoice – staff, its tenant, the holder of its link – and made once as
//! long as the invoice stays as it is.

use axum::response::Response;
use base::{Actor, Credential, Error, Json, Once, Path, Refusals, Result, Slice, Tx, secrets::TokenHash};
use domain::{
    ContractId, DocumentId, InvoiceId,
    document::{DocumentKind, DocumentStatus},
    rights::Action,
};
use http::{HeaderMap, StatusCode};
use serde_json::json;
use store::Key;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::documents::InvoicePaper;

use crate::documents::{self, NewRow, PDF, RenderDocument};

pub fn slice() -> Slice {
    Slice::new("invoice papers")
        .routes(OpenApiRouter::new().routes(routes!(get, ask)).routes(routes!(get_of_link, ask_of_link)))
}

/// The newest paper of the invoice, made anew when there is none or the invoice has changed since.
async fn make(tx: &Tx, id: InvoiceId) -> Result<InvoicePaper> {
    tx.allow(Action::ReadInvoices)?;
    let found = newest(tx, id).await?.ok_or(Error::NotFound("invoice"))?;
    if let Some(paper) = found.paper.as_ref().filter(|paper| paper.is_fresh && paper.status != DocumentStatus::Failed) {
        return paper.told(tx, &found.code);
    }
    let document = DocumentId::new();
    let row = NewRow {
        id: document,
        contract: found.contract,
        invoice: Some(id),
        kind: DocumentKind::Invoice,
        code: &found.code,
        dated_on: tx.clock().today(),
        draft: false,
        period: None,
        hand_over_to: None,
        signer: None,
        key: Key::fresh(tx.owner().await?, "invoices", "pdf"),
    };
    documents::insert(tx, &row).await?;
    tx.audit("document.make", document.0, &json!({ "kind": DocumentKind::Invoice, "invoice": found.code })).await?;
    tx.promise(&RenderDocument { document }).await?;
    Ok(InvoicePaper { status: DocumentStatus::Pending, pages: None, size: None, link: None })
}

/// The newest paper of the invoice.
async fn find(tx: &Tx, id: InvoiceId) -> Result<InvoicePaper> {
    tx.allow(Action::ReadInvoices)?;
    let found = newest(tx, id).await?.ok_or(Error::NotFound("invoice"))?;
    found.paper.ok_or(Error::NotFound("document"))?.told(tx, &found.code)
}

/// An issued invoice and its newest paper.
struct Found {
    code: String,
    contract: ContractId,
    paper: Option<Paper>,
}

struct Paper {
    status: DocumentStatus,
    /// The invoice has not changed since it was asked for.
    is_fresh: bool,
    key: String,
    pages: Option<i32>,
    size: Option<i64>,
}

impl Paper {
    fn told(&self, tx: &Tx, code: &str) -> Result<InvoicePaper> {
        let link = match self.status {
            DocumentStatus::Ready => Some(documents::link(tx, &self.key, PDF, &format!("{code}.pdf"))?),
            DocumentStatus::Pending | DocumentStatus::Failed => None,
        };
        Ok(InvoicePaper { status: self.status, pages: self.pages, size: self.size, link })
    }
}

async fn newest(tx: &Tx, id: InvoiceId) -> Result<Option<Found>> {
    let row = tx
        .maybe(
            "select i.code, i.contract_id, d.status, d.created_at >= i.updated_at as is_fresh, d.key, d.pages, d.size
               from invoices i
               left join lateral (select status, created_at, key, pages, size from documents
                                   where owner_id = i.owner_id and invoice_id = i.id
                                   order by version desc limit 1) d on true
              where i.owner_id = (select app_owner_id()) and i.id = $1 and i.status not in ('draft', 'void')",
            &[&id],
        )
        .await?;
    Ok(row.map(|row| Found {
        code: row.get("code"),
        contract: row.get("contract_id"),
        paper: row.get::<_, Option<DocumentStatus>>("status").map(|status| Paper {
            status,
            is_fresh: row.get("is_fresh"),
            key: row.get("key"),
            pages: row.get("pages"),
            size: row.get("size"),
        }),
    }))
}

/// The newest PDF of an issued invoice; once it is ready with a link that opens it for ten minutes.
#[utoipa::path(get, path = "/v2/invoices/{id}/paper", operation_id = "getInvoicePaper", tag = "documents",
    params(("id" = InvoiceId, Path)), responses((status = 200, body = InvoicePaper), Refusals))]
async fn get(actor: Actor, Path(id): Path<InvoiceId>) -> Result<Json<InvoicePaper>> {
    actor.transact(async |tx| find(tx, id).await).await.map(Json)
}

/// Has an issued invoice made as PDF, unless there is one of it as it is; ready a few seconds later.
#[utoipa::path(post, path = "/v2/invoices/{id}/paper", operation_id = "makeInvoicePaper", tag = "documents",
    params(("id" = InvoiceId, Path), ("Idempotency-Key" = Option<String>, Header, description = "The same key again is answered as the first time.")),
    responses((status = 201, body = InvoicePaper), Refusals))]
async fn ask(actor: Actor, headers: HeaderMap, Path(id): Path<InvoiceId>) -> Result<Response> {
    let once = Once::new(&headers, "POST /v2/invoices/{id}/paper", &json!({ "id": id }))?;
    once.answer(&actor, StatusCode::CREATED, async |tx| make(tx, id).await).await
}

/// The newest PDF of the invoice behind a link. No sign-in: the token is the key.
#[utoipa::path(get, path = "/v2/links/{token}/paper", operation_id = "getLinkedPaper", tag = "links", security(()),
    params(("token" = String, Path)), responses((status = 200, body = InvoicePaper), Refusals))]
async fn get_of_link(actor: Actor, Path(token): Path<String>) -> Result<Json<InvoicePaper>> {
    let holder = actor.with(Credential::Link(TokenHash::of(&token)));
    holder.transact(async |tx| find(tx, tx.linked_invoice().await?).await).await.map(Json)
}

/// Has the invoice behind a link made as PDF, unless there is one of it as it is.
#[utoipa::path(post, path = "/v2/links/{token}/paper", operation_id = "makeLinkedPaper", tag = "links", security(()),
    params(("token" = String, Path)), responses((status = 201, body = InvoicePaper), Refusals))]
async fn ask_of_link(actor: Actor, Path(token): Path<String>) -> Result<(StatusCode, Json<InvoicePaper>)> {
    let holder = actor.with(Credential::Link(TokenHash::of(&token)));
    let paper = holder.transact(async |tx| make(tx, tx.linked_invoice().await?).await).await?;
    Ok((StatusCode::CREATED, Json(paper)))
}
