//! The invoices of a bulk order in one PDF, to be printed at one go.

use base::{Actor, App, Error, Failure, Job, Json, Lane, Outcome, Path, Promise, Refusals, Result, Slice, Works};
use billing::{
    bulk::{self, Paper as Kept, ToPrint},
    news::BulkPrint,
};
use bytes::Bytes;
use domain::{BulkOrderId, InvoiceId, rights::Action};
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
    typeset::{Pdf, Pictures, RenderError},
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
        let printed = self.print(at).await;
        if printed.is_err() && at.attempt >= Self::ATTEMPTS {
            at.actor.transact(async |tx| bulk::fail(tx, self.0.order, None, "PRINT_NOT_KEPT").await).await?;
        }
        printed
    }
}

/// What an order's paper is made of.
struct Gathered {
    asked: ToPrint,
    pictures: Pictures,
    key: Key,
}

impl PrintBulk {
    /// What can't be set is written on its items: a person mends it and has it tried again, this job can't.
    async fn print(&self, at: &Works) -> Outcome {
        let Some(Gathered { asked, pictures, key }) = self.gather(at).await? else { return Ok(()) }; // printed already
        let (printed, pdf) = match self.set(at, &asked.invoices, &pictures).await? {
            Ok(pdf) => (asked.invoices.clone(), Some(pdf)),
            Err(_) => self.set_what_can_be(at, &asked.invoices, &pictures).await?,
        };
        let failed: Vec<InvoiceId> = asked.invoices.into_iter().filter(|id| !printed.contains(id)).collect();
        let kept = match pdf {
            Some(pdf) => {
                let size = i64::try_from(pdf.bytes.len()).unwrap_or(i64::MAX);
                let pages = i32::try_from(pdf.pages).unwrap_or(i32::MAX);
                let kept = at.app.part::<Store>().put(&key, PDF, Bytes::from(pdf.bytes)).await;
                kept.map_err(|trouble| Failure::later(trouble.to_string()))?;
                Some(Kept { key: key.as_str().to_owned(), size, pages })
            }
            None => None,
        };
        let order = self.0.order;
        at.actor
            .transact(async |tx| {
                bulk::fail(tx, order, Some(&asked.gone), "NOT_ISSUED").await?;
                bulk::fail(tx, order, Some(&failed), "PRINT_FAILED").await?;
                let Some(paper) = &kept else { return Ok(()) };
                bulk::save_paper(tx, order, paper).await?;
                tx.audit("bulk_order.print", order.0, &json!({ "size": paper.size, "pages": paper.pages })).await
            })
            .await?;
        Ok(())
    }

    async fn gather(&self, at: &Works) -> Result<Option<Gathered>> {
        let store = at.app.part::<Store>();
        at.actor
            .transact(async |tx| {
                let asked = bulk::to_print(tx, self.0.order).await?;
                if asked.invoices.is_empty() && asked.gone.is_empty() {
                    return Ok(None);
                }
                let pictures = gather::pictures(tx, &store).await?;
                let key = Key::fresh(tx.owner().await?, "bulk-orders", "pdf");
                Ok(Some(Gathered { asked, pictures, key }))
            })
            .await
    }

    /// These invoices in one paper, or why it can't be set.
    async fn set(&self, at: &Works, ids: &[InvoiceId], pictures: &Pictures) -> Result<Result<Pdf, RenderError>> {
        if ids.is_empty() {
            return Ok(Err(RenderError::nothing()));
        }
        let paper = at.actor.transact(async |tx| gather::invoices_paper(tx, ids).await).await?;
        Ok(press::print(Paper::Invoices(Box::new(paper)), pictures.clone()).await)
    }

    /// Each alone, to find which of them stand in the way of the others.
    async fn set_what_can_be(
        &self,
        at: &Works,
        ids: &[InvoiceId],
        pictures: &Pictures,
    ) -> Result<(Vec<InvoiceId>, Option<Pdf>)> {
        let mut good = Vec::new();
        for id in ids {
            match self.set(at, &[*id], pictures).await? {
                Ok(_) => good.push(*id),
                Err(error) => {
                    tracing::error!(invoice.id = %id, order.id = %self.0.order, %error, "invoice {id} can't be set: {error}");
                }
            }
        }
        match self.set(at, &good, pictures).await? {
            Ok(pdf) => Ok((good, Some(pdf))),
            Err(_) => Ok((Vec::new(), None)),
        }
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
