//! The roles of the database, and the connection strings that lead to them.

use tokio_postgres::{Client, error::SqlState};

use crate::{Address, ClusterError, error::reason};

/// Who makes the tables; it cannot sign in.
pub(crate) const OWNER: &str = "spacehub_owner";
/// Whom requests run as.
pub(crate) const APP: &str = "spacehub_app";
/// Whom the workers run as.
pub(crate) const WORKER: &str = "spacehub_worker";

/// The database of a private server.
pub(crate) const DATABASE: &str = "spacehub";

/// One database, as seen by those who work with it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Urls {
    /// For migrations, `owner create` and `doctor`: may put on every role.
    pub admin: String,
    /// For requests, as `spacehub_app`.
    pub app: String,
    /// For jobs and imports, as `spacehub_worker`.
    pub worker: String,
}

/// Connects to `url`; the connection lives as long as the client.
pub async fn connect(url: &str) -> Result<Client, ClusterError> {
    Ok(Address::parse(url)?.connect().await?)
}

/// Makes the roles, or mends them; may be repeated.
pub(crate) async fn ensure_roles(admin: &Client) -> Result<(), ClusterError> {
    match admin.batch_execute(include_str!("roles.sql")).await {
        Err(error) if error.code() == Some(&SqlState::INSUFFICIENT_PRIVILEGE) => {
            Err(no_right(admin, "create the roles spacehub_owner, _auth, _app and _worker", &error).await)
        }
        answer => Ok(answer?),
    }
}

/// Gives the roles their rights in the database `admin` is connected to; may be repeated.
pub(crate) async fn ensure_grants(admin: &Client) -> Result<(), ClusterError> {
    match admin.batch_execute(include_str!("grants.sql")).await {
        Err(error) if error.code() == Some(&SqlState::INSUFFICIENT_PRIVILEGE) => {
            Err(no_right(admin, "give rights in this database", &error).await)
        }
        answer => Ok(answer?),
    }
}

async fn no_right(admin: &Client, what: &'static str, error: &tokio_postgres::Error) -> ClusterError {
    let login = admin.query_one("select session_user::text", &[]).await.map(|row| row.get(0));
    ClusterError::Rights { login: login.unwrap_or_default(), what, why: reason(error) }
}
