//! Finds the header's lines in a sheet: of all lines that may be it, those whose words say the most.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{Column, Heading, Names};
use crate::workbook::{Merged, Sheet};

/// A header stands near the top, below a title at most.
const LINES_LOOKED_AT: u32 = 60;
const MOST_LINES: u32 = 3;

/// The heading of a sheet; `None` when no line says anything known. A title or a blank line that adds nothing is no part
/// of it, so of headings that say the same the shorter one is meant.
pub fn find<F: Copy + Ord>(sheet: &Sheet, names: &Names<F>) -> Option<Heading<F>> {
    let tops = 1..=sheet.last_row().min(LINES_LOOKED_AT);
    let spans = tops.flat_map(|top| (1..=MOST_LINES).map(move |lines| (top, top + lines - 1)));
    spans
        .filter(|(_, bottom)| *bottom <= sheet.last_row())
        .map(|(top, bottom)| read(sheet, names, top, bottom))
        .filter(|(weight, _)| *weight > 0)
        .min_by_key(|(weight, heading)| (Reverse(*weight), heading.rows.len()))
        .map(|(_, heading)| heading)
}

/// These lines read as a header, and how much they say.
fn read<F: Copy + Ord>(sheet: &Sheet, names: &Names<F>, top: u32, bottom: u32) -> (u32, Heading<F>) {
    let width = (top..=bottom).map(|row| sheet.row(row).len()).max().unwrap_or(0);
    let mut claims: BTreeMap<F, (u32, Column)> = BTreeMap::new();
    let mut texts = Vec::new();
    for column in (0..width).filter_map(Column::at) {
        let mut lines = own_and_groups(sheet, column, top, bottom);
        let Some(own) = lines.pop() else { continue };
        let group = lines.join(" ");
        if let Some((field, weight)) = names.recognise(&group, &own) {
            let claim = claims.entry(field).or_insert((weight, column));
            // of two columns with the same name the left one is meant
            if weight > claim.0 {
                *claim = (weight, column);
            }
        }
        texts.push((column, if group.is_empty() { own } else { format!("{group} / {own}") }));
    }
    let weight = claims.values().map(|(weight, _)| weight).sum();
    let columns = claims.into_iter().map(|(field, (_, column))| (field, column)).collect();
    (weight, Heading { rows: (top..=bottom).collect(), first_row: bottom + 1, columns, texts })
}

/// The different words over a column from the top line to its own, the lowest.
fn own_and_groups(sheet: &Sheet, column: Column, top: u32, bottom: u32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for row in top..=bottom {
        let text = match (sheet.cell(row, column).is_blank(), row < bottom) {
            (false, _) => sheet.cell(row, column).shown().into_owned(),
            (true, true) => group_begun_left(sheet, column, row).unwrap_or_default(),
            (true, false) => String::new(),
        };
        if !text.is_empty() && lines.last() != Some(&text) {
            lines.push(text);
        }
    }
    lines
}

/// The group that a blank cell of an upper line belongs to when nobody merged it: the nearest words further left, as
/// long as every column on the way has words of its own below.
fn group_begun_left(sheet: &Sheet, column: Column, row: u32) -> Option<String> {
    let has_own = |column| {
        let below = sheet.cell(row + 1, column);
        !below.is_blank() && below.merged != Merged::Down
    };
    let mut here = column;
    while has_own(here) {
        here = here.left()?;
        let cell = sheet.cell(row, here);
        if !cell.is_blank() {
            return (has_own(here) && cell.merged != Merged::Down).then(|| cell.shown().into_owned());
        }
    }
    None
}
