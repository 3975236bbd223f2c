//! The month's tie-out: what was owed, what changed it and what is owed make one sum, whichever book is asked.

use crate::{Money, money::TooLarge};

words! {
    /// What the ledger is held against over all buildings.
    TieOutWhat {
        /// All postings, which sum to nothing.
        TrialBalance = "trial_balance",
        /// Receivables less credit, against the statements of all tenants.
        TenantStatements = "tenant_statements",
        /// What tenants paid and no bill needed, against their payments.
        TenantCredit = "tenant_credit",
        /// Deposits held, against their register.
        Deposits = "deposits",
        /// What deposits paid and bills were paid with by them: nothing stays in between.
        SetOffs = "set_offs",
    }
}

/// A building's receivables in a month, or an owner's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    /// Owed when the month began, by the ledger.
    pub opening: Money,
    /// What bills asked for.
    pub charges: Money,
    /// What fees and penalties asked for.
    pub penalties: Money,
    /// What corrections and bills taken back took off.
    pub credits: Money,
    /// What payments paid, less what was taken back.
    pub payments: Money,
    /// Owed when the month ended, by the ledger.
    pub closing: Money,
    /// The same by the open bills of that day.
    pub aging: Money,
    /// The same by the statements of account.
    pub statements: Money,
}

impl Figures {
    /// What `opening + charges + penalties − credits − payments` comes to.
    pub fn rolled(&self) -> Result<Money, TooLarge> {
        self.opening
            .checked_add(self.charges)?
            .checked_add(self.penalties)?
            .checked_sub(self.credits)?
            .checked_sub(self.payments)
    }

    /// How far each other way to the closing figure is from it: rolled forward, by the open bills, by the statements.
    pub fn differences(&self) -> Result<[Money; 3], TooLarge> {
        Ok([
            self.rolled()?.checked_sub(self.closing)?,
            self.aging.checked_sub(self.closing)?,
            self.statements.checked_sub(self.closing)?,
        ])
    }

    /// Both together.
    pub fn plus(&self, other: &Figures) -> Result<Figures, TooLarge> {
        Ok(Figures {
            opening: self.opening.checked_add(other.opening)?,
            charges: self.charges.checked_add(other.charges)?,
            penalties: self.penalties.checked_add(other.penalties)?,
            credits: self.credits.checked_add(other.credits)?,
            payments: self.payments.checked_add(other.payments)?,
            closing: self.closing.checked_add(other.closing)?,
            aging: self.aging.checked_add(other.aging)?,
            statements: self.statements.checked_add(other.statements)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures() -> Figures {
        let mungo = Money::from_mungo;
        Figures {
            opening: mungo(100),
            charges: mungo(50),
            penalties: mungo(7),
            credits: mungo(20),
            payments: mungo(90),
            closing: mungo(47),
            aging: mungo(47),
            statements: mungo(47),
        }
    }

    #[test]
    fn a_month_ties_when_every_way_leads_to_the_same_figure() {
        assert_eq!(figures().differences().expect("small amounts"), [Money::ZERO; 3]);
        let twice = figures().plus(&figures()).expect("small amounts");
        assert_eq!((twice.closing, twice.differences()), (Money::from_mungo(94), Ok([Money::ZERO; 3])));
    }

    #[test]
    fn every_way_that_leads_elsewhere_is_told() {
        let one = Money::from_mungo(1);
        let off = |change: fn(&mut Figures, Money)| {
            let mut figures = figures();
            change(&mut figures, Money::from_mungo(1));
            figures.differences().expect("small amounts")
        };
        assert_eq!(
            off(|f, one| f.payments = f.payments.checked_sub(one).expect("small")),
            [one, Money::ZERO, Money::ZERO]
        );
        assert_eq!(off(|f, one| f.aging = f.aging.checked_add(one).expect("small")), [Money::ZERO, one, Money::ZERO]);
        assert_eq!(
            off(|f, one| f.statements = f.statements.checked_add(one).expect("small")),
            [Money::ZERO, Money::ZERO, one]
        );
    }
}
