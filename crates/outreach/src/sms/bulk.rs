//! The texts that bulk orders send: the bill again. Reminders go the way of all reminders.

use base::{Lane, Outcome, Result, Tx, Works};
use billing::{
    bulk::{self, Chosen, Ended},
    invoices,
};
use domain::PromiseId;

use super::{
    news, queries,
    queries::{Addressee, Bill},
    send::{self, Draft},
    texts,
};
use crate::bulk::SendBulkText;

pub(crate) const LANE: Lane = news::LANE;

/// In whose name, in which letters.
pub(crate) async fn owner(tx: &Tx) -> Result<Addressee> {
    queries::owner(tx).await
}

/// The template and the text of a chosen invoice.
pub(crate) fn of_chosen(to: &Addressee, chosen: &Chosen, url: &str) -> (&'static str, String) {
    let bill = Bill {
        to: Addressee { phone: chosen.phone.clone(), ..to.clone() },
        units: chosen.units.clone(),
        contract_code: chosen.contract_code.clone(),
        period: chosen.period,
        amount: chosen.balance(),
        previous: chosen.previous_balance,
    };
    texts::bill(&bill, url)
}

/// Writes and sends the text of an item that still waits; at night it is promised for the morning.
pub(crate) async fn send(at: &Works, job: &SendBulkText) -> Outcome {
    let draft = at
        .actor
        .transact(async |tx| {
            let Some((invoice, ..)) = bulk::lock_item(tx, job.0.item).await? else { return Ok(None) };
            let Some(bill) = queries::bill(tx, invoice).await? else {
                return job.fail(tx, "NOT_OPEN").await.map(|()| None);
            };
            if !bill.amount.is_positive() {
                return job.fail(tx, "NOT_OPEN").await.map(|()| None);
            }
            let Some(phone) = bill.to.phone.clone() else { return job.fail(tx, "NO_PHONE").await.map(|()| None) };
            if let Some(morning) = news::not_before(tx.clock().now()).filter(|_| !bill.to.demo) {
                tx.promise_at(job, morning).await?;
                return Ok(None);
            }
            let (url, token) = (invoices::link_url(&at.app, invoice), invoices::link_token(&at.app, invoice));
            let (template, text) = texts::bill(&bill, &url);
            let draft = Draft { to: phone, text, secret: Some(token), template, invoice: Some(invoice) };
            send::begin(tx, at.promise, draft).await
        })
        .await?;
    match draft {
        Some(draft) => send::send(at, &draft).await,
        None => Ok(()),
    }
}

/// How the text of a promise ended; nothing while it may still be sent.
pub(crate) async fn ending(tx: &Tx, promise: PromiseId) -> Result<Option<Ended>> {
    let Some((status, parts)) = queries::text_ended(tx, promise).await? else { return Ok(None) };
    Ok(match status.as_str() {
        "accepted" | "delivered" => Some(Ended::Done { result: None, parts }),
        "unknown" => Some(Ended::Unsure { word: "SMS_UNKNOWN", parts }),
        "refused" | "undelivered" => Some(Ended::Failed { word: "SMS_REFUSED", facts: serde_json::json!({}) }),
        _ => None,
    })
}
