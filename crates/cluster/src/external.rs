//! A Postgres that somebody else runs, given by `DATABASE_URL`: looked at, and given our roles as far as rights allow.
//!
//! The simplest DATABASE_URL names a login that may do everything; requests and jobs then put on `spacehub_app` and
//! `spacehub_worker` as their session begins. Where that is too much trust, DATABASE_URL names the login `spacehub_app`
//! itself, and two more name those of the workers and of whoever migrates.

use std::time::Duration;

use tokio_postgres::{Client, Config, config::Host};

use crate::{
    Address, ClusterError, Urls, Version,
    error::reason,
    roles::{APP, WORKER, connect, ensure_grants, ensure_roles},
};

/// How long a server may take to answer before it counts as unreachable.
const ANSWER: Duration = Duration::from_secs(10);

/// A database that somebody else runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct External {
    pub urls: Urls,
    pub version: Version,
}

impl External {
    /// Looks at the database and makes sure that the roles are there.
    ///
    /// `worker_url` and `admin_url` are for those who give the workers and the migrations logins of their own.
    pub async fn open(url: &str, worker_url: Option<&str>, admin_url: Option<&str>) -> Result<External, ClusterError> {
        let external = External::look(url, worker_url, admin_url).await?;
        let client = connect(&external.urls.admin).await?;
        let login: String = client.query_one("select session_user::text", &[]).await?.get(0);
        if login != APP && login != WORKER {
            ensure_roles(&client).await?;
            grant(&client).await?;
        }
        Ok(external)
    }

    /// Looks at the database and changes nothing.
    pub async fn look(url: &str, worker_url: Option<&str>, admin_url: Option<&str>) -> Result<External, ClusterError> {
        let admin = admin_url.unwrap_or(url);
        let version = version_of(admin).await?;
        let urls = Urls {
            admin: admin.to_owned(),
            app: as_role(url, APP, "-c statement_timeout=5s -c idle_in_transaction_session_timeout=15s")?,
            worker: match worker_url {
                Some(own) => own.to_owned(),
                None => as_role(url, WORKER, "-c statement_timeout=60s -c idle_in_transaction_session_timeout=60s")?,
            },
        };
        Ok(External { urls, version })
    }
}

async fn version_of(url: &str) -> Result<Version, ClusterError> {
    let address = Address::parse(url)?;
    let config = &address.config;
    let unreachable = |why: String| ClusterError::Unreachable { place: place(config), why };
    let client = tokio::time::timeout(ANSWER, address.connect())
        .await
        .map_err(|_| unreachable(format!("no answer within {} seconds", ANSWER.as_secs())))?
        .map_err(|error| unreachable(reason(&error)))?;
    let row = client
        .query_one("select current_setting('server_version_num')::int, current_setting('server_encoding')", &[])
        .await?;
    let version = Version::from_number(row.get(0));
    if !version.will_do() {
        return Err(ClusterError::TooOld { place: place(config), found: version });
    }
    let encoding: String = row.get(1);
    if encoding != "UTF8" {
        return Err(ClusterError::Encoding { found: encoding });
    }
    Ok(version)
}

/// Gives the roles their rights; a login that may not is fine where they have them already.
async fn grant(client: &Client) -> Result<(), ClusterError> {
    let Err(error) = ensure_grants(client).await else { return Ok(()) };
    let row = client
        .query_one(
            "
            select has_database_privilege('spacehub_owner', current_database(), 'create')
               and has_schema_privilege('spacehub_owner', 'public', 'usage, create')
               and has_schema_privilege('spacehub_app', 'public', 'usage')
               and has_schema_privilege('spacehub_worker', 'public', 'usage')",
            &[],
        )
        .await?;
    if row.get(0) { Ok(()) } else { Err(error) }
}

/// The same URL, with sessions that begin as `role` and obey its limits; unchanged when `role` itself signs in.
fn as_role(url: &str, role: &str, limits: &str) -> Result<String, ClusterError> {
    let config = Address::parse(url)?.config;
    if config.get_user().is_some_and(|user| user == APP || user == WORKER) {
        return Ok(url.to_owned());
    }
    let given = config.get_options().map(|options| format!("{options} ")).unwrap_or_default();
    let options = format!("{given}-c role={role} {limits}");
    if !url.contains("://") {
        return Ok(format!("{url} options='{}'", options.replace('\\', r"\\").replace('\'', r"\'")));
    }
    let joint = if url.contains('?') { '&' } else { '?' };
    Ok(format!("{url}{joint}options={}", super::cluster::percent_encoded(options.as_ref())))
}

/// Where the database is, without the password.
fn place(config: &Config) -> String {
    let host = match config.get_hosts().first() {
        Some(Host::Tcp(name)) => name.clone(),
        Some(Host::Unix(path)) => path.display().to_string(),
        None => config.get_hostaddrs().first().map_or_else(|| "localhost".into(), |address| address.to_string()),
    };
    let port = config.get_ports().first().unwrap_or(&5432);
    match config.get_dbname() {
        Some(database) => format!("{host}:{port}/{database}"),
        None => format!("{host}:{port}"),
    }
}

#[cfg(test)]
mod tests;
