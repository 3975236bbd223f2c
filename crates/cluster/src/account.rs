//! The account the private servers run under: our own, or a humble one when we are root, which Postgres refuses.

use std::{
    fs,
    os::unix::{fs::MetadataExt, process::CommandExt},
    path::Path,
    process::{Command, Stdio},
};

use crate::ClusterError;

/// Whom the servers run as; `None` stands for ourselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Account(Option<Ids>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ids {
    uid: u32,
    gid: u32,
}

impl Account {
    /// Ourselves, or for root the account `postgres`, else `nobody`.
    pub(crate) fn for_servers() -> Result<Account, ClusterError> {
        if !we_are_root() {
            return Ok(Account(None));
        }
        let passwd = fs::read_to_string("/etc/passwd").map_err(|_| ClusterError::NoAccount)?;
        let ids = ["postgres", "nobody"].iter().find_map(|name| ids_in(&passwd, name));
        ids.map(|ids| Account(Some(ids))).ok_or(ClusterError::NoAccount)
    }

    /// Whoever owns `folder`, so that root goes on with what a user began; ourselves when we are not root.
    pub(crate) fn owner_of(folder: &Path) -> Result<Account, ClusterError> {
        let owner = fs::metadata(folder).map_err(crate::error::closed(folder))?;
        match (we_are_root(), owner.uid()) {
            (false, _) => Ok(Account(None)),
            (true, 0) => Account::for_servers(),
            (true, uid) => Ok(Account(Some(Ids { uid, gid: owner.gid() }))),
        }
    }

    /// Lets `command` run under this account and away from our terminal's Ctrl-C.
    pub(crate) fn dress(self, command: &mut Command) -> &mut Command {
        command.process_group(0).current_dir("/").env("LC_ALL", "C").env_remove("LANG").env_remove("PGDATA");
        match self.0 {
            Some(Ids { uid, gid }) => command.uid(uid).gid(gid).env("HOME", "/"),
            None => command,
        }
    }

    /// Hands `path` to this account.
    pub(crate) fn give(self, path: &Path) -> Result<(), ClusterError> {
        let Some(Ids { uid, gid }) = self.0 else { return Ok(()) };
        std::os::unix::fs::chown(path, Some(uid), Some(gid)).map_err(crate::error::closed(path))
    }

    /// Whether `folder` is there and belongs to this account alone.
    pub(crate) fn has(self, folder: &Path) -> bool {
        let owner = fs::symlink_metadata(folder).ok().filter(fs::Metadata::is_dir);
        let uid = self.0.map(|ids| ids.uid).or_else(|| fs::metadata("/proc/self").ok().map(|ours| ours.uid()));
        owner.is_some_and(|owner| Some(owner.uid()) == uid && owner.mode() & 0o077 == 0)
    }

    /// Whether this account can walk into `folder`: root's home is closed to it.
    pub(crate) fn reaches(self, folder: &Path) -> bool {
        if self.0.is_none() {
            return true;
        }
        let mut test = Command::new("test");
        self.dress(&mut test).arg("-x").arg(folder).stderr(Stdio::null());
        test.status().is_ok_and(|status| status.success())
    }
}

/// Whether we run as root.
pub(crate) fn we_are_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|ours| ours.uid() == 0)
}

fn ids_in(passwd: &str, name: &str) -> Option<Ids> {
    let mut fields = passwd.lines().map(|line| line.split(':')).find(|line| line.clone().next() == Some(name))?.skip(2);
    Some(Ids { uid: fields.next()?.parse().ok()?, gid: fields.next()?.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_read_from_passwd() {
        let passwd =
            "root:x:0:0:root:/root:/bin/bash\npostgres:x:101:104:PostgreSQL,,,:/var/lib/postgresql:/bin/bash\n";

        assert_eq!(ids_in(passwd, "postgres"), Some(Ids { uid: 101, gid: 104 }));
        assert_eq!(ids_in(passwd, "nobody"), None);
    }
}
