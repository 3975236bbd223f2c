//! Who asks. An actor is the only way to a transaction, and the transaction the only way to Postgres.

use std::net::IpAddr;

use axum::extract::FromRequestParts;
use domain::{OwnerId, UserId, rights::Role};
use http::{HeaderMap, Method, Uri, header, request::Parts};
use uuid::Uuid;
use words::Lang;

use crate::{App, Error, Tx, envelope, error::Result, origins, secrets::TokenHash};

/// The name of the session cookie; behind https it wears the prefix `__Host-`, so that only this host can have set it.
pub const SESSION_COOKIE: &str = "better-auth.session_token";

/// The id under which a request is found in logs, audit and the answer's `x-request-id`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestId(pub Uuid);

/// The address a request came from, after the trusted proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeerIp(pub IpAddr);

/// Who asks, with what, in which language.
#[derive(Debug, Clone)]
pub struct Actor {
    pub app: App,
    pub lang: Lang,
    pub request_id: Uuid,
    pub ip: Option<IpAddr>,
    /// What is asked; nothing when a worker or the command line acts.
    pub asked: Option<(Method, Uri)>,
    pub(crate) credential: Credential,
}

/// By what a transaction learns who it is for.
#[derive(Debug, Clone)]
pub enum Credential {
    Nobody,
    /// A session's token, from the cookie or the bearer header.
    Session(TokenHash),
    /// The token in an invoice's link.
    Link(TokenHash),
    /// The token in a payment callback's path.
    Callback(TokenHash),
    /// A part taken by name: workers and imports for an owner, the sign-in doors for nobody yet or for whom they know.
    As {
        owner: Option<OwnerId>,
        user: Option<UserId>,
        role: &'static str,
    },
}

impl Actor {
    pub fn new(app: App, credential: Credential) -> Actor {
        Actor { app, lang: Lang::Mn, request_id: Uuid::now_v7(), ip: None, asked: None, credential }
    }

    /// Acts for one owner without a person: workers, imports, the command line.
    pub fn system(app: &App, owner: OwnerId) -> Actor {
        Actor::new(app.clone(), Credential::As { owner: Some(owner), user: None, role: Role::System.as_str() })
    }

    /// Acts for no owner in particular: finds owners, never their rows.
    pub fn platform(app: &App) -> Actor {
        Actor::new(app.clone(), Credential::As { owner: None, user: None, role: Role::System.as_str() })
    }

    /// The same request with another credential: a sign-in door that must find a user before there is a session.
    pub fn with(&self, credential: Credential) -> Actor {
        Actor { credential, ..self.clone() }
    }

    /// The sign-in doors' own part: users, accounts and sessions, nothing of any owner.
    pub fn at_the_door(&self) -> Actor {
        self.with(Credential::As { owner: None, user: None, role: "auth" })
    }

    /// The same part once it is known whom it is about: what is written down then names them and their owner.
    pub fn at_the_door_for(&self, user: UserId, owner: Option<OwnerId>) -> Actor {
        self.with(Credential::As { owner, user: Some(user), role: "auth" })
    }

    /// Takes an owner's part in the same request, for what the owner is to know or decide: the audit names the request.
    pub fn on_behalf_of(&self, owner: OwnerId) -> Actor {
        self.with(Credential::As { owner: Some(owner), user: None, role: Role::System.as_str() })
    }

    /// The hash of the session token that came with the request, if one did.
    pub fn session_token(&self) -> Option<TokenHash> {
        match self.credential {
            Credential::Session(hash) => Some(hash),
            _ => None,
        }
    }

    /// Runs `work` in one transaction: committed when it answers Ok, rolled back when it does not.
    ///
    /// The transaction opens together with its first question, in the same network wait. When the caller goes away
    /// half way, the connection is closed rather than handed to the next (see [`Tx`]).
    pub async fn transact<T>(&self, work: impl AsyncFnOnce(&Tx) -> Result<T>) -> Result<T> {
        if let Credential::Nobody = self.credential {
            return Err(Error::Unauthorized);
        }
        self.run(Tx::begin(self).await?, work).await
    }

    /// The same for reading a list to its end: all questions see one state of things, whatever others change meanwhile.
    pub async fn read_through<T>(&self, work: impl AsyncFnOnce(&Tx) -> Result<T>) -> Result<T> {
        if let Credential::Nobody = self.credential {
            return Err(Error::Unauthorized);
        }
        self.run(Tx::begin_to_read_through(self).await?, work).await
    }

    async fn run<T>(&self, mut tx: Tx, work: impl AsyncFnOnce(&Tx) -> Result<T>) -> Result<T> {
        let outcome = match work(&tx).await {
            Ok(value) => tx.commit().await.map(|()| value),
            Err(error) => {
                tx.roll_back().await;
                Err(error)
            }
        };
        if tx.is_visit() {
            self.note_look().await?;
        }
        outcome
    }

    /// Writes down, where the owner's director reads it, that the platform's staff looked into the owner's world. In a
    /// transaction of its own, so that a refused look is told too; a look that can't be written gets no answer.
    async fn note_look(&self) -> Result<()> {
        let mut tx = Tx::begin(self).await?;
        let asked = self.asked.as_ref().map(|(method, uri)| format!("{method} {}", uri.path()));
        tx.audit("owner.look", None, &serde_json::json!({ "asked": asked })).await?;
        tx.commit().await
    }
}

impl FromRequestParts<App> for Actor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Actor> {
        let Presented { credential, by_cookie } = Presented::of(parts, app);
        if by_cookie && changes_something(&parts.method) && !origins::is_ours(&parts.headers, &app.trusted_origins) {
            return Err(Error::Forbidden);
        }
        Ok(Actor {
            app: app.clone(),
            lang: envelope::language(&parts.headers),
            request_id: parts.extensions.get::<RequestId>().map_or_else(Uuid::now_v7, |id| id.0),
            ip: address(parts),
            asked: Some((parts.method.clone(), parts.uri.clone())),
            credential,
        })
    }
}

/// Where the request came from, as the edge found it. A request of the pages in this process comes without the edge's
/// mark, but with its finding in the header that the edge wrote over whatever the browser had claimed.
pub fn address(parts: &Parts) -> Option<IpAddr> {
    match parts.extensions.get::<PeerIp>() {
        Some(PeerIp(ip)) => Some(*ip),
        None => parts.headers.get("x-forwarded-for")?.to_str().ok()?.parse().ok(),
    }
}

/// By what a request says who asks, and whether a browser said it unasked; read once a request.
#[derive(Debug, Clone)]
pub struct Presented {
    pub credential: Credential,
    by_cookie: bool,
}

impl Presented {
    pub fn of(parts: &mut Parts, app: &App) -> Presented {
        if let Some(read) = parts.extensions.get::<Presented>() {
            return read.clone();
        }
        let (credential, by_cookie) = credential(&parts.headers, app);
        let read = Presented { credential, by_cookie };
        parts.extensions.insert(read.clone());
        read
    }
}

/// The session's token by bearer header, else by cookie; a bad signature is as good as no token (auth-wire §2.4).
fn credential(headers: &HeaderMap, app: &App) -> (Credential, bool) {
    if let Some(value) = bearer(headers) {
        let token = if value.contains('.') { app.key.verify(&value) } else { Some(value.as_str()) };
        let credential = token.map_or(Credential::Nobody, |t| Credential::Session(TokenHash::of(t)));
        return (credential, false);
    }
    match signed_cookie(headers, app, SESSION_COOKIE) {
        Some(token) => (Credential::Session(TokenHash::of(&token)), true),
        None => (Credential::Nobody, false),
    }
}

/// The session's token as it came, without its signature.
pub fn session_token(headers: &HeaderMap, app: &App) -> Option<String> {
    match bearer(headers) {
        Some(value) if value.contains('.') => app.key.verify(&value).map(str::to_owned),
        Some(value) => Some(value),
        None => signed_cookie(headers, app, SESSION_COOKIE),
    }
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| percent_decoded(token.trim()))
}

/// What a signed cookie of ours says, if it came and the signature is ours. Behind https only the name with the prefix
/// counts: the bare one could have been set by a neighbouring host.
pub fn signed_cookie(headers: &HeaderMap, app: &App, name: &str) -> Option<String> {
    let name = cookie_name(app, name);
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(';'));
    let mut values = cookies.filter_map(|cookie| cookie.trim().split_once('=')).filter(|(key, _)| *key == name);
    let (_, value) = values.next()?;
    app.key.verify(&percent_decoded(value)).map(str::to_owned)
}

/// A cookie's whole name here: `__Host-better-auth.session_token` behind https.
pub fn cookie_name(app: &App, name: &str) -> String {
    if app.is_https() { format!("__Host-{name}") } else { name.to_owned() }
}

/// The three signs that base64 has and a cookie's value must not.
fn percent_decoded(value: &str) -> String {
    value.replace("%2B", "+").replace("%2F", "/").replace("%3D", "=")
}

fn changes_something(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}
