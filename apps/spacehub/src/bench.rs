//! `spacehub bench`: our server beside its bound – pgbench with the very statements our requests send – in one run.
//!
//! Figures are only comparable within a run: rounds of every target take turns, and what is reported is the median.
//! Time on a processor per request is what other work on the machine disturbs least.

mod bound;
mod cpu;
mod data;
mod lists;
mod load;
mod matching;
mod month;
mod outbox;
mod plans;
mod server;

use std::{fs, path::PathBuf, time::Duration};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use cluster::{Cluster, Say};

use crate::problem::Problem;
use data::Size;
pub use lists::Timed;
pub use matching::Pass;
pub use month::Round;
use server::Server;

/// How many clients ask at the same time.
const CONNECTIONS: usize = 32;

/// How long and on how much to measure.
#[derive(Debug, Clone)]
pub struct Options {
    pub rounds: usize,
    /// Of each target in each round.
    pub seconds: u64,
    /// These loads alone; all when empty.
    pub only: Vec<Load>,
    /// Instead of the loads: how long each list takes, with its plans.
    pub lists: bool,
    /// Instead of the loads: a month's run of one owner with a hundred thousand contracts.
    pub run: bool,
    /// Instead of the loads: a million bank lines against a hundred thousand open bills.
    pub matching: bool,
    /// A tiny data set, to see that everything works.
    pub small: bool,
    /// Where the bench's own Postgres lies; the data set stays there for the next run.
    pub folder: Option<PathBuf>,
    /// The program whose `api` is measured; this one when nothing is said.
    pub program: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            rounds: 5,
            seconds: 6,
            only: Vec::new(),
            lists: false,
            run: false,
            matching: false,
            small: false,
            folder: None,
            program: None,
        }
    }
}

/// What is asked of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Load {
    /// One contract with its room and lines.
    Get,
    /// Fifty contracts behind a random one.
    List,
    /// A new invoice that goes out at once, under a fresh key.
    Post,
}

impl Load {
    const ALL: [Load; 3] = [Load::Get, Load::List, Load::Post];

    fn name(self) -> &'static str {
        match self {
            Load::Get => "GET",
            Load::List => "LIST",
            Load::Post => "POST",
        }
    }

    /// A cursor as the list of contracts gives them.
    fn cursor(self, contract: &str) -> String {
        URL_SAFE_NO_PAD.encode(format!(r#"{{"by":"id","text":null,"day":null,"id":"{contract}"}}"#))
    }

    fn body(self, contract: &str) -> String {
        format!(
            r#"{{"contractId":"{contract}","kind":"fee","period":"2026-10","issue":true,"items":[{{"description":"Түрээс","unitPrice":"165000000"}}]}}"#
        )
    }
}

/// One target's figures of one round.
#[derive(Debug, Clone, Default)]
pub struct Measured {
    pub a_second: u64,
    pub p50_micros: u64,
    pub p99_micros: u64,
    pub server_micros: u64,
    pub postgres_micros: u64,
    pub bad: u64,
}

/// The medians of every load, ours and the bound's, and what the outbox came to.
#[derive(Debug, Clone, Default)]
pub struct Report {
    pub loads: Vec<(Load, Measured, Option<Measured>)>,
    pub resident_mib: u64,
    pub events_a_second: u64,
    pub promise_p50_micros: u64,
    pub promise_p99_micros: u64,
    /// Tables that a question reads from end to end.
    pub whole_tables: Vec<String>,
    pub lists: Vec<Timed>,
    pub months: Vec<Round>,
    pub passes: Vec<Pass>,
}

/// Measures, telling as it goes; the database is the bench's own.
pub async fn run(options: Options, say: Say<'_>) -> Result<Report, Problem> {
    if options.run {
        let months = month::measure(options.rounds, options.small, options.folder, say).await?;
        return Ok(Report { months, ..Report::default() });
    }
    if options.matching {
        let passes = matching::measure(options.rounds, options.small, options.folder, say).await?;
        return Ok(Report { passes, ..Report::default() });
    }
    let size = if options.small { Size::SMALL } else { Size::FULL };
    let name = if options.small { "spacehub-bench-small" } else { "spacehub-bench" };
    let folder = options.folder.clone().unwrap_or_else(|| std::env::temp_dir().join(name));
    let cluster = Cluster::start(&folder, say).await?;
    let measured = measure(&options, size, &folder, &cluster, say).await;
    cluster.stop().await;
    measured
}

async fn measure(
    options: &Options,
    size: Size,
    folder: &std::path::Path,
    cluster: &Cluster,
    say: Say<'_>,
) -> Result<Report, Problem> {
    let admin = data::prepare(cluster, size, say).await?;
    let servers = folder.join("servers");
    let postmaster = fs::read_to_string(servers.join("postgres/postmaster.pid"))?;
    let postgres: u32 = postmaster.lines().next().unwrap_or_default().trim().parse()?;

    if options.lists {
        return lists_of(&admin, cluster, &servers.join("postgres.log"), say).await;
    }
    let mut targets = Vec::new();
    let mut whole_tables = Vec::new();
    let wanted = |load: &Load| options.only.is_empty() || options.only.contains(load);
    for load in Load::ALL.into_iter().filter(wanted) {
        let statements = bound::overhear(&admin, cluster.urls(), &servers.join("postgres.log"), size, load).await?;
        let script = std::env::temp_dir().join(format!("spacehub-bench-{}-{}.sql", std::process::id(), load.name()));
        fs::write(&script, bound::script(load, &statements, size))?;
        say(&format!("{} sends {} statements; its questions are answered like this:", load.name(), statements.len()));
        for plan in plans::explain(&cluster.urls().app, &statements).await? {
            say(&format!("  {}", plan.sql.split_whitespace().collect::<Vec<_>>().join(" ")));
            plan.lines.iter().for_each(|line| say(&format!("    {line}")));
            whole_tables.extend(plan.whole_tables);
        }
        targets.push((load, script));
    }

    let program = options.program.clone().map_or_else(std::env::current_exe, Ok)?;
    let server = Server::start(&program, folder)?;
    for (load, _) in &targets {
        load::drive(server.address, *load, size, CONNECTIONS, Duration::from_secs(options.seconds.min(2)))?;
    }
    let mut rounds: Vec<(Vec<Measured>, Vec<Measured>)> = vec![Default::default(); targets.len()];
    for round in 0..options.rounds {
        for ((load, script), (ours, bounds)) in targets.iter().zip(&mut rounds) {
            let one = ours_once(&server, *load, size, options.seconds, postgres)?;
            say(&format!("round {} {:4} ours  {}", round + 1, load.name(), one.line()));
            ours.push(one);
            if let Some(one) = bound_once(cluster, script, options.seconds, postgres).await? {
                say(&format!("round {} {:4} bound {}", round + 1, load.name(), one.line()));
                bounds.push(one);
            }
        }
    }
    let resident_mib = cpu::resident_mib(server.pid());
    drop(server);
    for (_, script) in &targets {
        let _ = fs::remove_file(script);
    }

    let (events, singles) = if options.small { (2_000, 50) } else { (100_000, 500) };
    admin.batch_execute("truncate outbox").await?;
    let pace = outbox::measure(&admin, cluster.urls(), events, singles).await?;
    let loads = targets.iter().zip(&rounds).map(|((load, _), (ours, bounds))| {
        (*load, Measured::median(ours).unwrap_or_default(), Measured::median(bounds))
    });
    let report = Report {
        loads: loads.collect(),
        resident_mib,
        events_a_second: per_second(pace.events, pace.took),
        promise_p50_micros: micros(pace.waits.percentile(50)),
        promise_p99_micros: micros(pace.waits.percentile(99)),
        whole_tables,
        lists: Vec::new(),
        months: Vec::new(),
        passes: Vec::new(),
    };
    report.lines().iter().for_each(|line| say(line));
    Ok(report)
}

async fn lists_of(
    admin: &tokio_postgres::Client,
    cluster: &Cluster,
    log: &std::path::Path,
    say: Say<'_>,
) -> Result<Report, Problem> {
    let lists = lists::measure(admin, cluster.urls(), log).await?;
    for list in &lists {
        say(&list.line());
        list.plans.iter().for_each(|line| say(&format!("    {line}")));
    }
    say("the slowest first:");
    let mut slowest: Vec<&Timed> = lists.iter().collect();
    slowest.sort_by_key(|list| std::cmp::Reverse(list.p99_micros));
    slowest.iter().for_each(|list| say(&list.line()));
    let whole_tables = lists.iter().flat_map(|list| list.whole_tables.clone()).collect();
    Ok(Report { lists, whole_tables, ..Report::default() })
}

fn ours_once(server: &Server, load: Load, size: Size, seconds: u64, postgres: u32) -> Result<Measured, Problem> {
    let before = (cpu::of_tree(server.pid()), cpu::of_tree(postgres));
    let heard = load::drive(server.address, load, size, CONNECTIONS, Duration::from_secs(seconds))?;
    let each = |spent: Duration| micros(spent) / heard.answers.max(1);
    Ok(Measured {
        a_second: per_second(heard.answers, heard.took),
        p50_micros: micros(heard.percentile(50)),
        p99_micros: micros(heard.percentile(99)),
        server_micros: each(cpu::of_tree(server.pid()).saturating_sub(before.0)),
        postgres_micros: each(cpu::of_tree(postgres).saturating_sub(before.1)),
        bad: heard.bad,
    })
}

async fn bound_once(
    cluster: &Cluster,
    script: &std::path::Path,
    seconds: u64,
    postgres: u32,
) -> Result<Option<Measured>, Problem> {
    // Backends that have just ended must be reaped, or their time is missed.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let before = cpu::of_tree(postgres);
    let Some(bound) = bound::run(cluster.urls(), script, seconds).await? else { return Ok(None) };
    tokio::time::sleep(Duration::from_millis(300)).await;
    let spent = cpu::of_tree(postgres).saturating_sub(before);
    Ok(Some(Measured {
        a_second: bound.a_second,
        p50_micros: bound.mean_micros,
        postgres_micros: micros(spent) / (bound.a_second * seconds).max(1),
        ..Measured::default()
    }))
}

impl Measured {
    fn line(&self) -> String {
        format!(
            "{:6}/s  p50 {:6} µs  p99 {:6} µs  CPU a request: server {:4} µs, Postgres {:4} µs  bad {}",
            self.a_second, self.p50_micros, self.p99_micros, self.server_micros, self.postgres_micros, self.bad
        )
    }

    /// Of each figure by itself.
    fn median(rounds: &[Measured]) -> Option<Measured> {
        let middle = |of: fn(&Measured) -> u64| {
            let mut figures: Vec<u64> = rounds.iter().map(of).collect();
            figures.sort_unstable();
            figures.get(figures.len() / 2).copied()
        };
        Some(Measured {
            a_second: middle(|m| m.a_second)?,
            p50_micros: middle(|m| m.p50_micros)?,
            p99_micros: middle(|m| m.p99_micros)?,
            server_micros: middle(|m| m.server_micros)?,
            postgres_micros: middle(|m| m.postgres_micros)?,
            bad: rounds.iter().map(|m| m.bad).sum(),
        })
    }
}

impl Report {
    /// The table that people compare.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (load, ours, bound) in &self.loads {
            lines.push(format!("{:4} ours  {}", load.name(), ours.line()));
            if let Some(bound) = bound {
                let percent = ours.a_second * 100 / bound.a_second.max(1);
                lines.push(format!("{:4} bound {}  → ours is {percent} % of it", load.name(), bound.line()));
            }
        }
        lines.push(format!("the server's resident memory after the load: {} MiB", self.resident_mib));
        lines.push(format!(
            "outbox: {} no-op events/s, commit → start p50 {} µs, p99 {} µs",
            self.events_a_second, self.promise_p50_micros, self.promise_p99_micros
        ));
        lines
    }
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

fn per_second(count: u64, took: Duration) -> u64 {
    count * 1_000_000 / micros(took).max(1)
}
