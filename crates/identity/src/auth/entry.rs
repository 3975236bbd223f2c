//! The one way a person comes in: the second factor, the session, the count of devices, and what the answer carries.

use axum::response::{IntoResponse, Response};
use base::{
    Actor, App, Credential, Error, Result, Tx,
    secrets::{self, TokenHash},
};
use domain::{SessionId, rights::Role};
use http::{HeaderMap, HeaderValue, header};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{
    DEVICES, LIFE, SHORT_LIFE, User, cookies,
    sessions::queries,
    two_factor::{self, SecondFactor},
    users,
};
use crate::{
    letters::{AccountLetter, Letter},
    places,
};

/// How somebody comes in.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    pub by: By,
    /// Without it the session ends with the browser, and after a day.
    pub remember: bool,
    /// The request's, for the device's name and its cookies.
    pub headers: &'a HeaderMap,
}

/// The proof somebody comes in by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    Password,
    PhoneCode,
    Invitation,
    /// Both factors were given.
    SecondFactor,
    /// A session is replaced by a new one of the same person.
    Session,
}

/// What came of it.
pub enum Admission {
    Opened(Opened),
    /// Nobody is signed in yet.
    SecondFactor(Question),
}

/// A session that was just opened; the token is nowhere else.
pub struct Opened {
    pub token: String,
    pub user: User,
    remember: bool,
    cookies: Vec<HeaderValue>,
}

/// A second factor is asked for.
pub struct Question {
    methods: Vec<&'static str>,
    cookies: Vec<HeaderValue>,
}

/// The answer that asks for a second factor.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SecondFactorWanted {
    /// Always true.
    pub two_factor_redirect: bool,
    /// `totp`, `otp`.
    pub two_factor_methods: Vec<&'static str>,
}

/// Opens a session for somebody who has proven who they are – unless a second proof is due, or the first one has
/// changed since it was looked at.
pub async fn let_in(actor: &Actor, user: &User, how: Entry<'_>) -> Result<Admission> {
    let door = actor.at_the_door_for(user.id, user.owner);
    let admission = door.transact(async |tx| enter(tx, user, how).await).await?;
    if let Admission::Opened(opened) = &admission
        && user.role == Role::Tenant
    {
        finds_places(actor, &opened.token).await;
    }
    Ok(admission)
}

/// A tenant who comes in is looked for among every owner's; that it fails keeps nobody out, for it can be asked again.
async fn finds_places(actor: &Actor, token: &str) {
    let tenant = actor.with(Credential::Session(TokenHash::of(token)));
    if let Err(error) = places::seek(&tenant).await {
        tracing::warn!(%error, "a tenant's places could not be looked for");
    }
}

/// The same inside a transaction that does more: [`Actor::at_the_door_for`] that user.
pub async fn enter(tx: &Tx, user: &User, how: Entry<'_>) -> Result<Admission> {
    // Entries of one person come one after the other, or two at once would both be the fifth.
    if !users::hold(tx, user).await? {
        return Err(Error::Unauthorized);
    }
    let cookies = match how.by {
        By::SecondFactor | By::Session => Vec::new(),
        By::Password | By::PhoneCode | By::Invitation => {
            match two_factor::ask(tx, user, how.remember, how.headers).await? {
                SecondFactor::Passed { cookies } => cookies,
                SecondFactor::Asked { methods, cookies } => {
                    tx.audit("session.second_factor", None, &json!({ "by": how.by })).await?;
                    return Ok(Admission::SecondFactor(Question { methods, cookies }));
                }
            }
        }
    };
    let token = open(tx, user, how).await?;
    Ok(Admission::Opened(Opened { token, user: user.clone(), remember: how.remember, cookies }))
}

async fn open(tx: &Tx, user: &User, how: Entry<'_>) -> Result<String> {
    let (id, token, now) = (SessionId::new(), secrets::token(32), tx.clock().now());
    let life = if how.remember { LIFE } else { SHORT_LIFE };
    queries::open(
        tx,
        queries::NewSession {
            id,
            hash: TokenHash::of(&token),
            user: user.id,
            remember: how.remember,
            opened_at: now,
            expires_at: after(now, life),
            agent: agent(how.headers),
        },
    )
    .await?;
    tx.audit("session.open", id.0, &json!({ "by": how.by })).await?;
    for session in queries::end_beyond(tx, user.id, DEVICES, now).await? {
        tx.audit("session.displace", session.0, &json!({ "by": id })).await?;
        tx.promise(&AccountLetter::new(Letter::SessionDisplaced { user: user.id }, now)).await?;
    }
    Ok(token)
}

/// What the browser or app calls itself.
fn agent(headers: &HeaderMap) -> Option<String> {
    let said = headers.get(header::USER_AGENT)?.to_str().ok()?;
    Some(said.chars().take(300).collect())
}

/// A moment later on.
pub fn after(now: Timestamp, span: SignedDuration) -> Timestamp {
    now.saturating_add(span).unwrap_or(Timestamp::MAX)
}

impl Admission {
    /// The door's answer: its own body with the session's cookies, or the question for the second factor.
    pub fn answer<T: Serialize>(self, app: &App, body: impl FnOnce(&Opened) -> T) -> Response {
        match self {
            Admission::Opened(opened) => {
                let mut response = axum::Json(body(&opened)).into_response();
                opened.hand_over(app, response.headers_mut());
                response
            }
            Admission::SecondFactor(question) => question.into_response(app),
        }
    }

    /// The opened session, for callers without a browser.
    pub fn opened(self) -> Option<Opened> {
        match self {
            Admission::Opened(opened) => Some(opened),
            Admission::SecondFactor(_) => None,
        }
    }
}

impl Opened {
    /// Puts the session's cookies and `set-auth-token` on an answer.
    pub fn hand_over(&self, app: &App, headers: &mut HeaderMap) {
        cookies::hand_over(headers, app, &self.token, self.remember);
        headers.extend(self.cookies.iter().map(|cookie| (header::SET_COOKIE, cookie.clone())));
    }
}

impl Question {
    fn into_response(self, app: &App) -> Response {
        let wanted = SecondFactorWanted { two_factor_redirect: true, two_factor_methods: self.methods };
        let mut response = axum::Json(wanted).into_response();
        cookies::clear_session(response.headers_mut(), app);
        response.headers_mut().extend(self.cookies.into_iter().map(|cookie| (header::SET_COOKIE, cookie)));
        response
    }
}
