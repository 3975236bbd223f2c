//! Debian's PgBouncer in transaction mode, before one test's database.

use std::{
    fs,
    net::TcpListener,
    os::unix::{fs::MetadataExt, fs::PermissionsExt, process::CommandExt},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use cluster::testing::TestDatabase;
use tokio_postgres::{NoTls, SimpleQueryMessage, config::Host};

/// A running PgBouncer, stopped with the value.
pub struct PgBouncer {
    /// As `spacehub_app`.
    pub url: String,
    pub version: String,
    console: String,
    process: Child,
    folder: PathBuf,
}

impl PgBouncer {
    /// With two connections for everybody.
    pub async fn before(database: &TestDatabase) -> PgBouncer {
        let program = "/usr/sbin/pgbouncer";
        let version = Command::new(program).arg("--version").output().expect("pgbouncer is installed (sh .ci/needs)");
        let version = String::from_utf8_lossy(&version.stdout).lines().next().unwrap_or_default().to_owned();
        let config: tokio_postgres::Config = database.app_url.parse().expect("a good address");
        let Some(Host::Unix(sockets)) = config.get_hosts().first() else { panic!("the tests' Postgres has a socket") };
        let (name, host) = (&database.name, sockets.display());
        // Only the server's own account comes as far as the socket.
        let account = fs::metadata(sockets).expect("the socket's folder");
        let folder = std::env::temp_dir().join(format!("pgbouncer-{name}"));
        fs::create_dir_all(&folder).expect("a folder");
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("others may look");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        let (ini, users) = (folder.join("pgbouncer.ini"), folder.join("users.txt"));
        fs::write(&users, "\"spacehub_app\" \"\"\n").expect("written");
        let settings = format!(
            "[databases]\n{name} = host={host} port=5432 dbname={name}\n\
             [pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\nauth_type = trust\n\
             auth_file = {}\nstats_users = spacehub_app\npool_mode = transaction\ndefault_pool_size = 2\nmax_client_conn = 400\n\
             ignore_startup_parameters = extra_float_digits\n",
            users.display()
        );
        fs::write(&ini, settings).expect("written");
        let mut command = Command::new(program);
        let log = fs::File::create(folder.join("log")).expect("a log");
        command.arg(&ini).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        let ours = fs::metadata("/proc/self").expect("this process").uid();
        if ours != account.uid() {
            command.uid(account.uid()).gid(account.gid());
        }
        let process = command.spawn().expect("pgbouncer starts");
        let address = |database: &str| format!("postgres://spacehub_app@127.0.0.1:{port}/{database}");
        let pgbouncer = PgBouncer { url: address(name), version, console: address("pgbouncer"), process, folder };
        for _ in 0..200 {
            if tokio_postgres::connect(&pgbouncer.url, NoTls).await.is_ok() {
                return pgbouncer;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("pgbouncer does not answer at {}", pgbouncer.url);
    }

    /// That its clients really took turns: more of them than connections behind it, over thousands of transactions.
    pub async fn was_shared(&self) {
        let (client, connection) = tokio_postgres::connect(&self.console, NoTls).await.expect("the console answers");
        tokio::spawn(connection);
        let column = |rows: &[SimpleQueryMessage], name: &str| -> Vec<u64> {
            let rows = rows.iter().filter_map(|row| match row {
                SimpleQueryMessage::Row(row) if row.get("database") != Some("pgbouncer") => row.get(name)?.parse().ok(),
                _ => None,
            });
            rows.collect()
        };
        let stats = client.simple_query("show stats").await.expect("answers");
        let servers = client.simple_query("show servers").await.expect("answers");
        let transactions: u64 = column(&stats, "total_xact_count").iter().sum();
        let servers = column(&servers, "port").len();
        println!("{transactions} transactions over {servers} connections");
        assert!(transactions > 5_000 && servers <= 2, "{transactions} transactions, {servers} connections");
    }
}

impl Drop for PgBouncer {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
        drop(fs::remove_dir_all(&self.folder));
    }
}
