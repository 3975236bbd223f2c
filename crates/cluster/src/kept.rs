//! A server of ours that runs for as long as anyone uses it, whoever started it.
//!
//! Everyone who uses the server holds a shared lock on one file. The keeper (`keeper.sh`), started with the server by
//! the first, waits for the exclusive lock on the same file: it gets it when the last user has gone, cleanly or not,
//! stops the server and only then lets go, so whoever comes meanwhile waits and starts a new one.

use std::{
    fs::{File, OpenOptions},
    io::{Read, Seek, SeekFrom},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::{ClusterError, Say, account::Account, error::closed};

/// How long the keeper may take to stop its server before we go without waiting further.
const STOPPING: Duration = Duration::from_secs(60);

/// Our share in a running server.
#[derive(Debug)]
pub(crate) struct Kept {
    users: File,
    /// Present when the keeper is our own child.
    keeper: Option<Child>,
}

/// The right to look whether the server runs and to start it, held by one process at a time.
pub(crate) struct Starting {
    users: File,
    users_path: PathBuf,
    _lock: File,
}

/// What the keeper is to run.
pub(crate) struct Server<'a> {
    pub(crate) account: Account,
    pub(crate) program: &'a Path,
    pub(crate) args: Vec<String>,
    pub(crate) log: &'a Path,
    /// How many seconds nobody must have used the server before it is stopped.
    pub(crate) grace_secs: u32,
    /// Emptied once the server has stopped.
    pub(crate) throw_away: Option<&'a Path>,
}

/// Joins the users of the server `name` in `folder`; waits while an earlier one is being stopped or started.
pub(crate) async fn join(folder: &Path, name: &str, say: Say<'_>) -> Result<Starting, ClusterError> {
    let users_path = folder.join(format!("{name}.users"));
    let users = lock_file(&users_path)?;
    if users.try_lock_shared().is_err() {
        say(&format!("waiting for the previous {name} to stop"));
    }
    let users = blocking(users_path.clone(), users, |file| file.lock_shared()).await?;
    let starting_path = folder.join(format!("{name}.starting"));
    let starting = lock_file(&starting_path)?;
    let lock = blocking(starting_path, starting, |file| file.lock()).await?;
    Ok(Starting { users, users_path, _lock: lock })
}

impl Starting {
    /// It runs already: take part.
    pub(crate) fn joined(self) -> Kept {
        Kept { users: self.users, keeper: None }
    }

    /// Starts the server under a keeper; what it prints goes to its log.
    pub(crate) fn start(&self, server: Server<'_>) -> Result<Child, ClusterError> {
        let log =
            OpenOptions::new().create(true).append(true).mode(0o600).open(server.log).map_err(closed(server.log))?;
        let log_too = log.try_clone().map_err(closed(server.log))?;
        // A file of its own, not a copy of ours: a lock belongs to the opening.
        let lock = lock_file(&self.users_path)?;
        let mut keeper = Command::new("sh");
        server.account.dress(&mut keeper);
        keeper.args(["-c", include_str!("keeper.sh"), "spacehub-keeper"]);
        keeper.arg(server.grace_secs.to_string()).arg(server.throw_away.unwrap_or(Path::new("")));
        keeper.arg(server.program).args(server.args);
        keeper.stdin(Stdio::from(lock)).stdout(log).stderr(log_too);
        keeper.spawn().map_err(|source| ClusterError::Missing { program: "sh".into(), source })
    }

    /// The server that was started is ready.
    pub(crate) fn started(self, keeper: Child) -> Kept {
        Kept { users: self.users, keeper: Some(keeper) }
    }
}

impl Kept {
    /// Leaves the server; when we were the last, waits until `gone` says that it has stopped.
    pub(crate) async fn leave(self, gone: impl Fn() -> bool) {
        let Kept { users, mut keeper } = self;
        if users.unlock().is_err() {
            return;
        }
        let deadline = Instant::now() + STOPPING;
        while !gone() && Instant::now() < deadline {
            let last = users.try_lock().is_ok();
            if !last && users.try_lock_shared().is_ok() {
                return; // others share it
            }
            // Now it is the keeper's turn, or it holds the lock already and is stopping the server.
            let _ = users.unlock();
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        // The note goes a little before the process; the keeper lets go after it.
        while users.try_lock_shared().is_err() && Instant::now() < deadline {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        if let Some(keeper) = &mut keeper {
            let _ = keeper.try_wait();
        }
    }
}

/// The server's words since `from` bytes into its log.
pub(crate) fn said_since(log: &Path, from: u64) -> String {
    let mut text = String::new();
    if let Ok(mut file) = File::open(log)
        && file.seek(SeekFrom::Start(from)).is_ok()
    {
        let _ = file.read_to_string(&mut text);
    }
    text
}

fn lock_file(path: &Path) -> Result<File, ClusterError> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false).mode(0o600).open(path).map_err(closed(path))
}

async fn blocking(
    path: PathBuf,
    file: File,
    lock: impl FnOnce(&File) -> std::io::Result<()> + Send + 'static,
) -> Result<File, ClusterError> {
    tokio::task::spawn_blocking(move || lock(&file).map(|()| file).map_err(closed(path)))
        .await
        .expect("waiting for a lock does not panic")
}
