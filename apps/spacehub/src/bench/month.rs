//! A month's run of one owner with a hundred thousand contracts, beside the bound of any such run: one plain
//! `INSERT … SELECT` a table of the very rows that it wrote.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use axum::body::Body;
use base::{pool::Pool, workers::Workers};
use cluster::{Cluster, MIGRATIONS, Say};
use http::{Request, header};
use http_body_util::BodyExt;
use tokio_postgres::Client;
use tower::ServiceExt;

use super::{cpu, per_second, server};
use crate::problem::Problem;

/// The session of the owner's accountant, as month.sql makes it.
const TOKEN: &str = "month";

/// What a run writes into, in an order that foreign keys allow; the rows of a bill's table are those of the month.
const WRITTEN: [&str; 4] = ["invoices", "invoice_items", "outbox", "audit_log"];

/// One round's figures.
#[derive(Debug, Clone)]
pub struct Round {
    pub contracts: u64,
    /// Until the order was answered: everything was looked at and found within its bound.
    pub planned: Duration,
    /// From the order until the last bill was committed.
    pub took: Duration,
    /// Memory of our process at its fullest during the run, and before it.
    pub peak_mib: u64,
    pub before_mib: u64,
    /// The same rows written by Postgres alone.
    pub bound: Duration,
    pub rows: u64,
}

/// Runs the month and its bound in turns, each round on an empty month.
pub async fn measure(rounds: usize, small: bool, folder: Option<PathBuf>, say: Say<'_>) -> Result<Vec<Round>, Problem> {
    let contracts: u64 = if small { 4_500 } else { 100_000 };
    let name = if small { "spacehub-bench-month-small" } else { "spacehub-bench-month" };
    let folder = folder.unwrap_or_else(|| std::env::temp_dir().join(name));
    let cluster = Cluster::start(&folder, say).await?;
    let measured = rounds_of(rounds, contracts, &cluster, say).await;
    cluster.stop().await;
    measured
}

async fn rounds_of(rounds: usize, contracts: u64, cluster: &Cluster, say: Say<'_>) -> Result<Vec<Round>, Problem> {
    let mut admin = cluster::connect(&cluster.urls().admin).await?;
    cluster::migrate(&mut admin, MIGRATIONS, say).await?;
    let there: i64 = admin.query_one("select count(*) from contracts", &[]).await?.get(0);
    if there == 0 {
        say("loading the data set");
        admin.batch_execute(&include_str!("month.sql").replace("{contracts}", &contracts.to_string())).await?;
        admin.batch_execute("vacuum (analyze)").await?;
    } else if u64::try_from(there).ok() != Some(contracts) {
        return Err(Problem::new("the bench's folder holds a data set of another size: remove it"));
    }
    let mut all = Vec::new();
    for number in 1..=rounds {
        let round = round(&admin, contracts, cluster).await?;
        say(&format!("round {number} {}", round.line()));
        all.push(round);
    }
    Ok(all)
}

async fn round(admin: &Client, contracts: u64, cluster: &Cluster) -> Result<Round, Problem> {
    admin
        .batch_execute("truncate invoices, outbox, audit_log, number_sequences, idempotency_keys, month_runs cascade")
        .await?;
    admin.batch_execute(&include_str!("last_month.sql").replace("{contracts}", &contracts.to_string())).await?;
    admin.batch_execute("vacuum (analyze) invoices").await?;
    admin.batch_execute("checkpoint").await?;
    let (planned, took, before_mib, peak_mib) = ours(cluster).await?;
    let made: i64 = admin.query_one("select count(*) from invoices where period = '2026-11-01'", &[]).await?.get(0);
    if u64::try_from(made).ok() != Some(contracts) {
        return Err(Problem::new(format!("the run made {made} bills of {contracts}")));
    }
    let (bound, rows) = bound(admin).await?;
    Ok(Round { contracts, planned, took, peak_mib, before_mib, bound, rows })
}

/// The run as an accountant has it: ordered at the door, made by a worker. The news of the bills wait in the outbox.
async fn ours(cluster: &Cluster) -> Result<(Duration, Duration, u64, u64), Problem> {
    let app = server::app(cluster.urls(), 2)?;
    let workshop = app.through(Pool::new(&cluster.urls().worker, 2)?);
    let workers = Workers::new(workshop, &[billing::months::slice()]);
    let doors = server::doors(app);
    cpu::forget_peak();
    let before = cpu::peak_mib();
    let began = Instant::now();
    let order = r#"{"issueOn":"2026-11-10","acceptDifference":true}"#;
    let request = Request::post("/v2/months/2026-11/run")
        .header(header::AUTHORIZATION, format!("Bearer {TOKEN}"))
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(order))?;
    let answer = doors.oneshot(request).await?;
    let status = answer.status();
    let body = answer.into_body().collect().await?.to_bytes();
    if !status.is_success() {
        return Err(Problem::new(format!("the order was answered {status}: {}", String::from_utf8_lossy(&body))));
    }
    let planned = began.elapsed();
    workers.drain().await?;
    Ok((planned, began.elapsed(), before, cpu::peak_mib()))
}

/// The rows that the run wrote, kept aside, taken away and written again.
async fn bound(admin: &Client) -> Result<(Duration, u64), Problem> {
    let of_the_month = |table: &str| match table {
        "invoices" => "where period = '2026-11-01'",
        "outbox" => "where kind = 'invoice.issued'",
        _ => "",
    };
    for table in WRITTEN {
        let columns = columns(admin, table).await?;
        admin
            .batch_execute(&format!(
                "drop table if exists kept_{table};
                 create unlogged table kept_{table} as select {columns} from {table} {}",
                of_the_month(table)
            ))
            .await?;
    }
    admin
        .batch_execute(
            "truncate invoice_items, outbox, audit_log;
             delete from invoices where period = '2026-11-01'",
        )
        .await?;
    admin.batch_execute("vacuum (analyze) invoices").await?;
    admin.batch_execute("checkpoint").await?;
    let mut inserts = String::from("begin;\n");
    for table in WRITTEN {
        let columns = columns(admin, table).await?;
        inserts.push_str(&format!("insert into {table} ({columns}) select {columns} from kept_{table};\n"));
    }
    inserts.push_str("commit;");
    let began = Instant::now();
    admin.batch_execute(&inserts).await?;
    let took = began.elapsed();
    let mut rows = 0;
    for table in WRITTEN {
        let kept: i64 = admin.query_one(&format!("select count(*) from kept_{table}"), &[]).await?.get(0);
        rows += u64::try_from(kept)?;
    }
    Ok((took, rows))
}

/// A table's columns that can be written, in order.
async fn columns(admin: &Client, table: &str) -> Result<String, Problem> {
    let sql = "select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
                where attrelid = $1::text::regclass and attnum > 0 and not attisdropped and attgenerated = ''";
    Ok(admin.query_one(sql, &[&table]).await?.get(0))
}

impl Round {
    pub fn line(&self) -> String {
        let hundredths = self.took.as_millis() * 100 / self.bound.as_millis().max(1);
        format!(
            "MONTH ours  {} contracts in {} ms, of which planning {} ms: {} contracts/s, peak memory {} MiB ({} before)\n\
             \u{20}       MONTH bound {} rows by INSERT … SELECT in {} ms: {} contracts/s → ours takes {}.{:02} times as long",
            self.contracts,
            self.took.as_millis(),
            self.planned.as_millis(),
            per_second(self.contracts, self.took),
            self.peak_mib,
            self.before_mib,
            self.rows,
            self.bound.as_millis(),
            per_second(self.contracts, self.bound),
            hundredths / 100,
            hundredths % 100
        )
    }
}
