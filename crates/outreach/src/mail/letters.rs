//! Identity's news as a job: looked up, written, sent. A letter whose answer was lost is sent again: it carries the same
//! `Message-ID`, and a link too many harms nobody where a missing one keeps somebody out.

use base::{Failure, Job, Lane, Outcome, Promise, Works};
use billing::Providers;
use identity::letters::{AccountLetter, Addressed, Reader, address};
use providers::{CallError, mail::Letter, text_messages::TextMessage};
use serde::{Deserialize, Serialize};

use super::words;

/// Writes and sends one letter.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WriteAccountLetter(pub AccountLetter);

impl Promise for WriteAccountLetter {
    const KIND: &'static str = AccountLetter::KIND;
}

impl Job for WriteAccountLetter {
    const LANE: Lane = Lane::Calls { at_once: 8, per_owner: 8 };

    async fn run(&self, at: &Works) -> Outcome {
        let Some(Addressed { to, lang, content }) = address(&at.actor, at.promise, &self.0).await? else {
            metrics::counter!("letters_ended_total", "how" => "nobody").increment(1);
            return Ok(());
        };
        let providers = Providers::of(&at.app);
        let answer = match to {
            Reader::Email(to) => {
                let words::Written { subject, text, html } = words::letter(lang, &content);
                providers.mail.send(&Letter { to, subject, text, html, reference: at.promise }).await
            }
            Reader::Phone(to) => {
                let text = TextMessage { to, text: words::text(lang, &content), reference: at.promise };
                providers.texts.send(&text).await.map(drop)
            }
        };
        let (how, outcome) = match answer {
            Ok(()) => ("taken", Ok(())),
            // People mistype their addresses; nobody here can mend it.
            Err(CallError::Refused { code, message }) => {
                tracing::warn!(promise.id = %at.promise, "a letter was refused ({code}): {message}");
                ("refused", Ok(()))
            }
            Err(error @ (CallError::NotSent(_) | CallError::Lost(_))) => {
                ("later", Err(Failure::later(error.to_string())))
            }
        };
        metrics::counter!("letters_ended_total", "how" => how).increment(1);
        outcome
    }
}
