//! Tells data rows from the lines around them: blank ones, totals, headings of floors, signatures.

use domain::text::fold_word;
use serde::Serialize;

use super::Field;
use crate::{
    columns::{Column, Heading},
    lexicon::Lexicon,
    values::{Floor, floors, said},
    workbook::{Cell, Merged, Sheet, Value},
};

/// Why a line is no data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    Blank,
    /// Sums of the sheet or of a floor.
    Total,
    /// A floor's or a part's title, column numbers, the header once more.
    Heading,
    /// Signatures and remarks.
    Foot,
}

/// A line below the header.
pub struct Line {
    pub row: u32,
    /// `None` in a row with data.
    pub why: Option<Why>,
    /// The floor that a heading announces.
    pub floor: Option<Floor>,
}

/// The lines below the header; blank ones only as far as data or totals reach.
pub fn all(sheet: &Sheet, heading: &Heading<Field>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut seen_data = false;
    for row in heading.first_row..=sheet.last_row() {
        let view = View::of(sheet, heading, row);
        let (why, floor) = view.why(seen_data);
        seen_data |= why.is_none();
        lines.push(Line { row, why, floor });
    }
    let reach = lines.iter().rposition(|line| matches!(line.why, None | Some(Why::Total))).map_or(0, |last| last + 1);
    let mut place = 0;
    lines.retain(|line| {
        place += 1;
        place <= reach || line.why != Some(Why::Blank)
    });
    lines
}

/// A line's own cells, repetitions of merged ones left aside.
struct View<'a> {
    sheet: &'a Sheet,
    heading: &'a Heading<Field>,
    row: u32,
    own: Vec<(Column, &'a Cell)>,
}

impl<'a> View<'a> {
    fn of(sheet: &'a Sheet, heading: &'a Heading<Field>, row: u32) -> View<'a> {
        let cells = sheet.row(row).iter().enumerate().filter_map(|(place, cell)| Some((Column::at(place)?, cell)));
        let own = cells.filter(|(_, cell)| cell.merged == Merged::Not && !cell.is_blank()).collect();
        View { sheet, heading, row, own }
    }

    fn why(&self, after_data: bool) -> (Option<Why>, Option<Floor>) {
        let because = |why| (Some(why), None);
        let claimed = self.own.iter().filter(|(column, _)| self.is_claimed(*column)).count();
        if claimed == 0 && self.texts().next().is_none() {
            // nothing, or a running number that waits for its row
            return because(Why::Blank);
        }
        if self.is_header_again() || self.is_column_numbers() {
            return because(Why::Heading);
        }
        if self.is_total() {
            return because(Why::Total);
        }
        let says_terms =
            [Field::Contract, Field::Register, Field::StartsOn, Field::PricePerM2, Field::FlatRent, Field::Area];
        let has_terms = says_terms.into_iter().any(|field| self.has(field));
        if !has_terms && self.texts().any(|(_, text)| is_signature(text)) {
            return because(Why::Foot);
        }
        if let (Some((column, text)), true) = (self.texts().next(), claimed <= 1 && self.texts().count() == 1)
            && !(self.holds(column, Field::Unit) && is_unit(text))
        {
            let floor = floors::parse(text).ok().filter(|_| text.chars().any(char::is_alphabetic));
            let why = if floor.is_none() && after_data { Why::Foot } else { Why::Heading };
            return (Some(why), floor);
        }
        let is_data = self.has(Field::Unit) || (claimed >= 3 && (self.has(Field::Tenant) || self.has(Field::Contract)));
        match (is_data, after_data) {
            (true, _) => (None, None),
            (false, true) => because(Why::Foot),
            (false, false) => because(Why::Heading),
        }
    }

    /// Sums, with or without a word for it: no contract, and nothing that could be a room.
    fn is_total(&self) -> bool {
        let is_let = [Field::Contract, Field::Register, Field::StartsOn].into_iter().any(|field| self.has(field));
        if is_let {
            return false;
        }
        let unit = self.cell(Field::Unit).and_then(said);
        let mut words = self.texts().filter(|(column, _)| !self.holds(*column, Field::Note));
        let has_word = words.any(|(_, text)| is_total_word(text));
        let names_a_room = unit.is_some_and(|unit| !is_total_word(&unit));
        let only_numbers = self.texts().next().is_none() && !self.has(Field::Tenant);
        !names_a_room && (has_word || only_numbers)
    }

    fn is_header_again(&self) -> bool {
        const ALIKE: usize = 4;
        let repeats = |(column, cell): &&(Column, &Cell)| {
            matches!(cell.value, Value::Text(_))
                && self.heading.rows.iter().any(|row| self.sheet.cell(*row, *column).value == cell.value)
        };
        self.own.iter().filter(repeats).take(ALIKE).count() == ALIKE
    }

    /// The line of column numbers that forms have below their header: 1, 2, 3 …
    fn is_column_numbers(&self) -> bool {
        let counts = |(number, (_, cell)): (i64, &(Column, &Cell))| cell.shown() == number.to_string();
        self.row == self.heading.first_row && self.own.len() >= 5 && (1..).zip(&self.own).all(counts)
    }

    fn texts(&self) -> impl Iterator<Item = (Column, &'a str)> {
        self.own.iter().filter_map(|(column, cell)| match &cell.value {
            Value::Text(text) => Some((*column, text.as_str())),
            _ => None,
        })
    }

    fn is_claimed(&self, column: Column) -> bool {
        self.heading.columns.values().any(|claimed| *claimed == column)
    }

    fn holds(&self, column: Column, field: Field) -> bool {
        self.heading.columns.get(&field) == Some(&column)
    }

    fn cell(&self, field: Field) -> Option<&Cell> {
        let column = self.heading.columns.get(&field)?;
        Some(self.sheet.cell(self.row, *column)).filter(|cell| cell.merged != Merged::Right)
    }

    fn has(&self, field: Field) -> bool {
        self.cell(field).is_some_and(|cell| said(cell).is_some())
    }
}

fn is_total_word(text: &str) -> bool {
    static TOTALS: Lexicon<()> = Lexicon::new(&[("нийт|нийтдээ|дүн|бүгд|бүгдийн|нийлбэр|total|subtotal|итого", ())]);
    const MOST_WORDS: usize = 6;
    let folded = fold_word(text);
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.clone().count() <= MOST_WORDS && words.any(|word| TOTALS.whole(word).is_some())
}

fn is_signature(text: &str) -> bool {
    static BEGINNINGS: Lexicon<()> = Lexicon::new(&[
        ("хянасан|хянав|бэлтгэсэн|боловсруулсан|гаргасан|тайлан гаргасан|нягтлан|ерөнхий нягтлан|ня-бо|захирал", ()),
        ("гүйцэтгэх захирал|баталсан|батлав|зөвшөөрсөн|менежер|санхүү|эрхлэгч|гарын үсэг|тамга|огноо:|тэмдэг", ()),
    ]);
    let folded = fold_word(text);
    let begins = BEGINNINGS.strip_prefix(folded.trim_start_matches(|c: char| !c.is_alphanumeric())).is_some();
    begins || folded.contains("___") || folded.contains(".....") || folded.contains("…")
}

/// A text that may be a room's number: short, and not only words, nor a floor in words (`B1 давхар`).
fn is_unit(text: &str) -> bool {
    let names_a_floor = floors::parse(text).is_ok() && text.chars().filter(|c| c.is_alphabetic()).count() > 1;
    text.chars().count() <= 20 && text.chars().any(|c| c.is_ascii_digit()) && !names_a_floor
}
