//! The data folder: what is ours, and the corner of it that belongs to the servers' account.
//!
//! - `cluster.json`: where the running Postgres listens
//! - `postgres.users`: locked (shared) by everyone who uses it
//! - `postgres.starting`: locked by the one who starts it
//! - `servers/`: 0700, the servers' own: `postgres/`, `redis/`, `run/` (sockets), logs
//!
//! When we are root and the folder lies where the humble account cannot go (`/root/spacehub`), `servers` is a link into
//! `/var/lib/spacehub`.

use std::{
    fs::{self, DirBuilder},
    io::Read,
    os::unix::fs::{DirBuilderExt, symlink},
    path::{Path, PathBuf},
};

use crate::{ClusterError, account::Account, error::closed};

/// A Unix socket's whole path fits into this many bytes.
const SOCKET_PATH_BYTES: usize = 107;

/// The data folder of one Spacehub.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    /// The data folder itself, absolute.
    pub(crate) path: PathBuf,
    /// The servers' corner, absolute and without links.
    pub(crate) servers: PathBuf,
    pub(crate) account: Account,
}

impl Folder {
    /// Opens the data folder at `path`, making it when it is new.
    pub(crate) fn open(path: &Path) -> Result<Folder, ClusterError> {
        make(path, 0o711)?;
        let path = path.canonicalize().map_err(closed(path))?;
        let servers = path.join("servers");
        if let Ok(target) = fs::read_link(&servers)
            && !servers.exists()
        {
            return Err(ClusterError::Gone { link: servers, target });
        }
        if !servers.exists() {
            make_servers(&path, &servers)?;
        }
        let account = Account::owner_of(&servers)?;
        let servers = servers.canonicalize().map_err(closed(&servers))?;
        fs::read_dir(&servers).map_err(closed(&servers))?;
        Ok(Folder { path, servers, account })
    }

    /// A folder of the servers' own, made when it is new.
    pub(crate) fn own(&self, name: &str) -> Result<PathBuf, ClusterError> {
        let folder = self.servers.join(name);
        if !folder.exists() {
            make(&folder, 0o700)?;
            self.account.give(&folder)?;
        }
        Ok(folder)
    }

    /// The folder for sockets, of which the longest is called `name`: ours, or a short one when ours is too deep.
    pub(crate) fn sockets(&self, name: &str) -> Result<PathBuf, ClusterError> {
        let ours = self.servers.join("run");
        if ours.as_os_str().len() + 1 + name.len() <= SOCKET_PATH_BYTES {
            return self.own("run");
        }
        // The link remembers the short one, which whoever tidies the temporary folder may have removed or replaced.
        if let Ok(short) = fs::read_link(&ours)
            && self.account.has(&short)
        {
            return Ok(short);
        }
        let short = std::env::temp_dir().join(format!("spacehub-{}", random_name()?));
        make(&short, 0o700)?;
        self.account.give(&short)?;
        let _ = fs::remove_file(&ours);
        symlink(&short, &ours).map_err(closed(&ours))?;
        Ok(short)
    }
}

fn make_servers(path: &Path, servers: &Path) -> Result<(), ClusterError> {
    let account = Account::for_servers()?;
    if account.reaches(path) {
        make(servers, 0o700)?;
        return account.give(servers);
    }
    let elsewhere = Path::new("/var/lib/spacehub").join(random_name()?);
    make(Path::new("/var/lib/spacehub"), 0o755)?;
    make(&elsewhere, 0o700)?;
    account.give(&elsewhere)?;
    symlink(&elsewhere, servers).map_err(closed(servers))
}

fn make(path: &Path, mode: u32) -> Result<(), ClusterError> {
    if path.is_dir() {
        return Ok(());
    }
    DirBuilder::new().recursive(true).mode(mode).create(path).map_err(closed(path))
}

/// Eight hexadecimal digits that nobody else has.
pub(crate) fn random_name() -> Result<String, ClusterError> {
    let mut bytes = [0; 4];
    let source = Path::new("/dev/urandom");
    fs::File::open(source).and_then(|mut random| random.read_exact(&mut bytes)).map_err(closed(source))?;
    Ok(format!("{:08x}", u32::from_ne_bytes(bytes)))
}
