//! Looks at the machine and the settings, says what is wrong and how to mend it; changes nothing.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use cluster::{Binaries, External, MIGRATIONS, Origin, Version};
use futures_util::StreamExt;
use store::Store;

use crate::settings::{KNOWN, Mode, Settings, Source};

/// Less free space than this is worth a word, in KiB.
const LITTLE_SPACE: u64 = 1024 * 1024;

/// One thing looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub state: State,
    pub text: String,
}

/// How it stands with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Well,
    /// It runs, but should be seen to.
    Warning,
    /// It does not run like this.
    Broken,
}

/// Everything that was looked at, in the order of a start.
pub async fn examine(settings: &Settings) -> Vec<Finding> {
    let mut findings = vec![data_folder(&settings.data)];
    findings.extend(space(&settings.data));
    match &settings.database_url {
        Some(url) => findings.extend(external(settings, url.reveal()).await),
        None => findings.extend(private(&settings.data)),
    }
    findings.push(redis(settings));
    findings.push(files(settings).await);
    findings.extend(port(settings).await);
    findings.extend(production(settings));
    findings.extend(unknown_variables());
    findings
}

/// The settings as they stand, without secrets.
pub fn settings_lines(settings: &Settings) -> Vec<String> {
    let line = |known: &crate::settings::Known| {
        let from = match settings.sources.get(known.key) {
            Some(Source::File) => "spacehub.toml",
            Some(Source::Environment) => known.env,
            Some(Source::CommandLine) => "command line",
            _ => "default",
        };
        format!("  {:<20} {:<30} {} [{from}]", known.key, known.env, known.about)
    };
    KNOWN.iter().map(line).collect()
}

fn data_folder(path: &Path) -> Finding {
    let there = nearest(path);
    let probe = there.join(format!(".spacehub-doctor-{}", std::process::id()));
    let writable = fs::write(&probe, "").and_then(|()| fs::remove_file(&probe));
    match writable {
        Ok(()) => well(format!("the data folder is {}", path.display())),
        Err(error) => {
            broken(format!("the data folder {} cannot be written: {error}; choose another with --data", path.display()))
        }
    }
}

/// What `df` says of the disk under the data folder.
fn space(path: &Path) -> Option<Finding> {
    let output = Command::new("df").args(["-Pk"]).arg(nearest(path)).stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let free: u64 = text.lines().last()?.split_whitespace().nth(3)?.parse().ok()?;
    let mib = free / 1024;
    Some(if free < LITTLE_SPACE {
        warning(format!("only {mib} MiB are free on the disk of {}: make room", path.display()))
    } else {
        well(format!("{mib} MiB are free on its disk"))
    })
}

fn private(data: &Path) -> Vec<Finding> {
    let mut findings = Vec::new();
    for program in ["sh", "flock", "setpriv"] {
        if !is_installed(program) {
            findings.push(broken(format!("`{program}` is missing: run `apt-get install util-linux`")));
        }
    }
    let made_by = fs::read_to_string(data.join("servers/postgres/PG_VERSION")).ok();
    let made_by: Option<u16> = made_by.and_then(|text| text.trim().parse().ok());
    match Binaries::at_hand() {
        Some(found) => {
            let from = if found.origin == Origin::Package { "the fetched package" } else { "installed" };
            findings.push(well(format!("Postgres {} in {} ({from})", found.version, found.folder.display())));
            findings.extend(hole(
                found.version,
                match found.origin {
                    Origin::System => "run `apt-get update && apt-get install --only-upgrade postgresql`",
                    Origin::Package => "run `apt-get install postgresql`, and import what is to be kept",
                },
            ));
            if let Some(major) = made_by.filter(|major| *major != found.version.major) {
                let others = Binaries::installed();
                if !others.iter().any(|other| other.version.major == major) {
                    findings.push(broken(format!(
                        "the data were made by Postgres {major}: install it, or choose another folder with --data"
                    )));
                }
            }
        }
        None if is_installed("npm") => {
            findings
                .push(well(format!("no Postgres {} is installed: it will be fetched with npm", Version::OLDEST_MAJOR)));
        }
        None => findings.push(broken(format!(
            "no Postgres {} or later is installed: run `apt-get install postgresql`, or set DATABASE_URL",
            Version::OLDEST_MAJOR
        ))),
    }
    findings
}

async fn external(settings: &Settings, url: &str) -> Vec<Finding> {
    let worker = settings.worker_database_url.as_ref().map(|url| url.reveal());
    let admin = settings.admin_database_url.as_ref().map(|url| url.reveal());
    let found = match External::look(url, worker, admin).await {
        Ok(found) => found,
        Err(error) => return vec![broken(error.to_string())],
    };
    let mut findings = vec![well(format!("DATABASE_URL leads to Postgres {}", found.version))];
    findings.extend(hole(found.version, "ask whoever runs it"));
    findings.push(match cluster::connect(&found.urls.admin).await {
        Ok(client) => match cluster::check(&client, MIGRATIONS).await {
            Ok(()) => well(format!("its {} migrations are applied", MIGRATIONS.len())),
            Err(error) => warning(error.to_string()),
        },
        Err(error) => broken(error.to_string()),
    });
    findings
}

fn hole(version: Version, how: &str) -> Option<Finding> {
    let cure = version.patched_by()?;
    Some(warning(format!(
        "Postgres {version} can show rows of other owners (CVE-2026-120154): upgrade to {cure} ({how})"
    )))
}

fn redis(settings: &Settings) -> Finding {
    match (&settings.redis_url, &settings.database_url) {
        (Some(_), _) => well("REDIS_URL is set".into()),
        (None, Some(_)) => warning(
            "REDIS_URL is not set: codes and limits are counted by each process for itself, so run only one".into(),
        ),
        (None, None) if is_installed("redis-server") => well("redis-server is installed".into()),
        (None, None) => well("no redis-server: codes and limits are counted within the process".into()),
    }
}

/// Whether the bucket, when there is one, lets itself be read.
async fn files(settings: &Settings) -> Finding {
    let Some(bucket) = &settings.bucket else {
        return match &settings.database_url {
            Some(_) => warning("files lie in the data folder of this machine: several nodes need S3_BUCKET".into()),
            None => well("files lie in the data folder".into()),
        };
    };
    let store = match Store::in_bucket(bucket) {
        Ok(store) => store,
        Err(error) => return broken(error.to_string()),
    };
    match store.list("owners").next().await {
        None | Some(Ok(_)) => well(format!("files lie in the bucket {} at {}", bucket.bucket, store.origin())),
        Some(Err(trouble)) => broken(format!(
            "the bucket {} at {} cannot be read: {trouble}; see S3_ENDPOINT, S3_REGION and the access key",
            bucket.bucket,
            store.origin()
        )),
    }
}

async fn port(settings: &Settings) -> Option<Finding> {
    match settings.listen.bind().await {
        Ok(_) => Some(well(format!("{} is free to listen on", settings.listen))),
        Err(error) => Some(broken(error.to_string())),
    }
}

fn production(settings: &Settings) -> Vec<Finding> {
    if settings.mode == Mode::Development {
        return Vec::new();
    }
    let mut findings = Vec::new();
    if !settings.public_url.starts_with("https://") {
        let text = format!("SPACEHUB_PUBLIC_URL is {}: set it to the https address people use", settings.public_url);
        findings.push(broken(text));
    }
    if settings.secret.is_none() {
        findings.push(warning("SPACEHUB_SECRET is not set: every node needs the same one".into()));
    }
    if settings.database_url.is_none() {
        findings.push(warning("DATABASE_URL is not set: a private Postgres has no replica and no backup".into()));
    }
    findings
}

/// Variables that look like ours and are not: a typing error would otherwise do nothing, silently.
fn unknown_variables() -> Vec<Finding> {
    let ours = |name: &String| name.starts_with("SPACEHUB_") && name != "SPACEHUB_CONFIG";
    let unknown = |name: &String| KNOWN.iter().all(|known| known.env != name);
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let mut names: Vec<String> = names.filter(ours).filter(unknown).collect();
    names.sort();
    names.into_iter().map(|name| warning(format!("{name} is set, but there is no such setting"))).collect()
}

/// The folder itself or, while it is not made yet, the nearest one above it.
fn nearest(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    absolute.ancestors().find(|folder| folder.is_dir()).map_or_else(|| PathBuf::from("/"), Path::to_owned)
}

fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn well(text: String) -> Finding {
    Finding { state: State::Well, text }
}

fn warning(text: String) -> Finding {
    Finding { state: State::Warning, text }
}

fn broken(text: String) -> Finding {
    Finding { state: State::Broken, text }
}
