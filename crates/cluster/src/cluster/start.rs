//! Makes the folder of a private Postgres and brings the server up.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use tokio_postgres::error::SqlState;

use crate::{
    Binaries, ClusterError, Say,
    error::closed,
    folder::Folder,
    kept::{Server, Starting, said_since},
    roles::connect,
};

/// How long a start may take; after a crash the server first repeats what its log holds.
const READY: Duration = Duration::from_secs(300);
/// After this long we say that it is still coming.
const SLOW: Duration = Duration::from_secs(3);

/// What differs between a database that must last and one that is thrown away.
pub(crate) struct Tuning {
    pub(crate) initdb: &'static [&'static str],
    /// Appended to `postgresql.conf` once, so that an operator may change it.
    pub(crate) conf: &'static str,
    pub(crate) grace_secs: u32,
    pub(crate) throw_away: bool,
}

impl Tuning {
    /// For data somebody needs tomorrow.
    pub(crate) fn lasting() -> Tuning {
        Tuning { initdb: &["--data-checksums"], conf: include_str!("lasting.conf"), grace_secs: 0, throw_away: false }
    }
}

/// A folder that a server can be started on.
pub(super) struct Prepared {
    pub(super) binaries: Binaries,
    pub(super) sockets: PathBuf,
    data: PathBuf,
    log: PathBuf,
}

/// Finds the programs and, for a new folder, makes the database files.
pub(super) async fn prepare(folder: &Folder, tuning: &Tuning, say: Say<'_>) -> Result<Prepared, ClusterError> {
    let data = folder.own("postgres")?;
    let binaries = match major_of(&data) {
        Some(major) => Binaries::find(Some(major), say).map_err(|error| match Binaries::at_hand() {
            Some(other) => ClusterError::OtherMajor { folder: data.clone(), data: major, found: other.version },
            None => error,
        })?,
        None => Binaries::find(None, say)?,
    };
    if major_of(&data).is_none() {
        say(&format!("making a database with Postgres {} in {}", binaries.version, data.display()));
        make(folder, &binaries, &data, tuning)?;
    }
    let sockets = folder.sockets(".s.PGSQL.5432.lock")?;
    Ok(Prepared { binaries, sockets, data, log: folder.servers.join("postgres.log") })
}

/// Starts the server and waits until it answers.
pub(super) async fn run(
    folder: &Folder,
    starting: &Starting,
    prepared: &Prepared,
    tuning: &Tuning,
    say: Say<'_>,
) -> Result<Child, ClusterError> {
    let Prepared { binaries, sockets, data, log } = prepared;
    clear_stale_pid(data, say).await?;
    trim(log)?;
    let said_before = fs::metadata(log).map_or(0, |log| log.len());
    let mut keeper = starting.start(Server {
        account: folder.account,
        program: &binaries.folder.join("postgres"),
        args: vec![
            "-D".into(),
            data.display().to_string(),
            "-k".into(),
            sockets.display().to_string(),
            "-p".into(),
            "5432".into(),
            "-c".into(),
            "listen_addresses=".into(),
            // Only the account itself and root come as far as the socket's folder.
            "-c".into(),
            "unix_socket_permissions=0700".into(),
        ],
        log,
        grace_secs: tuning.grace_secs,
        throw_away: tuning.throw_away.then_some(data.as_path()),
    })?;
    let began = Instant::now();
    let mut told = false;
    let url = format!("postgres:///postgres?user=postgres&host={}", super::percent_encoded(sockets));
    loop {
        match connect(&url).await {
            Ok(_) => return Ok(keeper),
            Err(ClusterError::Postgres(error))
                if error.code().is_some_and(|code| *code != SqlState::CANNOT_CONNECT_NOW) =>
            {
                return Err(error.into());
            }
            Err(_) => {}
        }
        if let Ok(Some(_)) = keeper.try_wait() {
            return Err(why_stopped(&said_since(log, said_before), data, log));
        }
        if began.elapsed() > READY {
            return Err(ClusterError::TooSlow { secs: READY.as_secs(), log: log.clone() });
        }
        if began.elapsed() > SLOW && !told {
            told = true;
            say("waiting for Postgres; after a crash it first repairs its files");
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// The major that made the files in `data`; none when they are not made yet.
fn major_of(data: &Path) -> Option<u16> {
    // initdb writes PG_VERSION first of all; the control file is there once it has really begun.
    let complete = data.join("spacehub.ready").exists();
    complete.then(|| fs::read_to_string(data.join("PG_VERSION")).ok()?.trim().parse().ok())?
}

fn make(folder: &Folder, binaries: &Binaries, data: &Path, tuning: &Tuning) -> Result<(), ClusterError> {
    // What a killed initdb left behind was never used.
    for entry in fs::read_dir(data).map_err(closed(data))?.flatten() {
        let path = entry.path();
        let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        removed.map_err(closed(&path))?;
    }
    let program = binaries.folder.join("initdb");
    let mut initdb = Command::new(&program);
    folder.account.dress(&mut initdb);
    initdb.arg("-D").arg(data).args(["-U", "postgres", "--encoding=UTF8", "--no-instructions"]);
    // Sorted by code points, which is fast; upper and lower case known for Cyrillic too, which "C" alone does not.
    initdb.args(["--locale=C", "--lc-ctype=C.UTF-8"]);
    initdb.args(["--auth-local=trust", "--auth-host=scram-sha-256"]).args(tuning.initdb);
    let output = initdb.stdin(Stdio::null()).output();
    let output = output.map_err(|source| ClusterError::Missing { program: program.display().to_string(), source })?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
        return Err(if is_disk_full(&said) {
            ClusterError::DiskFull { folder: data.to_owned() }
        } else {
            ClusterError::NotPrepared { folder: data.to_owned(), why: first_complaint(&said) }
        });
    }
    let conf = data.join("postgresql.conf");
    let mut file = fs::OpenOptions::new().append(true).open(&conf).map_err(closed(&conf))?;
    file.write_all(tuning.conf.as_bytes()).map_err(closed(&conf))?;
    let ready = data.join("spacehub.ready");
    fs::write(&ready, "").map_err(closed(&ready))
}

/// Removes the note of a server that was killed when its number now belongs to some other process, which Postgres
/// cannot tell; waits for one that is still going down.
async fn clear_stale_pid(data: &Path, say: Say<'_>) -> Result<(), ClusterError> {
    let note = data.join("postmaster.pid");
    let began = Instant::now();
    while let Ok(text) = fs::read_to_string(&note) {
        let pid: u32 = text.lines().next().and_then(|line| line.trim().parse().ok()).unwrap_or(0);
        let works_here = fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|cwd| cwd == data);
        if !works_here {
            return match fs::remove_file(&note) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(closed(&note)(error)),
                _ => Ok(()),
            };
        }
        if began.elapsed() > READY {
            return Err(ClusterError::NotPrepared {
                folder: data.to_owned(),
                why: format!("process {pid} uses it and does not answer: end it with `kill -INT {pid}`"),
            });
        }
        if began.elapsed() < Duration::from_millis(100) {
            say("waiting for the previous postgres to stop");
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(())
}

/// Begins the log anew once it has grown beyond use.
fn trim(log: &Path) -> Result<(), ClusterError> {
    match fs::metadata(log) {
        Ok(file) if file.len() > 10 * 1024 * 1024 => {
            fs::rename(log, log.with_extension("log.old")).map_err(closed(log))
        }
        _ => Ok(()),
    }
}

fn why_stopped(said: &str, data: &Path, log: &Path) -> ClusterError {
    if is_disk_full(said) {
        return ClusterError::DiskFull { folder: data.to_owned() };
    }
    ClusterError::NotStarted { why: first_complaint(said), log: log.to_owned() }
}

/// Postgres says it in several ways; a short write has no errno to say it with.
fn is_disk_full(said: &str) -> bool {
    ["No space left on device", "Disk quota exceeded", "wrote only"].iter().any(|words| said.contains(words))
}

/// The line of the server's words that names the trouble.
fn first_complaint(said: &str) -> String {
    let complaint = said.lines().find_map(|line| {
        ["PANIC: ", "FATAL: ", "initdb: error: ", "error: "].iter().find_map(|mark| line.split_once(mark))
    });
    match complaint {
        Some((_, words)) => words.trim().to_owned(),
        None => said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("it gave no reason").trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_servers_words_become_one_sentence() {
        let full =
            "running bootstrap script ... FATAL:  could not extend file \"base/1/2691\": wrote only 4096 of 8192";
        let killed =
            "LOG:  starting\nFATAL:  data directory \"/x\" has wrong ownership\nHINT:  The server must be started";

        let why = |said| why_stopped(said, Path::new("/x"), Path::new("/x.log"));

        assert!(matches!(why(full), ClusterError::DiskFull { .. }));
        assert!(why(killed).to_string().contains("data directory \"/x\" has wrong ownership;"), "{}", why(killed));
        assert!(why("").to_string().contains("it gave no reason"));
    }
}
