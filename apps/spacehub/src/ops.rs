//! The doors for those who run the system: is it alive, does it take requests, what does it count.

use std::{
    fs,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{Json, Router, extract::State, response::IntoResponse, routing::get};
use base::pool::Pool;
use http::{StatusCode, header};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use serde::Serialize;

/// Upper bounds of the request histogram, in seconds.
const SECONDS: [f64; 13] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0];

/// Whether this process wants requests; off while it is going down.
#[derive(Debug, Clone)]
pub struct Readiness(Arc<AtomicBool>);

impl Readiness {
    pub fn ready() -> Readiness {
        Readiness(Arc::new(AtomicBool::new(true)))
    }

    /// Asks whoever sends requests to send them elsewhere.
    pub fn turn_off(&self) {
        self.0.store(false, Ordering::Relaxed);
    }

    fn is_on(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What the doors look at; without a pool the process does not need Postgres (the web alone).
#[derive(Clone)]
struct Ops {
    readiness: Readiness,
    pool: Option<Pool>,
    counters: PrometheusHandle,
}

/// `/healthz`, `/readyz`, `/v2/health` and `/metrics`.
pub fn routes(readiness: Readiness, pool: Option<Pool>, counters: PrometheusHandle) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .route("/v2/health", get(health))
        .route("/metrics", get(counted))
        .with_state(Ops { readiness, pool, counters })
}

/// Begins to count, for this whole process; once.
pub fn start_counting() -> PrometheusHandle {
    let builder = PrometheusBuilder::new().set_buckets_for_metric(Matcher::Suffix("_seconds".into()), &SECONDS);
    let counters = builder.expect("the bounds are not empty").install_recorder().expect("nobody counts before us");
    metrics::describe_counter!("http_requests_total", "Answers by method, route and status.");
    metrics::describe_counter!("http_requests_shed_total", "Requests told to come back because too many were running.");
    metrics::describe_histogram!("http_request_seconds", "From a request's header to the answer's.");
    metrics::describe_gauge!("process_resident_memory_bytes", "Memory in use.");
    metrics::describe_gauge!("process_cpu_seconds", "Time on a processor since the start, in user and system mode.");
    let upkeep = counters.clone();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_secs(5)).await;
            upkeep.run_upkeep();
        }
    });
    counters
}

/// What the health doors answer, in the seed's order.
#[derive(Debug, Serialize)]
struct Health {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    db: Option<&'static str>,
}

/// Whether to send requests here.
async fn ready(State(ops): State<Ops>) -> (StatusCode, Json<Health>) {
    if !ops.readiness.is_on() {
        return (StatusCode::SERVICE_UNAVAILABLE, Json(Health { status: "draining", db: None }));
    }
    ops.health("down").await
}

/// The seed's own door, with the seed's own words.
async fn health(State(ops): State<Ops>) -> (StatusCode, Json<Health>) {
    ops.health("degraded").await
}

async fn counted(State(ops): State<Ops>) -> impl IntoResponse {
    if let Some(bytes) = resident_bytes() {
        metrics::gauge!("process_resident_memory_bytes").set(bytes);
    }
    if let Some(seconds) = cpu_seconds() {
        metrics::gauge!("process_cpu_seconds").set(seconds);
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], ops.counters.render())
}

impl Ops {
    async fn health(&self, without_database: &'static str) -> (StatusCode, Json<Health>) {
        match &self.pool {
            Some(pool) if pool.is_up().await => (StatusCode::OK, Json(Health { status: "ok", db: Some("up") })),
            Some(_) => {
                let health = Health { status: without_database, db: Some("down") };
                (StatusCode::SERVICE_UNAVAILABLE, Json(health))
            }
            None => (StatusCode::OK, Json(Health { status: "ok", db: None })),
        }
    }
}

/// The pages in memory, from `/proc`; none where there is no such thing.
fn resident_bytes() -> Option<f64> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some((kib * 1024) as f64)
}

/// User and system time; the kernel counts in hundredths.
fn cpu_seconds() -> Option<f64> {
    let text = fs::read_to_string("/proc/self/stat").ok()?;
    // The name in parentheses may hold anything, spaces too.
    let mut fields = text.rsplit_once(") ")?.1.split(' ').skip(11);
    let (user, system): (u64, u64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some(Duration::from_millis((user + system) * 10).as_secs_f64())
}
