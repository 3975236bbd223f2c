//! Sends the code that somebody signs in with. It is good for minutes: a text that is late, or that may have arrived, is
//! not sent again – its reader asks for another.

use base::{Failure, Job, Lane, Lang, Outcome, Promise, Works};
use billing::Providers;
use identity::auth::phone::{self, PhoneCode, Purpose};
use providers::{CallError, text_messages::TextMessage};
use serde::{Deserialize, Serialize};

/// Sends a code's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TellCode(pub PhoneCode);

impl Promise for TellCode {
    const KIND: &'static str = PhoneCode::KIND;
}

impl Job for TellCode {
    /// Of its own: a month's bills do not stand in front of somebody who waits at the door. Codes have no owner, so all
    /// are as one owner's.
    const LANE: Lane = Lane::Calls { at_once: 8, per_owner: 8 };
    const ATTEMPTS: i32 = 4;

    async fn run(&self, at: &Works) -> Outcome {
        if self.0.good_until <= at.app.clock.now() {
            return ended("late");
        }
        let Some(opening) = self.0.open(&at.app) else {
            return Err(Failure::never("the code was sealed with another server's key"));
        };
        if !phone::is_expected(&at.actor, self.0.purpose, &opening).await? {
            return ended("unexpected");
        }
        let text = text(self.0.purpose, self.0.lang.parse().unwrap_or_default(), &opening.code);
        let message = TextMessage { to: opening.number, text, reference: at.promise };
        match Providers::of(&at.app).texts.send(&message).await {
            Ok(_) => ended("accepted"),
            Err(CallError::Lost(_)) => ended("unknown"),
            Err(CallError::Refused { code, .. }) => {
                tracing::warn!(promise.id = %at.promise, "the gateway refused a code: {code}");
                ended("refused")
            }
            Err(CallError::NotSent(_)) => Err(Failure::later("nothing reached the gateway")),
        }
    }
}

fn ended(how: &'static str) -> Outcome {
    metrics::counter!("sms_codes_total", "how" => how).increment(1);
    Ok(())
}

/// The code first, so that telephones offer to fill it in; one part, so that it arrives whole.
fn text(purpose: Purpose, lang: Lang, code: &str) -> String {
    let key = match purpose {
        Purpose::Phone => "sms-code",
        Purpose::Reset => "sms-code-reset",
    };
    words::say(lang, key, &[("code", code.to_owned().into())]).into_owned()
}

#[cfg(test)]
mod tests {
    use providers::text_messages::segments;

    use super::*;

    #[test]
    fn a_code_stands_first_in_one_part() {
        for code in ["482913", "4829130571"] {
            for (purpose, lang) in [
                (Purpose::Phone, Lang::Mn),
                (Purpose::Phone, Lang::En),
                (Purpose::Reset, Lang::Mn),
                (Purpose::Reset, Lang::En),
            ] {
                let text = text(purpose, lang, code);
                let size = segments(&text);

                println!("{text} ({} units)", size.units);
                assert!(text.starts_with(&format!("{code} ")), "{text}");
                assert_eq!(size.parts, 1, "{text}: {} units", size.units);
            }
        }
    }
}
