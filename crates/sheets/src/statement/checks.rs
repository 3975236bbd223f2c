//! What must hold before a statement is kept: its sums are its totals, and each balance follows from the one before.
//!
//! Banks write the rows of one second in any order, so balances are followed from second to second, not row to row.

use std::collections::BTreeMap;

use domain::Money;
use jiff::civil::DateTime;

use super::{Line, Refusal, Statement};

/// Opening and closing balances where only the lines tell them.
pub(super) fn fill_ends(statement: &mut Statement) -> Result<(), Refusal> {
    if statement.lines.is_empty() || statement.lines.iter().any(|line| line.balance_after.is_none()) {
        return Ok(());
    }
    let sums = statement.sums()?;
    let moved = sums.into.checked_add(sums.out).map_err(|_| Refusal::TooLarge)?;
    if statement.opening.is_none() {
        let in_order = in_order(&statement.lines);
        statement.opening = in_order.first_key_value().map(|(_, lines)| start(lines)).transpose()?;
    }
    if statement.closing.is_none() {
        let opening = statement.opening.unwrap_or(Money::ZERO);
        statement.closing = Some(opening.checked_add(moved).map_err(|_| Refusal::TooLarge)?);
    }
    Ok(())
}

pub(super) fn verify(statement: &Statement) -> Result<(), Refusal> {
    let sums = statement.sums()?;
    if let Some(stated) = statement.stated_in.filter(|stated| *stated != sums.into) {
        return Err(Refusal::TotalIn { stated, sum: sums.into });
    }
    if let Some(stated) = statement.stated_out.filter(|stated| *stated != sums.out) {
        return Err(Refusal::TotalOut { stated, sum: sums.out });
    }
    if let (Some(opening), Some(closing)) = (statement.opening, statement.closing) {
        let moved = sums.into.checked_add(sums.out).and_then(|moved| opening.checked_add(moved));
        let reckoned = moved.map_err(|_| Refusal::TooLarge)?;
        if reckoned != closing {
            return Err(Refusal::Closing { stated: closing, reckoned });
        }
    }
    chain(statement)
}

/// The balances follow each other from second to second.
fn chain(statement: &Statement) -> Result<(), Refusal> {
    if statement.lines.is_empty() || statement.lines.iter().any(|line| line.balance_after.is_none()) {
        return Ok(());
    }
    let mut balance = None;
    for (_, lines) in in_order(&statement.lines) {
        let first = match (balance, statement.opening) {
            (Some(balance), _) | (None, Some(balance)) => balance,
            (None, None) => start(&lines)?,
        };
        balance = Some(follow(first, &lines)?);
    }
    Ok(())
}

/// The balance after the lines of one moment, in whatever order they stand: what they open with and what they leave
/// behind must pair off, but for the first and the last.
fn follow(first: Money, lines: &[&Line]) -> Result<Money, Refusal> {
    let mut open: BTreeMap<Money, i64> = BTreeMap::new();
    let mut last = first;
    for line in lines {
        let after = line.balance_after.unwrap_or_default();
        let before = after.checked_sub(line.amount).map_err(|_| Refusal::TooLarge)?;
        last = last.checked_add(line.amount).map_err(|_| Refusal::TooLarge)?;
        *open.entry(before).or_default() += 1;
        *open.entry(after).or_default() -= 1;
    }
    *open.entry(first).or_default() -= 1;
    *open.entry(last).or_default() += 1;
    match open.values().all(|left| *left == 0) {
        true => Ok(last),
        false => Err(Refusal::Chain { row: lines.iter().map(|line| line.row).min().unwrap_or_default() }),
    }
}

/// The balance that the lines of the first moment begin with: the one that none of them leaves behind.
fn start(lines: &[&Line]) -> Result<Money, Refusal> {
    let before =
        |line: &Line| line.balance_after.unwrap_or_default().checked_sub(line.amount).map_err(|_| Refusal::TooLarge);
    for line in lines {
        let opens = before(line)?;
        if !lines.iter().any(|other| other.balance_after == Some(opens)) {
            return Ok(opens);
        }
    }
    lines.first().map_or(Ok(Money::ZERO), |line| before(line))
}

/// The lines by their moments, whichever end of time the file begins with.
fn in_order(lines: &[Line]) -> BTreeMap<DateTime, Vec<&Line>> {
    let mut moments: BTreeMap<DateTime, Vec<&Line>> = BTreeMap::new();
    for line in lines {
        moments.entry(line.at).or_default().push(line);
    }
    moments
}
