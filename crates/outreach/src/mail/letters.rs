//! Identity's news as jobs: looked up, written, sent. A letter whose answer was lost is sent again: it carries the same
//! `Message-ID`, and a link too many harms nobody where a missing one keeps somebody out.

use base::{Failure, Job, Lane, Outcome, Promise, Works};
use billing::Providers;
use identity::{
    auth::two_factor::SecondFactorCode,
    invitations::InvitationMade,
    letters::{AccountLetter, Addressed, Reader, of_account, of_code, of_invitation},
};
use providers::{CallError, mail::Letter, text_messages::TextMessage};
use serde::{Deserialize, Serialize};

use super::words;

/// What goes out to people about their accounts.
const LANE: Lane = Lane::Calls { at_once: 8, per_owner: 8 };

/// Writes what a person is to know about their account.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WriteAccountLetter(pub AccountLetter);

impl Promise for WriteAccountLetter {
    const KIND: &'static str = AccountLetter::KIND;
}

impl Job for WriteAccountLetter {
    const LANE: Lane = LANE;

    async fn run(&self, at: &Works) -> Outcome {
        send(at, of_account(&at.actor, at.promise, &self.0).await?).await
    }
}

/// Sends an invitation to whoever is to work for an owner.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SendInvitation(pub InvitationMade);

impl Promise for SendInvitation {
    const KIND: &'static str = InvitationMade::KIND;
}

impl Job for SendInvitation {
    const LANE: Lane = LANE;

    async fn run(&self, at: &Works) -> Outcome {
        send(at, of_invitation(&at.actor, &self.0).await?).await
    }
}

/// Sends the code of a sign-in's second step; it is worth nothing after three minutes.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SendCode(pub SecondFactorCode);

impl Promise for SendCode {
    const KIND: &'static str = SecondFactorCode::KIND;
}

impl Job for SendCode {
    const LANE: Lane = LANE;

    async fn run(&self, at: &Works) -> Outcome {
        send(at, of_code(&at.actor, &self.0).await?).await
    }
}

/// Puts a letter into words and hands it over.
async fn send(at: &Works, letter: Option<Addressed>) -> Outcome {
    let Some(Addressed { to, lang, content }) = letter else {
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
            match providers.texts.send(&text).await {
                // It may be on the telephone already, and texts are paid for.
                Err(CallError::Lost(why)) => {
                    tracing::warn!(promise.id = %at.promise, "a text may have been lost: {why}");
                    Ok(())
                }
                answer => answer.map(drop),
            }
        }
    };
    let (how, outcome) = match answer {
        Ok(()) => ("taken", Ok(())),
        // People mistype their addresses; nobody here can mend it.
        Err(CallError::Refused { code, message }) => {
            tracing::warn!(promise.id = %at.promise, "a letter was refused ({code}): {message}");
            ("refused", Ok(()))
        }
        Err(error @ (CallError::NotSent(_) | CallError::Lost(_))) => ("later", Err(Failure::later(error.to_string()))),
    };
    metrics::counter!("letters_ended_total", "how" => how).increment(1);
    outcome
}
