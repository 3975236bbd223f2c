//! What a run comes to, contract by contract as they are looked at. Only figures are kept, so that a hundred thousand
//! contracts take little room.

use super::{Change, Parked, Planned, Sums, Tally};
use crate::{ContractId, Money, charges::ChargeError, money::TooLarge};

/// A run that is being looked at.
#[derive(Debug, Clone, Default)]
pub struct Outlook {
    planned: Vec<Figure>,
    parked: Vec<Parked>,
}

/// What is kept of a contract that adds up.
#[derive(Debug, Clone, Copy)]
struct Figure {
    contract: ContractId,
    change: Change,
    last: Money,
    now: Money,
}

impl Outlook {
    /// A contract that adds up. What was billed already counts, not what would be.
    pub fn add(&mut self, planned: &Planned, billed: Option<Money>) {
        let Planned { contract, change, last, now, .. } = *planned;
        self.planned.push(Figure { contract, change, last, now: billed.unwrap_or(now) });
    }

    pub fn park(&mut self, parked: Parked) {
        self.parked.push(parked);
    }

    /// How many contracts were looked at.
    pub fn contracts(&self) -> usize {
        self.planned.len() + self.parked.len()
    }

    /// Whoever is left out so far.
    pub fn parked(&self) -> &[Parked] {
        &self.parked
    }

    /// Parks what no sum can hold and gives the contracts for which that is the reason. A mistyped price can be so large
    /// that the run has no sum; the largest bill is the one to look at.
    pub fn park_until_it_fits(&mut self) -> Vec<ContractId> {
        let mut too_large = Vec::new();
        while Money::sum(self.planned.iter().map(|figure| figure.now)).is_err() {
            let largest = (0..self.planned.len()).max_by_key(|place| self.planned[*place].now);
            let Figure { contract, last, .. } = self.planned.remove(largest.expect("no bills have a sum"));
            self.parked.push(Parked { contract, last, now: Money::ZERO, because: ChargeError::from(TooLarge).into() });
            too_large.push(contract);
        }
        too_large
    }

    /// The counts and sums of everything looked at. Fails only when what was billed last month does not fit into a sum, or
    /// the run was not made to fit.
    pub fn sums(&self) -> Result<Sums, TooLarge> {
        let mut sums = Sums::default();
        for figure in &self.planned {
            let tally = match figure.change {
                Change::New => &mut sums.new,
                Change::Changed => &mut sums.changed,
                Change::Ended => &mut sums.ended,
                Change::Same => &mut sums.same,
                Change::Nothing => &mut sums.nothing,
            };
            tally.add(figure.last, figure.now)?;
            sums.all.add(figure.last, figure.now)?;
        }
        for left_out in &self.parked {
            sums.parked.add(left_out.last, left_out.now)?;
            sums.all.add(left_out.last, left_out.now)?;
        }
        Ok(sums)
    }
}

impl Tally {
    fn add(&mut self, last: Money, now: Money) -> Result<(), TooLarge> {
        self.contracts += 1;
        self.last = self.last.checked_add(last)?;
        self.now = self.now.checked_add(now)?;
        Ok(())
    }
}
