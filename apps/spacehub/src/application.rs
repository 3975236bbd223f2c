//! What this process does, put together: the areas' slices, the pages, the operators' doors.

use std::collections::BTreeSet;

use axum::{Json, Router, routing::get};
use base::{App, Slice, clock::Clock, envelope, kv::Kv, pool::Pool, workers::Workers};
use futures_util::future::BoxFuture;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::watch;
use utoipa::openapi::{InfoBuilder, OpenApiBuilder};
use utoipa_axum::router::OpenApiRouter;

use crate::{
    docs,
    ground::Ground,
    ops::{self, Readiness},
    problem::Problem,
    settings::Settings,
};

/// A part that can run alone or with others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Part {
    Api,
    Web,
    Workers,
    Sandbox,
}

/// What is served, what runs behind it, and what is said once it does.
pub struct Application {
    pub router: Router,
    pub behind: Vec<BoxFuture<'static, ()>>,
    /// Lines printed below the address: the demo sign-ins.
    pub greeting: Vec<String>,
}

/// Every slice of every area, in the order of their dependence.
fn slices() -> Vec<Slice> {
    Vec::new()
}

/// Builds the parts asked for; `stop` turns true when they are to come to their end.
pub async fn build(
    settings: &Settings,
    ground: &Ground,
    parts: &BTreeSet<Part>,
    readiness: Readiness,
    counters: PrometheusHandle,
    stop: watch::Receiver<bool>,
) -> Result<Application, Problem> {
    let pool = Pool::new(&ground.urls.app, settings.db_connections)?;
    let kv = match &ground.redis_url {
        Some(url) => Kv::redis(url).await?,
        None => Kv::in_process(),
    };
    let app = App::new(pool.clone(), Clock::System, ground.key.clone(), kv, settings.public_url.clone());

    let mut router = ops::routes(readiness, Some(pool), counters);
    let mut behind: Vec<BoxFuture<'static, ()>> = Vec::new();
    if parts.contains(&Part::Api) {
        router = router.merge(api(app.clone())).merge(docs::routes());
    }
    if parts.contains(&Part::Workers) {
        let workers = Workers::new(app.through(Pool::new(&ground.urls.worker, settings.db_connections)?), &slices());
        behind.push(Box::pin(async move { workers.run(stop).await }));
    }
    Ok(Application { router, behind, greeting: Vec::new() })
}

/// The API: every slice's doors, and their description.
fn api(app: App) -> Router {
    let about = InfoBuilder::new().title("Spacehub").version(env!("CARGO_PKG_VERSION")).build();
    let empty = OpenApiRouter::with_openapi(OpenApiBuilder::new().info(about).build());
    let folded = slices().into_iter().fold(empty, |all, slice| all.merge(slice.routes));
    let (router, description) = folded.split_for_parts();
    router
        .route("/openapi.json", get(async move || Json(description)))
        .layer(axum::middleware::from_fn(envelope::wear))
        .with_state(app)
}
