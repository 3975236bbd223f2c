//! Sessions: whose, how long, from where; looked at, renewed, ended.

pub(super) mod queries;
mod routes;

use axum::response::Response;
use base::{Actor, App, Result, Tx, secrets::TokenHash};
use domain::{OwnerId, SessionId, UserId};
use http::HeaderMap;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

pub use routes::Done;

use super::{LIFE, User, WHOLE_LIFE, cookies, entry::after, jwt, users::millis};

/// How long after the last renewal a use renews a session again.
const RENEWAL_STEP: SignedDuration = SignedDuration::from_hours(24);

/// How long a session counts as just opened.
const FRESH: SignedDuration = SignedDuration::from_hours(24);

pub fn routes() -> OpenApiRouter<App> {
    routes::routes()
}

/// A session. Its own token is the one the request came with; of others there is no token to tell, as none is kept.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    pub id: SessionId,
    pub token: String,
    pub user_id: UserId,
    #[serde(serialize_with = "millis")]
    pub expires_at: Timestamp,
    #[serde(serialize_with = "millis")]
    pub created_at: Timestamp,
    #[serde(serialize_with = "millis")]
    pub updated_at: Timestamp,
    pub ip_address: Option<String>,
    pub user_agent: Option<String>,
    pub active_organization_id: Option<OwnerId>,
    #[serde(skip)]
    pub dont_remember: bool,
    #[serde(skip)]
    pub renewed_at: Timestamp,
}

impl Session {
    /// Opened within the last day: what some doors ask for, so that a forgotten telephone is not enough.
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        after(self.created_at, FRESH) > now
    }
}

/// A session with its user: the answer of get-session.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SessionAndUser {
    pub session: Session,
    pub user: User,
}

impl SessionAndUser {
    /// Sends the session's cookie again, as after a change of what it stands for.
    pub fn resend(&self, app: &App, response: &mut Response) {
        cookies::hand_over(response.headers_mut(), app, &self.session.token, !self.session.dont_remember);
    }
}

/// The session behind the request's token.
pub async fn current(actor: &Actor) -> Result<Option<SessionAndUser>> {
    Ok(look_up(actor, false).await?.map(|looked| looked.found))
}

/// A session that was looked up.
pub struct LookedUp {
    pub found: SessionAndUser,
    /// It lives on from now.
    pub renewed: bool,
    /// A JWT of its user; none before the first key was made.
    pub jwt: Option<String>,
}

/// The same, living on from now if that is wished and due.
pub async fn look_up(actor: &Actor, renew: bool) -> Result<Option<LookedUp>> {
    let Some(hash) = actor.session_token() else { return Ok(None) };
    let now = actor.app.clock.now();
    actor
        .at_the_door()
        .transact(async |tx| {
            let key = jwt::ask(tx).await?;
            let Some(mut found) = queries::find(tx, hash, now).await? else { return Ok(None) };
            let session = &mut found.session;
            let due = renew && !session.dont_remember && after(session.renewed_at, RENEWAL_STEP) <= now;
            if due {
                session.expires_at = after(now, LIFE).min(after(session.created_at, WHOLE_LIFE));
                session.updated_at = now;
                queries::renew(tx, session.id, now, session.expires_at).await?;
            }
            let jwt = jwt::with(tx.app(), key, &found.user)?;
            Ok(Some(LookedUp { found, renewed: due, jwt }))
        })
        .await
}

/// Ends the session the request came with, if it did.
pub async fn sign_out(actor: &Actor) -> Result<()> {
    let (Some(hash), Some(found)) = (actor.session_token(), current(actor).await?) else { return Ok(()) };
    let door = actor.at_the_door_for(found.user.id, found.user.owner);
    door.transact(async |tx| {
        if let Some(id) = queries::end(tx, hash).await? {
            tx.audit("session.end", id.0, &serde_json::json!({})).await?;
        }
        Ok(())
    })
    .await
}

/// The living sessions of a user, newest first.
async fn list(door: &Actor, user: UserId) -> Result<Vec<Session>> {
    door.transact(async |tx| queries::of_user(tx, user, tx.clock().now()).await).await
}

/// Ends the user's session with that id or token; another's is left alone.
async fn revoke(door: &Actor, user: UserId, handle: &str) -> Result<()> {
    let (id, hash) = (handle.parse::<SessionId>().ok(), TokenHash::of(handle));
    door.transact(async |tx| match queries::end_one(tx, user, id, hash).await? {
        Some(id) => tx.audit("session.revoke", id.0, &serde_json::json!({})).await,
        None => Ok(()),
    })
    .await
}

/// Ends every session of a user but the one to keep: what a changed password, phone or role does at once, everywhere.
/// Each request looks its session up in Postgres, so none is served after the commit.
pub async fn end_all(tx: &Tx, user: UserId, keep: Option<SessionId>) -> Result<()> {
    let ended = queries::end_all(tx, user, keep).await?;
    if ended.is_empty() {
        return Ok(());
    }
    tx.audit("session.revoke_all", user.0, &serde_json::json!({ "ended": ended.len(), "kept": keep })).await
}

/// Whether the query asks for something by `name=true`.
fn says_yes(uri: &http::Uri, name: &str) -> bool {
    let pairs = uri.query().unwrap_or_default().split('&');
    pairs.filter_map(|pair| pair.split_once('=')).any(|(key, value)| key == name && value == "true")
}

/// The token of the request that asks, written into what it is shown.
fn with_own_token(mut found: SessionAndUser, headers: &HeaderMap, app: &App) -> SessionAndUser {
    found.session.token = base::actor::session_token(headers, app).unwrap_or_default();
    found
}
