//! What a line of a bank statement pays: judged by the numbers in its text, its sender, the names in it and its amount.
//!
//! Lines are judged in the order of time; a linked line pays its bills, so that the next one finds them paid. Every rule
//! asks the amount too: a number alone never links. What is found stands in maps, so that a line costs the same among a
//! hundred bills and among a hundred thousand.

mod book;
mod evidence;
mod index;
mod spelling;
mod text;
mod text_key;

#[cfg(test)]
mod tests;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use self::{book::Book, text_key::text_key};
use crate::{
    BankAccountId, BankTransactionId, ContractId, InvoiceId, Money, Month, TenantId, allocation::Allocation,
    bank::LineState,
};

/// Whoever owes by a contract: what payers write to say which one they mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Debtor {
    pub contract: ContractId,
    pub code: String,
    /// The numbers of its rooms, as the owner writes them.
    pub units: Vec<String>,
    pub tenant: TenantId,
    pub tenant_name: String,
    pub phones: Vec<String>,
    /// Register number; empty when nobody knows it.
    pub register: String,
}

/// A bill that is open, and what is left of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bill {
    pub invoice: InvoiceId,
    pub code: String,
    pub contract: ContractId,
    pub open: Money,
    pub due_on: Date,
    pub month: Option<Month>,
}

/// A movement on an account of the owner's.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    pub id: BankTransactionId,
    pub account: BankAccountId,
    /// In above, out below nought.
    pub amount: Money,
    pub text: &'a str,
    pub counter_account: Option<&'a str>,
    pub counter_name: Option<&'a str>,
}

words! {
    /// By what a line was judged.
    Basis {
        /// A number in the text and the amount fit.
        Number = "number",
        /// The sender has paid before, and one bill has this amount.
        Sender = "remembered sender",
        Misfit = "number, amount does not fit",
        Several = "number, several fit",
        Person = "name, phone or sender",
        Amount = "amount only",
        Reversal = "reversal",
        /// Card or QR payments of many, in one sum.
        Settlement = "settlement",
        Nothing = "nothing known",
        Outgoing = "outgoing",
        Interest = "interest",
        /// A person said so.
        Hand = "by hand",
    }
}

words! {
    /// What speaks for a bill, or says why a line waits; the words crate has a sentence for each.
    Clue {
        InvoiceNamed = "invoice-named",
        ContractNamed = "contract-named",
        UnitNamed = "unit-named",
        NameTold = "name-told",
        PhoneTold = "phone-told",
        RegisterTold = "register-told",
        /// The account's holder is called like the tenant.
        SenderNamed = "sender-named",
        /// The account has paid for this contract before.
        SenderKnown = "sender-known",
        MonthTold = "month-told",
        AmountFits = "amount-fits",
        /// It is all that the contract owes.
        AmountOfAll = "amount-of-all",
        /// It is the sum of what was named.
        AmountOfSeveral = "amount-of-several",
        AmountLess = "amount-less",
        AmountMore = "amount-more",
        SeveralFit = "several-fit",
        /// The numbers name one, the name or the sender another.
        CluesDisagree = "clues-disagree",
        /// What was named owes nothing.
        NothingOwed = "nothing-owed",
        TakesBack = "takes-back",
        /// It was linked to it until a person undid it.
        PaidBefore = "paid-before",
        /// A person said so.
        ByHand = "by-hand",
        Settlement = "settlement",
        Interest = "interest",
        Outgoing = "outgoing",
        NothingKnown = "nothing-known",
    }
}

/// A clue, and the word of the text or the code that it is about; empty when it is about none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    pub clue: Clue,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub word: String,
}

impl Reason {
    pub fn new(clue: Clue) -> Reason {
        Reason { clue, word: String::new() }
    }

    pub fn about(clue: Clue, word: impl Into<String>) -> Reason {
        Reason { clue, word: word.into() }
    }
}

/// A bill that a line may be for, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub invoice: InvoiceId,
    pub reasons: Vec<Reason>,
}

/// What is said of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub state: LineState,
    pub basis: Basis,
    /// What it pays, when it is linked: together its whole amount.
    pub linked: Vec<Allocation>,
    /// Best first, when it is probable.
    pub candidates: Vec<Candidate>,
    pub reasons: Vec<Reason>,
    /// The line that this one takes back.
    pub reverses: Option<BankTransactionId>,
}

/// A line that was linked before, for the day it is taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paid {
    pub line: BankTransactionId,
    pub account: BankAccountId,
    pub amount: Money,
    /// [`text_key`] of its text.
    pub text_key: u64,
    /// Its sender's account, as [`Line`] gives it.
    pub counter_account: Option<String>,
    pub invoices: Vec<InvoiceId>,
}

/// How many bills are offered for a line at most.
pub const MOST_CANDIDATES: usize = 10;
