//! A private Redis beside the private Postgres, when `redis-server` is installed: for codes, limits and live news.
//!
//! It keeps nothing on disk: what must last is in Postgres.

use std::{
    fs,
    io::{Read, Write},
    os::unix::net::UnixStream,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use crate::{
    ClusterError, Say,
    folder::Folder,
    kept::{self, Kept, Server},
};

const READY: Duration = Duration::from_secs(10);

/// A share in the private Redis of a data folder.
#[derive(Debug)]
pub struct Redis {
    url: String,
    pid_file: PathBuf,
    kept: Kept,
}

impl Redis {
    /// Starts the Redis of the folder `data`, or joins it when it runs; none when `redis-server` is not installed.
    pub async fn start(data: &Path, say: Say<'_>) -> Result<Option<Redis>, ClusterError> {
        Redis::open(data, 0, say).await
    }

    pub(crate) async fn open(data: &Path, grace_secs: u32, say: Say<'_>) -> Result<Option<Redis>, ClusterError> {
        if !is_installed() {
            return Ok(None);
        }
        let folder = Folder::open(data)?;
        let home = folder.own("redis")?;
        let note = folder.path.join("redis.json");
        let pid_file = home.join("redis.pid");
        let starting = kept::join(&folder.path, "redis", say).await?;
        let running: Option<PathBuf> = fs::read(&note).ok().and_then(|text| serde_json::from_slice(&text).ok());
        if let Some(socket) = running
            && answers(&socket)
        {
            return Ok(Some(Redis { url: url(&socket), pid_file, kept: starting.joined() }));
        }
        let socket = folder.sockets("redis.sock")?.join("redis.sock");
        let log = folder.servers.join("redis.log");
        let mut keeper = starting.start(Server {
            account: folder.account,
            program: Path::new("redis-server"),
            args: arguments(&home, &socket, &pid_file),
            log: &log,
            grace_secs,
            throw_away: None,
        })?;
        let began = Instant::now();
        while !answers(&socket) {
            if let Ok(Some(_)) = keeper.try_wait() {
                return Err(ClusterError::NotStarted { why: "redis-server ended".into(), log });
            }
            if began.elapsed() > READY {
                return Err(ClusterError::TooSlow { secs: READY.as_secs(), log });
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let text = serde_json::to_vec(&socket).expect("a path is JSON");
        fs::write(&note, text).map_err(crate::error::closed(&note))?;
        Ok(Some(Redis { url: url(&socket), pid_file, kept: starting.started(keeper) }))
    }

    /// How to reach it.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Gives the share back; when it was the last, waits until the server has stopped.
    pub async fn stop(self) {
        let pid_file = self.pid_file;
        self.kept.leave(|| !pid_file.exists()).await;
    }
}

fn arguments(home: &Path, socket: &Path, pid_file: &Path) -> Vec<String> {
    let (home, socket, pid_file) = (home.display(), socket.display(), pid_file.display());
    let settings = [
        ("port", "0".to_owned()),
        ("unixsocket", socket.to_string()),
        ("unixsocketperm", "700".to_owned()),
        ("dir", home.to_string()),
        ("pidfile", pid_file.to_string()),
        ("save", String::new()),
        ("appendonly", "no".to_owned()),
        // A full Redis refuses new codes rather than forget the limits it counts.
        ("maxmemory", "128mb".to_owned()),
        ("maxmemory-policy", "noeviction".to_owned()),
    ];
    settings.into_iter().flat_map(|(name, value)| [format!("--{name}"), value]).collect()
}

fn is_installed() -> bool {
    let mut version = Command::new("redis-server");
    version.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    version.status().is_ok_and(|status| status.success())
}

fn answers(socket: &Path) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = UnixStream::connect(socket)?;
        stream.set_read_timeout(Some(Duration::from_secs(1)))?;
        stream.write_all(b"PING\r\n")?;
        let mut answer = [0; 5];
        stream.read_exact(&mut answer)?;
        Ok(&answer == b"+PONG")
    };
    ask().unwrap_or(false)
}

fn url(socket: &Path) -> String {
    format!("redis+unix://{}", super::cluster::percent_encoded(socket))
}
