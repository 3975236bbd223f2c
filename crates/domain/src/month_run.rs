//! The preview of a month's rent run: what each contract will be billed, how that differs from last month and why, what
//! is parked because its figures do not add up, and the bound beyond which the run stops and asks.

mod outlook;
mod reason;
#[cfg(test)]
mod tests;

use jiff::civil::Date;

pub use self::{outlook::Outlook, reason::Reason};
use crate::{
    ContractId, Money, Month,
    charges::{self, ChargeError, Charges, ContractTerms},
    contract::ChargeBasis,
    month,
};

/// A run: the month billed, the day its invoices are issued, and whether the owner is a VAT payer.
#[derive(Debug, Clone, Copy)]
pub struct MonthRun {
    pub month: Month,
    pub issued_on: Date,
    pub vat_payer: bool,
}

/// A contract as the run finds it.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub contract: ContractId,
    pub terms: ContractTerms,
    pub payment_day: i8,
    /// Somebody who may has looked at it before its first bill.
    pub is_approved: bool,
    /// The total of last month's rent invoice; `None` when there was none.
    pub billed_last: Option<Money>,
}

words! {
    /// How a contract's bill stands to last month's.
    Change {
        /// Nothing was billed last month.
        New = "new",
        /// Billed in both months, differently.
        Changed = "changed",
        /// Billed last month, no longer in force.
        Ended = "ended",
        Same = "same",
        /// Nothing to bill in either month.
        Nothing = "nothing",
    }
}

words! {
    /// How far a run is.
    MonthRunStatus {
        /// Planned and within its bound; no bill is made yet.
        Ordered = "ordered",
        /// Bills are made, batch by batch.
        Running = "running",
        /// Every contract was gone through.
        Done = "done",
        /// Ended with a reason before that; what was made stays, and another run makes the rest.
        Stopped = "stopped",
    }
}

life! {
    MonthRunStatus:
    Ordered => Running | Done | Stopped,
    Running => Done | Stopped,
}

impl MonthRunStatus {
    /// Whether nothing will come of it any more.
    pub fn is_over(self) -> bool {
        matches!(self, MonthRunStatus::Done | MonthRunStatus::Stopped)
    }
}

/// What the run will do for one contract.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    pub contract: ContractId,
    pub change: Change,
    /// Last month's total; zero when nothing was billed.
    pub last: Money,
    /// This month's total.
    pub now: Money,
    /// `now − last`.
    pub difference: Money,
    /// Why the totals differ; empty when they do not.
    pub reasons: Vec<Reason>,
    /// The day the invoice is due.
    pub due_on: Date,
    pub charges: Charges,
}

impl Planned {
    /// Whether the run makes an invoice; one of nothing is not made.
    pub fn is_billed(&self) -> bool {
        self.now.is_positive()
    }
}

/// A contract left out of the run until a person has looked at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parked {
    pub contract: ContractId,
    /// Last month's total; zero when nothing was billed.
    pub last: Money,
    /// This month's bill when there is one already; zero as a rule.
    pub now: Money,
    pub because: ParkReason,
}

/// Why the figures of a contract do not add up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParkReason {
    #[error("nobody has approved the contract yet")]
    Unapproved,
    #[error(transparent)]
    Charges(#[from] ChargeError),
    #[error("the discounts exceed the charges: {total}")]
    NegativeTotal { total: Money },
    #[error("the contract is in force and charges nothing")]
    NoLines,
    #[error("{unit_no} is charged per m² and has no area")]
    NoArea { unit_no: String },
}

/// How many contracts fall under each change, and what they come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    pub new: Tally,
    pub changed: Tally,
    pub ended: Tally,
    pub same: Tally,
    pub nothing: Tally,
    pub parked: Tally,
    pub all: Tally,
}

/// A count of contracts with their totals of last month and of this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    pub contracts: usize,
    pub last: Money,
    pub now: Money,
}

/// The run's total is too far from last month's: a person has to confirm it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the total of {now} differs from last month's {last} by more than {bound_bp} basis points")]
pub struct OutOfBounds {
    pub last: Money,
    pub now: Money,
    pub bound_bp: u32,
}

impl MonthRun {
    /// What one contract will be billed, or why it is parked.
    pub fn plan(&self, candidate: &Candidate) -> Result<Planned, ParkReason> {
        if !candidate.is_approved && candidate.terms.is_in_force(self.month) {
            return Err(ParkReason::Unapproved);
        }
        let charges = charges::for_month(&candidate.terms, self.month, self.vat_payer)?;
        self.look_over(&candidate.terms, &charges)?;
        let now = charges.totals.total;
        let last = candidate.billed_last.unwrap_or_default();
        let change = match candidate.billed_last {
            Some(_) if !candidate.terms.is_in_force(self.month) => Change::Ended,
            Some(_) if now.compare(last).is_eq() => Change::Same,
            Some(_) => Change::Changed,
            None if now.is_positive() => Change::New,
            None => Change::Nothing,
        };
        let reasons = match change {
            Change::Same | Change::Nothing => Vec::new(),
            Change::New | Change::Changed | Change::Ended => {
                // A last month that could not be computed explains nothing, and must not hold up this one.
                let before = charges::for_month(&candidate.terms, self.month.previous(), self.vat_payer);
                reason::reasons(candidate, self.month, &before.unwrap_or_default(), &charges)
            }
        };
        Ok(Planned {
            contract: candidate.contract,
            change,
            last,
            now,
            difference: now.checked_sub(last).map_err(ChargeError::from)?,
            reasons,
            due_on: match candidate.terms.scheduled_due(self.month) {
                Some(day) => day.max(self.issued_on),
                None => month::due_on(self.issued_on, candidate.payment_day),
            },
            charges,
        })
    }

    /// Parks what was computed without an error and still cannot be meant.
    fn look_over(&self, terms: &ContractTerms, charges: &Charges) -> Result<(), ParkReason> {
        if charges.totals.total.is_negative() {
            return Err(ParkReason::NegativeTotal { total: charges.totals.total });
        }
        // A schedule has months without a payment.
        if charges.lines.is_empty() && terms.is_in_force(self.month) && terms.schedule.is_none() {
            let is_metered = terms.lines.iter().any(|l| l.basis == ChargeBasis::Meter && l.is_valid_in(self.month));
            return if is_metered { Ok(()) } else { Err(ParkReason::NoLines) };
        }
        let without_area = charges.lines.iter().find(|line| line.made.area_m2.is_some_and(|area| area.is_zero()));
        match without_area {
            Some(line) => Err(ParkReason::NoArea { unit_no: line.unit_no.clone().unwrap_or_default() }),
            None => Ok(()),
        }
    }
}

impl Sums {
    /// Refuses a total that differs from last month's by more than `bound_bp` hundredths of a per cent. What the parked
    /// were billed last month counts, so that many parked contracts stop the run too. After a month without bills any
    /// total is refused: a first run is always confirmed by a person.
    pub fn check(&self, bound_bp: u32) -> Result<(), OutOfBounds> {
        let Tally { last, now, .. } = self.all;
        let (before, after) = (i128::from(last.mungo()), i128::from(now.mungo()));
        if (after - before).abs() * 10_000 > before.abs() * i128::from(bound_bp) {
            return Err(OutOfBounds { last, now, bound_bp });
        }
        Ok(())
    }
}

impl OutOfBounds {
    pub fn in_mongolian(&self) -> String {
        let (whole, cents) = (self.bound_bp / 100, self.bound_bp % 100);
        format!(
            "Энэ сарын нийт дүн {} ₮, өмнөх сарынх {} ₮. Зөрүү нь {whole}.{cents:02} %-иас их тул баталгаажуулна уу.",
            self.now, self.last
        )
    }

    pub fn in_english(&self) -> String {
        let (whole, cents) = (self.bound_bp / 100, self.bound_bp % 100);
        format!(
            "This month comes to {} ₮, last month to {} ₮. They differ by more than {whole}.{cents:02} %: please confirm.",
            self.now, self.last
        )
    }
}

impl ParkReason {
    pub fn in_mongolian(&self) -> String {
        match self {
            ParkReason::Charges(ChargeError::TooLarge(_)) => "Дүн хэт их байна.".into(),
            ParkReason::Charges(ChargeError::NegativePrice { name }) => format!("Үнэ сөрөг байна: {name}."),
            ParkReason::Charges(ChargeError::NegativeArea { unit_no }) => {
                format!("Талбай сөрөг байна: {unit_no} тоот.")
            }
            ParkReason::Charges(ChargeError::UnknownRoom { name }) => {
                format!("Гэрээнд байхгүй тоотод төлбөр тооцсон байна: {name}.")
            }
            ParkReason::Charges(ChargeError::TaxUnclear { name }) => {
                format!("НӨАТ ногдох төлбөрт НӨАТ тооцоогүй байна: {name}.")
            }
            ParkReason::Charges(ChargeError::NoRent) => {
                "Төлбөрийн хуваарьтай боловч татварын ангиллыг нь заах түрээсийн мөр алга.".into()
            }
            ParkReason::Unapproved => "Гэрээг захирал эсвэл нягтлан бодогч хараахан зөвшөөрөөгүй байна.".into(),
            ParkReason::NegativeTotal { total } => format!("Хөнгөлөлт нь төлбөрөөсөө их байна: нийт {total} ₮."),
            ParkReason::NoLines => "Гэрээ хүчинтэй боловч энэ сард тооцох төлбөр алга.".into(),
            ParkReason::NoArea { unit_no } => {
                format!("1 м² үнээр тооцдог боловч талбайн хэмжээ ороогүй байна: {unit_no} тоот.")
            }
        }
    }

    pub fn in_english(&self) -> String {
        match self {
            ParkReason::Charges(ChargeError::TooLarge(_)) => "The amount is too large.".into(),
            ParkReason::Charges(ChargeError::NegativePrice { name }) => format!("The price is negative: {name}."),
            ParkReason::Charges(ChargeError::NegativeArea { unit_no }) => format!("The area of {unit_no} is negative."),
            ParkReason::Charges(ChargeError::UnknownRoom { name }) => {
                format!("{name} is charged for a room that is not in the contract.")
            }
            ParkReason::Charges(ChargeError::TaxUnclear { name }) => format!("{name} is subject to VAT and has none."),
            ParkReason::Charges(ChargeError::NoRent) => {
                "There is a schedule of payments, and no rent that says how it is taxed.".into()
            }
            ParkReason::Unapproved => "The contract waits for a director's or an accountant's approval.".into(),
            ParkReason::NegativeTotal { total } => format!("The discounts exceed the charges: {total} ₮ in total."),
            ParkReason::NoLines => "The contract is in force and charges nothing this month.".into(),
            ParkReason::NoArea { unit_no } => format!("{unit_no} is charged per m² and has no area."),
        }
    }
}
