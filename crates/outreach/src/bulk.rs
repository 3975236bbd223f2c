//! The texts of bulk orders: what they would cost, and each one sent with how it ended written on its item.

use base::{Actor, App, Job, Json, Lane, Outcome, Promise, Refusals, Result, Slice, Tx, Works};
use billing::{
    bulk::{self, Chosen, Ended},
    invoices,
    news::BulkText,
};
use domain::{bulk::BulkVerb, reminder};
use providers::text_messages::segments;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use wire::bulk::{BulkPreview, BulkTexts, NewBulkOrder};

use crate::sms::bulk as texts;

pub fn slice() -> Slice {
    Slice::new("bulk texts").routes(OpenApiRouter::<App>::new().routes(routes!(preview))).job::<SendBulkText>()
}

/// What a bulk order would do: how many invoices, to whom, what the texts cost, and what is left out and why.
#[utoipa::path(post, path = "/v2/bulk-orders/preview", operation_id = "previewBulkOrder", tag = "invoices",
    request_body = NewBulkOrder, responses((status = 200, body = BulkPreview), Refusals))]
async fn preview(actor: Actor, Json(new): Json<NewBulkOrder>) -> Result<Json<BulkPreview>> {
    let preview = actor
        .transact(async |tx| {
            let (mut preview, chosen) = bulk::preview(tx, &new).await?;
            // What reminders cost is known where their texts are.
            if new.verb == BulkVerb::Send {
                price(tx, &mut preview, &chosen).await?;
            }
            Ok(preview)
        })
        .await?;
    Ok(Json(preview))
}

/// Writes every text to see how many parts it is charged as.
async fn price(tx: &Tx, preview: &mut BulkPreview, chosen: &[Chosen]) -> Result<()> {
    let to = texts::owner(tx).await?;
    let today = tx.clock().today();
    let mut parts = 0;
    for (place, invoice) in chosen.iter().enumerate() {
        let url = invoices::link_url(tx.app(), invoice.id);
        let of_one = segments(&texts::of_chosen(&to, invoice, &url).1).parts;
        if let Some(recipient) = preview.recipients.get_mut(place) {
            recipient.parts = i32::try_from(of_one).ok();
        }
        parts += i64::from(of_one);
    }
    preview.texts = Some(BulkTexts { parts, price: reminder::cost(1, today), cost: reminder::cost(parts, today) });
    Ok(())
}

/// Sends the text of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SendBulkText(pub BulkText);

impl Promise for SendBulkText {
    const KIND: &'static str = BulkText::KIND;

    fn aggregate(&self) -> Option<Uuid> {
        self.0.aggregate()
    }
}

impl Job for SendBulkText {
    const LANE: Lane = texts::LANE;

    async fn run(&self, at: &Works) -> Outcome {
        let sent = texts::send(at, self).await;
        let last = sent.is_err() && at.attempt >= Self::ATTEMPTS;
        at.actor
            .transact(async |tx| match texts::ending(tx, at.promise).await? {
                Some(ended) => bulk::end(tx, self.0.item, &ended).await,
                None if last => {
                    bulk::end(tx, self.0.item, &Ended::Failed { word: "SMS_NOT_SENT", facts: json!({}) }).await
                }
                None => Ok(()),
            })
            .await?;
        sent
    }
}

impl SendBulkText {
    /// What stands against the text is written on the item.
    pub(crate) async fn fail(&self, tx: &Tx, word: &'static str) -> Result<()> {
        bulk::end(tx, self.0.item, &Ended::Failed { word, facts: json!({}) }).await
    }
}
