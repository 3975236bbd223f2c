//! One token an account, fetched by one caller while the others wait: QPay asks not to be asked again and again, and
//! a newer token may end the older one.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use jiff::{SignedDuration, Timestamp};
use reqwest::{Method, RequestBuilder};
use tokio::sync::Mutex as Turn;

use super::{client::understood, wire};
use crate::{
    CallError,
    http::{self, Exit, Secret},
    qr_payments::QrMerchant,
};

/// A token is renewed this long before it ends.
const EARLY: SignedDuration = SignedDuration::from_secs(60);

/// A password that was refused is not tried again for this long.
const REFUSAL_LASTS: SignedDuration = SignedDuration::from_secs(60);

/// The tokens of every account this process speaks for.
pub struct Tokens {
    clock: fn() -> Timestamp,
    slots: Mutex<HashMap<Account, Arc<Turn<Slot>>>>,
}

/// A new password is a new account: its token is fetched anew.
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

#[derive(Clone)]
struct Held {
    access: Secret,
    access_ends: Timestamp,
    refresh: Secret,
    refresh_ends: Timestamp,
}

impl Tokens {
    pub fn new(clock: fn() -> Timestamp) -> Tokens {
        Tokens { clock, slots: Mutex::default() }
    }

    /// The account's token, fetched or renewed when need be.
    pub async fn get(&self, exit: &Exit, merchant: &QrMerchant) -> Result<Secret, CallError> {
        self.other_than(None, exit, merchant).await
    }

    /// A token in place of one that was just refused; whoever comes second takes what the first one fetched.
    pub async fn replace(&self, exit: &Exit, merchant: &QrMerchant, refused: &Secret) -> Result<Secret, CallError> {
        self.other_than(Some(refused), exit, merchant).await
    }

    async fn other_than(
        &self,
        refused: Option<&Secret>,
        exit: &Exit,
        merchant: &QrMerchant,
    ) -> Result<Secret, CallError> {
        let slot = self.slot(merchant);
        let mut slot = slot.lock().await;
        let now = (self.clock)();
        let old = match &*slot {
            Slot::Held(held) if lasts(held.access_ends, now) && Some(&held.access) != refused => {
                return Ok(held.access.clone());
            }
            Slot::Refused { error, until } if now < *until => return Err(error.clone()),
            Slot::Held(held) => Some(held.clone()),
            Slot::Refused { .. } | Slot::Empty => None,
        };

        match fetch(exit, merchant, old, now).await {
            Ok(held) => {
                let access = held.access.clone();
                *slot = Slot::Held(held);
                Ok(access)
            }
            Err(error) => {
                if matches!(error, CallError::Refused { .. }) {
                    *slot = Slot::Refused { error: error.clone(), until: now + REFUSAL_LASTS };
                }
                Err(error)
            }
        }
    }

    fn slot(&self, merchant: &QrMerchant) -> Arc<Turn<Slot>> {
        let account = (merchant.username.clone(), merchant.password.clone());
        self.slots.lock().unwrap_or_else(PoisonError::into_inner).entry(account).or_default().clone()
    }
}

/// By the refresh token while that lasts, else by the password.
async fn fetch(exit: &Exit, merchant: &QrMerchant, old: Option<Held>, now: Timestamp) -> Result<Held, CallError> {
    if let Some(old) = old.filter(|old| lasts(old.refresh_ends, now)) {
        let renewal = exit.request(Method::POST, &["auth", "refresh"]).bearer_auth(old.refresh.reveal());
        match ask(renewal).await {
            Err(CallError::Refused { .. }) => {}
            other => return other,
        }
    }
    ask(by_password(exit, merchant)).await
}

fn by_password(exit: &Exit, merchant: &QrMerchant) -> RequestBuilder {
    let password = merchant.password.reveal();
    exit.request(Method::POST, &["auth", "token"]).basic_auth(&merchant.username, Some(password))
}

/// A token has no effect worth asking after: if it could not be had, the real call was simply not sent.
async fn ask(request: RequestBuilder) -> Result<Held, CallError> {
    let token: wire::Token = match http::send(request).await.and_then(understood).and_then(|reply| reply.json()) {
        Ok(token) => token,
        Err(CallError::Lost(why)) => return Err(CallError::NotSent(format!("no token: {why}"))),
        Err(error) => return Err(error),
    };
    let moment = |seconds| {
        Timestamp::from_second(seconds).map_err(|_| CallError::NotSent("no token: its end is not a moment".into()))
    };
    Ok(Held {
        access: Secret::new(token.access_token),
        access_ends: moment(token.expires_in)?,
        refresh: Secret::new(token.refresh_token),
        refresh_ends: moment(token.refresh_expires_in)?,
    })
}

fn lasts(ends: Timestamp, now: Timestamp) -> bool {
    now < ends - EARLY
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tokens(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Patience;

    #[test]
    fn the_password_is_asked_with_in_the_published_form() {
        let exit = Exit::new("http://127.0.0.1:9/v2", Patience::default()).expect("an address");
        let merchant = QrMerchant {
            username: "TEST_MERCHANT".into(),
            password: Secret::new("123456"),
            invoice_code: "TEST_INVOICE".into(),
        };
        let request = by_password(&exit, &merchant).build().expect("a request");
        assert_eq!(request.url().path(), "/v2/auth/token");
        assert_eq!(request.headers()["authorization"], "Basic VEVTVF9NRVJDSEFOVDoxMjM0NTY=");
    }

    #[test]
    fn a_token_lasts_until_a_minute_before_its_end() {
        // Issued at 1646881392 with `expires_in` 1646967792, as recorded.
        let ends = Timestamp::from_second(1_646_967_792).expect("a moment");
        assert_eq!(ends.to_string(), "2022-03-11T03:03:12Z");
        let at = |second| lasts(ends, Timestamp::from_second(second).expect("a moment"));
        assert!(at(1_646_881_392));
        assert!(at(1_646_967_731));
        assert!(!at(1_646_967_732));
    }
}
