//! Statements of account: over a contract or over all that a tenant has, for a period.
//!
//! A bill counts from the day it was issued until the day it was taken back, money from the day it was paid. A payment
//! belongs to a tenant; to a contract belongs what of it was put on the contract's bills, from the day on which that was
//! done. So an account as of a day is the same for ever.

mod export;
mod queries;
mod routes;

use base::{Checks, Error, Result, Slice, Tx};
use domain::{ContractId, Money, TenantId, rights::Action};
use jiff::{ToSpan, civil::Date};
use wire::statements::{StatementLine, StatementView};

pub(crate) use self::queries::{closing_by_building, closing_of_tenants};

pub fn slice() -> Slice {
    Slice::new("statements").routes(routes::routes())
}

/// The longest period, in days: a tenth of a century.
const LONGEST: i64 = 3660;

/// The account of one contract between two days, both included.
pub async fn of_contract(tx: &Tx, id: ContractId, from: Date, to: Date) -> Result<StatementView> {
    allow(tx, from, to)?;
    let head = queries::contract(tx, id).await?.ok_or(Error::NotFound("contract"))?;
    let account = queries::lines_of_contract(tx, id, from, to).await?;
    whole(StatementView { from, to, ..head }, account)
}

/// The account of a tenant over all contracts between two days, both included.
pub async fn of_tenant(tx: &Tx, id: TenantId, from: Date, to: Date) -> Result<StatementView> {
    allow(tx, from, to)?;
    let head = queries::tenant(tx, id).await?.ok_or(Error::NotFound("tenant"))?;
    let account = queries::lines_of_tenant(tx, id, from, to).await?;
    whole(StatementView { from, to, ..head }, account)
}

/// Whoever reads bills and payments both; a period has its days in order.
fn allow(tx: &Tx, from: Date, to: Date) -> Result<()> {
    tx.allow(Action::ReadInvoices)?;
    tx.allow(Action::ReadPayments)?;
    let mut checks = Checks::new();
    checks.that(from <= to, "to", "end-before-start");
    let furthest = from.checked_add(LONGEST.days()).unwrap_or(Date::MAX);
    checks.that(to <= furthest, "to", "period-too-long");
    checks.done()
}

/// What was owed before, and what changed it since.
struct Account {
    opening: Money,
    lines: Vec<StatementLine>,
}

/// Adds the lines up, each with what is owed after it.
fn whole(head: StatementView, account: Account) -> Result<StatementView> {
    let mut statement =
        StatementView { opening: account.opening, closing: account.opening, lines: account.lines, ..head };
    for line in &mut statement.lines {
        statement.billed = statement.billed.checked_add(line.billed)?;
        statement.paid = statement.paid.checked_add(line.paid)?;
        statement.closing = statement.closing.checked_add(line.billed)?.checked_sub(line.paid)?;
        line.balance = statement.closing;
    }
    Ok(statement)
}
