//! The servers Spacehub runs on: Postgres found, started, checked and migrated, and Redis where there is one.
//!
//! A private server belongs to a data folder, not to a process: whoever comes first starts it, whoever comes later joins
//! it, and a small keeper stops it when the last of them is gone – also when that one was killed (`kept.rs`).

mod account;
mod address;
mod binaries;
mod cluster;
mod error;
mod external;
mod folder;
mod kept;
mod migrate;
mod redis;
mod roles;
pub mod testing;
mod tls;
mod version;

pub use address::Address;
pub use binaries::{Binaries, Origin};
pub use cluster::Cluster;
pub use error::ClusterError;
pub use external::External;
pub use migrate::{MIGRATIONS, MigrateError, Migration, check, migrate};
pub use redis::Redis;
pub use roles::{Urls, connect};
pub use version::Version;

/// Says one line about a step that takes long, to the person who is waiting.
pub type Say<'a> = &'a (dyn Fn(&str) + Send + Sync);
