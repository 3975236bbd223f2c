//! Bank statements as banks export them: Khan, Golomt, TDB by their layouts, any other table by its words or as a person
//! says, every line with its moment, its signed amount and who stood on the other side.
//!
//! [`Statement::read`] recognises by content, never by the file's name, and [`Statement::verify`] holds lines, totals and
//! balances against each other before anybody keeps anything.

mod amounts;
mod checks;
mod field;
mod head;
mod layout;
mod lines;
mod moments;
mod refusal;
#[cfg(test)]
mod tests;

use domain::{
    Money,
    bank::{Bank, Precision},
};
use jiff::civil::{Date, DateTime};
use serde::Serialize;

pub use self::{field::Field, layout::Layout, refusal::Refusal};
use crate::{
    columns::Mapping,
    problem::Problem,
    workbook::{Sheet, Workbook},
};

/// The most lines of one statement.
const MOST_LINES: usize = 100_000;

/// What a file says about an account.
#[derive(Debug, Clone)]
pub struct Statement {
    pub layout: Layout,
    pub sheet: String,
    /// The number of the account, where the file tells it.
    pub account: Option<String>,
    pub iban: Option<String>,
    pub currency: Option<String>,
    /// The days it speaks of, both included.
    pub period: Option<(Date, Date)>,
    pub opening: Option<Money>,
    pub closing: Option<Money>,
    /// The sums that stand under the lines; out is not above nought.
    pub stated_in: Option<Money>,
    pub stated_out: Option<Money>,
    pub lines: Vec<Line>,
    /// Rows that could not be read; they are not among the lines.
    pub problems: Vec<Problem>,
    /// Every column with its words and what it was taken for, for a person to see.
    pub columns: Vec<(String, String, Option<Field>)>,
}

/// One movement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The row of the file, counted from 1.
    pub row: u32,
    /// On Ulaanbaatar's clocks.
    pub at: DateTime,
    pub precision: Precision,
    /// In above, out below nought.
    pub amount: Money,
    pub balance_after: Option<Money>,
    /// In one line, single blanks.
    pub text: String,
    pub counter_account: Option<String>,
    pub counter_name: Option<String>,
}

/// The totals of the lines themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sums {
    pub into: Money,
    pub out: Money,
}

impl Statement {
    /// Reads a file by what is in it; `by_hand` says columns where their words do not.
    pub fn read(file_name: &str, bytes: &[u8], by_hand: &Mapping<Field>) -> Result<Statement, Refusal> {
        refusal::before_reading(bytes)?;
        let workbook = Workbook::read(file_name, bytes).map_err(Refusal::Unreadable)?;
        Statement::of(&workbook, by_hand)
    }

    /// The same of a file that was unpacked already.
    pub fn of(workbook: &Workbook, by_hand: &Mapping<Field>) -> Result<Statement, Refusal> {
        let found = layout::recognise(workbook, by_hand)?;
        let (sheet, heading) = (found.sheet, &found.heading);
        let body = lines::read(sheet, heading, found.layout)?;
        let head = head::read(sheet, heading, &body.feet, found.layout);
        let mut statement = Statement {
            layout: found.layout,
            sheet: sheet.name.clone(),
            account: head.account,
            iban: head.iban,
            currency: head.currency,
            period: head.period,
            opening: head.opening,
            closing: head.closing,
            stated_in: body.totals.map(|totals| totals.into).or(head.stated_in),
            stated_out: body.totals.map(|totals| totals.out).or(head.stated_out),
            lines: body.lines,
            problems: body.problems,
            columns: columns_seen(heading),
        };
        checks::fill_ends(&mut statement)?;
        Ok(statement)
    }

    /// What the lines come to.
    pub fn sums(&self) -> Result<Sums, Refusal> {
        let sum = |positive: bool| {
            Money::sum(self.lines.iter().map(|line| line.amount).filter(|amount| amount.is_positive() == positive))
                .map_err(|_| Refusal::TooLarge)
        };
        Ok(Sums { into: sum(true)?, out: sum(false)? })
    }

    /// Holds lines, totals and balances against each other.
    pub fn verify(&self) -> Result<(), Refusal> {
        checks::verify(self)
    }

    /// Rows outside the days that the file says it speaks of: told, not refused.
    pub fn rows_outside(&self) -> Vec<u32> {
        let Some((from, to)) = self.period else { return Vec::new() };
        self.lines.iter().filter(|line| !(from..=to).contains(&line.at.date())).map(|line| line.row).collect()
    }

    /// Whose account it is, by what the file tells of it. A file that tells nothing is anybody's.
    pub fn is_of(&self, bank: Bank, number: &str) -> bool {
        let same_bank = self.layout.bank().is_none_or(|of| of == bank);
        let told: Vec<&str> = [&self.account, &self.iban].into_iter().flatten().map(String::as_str).collect();
        let same = |told: &&str| domain::bank::account_number(told).is_ok_and(|told| same_number(&told, number));
        same_bank && (told.is_empty() || told.iter().any(same))
    }
}

/// A spreadsheet may have lost the noughts at the beginning.
fn same_number(told: &str, number: &str) -> bool {
    told.trim_start_matches('0') == number.trim_start_matches('0')
}

fn columns_seen(heading: &layout::Heading) -> Vec<(String, String, Option<Field>)> {
    let field = |column| heading.columns.iter().find(|(_, taken)| **taken == column).map(|(field, _)| *field);
    heading.texts.iter().map(|(column, text)| (column.to_string(), text.clone(), field(*column))).collect()
}

/// The cells of a row that say something themselves, in order.
fn own_cells(sheet: &Sheet, row: u32) -> impl Iterator<Item = &crate::workbook::Cell> {
    sheet.row(row).iter().filter(|cell| !cell.is_blank() && cell.merged == crate::workbook::Merged::Not)
}
