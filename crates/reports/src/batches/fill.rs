//! Fills an archive: one paper after the other, on its way to the store while the next is made.

use std::sync::{Arc, Mutex};

use base::{Error, Failure, Job, Lane, Outcome, Promise, Result, Works};
use bytes::Bytes;
use domain::{DocumentBatchId, document::DocumentStatus};
use futures_util::stream::{self, Stream};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Key, Store};

use super::{
    MOST, ZIP,
    archive::Archive,
    queries::{self, Found, Member},
};
use crate::{
    documents,
    gather::{self, Order, Trouble},
    press,
    typeset::{Pdf, Pictures},
};

/// Fills an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FillBatch {
    pub batch: DocumentBatchId,
}

impl Promise for FillBatch {
    const KIND: &'static str = "pdf.batch";
}

impl Job for FillBatch {
    /// A long one of its own; single documents have their lane.
    const LANE: Lane = Lane::Calls { at_once: 1, per_owner: 1 };
    const ATTEMPTS: i32 = 6;

    async fn run(&self, at: &Works) -> Outcome {
        let store = at.app.part::<Store>();
        let begun = at
            .actor
            .transact(async |tx| {
                let found = queries::find(tx, self.batch).await?;
                let Some(found) = found.filter(|found| found.view.status == DocumentStatus::Pending) else {
                    return Ok(None);
                };
                let members = queries::members(tx, found.view.property_id, MOST).await?;
                let pictures = gather::pictures(tx, &store).await?;
                Ok(Some((found, members, pictures)))
            })
            .await?;
        let Some((found, members, pictures)) = begun else { return Ok(()) }; // filled already
        let key: Key = found.key.parse().map_err(|error: store::NotAKey| Failure::never(error.to_string()))?;
        let tally = Arc::<Mutex<Tally>>::default();
        let run = Run { at, batch: self.batch, found, pictures, tally: tally.clone() };
        let written = store.write(&key, ZIP, run.pieces(members)).await;
        let tally = std::mem::take(&mut *tally.lock().expect("no panic while held"));
        match written {
            Ok(_) if tally.done == 0 => {
                // An empty archive helps nobody; what is wrong stands beside the codes.
                store.delete(&key).await.map_err(|trouble| Failure::later(trouble.to_string()))?;
                self.fail(at, "empty", &tally.left_out, "no document could be made").await
            }
            Ok(size) => self.save(at, &tally, size).await,
            Err(trouble) if at.attempt >= Self::ATTEMPTS => {
                self.fail(at, "store", &tally.left_out, &trouble.to_string()).await
            }
            Err(trouble) => Err(Failure::later(trouble.to_string())),
        }
    }
}

impl FillBatch {
    async fn save(&self, at: &Works, tally: &Tally, size: u64) -> Outcome {
        let size = i64::try_from(size).unwrap_or(i64::MAX);
        at.actor
            .transact(async |tx| {
                if queries::save_ready(tx, self.batch, tally.done, &tally.left_out, size).await? {
                    let made = json!({ "done": tally.done, "leftOut": tally.left_out, "size": size });
                    tx.audit("document_batch.ready", self.batch.0, &made).await?;
                }
                Ok(())
            })
            .await?;
        Ok(())
    }

    async fn fail(&self, at: &Works, failure: &'static str, left_out: &[String], why: &str) -> Outcome {
        at.actor
            .transact(async |tx| {
                queries::save_failed(tx, self.batch, failure, left_out).await?;
                tx.audit("document_batch.fail", self.batch.0, &json!({ "failure": failure })).await
            })
            .await?;
        Err(Failure::never(why))
    }
}

/// What came of the papers so far.
#[derive(Debug, Default)]
struct Tally {
    done: i32,
    left_out: Vec<String>,
}

/// One filling of an archive.
struct Run<'a> {
    at: &'a Works,
    batch: DocumentBatchId,
    found: Found,
    pictures: Pictures,
    tally: Arc<Mutex<Tally>>,
}

impl Run<'_> {
    /// The archive in pieces, each made when the store has taken the one before.
    fn pieces(self, members: Vec<Member>) -> impl Stream<Item = Result<Bytes>> {
        let begun = Some((self, members.into_iter(), Archive::new()));
        stream::unfold(begun, async |under_way| {
            let (run, mut members, mut archive) = under_way?;
            loop {
                let Some(member) = members.next() else {
                    return Some((archive.finish().map_err(broken), None));
                };
                match run.paper(&member).await {
                    Err(error) => return Some((Err(error), None)),
                    Ok(None) => {}
                    Ok(Some(pdf)) => {
                        let piece = archive.add(&member.code, "pdf", &pdf.bytes).map_err(broken);
                        return Some((piece, Some((run, members, archive))));
                    }
                }
            }
        })
    }

    /// One paper; none when it can't be made, which is noted.
    async fn paper(&self, member: &Member) -> Result<Option<Pdf>> {
        let view = &self.found.view;
        let order = Order {
            contract: member.contract,
            invoice: None,
            kind: view.kind,
            number: documents::number(&member.code, view.kind, 1, view.from.zip(view.to)),
            dated_on: self.found.dated_on,
            draft: false,
            period: view.from.zip(view.to).map(|(from, to)| [from, to]),
            hand_over_to: None,
            signer: self.found.signer.clone(),
        };
        let done = self.tally.lock().expect("no panic while held").done;
        let paper = self
            .at
            .actor
            .transact(async |tx| {
                queries::save_progress(tx, self.batch, done).await?;
                match gather::paper(tx, &order).await {
                    Ok(paper) => Ok(Ok(paper)),
                    Err(Trouble::Charges(error)) => Ok(Err(error.to_string())),
                    Err(Trouble::Other(error)) => Err(error),
                }
            })
            .await?;
        let printed = match paper {
            Ok(paper) => press::print(paper, self.pictures.clone()).await.map_err(|error| error.to_string()),
            Err(why) => Err(why),
        };
        let mut tally = self.tally.lock().expect("no panic while held");
        match printed {
            Ok(pdf) => {
                tally.done += 1;
                Ok(Some(pdf))
            }
            Err(why) => {
                tracing::warn!(contract.id = %member.contract, "left {} out of a batch: {why}", member.code);
                tally.left_out.push(member.code.clone());
                Ok(None)
            }
        }
    }
}

fn broken(error: zip::result::ZipError) -> Error {
    Error::Internal(error.to_string())
}
