//! A run before it is made: its counts and sums, and whom it leaves out.

use std::collections::{HashMap, HashSet};

use base::Result;
use domain::{
    ContractId, Money,
    month_run::{Outlook, Parked, Sums},
};

use super::portion::Portion;
use crate::{
    invoices::Bill,
    utilities::{ParkedUtility, Utilities},
};

/// What planning finds out, portion by portion.
#[derive(Default)]
pub(super) struct Planning {
    outlook: Outlook,
    /// The bills that are to be made.
    missing: HashMap<ContractId, Money>,
    left_out: HashSet<ContractId>,
    /// How many contracts were looked at for utilities, and how many of them are to be billed.
    metered: usize,
    utility_bills: usize,
    utilities_parked: Vec<ParkedUtility>,
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

    /// What the month's readings come to; gives the bills that are to be made.
    pub fn look_at_utilities(&mut self, utilities: Utilities) -> Vec<Bill> {
        self.metered = utilities.bills.len() + utilities.parked.len();
        self.utility_bills = utilities.bills.len();
        self.utilities_parked = utilities.parked;
        utilities.bills
    }

    /// How many are to be gone through: contracts for their rent, and again those with readings.
    pub fn contracts(&self) -> usize {
        self.outlook.contracts() + self.metered
    }

    /// How many bills of rent are missing.
    pub fn rents_to_bill(&self) -> usize {
        self.missing.len()
    }

    /// How many bills are missing.
    pub fn to_bill(&self) -> usize {
        self.missing.len() + self.utility_bills
    }

    pub fn utilities_parked(&self) -> &[ParkedUtility] {
        &self.utilities_parked
    }

    /// How many are left out.
    pub fn parked_count(&self) -> usize {
        self.outlook.parked().len() + self.utilities_parked.len()
    }

    /// What the missing bills of rent come to.
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
