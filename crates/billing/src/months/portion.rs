//! Some of a month's contracts as a run bills them, read in a fixed number of questions.

use std::collections::HashMap;

use base::{Error, Result, Tx, params};
use domain::{
    ContractId, InvoiceId, Money, Month,
    month_run::{Candidate, MonthRun, ParkReason, Planned},
};
use jiff::civil::Date;
use leasing::contracts::{ContractFacts, Due, terms_of};

/// What holds for every contract of a run.
pub(super) struct Ground {
    pub month: Month,
    pub issue_on: Date,
    pub vat_payer: bool,
    /// How far the total may move from last month's, in basis points.
    pub bound_bp: u32,
    pub receipt_on_payment: bool,
}

impl Ground {
    pub async fn of(tx: &Tx, month: Month, issue_on: Date) -> Result<Ground> {
        let owner = tx
            .maybe(
                "select vat_payer, run_bound_bp, receipt_moment = 'on_payment' as receipt_on_payment
                   from property_owners where id = (select app_owner_id())",
                &[],
            )
            .await?;
        // A platform admin who chose no owner has no month.
        let owner = owner.ok_or(Error::Forbidden)?;
        let bound: i32 = owner.get("run_bound_bp");
        Ok(Ground {
            month,
            issue_on,
            vat_payer: owner.get("vat_payer"),
            bound_bp: u32::try_from(bound).expect("the table keeps the bound positive"),
            receipt_on_payment: owner.get("receipt_on_payment"),
        })
    }
}

/// Contracts in the order of their codes, so that numbers follow them.
pub(super) struct Portion(pub Vec<Looked>);

/// A contract that was looked at.
pub(super) struct Looked {
    pub facts: ContractFacts,
    /// The month's bill, when it is there already, and what it comes to.
    pub billed: Option<(InvoiceId, Money)>,
    /// Last month's bill; zero when there was none.
    pub last: Money,
    pub plan: Result<Planned, ParkReason>,
}

impl Portion {
    pub async fn of(tx: &Tx, ground: &Ground, due: &[Due]) -> Result<Portion> {
        let ids: Vec<ContractId> = due.iter().map(|due| due.contract).collect();
        let rents = tx
            .ahead(
                "select contract_id, id, period, total
                   from invoices
                  where owner_id = (select app_owner_id()) and contract_id = any($1) and period in ($2, $3)
                    and kind = 'rent' and status <> 'void'",
                params![ids.clone(), ground.month, ground.month.previous()],
            )
            .await?;
        let contracts = terms_of(tx, &ids, ground.month).await?;
        let (mut billed, mut last) = (HashMap::new(), HashMap::new());
        for row in rents.rows()? {
            let (contract, total): (ContractId, Money) = (row.get("contract_id"), row.get("total"));
            match row.get::<_, Month>("period") == ground.month {
                true => drop(billed.insert(contract, (row.get("id"), total))),
                false => drop(last.insert(contract, total)),
            }
        }
        let run = MonthRun { month: ground.month, issued_on: ground.issue_on, vat_payer: ground.vat_payer };
        let look = |mut facts: ContractFacts| {
            let billed_last = last.get(&facts.contract).copied();
            let candidate = Candidate {
                contract: facts.contract,
                // Lent, not copied: they are most of what is known of a contract.
                terms: std::mem::take(&mut facts.terms),
                payment_day: facts.payment_day,
                is_approved: facts.is_approved,
                billed_last,
            };
            let plan = run.plan(&candidate);
            facts.terms = candidate.terms;
            let billed = billed.get(&facts.contract).copied();
            Looked { facts, billed, last: billed_last.unwrap_or_default(), plan }
        };
        Ok(Portion(contracts.into_iter().map(look).collect()))
    }
}

impl Looked {
    /// What is to be billed and is not yet.
    pub fn missing(&self) -> Option<&Planned> {
        self.plan.as_ref().ok().filter(|plan| self.billed.is_none() && plan.is_billed())
    }
}
