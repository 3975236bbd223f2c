//! Billing's news as a job: a tenant is reminded of what is overdue.

use base::{Job, Outcome, Promise, Result, Tx, Works};
use billing::{arrears, bulk::Ended, news::ReminderDue};
use domain::PromiseId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{
    bulk,
    news::{self, LANE},
    send::{self, Draft},
};

/// Sends a reminder's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TellOfReminder(pub ReminderDue);

impl Promise for TellOfReminder {
    const KIND: &'static str = ReminderDue::KIND;

    fn aggregate(&self) -> Option<Uuid> {
        self.0.aggregate()
    }
}

impl Job for TellOfReminder {
    const LANE: base::Lane = LANE;

    async fn run(&self, at: &Works) -> Outcome {
        let draft = at.actor.transact(async |tx| self.write(tx, at).await).await?;
        let sent = match draft {
            Some(draft) => send::send(at, &draft).await,
            None => Ok(()),
        };
        let last = sent.is_err() && at.attempt >= Self::ATTEMPTS;
        at.actor.transact(async |tx| self.tell(tx, at.promise, last).await).await?;
        sent
    }
}

impl TellOfReminder {
    /// Who ordered it in bulk sees how it ended.
    async fn tell(&self, tx: &Tx, promise: PromiseId, last: bool) -> Result<()> {
        let not_sent = Ended::Failed { word: "SMS_NOT_SENT", facts: json!({}) };
        match bulk::ending(tx, promise).await?.or(last.then_some(not_sent)) {
            Some(ended) => billing::bulk::end_reminder(tx, self.0.reminder, &ended).await,
            None => Ok(()),
        }
    }

    /// The text as things stand now, unless it was paid or promised meanwhile; at night it waits for the morning.
    async fn write(&self, tx: &Tx, at: &Works) -> Result<Option<Draft>> {
        let id = self.0.reminder;
        let Some(due) = arrears::to_remind(tx, id, at.promise).await? else {
            // A text that was cut off while it was sent is not repeated.
            return send::given_up(tx, at.promise).await;
        };
        if let Some(morning) = news::not_before(tx.clock().now()).filter(|_| !due.demo) {
            tx.promise_at(&self.0, morning).await?;
            return Ok(None);
        }
        let Some(phone) = due.phone else {
            arrears::skip(tx, id, "no_phone").await?;
            return Ok(None);
        };
        let draft = Draft {
            to: phone,
            text: due.text,
            secret: Some(due.secret),
            template: TEMPLATES[usize::from(due.stage.clamp(1, 3).unsigned_abs()) - 1],
            invoice: Some(due.invoice),
        };
        let kept = draft.kept();
        let draft = send::begin(tx, at.promise, draft).await?;
        if draft.is_some() {
            arrears::sent(tx, id, at.promise, kept, due.amount).await?;
        }
        Ok(draft)
    }
}

/// What sms_messages knows the stages by.
const TEMPLATES: [&str; 3] = ["sms-reminder-first", "sms-reminder-second", "sms-reminder-last"];
