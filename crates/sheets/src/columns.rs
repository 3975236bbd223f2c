//! Finds what stands in which column by the words of the header, wherever it stands and however it is put.
//!
//! A header has one to three lines; the upper ones may be groups over several columns (`Барьцаа` over `Төлөх` and
//! `Төлсөн`). A column is known by its own words or by its group's and its own together. What was found can be seen, and
//! a person's word ([`Mapping`]) stands above it.

mod fingerprint;
mod header;
mod names;

use std::collections::BTreeMap;

pub use fingerprint::fingerprint;
pub use header::find;
pub use names::{Group, Name, Names};

pub use crate::workbook::{Column, NotAColumn};

/// Where a sheet's data stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading<F: Ord> {
    /// The header's lines, counted from 1; none when the columns were only said by hand.
    pub rows: Vec<u32>,
    /// The first line below the header.
    pub first_row: u32,
    pub columns: BTreeMap<F, Column>,
    /// Every column with its words, also those that were not recognised, for a person to see.
    pub texts: Vec<(Column, String)>,
}

impl<F: Copy + Ord> Heading<F> {
    /// The columns whose words meant nothing to us.
    pub fn unclaimed(&self) -> impl Iterator<Item = &(Column, String)> {
        self.texts.iter().filter(|(column, _)| !self.columns.values().any(|claimed| claimed == column))
    }

    /// The heading with a person's word put above what was found.
    pub fn corrected(mut self, mapping: &Mapping<F>) -> Heading<F> {
        for (field, column) in &mapping.columns {
            self.columns.retain(|_, taken| Some(*taken) != *column);
            match column {
                Some(column) => self.columns.insert(*field, *column),
                None => self.columns.remove(field),
            };
        }
        if let Some(row) = mapping.first_row {
            self.rows.retain(|header| *header < row);
            self.first_row = row.max(1);
        }
        self
    }
}

/// What a person says about the columns of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping<F: Ord> {
    /// The column that holds a field; `None` when none does, whatever its header says.
    pub columns: BTreeMap<F, Option<Column>>,
    /// The first line with data, where the header can't be found.
    pub first_row: Option<u32>,
}

impl<F: Ord> Default for Mapping<F> {
    fn default() -> Mapping<F> {
        Mapping { columns: BTreeMap::new(), first_row: None }
    }
}

impl<F: Copy + Ord> Mapping<F> {
    /// The heading of a sheet of which nothing else is known.
    pub fn alone(&self) -> Heading<F> {
        Heading { rows: Vec::new(), first_row: 1, columns: BTreeMap::new(), texts: Vec::new() }.corrected(self)
    }
}
