//! A database of its own for every test: one throw-away Postgres for all test processes of a run, a template with all
//! migrations made once, and a cheap copy per test.
//!
//! Works the same under `cargo test` and under nextest, which gives each test its own process: the server is kept as in
//! `kept.rs` and stops some seconds after the last test process has gone.

use std::{
    collections::hash_map::DefaultHasher,
    env, fs,
    hash::{Hash, Hasher},
    path::PathBuf,
    process,
    sync::{
        Mutex,
        atomic::{AtomicU32, Ordering},
        mpsc,
    },
    thread,
};

use sha2::{Digest, Sha256};
use tokio_postgres::Client;

use crate::{
    Cluster, ClusterError, MIGRATIONS, Migration, Redis, Urls,
    cluster::Tuning,
    migrate,
    roles::{self, DATABASE, ensure_grants},
};

/// How long the servers wait for the next test process.
const GRACE_SECS: u32 = 20;
/// Databases are dropped so many at a time: each drop writes out what all others have not written yet (a checkpoint),
/// which made every test four times dearer when each dropped its own.
const DROPPED_TOGETHER: usize = 24;

/// A fresh database with every migration applied, which belongs to one test and goes away with it.
#[derive(Debug)]
pub struct TestDatabase {
    /// As `spacehub_app`.
    pub app_url: String,
    /// As `spacehub_worker`.
    pub worker_url: String,
    /// As the server's superuser.
    pub admin_url: String,
    pub name: String,
}

/// A fresh database of the shape in `migrations/`.
pub async fn database() -> TestDatabase {
    database_with(MIGRATIONS).await
}

/// A fresh database of the shape of `migrations`.
pub async fn database_with(migrations: &[Migration]) -> TestDatabase {
    copy_of(migrations).await.unwrap_or_else(|error| panic!("no database for the tests: {error}"))
}

/// The URL of a Redis shared by all tests, or none when `redis-server` is not installed; use keys of your own.
pub async fn redis() -> Option<String> {
    static SHARE: Mutex<Option<Redis>> = Mutex::new(None);
    let known = || SHARE.lock().expect("nothing panics with the lock").as_ref().map(|redis| redis.url().to_owned());
    if let Some(url) = known() {
        return Some(url);
    }
    let redis = Redis::open(&home(), GRACE_SECS, &|_| ()).await;
    let redis = redis.unwrap_or_else(|error| panic!("no Redis for the tests: {error}"))?;
    SHARE.lock().expect("nothing panics with the lock").get_or_insert(redis);
    known()
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        // Behind the test's back; what a process leaves is swept by the next.
        if let Ok(Some(broom)) = BROOM.lock().as_deref() {
            let _ = broom.send(self.name.clone());
        }
    }
}

/// Takes the names of databases that are done with.
static BROOM: Mutex<Option<mpsc::Sender<String>>> = Mutex::new(None);

async fn copy_of(migrations: &[Migration]) -> Result<TestDatabase, ClusterError> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let urls = server().await?;
    let template = template(&urls, migrations).await?;
    let name = format!("test_{}_{}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let admin = roles::connect(&at(&urls.admin, "postgres")).await?;
    admin.batch_execute(&format!("create database {name} template {template} owner {}", roles::OWNER)).await?;
    // Rights on the database itself are not copied along (see grants.sql).
    let rights = format!(
        "revoke all on database {name} from public; grant connect on database {name} to {}, {}",
        roles::APP,
        roles::WORKER
    );
    admin.batch_execute(&rights).await?;
    Ok(TestDatabase {
        app_url: at(&urls.app, &name),
        worker_url: at(&urls.worker, &name),
        admin_url: at(&urls.admin, &name),
        name,
    })
}

/// The urls of the running test server, of which this process holds a share until it ends.
async fn server() -> Result<Urls, ClusterError> {
    static SHARE: tokio::sync::Mutex<Option<Cluster>> = tokio::sync::Mutex::const_new(None);
    let mut share = SHARE.lock().await;
    if let Some(cluster) = &*share {
        return Ok(cluster.urls().clone());
    }
    let tuning =
        Tuning { initdb: &["--no-sync"], conf: include_str!("testing.conf"), grace_secs: GRACE_SECS, throw_away: true };
    let cluster = Cluster::start_tuned(&home(), &tuning, &|_| ()).await?;
    let urls = cluster.urls().clone();
    start_sweeping(at(&urls.admin, "postgres"));
    *share = Some(cluster);
    Ok(urls)
}

/// The name of the template with `migrations` applied, made when this is the first to need it.
async fn template(urls: &Urls, migrations: &[Migration]) -> Result<String, ClusterError> {
    let mut hash = Sha256::new();
    hash.update(include_str!("roles.sql"));
    hash.update(include_str!("grants.sql"));
    for migration in migrations {
        hash.update(migration.number.to_be_bytes());
        hash.update(migration.name);
        hash.update(migration.sha256());
    }
    let short: String = hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let name = format!("template_{short}");

    let admin = roles::connect(&at(&urls.admin, "postgres")).await?;
    let finished = "select from pg_database where datname = $1 and datistemplate";
    if admin.query_opt(finished, &[&name]).await?.is_some() {
        return Ok(name);
    }
    // One process makes it; the lock goes with the connection.
    admin.execute("select pg_advisory_lock(hashtext($1))", &[&name]).await?;
    if admin.query_opt(finished, &[&name]).await?.is_some() {
        return Ok(name);
    }
    admin.batch_execute(&format!("drop database if exists {name} with (force)")).await?;
    admin.batch_execute(&format!("create database {name} owner {}", roles::OWNER)).await?;
    let mut inside = roles::connect(&at(&urls.admin, &name)).await?;
    ensure_grants(&inside).await?;
    migrate(&mut inside, migrations, &|_| ()).await?;
    inside.batch_execute("vacuum (freeze, analyze)").await?;
    drop(inside);
    admin.batch_execute(&format!("alter database {name} with is_template true allow_connections false")).await?;
    // Nobody can copy it while our own connection is still going down.
    admin.execute("select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1", &[&name]).await?;
    Ok(name)
}

/// Starts the thread that drops databases: those that earlier processes left, and those of this one.
fn start_sweeping(admin_url: String) {
    let (broom, names) = mpsc::channel();
    *BROOM.lock().expect("nothing panics with the lock") = Some(broom);
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let Ok(runtime) = runtime else { return };
        let Ok(admin) = runtime.block_on(roles::connect(&admin_url)) else { return };
        let mut due = runtime.block_on(orphans(&admin)).unwrap_or_default();
        loop {
            if due.len() >= DROPPED_TOGETHER && runtime.block_on(drop_all(&admin, &due)).is_ok() {
                due.clear();
            }
            let Ok(name) = names.recv() else { return };
            due.push(name);
        }
    });
}

/// The databases of processes that are gone.
async fn orphans(admin: &Client) -> Result<Vec<String>, tokio_postgres::Error> {
    let rows = admin.query("select datname::text from pg_database where datname like 'test\\_%'", &[]).await?;
    Ok(rows.iter().map(|row| row.get(0)).filter(|name: &String| is_orphan(name)).collect())
}

async fn drop_all(admin: &Client, names: &[String]) -> Result<(), tokio_postgres::Error> {
    for name in names {
        // Another process may sweep the same orphans at the same time.
        let dropped = admin.batch_execute(&format!("drop database if exists {name} with (force)")).await;
        if admin.is_closed() {
            return dropped;
        }
    }
    Ok(())
}

/// Whether the process that made the database `test_PID_N` is gone.
fn is_orphan(name: &str) -> bool {
    let pid = name.split('_').nth(1).unwrap_or_default();
    !PathBuf::from("/proc").join(pid).exists()
}

fn at(url: &str, database: &str) -> String {
    url.replacen(&format!("/{DATABASE}?"), &format!("/{database}?"), 1)
}

/// One folder per workspace and account, outside of the workspace: a humble account must be able to go there.
fn home() -> PathBuf {
    let mut hasher = DefaultHasher::new();
    env!("CARGO_MANIFEST_DIR").hash(&mut hasher);
    let account = fs::metadata("/proc/self").map_or(0, |ours| std::os::unix::fs::MetadataExt::uid(&ours));
    env::temp_dir().join(format!("spacehub-test-{account}-{:08x}", hasher.finish() as u32))
}

#[cfg(test)]
mod tests;
