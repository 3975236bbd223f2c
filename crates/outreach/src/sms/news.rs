//! Billing's news as jobs: who is to be told, what, and when.

use base::{Job, Lane, Outcome, Promise, Result, Tx, Works, audit::Note, clock::ulaanbaatar};
use billing::{
    invoices,
    news::{InvoiceIssued, PaymentReceived},
};
use jiff::{SignedDuration, Timestamp, civil::Time};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    queries::{self, Addressee},
    send::{self, Draft},
    texts,
};

/// What goes out to people, however many owners there are.
pub(super) const LANE: Lane = Lane::Calls { at_once: 24, per_owner: 6 };

/// Nobody gets a bill at night: from this hour …
const FIRST_HOUR: i8 = 9;
/// … to before this one, Ulaanbaatar time.
const LAST_HOUR: i8 = 20;

/// Sends a new bill's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TellOfInvoice(pub InvoiceIssued);

impl Promise for TellOfInvoice {
    const KIND: &'static str = InvoiceIssued::KIND;

    fn aggregate(&self) -> Option<Uuid> {
        self.0.aggregate()
    }
}

impl Job for TellOfInvoice {
    const LANE: Lane = LANE;

    async fn run(&self, at: &Works) -> Outcome {
        let draft = at.actor.transact(async |tx| self.write(tx, at).await).await?;
        match draft {
            Some(draft) => send::send(at, &draft).await,
            None => Ok(()),
        }
    }
}

impl TellOfInvoice {
    /// The text, if there is still something to pay and someone to tell; at night it is promised for the morning.
    async fn write(&self, tx: &Tx, at: &Works) -> Result<Option<Draft>> {
        let Some(bill) = queries::bill(tx, self.0.invoice).await? else { return Ok(None) };
        if !bill.amount.is_positive() {
            return Ok(None);
        }
        let morning = not_before(tx.clock().now());
        if let Some(morning) = morning.filter(|_| !bill.to.demo) {
            tx.promise_at(&self.0, morning).await?;
            return Ok(None);
        }
        let Some(phone) = phone_or_note(tx, &bill.to, self.0.invoice.0).await? else { return Ok(None) };
        let (url, token) = (invoices::link_url(&at.app, self.0.invoice), invoices::link_token(&at.app, self.0.invoice));
        let (template, text) = texts::bill(&bill, &url);
        let draft = Draft { to: phone, text, secret: Some(token), template, invoice: Some(self.0.invoice) };
        send::begin(tx, at.promise, draft).await
    }
}

/// Thanks for a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TellOfPayment(pub PaymentReceived);

impl Promise for TellOfPayment {
    const KIND: &'static str = PaymentReceived::KIND;

    fn aggregate(&self) -> Option<Uuid> {
        self.0.aggregate()
    }
}

impl Job for TellOfPayment {
    const LANE: Lane = LANE;

    async fn run(&self, at: &Works) -> Outcome {
        let draft = at.actor.transact(async |tx| self.write(tx, at).await).await?;
        match draft {
            Some(draft) => send::send(at, &draft).await,
            None => Ok(()),
        }
    }
}

impl TellOfPayment {
    /// The text, unless the payment was taken back; whoever has just paid may be thanked at any hour.
    async fn write(&self, tx: &Tx, at: &Works) -> Result<Option<Draft>> {
        let Some(money) = queries::money(tx, self.0.payment).await? else { return Ok(None) };
        let Some(phone) = phone_or_note(tx, &money.to, self.0.payment.0).await? else { return Ok(None) };
        let url = money.invoice.map(|invoice| invoices::link_url(&at.app, invoice));
        let secret = money.invoice.map(|invoice| invoices::link_token(&at.app, invoice));
        let (template, text) = texts::thanks(&money, url.as_deref());
        let draft = Draft { to: phone, text, secret, template, invoice: money.invoice };
        send::begin(tx, at.promise, draft).await
    }
}

/// The tenant's telephone; that there is none is written down, for someone will ask why the text never came.
pub(super) async fn phone_or_note(tx: &Tx, to: &Addressee, about: Uuid) -> Result<Option<String>> {
    if to.phone.is_none() {
        let reason = Some("the tenant has no telephone".to_owned());
        tx.note(Note { action: "sms.skip", id: Some(about), reason, ..Note::default() }).await?;
    }
    Ok(to.phone.clone())
}

/// The next morning, when it is night now.
pub(super) fn not_before(now: Timestamp) -> Option<Timestamp> {
    let local = now.to_zoned(ulaanbaatar()).datetime();
    if (FIRST_HOUR..LAST_HOUR).contains(&local.hour()) {
        return None;
    }
    let today = local.date().to_datetime(Time::constant(FIRST_HOUR, 0, 0, 0));
    let today = ulaanbaatar().to_timestamp(today).expect("a fixed offset has every moment of our days");
    let tomorrow = today.saturating_add(SignedDuration::from_hours(24)).unwrap_or(Timestamp::MAX);
    Some(if local.hour() < FIRST_HOUR { today } else { tomorrow })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bills_wait_for_the_morning() {
        let morning = |now: &str| not_before(now.parse().unwrap()).map(|at| at.to_string());
        assert_eq!(morning("2026-11-22T01:00:00Z"), None, "nine o'clock");
        assert_eq!(morning("2026-11-22T11:59:59Z"), None, "a second before twenty");
        assert_eq!(morning("2026-11-22T12:00:00Z").as_deref(), Some("2026-11-23T01:00:00Z"));
        assert_eq!(morning("2026-11-22T16:30:00Z").as_deref(), Some("2026-11-23T01:00:00Z"), "half past midnight");
        assert_eq!(morning("2026-11-22T00:59:59Z").as_deref(), Some("2026-11-22T01:00:00Z"));
    }
}
