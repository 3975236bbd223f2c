//! The door at which a telephone gets its next tokens, under two names.

use base::{Actor, App, Error, Json, Refusals, Result, actor::session_token};
use http::{HeaderMap, header};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::token::{TokenRequest, TokenView};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(refresh)).routes(routes!(refresh_by_old_name))
}

/// The next tokens of a session that is kept by refreshing.
///
/// Right after signing in, a client that is no browser sends the session's token as bearer and `{}`, and gets its first
/// refresh token. From then on it sends the refresh token that came last, within `tokenExpiresAt` or whenever a request
/// was answered with 401. Sent again within ten seconds (in parallel, or because the answer was lost) it is answered
/// with the very same tokens; later, it must have been stolen, and the session is over for whoever holds it.
#[utoipa::path(post, path = "/v2/auth/token", operation_id = "refreshToken", tag = "auth", security((), ("bearer" = [])),
    request_body = TokenRequest, responses((status = 200, body = TokenView), Refusals))]
async fn refresh(actor: Actor, headers: HeaderMap, Json(asked): Json<TokenRequest>) -> Result<Json<TokenView>> {
    next(&actor, &headers, &asked).await.map(Json)
}

/// The same under the name that older clients know.
#[utoipa::path(post, path = "/auth/token", operation_id = "refreshTokenByOldName", tag = "auth",
    security((), ("bearer" = [])), request_body = TokenRequest, responses((status = 200, body = TokenView), Refusals))]
async fn refresh_by_old_name(
    actor: Actor,
    headers: HeaderMap,
    Json(asked): Json<TokenRequest>,
) -> Result<Json<TokenView>> {
    next(&actor, &headers, &asked).await.map(Json)
}

async fn next(actor: &Actor, headers: &HeaderMap, asked: &TokenRequest) -> Result<TokenView> {
    match &asked.refresh_token {
        Some(token) => super::refresh(actor, token).await,
        // Never by cookie: a page's script must not come by a token that outlives the page.
        None => super::begin(actor, &bearer(headers, &actor.app).ok_or(Error::Unauthorized)?).await,
    }
}

/// The session's token, if it came as bearer.
fn bearer(headers: &HeaderMap, app: &App) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, _) = value.split_once(' ')?;
    // A bearer goes before a cookie, so this is its token.
    scheme.eq_ignore_ascii_case("bearer").then(|| session_token(headers, app)).flatten()
}
