use super::*;
use crate::testing::{TestDatabase, database_with};

async fn open(url: &str) -> Result<External, ClusterError> {
    External::open(url, None, None).await
}

async fn who(url: &str) -> (String, bool, String) {
    let client = connect(url).await.unwrap();
    let row = client
        .query_one(
            "select current_user::text, rolsuper or rolbypassrls, current_setting('statement_timeout')
             from pg_roles where rolname = current_user",
            &[],
        )
        .await
        .unwrap();
    (row.get(0), row.get(1), row.get(2))
}

#[tokio::test]
async fn one_login_puts_on_the_role_of_each_part() {
    let TestDatabase { admin_url, .. } = &database_with(&[]).await;

    let External { urls, .. } = open(admin_url).await.unwrap();

    assert_eq!(who(&urls.app).await, ("spacehub_app".into(), false, "5s".into()));
    assert_eq!(who(&urls.worker).await, ("spacehub_worker".into(), false, "1min".into()));
    let client = connect(&urls.app).await.unwrap();
    client.batch_execute("reset role; reset all").await.unwrap();
    let after: String = client.query_one("select current_user::text", &[]).await.unwrap().get(0);
    assert_eq!(after, "spacehub_app");
}

#[tokio::test]
async fn logins_given_for_each_part_are_used_as_they_are() {
    let database = database_with(&[]).await;

    let external =
        External::open(&database.app_url, Some(&database.worker_url), Some(&database.admin_url)).await.unwrap();

    let expected =
        Urls { admin: database.admin_url.clone(), app: database.app_url.clone(), worker: database.worker_url.clone() };
    assert_eq!(external.urls, expected);
    assert!(external.version.will_do());
}

#[tokio::test]
async fn a_login_without_rights_is_told_which_right_it_lacks() {
    let database = database_with(&[]).await;
    let admin = connect(&database.admin_url).await.unwrap();
    let login = format!("clerk_{}", database.name);
    admin
        .batch_execute(&format!("create role {login} login; grant connect on database {} to {login}", database.name))
        .await
        .unwrap();

    let error = open(&database.admin_url.replace("user=postgres", &format!("user={login}"))).await.unwrap_err();

    admin.batch_execute(&format!("drop owned by {login}; drop role {login}")).await.unwrap();
    assert!(matches!(&error, ClusterError::Rights { login: who, .. } if *who == login), "{error}");
}

#[tokio::test]
async fn what_cannot_be_reached_is_said_without_the_password() {
    let refused = open("postgres://clerk:hunter2@127.0.0.1:9/spacehub").await.unwrap_err().to_string();
    let nonsense = open("mysql://clerk:hunter2@db").await.unwrap_err().to_string();

    assert!(refused.starts_with("Postgres at 127.0.0.1:9/spacehub cannot be reached: "), "{refused}");
    assert!(nonsense.starts_with("DATABASE_URL cannot be read: "), "{nonsense}");
    assert!(!refused.contains("hunter2") && !nonsense.contains("hunter2"));
}

#[test]
fn both_spellings_of_a_url_take_a_role() {
    let url = as_role("postgres://boss@db/spacehub?application_name=a", APP, "").unwrap();
    let words = as_role("host=db user=boss options='-c geqo=off'", APP, "").unwrap();

    for text in [url, words] {
        let config: Config = text.parse().unwrap();
        assert!(config.get_options().unwrap().contains("-c role=spacehub_app"), "{text}");
    }
    assert_eq!(as_role("postgres://spacehub_app@db/spacehub", APP, "").unwrap(), "postgres://spacehub_app@db/spacehub");
}
