//! Every morning: contracts whose end has gone by get their days of grace and then expire, and tenants hear five days
//! ahead that theirs ends.
//!
//! What is due is decided anew for each contract under its lock, so that a second node, or a second look on the same
//! day, finds nothing to do; after a stand-still everything that fell due is done at once.

use base::{
    App, Job, Outcome, Promise, Result, Tx, Works,
    cron::{self, Cron, Schedule},
    params,
};
use domain::{
    ContractId, PromiseId,
    contract::{ContractStatus, What, last_day_of_grace},
};
use jiff::{Timestamp, ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    queries,
    spans::{Held, Span},
    step::{self, Standing, Taken},
};
use crate::news::ContractEnding;

/// So many days ahead the tenant is told.
pub const DAYS_AHEAD: i64 = 5;

/// Looks at an owner's contracts whose end has come or is near.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct LookAtEnds {}

impl Promise for LookAtEnds {
    const KIND: &'static str = "contract.expiry";
}

impl Job for LookAtEnds {
    async fn run(&self, at: &Works) -> Outcome {
        for contract in at.actor.transact(async |tx| past_their_end(tx).await).await? {
            at.actor.transact(async |tx| pass_end(tx, contract).await).await?;
        }
        at.actor.transact(async |tx| tell_of_ends(tx).await).await?;
        Ok(())
    }
}

pub(super) fn cron() -> Cron {
    Cron::new("contract.expiry", Schedule::Daily(10, 0), promise_to_owners)
}

async fn promise_to_owners(app: App, _slot: Timestamp) -> Result<()> {
    cron::promise_to_owners(&app, None, &LookAtEnds {}).await
}

/// Contracts in force whose agreed end has gone by, the longest ago first.
async fn past_their_end(tx: &Tx) -> Result<Vec<ContractId>> {
    let rows = tx
        .all(
            "select id from contracts
              where owner_id = (select app_owner_id()) and status in ('active', 'grace_period') and ends_on < $1
              order by ends_on, id",
            &[&tx.clock().today()],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get("id")).collect())
}

/// Does what is due on a contract today; nothing, when somebody has done it or has extended it meanwhile.
async fn pass_end(tx: &Tx, id: ContractId) -> Result<()> {
    let contract = step::lock(tx, id, None).await?;
    let Some(end) = contract.ends_on else { return Ok(()) };
    let today = tx.clock().today();
    match contract.status.after_its_end(contract.ends_on, contract.grace_days, today) {
        Some(ContractStatus::GracePeriod) => begin_grace(tx, &contract, end).await,
        Some(next) => {
            let to = step::go(tx, &contract, next).await?;
            let effective_on = last_day_of_grace(end, contract.grace_days).saturating_add(1.day());
            let taken = Taken { action: "contract.expire", what: What::Expired, to, effective_on, reason: None };
            step::note(tx, &contract, taken).await.map(drop)
        }
        None => Ok(()),
    }
}

/// In its days of grace a contract keeps its rooms, as far as nobody else has taken them.
async fn begin_grace(tx: &Tx, contract: &Standing, end: Date) -> Result<()> {
    let to = step::go(tx, contract, ContractStatus::GracePeriod).await?;
    let last = last_day_of_grace(end, contract.grace_days);
    let held = queries::held(tx, contract.id).await?;
    let mut kept: Vec<Held> = Vec::new();
    for room in held.iter().filter(|room| room.span.is_some_and(|span| span.to == Some(end))) {
        let taken = tx
            .maybe(
                "select lower(during) as from_day from contract_rooms
                  where owner_id = (select app_owner_id()) and room_id = $1
                    and during && daterange($2::date + 1, $3::date, '[]')
                  order by during limit 1",
                &[&room.room, &end, &last],
            )
            .await?;
        let to = taken.map_or(last, |row| row.get::<_, Date>("from_day").saturating_sub(1.day()));
        kept.push(Held { span: room.span.map(|span| Span { to: Some(to.max(end)), ..span }), ..*room });
    }
    queries::move_rooms(tx, contract.id, &kept).await?;
    let effective_on = end.saturating_add(1.day());
    let taken = Taken { action: "contract.grace", what: What::GraceBegun, to, effective_on, reason: None };
    step::note(tx, contract, taken).await.map(drop)
}

/// Promises the news of every end within the next days that its tenant was not told of: once for each end, however many
/// look at the same time.
async fn tell_of_ends(tx: &Tx) -> Result<()> {
    let today = tx.clock().today();
    let rows = tx
        .all(
            "update contracts set told_of_end = ends_on
              where owner_id = (select app_owner_id()) and status = 'active'
                and ends_on between $1 and $2 and told_of_end is distinct from ends_on
             returning id, ends_on",
            &[&today, &today.saturating_add(DAYS_AHEAD.days())],
        )
        .await?;
    if rows.is_empty() {
        return Ok(());
    }
    let news: Vec<ContractEnding> =
        rows.iter().map(|row| ContractEnding { contract: row.get("id"), ends_on: row.get("ends_on") }).collect();
    let ids: Vec<PromiseId> = news.iter().map(|_| PromiseId::new()).collect();
    let contracts: Vec<ContractId> = news.iter().map(|one| one.contract).collect();
    let payloads: Vec<serde_json::Value> = news.iter().map(|one| json!(one)).collect();
    tx.later(
        "insert into outbox (id, kind, aggregate_id, payload, run_at)
         select p.id, $4, p.contract, p.payload, $5
           from unnest($1::uuid[], $2::uuid[], $3::jsonb[]) as p (id, contract, payload)",
        params![ids, contracts, payloads, ContractEnding::KIND, tx.clock().now()],
    )
    .await?;
    tx.promised_many();
    tx.audit("contract.tell_of_end", None, &json!({ "count": news.len() })).await
}
