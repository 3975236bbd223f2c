//! Telephone numbers that always meet the same fate, by their last four digits, and texts that meet the mood's.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{Arriving, Message, Simulator};
use crate::sandbox::{Mood, Provider, moods};

/// The fate of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    Ordinary,
    /// …0002: accepted, never delivered.
    NeverDelivered,
    /// …0003: refused.
    Blocked,
    /// …0004: accepted, and the line is held until the caller gives up.
    Hangs,
    /// …0005: the gateway breaks with a 500.
    Breaks,
    /// …0006: an error in the words of a 200.
    WrongWords,
    /// …0007: a text with a link is refused.
    NoLinks,
}

pub fn of(number: &str) -> Number {
    match number.get(4..) {
        Some("0002") => Number::NeverDelivered,
        Some("0003") => Number::Blocked,
        Some("0004") => Number::Hangs,
        Some("0005") => Number::Breaks,
        Some("0006") => Number::WrongWords,
        Some("0007") => Number::NoLinks,
        _ => Number::Ordinary,
    }
}

/// How a gateway says yes and no.
pub struct Voice<R> {
    pub accepted: fn(&Message) -> Response,
    pub refused: R,
}

/// Why a gateway says no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The mood: the account is closed.
    Closed,
    Blocked,
    /// Said with a 200 where the gateway does so.
    WrongWords,
    Link,
}

impl Simulator {
    /// Takes a text as the number's fate and the gateway's mood are.
    pub(super) async fn take(&self, text: Arriving, voice: Voice<impl Fn(Why) -> Response>) -> Response {
        let number = of(&text.number);
        let has_link = text.text.contains("://");
        match number {
            Number::Blocked => return (voice.refused)(Why::Blocked),
            Number::Breaks => return (StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error").into_response(),
            Number::WrongWords => return (voice.refused)(Why::WrongWords),
            Number::NoLinks if has_link => return (voice.refused)(Why::Link),
            Number::Ordinary | Number::NeverDelivered | Number::Hangs | Number::NoLinks => {}
        }
        let mood = self.0.moods.draw(Provider::Sms, &[Mood::Refuse, Mood::Twice, Mood::DieAfterEffect]);
        if mood == Mood::Refuse {
            return (voice.refused)(Why::Closed);
        }

        let message = self.accept(text, if mood == Mood::Twice { 2 } else { 1 });
        self.0.moods.dawdle(Provider::Sms).await;
        if number == Number::Hangs {
            tokio::time::sleep(self.0.settings.hangs_for).await;
        }
        match mood {
            Mood::DieAfterEffect => moods::hang_up(),
            _ => (voice.accepted)(&message),
        }
    }
}
