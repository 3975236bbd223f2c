//! Whether the clock tells what the answer does not: a foreign id and a missing one, asked in turns. Reported and not
//! asserted, for a busy machine proves nothing.

use std::time::{Duration, Instant};

use crate::{openapi::operations, town::Town};

use super::fill;

/// How often each id is asked for on each route.
const TURNS: usize = 60;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn foreign_and_missing_ids_take_as_long() {
    let town = Town::new().await;
    let things = town.furnish().await;
    let saraa = town.neighbour().await;
    let mut lines = Vec::new();

    for (at, _) in operations(&town.openapi) {
        let Some(template) = at.strip_prefix("GET ").filter(|path| path.starts_with("/v2/") && path.contains("{id}"))
        else {
            continue;
        };
        let table = match template.split('/').nth(2) {
            Some("contracts") => "contracts",
            Some("invoices") => "invoices",
            Some("payments") => "payments",
            Some("tenants") => "tenants",
            Some("rooms") => "rooms",
            Some("properties") => "properties",
            _ => continue,
        };
        let foreign = fill(template, &things[table][0]);
        let (mut of_foreign, mut of_missing) = (Vec::new(), Vec::new());
        for _ in 0..TURNS {
            let missing = fill(template, &uuid::Uuid::now_v7().to_string());
            of_missing.push(takes(&saraa, &missing).await);
            of_foreign.push(takes(&saraa, &foreign).await);
        }
        lines.push((at.clone(), median(of_foreign), median(of_missing)));
    }

    let worst = lines.iter().map(|(_, a, b)| a.abs_diff(*b)).max().expect("routes were timed");
    for (at, foreign, missing) in &lines {
        println!("R3 {at}: median {foreign:?} foreign, {missing:?} missing");
    }
    println!("R3: {} routes × 2 × {TURNS} turns, medians at most {worst:?} apart", lines.len());
    assert!(lines.len() >= 5, "few routes were timed: {lines:?}");
}

async fn takes(who: &crate::town::Person<'_>, path: &str) -> Duration {
    let began = Instant::now();
    who.get(path).await.is(404);
    began.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
