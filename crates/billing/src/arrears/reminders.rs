//! Reminders: what is late is reminded of once a stage, never while a promise holds.

pub(crate) mod chosen;
mod due;
mod orders;

use base::{App, Job, Outcome, Promise, Result, Tx, Works, params};
use domain::{ContractId, InvoiceId, Money, PromiseId, ReminderId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) use self::orders::again;
pub(super) use self::orders::{order, preview, retry, show};
use super::{promises, settings, texts};
use crate::{
    bulk::{self, Ended},
    clockwork,
};

/// Every morning: reminds an owner's tenants of what has reached a new stage.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct RemindOwner {}

impl Promise for RemindOwner {
    const KIND: &'static str = "reminder.daily";
}

impl Job for RemindOwner {
    async fn run(&self, at: &Works) -> Outcome {
        at.actor.transact(async |tx| orders::daily(tx).await).await?;
        Ok(())
    }
}

pub(super) async fn for_each_owner(app: App, _slot: Timestamp) -> Result<()> {
    clockwork::promise_to_owners(&app, None, &RemindOwner {}).await
}

/// A reminder that is to go out now.
#[derive(Debug, Clone)]
pub struct ToRemind {
    pub contract: ContractId,
    pub stage: i16,
    pub phone: Option<String>,
    /// Sends at once, at any hour.
    pub demo: bool,
    pub amount: Money,
    /// The longest overdue bill.
    pub invoice: InvoiceId,
    pub text: String,
    /// The part of the text that opens a page.
    pub secret: String,
}

/// What a reminder says as things stand now; `None` when it was sent, or there is no more need of it. Under the promise
/// that sends it, it is there again while nothing has reached the gateway.
pub async fn to_remind(tx: &Tx, id: ReminderId, sms: PromiseId) -> Result<Option<ToRemind>> {
    let row = tx
        .maybe(
            "select r.contract_id, r.stage
               from reminders r
              where r.owner_id = (select app_owner_id()) and r.id = $1
                and (r.status = 'waiting'
                     or exists (select from sms_messages s
                                 where s.owner_id = r.owner_id and s.id = $2 and s.id = r.sms_id and s.status = 'new'))
                for no key update of r",
            &[&id, &sms],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let (contract, stage): (ContractId, i16) = (row.get("contract_id"), row.get("stage"));
    let bills = due::overdue(tx, Some(&[contract])).await?;
    let Some(due) = due::Overdue::of_contracts(&bills).into_iter().next() else {
        skip(tx, id, "paid").await?;
        return Ok(None);
    };
    if promises::holding(tx, &[contract]).await?.contains(&contract) {
        skip(tx, id, "promised").await?;
        return Ok(None);
    }
    let settings = settings::read(tx).await?;
    let Ok(text) = texts::text(tx.app(), &settings.template(stage), &due.told(&settings)) else {
        skip(tx, id, "bad_text").await?;
        return Ok(None);
    };
    Ok(Some(ToRemind {
        contract,
        stage,
        phone: due.oldest.phone.clone(),
        demo: due.oldest.demo,
        amount: due.amount,
        invoice: due.oldest.invoice,
        text: text.whole,
        secret: text.secret,
    }))
}

/// Notes that a reminder was handed over, under the promise that sends it.
pub async fn sent(tx: &Tx, id: ReminderId, sms: PromiseId, kept: String, amount: Money) -> Result<()> {
    tx.later(
        "update reminders set status = 'sent', sms_id = $2, text = $3, amount = $4, sent_on = $5
          where owner_id = (select app_owner_id()) and id = $1",
        params![id, sms, kept, amount, tx.clock().today()],
    )
    .await
}

/// Notes why a reminder was not sent; its bills may be reminded of at this stage another time.
pub async fn skip(tx: &Tx, id: ReminderId, because: &'static str) -> Result<()> {
    tx.later(
        "update reminders set status = 'skipped', skipped_because = $2
          where owner_id = (select app_owner_id()) and id = $1",
        params![id, because],
    )
    .await?;
    tx.later(
        "delete from reminder_invoices where owner_id = (select app_owner_id()) and reminder_id = $1",
        params![id],
    )
    .await?;
    let word = match because {
        "promised" => "PROMISED",
        "no_phone" => "NO_PHONE",
        "bad_text" => "REMINDER_TEXT",
        _ => "NOT_OPEN",
    };
    bulk::end_reminder(tx, id, &Ended::Failed { word, facts: json!({}) }).await
}
