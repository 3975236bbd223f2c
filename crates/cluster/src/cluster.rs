//! The private Postgres of a data folder: made once, started by whoever comes first, joined by the rest.

mod start;

use std::{
    fs,
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use tokio_postgres::error::SqlState;

use crate::{
    ClusterError, Say, Urls, Version,
    error::closed,
    folder::Folder,
    kept::{self, Kept},
    roles::{self, DATABASE, connect, ensure_grants, ensure_roles},
};
pub(crate) use start::Tuning;

/// A share in the private Postgres of a data folder.
///
/// Dropping it gives the share back at once; [`Cluster::stop`] also waits until the server has stopped.
#[derive(Debug)]
pub struct Cluster {
    urls: Urls,
    version: Version,
    /// Present for as long as the server runs.
    pid_file: PathBuf,
    kept: Kept,
}

/// What `cluster.json` says to whoever wants to join.
#[derive(Serialize, Deserialize)]
struct Running {
    sockets: PathBuf,
    version: Version,
}

impl Cluster {
    /// Starts the Postgres of the folder `data`, or joins it when it runs, with the roles and the database in place.
    pub async fn start(data: &Path, say: Say<'_>) -> Result<Cluster, ClusterError> {
        Cluster::start_tuned(data, &Tuning::lasting(), say).await
    }

    pub(crate) async fn start_tuned(data: &Path, tuning: &Tuning, say: Say<'_>) -> Result<Cluster, ClusterError> {
        let folder = Folder::open(data)?;
        let note = folder.path.join("cluster.json");
        let pid_file = folder.servers.join("postgres/postmaster.pid");
        let starting = kept::join(&folder.path, "postgres", say).await?;
        if let Some(running) = Running::read(&note)
            && connect(&running.url("postgres", "postgres")).await.is_ok()
        {
            let kept = starting.joined();
            return Ok(Cluster { urls: running.urls(), version: running.version, pid_file, kept });
        }
        let prepared = start::prepare(&folder, tuning, say).await?;
        let running = Running { sockets: prepared.sockets.clone(), version: prepared.binaries.version };
        let keeper = start::run(&folder, &starting, &prepared, tuning, say).await?;
        running.ensure_database().await.map_err(|error| match error {
            ClusterError::Postgres(error) if error.code() == Some(&SqlState::DISK_FULL) => {
                ClusterError::DiskFull { folder: folder.servers.clone() }
            }
            error => error,
        })?;
        running.write(&note)?;
        let kept = starting.started(keeper);
        Ok(Cluster { urls: running.urls(), version: running.version, pid_file, kept })
    }

    /// How to reach the database `spacehub`.
    pub fn urls(&self) -> &Urls {
        &self.urls
    }

    /// Which Postgres it is.
    pub fn version(&self) -> Version {
        self.version
    }

    /// Gives the share back; when it was the last, waits until the server has stopped cleanly.
    pub async fn stop(self) {
        let pid_file = self.pid_file;
        self.kept.leave(|| !pid_file.exists()).await;
    }
}

impl Running {
    fn read(note: &Path) -> Option<Running> {
        serde_json::from_slice(&fs::read(note).ok()?).ok()
    }

    fn write(&self, note: &Path) -> Result<(), ClusterError> {
        let text = serde_json::to_vec_pretty(self).expect("a path and a version are JSON");
        // Renamed into place: whoever reads sees the old note or the new one.
        let fresh = note.with_extension("json.new");
        let mut options = fs::OpenOptions::new();
        let mut file =
            options.write(true).create(true).truncate(true).mode(0o600).open(&fresh).map_err(closed(&fresh))?;
        file.write_all(&text).map_err(closed(&fresh))?;
        fs::rename(&fresh, note).map_err(closed(note))
    }

    /// Makes the roles and the database `spacehub`, where they are not there yet.
    async fn ensure_database(&self) -> Result<(), ClusterError> {
        let admin = connect(&self.url("postgres", "postgres")).await?;
        ensure_roles(&admin).await?;
        let there = admin.query_opt("select from pg_database where datname = $1", &[&DATABASE]).await?;
        if there.is_none() {
            admin.batch_execute(&format!("create database {DATABASE} owner {}", roles::OWNER)).await?;
        }
        ensure_grants(&connect(&self.url("postgres", DATABASE)).await?).await
    }

    fn urls(&self) -> Urls {
        Urls {
            admin: self.url("postgres", DATABASE),
            app: self.url(roles::APP, DATABASE),
            worker: self.url(roles::WORKER, DATABASE),
        }
    }

    fn url(&self, role: &str, database: &str) -> String {
        format!("postgres:///{database}?user={role}&host={}", percent_encoded(&self.sockets))
    }
}

/// A path as it stands in a URL's query.
pub(crate) fn percent_encoded(path: &Path) -> String {
    let mut text = String::new();
    for &byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => text.push(char::from(byte)),
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

#[cfg(test)]
mod tests;
