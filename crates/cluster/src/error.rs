//! What can stand in the way of a database, each with the sentence that says how to mend it.

use std::{io, path::PathBuf};

use crate::{MigrateError, Version};

/// Why there is no database to work with.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    #[error(
        "no Postgres {} or later was found and none could be fetched ({why}): \
         run `apt-get install postgresql`, or set DATABASE_URL",
        Version::OLDEST_MAJOR
    )]
    NoPostgres { why: String },

    #[error(
        "the Postgres at {place} is {found}, Spacehub needs {} or later: upgrade it, or set DATABASE_URL to a newer one",
        Version::OLDEST_MAJOR
    )]
    TooOld { place: String, found: Version },

    #[error(
        "{folder} was made by Postgres {data}, but only {found} is installed: \
         install Postgres {data}, or choose another folder with --data"
    )]
    OtherMajor { folder: PathBuf, data: u16, found: Version },

    #[error("no space is left on the disk of {folder}: free some, or choose another folder with --data")]
    DiskFull { folder: PathBuf },

    #[error("{path} cannot be used: {source}; give this account the right to it, or choose another folder with --data")]
    Closed { path: PathBuf, source: io::Error },

    #[error(
        "{link} points to {target}, which is gone: put it back, or remove the link to begin with an empty database"
    )]
    Gone { link: PathBuf, target: PathBuf },

    #[error("Postgres refuses to run as root and there is neither an account `postgres` nor `nobody`: create one")]
    NoAccount,

    #[error("`{program}` could not be run: {source}; install it")]
    Missing { program: String, source: io::Error },

    #[error("the folder {folder} could not be prepared for Postgres: {why}")]
    NotPrepared { folder: PathBuf, why: String },

    #[error("Postgres stopped while starting: {why}; its log is {log}")]
    NotStarted { why: String, log: PathBuf },

    #[error("Postgres was not ready within {secs} seconds; its log is {log}")]
    TooSlow { secs: u64, log: PathBuf },

    #[error("Postgres at {place} cannot be reached: {why}; check DATABASE_URL and that the server is running")]
    Unreachable { place: String, why: String },

    #[error("DATABASE_URL cannot be read: {why}; it is written postgres://user:password@host:5432/database")]
    NotAUrl { why: String },

    #[error("the certificates in {file} cannot be used: {why}; look at sslrootcert in DATABASE_URL")]
    Certificates { file: PathBuf, why: String },

    #[error(
        "the login `{login}` may not {what} ({why}): \
         give it the right, or let an administrator run `spacehub migrate` once with SPACEHUB_ADMIN_DATABASE_URL"
    )]
    Rights { login: String, what: &'static str, why: String },

    #[error("the database's encoding is {found}, Spacehub needs UTF8: create it with `encoding 'UTF8'`")]
    Encoding { found: String },

    #[error(transparent)]
    Migrate(#[from] MigrateError),

    #[error("Postgres answered: {}", crate::error::reason(.0))]
    Postgres(#[from] tokio_postgres::Error),
}

/// What a driver error says in one line, without the driver's own wrapping.
pub(crate) fn reason(error: &tokio_postgres::Error) -> String {
    if let Some(db) = error.as_db_error() {
        return db.message().to_owned();
    }
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}

/// Turns a failure to write into the sentence for it: a full disk is not a matter of rights.
pub(crate) fn closed(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> ClusterError {
    let path = path.into();
    move |source| match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ClusterError::DiskFull { folder: path },
        _ => ClusterError::Closed { path, source },
    }
}
