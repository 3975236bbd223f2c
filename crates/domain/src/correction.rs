//! What a correction takes off a bill that went out: of which lines how much, with its VAT; what of it was still open of the
//! bill, and what had been paid and becomes the tenant's credit again.
//!
//! A bill holds no less than nothing over all its corrections, and no line more than what earlier ones left of it. What the
//! last correction leaves of a line it takes with all the VAT that is left, so that a bill taken off piece by piece is taken
//! off to the möngö.

#[cfg(test)]
mod tests;

use crate::{ContractItemId, InvoiceItemId, Money, charges::Totals, money::TooLarge};

/// A bill with its lines, as it went out, and what was taken off it by now.
#[derive(Debug, Clone)]
pub struct Bill {
    /// With taxes.
    pub total: Money,
    pub city_tax: Money,
    /// What was put on it: money, and what corrections took off what was open.
    pub paid: Money,
    pub lines: Vec<Line>,
    pub earlier: Vec<Earlier>,
    /// City tax that earlier corrections took off, negative.
    pub earlier_city_tax: Money,
}

/// A line of the bill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    pub id: InvoiceItemId,
    pub contract_item: Option<ContractItemId>,
    /// With taxes; negative for a discount.
    pub amount: Money,
    pub vat: Money,
}

/// What an earlier correction did to a line, negative when it took off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Earlier {
    /// The line that it named.
    pub line: Option<InvoiceItemId>,
    /// The contract's line that it named: a settlement's correction.
    pub contract_item: Option<ContractItemId>,
    pub amount: Money,
    pub vat: Money,
}

/// What is asked to be taken off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// Whatever is left of the bill.
    Whole,
    /// Of these lines so much, or all that is left of them.
    Lines(Vec<(InvoiceItemId, Option<Money>)>),
}

/// A correction, before it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    pub lines: Vec<TakenOff>,
    /// Below nothing.
    pub totals: Totals,
    /// What it takes off what was still open of the bill.
    pub netted: Money,
    /// What had been paid and becomes the tenant's credit.
    pub freed: Money,
}

/// What is taken off a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenOff {
    pub line: InvoiceItemId,
    /// What was left of the line before.
    pub held: Money,
    /// Of the sign against the line's.
    pub amount: Money,
    pub vat: Money,
}

/// Why nothing, or not so much, can be taken off.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CorrectionError {
    #[error("nothing is left of the bill")]
    NothingLeft,
    #[error("more than the bill still holds")]
    MoreThanBill { left: Money },
    #[error("more than the line still holds")]
    MoreThanLine { place: usize, left: Money },
    #[error("no line of the bill")]
    NoSuchLine { place: usize },
    #[error("the same line twice")]
    LineTwice { place: usize },
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
}

/// What is left of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    pub amount: Money,
    pub vat: Money,
}

impl Bill {
    /// What is left of the bill over all its corrections.
    pub fn left(&self) -> Result<Money, TooLarge> {
        self.total.checked_add(Money::sum(self.earlier.iter().map(|taken| taken.amount))?)
    }

    /// What is left of each line, in their order.
    ///
    /// A correction that names a line is counted with it. A settlement's names the contract's line, which two rooms may
    /// share, or none: it is counted from the first line on.
    pub fn left_of_lines(&self) -> Result<Vec<Left>, TooLarge> {
        let mut left: Vec<Left> = self.lines.iter().map(|line| Left { amount: line.amount, vat: line.vat }).collect();
        let named = |taken: &&Earlier| taken.line.is_some_and(|id| self.lines.iter().any(|line| line.id == id));
        for taken in self.earlier.iter().filter(named) {
            let place = self.lines.iter().position(|line| Some(line.id) == taken.line).expect("it is named");
            left[place].amount = left[place].amount.checked_add(taken.amount)?;
            left[place].vat = left[place].vat.checked_add(taken.vat)?;
        }
        for taken in self.earlier.iter().filter(|taken| !named(taken)) {
            let mine = |place: &usize| {
                taken.contract_item.is_some() && self.lines[*place].contract_item == taken.contract_item
            };
            let places: Vec<usize> = (0..self.lines.len()).collect();
            let (first, rest): (Vec<usize>, Vec<usize>) = places.into_iter().partition(mine);
            let order: Vec<usize> = first.into_iter().chain(rest).collect();
            spread(&order, taken.amount, &mut left, |left| &mut left.amount)?;
            spread(&order, taken.vat, &mut left, |left| &mut left.vat)?;
        }
        Ok(left)
    }
}

/// Takes `taken` (negative) off what is left, line by line in that order; what no line holds, and what was put on again,
/// stays with the first.
fn spread(
    order: &[usize],
    taken: Money,
    left: &mut [Left],
    of: impl Fn(&mut Left) -> &mut Money,
) -> Result<(), TooLarge> {
    let mut rest = taken.checked_neg()?;
    for place in order {
        let held = of(&mut left[*place]);
        let part = rest.min(*held).max(Money::ZERO);
        *held = held.checked_sub(part)?;
        rest = rest.checked_sub(part)?;
    }
    if let Some(first) = order.first() {
        let held = of(&mut left[*first]);
        *held = held.checked_sub(rest)?;
    }
    Ok(())
}

/// The correction that was asked for.
pub fn plan(bill: &Bill, asked: &Asked) -> Result<Correction, CorrectionError> {
    let left = bill.left()?;
    if !left.is_positive() {
        return Err(CorrectionError::NothingLeft);
    }
    let of_lines = bill.left_of_lines()?;
    let lines = match asked {
        Asked::Whole => whole(bill, &of_lines)?,
        Asked::Lines(chosen) => by_line(bill, &of_lines, chosen)?,
    };
    let total = Money::sum(lines.iter().map(|line| line.amount))?;
    let amount = total.checked_neg()?;
    if amount.compare(left).is_gt() {
        return Err(CorrectionError::MoreThanBill { left });
    }
    if !amount.is_positive() {
        return Err(CorrectionError::NothingLeft);
    }
    let vat = Money::sum(lines.iter().map(|line| line.vat))?;
    let city_tax = city_tax(bill, amount, left)?.checked_neg()?;
    let totals = Totals { subtotal: total.checked_sub(vat)?.checked_sub(city_tax)?, vat, city_tax, total };
    let open = bill.total.checked_sub(bill.paid)?.max(Money::ZERO);
    let netted = amount.min(open);
    Ok(Correction { lines, totals, netted, freed: amount.checked_sub(netted)? })
}

/// Everything that is left, discounts among it.
fn whole(bill: &Bill, left: &[Left]) -> Result<Vec<TakenOff>, TooLarge> {
    let lines = bill.lines.iter().zip(left).filter(|(_, left)| !left.amount.is_zero());
    lines
        .map(|(line, left)| {
            let (amount, vat) = (left.amount.checked_neg()?, left.vat.checked_neg()?);
            Ok(TakenOff { line: line.id, held: left.amount, amount, vat })
        })
        .collect()
}

/// Of the chosen lines, each at most what is left of it.
fn by_line(
    bill: &Bill,
    left: &[Left],
    chosen: &[(InvoiceItemId, Option<Money>)],
) -> Result<Vec<TakenOff>, CorrectionError> {
    let mut lines: Vec<TakenOff> = Vec::with_capacity(chosen.len());
    for (place, (id, amount)) in chosen.iter().enumerate() {
        if lines.iter().any(|line| line.line == *id) {
            return Err(CorrectionError::LineTwice { place });
        }
        let at = bill.lines.iter().position(|line| line.id == *id).ok_or(CorrectionError::NoSuchLine { place })?;
        let held = left[at];
        let amount = amount.unwrap_or(held.amount);
        if !held.amount.is_positive() || amount.compare(held.amount).is_gt() {
            return Err(CorrectionError::MoreThanLine { place, left: held.amount.max(Money::ZERO) });
        }
        let vat = part(held.vat, amount, held.amount)?;
        lines.push(TakenOff { line: *id, held: held.amount, amount: amount.checked_neg()?, vat: vat.checked_neg()? });
    }
    Ok(lines)
}

fn city_tax(bill: &Bill, amount: Money, left: Money) -> Result<Money, TooLarge> {
    part(bill.city_tax.checked_add(bill.earlier_city_tax)?, amount, left)
}

/// The share of a tax that goes with so much of what it was counted in; all of it with the last.
fn part(tax: Money, amount: Money, of: Money) -> Result<Money, TooLarge> {
    if amount.compare(of).is_eq() { Ok(tax) } else { tax.share(amount.mungo(), of.mungo()) }
}
