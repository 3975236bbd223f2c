//! The invoices of a bulk order in one PDF, to be printed at one go.

use base::{Actor, App, Error, Failure, Job, Json, Lane, Outcome, Path, Promise, Refusals, Result, Slice, Works};
use billing::{
    bulk::{self, Paper as Kept},
    news::BulkPrint,
};
use bytes::Bytes;
use domain::{BulkOrderId, rights::Action};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Key, Store};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use wire::bulk::BulkPaper;

use crate::{
    documents::{self, PDF},
    gather,
    papers::Paper,
    press,
};

pub fn slice() -> Slice {
    Slice::new("bulk papers").routes(OpenApiRouter::<App>::new().routes(routes!(get))).job::<PrintBulk>()
}

/// Prints the invoices of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PrintBulk(pub BulkPrint);

impl Promise for PrintBulk {
    const KIND: &'static str = BulkPrint::KIND;

    fn aggregate(&self) -> Option<Uuid> {
        self.0.aggregate()
    }
}

impl Job for PrintBulk {
    /// A long one of its own; single documents have their lane.
    const LANE: Lane = Lane::Calls { at_once: 1, per_owner: 1 };
    const ATTEMPTS: i32 = 6;

    async fn run(&self, at: &Works) -> Outcome {
        let store = at.app.part::<Store>();
        let gathered = at
            .actor
            .transact(async |tx| {
                let ids = bulk::invoices_of(tx, self.0.order).await?;
                if ids.is_empty() {
                    return Ok(None);
                }
                let paper = gather::invoices_paper(tx, &ids).await?;
                let pictures = gather::pictures(tx, &store).await?;
                // By the promise: a second try writes over the first.
                Ok(Some((paper, pictures, Key::fresh(tx.owner().await?, "bulk-orders", "pdf"))))
            })
            .await?;
        let Some((paper, pictures, key)) = gathered else { return Ok(()) }; // printed already
        let pdf = press::print(Paper::Invoices(Box::new(paper)), pictures).await;
        let pdf = pdf.map_err(|error| Failure::never(error.to_string()))?;
        let size = i64::try_from(pdf.bytes.len()).unwrap_or(i64::MAX);
        let pages = i32::try_from(pdf.pages).unwrap_or(i32::MAX);
        let kept = store.put(&key, PDF, Bytes::from(pdf.bytes)).await;
        kept.map_err(|trouble| Failure::later(trouble.to_string()))?;
        at.actor
            .transact(async |tx| {
                let paper = Kept { key: key.as_str().to_owned(), size, pages };
                bulk::save_paper(tx, self.0.order, &paper).await?;
                tx.audit("bulk_order.print", self.0.order.0, &json!({ "size": size, "pages": pages })).await
            })
            .await?;
        Ok(())
    }
}

/// The PDF of a bulk order that prints, with a link that opens it for ten minutes.
#[utoipa::path(get, path = "/v2/bulk-orders/{id}/paper", operation_id = "getBulkPaper", tag = "invoices",
    params(("id" = BulkOrderId, Path)), responses((status = 200, body = BulkPaper), Refusals))]
async fn get(actor: Actor, Path(id): Path<BulkOrderId>) -> Result<Json<BulkPaper>> {
    actor
        .transact(async |tx| {
            tx.allow(Action::EditInvoices)?;
            let paper = bulk::paper_key(tx, id).await?.ok_or(Error::NotFound("document"))?;
            let link = documents::link(tx, &paper.key, PDF, "invoices.pdf")?;
            Ok(Json(BulkPaper { pages: paper.pages, size: paper.size, link }))
        })
        .await
}
