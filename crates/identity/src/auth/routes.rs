//! The doors of /api/auth.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use base::{
    Actor, App, Error,
    actor::{own_page, session_cookie},
    extract::{self, JsonBody},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    AuthError, cookies,
    errors::AuthProblem,
    views::{SessionAndUser, SignIn, SignedIn, Success},
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(sign_in)).routes(routes!(sign_out)).routes(routes!(get_session))
}

/// Signs in with e-mail and password.
#[utoipa::path(post, path = "/api/auth/sign-in/email", tag = "auth", request_body = SignIn, security(()), responses(
    (status = 200, body = SignedIn, description = "Signed in; the session cookie and `set-auth-token` carry the token."),
    (status = 400, body = AuthProblem, description = "A field is missing or malformed."),
    (status = 401, body = AuthProblem, description = "Unknown address or wrong password, alike."),
    (status = 403, body = AuthProblem, description = "From a foreign page."),
    (status = 415, body = AuthProblem, description = "Not JSON."),
    (status = 429, body = AuthProblem, description = "Too often."),
    (status = 503, body = AuthProblem, description = "Not now."),
))]
async fn sign_in(
    State(app): State<App>,
    headers: HeaderMap,
    actor: Result<Actor, Error>,
    body: Result<JsonBody, Error>,
) -> Result<Response, AuthError> {
    from_a_known_place(&headers, &app)?;
    let actor = actor?;
    let sent: SignIn = extract::parse(&body?.0)?;
    if !sent.email.contains('@') || sent.email.len() > 320 {
        return Err(AuthError::body("email", "Invalid email address"));
    }
    if sent.password.is_empty() || sent.password.len() > 1024 {
        return Err(AuthError::invalid_email_or_password());
    }
    if sent.callback_url.as_deref().is_some_and(|url| !goes_home(url, &app)) {
        return Err(AuthError::new(StatusCode::FORBIDDEN, "INVALID_CALLBACK_URL", "Invalid callbackURL"));
    }
    let remember = sent.remember_me.unwrap_or(true);
    let agent = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).map(|v| v.chars().take(300).collect());
    let opened = super::sign_in(&actor, &sent.email, &sent.password, remember, agent).await?;
    let opened = opened.ok_or_else(AuthError::invalid_email_or_password)?;
    let answer = SignedIn {
        redirect: sent.callback_url.is_some(),
        token: opened.token.clone(),
        url: sent.callback_url.clone(),
        user: opened.user,
    };
    let mut response = axum::Json(answer).into_response();
    cookies::hand_over(response.headers_mut(), &app, &opened.token, remember);
    if let Some(location) = sent.callback_url.and_then(|url| HeaderValue::from_str(&url).ok()) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// Ends the session; also answers so when there is none.
#[utoipa::path(post, path = "/api/auth/sign-out", tag = "auth", security(()), responses(
    (status = 200, body = Success, description = "Signed out; the cookies are cleared."),
    (status = 403, body = AuthProblem, description = "From a foreign page."),
    (status = 503, body = AuthProblem, description = "Not now."),
))]
async fn sign_out(State(app): State<App>, actor: Result<Actor, Error>) -> Result<Response, AuthError> {
    super::sign_out(&actor?).await?;
    let mut response = axum::Json(Success { success: true }).into_response();
    cookies::clear(response.headers_mut(), &app);
    Ok(response)
}

/// The session and its user, or null.
#[utoipa::path(get, path = "/api/auth/get-session", tag = "auth", security(()), responses(
    (status = 200, body = Option<SessionAndUser>, description = "The session, or null."),
    (status = 503, body = AuthProblem, description = "Not now."),
))]
async fn get_session(
    State(app): State<App>,
    headers: HeaderMap,
    uri: http::Uri,
    actor: Result<Actor, Error>,
) -> Result<Response, AuthError> {
    let renew = !uri.query().unwrap_or_default().split('&').any(|pair| pair == "disableRefresh=true");
    let found = super::current(&actor?, renew).await?;
    let mut response = match found {
        None => axum::Json(None::<SessionAndUser>).into_response(),
        Some((mut session, user, renewed)) => {
            session.token = raw_token(&headers, &app).unwrap_or_default();
            let token = session.token.clone();
            let mut response = axum::Json(SessionAndUser { session, user }).into_response();
            if renewed {
                cookies::hand_over(response.headers_mut(), &app, &token, true);
            }
            response
        }
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
    Ok(response)
}

/// The token as the client sent it, without its signature.
fn raw_token(headers: &HeaderMap, app: &App) -> Option<String> {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()).and_then(|v| v.split_once(' '));
    match bearer {
        Some((_, value)) => Some(value.split('.').next().unwrap_or(value).to_owned()),
        None => app.key.verify(&session_cookie(headers)?).map(str::to_owned),
    }
}

/// A sign-in from a browser must come from one of our own pages, so that nobody is signed in as somebody else
/// (auth-wire §1.4); programs without cookies and without Fetch-Metadata are not asked.
fn from_a_known_place(headers: &HeaderMap, app: &App) -> Result<(), AuthError> {
    let browser = headers.contains_key(header::COOKIE)
        || ["sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest"].iter().any(|name| headers.contains_key(*name));
    if !browser {
        return Ok(());
    }
    let is = |name: &str, value: &str| headers.get(name).is_some_and(|v| v.as_bytes() == value.as_bytes());
    if is("sec-fetch-site", "cross-site") && is("sec-fetch-mode", "navigate") {
        let code = "CROSS_SITE_NAVIGATION_LOGIN_BLOCKED";
        return Err(AuthError::new(StatusCode::FORBIDDEN, code, "Cross-site navigation login blocked"));
    }
    let origin = headers.get(header::ORIGIN).or_else(|| headers.get(header::REFERER));
    if origin.is_none_or(|v| v.as_bytes() == b"null") {
        return Err(AuthError::new(StatusCode::FORBIDDEN, "MISSING_OR_NULL_ORIGIN", "Missing or null Origin"));
    }
    own_page(headers, &app.trusted_origins).map_err(AuthError::from)
}

fn goes_home(url: &str, app: &App) -> bool {
    let on_path = url.starts_with('/') && !url.starts_with("//") && !url.contains('\\');
    let on_origin = |origin: &String| {
        url.strip_prefix(origin.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    on_path || app.trusted_origins.iter().any(on_origin)
}
