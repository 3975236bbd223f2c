//! Where QPay says that something was paid. Nothing in the request is believed: it only promises to ask.

use axum::{extract::State, routing::get};
use base::{Actor, App, Credential, Error, Path, Result, Slice, secrets::TokenHash};
use domain::IntentId;
use utoipa_axum::router::OpenApiRouter;

use crate::intents;

/// QPay calls with GET by its documents and with POST by some of its users.
pub fn slice() -> Slice {
    Slice::new("hooks").routes(OpenApiRouter::new().route("/hooks/qpay/{token}", get(qpay).post(qpay)))
}

/// Answers with the one word QPay takes; neither query nor body is read.
async fn qpay(State(app): State<App>, Path(token): Path<String>) -> Result<&'static str> {
    if !intents::is_callback_token(&token) {
        return Err(Error::NotFound("link"));
    }
    let actor = Actor::new(app, Credential::Callback(TokenHash::of(&token)));
    actor
        .transact(async |tx| {
            let intent = tx.who().await?.subject.map(IntentId).ok_or(Error::NotFound("link"))?;
            intents::promise_check(tx, intent).await
        })
        .await?;
    Ok("SUCCESS")
}
