//! A spreadsheet file as a grid of cells: Excel's new and old formats and CSV, within limits, never a panic.

mod csv;
mod number;
#[cfg(test)]
mod tests;
mod xls;
mod xlsx;

use std::{
    borrow::Cow,
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
    str::FromStr,
};

use domain::text::tidy;
use jiff::civil::{Date, DateTime};
use rust_decimal::Decimal;

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 20 * 1024 * 1024;
/// The most that a packed file may hold unpacked, in bytes; a test makes its point with less.
const MAX_UNPACKED: u64 = if cfg!(test) { 8 } else { 256 } * 1024 * 1024;
/// The most cells with something in them, over all sheets, merged regions filled.
const MAX_CELLS: usize = 2_000_000;
/// The last column that is read; owners' lists end long before it.
const MAX_COLUMNS: u32 = 1_024;
/// The last row that Excel has.
const MAX_ROWS: u32 = 1_048_576;
const MAX_SHEETS: usize = 200;

/// The sheets of one file, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Workbook {
    pub sheets: Vec<Sheet>,
}

/// Why a file could not be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("the file is larger than 20 MiB")]
    TooLarge,
    #[error("the file holds too much: unpacked, or in cells")]
    TooMuchInside,
    #[error("the file is locked with a password: save it without one and send it again")]
    Locked,
    #[error("this is not a spreadsheet: send .xlsx, .xls or .csv")]
    NotASheet,
    /// The reason is for the log, not for people.
    #[error("the file is damaged: open it in Excel, save it anew and send it again")]
    Broken(String),
}

impl Unreadable {
    /// The sentence for a reader of Mongolian.
    pub fn mn(&self) -> &'static str {
        match self {
            Unreadable::TooLarge => "Файл 20 МБ-аас том байна.",
            Unreadable::TooMuchInside => "Файл доторх мэдээлэл хэт их байна.",
            Unreadable::Locked => "Файл нууц үгтэй байна: нууц үгийг нь аваад дахин илгээнэ үү.",
            Unreadable::NotASheet => "Энэ хүснэгтийн файл биш байна: .xlsx, .xls эсвэл .csv файл илгээнэ үү.",
            Unreadable::Broken(_) => "Файл гэмтсэн байна: Excel-ээр нээж, шинээр хадгалаад дахин илгээнэ үү.",
        }
    }

    /// The sentence for a reader of English.
    pub fn en(&self) -> String {
        self.to_string()
    }

    fn broken(reason: impl fmt::Display) -> Unreadable {
        Unreadable::Broken(reason.to_string())
    }
}

impl Workbook {
    /// Reads a file by what it is, not by how it is called; the name (without its ending) becomes a CSV's sheet name.
    pub fn read(file_name: &str, bytes: &[u8]) -> Result<Workbook, Unreadable> {
        if bytes.len() > MAX_BYTES {
            return Err(Unreadable::TooLarge);
        }
        let read = || match bytes {
            [b'P', b'K', ..] => xlsx::read(bytes),
            [0xD0, 0xCF, 0x11, 0xE0, ..] => xls::read(bytes),
            _ => csv::read(sheet_name(file_name), bytes).map(|sheet| vec![sheet]),
        };
        // The parsers of foreign formats index into what the file claims; a file that lies is the file's fault.
        let sheets = catch_unwind(AssertUnwindSafe(read))
            .unwrap_or_else(|_| Err(Unreadable::broken("the parser gave up on it")))?;
        Ok(Workbook { sheets })
    }
}

fn sheet_name(file_name: &str) -> &str {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// One sheet: rows and columns of cells, counted as the spreadsheet counts them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    pub name: String,
    /// A sheet that its owner has hidden is not data to be sent in.
    pub hidden: bool,
    /// The name is the file's: the owner gave the sheet none.
    pub named_by_file: bool,
    rows: Vec<Vec<Cell>>,
    cells: usize,
}

impl Sheet {
    pub fn new(name: impl Into<String>) -> Sheet {
        Sheet { name: name.into(), ..Sheet::default() }
    }

    /// The number of the last row with something in it; 0 in an empty sheet.
    pub fn last_row(&self) -> u32 {
        u32::try_from(self.rows.len()).expect("rows are limited")
    }

    /// The cells of a row, from column A to the last one with something in it. Rows count from 1.
    pub fn row(&self, row: u32) -> &[Cell] {
        let place = (row as usize).wrapping_sub(1);
        self.rows.get(place).map_or(&[], Vec::as_slice)
    }

    pub fn cell(&self, row: u32, column: Column) -> &Cell {
        static BLANK: Cell = Cell::BLANK;
        self.row(row).get(column.place()).unwrap_or(&BLANK)
    }

    /// Puts a cell; blank ones take no room.
    fn put(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), Unreadable> {
        if cell.value == Value::Blank {
            return Ok(());
        }
        if row == 0 || row > MAX_ROWS || column >= MAX_COLUMNS {
            return Err(Unreadable::TooMuchInside);
        }
        let (row, place) = (row as usize - 1, column as usize);
        if self.rows.len() <= row {
            // a row takes room even when nothing is in it
            self.cells += (row + 1 - self.rows.len()) / 4;
            self.rows.resize_with(row + 1, Vec::new);
        }
        let cells = &mut self.rows[row];
        if cells.len() <= place {
            self.cells += place + 1 - cells.len();
            cells.resize(place + 1, Cell::default());
        }
        cells[place] = cell;
        if self.cells > MAX_CELLS { Err(Unreadable::TooMuchInside) } else { Ok(()) }
    }

    /// Repeats the corner cell over its merged region, marked as a repetition. Rows count from 1, both ends inside.
    fn merge(&mut self, rows: (u32, u32), columns: (u32, u32)) -> Result<(), Unreadable> {
        let Cell { value, percent, moment, .. } = self.cell(rows.0, Column(columns.0)).clone();
        if value == Value::Blank {
            return Ok(());
        }
        // A region may be drawn to the edge of the sheet; what lies outside the data says nothing.
        let last_row = rows.1.min(self.last_row());
        for row in rows.0..=last_row {
            for column in columns.0..=columns.1.min(MAX_COLUMNS - 1) {
                let merged = match (row == rows.0, column == columns.0) {
                    (true, true) => continue,
                    (false, true) => Merged::Down,
                    (_, false) => Merged::Right,
                };
                self.cells += 1;
                self.put(row, column, Cell { value: value.clone(), percent, merged, moment })?;
            }
        }
        Ok(())
    }
}

/// One cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    pub value: Value,
    /// The number is shown as per cent: 0.005 reads 0.5 %.
    pub percent: bool,
    pub merged: Merged,
    /// Of a cell formatted as a date the moment, to the nearest second; its value has the day.
    pub moment: Option<DateTime>,
}

impl Cell {
    pub const BLANK: Cell = Cell { value: Value::Blank, percent: false, merged: Merged::Not, moment: None };

    pub fn text(text: impl AsRef<str>) -> Cell {
        Cell { value: Value::text(text.as_ref()), ..Cell::default() }
    }

    pub fn number(number: impl Into<Decimal>) -> Cell {
        Cell { value: Value::Number(number.into()), ..Cell::default() }
    }

    pub fn date(date: Date) -> Cell {
        Cell { value: Value::Date(date), moment: Some(date.at(0, 0, 0, 0)), ..Cell::default() }
    }

    /// What a person sees in the cell, in one line; a date as `2026-03-15`.
    pub fn shown(&self) -> Cow<'_, str> {
        match &self.value {
            Value::Blank => Cow::Borrowed(""),
            Value::Text(text) => Cow::Borrowed(text),
            Value::Number(number) => Cow::Owned(number.normalize().to_string()),
            Value::Date(date) => Cow::Owned(date.to_string()),
            Value::Flag(true) => Cow::Borrowed("TRUE"),
            Value::Flag(false) => Cow::Borrowed("FALSE"),
        }
    }

    /// Nothing is in it.
    pub fn is_blank(&self) -> bool {
        self.value == Value::Blank
    }
}

/// What a cell holds; numbers are exact decimals, taken from the file's floats at the edge.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Value {
    #[default]
    Blank,
    /// In one line, without stray blanks; never empty.
    Text(String),
    Number(Decimal),
    Date(Date),
    Flag(bool),
}

impl Value {
    fn text(text: &str) -> Value {
        let text = tidy(text);
        if text.is_empty() { Value::Blank } else { Value::Text(text) }
    }
}

/// Whether the cell repeats the corner of a merged region.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Merged {
    #[default]
    Not,
    /// The corner stands above, in the same column.
    Down,
    /// The corner stands further left, in this row or above.
    Right,
}

/// A column, written with letters as in the spreadsheet: A, B … Z, AA.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Column(u32);

/// Not the letters of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a column is written with one to three Latin letters, as in the spreadsheet")]
pub struct NotAColumn;

impl Column {
    /// The column at a place counted from 0; `None` beyond the last that is read.
    pub fn at(place: usize) -> Option<Column> {
        u32::try_from(place).ok().filter(|place| *place < MAX_COLUMNS).map(Column)
    }

    /// The column beside it on the left.
    pub fn left(self) -> Option<Column> {
        self.0.checked_sub(1).map(Column)
    }

    fn place(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = Vec::new();
        let mut rest = self.0 + 1;
        while rest > 0 {
            rest -= 1;
            letters.push(char::from(b'A' + u8::try_from(rest % 26).expect("a remainder of 26 fits")));
            rest /= 26;
        }
        letters.iter().rev().try_for_each(|letter| write!(f, "{letter}"))
    }
}

impl FromStr for Column {
    type Err = NotAColumn;

    fn from_str(text: &str) -> Result<Column, NotAColumn> {
        let letters = domain::text::fold_code(text);
        if letters.is_empty() || letters.len() > 3 || !letters.bytes().all(|b| b.is_ascii_uppercase()) {
            return Err(NotAColumn);
        }
        let number = letters.bytes().fold(0, |number, letter| number * 26 + u32::from(letter - b'A') + 1);
        Column::at(number as usize - 1).ok_or(NotAColumn)
    }
}

impl serde::Serialize for Column {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}
