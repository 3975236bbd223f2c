//! How a statement is known to the server: by a name, kept with the connection, or by its text and the types of its values.
//!
//! A pooler in transaction mode gives every transaction whatever connection is free, so a name that was given on one is
//! unknown on the next, or means something else there (PgBouncer follows names from 1.21 on). Behind such a pooler a
//! statement travels whole each time; only the types of its values are remembered, for they do not change.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use deadpool_postgres::Object;
use tokio_postgres::{
    Error, Row,
    types::{ToSql, Type},
};

/// Of a statement's values, in their order.
type Types = Arc<[Type]>;

/// A statement that can be sent.
#[derive(Clone)]
pub(super) enum Statement {
    Named(tokio_postgres::Statement),
    Whole { sql: Arc<str>, types: Types },
}

/// The types of the values of every statement that was sent whole.
#[derive(Clone, Default)]
pub(crate) struct KnownTypes(Arc<Mutex<HashMap<Arc<str>, Types>>>);

impl Statement {
    /// Made known to the server, or found; `types` are there when it is to travel whole. Inside a transaction only.
    pub(super) async fn prepare(
        connection: &Object,
        sql: &str,
        known: Option<&KnownTypes>,
    ) -> Result<Statement, Error> {
        let Some(known) = known else { return connection.prepare_cached(sql).await.map(Statement::Named) };
        if let Some(statement) = known.find(sql) {
            return Ok(statement);
        }
        // Its name is gone again with the value, before anything else is sent on this connection.
        let types = connection.prepare(sql).await?.params().into();
        Ok(known.keep(sql, types))
    }

    pub(super) async fn query(&self, connection: &Object, values: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, Error> {
        match self {
            Statement::Named(statement) => connection.query(statement, values).await,
            Statement::Whole { sql, types } => connection.query_typed(sql, &typed(values, types)).await,
        }
    }

    pub(super) async fn execute(&self, connection: &Object, values: &[&(dyn ToSql + Sync)]) -> Result<u64, Error> {
        match self {
            Statement::Named(statement) => connection.execute(statement, values).await,
            Statement::Whole { sql, types } => connection.execute_typed(sql, &typed(values, types)).await,
        }
    }
}

impl KnownTypes {
    fn find(&self, sql: &str) -> Option<Statement> {
        if !sql.contains('$') {
            return Some(Statement::Whole { sql: sql.into(), types: [].into() });
        }
        let known = self.0.lock().expect("no panic while held");
        known.get_key_value(sql).map(|(sql, types)| Statement::Whole { sql: sql.clone(), types: types.clone() })
    }

    fn keep(&self, sql: &str, types: Types) -> Statement {
        let sql: Arc<str> = sql.into();
        self.0.lock().expect("no panic while held").insert(sql.clone(), types.clone());
        Statement::Whole { sql, types }
    }
}

fn typed<'v>(values: &[&'v (dyn ToSql + Sync)], types: &[Type]) -> Vec<(&'v (dyn ToSql + Sync), Type)> {
    values.iter().copied().zip(types.iter().cloned()).collect()
}
