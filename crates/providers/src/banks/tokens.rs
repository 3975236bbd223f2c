//! One token an account at a bank, fetched by one caller while the others wait.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Mutex as Turn;

use crate::{CallError, Secret};

/// A login that was refused is not tried again for this long: banks lock those who keep trying.
const REFUSAL_LASTS: SignedDuration = SignedDuration::from_secs(300);

/// The tokens of every account this process speaks for.
pub struct Tokens {
    clock: fn() -> Timestamp,
    slots: Mutex<HashMap<Account, Arc<Turn<Slot>>>>,
}

/// A new secret is a new account: its token is fetched anew.
type Account = (String, Secret);

#[derive(Default)]
enum Slot {
    #[default]
    Empty,
    Held(Held),
    Refused {
        error: CallError,
        until: Timestamp,
    },
}

/// A token, until when it is used, and what renews it.
#[derive(Clone)]
pub struct Held {
    pub token: Secret,
    pub ends: Timestamp,
    pub refresh: Option<Secret>,
}

impl Tokens {
    pub fn new(clock: fn() -> Timestamp) -> Tokens {
        Tokens { clock, slots: Mutex::default() }
    }

    /// The token of whoever signs in with that name and secret; `refused` is one that the bank has just turned down.
    pub async fn get(
        &self,
        who: (&str, &Secret),
        refused: Option<&Secret>,
        fetch: impl AsyncFnOnce(Option<Held>, Timestamp) -> Result<Held, CallError>,
    ) -> Result<Secret, CallError> {
        let key = (who.0.to_owned(), who.1.clone());
        let slot = self.slots.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default().clone();
        let mut slot = slot.lock().await;
        let now = (self.clock)();
        let old = match &*slot {
            Slot::Held(held) if now < held.ends && Some(&held.token) != refused => return Ok(held.token.clone()),
            Slot::Refused { error, until } if now < *until => return Err(error.clone()),
            Slot::Held(held) => Some(held.clone()),
            Slot::Refused { .. } | Slot::Empty => None,
        };
        match fetch(old, now).await {
            Ok(held) => {
                let token = held.token.clone();
                *slot = Slot::Held(held);
                Ok(token)
            }
            Err(error) => {
                *slot = match &error {
                    CallError::Refused { .. } => Slot::Refused { error: error.clone(), until: now + REFUSAL_LASTS },
                    _ => Slot::Empty,
                };
                Err(error)
            }
        }
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tokens(…)")
    }
}
