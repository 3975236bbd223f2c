use std::{process::Command, time::Instant};

use super::*;
use crate::{account::Account, folder::random_name};

/// A data folder that goes away with its test.
struct Data(PathBuf);

impl Data {
    fn new() -> Data {
        Data(std::env::temp_dir().join(format!("spacehub-cluster-{}", random_name().unwrap())))
    }

    /// Without waiting for the disk, which would make these tests several times slower.
    async fn start(&self) -> Result<Cluster, ClusterError> {
        let conf = "fsync = off\nshared_buffers = 16MB\n";
        let tuning = Tuning { initdb: &["--no-sync"], conf, grace_secs: 0, throw_away: false };
        Cluster::start_tuned(&self.0, &tuning, &|_| ()).await
    }

    fn postmaster(&self) -> Option<u32> {
        let text = fs::read_to_string(self.0.join("servers/postgres/postmaster.pid")).ok()?;
        text.lines().next()?.parse().ok()
    }
}

impl Drop for Data {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

async fn ask(url: &str, question: &str) -> String {
    connect(url).await.unwrap().query_one(question, &[]).await.unwrap().get(0)
}

fn runs(pid: u32) -> bool {
    Path::new(&format!("/proc/{pid}")).exists()
}

#[tokio::test]
async fn data_outlives_a_stop_and_the_server_does_not() {
    let data = Data::new();
    let first = Cluster::start(&data.0, &|_| ()).await.unwrap();
    let pid = data.postmaster().unwrap();
    let admin = connect(&first.urls().admin).await.unwrap();
    admin.batch_execute("create table kept (word text); insert into kept values ('үлдсэн')").await.unwrap();
    drop(admin);
    first.stop().await;
    assert!(!runs(pid) && data.postmaster().is_none());

    let began = Instant::now();
    let second = data.start().await.unwrap();

    assert!(began.elapsed().as_secs() < 10, "the second start took {:?}", began.elapsed());
    assert_eq!(ask(&second.urls().admin, "select word from kept").await, "үлдсэн");
    assert_eq!(ask(&second.urls().app, "select current_user::text").await, "spacehub_app");
    second.stop().await;
}

#[tokio::test]
async fn who_comes_later_joins_and_the_last_one_stops_it() {
    let data = Data::new();
    let first = data.start().await.unwrap();
    let pid = data.postmaster().unwrap();

    let second = data.start().await.unwrap();
    assert_eq!(first.urls(), second.urls());
    let began = Instant::now();
    first.stop().await;

    assert!(began.elapsed().as_secs() < 5, "it waited for the second");
    assert_eq!(data.postmaster(), Some(pid), "it runs on for the second");
    assert_eq!(ask(&second.urls().worker, "select current_user::text").await, "spacehub_worker");
    second.stop().await;
    assert!(!runs(pid));
}

#[tokio::test]
async fn who_start_together_share_one_server() {
    let data = Data::new();

    let (one, two, three) = tokio::join!(data.start(), data.start(), data.start());

    let (one, two, three) = (one.unwrap(), two.unwrap(), three.unwrap());
    assert!(one.urls() == two.urls() && two.urls() == three.urls());
    tokio::join!(one.stop(), two.stop(), three.stop());
    assert!(data.postmaster().is_none());
}

#[tokio::test]
async fn a_server_that_was_killed_is_started_again() {
    let data = Data::new();
    let first = data.start().await.unwrap();
    let pid = data.postmaster().unwrap();

    Command::new("kill").args(["-KILL", &pid.to_string()]).status().unwrap();
    let second = data.start().await.unwrap();

    assert_ne!(data.postmaster(), Some(pid));
    assert_eq!(ask(&second.urls().app, "select current_user::text").await, "spacehub_app");
    first.stop().await;
    assert_eq!(ask(&second.urls().app, "select current_user::text").await, "spacehub_app");
    second.stop().await;
}

#[tokio::test]
async fn a_stale_note_that_names_another_process_is_removed() {
    let data = Data::new();
    data.start().await.unwrap().stop().await;
    // A process of the same account, for which Postgres itself would stop.
    let mut other = Command::new("sleep");
    let mut other = Account::for_servers().unwrap().dress(&mut other).arg("60").spawn().unwrap();
    let note = data.0.join("servers/postgres/postmaster.pid");
    fs::write(&note, format!("{}\n{}\n", other.id(), data.0.display())).unwrap();

    let cluster = data.start().await;

    other.kill().unwrap();
    other.wait().unwrap();
    let cluster = cluster.unwrap();
    assert_ne!(data.postmaster(), Some(other.id()));
    cluster.stop().await;
}

#[tokio::test]
async fn data_of_another_major_is_left_alone() {
    let data = Data::new();
    data.start().await.unwrap().stop().await;
    fs::write(data.0.join("servers/postgres/PG_VERSION"), "13\n").unwrap();

    let error = data.start().await.unwrap_err();

    assert!(matches!(error, ClusterError::OtherMajor { data: 13, .. }), "{error}");
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_one_sentence() {
    let data = Data::new();
    fs::write(&data.0, "a file").unwrap();

    let error = data.start().await.unwrap_err();

    fs::remove_file(&data.0).unwrap();
    assert!(matches!(error, ClusterError::Closed { .. }), "{error}");
}

#[tokio::test]
async fn a_folder_too_deep_for_a_socket_gets_a_short_one() {
    let data = Data::new();
    let deep = data.0.join("a".repeat(60)).join("b".repeat(60));

    let first = Cluster::start(&deep, &|_| ()).await.unwrap();
    let url = first.urls().app.clone();
    assert_eq!(ask(&url, "select current_user::text").await, "spacehub_app");
    first.stop().await;
    let second = Cluster::start(&deep, &|_| ()).await.unwrap();

    assert_eq!(second.urls().app, url, "the short one is remembered");
    second.stop().await;
    fs::remove_dir_all(fs::read_link(deep.join("servers/run")).unwrap()).unwrap();
}
