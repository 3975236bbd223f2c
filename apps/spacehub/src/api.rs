//! The areas' slices, folded: one router, one OpenAPI document, one set of workers.

use axum::{
    Router, middleware,
    response::{IntoResponse, Response},
    routing::{any, get},
};
use base::{App, Slice, envelope};
use http::{Method, StatusCode, Uri, header::CONTENT_TYPE};
use identity::auth;
use utoipa::openapi::{
    ComponentsBuilder, InfoBuilder, OpenApi, OpenApiBuilder, SecurityRequirement,
    security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
};
use utoipa_axum::router::OpenApiRouter;

use crate::limits;

/// Every slice there is. A new domain is a migration, a module, and a line in its area's list.
pub fn slices() -> Vec<Slice> {
    [
        vec![base::retention::slice(), store::slice()],
        identity::slices(),
        estate::slices(),
        leasing::slices(),
        files::slices(),
        billing::slices(),
        banking::slices(),
        outreach::slices(),
        reports::slices(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The API's router and the document that describes it.
pub fn api(app: App) -> (Router, OpenApi) {
    let folded = slices().into_iter().fold(OpenApiRouter::with_openapi(frame()), |all, slice| all.merge(slice.routes));
    let (router, openapi) = folded.split_for_parts();
    let described = serde_json::to_string(&openapi).expect("the document is JSON");
    let description = async move || ([(CONTENT_TYPE, "application/json")], described.clone());
    let router = router
        .route("/openapi.json", get(description))
        .method_not_allowed_fallback(wrong_method)
        // Not a fallback: beside the API stand pages with a "no such page" of their own.
        .route("/v2/{*rest}", any(envelope::no_such_route))
        .route("/api/{*rest}", any(envelope::no_such_route))
        .route("/api/auth/{*rest}", any(auth::nothing_here))
        .route("/hooks/{*rest}", any(envelope::no_such_route))
        .layer(middleware::from_fn_with_state(app.clone(), limits::count))
        .layer(middleware::from_fn(envelope::wear))
        .with_state(app);
    (router, openapi)
}

/// The doors of /api/auth keep the wire of their client, which knows no 405.
async fn wrong_method(method: Method, uri: Uri) -> Response {
    match uri.path().starts_with("/api/auth/") {
        true => auth::nothing_here(method, uri).await,
        false => StatusCode::METHOD_NOT_ALLOWED.into_response(),
    }
}

/// What the document says before any slice adds to it.
fn frame() -> OpenApi {
    let bearer = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
    let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(base::actor::SESSION_COOKIE)));
    let components = ComponentsBuilder::new()
        .schema_from::<wire::Envelope>()
        .schema_from::<wire::Refusal>()
        // Only asked by, never answered with, so no view brings it along.
        .schema_from::<wire::contracts::ContractSort>()
        .security_scheme("bearer", bearer)
        .security_scheme("cookie", cookie)
        .build();
    let none: [&str; 0] = [];
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Spacehub")
                .version("2")
                .description(Some(
                    "Rented space in Mongolia: buildings, contracts, the monthly bill, payments and tax receipts. \
                     Money is a decimal string of mungo (100 mungo = 1 ₮). Lists are paged by an opaque cursor.",
                ))
                .build(),
        )
        .components(Some(components))
        .security(Some([SecurityRequirement::new("bearer", none), SecurityRequirement::new("cookie", none)]))
        .build()
}
