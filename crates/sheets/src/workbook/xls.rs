//! Excel's old binary files.
//!
//! The parser trusts what such a file says about its own size, and running out of memory ends the process. So the
//! records are walked first: what they claim is checked, and only the checked stream is handed on, in a container made
//! anew. The walk also notes which numbers are shown as per cent, which the parser does not tell.

use std::{
    collections::{HashMap, HashSet},
    io::{Cursor, Read, Write},
    ops::Range,
};

use calamine::{Data, Reader, SheetType, SheetVisible, Xls, XlsError};
use cfb::{CompoundFile, Version};

use super::{
    Cell, MAX_CELLS, MAX_SHEETS, Sheet, Unreadable, Value,
    xlsx::{date_value, exact_moment, float_value, shows_percent},
};

pub fn read(bytes: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
    let mut stream = workbook_stream(bytes)?;
    let percent = check(&mut stream)?;
    let mut book: Xls<_> = Xls::new(Cursor::new(packed(&stream)?)).map_err(refused)?;
    let listed = book.sheets_metadata().to_vec();
    let mut sheets = Vec::with_capacity(listed.len());
    for (entry, percent) in listed.into_iter().zip(percent) {
        if entry.typ != SheetType::WorkSheet {
            continue;
        }
        let mut sheet = Sheet { hidden: entry.visible != SheetVisible::Visible, ..Sheet::new(&entry.name) };
        let cells = book.worksheet_range(&entry.name).map_err(refused)?;
        let (top, left) = cells.start().unwrap_or_default();
        for (row, column, data) in cells.used_cells() {
            let place = (top + limited(row)?, left + limited(column)?);
            let moment = match data {
                Data::DateTime(moment) => exact_moment(*moment),
                _ => None,
            };
            let percent = percent.contains(&place);
            let cell = Cell { value: value(data), percent, moment, ..Cell::default() };
            sheet.put(place.0 + 1, place.1, cell)?;
        }
        for region in book.merge_cells_by_sheet_name(&entry.name).map_err(refused)? {
            sheet.merge((region.start.0 + 1, region.end.0 + 1), (region.start.1, region.end.1))?;
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn limited(place: usize) -> Result<u32, Unreadable> {
    u32::try_from(place).map_err(Unreadable::broken)
}

fn value(data: &Data) -> Value {
    match data {
        Data::Empty => Value::Blank,
        Data::String(text) => Value::text(text),
        Data::Int(number) => Value::Number((*number).into()),
        Data::Float(float) => float_value(*float),
        Data::Bool(flag) => Value::Flag(*flag),
        Data::DateTime(moment) => date_value(*moment),
        Data::DateTimeIso(text) | Data::DurationIso(text) => Value::text(text),
        Data::Error(fault) => Value::text(&fault.to_string()),
    }
}

fn refused(error: XlsError) -> Unreadable {
    match error {
        XlsError::Password => Unreadable::Locked,
        other => Unreadable::broken(other),
    }
}

fn workbook_stream(bytes: &[u8]) -> Result<Vec<u8>, Unreadable> {
    let mut container = CompoundFile::open(Cursor::new(bytes)).map_err(Unreadable::broken)?;
    if container.exists("/EncryptedPackage") {
        return Err(Unreadable::Locked);
    }
    let name = ["/Workbook", "/Book"].into_iter().find(|name| container.is_stream(name));
    let mut stream = Vec::new();
    let mut workbook = container.open_stream(name.ok_or(Unreadable::NotASheet)?).map_err(Unreadable::broken)?;
    workbook.read_to_end(&mut stream).map_err(Unreadable::broken)?;
    Ok(stream)
}

fn packed(stream: &[u8]) -> Result<Vec<u8>, Unreadable> {
    let mut container =
        CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new())).map_err(Unreadable::broken)?;
    let mut workbook = container.create_stream("/Workbook").map_err(Unreadable::broken)?;
    workbook.write_all(stream).map_err(Unreadable::broken)?;
    workbook.flush().map_err(Unreadable::broken)?;
    drop(workbook);
    container.flush().map_err(Unreadable::broken)?;
    Ok(container.into_inner().into_inner())
}

/// The cells of a sheet, row and column counted from 0.
type Places = HashSet<(u32, u32)>;

/// Record types, as the format's specification numbers them.
mod kind {
    pub const BEGIN: u16 = 0x0809;
    pub const CELL_FORMAT: u16 = 0x00E0;
    pub const DIMENSIONS: u16 = 0x0200;
    pub const END: u16 = 0x000A;
    pub const LOCKED: u16 = 0x002F;
    pub const NUMBER_FORMAT: u16 = 0x041E;
    pub const RK_NUMBERS: u16 = 0x00BD;
    pub const SHEET: u16 = 0x0085;
    /// Formula, row of numbers, rich text, shared text, number, text, flag, short number: row, column and format first.
    pub const CELLS: [u16; 8] = [0x0006, RK_NUMBERS, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E];
}

/// Walks the records as the parser will, refuses what would take too much memory, and answers which cells of each sheet
/// are shown as per cent.
fn check(stream: &mut [u8]) -> Result<Vec<Places>, Unreadable> {
    let mut sheets = Vec::new();
    let mut formats: HashMap<u16, bool> = HashMap::from([(9, true), (10, true)]);
    let mut cell_formats = Vec::new();
    let mut at = 0;
    while let Some((kind, place)) = record(stream, at)? {
        at = place.end;
        let data = &stream[place];
        match kind {
            kind::END => break,
            kind::LOCKED if number(data, 0) != Some(0) => return Err(Unreadable::Locked),
            kind::SHEET => sheets.push(number(data, 0).zip(number(data, 2)).unwrap_or_default()),
            kind::CELL_FORMAT => cell_formats.push(number(data, 2).unwrap_or(0)),
            kind::NUMBER_FORMAT => {
                // letters of one and of two bytes read alike once the zero halves are left out
                let letters = data.iter().skip(5).copied().filter(|byte| *byte != 0);
                formats.insert(number(data, 0).unwrap_or(0), shows_percent(letters));
            }
            _ => (),
        }
    }
    if sheets.len() > MAX_SHEETS {
        return Err(Unreadable::TooMuchInside);
    }
    let percent: Vec<bool> = cell_formats.iter().map(|format| formats.get(format) == Some(&true)).collect();
    let mut area = 0;
    let mut places = Vec::with_capacity(sheets.len());
    for (low, high) in sheets {
        let from = usize::from(low) | usize::from(high) << 16;
        places.push(check_sheet(stream, from, &percent, &mut area)?);
    }
    Ok(places)
}

fn check_sheet(stream: &mut [u8], from: usize, percent: &[bool], area: &mut usize) -> Result<Places, Unreadable> {
    let mut shown_as_percent = Places::new();
    let (mut rows, mut columns) = (Span::default(), Span::default());
    let mut depth = 0;
    let mut at = from;
    while let Some((kind, place)) = record(stream, at)? {
        at = place.end;
        match kind {
            kind::BEGIN => depth += 1,
            kind::END if depth <= 1 => break,
            kind::END => depth -= 1,
            // Only a hint to make room by, and often wrong: the parser need not see it.
            kind::DIMENSIONS => stream[place].fill(0),
            _ if !kind::CELLS.contains(&kind) => (),
            _ => {
                let data = &stream[place];
                let (Some(row), Some(first)) = (number(data, 0), number(data, 2)) else { continue };
                let last = if kind == kind::RK_NUMBERS { number(data, data.len() - 2) } else { None };
                rows.hold(row);
                columns.hold(first);
                columns.hold(last.unwrap_or(first));
                for (nth, column) in (first..=last.unwrap_or(first)).enumerate() {
                    let format = number(data, 4 + 6 * nth).and_then(|format| percent.get(usize::from(format)));
                    if format == Some(&true) && depth <= 1 {
                        shown_as_percent.insert((row.into(), column.into()));
                    }
                }
            }
        }
    }
    *area = area.saturating_add(rows.len().saturating_mul(columns.len()));
    // the parser lays out the whole rectangle between the outermost cells, twice
    if *area > 4 * MAX_CELLS { Err(Unreadable::TooMuchInside) } else { Ok(shown_as_percent) }
}

/// From the first to the last of the rows or columns with something in them.
#[derive(Default)]
struct Span(Option<(u16, u16)>);

impl Span {
    fn hold(&mut self, place: u16) {
        let (first, last) = self.0.unwrap_or((place, place));
        self.0 = Some((first.min(place), last.max(place)));
    }

    fn len(&self) -> usize {
        self.0.map_or(0, |(first, last)| usize::from(last - first) + 1)
    }
}

/// The type of the record at a place and where its data lies; `None` at the end.
fn record(stream: &[u8], at: usize) -> Result<Option<(u16, Range<usize>)>, Unreadable> {
    let rest = stream.get(at..).ok_or_else(|| Unreadable::broken("a sheet is said to begin after the end"))?;
    let (Some(kind), Some(length)) = (number(rest, 0), number(rest, 2)) else {
        return Ok(None);
    };
    let place = at + 4..at + 4 + usize::from(length);
    if place.end > stream.len() {
        return Err(Unreadable::broken("a record is longer than the file"));
    }
    Ok(Some((kind, place)))
}

/// The little-endian number at a place.
fn number(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes([*data.get(at)?, *data.get(at + 1)?]))
}
