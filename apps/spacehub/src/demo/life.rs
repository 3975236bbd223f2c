//! What becomes of the demo's contracts: deposits that came in, some ended and settled, one extended, one renewed.

use std::collections::HashMap;

use base::clock::business_day;
use client::Client;
use domain::{ContractId, Month};
use jiff::{ToSpan, civil::Date};
use wire::{
    contracts::Termination,
    deposits::{NewDepositEntry, NewDepositKind},
    lifecycle::{Extension, PriceChange, Renewal, Signature},
};

use super::{
    Failure, World,
    plan::{EXTENDED, PlannedContract, RENEWED},
};

type Contracts = HashMap<ContractId, PlannedContract>;

/// Deposits as they came in: most of them whole, some by half, some not at all. Those of contracts that were there when
/// the story begins are brought along on its first day.
pub async fn deposits(director: &Client, contracts: &Contracts, first: Date, until: Date) -> Result<(), Failure> {
    for (id, plan) in in_order(contracts) {
        if plan.starts_on > until || (first < until && plan.starts_on <= first) {
            continue;
        }
        let due = director.contract(id).await?.deposit_amount;
        let amount = match plan.place % 10 {
            3 => continue,
            7 => due.share(1, 2)?,
            _ => due,
        };
        let reference = format!("ХААН 51{:08}", 17_600_000 + plan.place * 37);
        let on = Some(plan.starts_on.max(first));
        let entry = NewDepositEntry { reference, on, ..entry(NewDepositKind::Received, amount) };
        director.enter_deposit(id, &entry, &format!("demo-deposit-{}", plan.place)).await?;
    }
    Ok(())
}

/// Ends the contracts whose last day lies in that month, each settled; of every second one the deposit pays what is open.
pub async fn endings(world: &World, month: Month, contracts: &Contracts) -> Result<(), Failure> {
    let ending: Vec<_> = in_order(contracts)
        .into_iter()
        .filter_map(|(id, plan)| Some((id, plan, plan.terminated.filter(|(on, _)| month.contains(*on))?)))
        .collect();
    if ending.is_empty() {
        return Ok(());
    }
    let director = world.signed_in("director@altan.example").await?;
    for (id, plan, (on, reason)) in ending {
        let set_off_deposit = plan.place.is_multiple_of(2);
        let order = Termination { on, reason: reason.into(), set_off_deposit, version: None };
        director.terminate_contract(id, &order, &format!("demo-end-{}", plan.place)).await?;
    }
    Ok(())
}

/// Today: the deposits of those who came since `first`; one contract that ends soon is extended at a higher price, another is renewed and signed.
pub async fn goes_on(world: &World, contracts: &Contracts, first: Date) -> Result<(), Failure> {
    let director = world.signed_in("director@altan.example").await?;
    deposits(&director, contracts, first, business_day(world.now)).await?;
    for (id, plan) in in_order(contracts) {
        let Some(end) = plan.ends_on else { continue };
        let later = end.saturating_add(1.year());
        if plan.place == EXTENDED {
            let prices = Some(PriceChange { from: end.saturating_add(1.day()), increase_bp: 750 });
            let reason = "Талууд тохиролцсон".to_owned();
            director.extend_contract(id, &Extension { ends_on: Some(later), prices, reason, version: None }).await?;
        } else if plan.place == RENEWED {
            let renewal = Renewal { ends_on: Some(later), increase_bp: 1_000, ..Renewal::default() };
            let draft = director.renew_contract(id, &renewal, "demo-renewal").await?;
            director.sign_contract(draft.id, &Signature::default()).await?;
        }
    }
    Ok(())
}

fn entry(kind: NewDepositKind, amount: domain::Money) -> NewDepositEntry {
    let (reference, reason) = Default::default();
    NewDepositEntry { kind, on: None, amount: Some(amount), months: None, reference, reason, corrects_id: None }
}

/// By their places, so that every demo is the same.
fn in_order(contracts: &Contracts) -> Vec<(ContractId, &PlannedContract)> {
    let mut ordered: Vec<_> = contracts.iter().map(|(id, plan)| (*id, plan)).collect();
    ordered.sort_by_key(|(_, plan)| plan.place);
    ordered
}
