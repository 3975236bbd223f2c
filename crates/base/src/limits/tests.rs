//! Limits as processes share them: exact, cheap, and what happens while Redis is away.

use std::time::Instant;

use cluster::testing;
use jiff::Timestamp;
use uuid::Uuid;

use super::*;

async fn redis() -> Option<Kv> {
    Kv::redis(&testing::redis().await?).ok()
}

fn ten() -> Clock {
    Clock::held("2026-10-10T02:00:00Z".parse::<Timestamp>().expect("a moment"))
}

fn void() -> Kv {
    Kv::redis("redis://127.0.0.1:9").expect("an address")
}

/// Twenty clients on two processes ask as often as they can; how many were let through.
async fn crowd(processes: &[Limits; 2], class: Class, key: &str, clock: &Clock, asks: u32) -> u32 {
    let clients = (0..20_usize).map(|n| {
        let (limits, clock, key) = (processes[n % 2].clone(), clock.clone(), key.to_owned());
        tokio::spawn(async move {
            let mut let_through = 0;
            for _ in 0..asks {
                let standing = limits.check(class, &key, &clock).await.expect("Redis answers");
                let_through += u32::from(standing.go);
            }
            let_through
        })
    });
    let mut all = 0;
    for client in clients.collect::<Vec<_>>() {
        all += client.await.expect("no panic");
    }
    all
}

#[tokio::test]
async fn two_processes_let_through_what_is_published_and_no_more() {
    let Some(kv) = redis().await else { return };
    let processes = [Limits::new(&kv), Limits::new(&kv)];
    for (class, least) in [(Class::SignIn, 3), (Class::Phone, 10), (Class::Auth, 85), (Class::Person, 530)] {
        let (clock, key) = (ten(), Uuid::now_v7().to_string());
        let limit = class.published().rules[0].limit;

        let allowed = crowd(&processes, class, &key, &clock, limit).await;

        println!("R23 {}: {allowed} of {limit} through two processes", class.published().name);
        assert!(allowed <= limit && allowed >= least, "{class:?}: {allowed} of {limit}");
    }
}

#[tokio::test]
async fn processes_that_know_of_each_other_divide_a_tenth_and_ask_for_the_rest() {
    let Some(kv) = redis().await else { return };
    let processes = [Limits::new(&kv), Limits::new(&kv)];
    let acquainted = Instant::now();
    let share = |limits: &Limits| limits.0.shared.as_ref().map_or(0, |shared| shared.company.share_of(60));
    while processes.iter().any(|limits| share(limits) == 0) {
        assert!(acquainted.elapsed() < Duration::from_secs(10), "they never met");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(share(&processes[0]) <= 30, "a tenth of 600 is shared by two at least");
    let (clock, key) = (ten(), Uuid::now_v7().to_string());

    let allowed = crowd(&processes, Class::Person, &key, &clock, 100).await;

    println!("R23: person: {allowed} of 600 through two processes that share");
    assert!((570..=600).contains(&allowed), "{allowed} of 600");
}

#[tokio::test]
async fn a_calm_caller_costs_no_call_to_redis() {
    let Some(kv) = redis().await else { return };
    let Kv::Redis(redis) = &kv else { return };
    let limits = Limits::new(&kv);
    let (clock, key) = (ten(), Uuid::now_v7().to_string());

    for _ in 0..100 {
        assert!(limits.check(Class::Person, &key, &clock).await.expect("Redis answers").go);
    }

    // Each lot is an entry of the list, so the list tells how often Redis was asked.
    let script = redis::Script::new("return redis.call('LRANGE', KEYS[1], 0, -1)");
    let lots: Vec<String> = redis.run(&script.key(format!("limit:person:{key}:lots"))).await.expect("it answers");
    let taken: u32 = lots.iter().filter_map(|lot| lot.rsplit(':').next()?.parse::<u32>().ok()).sum();
    println!("100 calls took {taken} from Redis in lots of 10");
    assert!(taken <= 100, "{lots:?}");
}

#[tokio::test]
async fn without_redis_what_is_guessed_is_closed_and_the_rest_is_counted_here() {
    let limits = Limits::new(&void());
    let clock = ten();

    for class in PUBLISHED.iter().filter(|line| line.care == Care::Exact).map(|line| line.class) {
        limits.check(class, "203.0.113.9", &clock).await.expect_err("nobody is let in");
    }
    let mut allowed = 0;
    for _ in 0..700 {
        allowed += u32::from(limits.check(Class::Person, "dulmaa", &clock).await.expect("it is counted here").go);
    }
    assert_eq!(allowed, 600);
}

#[tokio::test]
async fn one_owner_s_noise_is_not_another_s() {
    let limits = Limits::new(&Kv::in_process());
    let clock = ten();

    while limits.check(Class::Owner, "noisy", &clock).await.expect("it is counted here").go {}

    let standing = limits.check(Class::Owner, "quiet", &clock).await.expect("it is counted here");
    assert_eq!((standing.go, standing.left), (true, 5_999));
}
