//! Everything a run has to know, gathered in two waits and handed to the rules.

use std::collections::HashMap;

use base::{Error, Result, Tx, params};
use domain::{
    ContractId, InvoiceId, Money, Month,
    month_run::{Candidate, MonthRun, Planned, Preview},
};
use jiff::civil::Date;
use leasing::contracts::{ContractFacts, terms_of_month};

/// The month as it would be billed.
pub(super) struct Plan {
    pub month: Month,
    pub issue_on: Date,
    /// How far the total may move from last month's, in basis points.
    pub bound_bp: u32,
    pub receipt_on_payment: bool,
    /// By code, so that numbers follow the contracts.
    pub contracts: Vec<ContractFacts>,
    /// What the month's bills that are there already come to.
    pub billed: HashMap<ContractId, (InvoiceId, Money)>,
    pub preview: Preview,
}

impl Plan {
    pub async fn of(tx: &Tx, month: Month, issue_on: Date) -> Result<Plan> {
        let owner = tx
            .ahead(
                "select vat_payer, run_bound_bp, receipt_moment = 'on_payment' as receipt_on_payment
                   from property_owners where id = (select app_owner_id())",
                params![],
            )
            .await?;
        let rents = tx
            .ahead(
                "select contract_id, id, period, total
                   from invoices
                  where owner_id = (select app_owner_id()) and period in ($1, $2) and kind = 'rent' and status <> 'void'",
                params![month, month.previous()],
            )
            .await?;
        let contracts = terms_of_month(tx, month).await?;
        let owner = owner.rows()?;
        // A platform admin who chose no owner has no month.
        let owner = owner.first().ok_or(Error::Forbidden)?;
        let (mut billed, mut billed_last) = (HashMap::new(), HashMap::new());
        for row in rents.rows()? {
            let (contract, total): (ContractId, Money) = (row.get("contract_id"), row.get("total"));
            match row.get::<_, Month>("period") == month {
                true => drop(billed.insert(contract, (row.get("id"), total))),
                false => drop(billed_last.insert(contract, total)),
            }
        }
        let candidates: Vec<Candidate> = contracts
            .iter()
            .map(|facts| Candidate {
                contract: facts.contract,
                terms: facts.terms.clone(),
                payment_day: facts.payment_day,
                is_approved: facts.is_approved,
                billed_last: billed_last.get(&facts.contract).copied(),
            })
            .collect();
        let run = MonthRun { month, issued_on: issue_on, vat_payer: owner.get("vat_payer") };
        let bound: i32 = owner.get("run_bound_bp");
        Ok(Plan {
            month,
            issue_on,
            bound_bp: u32::try_from(bound).expect("the table keeps the bound positive"),
            receipt_on_payment: owner.get("receipt_on_payment"),
            preview: run.preview(&candidates)?,
            contracts,
            billed,
        })
    }

    /// What is to be billed and is not yet, in the order of the contracts' codes.
    pub fn missing(&self) -> Vec<(&ContractFacts, &Planned)> {
        let planned: HashMap<ContractId, &Planned> = self.preview.planned.iter().map(|p| (p.contract, p)).collect();
        let missing = self.contracts.iter().filter(|facts| !self.billed.contains_key(&facts.contract));
        missing
            .filter_map(|facts| Some((facts, *planned.get(&facts.contract)?)))
            .filter(|(_, plan)| plan.is_billed())
            .collect()
    }
}
