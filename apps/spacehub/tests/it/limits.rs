//! How often people may ask: exact on any number of processes, not by what a client claims, closed where something is
//! guessed and open elsewhere while Redis is away.

use std::{
    net::IpAddr,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{Router, body::Body};
use base::{App, Clock, kv::Kv, pool::Pool, secrets::ServerKey};
use billing::Providers;
use cluster::Redis;
use http::{Method, Request, Response, StatusCode, header};
use jiff::SignedDuration;
use serde_json::json;
use spacehub::{
    edge::{Caps, Edge},
    serve::Peer,
};
use tower::ServiceExt;

use crate::town::{Limited, PASSWORD, Town};

const SIGN_IN: &str = "/api/auth/sign-in/email";

/// A town under the published limits, at ten in the morning.
async fn strict_town(kv: Kv) -> Town {
    let nobody = Providers::sandbox("http://127.0.0.1:9").expect("an address");
    let ten = Clock::held("2026-10-10T02:00:00Z".parse().expect("a moment"));
    Town::under(Limited::AsPublished(kv), "http://town.test", ten, nobody).await
}

/// A Redis of this story's own; its folder goes with it.
struct OwnRedis {
    folder: PathBuf,
    redis: Option<Redis>,
}

impl OwnRedis {
    async fn start() -> OwnRedis {
        let mut own =
            OwnRedis { folder: std::env::temp_dir().join(format!("limits-{}", uuid::Uuid::now_v7())), redis: None };
        own.again().await;
        own
    }

    async fn again(&mut self) {
        std::fs::create_dir_all(&self.folder).expect("a folder");
        let redis = Redis::start(&self.folder, &|_| ()).await.expect("Redis starts");
        self.redis = Some(redis.expect("the stories need redis-server"));
    }

    async fn stop(&mut self) {
        if let Some(redis) = self.redis.take() {
            redis.stop().await;
        }
    }

    fn kv(&self) -> Kv {
        Kv::redis(self.redis.as_ref().expect("it runs").url()).expect("an address")
    }

    /// `STOP`: it takes calls and answers none; `CONT`: it answers again.
    fn signal(&self, signal: &str) {
        let pid = find(&self.folder, "redis.pid").and_then(|file| std::fs::read_to_string(file).ok()).expect("its pid");
        let sent = Command::new("kill").args([&format!("-{signal}"), pid.trim()]).status().expect("kill runs");
        assert!(sent.success());
    }
}

impl Drop for OwnRedis {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path()).find_map(|path| match path.is_dir() {
        true => find(&path, name),
        false => (path.file_name()? == name).then_some(path),
    })
}

/// Tries to sign in from an address.
async fn sign_in(town: &Town, from: &str, email: &str, password: &str) -> crate::town::Reply {
    let body = json!({ "email": email, "password": password });
    town.nobody().ask(Method::POST, SIGN_IN, Some(body), &[("x-forwarded-for", from)]).await
}

#[tokio::test]
async fn one_place_tries_three_times_in_ten_seconds() {
    let town = strict_town(Kv::in_process()).await;
    let dulmaa = town.director().await;

    for left in ["2", "1", "0"] {
        let reply = sign_in(&town, "203.0.113.9", &dulmaa.email, "not it").await.is(401);
        assert_eq!(
            (&reply.headers["ratelimit-limit"], &reply.headers["ratelimit-remaining"]),
            (&"3".parse().unwrap(), &left.parse().unwrap())
        );
    }
    let refused = sign_in(&town, "203.0.113.9", &dulmaa.email, PASSWORD).await.is(429);
    for (name, value) in [
        ("retry-after", "10"),
        ("x-retry-after", "10"),
        ("ratelimit-limit", "3"),
        ("ratelimit-remaining", "0"),
        ("ratelimit-reset", "10"),
    ] {
        assert_eq!(refused.headers[name], value, "{name}");
    }
    refused.shows("/code", "TOO_MANY_REQUESTS").shows("/message", "Too many requests. Please try again later.");
    sign_in(&town, "203.0.113.10", &dulmaa.email, PASSWORD).await.is(200);
    town.passes(SignedDuration::from_millis(9_999));
    sign_in(&town, "203.0.113.9", &dulmaa.email, PASSWORD).await.is(429);
    town.passes(SignedDuration::from_millis(1));
    sign_in(&town, "203.0.113.9", &dulmaa.email, PASSWORD).await.is(200);
}

#[tokio::test]
async fn a_household_s_addresses_and_every_spelling_of_one_count_as_one() {
    let town = strict_town(Kv::in_process()).await;
    let let_through = async |addresses: &[String]| {
        let mut allowed = 0;
        for address in addresses {
            allowed += usize::from(sign_in(&town, address, "a@town.test", "x").await.status != 429);
        }
        allowed
    };
    let rotation: Vec<String> = (0..100).map(|n| format!("2001:db8:0:1:{n:x}::{n:x}")).collect();
    let spellings = [
        "2001:db8:0:7::7",
        "2001:DB8:0:7:0:0:0:7",
        "2001:0db8:0000:0007:0000:0000:0000:0007",
        "2001:db8::7:0:0:0:7",
        "2001:db8:0:7::0.0.0.7",
        "2001:db8:0:7::0007",
    ];
    let mapped = ["198.51.100.4", "::ffff:198.51.100.4", "::ffff:c633:6404", "::FFFF:198.51.100.4"];

    let seen = [
        let_through(&rotation).await,
        let_through(&spellings.map(str::to_owned)).await,
        let_through(&mapped.map(str::to_owned)).await,
    ];

    println!(
        "R23: let through of a limit of 3: 100 addresses of a /64 {}, 6 spellings {}, 4 mapped {}",
        seen[0], seen[1], seen[2]
    );
    assert_eq!(seen, [3, 3, 3]);
    assert_eq!(let_through(&["2001:db8:0:2::1".to_owned()]).await, 1, "the next household");
}

#[tokio::test]
async fn a_header_moves_no_counter_unless_our_proxy_wrote_it() {
    let town = strict_town(Kv::in_process()).await;
    let edge = Edge::new(Caps::default(), "10.0.0.0/8".parse().expect("a range"), false);
    let router = edge.around(town.router.clone());
    let from = async |peer: &str, claimed: String| {
        let peer = Peer(peer.parse::<IpAddr>().expect("an address"));
        let request = Request::post(SIGN_IN)
            .header(header::HOST, "town.test")
            .header(header::CONTENT_TYPE, "application/json")
            .header("x-forwarded-for", &claimed)
            .header("x-real-ip", &claimed)
            .header("forwarded", format!("for={claimed}"))
            .header("cf-connecting-ip", &claimed)
            .extension(peer)
            .body(Body::from(json!({ "email": "a@town.test", "password": "x" }).to_string()))
            .expect("a request");
        router.clone().oneshot(request).await.expect("answers").status()
    };

    let (mut forged, mut forged_through_proxy, mut honest) = (0, 0, 0);
    for n in 0..30 {
        forged += u32::from(from("203.0.113.9", format!("192.0.2.{n}")).await != StatusCode::TOO_MANY_REQUESTS);
        let claimed = format!("192.0.2.{n}, 203.0.113.77");
        forged_through_proxy += u32::from(from("10.0.0.1", claimed).await != StatusCode::TOO_MANY_REQUESTS);
        honest += u32::from(from("10.0.0.1", format!("198.51.100.{n}")).await != StatusCode::TOO_MANY_REQUESTS);
    }

    println!(
        "R23: 30 each: forged {forged}, forged through our proxy {forged_through_proxy}, honest through it {honest}"
    );
    assert_eq!((forged, forged_through_proxy, honest), (3, 3, 30));
}

/// A process of its own over the same database and store.
fn another_process(town: &Town, kv: Kv) -> Router {
    let key = ServerKey::new("the town's own secret, long enough for it").expect("long enough");
    let pool = Pool::new(&town.database.app_url, 8).expect("a good address");
    let providers = Providers::sandbox("http://127.0.0.1:9").expect("an address");
    spacehub::api::api(App::new(pool, town.clock.clone(), key, kv, "http://town.test").with(providers)).0
}

async fn asks(router: &Router, token: Option<&str>, method: Method, path: &str, from: &str) -> Response<Body> {
    let mut request = Request::builder().method(method).uri(path).header(header::HOST, "town.test");
    request = request.header("x-forwarded-for", from).header(header::CONTENT_TYPE, "application/json");
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    let body = Body::from(json!({ "email": "a@town.test", "password": "x" }).to_string());
    router.clone().oneshot(request.body(body).expect("a request")).await.expect("answers")
}

/// What a crowd was allowed, and in what time.
struct Allowed {
    calls: u64,
    took: Duration,
}

impl Allowed {
    /// Neither less than 95 % of the limit nor more than it in each of the windows that the time touched: Redis counts by
    /// a clock that no story can hold, so on a busy machine there may be more than one.
    fn keeps_to(&self, limit: u64, window: Duration) {
        let windows = 1 + self.took.as_millis() / window.as_millis();
        let most = limit * u64::try_from(windows).expect("a few");
        assert!((limit * 95 / 100..=most).contains(&self.calls), "{} of {limit}, {windows} windows", self.calls);
    }
}

/// Twenty clients on the processes ask in parallel, `each` times; the answers that were not 429.
async fn crowd(processes: &[Router], token: Option<&str>, method: Method, path: &'static str, each: usize) -> Allowed {
    let began = Instant::now();
    let clients: Vec<_> = (0..20)
        .map(|n| {
            let (router, token, method) =
                (processes[n % processes.len()].clone(), token.map(str::to_owned), method.clone());
            tokio::spawn(async move {
                let mut allowed = 0;
                for _ in 0..each {
                    let answer = asks(&router, token.as_deref(), method.clone(), path, "203.0.113.9").await;
                    allowed += u64::from(answer.status() != StatusCode::TOO_MANY_REQUESTS);
                }
                allowed
            })
        })
        .collect();
    let mut calls = 0;
    for client in clients {
        calls += client.await.expect("no panic");
    }
    Allowed { calls, took: began.elapsed() }
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_clients_on_two_processes_get_what_is_published_and_the_neighbour_is_not_cut() {
    let mut redis = OwnRedis::start().await;
    let town = Arc::new(strict_town(redis.kv()).await);
    let processes = [town.router.clone(), another_process(&town, redis.kv())];
    let (dulmaa, saraa) = (town.director().await, town.neighbour().await);
    let (noisy, quiet) = (dulmaa.token.as_deref(), saraa.token.clone());
    // Both have heard of each other by then, and share what is spent without asking.
    tokio::time::sleep(Duration::from_secs(9)).await;
    for router in &processes {
        for token in [noisy, quiet.as_deref()] {
            assert_eq!(asks(router, token, Method::GET, "/v2/me", "203.0.113.9").await.status(), 200);
        }
    }
    town.passes(SignedDuration::from_secs(120)); // what this cost is forgotten

    let neighbour = tokio::spawn({
        let (processes, quiet) = (processes.clone(), quiet.clone());
        async move {
            let mut cut = 0;
            for n in 0..100 {
                let answer = asks(&processes[n % 2], quiet.as_deref(), Method::GET, "/v2/me", "203.0.113.9").await;
                cut += u32::from(answer.status() == StatusCode::TOO_MANY_REQUESTS);
            }
            cut
        }
    });
    let person = crowd(&processes, noisy, Method::GET, "/v2/me", 60).await;
    let cut = neighbour.await.expect("no panic");
    let sign_ins = crowd(&processes, None, Method::POST, SIGN_IN, 3).await;

    for (what, allowed, limit) in [("calls of a person", &person, 600), ("sign-ins", &sign_ins, 3)] {
        println!("R23: two processes, twenty clients: {} of {limit} {what} in {:.1?}", allowed.calls, allowed.took);
    }
    println!("R23: the neighbour at the same address: {cut} of 100 cut");
    person.keeps_to(600, Duration::from_secs(60));
    sign_ins.keeps_to(3, Duration::from_secs(10));
    assert_eq!(cut, 0);
    redis.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_redis_is_away_sign_in_is_closed_and_the_rest_goes_on() {
    let mut redis = OwnRedis::start().await;
    let town = strict_town(redis.kv()).await;
    let dulmaa = town.director().await;
    dulmaa.get("/v2/me").await.is(200);
    sign_in(&town, "203.0.113.9", &dulmaa.email, PASSWORD).await.is(200);
    let closed = [
        SIGN_IN,
        "/api/auth/sign-in/phone-number",
        "/api/auth/phone-number/send-otp",
        "/api/auth/phone-number/verify",
        "/api/auth/phone-number/reset-password",
    ];

    for how in ["gone", "silent"] {
        match how {
            "gone" => redis.stop().await,
            _ => redis.signal("STOP"),
        }
        let began = Instant::now();
        let refused = sign_in(&town, "203.0.113.10", &dulmaa.email, PASSWORD).await.is(503);
        let waited = began.elapsed();
        assert!(refused.headers.contains_key("retry-after"));
        refused.shows("/code", "SERVICE_UNAVAILABLE");
        assert!(waited < Duration::from_millis(600), "{how}: {waited:?}");
        for path in closed {
            assert_eq!(
                asks(&town.router, None, Method::POST, path, "203.0.113.11").await.status(),
                503,
                "{how}: {path}"
            );
        }
        dulmaa.get("/v2/me").await.is(200);
        dulmaa.get("/api/auth/get-session").await.is(200);

        match how {
            "gone" => redis.again().await,
            _ => redis.signal("CONT"),
        }
        let back = Instant::now();
        while sign_in(&town, "203.0.113.12", &dulmaa.email, PASSWORD).await.status == 503 {
            assert!(back.elapsed() < Duration::from_secs(5), "{how}: it did not come back");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        println!("R20, R23: Redis {how}: refused after {waited:?}, back after {:?}", back.elapsed());
        town.passes(SignedDuration::from_secs(60));
    }
    redis.stop().await;
}
