//! What the clock sets off for many owners is a promise for each, so that one owner's trouble is not another's.

use base::{Actor, App, Promise, Result, error::Error};
use domain::{OwnerId, PromiseId};

/// Promises the same to every owner, or to those whose bills are made on that day of the month.
pub(crate) async fn promise_to_owners<P: Promise>(app: &App, billing_day: Option<i8>, promise: &P) -> Result<()> {
    let payload = serde_json::to_value(promise).map_err(|error| Error::Internal(error.to_string()))?;
    let now = app.clock.now();
    Actor::platform(app)
        .transact(async |tx| {
            let rows = tx
                .all(
                    "select id from property_owners where $1::int is null or billing_day = $1",
                    &[&billing_day.map(i32::from)],
                )
                .await?;
            let owners: Vec<OwnerId> = rows.iter().map(|row| row.get("id")).collect();
            let ids: Vec<PromiseId> = owners.iter().map(|_| PromiseId::new()).collect();
            tx.touch(
                "insert into outbox (id, owner_id, kind, aggregate_id, payload, run_at)
                 select p.id, p.owner, $3, $4, $5, $6 from unnest($1::uuid[], $2::uuid[]) as p (id, owner)",
                &[&ids, &owners, &P::KIND, &promise.aggregate(), &payload, &now],
            )
            .await?;
            tx.promised_many();
            Ok(())
        })
        .await
}
