//! How long the lists take of an owner with ten thousand contracts, among a million rows of others, and how Postgres
//! finds their rows.

use std::{path::Path, time::Instant};

use axum::{Router, body::Body};
use cluster::Urls;
use http::{Method, Request, header};
use http_body_util::BodyExt;
use tokio_postgres::Client;
use tower::ServiceExt;

use super::{
    bound::{self, Asked},
    micros, plans, server,
};
use crate::problem::Problem;

/// The session of the big owner's accountant, as lists.sql makes it.
const TOKEN: &str = "big";

/// What its people look at: every list, in its orders, with its filters, by search, and what it adds up to.
const LISTS: &[&str] = &[
    "/v2/contracts?limit=50",
    "/v2/contracts?limit=50&sort=code",
    "/v2/contracts?limit=50&sort=-code",
    "/v2/contracts?limit=50&sort=tenant",
    "/v2/contracts?limit=50&sort=-tenant",
    "/v2/contracts?limit=50&sort=startsOn",
    "/v2/contracts?limit=50&sort=-endsOn",
    "/v2/contracts?limit=50&status=draft&sort=tenant",
    "/v2/contracts?limit=50&status=expired",
    "/v2/contracts?limit=50&propertyId=018fbba0-0000-7000-8000-000000000000&sort=endsOn",
    "/v2/contracts?limit=50&endingWithinDays=60",
    "/v2/contracts?limit=50&unapproved=true",
    "/v2/contracts?limit=50&unapproved=true&sort=tenant",
    "/v2/contract-increases?limit=50&from=2026-11-01&to=2027-12-31",
    "/v2/contracts?limit=50&q=A-99",
    "/v2/contracts?limit=50&q=nobody",
    "/v2/contracts/totals?status=active",
    "/v2/contracts/totals?q=A-99",
    "/v2/rooms?limit=50",
    "/v2/rooms?limit=50&occupied=false",
    "/v2/rooms?limit=50&q=A-99",
    "/v2/rooms/totals",
    "/v2/rooms?limit=50&asOf=2025-06-01&occupancy=notice",
    "/v2/rooms/totals?asOf=2025-06-01",
    "/v2/occupancy?limit=50",
    "/v2/properties/018fbba0-0000-7000-8000-000000000000/grid",
    "/v2/vacancies?limit=50",
    "/v2/vacancies?limit=50&sort=-lost",
    "/v2/vacancies?limit=50&sort=-days&minDays=30",
    "/v2/vacancies/totals",
    "/v2/tenants?limit=50",
    "/v2/tenants?limit=50&q=90000",
    "/v2/tenants?limit=50&q=nobody",
    "/v2/invoices?limit=50",
    "/v2/invoices?limit=50&open=true",
    "/v2/invoices?limit=50&overdue=true",
    "/v2/invoices?limit=50&period=2024-09",
    "/v2/invoices?limit=50&q=CT-2024-99",
    "/v2/invoices/totals?open=true",
    "/v2/payments?limit=50",
    "/v2/properties?limit=50",
    "/v2/today",
];

/// How often each is asked.
const TIMES: usize = 40;
/// How far into the list its later page lies.
const PAGES: usize = 20;

/// One list's figures.
#[derive(Debug, Clone)]
pub struct Timed {
    pub path: String,
    /// Of a list that goes on: the page so many pages behind the first.
    pub page: usize,
    pub p50_micros: u64,
    pub p99_micros: u64,
    /// Tables read from end to end though they hold every owner's rows.
    pub whole_tables: Vec<String>,
    pub plans: Vec<String>,
}

/// Asks for each list over one connection: the first page and a later one.
pub async fn measure(admin: &Client, urls: &Urls, log: &Path) -> Result<Vec<Timed>, Problem> {
    let doors = server::doors(server::app(urls, 1)?);
    let mut all = Vec::new();
    for path in LISTS {
        let mut pages = vec![(0, (*path).to_owned())];
        pages.extend(later(&doors, path).await?);
        for (page, path) in pages {
            all.push(timed(admin, urls, log, &doors, page, path).await?);
        }
    }
    Ok(all)
}

impl Timed {
    pub fn line(&self) -> String {
        let path: String = self.path.split("&cursor=").next().unwrap_or_default().to_owned();
        let page = if self.page > 0 { format!("page {}", self.page + 1) } else { String::new() };
        let whole = if self.whole_tables.is_empty() {
            String::new()
        } else {
            format!("  READS ALL OF {:?}", self.whole_tables)
        };
        format!("p50 {:6} µs  p99 {:6} µs  {path}  {page}{whole}", self.p50_micros, self.p99_micros)
    }
}

async fn timed(
    admin: &Client,
    urls: &Urls,
    log: &Path,
    doors: &Router,
    page: usize,
    path: String,
) -> Result<Timed, Problem> {
    let asked = || Asked { method: Method::GET, path: path.clone(), body: String::new(), token: TOKEN.to_owned() };
    let statements = bound::statements_of(admin, urls, log, &[asked(), asked()]).await?;
    let explained = plans::explain(&urls.app, &statements).await?;
    let mut waits = Vec::with_capacity(TIMES);
    for n in 0..TIMES + 5 {
        let began = Instant::now();
        ask(doors, &path).await?;
        if n >= 5 {
            waits.push(began.elapsed());
        }
    }
    waits.sort_unstable();
    Ok(Timed {
        page,
        p50_micros: micros(waits[TIMES / 2]),
        p99_micros: micros(waits[TIMES * 99 / 100]),
        whole_tables: explained.iter().flat_map(|plan| plan.whole_tables.clone()).collect(),
        plans: explained.into_iter().flat_map(|plan| plan.lines).collect(),
        path,
    })
}

/// The page that lies [`PAGES`] behind the first, or as far as the list goes.
async fn later(doors: &Router, path: &str) -> Result<Option<(usize, String)>, Problem> {
    let mut found = None;
    let mut next = path.to_owned();
    for page in 1..=PAGES {
        let answer = ask(doors, &next).await?;
        let Some(cursor) = answer["nextCursor"].as_str() else { break };
        next = format!("{path}&cursor={cursor}");
        found = Some((page, next.clone()));
    }
    Ok(found)
}

async fn ask(doors: &Router, path: &str) -> Result<serde_json::Value, Problem> {
    let request = Request::get(path).header(header::AUTHORIZATION, format!("Bearer {TOKEN}")).body(Body::empty())?;
    let answer = doors.clone().oneshot(request).await?;
    let status = answer.status();
    let body = answer.into_body().collect().await?.to_bytes();
    match status.is_success() {
        true => Ok(serde_json::from_slice(&body)?),
        false => Err(Problem::new(format!("{path} was answered {status}: {}", String::from_utf8_lossy(&body)))),
    }
}
