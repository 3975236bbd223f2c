//! How a contract ends before its time.

use base::{Checks, Error, Result, Tx};
use domain::{ContractId, contract::ContractStatus, rights::Action, text::tidy};
use wire::contracts::{ContractView, Termination};

use super::{check_day, queries, spans::Held, step};

/// Ends a contract before its time: its rooms are free from the day after. A dropped draft frees them altogether.
pub async fn terminate(tx: &Tx, id: ContractId, order: &Termination) -> Result<ContractView> {
    tx.allow(Action::TerminateContracts)?;
    let before = queries::lock(tx, id).await?.ok_or(Error::NotFound("contract"))?;
    let status = before.status.transition_to(ContractStatus::Terminated)?;
    let reason = tidy(&order.reason);
    let has_begun = before.status.is_in_force() && before.starts_on <= tx.clock().today();
    let mut checks = Checks::new();
    checks.name("reason", &reason, 500);
    check_day(&mut checks, "on", order.on);
    checks.that(!has_begun || order.on >= before.starts_on, "on", "end-before-start");
    checks.that(before.ends_on.is_none_or(|end| order.on <= end), "on", "after-end");
    checks.done()?;
    let held = queries::held(tx, id).await?;
    let cut = |room: &Held| if before.status.is_in_force() { room.cut(order.on) } else { room.dropped() };
    queries::move_rooms(tx, id, &held.iter().map(cut).collect::<Vec<_>>()).await?;
    queries::terminate(tx, id, status, order.on, &reason).await?;
    step::note(tx, "contract.terminate", &before, status, Some(reason)).await?;
    queries::whole(tx, id).await
}
