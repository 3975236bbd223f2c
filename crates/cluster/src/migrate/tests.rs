use super::*;
use crate::{connect, testing::database_with};

const ROOMS: Migration = Migration { number: 1, name: "rooms", sql: "create table rooms (id int primary key);" };
const FLOORS: Migration = Migration { number: 2, name: "floors", sql: "create table floors (id int primary key);" };
const AREAS: Migration = Migration { number: 3, name: "areas", sql: "alter table rooms add area_m2 int;" };

async fn run(client: &mut Client, migrations: &[Migration]) -> Result<Vec<i32>, MigrateError> {
    let applied = migrate(client, migrations, &|_| ()).await?;
    Ok(applied.iter().map(|migration| migration.number).collect())
}

#[tokio::test]
async fn each_migration_is_applied_once_and_belongs_to_the_owner_role() {
    let database = database_with(&[]).await;
    let mut client = connect(&database.admin_url).await.unwrap();

    assert_eq!(run(&mut client, &[ROOMS]).await.unwrap(), [1]);
    assert_eq!(run(&mut client, &[ROOMS, FLOORS]).await.unwrap(), [2]);
    assert_eq!(run(&mut client, &[ROOMS, FLOORS]).await.unwrap(), [0; 0]);

    let row = client.query_one("select tableowner::text from pg_tables where tablename = 'rooms'", &[]).await.unwrap();
    assert_eq!(row.get::<_, String>(0), "spacehub_owner");
}

#[tokio::test]
async fn nodes_that_start_together_migrate_once() {
    let database = database_with(&[]).await;
    let slow = Migration { number: 1, name: "slow", sql: "create table slow (id int); select pg_sleep(0.3);" };
    let node = async || {
        let mut client = connect(&database.admin_url).await.unwrap();
        run(&mut client, &[slow, FLOORS]).await.unwrap()
    };

    let (one, two, three) = tokio::join!(node(), node(), node());

    let mut applied = [one, two, three].concat();
    applied.sort_unstable();
    assert_eq!(applied, [1, 2]);
}

#[tokio::test]
async fn a_failed_migration_leaves_nothing_and_names_its_line() {
    let database = database_with(&[]).await;
    let mut client = connect(&database.admin_url).await.unwrap();
    let broken = Migration { number: 2, name: "broken", sql: "create table half (id int);\n\ncreate tabel rest ();" };

    let error = run(&mut client, &[ROOMS, broken]).await.unwrap_err().to_string();

    assert_eq!(error, r#"migration 2 broken failed: syntax error at or near "tabel" (line 3)"#);
    assert!(client.batch_execute("select from half").await.is_err());
    assert_eq!(run(&mut client, &[ROOMS, FLOORS]).await.unwrap(), [2]);
}

#[tokio::test]
async fn a_changed_a_newer_or_a_late_migration_is_refused() {
    let database = database_with(&[]).await;
    let mut client = connect(&database.admin_url).await.unwrap();
    run(&mut client, &[ROOMS, AREAS]).await.unwrap();
    let edited = Migration { sql: "create table rooms (id bigint primary key);", ..ROOMS };

    assert!(matches!(run(&mut client, &[edited, AREAS]).await, Err(MigrateError::Changed { number: 1, .. })));
    assert!(matches!(run(&mut client, &[ROOMS]).await, Err(MigrateError::Newer { number: 3, .. })));
    let late = run(&mut client, &[ROOMS, FLOORS, AREAS]).await;
    assert!(matches!(late, Err(MigrateError::OutOfOrder { number: 2, last: 3, .. })));
    assert!(client.batch_execute("select from floors").await.is_err());
}

#[tokio::test]
async fn a_node_that_does_not_migrate_checks_the_shape() {
    let database = database_with(&[]).await;
    let mut client = connect(&database.admin_url).await.unwrap();

    run(&mut client, &[ROOMS]).await.unwrap();

    // Also as the role that requests run as.
    let app = connect(&database.app_url).await.unwrap();
    assert!(check(&app, &[ROOMS]).await.is_ok());
    assert!(matches!(check(&app, &[ROOMS, FLOORS]).await, Err(MigrateError::Pending { number: 2, .. })));
    assert!(matches!(check(&app, &[]).await, Err(MigrateError::Newer { number: 1, .. })));
}

#[tokio::test]
async fn a_lock_held_by_others_is_waited_for_in_short_tries() {
    let database = database_with(&[]).await;
    let mut client = connect(&database.admin_url).await.unwrap();
    run(&mut client, &[ROOMS]).await.unwrap();
    let reader = connect(&database.admin_url).await.unwrap();
    reader.batch_execute("begin; select from rooms").await.unwrap();

    let letting_go = async {
        tokio::time::sleep(Duration::from_millis(2500)).await;
        reader.batch_execute("commit").await.unwrap();
    };
    let (applied, ()) = tokio::join!(run(&mut client, &[ROOMS, AREAS]), letting_go);

    assert_eq!(applied.unwrap(), [3]);
}
