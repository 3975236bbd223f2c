//! The same request twice is the request once, shown on a till: a door that takes money and exists only here.

use std::{collections::HashMap, time::Duration};

use axum::{Router, body::Body, middleware, response::Response, routing::post};
use base::{Actor, App, Json, Once, Result, envelope};
use domain::{Money, rights::Action};
use http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::time::Instant;
use tower::ServiceExt;
use uuid::Uuid;

use crate::town::{PASSWORD, Reply, Town};

/// How many keys the storm sends, and how many copies of each at the same time.
const KEYS: usize = 100;
const COPIES: usize = 10;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn parallel_copies_change_once_and_answer_the_same_bytes() {
    let till = Till::new().await;
    let token = till.town.accountant().await.token.expect("signed in");
    let (mut in_progress, mut gone, mut replayed, mut slowest) = (0, 0, 0, Duration::ZERO);

    for chunk in (0..KEYS).collect::<Vec<_>>().chunks(4) {
        let copies = chunk.iter().flat_map(|key| (0..COPIES).map(move |copy| (*key, copy)));
        let copies = copies.map(|(key, copy)| {
            let (router, token) = (till.router.clone(), token.clone());
            tokio::spawn(async move {
                let body = json!({ "amount": format!("{}", 1_000 + key), "payer": "Ж. Болд" });
                let key = format!("storm-{key}");
                if copy % 5 == 4 {
                    // This client goes away in the middle and never comes back.
                    let left = tokio::time::timeout(
                        Duration::from_millis(copy as u64 % 4),
                        send(&router, &token, &key, &body),
                    );
                    let left = left.await.ok();
                    return (key, left, 0, Duration::ZERO);
                }
                let (mut busy, mut slowest) = (0, Duration::ZERO);
                loop {
                    let asked = Instant::now();
                    let reply = send(&router, &token, &key, &body).await;
                    if reply.status == 201 {
                        return (key, Some(reply), busy, slowest);
                    }
                    slowest = slowest.max(asked.elapsed());
                    assert_eq!(reply.headers.get("retry-after").unwrap_or_else(|| panic!("{}", reply.text())), "1");
                    assert_eq!(reply.refuses(409, "CONFLICT")["details"]["reason"], "IDEMPOTENCY_IN_PROGRESS");
                    busy += 1;
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
            })
        });
        let mut answers: HashMap<String, Vec<u8>> = HashMap::new();
        for copy in copies.collect::<Vec<_>>() {
            let (key, reply, busy, slow) = copy.await.expect("a copy ends");
            in_progress += busy;
            slowest = slowest.max(slow);
            let Some(reply) = reply else {
                gone += 1;
                continue;
            };
            if reply.status != 201 {
                continue; // the one that would have gone away, told at once to come back
            }
            replayed += usize::from(reply.headers.contains_key("idempotent-replayed"));
            let first = answers.entry(key).or_insert_with(|| reply.bytes.clone());
            assert_eq!(*first, reply.bytes, "a replay differs from the first answer");
        }
    }

    let changes = till.town.count("select count(*) from takings").await;
    let most = till.town.count("select max(n) from (select count(*) n from takings group by amount) t").await;
    println!(
        "{KEYS} keys × {COPIES} copies: {changes} changes, at most {most} a key, {replayed} replays byte-equal, \
         {in_progress} told to wait (slowest {slowest:?}), {gone} went away"
    );
    assert_eq!((changes, most), (KEYS as i64, 1));
}

#[tokio::test]
async fn while_the_first_still_runs_a_copy_is_told_at_once() {
    let till = Till::new().await;
    let token = till.town.accountant().await.token.expect("signed in");
    let (held, connection) =
        tokio_postgres::connect(&till.town.database.admin_url, tokio_postgres::NoTls).await.expect("connects");
    tokio::spawn(connection);
    held.batch_execute("begin; lock table takings in exclusive mode").await.expect("holds the first");
    let body = json!({ "amount": "500", "payer": "" });
    let (router, first_token, first_body) = (till.router.clone(), token.clone(), body.clone());
    let first = tokio::spawn(async move { send(&router, &first_token, "k", &first_body).await });
    let waiting =
        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
    while till.town.count(waiting).await == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }

    let asked = Instant::now();
    let second = send(&till.router, &token, "k", &body).await;
    println!("told to wait after {:?}", asked.elapsed());

    assert_eq!(second.headers["retry-after"], "1");
    assert_eq!(second.refuses(409, "CONFLICT")["details"]["reason"], "IDEMPOTENCY_IN_PROGRESS");
    held.batch_execute("rollback").await.expect("lets go");
    let first = first.await.expect("answers").is(201);
    assert_eq!(send(&till.router, &token, "k", &body).await.is(201).bytes, first.bytes);
}

#[tokio::test]
async fn another_body_under_the_key_is_a_conflict_that_names_the_fields() {
    let till = Till::new().await;
    let token = till.town.accountant().await.token.expect("signed in");
    send(&till.router, &token, "k", &json!({ "amount": "500", "payer": "Болд" })).await.is(201);

    let cases = [
        (json!({ "amount": "501", "payer": "Болд" }), json!(["amount"])),
        (json!({ "amount": "500", "payer": "Бат" }), json!(["payer"])),
        (json!({ "amount": "500", "payer": "Болд", "note": "x" }), json!(["note"])),
        (json!({ "amount": "7", "payer": "Бат" }), json!(["amount", "payer"])),
    ];
    for (body, fields) in cases {
        let refusal = send(&till.router, &token, "k", &body).await.refuses(409, "CONFLICT");
        assert_eq!(refusal["details"]["reason"], "IDEMPOTENCY_KEY_REUSED");
        assert_eq!(refusal["details"]["fields"], fields);
    }

    // The order of fields and the blanks between them do not make another body.
    let same =
        till.send_text(&token, &[("idempotency-key", "k")], "{ \"payer\":\"Болд\",\n \"amount\" : \"500\" }").await;
    assert_eq!(same.is(201).headers["idempotent-replayed"], "true");
    assert_eq!(till.town.count("select count(*) from takings").await, 1);
}

#[tokio::test]
async fn a_key_is_1_to_255_visible_characters() {
    let till = Till::new().await;
    let token = till.town.accountant().await.token.expect("signed in");
    let body = json!({ "amount": "1", "payer": "" });

    for good in ["a".to_owned(), "x".repeat(255), "!~#$%&'()*+,-./:;<=>?@[]^_`{|}".to_owned()] {
        send(&till.router, &token, &good, &body).await.is(201);
    }
    for bad in [String::new(), "x".repeat(256), "a b".to_owned(), "түлхүүр".to_owned(), "a\tb".to_owned()] {
        let refusal = send(&till.router, &token, &bad, &body).await.refuses(400, "VALIDATION_ERROR");
        assert!(refusal["details"]["fields"]["Idempotency-Key"].is_array(), "{refusal}");
    }
    for _ in 0..2 {
        till.send_text(&token, &[], &body.to_string()).await.is(201);
    }
    assert_eq!(till.town.count("select count(*) from takings").await, 5);
}

#[tokio::test]
async fn a_key_belongs_to_its_user_owner_and_route() {
    let till = Till::new().await;
    let (nara, dulmaa) = (till.town.accountant().await, till.town.director().await);
    let (saraa, bat) = (till.town.neighbour().await, till.town.employee().await);
    let body = json!({ "amount": "900", "payer": "" });
    let token = |person: &crate::town::Person<'_>| person.token.clone().expect("signed in");

    let mut ids = Vec::new();
    for person in [&nara, &dulmaa, &saraa] {
        ids.push(send(&till.router, &token(person), "shared", &body).await.is(201).id());
    }
    ids.push(
        till.post("/v2/other-takings", &token(&nara), &[("idempotency-key", "shared")], &body.to_string())
            .await
            .is(201)
            .id(),
    );
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 4, "an answer was given to somebody else");

    // What was refused is not kept: with the right in hand the same key works.
    send(&till.router, &token(&bat), "later", &body).await.refuses(403, "FORBIDDEN");
    send(&till.router, "no such token", "shared", &body).await.refuses(401, "UNAUTHORIZED");
    let wrong = json!({ "amount": "-1", "payer": "" });
    send(&till.router, &token(&nara), "fixed", &wrong).await.refuses(400, "VALIDATION_ERROR");
    send(&till.router, &token(&nara), "fixed", &body).await.is(201);
}

#[tokio::test]
async fn a_refusal_by_the_state_of_things_is_kept_like_an_answer() {
    let till = Till::new().await;
    let token = till.town.accountant().await.token.expect("signed in");
    let body = json!({ "amount": "900", "payer": ONLY_ONCE });
    send(&till.router, &token, "first", &body).await.is(201);
    let refused = send(&till.router, &token, "second", &body).await;
    assert!(!refused.headers.contains_key("idempotent-replayed"));

    // What stood in the way is gone, but the request was answered.
    till.town.sql("delete from takings returning id").await;
    let again = send(&till.router, &token, "second", &body).await;
    assert_eq!(again.headers["idempotent-replayed"], "true");
    assert_eq!(again.bytes, refused.bytes);
    again.refuses(409, "CONFLICT");
    refused.refuses(409, "CONFLICT");
    let audited = "select count(*) from audit_log where action = 'taking.record'";
    assert_eq!(till.town.count("select count(*) from takings").await, 0);
    assert_eq!(till.town.count(audited).await, 1, "a refused request left something behind");
    send(&till.router, &token, "third", &body).await.is(201);
}

#[tokio::test]
async fn a_kept_answer_outlives_the_session_and_is_forgotten_after_three_days() {
    let till = Till::new().await;
    let nara = till.town.accountant().await;
    let body = json!({ "amount": "900", "payer": "" });
    let first = send(&till.router, nara.token.as_ref().expect("signed in"), "k", &body).await.is(201);

    let (nobody, sign_in) = (till.town.nobody(), json!({ "email": nara.email, "password": PASSWORD }));
    let again = nobody.post("/api/auth/sign-in/email", sign_in);
    let token = again.await.is(200).json()["token"].as_str().expect("a token").to_owned();
    let other_node = Till::doors(till.town.app.clone());
    assert_eq!(send(&other_node, &token, "k", &body).await.is(201).bytes, first.bytes);

    let age = |hours: i64| {
        let at = till.town.clock.now() - jiff::SignedDuration::from_hours(hours);
        format!("update idempotency_keys set created_at = '{at}' returning id")
    };
    for (hours, new) in [(71, false), (73, true)] {
        till.town.sql(&age(hours)).await;
        base::retention::sweep(&till.town.workshop).await.expect("sweeps");
        let reply = send(&till.router, &token, "k", &body).await.is(201);
        assert_eq!(reply.bytes != first.bytes, new, "after {hours} hours");
    }
}

/// A payer whose amount the till takes only once.
const ONLY_ONCE: &str = "once";

/// What is taken at the till.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Taking {
    amount: Money,
    payer: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

struct Till {
    town: Town,
    router: Router,
}

impl Till {
    async fn new() -> Till {
        let town = Town::new().await;
        town.sql_batch(
            "set role spacehub_owner;
             create table takings (id uuid primary key, owner_id uuid not null default app_owner_id(),
                                   amount bigint not null, payer text not null);
             call app_protect('takings', '(select app_keeps_books())', '(select app_keeps_books())')",
        )
        .await;
        let router = Till::doors(town.app.clone());
        Till { town, router }
    }

    fn doors(app: App) -> Router {
        Router::new()
            .route(
                "/v2/takings",
                post(async |a: Actor, h: HeaderMap, b: Json<Taking>| take("POST /v2/takings", a, h, b).await),
            )
            .route(
                "/v2/other-takings",
                post(async |a: Actor, h: HeaderMap, b: Json<Taking>| take("POST /v2/other-takings", a, h, b).await),
            )
            .layer(middleware::from_fn(envelope::wear))
            .with_state(app)
    }

    async fn send_text(&self, token: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        self.post("/v2/takings", token, headers, body).await
    }

    async fn post(&self, path: &str, token: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        ask(&self.router, path, token, headers, body).await
    }
}

async fn take(route: &'static str, actor: Actor, headers: HeaderMap, Json(taking): Json<Taking>) -> Result<Response> {
    base::Checks::new().not_negative("amount", taking.amount).done()?;
    Once::new(&headers, route, &taking)?
        .answer(&actor, StatusCode::CREATED, async |tx| {
            tx.allow(Action::RecordPayments)?;
            let id = Uuid::now_v7();
            let there = "select from takings where amount = $1 and payer = $2";
            let there = tx.maybe(there, &[&taking.amount, &taking.payer]).await?;
            if taking.payer == ONLY_ONCE && there.is_some() {
                return Err(base::Conflict::new("DUPLICATE").with("field", "amount").into());
            }
            let values = base::params![id, taking.amount, taking.payer.clone()];
            tx.later("insert into takings (id, amount, payer) values ($1, $2, $3)", values).await?;
            tx.audit("taking.record", id, &json!({ "amount": taking.amount })).await?;
            Ok(json!({ "id": id, "amount": taking.amount }))
        })
        .await
}

async fn send(router: &Router, token: &str, key: &str, body: &Value) -> Reply {
    ask(router, "/v2/takings", token, &[("idempotency-key", key)], &body.to_string()).await
}

async fn ask(router: &Router, path: &str, token: &str, headers: &[(&str, &str)], body: &str) -> Reply {
    let mut request = Request::builder().method(Method::POST).uri(path);
    request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    request = request.header(header::CONTENT_TYPE, "application/json");
    for (name, value) in headers {
        request = request.header(*name, value.as_bytes());
    }
    let request = request.body(Body::from(body.to_owned())).expect("a well formed request");
    let response = router.clone().oneshot(request).await.expect("the router always answers");
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.expect("a whole body").to_bytes().to_vec();
    Reply { status: parts.status, headers: parts.headers, bytes, request: Uuid::nil() }
}
