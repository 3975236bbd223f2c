//! How a telephone keeps its session by refreshing: honestly, with a thief in the middle, and twenty times at once.

use http::Method;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::town::{PASSWORD, Person, Town, nothing};

const DOOR: &str = "/v2/auth/token";

impl Person<'_> {
    /// The first tokens, right after signing in.
    async fn keeps_session(&self) -> Value {
        self.post(DOOR, nothing()).await.is(200).json()
    }
}

impl Town {
    async fn refreshes(&self, tokens: &Value) -> crate::town::Reply {
        self.nobody().post(DOOR, json!({ "refreshToken": tokens["refreshToken"] })).await
    }

    /// Who that token lets in: 200 or 401.
    async fn greets(&self, tokens: &Value) -> u16 {
        let bearer = format!("Bearer {}", tokens["token"].as_str().expect("a token"));
        let headers = [("authorization", bearer.as_str())];
        self.nobody().ask(Method::GET, "/v2/me", None, &headers).await.status.as_u16()
    }

    /// Makes the last refresh of everyone so many seconds older.
    async fn ages_refreshes(&self, secs: u32) {
        self.sql(&format!("update sessions set refreshed_at = refreshed_at - interval '{secs} seconds'")).await;
    }
}

#[tokio::test]
async fn a_telephone_refreshes_honestly_for_months() {
    let town = Town::new().await;
    let bat = town.employee().await;
    let mut tokens = bat.keeps_session().await;
    let first = tokens["refreshToken"].clone();
    let started = town.clock.now();

    for hour in 1..=30 {
        town.passes(SignedDuration::from_hours(3 * 24));
        assert_eq!(town.greets(&tokens).await, 401, "a token is good for an hour");
        match town.refreshes(&tokens).await {
            reply if hour < 30 => tokens = reply.is(200).json(),
            reply => drop(reply.refuses(401, "UNAUTHORIZED")),
        }
        town.ages_refreshes(60).await;
        if hour < 30 {
            assert_eq!(town.greets(&tokens).await, 200);
        }
    }

    assert_eq!(
        town.clock.now().duration_since(started),
        SignedDuration::from_hours(90 * 24),
        "then somebody signs in again"
    );
    assert_ne!(first, tokens["refreshToken"]);
    let audited = town.count("select count(*) from audit_log where action = 'session.refresh'").await;
    assert_eq!(audited, 29);
}

#[tokio::test]
async fn a_used_token_that_comes_back_ends_the_session_for_thief_and_holder() {
    let town = Town::new().await;
    let bat = town.employee().await;
    let first = bat.keeps_session().await;
    let second = town.refreshes(&first).await.is(200).json();
    let third = town.refreshes(&second).await.is(200).json();
    assert_eq!(town.greets(&third).await, 200);

    // An ancestor is told from a parent, however short ago it was: two steps back there is no lost answer.
    town.refreshes(&first).await.refuses(401, "UNAUTHORIZED");

    for tokens in [&first, &second, &third] {
        assert_eq!(town.greets(tokens).await, 401);
        town.refreshes(tokens).await.refuses(401, "UNAUTHORIZED");
    }
    assert_eq!(town.count("select count(*) from sessions").await, 0);
    let ends =
        "select count(*) from audit_log where action = 'session.end' and reason is not null and user_id is not null";
    assert_eq!(town.count(ends).await, 1);
    let told = "select count(*) from outbox where kind = 'account.letter' and payload::text like '%session_stolen%'";
    assert_eq!(town.count(told).await, 1);
}

#[tokio::test]
async fn the_parent_may_come_back_for_ten_seconds_and_not_for_eleven() {
    let town = Town::new().await;
    let (bat, nara) = (town.employee().await, town.accountant().await);

    let first = bat.keeps_session().await;
    let second = town.refreshes(&first).await.is(200).json();
    town.ages_refreshes(9).await;
    assert_eq!(town.refreshes(&first).await.is(200).json(), second, "the answer was lost");

    let first = nara.keeps_session().await;
    let second = town.refreshes(&first).await.is(200).json();
    town.ages_refreshes(11).await;
    town.refreshes(&first).await.refuses(401, "UNAUTHORIZED");
    assert_eq!(town.greets(&second).await, 401);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_refreshes_at_once_get_the_same_new_tokens() {
    let town = Town::new().await;
    let bat = town.employee().await;
    let mut tokens = bat.keeps_session().await;

    for round in 0..5 {
        let door = if round % 2 == 0 { DOOR } else { "/auth/token" };
        let body = json!({ "refreshToken": tokens["refreshToken"] });
        let nobody = town.nobody();
        let all = (0..20).map(|_| nobody.post(door, body.clone()));
        let answers = futures_util::future::join_all(all).await;
        let answers: Vec<Value> = answers.into_iter().map(|reply| reply.is(200).json()).collect();
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
        assert_ne!(answers[0]["token"], tokens["token"]);
        assert_eq!(town.greets(&tokens).await, 401);
        tokens = answers[0].clone();
        assert_eq!(town.greets(&tokens).await, 200);
    }

    let refreshed = town.count("select count(*) from audit_log where action = 'session.refresh'").await;
    assert_eq!(refreshed, 5);
}

#[tokio::test]
async fn a_made_up_token_ends_nobodys_session() {
    let town = Town::new().await;
    let bat = town.employee().await;
    let tokens = bat.keeps_session().await;
    let good = tokens["refreshToken"].as_str().expect("a token").to_owned();
    let session = town.sql("select id::text from sessions").await[0].get::<_, String>(0).replace('-', "");

    let mut letters = good.clone().into_bytes();
    letters[40] ^= 1;
    let altered = String::from_utf8(letters).expect("still plain");
    for bad in ["", "x", altered.as_str(), &format!("{session}_{}_{}", "a".repeat(44), "b".repeat(22))] {
        town.nobody().post(DOOR, json!({ "refreshToken": bad })).await.refuses(401, "UNAUTHORIZED");
    }

    assert_eq!(town.refreshes(&tokens).await.status, 200);
}

#[tokio::test]
async fn only_a_bearer_gets_a_first_token_and_only_right_after_signing_in() {
    let town = Town::new().await;
    let bat = town.employee().await;
    let signed = town.app.key.sign(bat.token.as_deref().expect("signed in"));
    let cookie =
        format!("better-auth.session_token={}", signed.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D"));
    let by_cookie = [("cookie", cookie.as_str()), ("origin", "http://town.test")];

    town.nobody().ask(Method::GET, "/v2/me", None, &by_cookie).await.is(200);
    town.nobody().ask(Method::POST, DOOR, Some(nothing()), &by_cookie).await.refuses(401, "UNAUTHORIZED");
    town.nobody().post(DOOR, nothing()).await.refuses(401, "UNAUTHORIZED");

    // Asked again because the answer was lost, it is the later one that counts.
    let lost = bat.keeps_session().await;
    let kept = bat.keeps_session().await;
    assert_eq!(town.greets(&kept).await, 200);
    town.refreshes(&lost).await.refuses(401, "UNAUTHORIZED");
    town.refreshes(&kept).await.refuses(401, "UNAUTHORIZED");

    let nara = town.accountant().await;
    town.passes(SignedDuration::from_mins(11));
    let late = nara.post(DOOR, nothing()).await.refuses(409, "CONFLICT");
    assert_eq!(late["details"]["reason"], "SESSION_NOT_FRESH");
}

#[tokio::test]
async fn whatever_ends_the_session_ends_its_refresh_tokens() {
    let town = Town::new().await;
    let bat = town.employee().await;
    let tokens = bat.keeps_session().await;

    bat.post("/api/auth/sign-out", nothing()).await.is(200);

    assert_eq!(town.greets(&tokens).await, 401);
    town.refreshes(&tokens).await.refuses(401, "UNAUTHORIZED");
}

#[tokio::test]
async fn no_token_is_in_the_database() {
    let town = Town::new().await;
    let bat = town.employee().await;
    let first = bat.keeps_session().await;
    let second = town.refreshes(&first).await.is(200).json();

    let tables = town.sql("select table_name::text from information_schema.tables where table_schema = 'public'").await;
    let mut rows = 0;
    for table in tables.iter().map(|row| row.get::<_, String>(0)) {
        for row in town.sql(&format!("select t::text from {table} t")).await {
            let row: String = row.get(0);
            rows += 1;
            for tokens in [&first, &second] {
                for name in ["token", "refreshToken"] {
                    let token = tokens[name].as_str().expect("a token");
                    assert!(!row.contains(token), "{table} holds a {name}");
                }
            }
        }
    }
    println!("R21: 0 tokens found / {rows} rows searched");
    assert!(rows > 5 && PASSWORD.len() > 8);
}
