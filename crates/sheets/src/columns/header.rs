//! Finds the header's lines in a sheet: of all lines that may be it, those whose words say the most.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{Column, Heading, Names, names::Group};
use crate::workbook::{Merged, Sheet};

/// A header stands near the top, below a title at most.
const LINES_LOOKED_AT: u32 = 60;
const MOST_LINES: u32 = 3;

/// The heading of a sheet; `None` when no line says anything known. The line that says the most belongs to it; lines
/// beside that one do when they add something, so a title and blank lines do not.
pub fn find<F: Copy + Ord>(sheet: &Sheet, names: &Names<F>) -> Option<Heading<F>> {
    let lines = 1..=sheet.last_row().min(LINES_LOOKED_AT);
    let telling = lines.max_by_key(|line| (read(sheet, names, *line, *line).0, Reverse(*line)))?;
    let tops = telling.saturating_sub(MOST_LINES - 1).max(1)..=telling;
    let spans = tops.flat_map(|top| (telling..top + MOST_LINES).map(move |bottom| (top, bottom)));
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
        let Some((group, own)) = words(sheet, column, top, bottom) else { continue };
        if let Some((field, weight)) = names.recognise(&group, &own) {
            let claim = claims.entry(field).or_insert((weight, column));
            // of two columns with the same name the left one is meant
            if weight > claim.0 {
                *claim = (weight, column);
            }
        }
        texts.push(match group {
            Group::Over(group) => (column, format!("{group} / {own}")),
            _ => (column, own),
        });
    }
    let weight = claims.values().map(|(weight, _)| weight).sum();
    let columns = claims.into_iter().map(|(field, (_, column))| (field, column)).collect();
    (weight, Heading { rows: (top..=bottom).collect(), first_row: bottom + 1, columns, texts })
}

/// The words of a column's group and its own, the lowest.
fn words(sheet: &Sheet, column: Column, top: u32, bottom: u32) -> Option<(Group, String)> {
    let mut over: Vec<String> = Vec::new();
    let mut beside = None;
    for row in top..=bottom {
        let cell = sheet.cell(row, column);
        if cell.is_blank() {
            beside = if row < bottom { group_begun_left(sheet, column, row) } else { beside };
        } else if over.last().map(String::as_str) != Some(&*cell.shown()) {
            over.push(cell.shown().into_owned());
        }
    }
    let own = over.pop()?;
    let group = match (over.is_empty(), beside) {
        (false, _) => Group::Over(over.join(" ")),
        (true, Some(beside)) => Group::Beside(beside),
        (true, None) => Group::None,
    };
    Some((group, own))
}

/// The group that a blank cell of an upper line may belong to when nobody merged it: the nearest words further left, as
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
