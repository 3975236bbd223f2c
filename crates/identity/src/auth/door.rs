//! What every door of /api/auth does first: whose page asks, who asks, what was sent, and where it leads.

use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use base::{
    Actor, App,
    actor::session_token,
    extract::{self, JsonBody},
    origins,
};
use http::{HeaderMap, Method, StatusCode, header};
use serde::{
    Deserialize,
    de::{DeserializeOwned, IgnoredAny},
};
use utoipa::ToSchema;

use super::{AuthError, SessionAndUser, User, origin, sessions};

/// An open door: who stands there, with which headers, and what was sent – the JSON body, or the query of a GET.
pub struct Door<B = Nothing> {
    pub actor: Actor,
    pub headers: HeaderMap,
    pub sent: B,
}

/// What may be sent to a door.
pub trait Sent: DeserializeOwned + Send {
    /// What is wrong with it that its form does not show.
    fn check(&self) -> Result<(), AuthError> {
        Ok(())
    }

    /// Where the browser goes afterwards; only our own places are allowed.
    fn leads_to(&self) -> Vec<(Target, &str)> {
        Vec::new()
    }
}

/// A field that holds an address the browser is sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Callback,
    Redirect,
    ErrorCallback,
    NewUserCallback,
}

impl<B: Sent> FromRequest<App> for Door<B> {
    type Rejection = AuthError;

    async fn from_request(request: Request, app: &App) -> Result<Door<B>, AuthError> {
        let (mut parts, body) = request.into_parts();
        origin::check(&parts.method, parts.uri.path(), &parts.headers, app)?;
        let actor = Actor::from_request_parts(&mut parts, app).await?;
        let headers = parts.headers.clone();
        let sent: B = match parts.method {
            Method::GET => from_query(&parts.uri)?,
            _ => from_body(Request::from_parts(parts, body)).await?,
        };
        sent.check()?;
        for (field, target) in sent.leads_to() {
            if !origins::may_lead_to(target, &app.trusted_origins) {
                return Err(field.refused());
            }
        }
        Ok(Door { actor, headers, sent })
    }
}

fn from_query<B: Sent>(uri: &http::Uri) -> Result<B, AuthError> {
    let read = Query::<B>::try_from_uri(uri);
    read.map(|Query(sent)| sent).map_err(|_| AuthError::invalid("query", "A parameter is missing or malformed"))
}

/// A POST without arguments carries `{}`; one without any body says the same.
async fn from_body<B: Sent>(request: Request) -> Result<B, AuthError> {
    let silent = !request.headers().contains_key(header::CONTENT_TYPE)
        && !request.headers().contains_key(header::TRANSFER_ENCODING)
        && request.headers().get(header::CONTENT_LENGTH).is_none_or(|length| length == "0");
    let bytes = if silent { "{}".into() } else { JsonBody::from_request(request, &()).await?.0 };
    extract::parse(&bytes).map_err(|misfit| match serde_json::from_slice::<IgnoredAny>(&bytes) {
        Ok(_) => misfit.into(),
        Err(_) => AuthError::bad("BAD_REQUEST", "Invalid JSON in request body"),
    })
}

impl<B> Door<B> {
    pub fn app(&self) -> &App {
        &self.actor.app
    }

    /// The token the request came with, as it stands in the session's answer.
    pub fn token(&self) -> Option<String> {
        session_token(&self.headers, self.app())
    }

    /// The session the request came with and its user; nobody is refused with 401.
    pub async fn signed_in(&self) -> Result<SessionAndUser, AuthError> {
        sessions::current(&self.actor).await?.ok_or_else(AuthError::unauthorized)
    }

    /// The same, and the session was opened within the last day.
    pub async fn freshly_signed_in(&self) -> Result<SessionAndUser, AuthError> {
        let found = self.signed_in().await?;
        match found.session.is_fresh(self.app().clock.now()) {
            true => Ok(found),
            false => Err(AuthError::new(StatusCode::FORBIDDEN, "SESSION_NOT_FRESH", "Session is not fresh")),
        }
    }

    /// The same person's part in the sign-in doors' world, in which they change what is theirs.
    pub fn acting_as(&self, user: &User) -> Actor {
        self.actor.at_the_door_for(user.id, user.owner)
    }
}

impl Target {
    fn refused(self) -> AuthError {
        let (code, message) = match self {
            Target::Callback => ("INVALID_CALLBACK_URL", "Invalid callbackURL"),
            Target::Redirect => ("INVALID_REDIRECT_URL", "Invalid redirectURL"),
            Target::ErrorCallback => ("INVALID_ERROR_CALLBACK_URL", "Invalid errorCallbackURL"),
            Target::NewUserCallback => ("INVALID_NEW_USER_CALLBACK_URL", "Invalid newUserCallbackURL"),
        };
        AuthError::new(StatusCode::FORBIDDEN, code, message)
    }
}

/// The body of a call without arguments: `{}`.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
pub struct Nothing {}

impl Sent for Nothing {}
