//! A run before it is made: its counts and sums, and whom it leaves out.

use std::collections::{HashMap, HashSet};

use base::Result;
use domain::{
    ContractId, Money,
    month_run::{Outlook, Parked, Sums},
};

use super::portion::Portion;

/// What planning finds out, portion by portion.
#[derive(Default)]
pub(super) struct Planning {
    outlook: Outlook,
    /// The bills that are to be made.
    missing: HashMap<ContractId, Money>,
    left_out: HashSet<ContractId>,
}

impl Planning {
    pub fn look_at(&mut self, portion: &Portion) {
        for looked in &portion.0 {
            let contract = looked.facts.contract;
            let billed = looked.billed.map(|(_, total)| total);
            match &looked.plan {
                Ok(planned) => self.outlook.add(planned, billed),
                Err(because) => {
                    self.left_out.insert(contract);
                    let (last, now) = (looked.last, billed.unwrap_or_default());
                    self.outlook.park(Parked { contract, last, now, because: because.clone() });
                }
            }
            if let Some(planned) = looked.missing() {
                self.missing.insert(contract, planned.now);
            }
        }
    }

    /// Leaves out what no sum can hold, and says whom.
    pub fn park_until_it_fits(&mut self) -> Vec<ContractId> {
        let too_large = self.outlook.park_until_it_fits();
        for contract in &too_large {
            self.missing.remove(contract);
            self.left_out.insert(*contract);
        }
        too_large
    }

    pub fn contracts(&self) -> usize {
        self.outlook.contracts()
    }

    pub fn to_bill(&self) -> usize {
        self.missing.len()
    }

    /// What the bills that are to be made come to.
    pub fn to_bill_amount(&self) -> Result<Money> {
        Ok(Money::sum(self.missing.values().copied())?)
    }

    pub fn parked(&self) -> &[Parked] {
        self.outlook.parked()
    }

    pub fn left_out(&self) -> &HashSet<ContractId> {
        &self.left_out
    }

    pub fn sums(&self) -> Result<Sums> {
        Ok(self.outlook.sums()?)
    }
}
