//! Sending a code and trying one.

use base::{
    Actor, App, Lang, Promise, Result,
    codes::{Place, Tried},
    limits::{Class, place},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Number, queries};
use crate::auth::AuthError;

/// Where a code is sealed.
const SEAL: &str = "outbox phone.code";

/// What a code is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To come in, or to prove a new number.
    Phone,
    /// To set a new password.
    Reset,
}

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Purpose::Phone => "phone",
            Purpose::Reset => "reset",
        }
    }
}

/// A code that is to be sent; kept by `outreach`. Neither it nor the number stands in the outbox to be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneCode {
    pub purpose: Purpose,
    pub lang: String,
    /// Nobody wants it later.
    pub good_until: Timestamp,
    sealed: String,
}

impl Promise for PhoneCode {
    const KIND: &'static str = "phone.code";
}

/// What was sealed.
#[derive(Serialize, Deserialize)]
pub struct Opening {
    /// Eight digits.
    pub number: String,
    pub code: String,
}

impl PhoneCode {
    fn new(app: &App, purpose: Purpose, lang: Lang, number: &Number, code: String) -> PhoneCode {
        let life = SignedDuration::try_from(base::codes::LIFE).expect("five minutes are a duration");
        let opening = Opening { number: number.local().to_owned(), code };
        let plain = serde_json::to_vec(&opening).expect("two texts are JSON");
        PhoneCode {
            purpose,
            lang: lang.as_str().to_owned(),
            good_until: app.clock.now().saturating_add(life).unwrap_or(Timestamp::MAX),
            sealed: STANDARD.encode(app.key.seal(SEAL, &plain)),
        }
    }

    /// The number and the code; none when another server's key sealed them.
    pub fn open(&self, app: &App) -> Option<Opening> {
        let plain = app.key.open(SEAL, &STANDARD.decode(&self.sealed).ok()?).ok()?;
        serde_json::from_slice(&plain).ok()
    }
}

/// Whether somebody waits for this code: anybody may come in with a new number, a password is set only where one can be.
pub async fn is_expected(actor: &Actor, purpose: Purpose, opening: &Opening) -> Result<bool> {
    match (purpose, Number::read(&opening.number)) {
        (Purpose::Phone, Some(_)) => Ok(true),
        (Purpose::Reset, Some(number)) => {
            let found = actor.at_the_door().transact(async |tx| queries::of_number(tx, &number).await).await?;
            Ok(found.is_some_and(|found| !found.is_disabled))
        }
        (_, None) => Ok(false),
    }
}

/// Makes a code and promises its text, if the number and whoever asks have not had too many.
pub async fn send(actor: &Actor, purpose: Purpose, number: &Number, by: &str) -> Result<(), AuthError> {
    let app = &actor.app;
    let charges = [
        (Class::CodesToPhone, number.local()),
        (Class::CodesFromAddress, &*place(actor.ip)),
        (Class::CodesToRange, number.range()),
        (Class::Codes, "all"),
    ];
    let standing = app.limits.check_all(&charges, &app.clock).await.map_err(base::Error::from)?;
    if !standing.go {
        return Err(AuthError::too_often(standing));
    }
    let place = Place { purpose: purpose.as_str(), to: number.local() };
    let code = app.codes.issue(&app.key, place, by, &app.clock).await.map_err(base::Error::from)?;
    let promise = PhoneCode::new(app, purpose, actor.lang, number, code);
    actor
        .at_the_door()
        .transact(async |tx| {
            tx.promise(&promise).await?;
            tx.audit("phone.code", None, &json!({ "purpose": purpose })).await
        })
        .await?;
    Ok(())
}

/// Tries a code; anything but the right one is refused.
pub async fn attempt(
    actor: &Actor,
    purpose: Purpose,
    number: &Number,
    ways: &[String],
    code: &str,
) -> Result<(), AuthError> {
    let app = &actor.app;
    let place = Place { purpose: purpose.as_str(), to: number.local() };
    let ways: Vec<&str> = ways.iter().map(String::as_str).collect();
    let tried = app.codes.attempt(&app.key, place, &ways, code.trim(), &app.clock).await.map_err(base::Error::from)?;
    let refusal = match tried {
        Tried::Right => return Ok(()),
        Tried::Wrong => AuthError::bad("INVALID_OTP", "Invalid OTP"),
        Tried::TooMany => AuthError::new(http::StatusCode::FORBIDDEN, "TOO_MANY_ATTEMPTS", "Too many attempts"),
        Tried::Expired => AuthError::bad("OTP_EXPIRED", "OTP expired"),
        Tried::None => AuthError::bad("OTP_NOT_FOUND", "OTP not found"),
    };
    // Tries at nothing are not written down: there is no end to them.
    if let Tried::Wrong | Tried::TooMany = tried {
        let facts = json!({ "purpose": purpose, "why": refusal.code() });
        actor.at_the_door().transact(async |tx| tx.audit("phone.refused", None, &facts).await).await?;
    }
    Err(refusal)
}
