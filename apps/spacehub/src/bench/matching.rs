//! A million bank lines against a hundred thousand open bills in one pass, beside the bound of any way to do it: what it
//! takes to load both, and to join them in SQL by a number that somebody has found in the texts already.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    pin::pin,
    time::{Duration, Instant},
};

use cluster::{Cluster, Say};
use domain::{
    BankAccountId, BankTransactionId, ContractId, InvoiceId, Money, TenantId,
    bank::LineState,
    matching::{Bill, Book, Debtor, Line},
};
use futures_util::TryStreamExt;
use jiff::civil::Date;
use tokio_postgres::Client;

use super::{cpu, per_second};
use crate::problem::Problem;

/// One round's figures.
#[derive(Debug, Clone)]
pub struct Pass {
    pub lines: u64,
    pub bills: u64,
    /// Loading the bills and whose they are, and laying out the maps.
    pub laid_out: Duration,
    /// Loading the lines one after the other and judging each.
    pub judged: Duration,
    /// Loading both and judging nothing.
    pub loading: Duration,
    /// Postgres alone: lines and bills joined by number and amount.
    pub joining: Duration,
    pub states: BTreeMap<LineState, u64>,
    /// Memory of our process before, and at its fullest.
    pub before_mib: u64,
    pub peak_mib: u64,
}

impl Pass {
    pub fn line(&self) -> String {
        format!(
            "{} lines, {} bills: laid out {:?}, judged {:?} ({} lines/s), {} → {} MiB; bound: loading {:?}, joining {:?}; {:?}",
            self.lines,
            self.bills,
            self.laid_out,
            self.judged,
            per_second(self.lines, self.judged),
            self.before_mib,
            self.peak_mib,
            self.loading,
            self.joining,
            self.states,
        )
    }
}

/// Judges all lines and takes the bound's time, in turns.
pub async fn measure(rounds: usize, small: bool, folder: Option<PathBuf>, say: Say<'_>) -> Result<Vec<Pass>, Problem> {
    let (lines, bills) = if small { (20_000, 2_000) } else { (1_000_000, 100_000) };
    let name = if small { "spacehub-bench-matching-small" } else { "spacehub-bench-matching" };
    let folder = folder.unwrap_or_else(|| std::env::temp_dir().join(name));
    let cluster = Cluster::start(&folder, say).await?;
    let measured = passes(rounds, lines, bills, &cluster, say).await;
    cluster.stop().await;
    measured
}

async fn passes(rounds: usize, lines: u64, bills: u64, cluster: &Cluster, say: Say<'_>) -> Result<Vec<Pass>, Problem> {
    let admin = cluster::connect(&cluster.urls().admin).await?;
    let sql =
        include_str!("matching.sql").replace("{lines}", &lines.to_string()).replace("{bills}", &bills.to_string());
    admin.batch_execute(&sql).await?;
    let mut all = Vec::new();
    for round in 1..=rounds {
        let pass = pass(&admin, lines, bills).await?;
        say(&format!("round {round} {}", pass.line()));
        all.push(pass);
    }
    Ok(all)
}

async fn pass(admin: &Client, lines: u64, bills: u64) -> Result<Pass, Problem> {
    let id = std::process::id();
    let begun = Instant::now();
    let mut loaded = 0u64;
    for sql in ["select * from bench_bills", LINES] {
        let rows = admin.query_raw(sql, Vec::<i64>::new()).await?;
        let mut rows = pin!(rows);
        while rows.try_next().await?.is_some() {
            loaded += 1;
        }
    }
    let loading = begun.elapsed();
    let begun = Instant::now();
    admin
        .query_one("select count(*) from bench_lines l join bench_bills b using (number) where l.amount = b.open", &[])
        .await?;
    let joining = begun.elapsed();
    if loaded != lines + bills {
        return Err(Problem::new("the bench's tables hold another number of rows"));
    }

    let before_mib = cpu::resident_mib(id);
    let begun = Instant::now();
    let mut book = book(admin).await?;
    let laid_out = begun.elapsed();
    let begun = Instant::now();
    let account = BankAccountId::new();
    let (mut states, mut peak_mib, mut seen) = (BTreeMap::new(), before_mib, 0u64);
    let rows = admin.query_raw(LINES, Vec::<i64>::new()).await?;
    let mut rows = pin!(rows);
    while let Some(row) = rows.try_next().await? {
        let verdict = book.judge(&Line {
            id: BankTransactionId(row.get(0)),
            account,
            amount: Money::from_mungo(row.get(1)),
            text: row.get(2),
            counter_account: row.get(3),
            counter_name: row.get(4),
        });
        *states.entry(verdict.state).or_default() += 1;
        seen += 1;
        if seen.is_multiple_of(10_000) {
            peak_mib = peak_mib.max(cpu::resident_mib(id));
        }
    }
    let judged = begun.elapsed();
    peak_mib = peak_mib.max(cpu::resident_mib(id));
    Ok(Pass { lines, bills, laid_out, judged, loading, joining, states, before_mib, peak_mib })
}

/// The lines in the order of time.
const LINES: &str = "select id, amount, description, counter_account, counter_name from bench_lines order by place";

async fn book(admin: &Client) -> Result<Book, Problem> {
    let rows = admin.query_raw("select * from bench_bills", Vec::<i64>::new()).await?;
    let mut rows = pin!(rows);
    let (mut debtors, mut bills) = (Vec::new(), Vec::new());
    while let Some(row) = rows.try_next().await? {
        let contract = ContractId(row.get("contract_id"));
        bills.push(Bill {
            invoice: InvoiceId(row.get("id")),
            code: row.get("code"),
            contract,
            open: Money::from_mungo(row.get("open")),
            due_on: row.get::<_, Date>("due_on"),
            month: None,
        });
        debtors.push(Debtor {
            contract,
            code: row.get("contract_code"),
            units: vec![row.get("unit")],
            tenant: TenantId(row.get("tenant_id")),
            tenant_name: row.get("tenant_name"),
            phones: vec![row.get("phone")],
            register: row.get("register_no"),
        });
    }
    Ok(Book::new(debtors, bills))
}
