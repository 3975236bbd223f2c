//! The papers: what each one says, typed; how it says it is its template's affair.
//!
//! A paper's fields are money, days and areas; serialising one writes them as they are printed (see [`shown`]).

mod charges;
mod invoice;
pub mod samples;
mod shown;

use domain::Money;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

pub use self::{
    charges::{Charge, Monthly, monthly},
    invoice::{Invoice, InvoiceFacts, InvoiceLine, Invoices},
};
use crate::typeset::{self, Pdf, Pictures, RenderError, Template};

/// Something to be printed and signed.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Paper {
    Contract(Box<RentalContract>),
    HandOver(Box<HandOver>),
    Statement(Box<Statement>),
    Invoices(Box<Invoices>),
}

impl Paper {
    /// The same paper with the same pictures gives the same bytes.
    pub fn render(&self, pictures: Pictures) -> Result<Pdf, RenderError> {
        let template = match self {
            Paper::Contract(_) => Template::Contract,
            Paper::HandOver(_) => Template::HandOver,
            Paper::Statement(_) => Template::Statement,
            Paper::Invoices(_) => Template::Invoice,
        };
        typeset::render(template, self, pictures)
    }
}

/// What every paper says: its number and day, between whom it is and about what.
#[derive(Debug, Clone, Serialize)]
pub struct Head {
    pub number: String,
    #[serde(serialize_with = "shown::day")]
    pub date: Date,
    /// The town it is made in.
    pub place: String,
    /// Not agreed yet: every page says so.
    pub draft: bool,
    /// The Civil Code has other words for a dwelling's contract than for other premises.
    pub dwelling: bool,
    pub owner: Party,
    pub tenant: Party,
    pub building: Building,
}

/// One side; what is not known is left blank to be filled in by hand.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Party {
    pub name: String,
    pub register_no: Option<String>,
    pub tin: Option<String>,
    pub address: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    /// Who signs for it: «Захирал Д. Болд».
    pub signer: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Building {
    pub name: String,
    pub address: String,
}

/// A room as a line of a paper.
#[derive(Debug, Clone, Serialize)]
pub struct Room {
    pub unit_no: String,
    pub floor: String,
    pub kind: String,
    #[serde(serialize_with = "shown::area")]
    pub area_m2: Decimal,
    /// Only when it is let for other days than the contract lasts.
    #[serde(serialize_with = "shown::days")]
    pub during: Option<(Date, Option<Date>)>,
}

/// The rental contract.
#[derive(Debug, Clone, Serialize)]
pub struct RentalContract {
    #[serde(flatten)]
    pub head: Head,
    pub rooms: Vec<Room>,
    #[serde(serialize_with = "shown::area")]
    pub area_m2: Decimal,
    #[serde(serialize_with = "shown::long_day")]
    pub starts_on: Date,
    #[serde(serialize_with = "shown::long_day_or_none")]
    pub ends_on: Option<Date>,
    pub charges: Vec<Charge>,
    /// Of the lines above; nothing when all is paid by a schedule.
    #[serde(serialize_with = "shown::monthly")]
    pub monthly: Monthly,
    /// What is paid instead of the rent by the month.
    pub schedule: Vec<Scheduled>,
    pub discounts: Vec<Discount>,
    pub vat_payer: bool,
    /// Some of it is billed from readings.
    pub metered: bool,
    #[serde(serialize_with = "shown::ordinal_day")]
    pub payment_day: i32,
    /// Not every month has it.
    pub payment_day_is_late: bool,
    pub grace_days: i32,
    /// Basis points a day; printed in per cent.
    #[serde(serialize_with = "shown::percent")]
    pub penalty: Option<i32>,
    #[serde(serialize_with = "shown::amount_or_none")]
    pub deposit: Option<Money>,
}

/// A payment agreed for a month of its own.
#[derive(Debug, Clone, Serialize)]
pub struct Scheduled {
    pub name: String,
    /// `2026.11`
    #[serde(serialize_with = "shown::month")]
    pub period: Date,
    #[serde(serialize_with = "shown::day_or_none")]
    pub due_on: Option<Date>,
    #[serde(serialize_with = "shown::money")]
    pub amount: Money,
}

/// What the tenant is let off for a while: a part of the rent or an amount a month.
#[derive(Debug, Clone, Serialize)]
pub struct Discount {
    pub name: String,
    #[serde(serialize_with = "shown::percent")]
    pub percent: Option<i32>,
    #[serde(serialize_with = "shown::money_or_none")]
    pub amount: Option<Money>,
    #[serde(serialize_with = "shown::days")]
    pub during: Option<(Date, Option<Date>)>,
}

/// The act by which rooms are handed over.
#[derive(Debug, Clone, Serialize)]
pub struct HandOver {
    #[serde(flatten)]
    pub head: Head,
    pub contract: ContractRef,
    pub rooms: Vec<Room>,
    #[serde(serialize_with = "shown::area")]
    pub area_m2: Decimal,
    /// To the tenant, or back to the owner.
    pub to_tenant: bool,
}

/// The contract that another paper is about.
#[derive(Debug, Clone, Serialize)]
pub struct ContractRef {
    pub code: String,
    pub units: String,
    #[serde(serialize_with = "shown::long_day")]
    pub starts_on: Date,
}

/// The statement of account; made by [`Statement::new`], so that it adds up.
#[derive(Debug, Clone, Serialize)]
pub struct Statement {
    #[serde(flatten)]
    head: Head,
    contract: ContractRef,
    #[serde(serialize_with = "shown::day")]
    from: Date,
    #[serde(serialize_with = "shown::day")]
    to: Date,
    #[serde(serialize_with = "shown::money")]
    opening: Money,
    lines: Vec<StatementLine>,
    #[serde(serialize_with = "shown::money")]
    charged: Money,
    #[serde(serialize_with = "shown::money")]
    paid: Money,
    #[serde(serialize_with = "shown::money")]
    closing: Money,
    /// Who owes what is open: `tenant`, `owner`, or `nothing` is.
    owes: &'static str,
    /// What is open, without a sign.
    #[serde(serialize_with = "shown::amount")]
    open: Money,
    accounts: Vec<Account>,
}

/// What moved on a day.
#[derive(Debug, Clone)]
pub struct Movement {
    pub on: Date,
    /// The number of the bill or the payment.
    pub document: String,
    pub text: String,
    pub charged: Money,
    pub paid: Money,
}

/// A movement with what was owed after it.
#[derive(Debug, Clone, Serialize)]
struct StatementLine {
    #[serde(serialize_with = "shown::day")]
    on: Date,
    document: String,
    text: String,
    #[serde(serialize_with = "shown::money_if_any")]
    charged: Money,
    #[serde(serialize_with = "shown::money_if_any")]
    paid: Money,
    #[serde(serialize_with = "shown::money")]
    balance: Money,
}

/// Where the tenant pays to.
#[derive(Debug, Clone, Serialize)]
pub struct Account {
    pub bank: String,
    pub number: String,
    pub holder: String,
}

impl Statement {
    /// The period's movements in their order, added up from what was owed before.
    pub fn new(
        head: Head,
        contract: ContractRef,
        [from, to]: [Date; 2],
        opening: Money,
        movements: Vec<Movement>,
        accounts: Vec<Account>,
    ) -> Result<Statement, domain::money::TooLarge> {
        let mut closing = opening;
        let mut lines = Vec::with_capacity(movements.len());
        for Movement { on, document, text, charged, paid } in movements {
            closing = closing.checked_add(charged)?.checked_sub(paid)?;
            lines.push(StatementLine { on, document, text, charged, paid, balance: closing });
        }
        let charged = Money::sum(lines.iter().map(|line| line.charged))?;
        let paid = Money::sum(lines.iter().map(|line| line.paid))?;
        let (owes, open) = match closing {
            none if none.is_zero() => ("nothing", none),
            credit if credit.is_negative() => ("owner", credit.checked_neg()?),
            debt => ("tenant", debt),
        };
        Ok(Statement { head, contract, from, to, opening, lines, charged, paid, closing, owes, open, accounts })
    }
}
