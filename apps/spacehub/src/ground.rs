//! What everything stands on: a Postgres of the right shape, a Redis or none, the data folder and its key.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use base::secrets::{ServerKey, token};
use cluster::{Cluster, External, MIGRATIONS, Redis, Say, Urls, Version};

use crate::{
    problem::Problem,
    settings::{Secret, Settings},
};

/// The ground, held for as long as the command runs; private servers stop when the last command has let go.
#[derive(Debug)]
pub struct Ground {
    pub urls: Urls,
    pub version: Version,
    /// None: counters and news stay within this process.
    pub redis_url: Option<String>,
    pub data: PathBuf,
    pub key: ServerKey,
    cluster: Option<Cluster>,
    redis: Option<Redis>,
}

/// What to do about migrations that the database lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Apply them.
    Migrate,
    /// Refuse to start: somebody else migrates, before the nodes of a new version start.
    Check,
}

impl Ground {
    /// Finds or starts what is needed and brings the database into shape.
    pub async fn open(settings: &Settings, shape: Shape, say: Say<'_>) -> Result<Ground, Problem> {
        let data = make_data_folder(&settings.data)?;
        let key = server_key(settings.secret.as_ref(), &data)?;
        let (urls, version, cluster) = match &settings.database_url {
            Some(url) => {
                let reveal = |secret: &'_ Option<Secret>| secret.as_ref().map(|secret| secret.reveal().to_owned());
                let (worker, admin) = (reveal(&settings.worker_database_url), reveal(&settings.admin_database_url));
                let external = External::open(url.reveal(), worker.as_deref(), admin.as_deref()).await?;
                (external.urls, external.version, None)
            }
            None => {
                let cluster = Cluster::start(&data, say).await?;
                (cluster.urls().clone(), cluster.version(), Some(cluster))
            }
        };
        if let Some(cure) = version.patched_by() {
            say(&format!("Postgres {version} can show rows of other owners (CVE-2026-120154): upgrade it to {cure}"));
        }
        into_shape(&urls, shape, say).await?;
        let redis = match (&settings.redis_url, &cluster) {
            // Beside a private Postgres a private Redis, so that all of a folder's processes share it.
            (None, Some(_)) => Redis::start(&data, say).await?,
            _ => None,
        };
        let given = settings.redis_url.as_ref().map(|url| url.reveal().to_owned());
        let redis_url = given.or_else(|| redis.as_ref().map(|redis| redis.url().to_owned()));
        Ok(Ground { urls, version, redis_url, data, key, cluster, redis })
    }

    /// Lets go; waits for the private servers to stop when nobody else uses them.
    pub async fn close(self) {
        if let Some(redis) = self.redis {
            redis.stop().await;
        }
        if let Some(cluster) = self.cluster {
            cluster.stop().await;
        }
    }
}

async fn into_shape(urls: &Urls, shape: Shape, say: Say<'_>) -> Result<(), Problem> {
    let mut client = cluster::connect(&urls.admin).await?;
    match shape {
        Shape::Check => cluster::check(&client, MIGRATIONS).await?,
        Shape::Migrate => {
            let applied = cluster::migrate(&mut client, MIGRATIONS, say).await?;
            if let (Some(first), Some(last)) = (applied.first(), applied.last()) {
                say(&format!("applied {} migrations, {} to {}", applied.len(), first.number, last.number));
            }
        }
    }
    Ok(())
}

fn make_data_folder(path: &Path) -> Result<PathBuf, Problem> {
    let why = |error: std::io::Error| {
        Problem::new(format!("the data folder {} cannot be used: {error}; choose another with --data", path.display()))
    };
    fs::DirBuilder::new().recursive(true).create(path).map_err(why)?;
    path.canonicalize().map_err(why)
}

/// The key from the settings, else the one in the data folder, made when there is none yet.
fn server_key(given: Option<&Secret>, data: &Path) -> Result<ServerKey, Problem> {
    let too_short = || Problem::new("the server's secret is shorter than 32 characters");
    if let Some(secret) = given {
        return ServerKey::new(secret.reveal()).ok_or_else(too_short);
    }
    let file = data.join("secret.key");
    let why = |error: std::io::Error| Problem::new(format!("{} cannot be used: {error}", file.display()));
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&file) {
        Ok(mut fresh) => fresh.write_all(token(48).as_bytes()).and_then(|()| fresh.sync_all()).map_err(why)?,
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(why(error)),
    }
    let secret = fs::read_to_string(&file).map_err(why)?;
    let sentence =
        format!("{} is cut short: put it back from a backup, or remove it to sign everybody out", file.display());
    ServerKey::new(secret.trim()).ok_or_else(|| Problem::new(sentence))
}
