//! The operators' gateways and CallPro in one small server, and the telephones their texts arrive on.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::Router;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::routing::Routing;
use crate::{
    sandbox::{Door, Ledger, Moods, Part, Provider, layout},
    text_messages::segments,
};

mod callpro;
mod desk;
mod gateways;
mod special;

/// Every gateway, and every telephone.
#[derive(Clone)]
pub struct Simulator(Arc<Inner>);

struct Inner {
    settings: Settings,
    routing: Routing,
    moods: Moods,
    ledger: Ledger,
    messages: Mutex<Vec<Message>>,
    switches: Mutex<Switches>,
}

/// Who may send, and how long the simulator takes.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The special numbers the operators let through.
    pub senders: Vec<String>,
    pub username: String,
    pub password: String,
    /// Skytel's account number.
    pub skytel_id: String,
    pub callpro_key: String,
    /// CallPro's own numbers.
    pub callpro_senders: Vec<String>,
    /// The time until a text is delivered.
    pub delivered_after: Duration,
    /// The time a number ending in 0004 holds the line.
    pub hangs_for: Duration,
}

impl Settings {
    /// What `sms::Settings::sandbox` calls with.
    pub fn demo() -> Settings {
        Settings {
            senders: vec!["131344".into()],
            username: "spacehub".into(),
            password: "sandbox".into(),
            skytel_id: "1000000".into(),
            callpro_key: "test_key_000".into(),
            callpro_senders: vec!["72000001".into()],
            delivered_after: Duration::from_secs(2),
            hangs_for: Duration::from_secs(60),
        }
    }
}

/// Oddities of the real gateways beyond the common moods.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Switches {
    /// The caller's address is not on the operators' lists.
    pub unknown_address: bool,
}

/// A text as it reached a telephone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// `unique_id` with its suffix at CallPro; a plain number at the operators, who give none.
    pub id: String,
    pub number: String,
    pub from: String,
    pub gateway: &'static str,
    pub text: String,
    pub encoding: &'static str,
    pub units: u32,
    pub parts: u32,
    pub sent_at: Timestamp,
    #[serde(skip)]
    delivered_at: Option<Timestamp>,
}

/// Where a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    Accepted,
    Delivered,
    Undelivered,
}

impl Message {
    /// Where the text is now; one without a moment of delivery never arrives.
    pub fn delivery(&self, now: Timestamp) -> Delivery {
        match self.delivered_at {
            Some(at) if at <= now => Delivery::Delivered,
            Some(_) => Delivery::Accepted,
            None => Delivery::Undelivered,
        }
    }

    /// The addresses in the text, in their order.
    pub fn links(&self) -> Vec<&str> {
        layout::links(&self.text)
    }
}

impl Simulator {
    pub fn new(settings: Settings, moods: Moods) -> Simulator {
        Simulator(Arc::new(Inner {
            settings,
            routing: Routing { fallback: None, ..Routing::default() },
            moods,
            ledger: Ledger::default(),
            messages: Mutex::default(),
            switches: Mutex::default(),
        }))
    }

    /// The texts on one telephone, newest first.
    pub fn messages_to(&self, number: &str) -> Vec<Message> {
        self.messages().iter().rev().filter(|message| message.number == number).cloned().collect()
    }

    pub fn switches(&self) -> Switches {
        *self.0.switches.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn set_switches(&self, switches: Switches) {
        *self.0.switches.lock().unwrap_or_else(PoisonError::into_inner) = switches;
    }

    /// Puts a text on its telephone, `copies` times, and counts it once under its reference.
    fn accept(&self, text: Arriving, copies: usize) -> Message {
        let counted = segments(&text.text);
        let sent_at = Timestamp::now();
        let takes = SignedDuration::try_from(self.0.settings.delivered_after).unwrap_or(SignedDuration::MAX);
        let arrives = special::of(&text.number) != special::Number::NeverDelivered;
        let mut messages = self.messages();
        let same = |message: &&Message| text.unique_id.as_ref().is_some_and(|id| is_of(&message.id, id));
        let suffix = messages.iter().filter(same).count() + 1;
        let message = Message {
            id: match &text.unique_id {
                Some(id) => format!("{id}_{suffix}"),
                None => (messages.len() + 1).to_string(),
            },
            number: text.number,
            from: text.from,
            gateway: text.gateway,
            text: text.text,
            encoding: counted.encoding.as_str(),
            units: counted.units,
            parts: counted.parts,
            sent_at,
            delivered_at: arrives.then(|| sent_at.checked_add(takes).unwrap_or(Timestamp::MAX)),
        };
        for _ in 0..copies {
            messages.push(message.clone());
        }
        self.0.ledger.note(text.unique_id.unwrap_or_else(|| format!("{} {}", message.number, message.text)));
        message
    }

    fn messages(&self) -> MutexGuard<'_, Vec<Message>> {
        self.0.messages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The latest text of each telephone, with how many it has.
    fn phones(&self) -> Vec<(Message, usize)> {
        let mut phones: BTreeMap<String, (Message, usize)> = BTreeMap::new();
        for message in self.messages().iter() {
            let count = phones.get(&message.number).map_or(0, |(_, count)| *count);
            phones.insert(message.number.clone(), (message.clone(), count + 1));
        }
        let mut phones: Vec<_> = phones.into_values().collect();
        phones.sort_by_key(|(latest, _)| std::cmp::Reverse(latest.sent_at));
        phones
    }
}

/// A text a gateway has agreed to.
struct Arriving {
    number: String,
    from: String,
    gateway: &'static str,
    text: String,
    unique_id: Option<String>,
}

/// Whether a message's id is `unique_id` with a suffix.
fn is_of(id: &str, unique_id: &str) -> bool {
    id.strip_prefix(unique_id).is_some_and(|rest| rest.starts_with('_'))
}

impl Part for Simulator {
    fn provider(&self) -> Provider {
        Provider::Sms
    }

    fn router(&self) -> Router {
        gateways::router().merge(callpro::router()).with_state(self.clone())
    }

    fn desk(&self) -> Router {
        desk::router(self.clone())
    }

    fn ledger(&self) -> Ledger {
        self.0.ledger.clone()
    }

    fn doors(&self) -> Vec<Door> {
        desk::doors()
    }
}
