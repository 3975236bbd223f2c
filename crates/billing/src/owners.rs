//! The owners that clockwork goes through, one transaction each.

use base::{Actor, App, Result};
use domain::OwnerId;

/// Every owner; whatever is then done for one is done as that owner.
pub async fn all(app: &App) -> Result<Vec<OwnerId>> {
    Actor::platform(app)
        .transact(async |tx| {
            let rows = tx.last().all("select id from property_owners order by id", &[]).await?;
            Ok(rows.iter().map(|row| row.get("id")).collect())
        })
        .await
}
