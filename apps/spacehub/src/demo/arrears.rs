//! What the demo does about what is overdue: a clause, a charged and a waived penalty, a promise.

use client::Client;
use domain::{Money, penalty::CountsFrom};
use jiff::{ToSpan, civil::Date};
use wire::{
    arrears::NewPromiseToPay,
    penalties::{PenaltyFilter, PenaltyOrder, PenaltyTerms, PenaltyWaiver},
    receivables::{ReceivableFilter, ReceivableRow},
};

use super::{Failure, World};

/// The largest debtors as they stand now: the first is charged, the second let off, the third has promised.
pub async fn pursued(world: &World, today: Date) -> Result<(), Failure> {
    let accountant = world.signed_in("accountant@altan.example").await?;
    let filter = ReceivableFilter { limit: Some(50), ..ReceivableFilter::default() };
    let rows = accountant.receivables(&filter).await?.items;
    let late: Vec<&ReceivableRow> =
        rows.iter().filter(|row| row.oldest_due_on.is_some_and(|day| day < today)).collect();
    for (place, row) in late.iter().take(6).enumerate() {
        let Some(contract) = row.contract_id else { continue };
        let clause = "5.3. Хоцорсон хоног тутамд төлөөгүй дүнгийн 0.1 хувь".to_owned();
        let terms = PenaltyTerms { rate_bp: Some(10), grace_days: 3, counts_from: CountsFrom::Due, clause };
        // A contract that has ended keeps the clause it had.
        accountant.set_penalty_terms(contract, &terms).await.ok();
        match place {
            0 => decide(&accountant, row, None).await?,
            1 => decide(&accountant, row, Some("Засварын үеэр ашиглаж чадаагүй тул")).await?,
            2 => {
                let promise = NewPromiseToPay {
                    contract_id: contract,
                    amount: Money::from_mungo(row.total.mungo().max(200) / 200 * 100),
                    due_on: today.saturating_add(8.days()),
                    note: "Утсаар ярьсан, орлого ормогц шилжүүлнэ".into(),
                };
                accountant.promise_to_pay(&promise, &format!("demo-promise-{contract}")).await?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Charges what is computed of a contract's late bills, or waives it.
async fn decide(accountant: &Client, row: &ReceivableRow, waived_because: Option<&str>) -> Result<(), Failure> {
    let filter = PenaltyFilter { contract_id: row.contract_id, ..PenaltyFilter::default() };
    let found = accountant.penalties(&filter).await?.items;
    let invoice_ids: Vec<_> = found.iter().filter(|one| one.left.is_positive()).map(|one| one.invoice_id).collect();
    if invoice_ids.is_empty() {
        return Ok(());
    }
    let key = format!("demo-penalty-{}", row.tenant_id);
    match waived_because {
        Some(reason) => {
            let waiver = PenaltyWaiver { as_of: None, invoice_ids, amount: None, reason: reason.into() };
            accountant.waive_penalties(&waiver, &key).await?;
        }
        None => {
            accountant.charge_penalties(&PenaltyOrder { as_of: None, invoice_ids }, &key).await?;
        }
    }
    Ok(())
}
