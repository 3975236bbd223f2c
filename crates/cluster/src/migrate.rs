//! Brings a database to the shape this binary knows: every migration once, in order, none of them changed since.

use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio_postgres::{Client, Transaction, error::SqlState};

use crate::{Say, error::reason};

include!(concat!(env!("OUT_DIR"), "/migrations.rs.in"));

/// One file of `migrations/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Migration {
    pub number: i32,
    pub name: &'static str,
    pub sql: &'static str,
}

/// Why the database cannot be brought to the shape this binary knows.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    #[error(
        "the database was migrated by a newer Spacehub (migration {number} {name}): \
         start that version, or restore a backup from before"
    )]
    Newer { number: i32, name: String },

    #[error(
        "migration {number} {name} is not the one the database was made with: \
         put the file back as it was and write the change as a new migration"
    )]
    Changed { number: i32, name: String },

    #[error("migration {number} {name} comes before {last}, which the database has already: give it a higher number")]
    OutOfOrder { number: i32, name: &'static str, last: i32 },

    #[error("the database lacks migration {number} {name}: run `spacehub migrate`")]
    Pending { number: i32, name: &'static str },

    #[error(
        "migration {number} {name} could not get its locks in {tries} tries: end the long transactions and run it again"
    )]
    Locked { number: i32, name: &'static str, tries: u32 },

    #[error(
        "no space is left on the database's disk: free some and start again; migration {number} {name} left nothing"
    )]
    DiskFull { number: i32, name: &'static str },

    #[error("migration {number} {name} failed: {}{}", reason(.source), at_line(.source, .sql))]
    Failed { number: i32, name: &'static str, sql: &'static str, source: tokio_postgres::Error },

    #[error("Postgres answered while migrating: {}", reason(.0))]
    Postgres(#[from] tokio_postgres::Error),
}

/// One lock for all nodes, so that each migration is applied by one of them; an arbitrary number.
const LOCK: i64 = 0x5370_6163_6568_7562;
/// Longer than this no migration may wait for a lock, because everybody else waits behind it.
const LOCK_TIMEOUT: &str = "2s";
const TRIES: u32 = 15;

/// Applies what is missing and gives back what it applied; two nodes at once do it once.
pub async fn migrate(
    client: &mut Client,
    migrations: &[Migration],
    say: Say<'_>,
) -> Result<Vec<Migration>, MigrateError> {
    let tx = locked(client).await?;
    tx.batch_execute(include_str!("migrate.sql")).await?;
    tx.commit().await?;

    let mut applied = Vec::new();
    for migration in migrations {
        if apply_with_patience(client, migrations, migration, say).await? {
            applied.push(*migration);
        }
    }
    compare(&recorded(client).await?, migrations)?;
    Ok(applied)
}

/// Refuses a database that is not exactly of the shape this binary knows; for processes that do not migrate.
pub async fn check(client: &Client, migrations: &[Migration]) -> Result<(), MigrateError> {
    let there: bool = client.query_one("select to_regclass('schema_migrations') is not null", &[]).await?.get(0);
    let recorded = if there { recorded(client).await? } else { Vec::new() };
    compare(&recorded, migrations)?;
    match migrations.get(recorded.len()) {
        Some(next) => Err(MigrateError::Pending { number: next.number, name: next.name }),
        None => Ok(()),
    }
}

async fn apply_with_patience(
    client: &mut Client,
    migrations: &[Migration],
    migration: &Migration,
    say: Say<'_>,
) -> Result<bool, MigrateError> {
    let &Migration { number, name, sql } = migration;
    for attempt in 1..=TRIES {
        let tx = locked(client).await?;
        let recorded = recorded(&tx).await?;
        compare(&recorded, migrations)?;
        if recorded.iter().any(|row| row.number == number) {
            return Ok(false);
        }
        match apply(tx, migration).await {
            Ok(()) => return Ok(true),
            Err(error) if error.code() == Some(&SqlState::LOCK_NOT_AVAILABLE) => {
                if attempt == 1 {
                    say(&format!("migration {number} {name} waits for others to let go of their locks"));
                }
                tokio::time::sleep(Duration::from_millis(200 * u64::from(attempt))).await;
            }
            Err(error) if error.code() == Some(&SqlState::DISK_FULL) => {
                return Err(MigrateError::DiskFull { number, name });
            }
            Err(source) => return Err(MigrateError::Failed { number, name, sql, source }),
        }
    }
    Err(MigrateError::Locked { number, name, tries: TRIES })
}

async fn apply(tx: Transaction<'_>, migration: &Migration) -> Result<(), tokio_postgres::Error> {
    tx.batch_execute(&format!("set local lock_timeout = '{LOCK_TIMEOUT}'; set local role spacehub_owner")).await?;
    tx.batch_execute(migration.sql).await?;
    tx.execute(
        "insert into schema_migrations (number, name, sha256) values ($1, $2, $3)",
        &[&migration.number, &migration.name, &migration.sha256()],
    )
    .await?;
    tx.commit().await
}

/// A transaction that holds the migrators' lock. A transaction lock, so that it also works through a pooler.
async fn locked(client: &mut Client) -> Result<Transaction<'_>, tokio_postgres::Error> {
    let tx = client.transaction().await?;
    tx.batch_execute("set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0").await?;
    tx.execute("select pg_advisory_xact_lock($1)", &[&LOCK]).await?;
    Ok(tx)
}

struct Recorded {
    number: i32,
    name: String,
    sha256: Vec<u8>,
}

async fn recorded(client: &impl tokio_postgres::GenericClient) -> Result<Vec<Recorded>, tokio_postgres::Error> {
    let rows = client.query("select number, name, sha256 from schema_migrations order by number", &[]).await?;
    Ok(rows.iter().map(|row| Recorded { number: row.get(0), name: row.get(1), sha256: row.get(2) }).collect())
}

/// What is recorded must be the beginning of what we know, byte for byte.
fn compare(recorded: &[Recorded], migrations: &[Migration]) -> Result<(), MigrateError> {
    let last = recorded.last().map_or(0, |row| row.number);
    for row in recorded {
        match migrations.iter().find(|known| known.number == row.number) {
            None => return Err(MigrateError::Newer { number: row.number, name: row.name.clone() }),
            Some(known) if known.sha256() != row.sha256 => {
                return Err(MigrateError::Changed { number: row.number, name: row.name.clone() });
            }
            Some(_) => {}
        }
    }
    let skipped = migrations
        .iter()
        .filter(|known| known.number < last)
        .find(|known| recorded.iter().all(|row| row.number != known.number));
    match skipped {
        Some(&Migration { number, name, .. }) => Err(MigrateError::OutOfOrder { number, name, last }),
        None => Ok(()),
    }
}

impl Migration {
    pub(crate) fn sha256(&self) -> Vec<u8> {
        Sha256::digest(self.sql).to_vec()
    }
}

/// Where in the file Postgres stumbled, when it says.
fn at_line(error: &tokio_postgres::Error, sql: &str) -> String {
    use tokio_postgres::error::ErrorPosition::Original;
    match error.as_db_error().and_then(|db| db.position()) {
        Some(Original(position)) => {
            let before = sql.chars().take(usize::try_from(*position).unwrap_or(0).saturating_sub(1));
            format!(" (line {})", before.filter(|&c| c == '\n').count() + 1)
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests;
