//! The layer around the API that counts each request against the published limits (`docs/limits.md`).
//!
//! Under /api/auth it counts by address and path, before anybody is known. Under /v2 a session that was seen before is
//! counted for its person and owner, and for nobody else: a noisy neighbour at the same address cuts nobody off.

use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use base::{
    App, Credential, Error,
    actor::{Presented, address},
    limits::{Behind, Care, Class, Standing, place},
};
use http::request::Parts;
use identity::auth::AuthError;

/// Counts a request and hands it on, or refuses it.
pub async fn count(State(app): State<App>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    if let Some(path) = auth_path(&parts) {
        let class = Class::of_auth_path(&path);
        let key = format!("{} {path}", place(address(&parts)));
        let standing = match app.limits.check(class, &key, &app.clock).await {
            Ok(standing) if standing.go => standing,
            Ok(standing) => return AuthError::too_often(standing).into_response(),
            Err(away) => return AuthError::from(Error::from(away)).into_response(),
        };
        let mut response = next.run(Request::from_parts(parts, body)).await;
        // Of a class that is counted in lots nobody knows exactly what is left.
        if class.published().care == Care::Exact {
            standing.tell(response.headers_mut());
        }
        return response;
    }
    // A company that registers signs up; only the refusal wears the envelope of its path.
    if parts.uri.path() == "/v2/registrations" {
        let key = format!("{} {}", place(address(&parts)), parts.uri.path());
        match app.limits.check(Class::SignIn, &key, &app.clock).await {
            Ok(standing) if !standing.go => return too_often(standing),
            Err(away) => return Error::from(away).into_response(),
            Ok(_) => {}
        }
    }
    // The telephones' old name for /v2/auth/token is counted with the rest of them.
    if (parts.uri.path().starts_with("/v2/") || parts.uri.path() == "/auth/token")
        && let Err(standing) = may_call(&app, &mut parts).await
    {
        return too_often(standing);
    }
    next.run(Request::from_parts(parts, body)).await
}

fn too_often(standing: Standing) -> Response {
    let mut response = Error::RateLimited { retry_after_secs: standing.wait_secs }.into_response();
    standing.tell(response.headers_mut());
    response
}

/// The path below /api/auth as the router knows it, so that no spelling and no token makes it another.
fn auth_path(parts: &Parts) -> Option<String> {
    let route = parts.extensions.get::<MatchedPath>().map_or(parts.uri.path(), MatchedPath::as_str);
    route.strip_prefix("/api/auth").filter(|rest| rest.starts_with('/')).map(str::to_owned)
}

/// Counts a call under /v2; the refusal, if one of its limits is reached.
async fn may_call(app: &App, parts: &mut Parts) -> Result<(), Standing> {
    let behind = match Presented::of(parts, app).credential {
        Credential::Session(token) => app.limits.known().behind(&token),
        _ => None,
    };
    match behind {
        Some(Behind { user, owner }) => {
            one(app, Class::Person, &user.to_string()).await?;
            match owner {
                Some(owner) => one(app, Class::Owner, &owner.to_string()).await,
                None => Ok(()),
            }
        }
        None => one(app, Class::Stranger, &place(address(parts))).await,
    }
}

async fn one(app: &App, class: Class, key: &str) -> Result<(), Standing> {
    match app.limits.check(class, key, &app.clock).await {
        Ok(standing) if !standing.go => Err(standing),
        // What is counted in lots is never closed.
        Ok(_) | Err(_) => Ok(()),
    }
}
