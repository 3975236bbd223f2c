//! The doors of JWTs: one's own token, and the keys it can be checked with.

use axum::Json;
use base::{Actor, App};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{LISTED, queries};
use crate::auth::{AuthError, door::Door, errors::AuthRefusals};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(token)).routes(routes!(jwks))
}

/// A JWT.
#[derive(Debug, Serialize, ToSchema)]
pub struct JwtView {
    pub token: String,
}

/// The keys that JWTs of ours can be checked with.
#[derive(Debug, Serialize, ToSchema)]
pub struct Jwks {
    pub keys: Vec<Jwk>,
}

/// The public part of a key, as RFC 8037 writes it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Jwk {
    pub alg: &'static str,
    pub crv: &'static str,
    /// The public key in base64url.
    pub x: String,
    pub kty: &'static str,
    pub kid: Uuid,
}

/// A JWT of a quarter of an hour for other services; none of our own doors takes it.
#[utoipa::path(get, path = "/api/auth/token", operation_id = "getJwt", tag = "auth", responses(
    (status = 200, body = JwtView, description = "The JWT."), AuthRefusals))]
async fn token(door: Door) -> Result<Json<JwtView>, AuthError> {
    let found = door.signed_in().await?;
    let token = super::issue(&door.actor, &found.user).await?;
    Ok(Json(JwtView { token }))
}

/// The public keys, newest last; one that no longer signs stays listed for thirty days.
#[utoipa::path(get, path = "/api/auth/jwks", operation_id = "listJwks", tag = "auth", security(()), responses(
    (status = 200, body = Jwks, description = "The keys."), AuthRefusals))]
async fn jwks(door: Door) -> Result<Json<Jwks>, AuthError> {
    let app = door.app();
    let since = app.clock.now().saturating_sub(LISTED).unwrap_or(Timestamp::MIN);
    let keys = Actor::platform(app).at_the_door().transact(async |tx| queries::listed(tx, since).await).await?;
    let jwk = |(kid, public): (Uuid, Vec<u8>)| Jwk {
        alg: "EdDSA",
        crv: "Ed25519",
        x: URL_SAFE_NO_PAD.encode(public),
        kty: "OKP",
        kid,
    };
    Ok(Json(Jwks { keys: keys.into_iter().map(jwk).collect() }))
}
