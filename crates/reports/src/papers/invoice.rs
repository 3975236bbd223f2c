//! Invoices as they are printed: one, or many after each other in one file.

use domain::{Money, Month};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

use super::{Account, Party, shown};

/// Invoices of one owner, each on pages of its own.
#[derive(Debug, Clone, Serialize)]
pub struct Invoices {
    /// What the file is called at the foot of its pages: the invoice's number, or how many there are.
    pub number: String,
    /// Whether it is not issued yet: every page says so.
    pub draft: bool,
    pub owner: Party,
    pub accounts: Vec<Account>,
    pub invoices: Vec<Invoice>,
}

/// An invoice; what is to be paid is worked out by [`Invoice::new`].
#[derive(Debug, Clone, Serialize)]
pub struct Invoice {
    #[serde(flatten)]
    facts: InvoiceFacts,
    /// Something is to be paid.
    owes: bool,
    #[serde(serialize_with = "shown::amount")]
    to_pay: Money,
}

/// What is known of an invoice.
#[derive(Debug, Clone, Serialize)]
pub struct InvoiceFacts {
    pub number: String,
    pub kind: String,
    #[serde(serialize_with = "shown::billed_month")]
    pub period: Month,
    #[serde(serialize_with = "shown::day")]
    pub issued_on: Date,
    #[serde(serialize_with = "shown::day")]
    pub due_on: Date,
    /// The number of the invoice that it corrects.
    pub corrects: Option<String>,
    /// Why it corrects it.
    pub reason: String,
    pub tenant: Party,
    pub building: String,
    pub units: String,
    pub contract: String,
    pub lines: Vec<InvoiceLine>,
    #[serde(serialize_with = "shown::money")]
    pub subtotal: Money,
    #[serde(serialize_with = "shown::money")]
    pub vat: Money,
    #[serde(serialize_with = "shown::money_if_any")]
    pub city_tax: Money,
    #[serde(serialize_with = "shown::money")]
    pub total: Money,
    #[serde(serialize_with = "shown::money")]
    pub paid: Money,
    #[serde(serialize_with = "shown::money")]
    pub balance: Money,
    /// What the contract owes besides.
    #[serde(serialize_with = "shown::money")]
    pub previous_balance: Money,
    /// What was paid more than was billed.
    #[serde(serialize_with = "shown::money_if_any")]
    pub credit: Money,
    /// The tenant's page.
    pub link: Option<String>,
}

/// A line with the sentence of how it was made.
#[derive(Debug, Clone, Serialize)]
pub struct InvoiceLine {
    pub description: String,
    pub how: String,
    pub quantity: Decimal,
    #[serde(serialize_with = "shown::money")]
    pub unit_price: Money,
    #[serde(serialize_with = "shown::money")]
    pub vat: Money,
    #[serde(serialize_with = "shown::money")]
    pub amount: Money,
}

impl Invoice {
    /// With what is to be paid: this invoice, what was owed before, less what was paid too much.
    pub fn new(facts: InvoiceFacts) -> Result<Invoice, domain::money::TooLarge> {
        let owed = facts.balance.checked_add(facts.previous_balance)?.checked_sub(facts.credit)?;
        let to_pay = owed.max(Money::ZERO);
        Ok(Invoice { owes: to_pay.is_positive(), to_pay, facts })
    }
}
