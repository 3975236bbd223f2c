//! What a contract is settled with when it ends before its time: the days used of each month, what was billed too far,
//! what the tenant's credit and the deposit pay, and what remains.
//!
//! A month is billed for the days let. What was billed already and reaches beyond the last day is put right by what its
//! bill allows: one that nobody paid anything of is taken back and made anew; one with money on it stands, and a
//! correction takes off what was not used – first of what is still open of it, the rest becomes the tenant's credit.

#[cfg(test)]
mod tests;

use jiff::civil::Date;

use crate::{
    ContractItemId, InvoiceId, Money, Month,
    allocation::{self, Allocation, OpenInvoice},
    charges::{self, ChargeError, Charges, ContractTerms, Totals},
    money::TooLarge,
    month,
};

/// What a settlement is made from.
#[derive(Debug, Clone)]
pub struct Facts<'a> {
    /// The contract as it is before it ends.
    pub terms: &'a ContractTerms,
    /// The last day let.
    pub on: Date,
    pub today: Date,
    /// 1 to 31.
    pub payment_day: i8,
    pub vat_payer: bool,
    /// The contract's rent bills that stand, one a month.
    pub billed: &'a [Billed],
    /// Whatever is open of the contract, those bills among it.
    pub open: &'a [OpenInvoice],
    /// What the tenant has paid more than was billed.
    pub credit: Money,
    /// The deposit in the owner's hands.
    pub held: Money,
    /// Whether the deposit pays what is open.
    pub set_off: bool,
    /// Ids for the bills that are to be made.
    pub new_id: fn() -> InvoiceId,
}

/// A month's rent bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Billed {
    pub invoice: InvoiceId,
    pub period: Month,
    pub total: Money,
    pub paid: Money,
    /// It was issued in a month that is locked, and is not taken back any more.
    pub is_locked: bool,
    pub lines: Vec<BilledLine>,
}

/// A line of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BilledLine {
    /// The contract's line that it charges; an imported bill names none.
    pub item: Option<ContractItemId>,
    pub amount: Money,
    pub vat: Money,
}

/// The settlement, before it is made.
#[derive(Debug, Clone, PartialEq)]
pub struct Settlement {
    pub months: Vec<MonthSettled>,
    /// What the contract owed before.
    pub open_before: Money,
    /// The bills that are made.
    pub billed: Money,
    /// Bills taken back and corrections, as an amount that is taken off.
    pub taken_back: Money,
    /// Of the tenant's credit, what corrections made free among it.
    pub credit: Money,
    pub credit_used: Money,
    pub held: Money,
    /// What the deposit pays, bill by bill.
    pub set_off: Vec<Allocation>,
    /// What the tenant still has to pay of the contract.
    pub to_pay: Money,
    pub credit_left: Money,
    /// What may be given back of the deposit.
    pub deposit_left: Money,
}

/// A month of the settlement, with what its days come to.
#[derive(Debug, Clone, PartialEq)]
pub struct MonthSettled {
    pub month: Month,
    pub used: Charges,
    pub step: Step,
}

/// What is done about a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// It was billed for the days used.
    Stands { invoice: InvoiceId, billed: Money },
    /// It was not billed yet.
    Bill { id: InvoiceId, due_on: Date },
    /// Nothing was paid of its bill, and its month is open: it is taken back, and made anew unless no day was used.
    Anew { invoice: InvoiceId, billed: Money, id: Option<InvoiceId>, due_on: Date },
    /// Something was paid of its bill, or its month is locked: a correction of today takes off what was not used.
    Correct(Correction),
}

/// What a correction takes off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    pub id: InvoiceId,
    pub invoice: InvoiceId,
    pub billed: Money,
    /// Negative, line by line.
    pub lines: Vec<Taken>,
    pub totals: Totals,
    /// What it takes off what was still open of the bill.
    pub netted: Money,
    /// What becomes the tenant's credit.
    pub freed: Money,
}

/// What is taken off a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    pub item: Option<ContractItemId>,
    pub billed: Money,
    pub used: Money,
    /// `used − billed`
    pub amount: Money,
    pub vat: Money,
}

impl Settlement {
    /// What the deposit pays altogether.
    pub fn set_off_total(&self) -> Money {
        Money::sum(self.set_off.iter().map(|part| part.amount)).expect("no more than is held")
    }
}

impl Correction {
    /// What is taken off, as an amount.
    pub fn amount(&self) -> Money {
        Money::from_mungo(-self.totals.total.mungo())
    }
}

/// The settlement of a contract whose last day is `facts.on`.
pub fn plan(facts: &Facts<'_>) -> Result<Settlement, ChargeError> {
    let after = ContractTerms { terminated_on: Some(facts.on), ..facts.terms.clone() };
    let mut months = Vec::new();
    for month in months_to_look_at(facts) {
        let used = charges::for_month(&after, month, facts.vat_payer)?;
        let step = match facts.billed.iter().find(|bill| bill.period == month) {
            Some(bill) => step_of(facts, bill, &used)?,
            None if used.totals.total.is_positive() => {
                Step::Bill { id: (facts.new_id)(), due_on: due_on(facts, month) }
            }
            None => continue,
        };
        months.push(MonthSettled { month, used, step });
    }
    add_up(facts, months)
}

/// The months of the bills that reach the last day's month, and those until then that have no bill yet: the ones after
/// the latest bill, or from the month that runs now where there never was one (what came before us, others billed).
fn months_to_look_at(facts: &Facts<'_>) -> Vec<Month> {
    let last = Month::of(facts.on);
    let mut months: Vec<Month> = facts.billed.iter().map(|bill| bill.period).filter(|month| *month >= last).collect();
    let starts = Month::of(facts.terms.starts_on);
    let first = match facts.billed.iter().map(|bill| bill.period).max() {
        Some(latest) => latest.next(),
        None => starts.max(last.min(Month::of(facts.today))),
    };
    months.extend(std::iter::successors(Some(first), |month| Some(month.next())).take_while(|month| *month <= last));
    months.sort();
    months
}

/// A month ahead is asked for when its turn comes.
fn due_on(facts: &Facts<'_>, month: Month) -> Date {
    month::due_on(facts.today.max(month.first_day()), facts.payment_day)
}

fn step_of(facts: &Facts<'_>, bill: &Billed, used: &Charges) -> Result<Step, ChargeError> {
    let full = charges::for_month(facts.terms, bill.period, facts.vat_payer)?;
    let lines = if full == *used { Vec::new() } else { taken(bill, &full, used)? };
    let total = Money::sum(lines.iter().map(|line| line.amount))?;
    if !total.is_negative() {
        return Ok(Step::Stands { invoice: bill.invoice, billed: bill.total });
    }
    if !bill.paid.is_positive() && !bill.is_locked {
        let id = used.totals.total.is_positive().then(facts.new_id);
        let due_on = due_on(facts, bill.period);
        return Ok(Step::Anew { invoice: bill.invoice, billed: bill.total, id, due_on });
    }
    let vat = Money::sum(lines.iter().map(|line| line.vat))?;
    let totals = Totals { subtotal: total.checked_sub(vat)?, vat, city_tax: Money::ZERO, total };
    let amount = total.checked_neg()?;
    let netted = amount.min(bill.total.checked_sub(bill.paid)?.max(Money::ZERO));
    Ok(Step::Correct(Correction {
        id: (facts.new_id)(),
        invoice: bill.invoice,
        billed: bill.total,
        lines,
        totals,
        netted,
        freed: amount.checked_sub(netted)?,
    }))
}

/// What of each line was not used. A bill that came along from elsewhere names no line of the contract: of it the share
/// is taken off that the contract's own charges lose.
fn taken(bill: &Billed, full: &Charges, used: &Charges) -> Result<Vec<Taken>, TooLarge> {
    let of = |charges: &Charges, item: ContractItemId| {
        let lines: Vec<_> = charges.lines.iter().filter(|line| line.item == item).collect();
        let amount = Money::sum(lines.iter().map(|line| line.amount))?;
        Ok::<_, TooLarge>((amount, Money::sum(lines.iter().map(|line| line.vat))?))
    };
    let mut items: Vec<ContractItemId> = Vec::new();
    for item in bill.lines.iter().filter_map(|line| line.item) {
        if !items.contains(&item) {
            items.push(item);
        }
    }
    if items.is_empty() {
        let lost = used.totals.total.checked_sub(full.totals.total)?.max(bill.total.checked_neg()?);
        let vat = used.totals.vat.checked_sub(full.totals.vat)?;
        let left = bill.total.checked_add(lost)?;
        return Ok(vec![Taken { item: None, billed: bill.total, used: left, amount: lost, vat }]);
    }
    let mut lines = Vec::with_capacity(items.len());
    for item in items {
        let mine = || bill.lines.iter().filter(move |line| line.item == Some(item));
        let (billed, billed_vat) =
            (Money::sum(mine().map(|line| line.amount))?, Money::sum(mine().map(|line| line.vat))?);
        let (amount, vat) = of(used, item)?;
        if amount != billed {
            let (amount, vat, used) = (amount.checked_sub(billed)?, vat.checked_sub(billed_vat)?, amount);
            lines.push(Taken { item: Some(item), billed, used, amount, vat });
        }
    }
    Ok(lines)
}

/// Credit pays first, the oldest due before the others, then the deposit.
fn add_up(facts: &Facts<'_>, months: Vec<MonthSettled>) -> Result<Settlement, ChargeError> {
    let open_before = Money::sum(facts.open.iter().map(|bill| bill.open))?;
    let mut open: Vec<OpenInvoice> = facts.open.to_vec();
    let (mut billed, mut taken_back, mut credit) = (Money::ZERO, Money::ZERO, facts.credit);
    for settled in &months {
        let bill = |id: InvoiceId, due_on: Date| OpenInvoice {
            id,
            // Not numbered yet: it comes after those of the same day.
            code: format!("~{}", settled.month),
            issued_on: facts.today,
            due_on,
            open: settled.used.totals.total,
        };
        match &settled.step {
            Step::Stands { .. } => {}
            Step::Bill { id, due_on } => {
                billed = billed.checked_add(settled.used.totals.total)?;
                open.push(bill(*id, *due_on));
            }
            Step::Anew { invoice, billed: was, id, due_on } => {
                taken_back = taken_back.checked_add(*was)?;
                open.retain(|other| other.id != *invoice);
                if let Some(id) = id {
                    billed = billed.checked_add(settled.used.totals.total)?;
                    open.push(bill(*id, *due_on));
                }
            }
            Step::Correct(correction) => {
                taken_back = taken_back.checked_add(correction.amount())?;
                credit = credit.checked_add(correction.freed)?;
                for other in open.iter_mut().filter(|other| other.id == correction.invoice) {
                    other.open = other.open.checked_sub(correction.netted)?;
                }
            }
        }
    }
    open.retain(|bill| bill.open.is_positive());
    let (credit_used, _) = pay(&mut open, credit)?;
    let (set_off_total, set_off) = pay(&mut open, if facts.set_off { facts.held } else { Money::ZERO })?;
    Ok(Settlement {
        months,
        open_before,
        billed,
        taken_back,
        credit,
        credit_used,
        held: facts.held,
        to_pay: Money::sum(open.iter().map(|bill| bill.open))?,
        credit_left: credit.checked_sub(credit_used)?,
        deposit_left: facts.held.checked_sub(set_off_total)?,
        set_off,
    })
}

/// Pays the bills as far as the money goes; what it paid, and of which.
fn pay(open: &mut [OpenInvoice], money: Money) -> Result<(Money, Vec<Allocation>), TooLarge> {
    if !money.is_positive() {
        return Ok((Money::ZERO, Vec::new()));
    }
    let spread = allocation::oldest_first(money, open).expect("more than nothing, and each bill once");
    for part in &spread.allocations {
        for bill in open.iter_mut().filter(|bill| bill.id == part.invoice) {
            bill.open = bill.open.checked_sub(part.amount)?;
        }
    }
    Ok((money.checked_sub(spread.rest)?, spread.allocations))
}
