//! Sends a text once. Gateways can't be asked what became of a text, so its row is written before the call: found
//! half way by a second try, or after a lost answer, it may be on the telephone already and is not repeated.

use base::{Failure, Outcome, Result, Tx, Works};
use billing::Providers;
use domain::{InvoiceId, PromiseId};
use providers::{
    CallError,
    text_messages::{TextMessage, segments},
};

use super::queries::{self, Ending};

/// A text that is to be sent.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Eight digits.
    pub to: String,
    pub text: String,
    /// The part of the text that opens a page: sent, and kept nowhere.
    pub secret: Option<String>,
    pub template: &'static str,
    pub invoice: Option<InvoiceId>,
}

impl Draft {
    /// The text as staff may read it.
    pub fn kept(&self) -> String {
        match &self.secret {
            Some(secret) => self.text.replace(secret.as_str(), "…"),
            None => self.text.clone(),
        }
    }

    /// What it is charged as.
    pub fn parts(&self) -> i32 {
        i32::try_from(segments(&self.text).parts).unwrap_or(i32::MAX)
    }
}

/// Takes the text's row for this try; `None` when it was sent, or may have been.
pub async fn begin(tx: &Tx, promise: PromiseId, draft: Draft) -> Result<Option<Draft>> {
    if queries::begin(tx, promise, &draft).await? {
        return Ok(Some(draft));
    }
    given_up(tx, promise).await
}

/// Lets a text be that was cut off while it was sent: nobody knows whether it arrived.
pub async fn given_up(tx: &Tx, promise: PromiseId) -> Result<Option<Draft>> {
    if queries::give_up(tx, promise).await? {
        tracing::warn!(promise.id = %promise, "a text was cut off while it was sent and is not repeated");
        metrics::counter!("sms_ended_total", "how" => "unknown").increment(1);
    }
    Ok(None)
}

/// Hands the text over and writes down what the gateway said.
pub async fn send(at: &Works, draft: &Draft) -> Outcome {
    let message = TextMessage { to: draft.to.clone(), text: draft.text.clone(), reference: at.promise };
    let answer = Providers::of(&at.app).texts.send(&message).await;
    let (ending, outcome) = match answer {
        Ok(accepted) => (Ending::Accepted(i32::try_from(accepted.parts).unwrap_or(i32::MAX)), Ok(())),
        Err(CallError::Refused { code, message }) => (Ending::Refused(format!("{code}: {message}")), Ok(())),
        Err(CallError::Lost(why)) => (Ending::Unknown(why), Ok(())),
        Err(error @ CallError::NotSent(_)) => {
            (Ending::NotSent(error.to_string()), Err(Failure::later(error.to_string())))
        }
    };
    metrics::counter!("sms_ended_total", "how" => ending.status()).increment(1);
    at.actor.transact(async |tx| queries::end(tx, at.promise, &ending).await).await?;
    outcome
}
