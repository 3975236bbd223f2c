//! Which invoices a payment pays: the oldest due first or as chosen by hand, what is left as the tenant's credit, and
//! what undoing it gives back.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::{InvoiceId, Money, PaymentId};

/// An issued invoice and what is still owed of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenInvoice {
    pub id: InvoiceId,
    pub code: String,
    pub issued_on: Date,
    pub due_on: Date,
    pub open: Money,
}

/// A part of a payment that pays an invoice; always more than nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allocation {
    pub invoice: InvoiceId,
    pub amount: Money,
}

/// A payment spread over invoices: `Σ allocations + rest = payment`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spread {
    pub allocations: Vec<Allocation>,
    /// What is left is the tenant's credit.
    pub rest: Money,
}

/// What an earlier payment left over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Credit {
    pub payment: PaymentId,
    pub paid_on: Date,
    pub left: Money,
}

/// A part of a credit that pays the invoice it is spent on; always more than nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spent {
    pub payment: PaymentId,
    pub amount: Money,
}

/// An invoice after the tenant's credit: `Σ spent + open` is what was open before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    pub spent: Vec<Spent>,
    pub open: Money,
}

/// What undoing a payment changes: `Σ reopened + credit = payment`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reversal {
    /// What is owed again, once per invoice.
    pub reopened: Vec<Allocation>,
    /// The tenant's credit that goes with the payment.
    pub credit: Money,
}

/// The payment cannot be spread like this.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AllocationError {
    #[error("an amount of {amount} is nothing to spread")]
    NotPositive { amount: Money },
    #[error("{asked} is more than the {left} that is left of the payment")]
    MoreThanPaid { asked: Money, left: Money },
    #[error("{asked} is more than the {open} that is open of invoice {code}")]
    MoreThanOpen { code: String, asked: Money, open: Money },
    #[error("invoice {0} is not among the open ones")]
    NotOpen(InvoiceId),
    #[error("invoice {0} is named twice")]
    InvoiceTwice(InvoiceId),
    #[error("payment {0} is named twice")]
    PaymentTwice(PaymentId),
}

/// Pays the invoices in the order they fall due (then by issue date, then by code) as far as the money goes.
pub fn oldest_first(payment: Money, invoices: &[OpenInvoice]) -> Result<Spread, AllocationError> {
    must_be_positive(payment)?;
    once_each(invoices.iter().map(|invoice| invoice.id)).map_err(AllocationError::InvoiceTwice)?;
    let mut oldest: Vec<&OpenInvoice> = invoices.iter().collect();
    oldest.sort_by_key(|invoice| (invoice.due_on, invoice.issued_on, &invoice.code));
    let mut rest = payment;
    let pay = |invoice: &OpenInvoice| Some(Allocation { invoice: invoice.id, amount: take(&mut rest, invoice.open)? });
    let allocations = oldest.into_iter().filter_map(pay).collect();
    Ok(Spread { allocations, rest })
}

/// Pays what a person chose, in their order; refuses more than is open of an invoice or left of the payment.
pub fn by_hand(payment: Money, invoices: &[OpenInvoice], chosen: &[Allocation]) -> Result<Spread, AllocationError> {
    must_be_positive(payment)?;
    once_each(chosen.iter().map(|choice| choice.invoice)).map_err(AllocationError::InvoiceTwice)?;
    let mut rest = payment;
    for choice in chosen {
        must_be_positive(choice.amount)?;
        let invoice = invoices.iter().find(|invoice| invoice.id == choice.invoice);
        let invoice = invoice.ok_or(AllocationError::NotOpen(choice.invoice))?;
        if choice.amount.compare(invoice.open).is_gt() {
            let (code, open) = (invoice.code.clone(), invoice.open);
            return Err(AllocationError::MoreThanOpen { code, asked: choice.amount, open });
        }
        rest = left_after(rest, choice.amount)?;
    }
    Ok(Spread { allocations: chosen.to_vec(), rest })
}

/// Pays a new invoice from what earlier payments left over, the oldest payment first.
pub fn spend_credit(open: Money, credits: &[Credit]) -> Result<Settled, AllocationError> {
    once_each(credits.iter().map(|credit| credit.payment)).map_err(AllocationError::PaymentTwice)?;
    let mut oldest: Vec<&Credit> = credits.iter().collect();
    oldest.sort_by_key(|credit| (credit.paid_on, credit.payment));
    let mut open = open;
    let spend = |credit: &Credit| Some(Spent { payment: credit.payment, amount: take(&mut open, credit.left)? });
    let spent = oldest.into_iter().filter_map(spend).collect();
    Ok(Settled { spent, open })
}

/// Undoes a payment with everything it paid, its credit spent later included; an invoice paid in several steps is
/// reopened once.
pub fn reverse(payment: Money, allocations: &[Allocation]) -> Result<Reversal, AllocationError> {
    must_be_positive(payment)?;
    let mut credit = payment;
    let mut reopened: Vec<Allocation> = Vec::with_capacity(allocations.len());
    for allocation in allocations {
        must_be_positive(allocation.amount)?;
        credit = left_after(credit, allocation.amount)?;
        match reopened.iter_mut().find(|sum| sum.invoice == allocation.invoice) {
            Some(sum) => sum.amount = Money::from_mungo(sum.amount.mungo() + allocation.amount.mungo()),
            None => reopened.push(*allocation),
        }
    }
    Ok(Reversal { reopened, credit })
}

/// Takes as much of `purse` as `wanted`; `None` when one of them is empty.
fn take(purse: &mut Money, wanted: Money) -> Option<Money> {
    let amount = (*purse).min(wanted);
    if !amount.is_positive() {
        return None;
    }
    *purse = Money::from_mungo(purse.mungo() - amount.mungo());
    Some(amount)
}

fn left_after(left: Money, asked: Money) -> Result<Money, AllocationError> {
    if asked.compare(left).is_gt() {
        return Err(AllocationError::MoreThanPaid { asked, left });
    }
    Ok(Money::from_mungo(left.mungo() - asked.mungo()))
}

fn must_be_positive(amount: Money) -> Result<(), AllocationError> {
    if amount.is_positive() { Ok(()) } else { Err(AllocationError::NotPositive { amount }) }
}

/// The first id that stands there a second time is the error.
fn once_each<Id: Ord + Copy>(ids: impl Iterator<Item = Id>) -> Result<(), Id> {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id) {
            return Err(id);
        }
    }
    Ok(())
}
