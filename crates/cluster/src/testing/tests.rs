use tokio_postgres::error::SqlState;

use super::*;
use crate::connect;

const NOTES: &[Migration] = &[Migration {
    number: 1,
    name: "notes",
    sql: "create table notes (text text); grant select, insert on notes to spacehub_app;",
}];

#[tokio::test]
async fn each_test_has_a_database_of_its_own() {
    let (one, two) = tokio::join!(database_with(NOTES), database_with(NOTES));
    assert_ne!(one.name, two.name);

    let client = connect(&one.app_url).await.unwrap();
    client.batch_execute("insert into notes values ('сайн байна уу')").await.unwrap();

    let there = connect(&two.app_url).await.unwrap();
    let notes: i64 = there.query_one("select count(*) from notes", &[]).await.unwrap().get(0);
    assert_eq!(notes, 0);
}

#[tokio::test]
async fn the_roles_that_work_can_neither_bypass_policies_nor_make_tables() {
    let database = database_with(NOTES).await;
    for (url, role) in [(&database.app_url, "spacehub_app"), (&database.worker_url, "spacehub_worker")] {
        let client = connect(url).await.unwrap();

        let row = client
            .query_one(
                "select current_user::text, rolsuper or rolbypassrls from pg_roles where rolname = session_user",
                &[],
            )
            .await
            .unwrap();
        let refused = client.batch_execute("create table mine (a int)").await;

        assert_eq!((row.get::<_, String>(0).as_str(), row.get::<_, bool>(1)), (role, false));
        assert_eq!(refused.unwrap_err().code(), Some(&SqlState::INSUFFICIENT_PRIVILEGE));
    }
}

#[tokio::test]
async fn databases_go_away_some_time_after_their_tests() {
    let database = database_with(NOTES).await;
    let admin = connect(&at(&server().await.unwrap().admin, "postgres")).await.unwrap();
    let name = database.name.clone();

    drop(database);
    for _ in 1..DROPPED_TOGETHER {
        drop(database_with(NOTES).await);
    }

    for _ in 0..3_000 {
        if admin.query_opt("select from pg_database where datname = $1", &[&name]).await.unwrap().is_none() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("{name} is still there");
}

#[tokio::test]
async fn cyrillic_has_upper_and_lower_case() {
    let database = database_with(&[]).await;
    let client = connect(&database.app_url).await.unwrap();

    let found: bool = client.query_one("select 'Алтан ӨРГӨӨ' ilike '%алтан өргөө%'", &[]).await.unwrap().get(0);

    assert!(found);
}

#[tokio::test]
async fn redis_is_shared_when_it_is_installed() {
    let (one, two) = (redis().await, redis().await);

    assert_eq!(one, two);
}

/// Prints what a test pays for its database: `cargo test -p cluster timings -- --ignored --nocapture`.
#[tokio::test]
#[ignore = "a measurement"]
async fn timings() {
    let began = std::time::Instant::now();
    let first = database().await;
    println!("first database: {:?}", began.elapsed());
    let mut times = Vec::new();
    for _ in 0..20 {
        let began = std::time::Instant::now();
        let another = database().await;
        times.push(began.elapsed());
        drop(another);
    }
    times.sort();
    println!("another: median {:?}, slowest {:?}; {}", times[10], times[19], first.app_url);
}
