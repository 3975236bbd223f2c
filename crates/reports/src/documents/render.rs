//! Makes the PDF of a document and puts it into the store.
//!
//! The place in the store was chosen with the order, so a second try writes over the first. What can't be made at all is
//! told on the document; the store being away is waited for.

use base::{Failure, Job, Lane, Outcome, Promise, Works};
use bytes::Bytes;
use domain::DocumentId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Key, Store};

use super::{PDF, queries};
use crate::{
    gather::{self, Trouble},
    press,
};

/// Makes a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenderDocument {
    pub document: DocumentId,
}

impl Promise for RenderDocument {
    const KIND: &'static str = "pdf.render";
}

impl Job for RenderDocument {
    /// The press takes no more at once anyway; one owner's hundred does not hold up another's one.
    const LANE: Lane = Lane::Calls { at_once: 4, per_owner: 2 };
    /// The last one comes about two hours after the first.
    const ATTEMPTS: i32 = 12;

    async fn run(&self, at: &Works) -> Outcome {
        let store = at.app.part::<Store>();
        let gathered = at
            .actor
            .transact(async |tx| {
                let Some(waiting) = queries::waiting(tx, self.document).await? else { return Ok(None) };
                let paper = match gather::paper(tx, &waiting.order).await {
                    Err(Trouble::Other(error)) => return Err(error),
                    Err(Trouble::Charges(error)) => Err(error),
                    Ok(paper) => Ok(paper),
                };
                let pictures = gather::pictures(tx, &store).await?;
                Ok(Some((waiting.key, paper, pictures)))
            })
            .await?;
        let Some((key, paper, pictures)) = gathered else { return Ok(()) }; // made already
        let paper = match paper {
            Ok(paper) => paper,
            Err(error) => return self.fail(at, "charges", &error.to_string()).await,
        };
        let pdf = match press::print(paper, pictures).await {
            Ok(pdf) => pdf,
            Err(error) => return self.fail(at, "template", &error.to_string()).await,
        };
        let (size, pages) = (pdf.bytes.len(), pdf.pages);
        let key: Key = key.parse().map_err(|error: store::NotAKey| Failure::never(error.to_string()))?;
        if let Err(trouble) = store.put(&key, PDF, Bytes::from(pdf.bytes)).await {
            let why = trouble.to_string();
            return if at.attempt >= Self::ATTEMPTS {
                self.fail(at, "store", &why).await
            } else {
                Err(Failure::later(why))
            };
        }
        at.actor
            .transact(async |tx| {
                let (size, pages) = (i64::try_from(size).unwrap_or(i64::MAX), i32::try_from(pages).unwrap_or(i32::MAX));
                if queries::save_ready(tx, self.document, size, pages).await? {
                    tx.audit("document.ready", self.document.0, &json!({ "size": size, "pages": pages })).await?;
                }
                Ok(())
            })
            .await?;
        Ok(())
    }
}

impl RenderDocument {
    /// Tells whoever asked for it what is wrong, in a word, and the workers' page in full.
    async fn fail(&self, at: &Works, failure: &'static str, why: &str) -> Outcome {
        at.actor
            .transact(async |tx| {
                queries::save_failed(tx, self.document, failure).await?;
                tx.audit("document.fail", self.document.0, &json!({ "failure": failure })).await
            })
            .await?;
        Err(Failure::never(why))
    }
}
