//! A tenant's bill behind the link of an SMS: what, why, how to pay, and the receipt. Made for a phone first.

mod draw;
mod sample;

use domain::{Money, Month, receipt::ReceiptStatus};
use jiff::{Timestamp, civil::Date};

/// One invoice as its tenant sees it, without sign-in.
#[derive(Debug, Clone)]
pub struct BillPage {
    /// Whose bill it is.
    pub owner: String,
    pub owner_phone: Option<String>,
    pub code: String,
    pub tenant: String,
    /// Building and space: `Алтан Тауэр, 301 тоот`.
    pub space: String,
    pub month: Month,
    pub issued_on: Date,
    pub due_on: Date,
    pub state: BillState,
    pub lines: Vec<BillLine>,
    /// VAT inside the total.
    pub vat: Money,
    pub total: Money,
    pub paid: Money,
    /// What is left to pay.
    pub open: Money,
    /// What corrections took off it, below nothing, and their numbers.
    pub corrected: Money,
    pub corrections: String,
    /// What the contract owes from before.
    pub previous: Money,
    /// What was paid more than was billed.
    pub credit: Money,
    pub qpay: Qpay,
    pub accounts: Vec<Account>,
    pub receipts: Vec<TaxReceipt>,
    /// A receipt of a payment just made is still to come, so the page goes on asking.
    pub awaits_receipt: bool,
    /// The bill's own address; the page asks it again until the bill is paid.
    pub href: String,
}

/// Where the bill stands, as far as its payer needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BillState {
    /// Days until it is due; negative once that has gone by.
    Open {
        days_left: i64,
    },
    /// The payer has paid, and the provider is being asked.
    Checking,
    Paid {
        at: Timestamp,
    },
    Void,
}

/// A line of the bill, and how it was made, step by step.
#[derive(Debug, Clone)]
pub struct BillLine {
    pub text: String,
    pub amount: Money,
    pub made: Vec<String>,
}

/// Paying by QPay.
#[derive(Debug, Clone)]
pub enum Qpay {
    /// Asked for by the payer with a press; `has_failed` when the press before came to nothing.
    Offered { has_failed: bool },
    /// Promised to the payer, not made yet; the page looks again by itself.
    Preparing,
    Ready {
        /// What the QR says.
        qr: String,
        banks: Vec<BankLink>,
    },
    /// The owner has no QPay, or it does not answer; the bank account remains.
    Absent,
}

/// A bank's application, opened by its own link.
#[derive(Debug, Clone)]
pub struct BankLink {
    pub name: String,
    pub href: String,
}

/// Where to transfer to, and what to write.
#[derive(Debug, Clone)]
pub struct Account {
    pub bank: String,
    pub number: String,
    pub holder: String,
    /// The text that lets the transfer be recognised.
    pub reference: String,
}

/// The tax receipt of a payment.
#[derive(Debug, Clone)]
pub struct TaxReceipt {
    pub status: ReceiptStatus,
    pub amount: Money,
    /// 33 digits; empty until the tax office has answered.
    pub number: String,
    pub lottery: Option<String>,
    pub qr: Option<String>,
    /// As the tax office wrote it, Ulaanbaatar time.
    pub issued_at: Option<String>,
}

#[cfg(test)]
mod tests;
