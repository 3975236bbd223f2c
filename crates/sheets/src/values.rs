//! How people write values in a cell: dates, money, areas, rates, numbers of people, words.
//!
//! Each reader answers with the value, with `None` for a cell that says nothing (blank, or a dash), or with [`Unclear`]
//! for one that says something else. Nothing is guessed where two readings are equally likely.

pub mod areas;
pub mod dates;
pub mod floors;
pub mod money;
pub(crate) mod numbers;
pub mod people;
pub mod rates;
pub mod words;
#[cfg(test)]
mod written;

use std::borrow::Cow;

use crate::workbook::Cell;

pub use floors::Floor;

/// The cell says something, but not a value of the kind asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not readable as this kind of value")]
pub struct Unclear;

/// What reading a cell comes to.
pub type Read<T> = Result<Option<T>, Unclear>;

/// The text of a cell in one line; `None` when it is blank or only a dash, the way people write "nothing".
pub fn said(cell: &Cell) -> Option<Cow<'_, str>> {
    let text = cell.shown();
    let says_nothing = text.chars().all(|c| matches!(c, '-' | '‐' | '‑' | '–' | '—' | '−' | '_' | '.' | ' '));
    (!says_nothing).then_some(text)
}
