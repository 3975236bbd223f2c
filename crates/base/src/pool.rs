//! Connections to Postgres. Nothing outside this crate can take one: the way in is [`crate::Actor::transact`].

use std::{fmt, sync::Arc, time::Duration};

use cluster::Address;
use deadpool_postgres::{Manager, ManagerConfig, Object, RecyclingMethod, Runtime, Timeouts};

use crate::{
    error::{Error, Result},
    tx::KnownTypes,
};

/// A pool of connections under one role.
#[derive(Clone)]
pub struct Pool {
    connections: deadpool_postgres::Pool,
    address: Arc<Address>,
    /// There behind a pooler that knows no names of statements.
    known_types: Option<KnownTypes>,
}

impl Pool {
    /// `size` connections at most, made when they are first needed; waiting for one takes at most two seconds.
    pub fn new(url: &str, size: usize) -> Result<Pool> {
        Pool::of(url, size, None)
    }

    /// The same behind a pooler in transaction mode, where statements can't be kept under names (PgBouncer before 1.21).
    pub fn behind_a_pooler(url: &str, size: usize) -> Result<Pool> {
        Pool::of(url, size, Some(KnownTypes::default()))
    }

    fn of(url: &str, size: usize, known_types: Option<KnownTypes>) -> Result<Pool> {
        let address = Address::parse(url).map_err(|error| Error::Internal(error.to_string()))?;
        // Sound without a check at hand-out: a connection that was not seen idle never comes back (see `Tx`).
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let manager = Manager::from_config(address.config.clone(), address.tls.clone(), recycling);
        let patience = Some(Duration::from_secs(2));
        let timeouts = Timeouts { wait: patience, create: Some(Duration::from_secs(5)), recycle: patience };
        deadpool_postgres::Pool::builder(manager)
            .max_size(size)
            .runtime(Runtime::Tokio1)
            .timeouts(timeouts)
            .build()
            .map(|connections| Pool { connections, address: Arc::new(address), known_types })
            .map_err(|error| Error::Internal(error.to_string()))
    }

    pub(crate) async fn connection(&self) -> Result<Object> {
        Ok(self.connections.get().await?)
    }

    pub(crate) fn known_types(&self) -> Option<&KnownTypes> {
        self.known_types.as_ref()
    }

    /// Where the connections lead, for one that is not shared.
    pub(crate) fn address(&self) -> &Address {
        &self.address
    }

    /// Whether Postgres answers at all; used by the health doors.
    pub async fn is_up(&self) -> bool {
        match self.connection().await {
            Ok(connection) => tokio::time::timeout(Duration::from_secs(2), connection.simple_query(""))
                .await
                .is_ok_and(|answer| answer.is_ok()),
            Err(_) => false,
        }
    }

    /// Closes every connection; used when the process stops.
    pub fn close(&self) {
        self.connections.close();
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pool").field(&self.connections.status()).finish()
    }
}
