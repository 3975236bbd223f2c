//! Excel's packed XML files.

use std::io::{Cursor, Read, sink};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Style, Xlsx, XlsxError};
use jiff::{
    RoundMode, Unit,
    civil::{Date, DateTime, DateTimeRound, Time},
};
use zip::ZipArchive;

use super::{Cell, MAX_CELLS, MAX_SHEETS, MAX_UNPACKED, Sheet, Unreadable, Value, number::decimal};

pub fn read(bytes: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
    check_size_unpacked(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(refused)?;
    let listed: Vec<_> = book.sheets_metadata().iter().filter(|s| s.typ == SheetType::WorkSheet).cloned().collect();
    if listed.len() > MAX_SHEETS {
        return Err(Unreadable::TooMuchInside);
    }
    let mut sheets = Vec::with_capacity(listed.len());
    let mut cells = 0;
    for entry in listed {
        let mut sheet = Sheet { hidden: entry.visible != SheetVisible::Visible, ..Sheet::new(&entry.name) };
        put_cells(&mut book, &mut sheet)?;
        for region in book.merge_cells_by_sheet_name(&entry.name).map_err(refused)? {
            let ((top, left), (bottom, right)) = (region.start, region.end);
            sheet.merge((top.saturating_add(1), bottom.saturating_add(1)), (left, right))?;
        }
        cells += sheet.cells;
        if cells > MAX_CELLS {
            return Err(Unreadable::TooMuchInside);
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// Reads cell by cell: a grid over the corners that a file claims could be larger than memory.
fn put_cells(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &mut Sheet) -> Result<(), Unreadable> {
    let mut cells = match book.worksheet_cells_reader(&sheet.name) {
        Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
        cells => cells.map_err(refused)?,
    };
    let percent: Vec<bool> = cells.styles().iter().map(is_percent).collect();
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(refused)? {
        let (row, column) = cell.get_position();
        let percent = percent.get(style).copied().unwrap_or(false);
        let moment = match cell.get_value() {
            DataRef::DateTime(moment) => exact_moment(*moment),
            _ => None,
        };
        let cell = Cell { value: value(cell.get_value()), percent, moment, ..Cell::default() };
        sheet.put(row.saturating_add(1), column, cell)?;
    }
    Ok(())
}

fn value(data: &DataRef<'_>) -> Value {
    match data {
        DataRef::Empty => Value::Blank,
        DataRef::String(text) => Value::text(text),
        DataRef::SharedString(text) => Value::text(text),
        DataRef::Int(number) => Value::Number((*number).into()),
        DataRef::Float(float) => float_value(*float),
        DataRef::Bool(flag) => Value::Flag(*flag),
        DataRef::DateTime(moment) => date_value(*moment),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Value::text(text),
        DataRef::Error(fault) => Value::text(&fault.to_string()),
    }
}

pub fn float_value(float: f64) -> Value {
    decimal(float).map_or_else(|| Value::text(&float.to_string()), Value::Number)
}

/// The day of a cell formatted as a date; the time of day is left out. A duration is a plain number.
pub fn date_value(moment: calamine::ExcelDateTime) -> Value {
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    let parts = (i16::try_from(year), i8::try_from(month), i8::try_from(day));
    match parts {
        (Ok(year), Ok(month), Ok(day)) if moment.is_datetime() => {
            Date::new(year, month, day).map_or_else(|_| float_value(moment.as_f64()), Value::Date)
        }
        _ => float_value(moment.as_f64()),
    }
}

/// The moment of a cell formatted as a date, to the nearest second: the float behind it is a hair off either way.
pub fn exact_moment(moment: calamine::ExcelDateTime) -> Option<DateTime> {
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let small = |part: u8| i8::try_from(part).ok();
    let day = Date::new(i16::try_from(year).ok()?, small(month)?, small(day)?).ok()?;
    let time = Time::new(small(hour)?, small(minute)?, small(second)?, i32::from(milli) * 1_000_000).ok()?;
    let round = DateTimeRound::new().smallest(Unit::Second).mode(RoundMode::HalfExpand);
    moment.is_datetime().then(|| day.to_datetime(time).round(round).ok()).flatten()
}

fn is_percent(style: &Style) -> bool {
    style.number_format.as_ref().is_some_and(|format| shows_percent(format.format_code.bytes()))
}

/// Whether a number format multiplies by a hundred: `0.0%` does, `0.0"%"` and `0.0\%` only write the sign behind.
pub fn shows_percent(format: impl Iterator<Item = u8>) -> bool {
    let (mut quoted, mut escaped) = (false, false);
    for byte in format {
        match byte {
            _ if escaped => escaped = false,
            b'"' => quoted = !quoted,
            b'\\' | b'_' | b'*' if !quoted => escaped = true,
            b'%' if !quoted => return true,
            _ => (),
        }
    }
    false
}

/// Unpacks the whole file once, for nothing but its size: what the directory says about it is not to be trusted.
fn check_size_unpacked(bytes: &[u8]) -> Result<(), Unreadable> {
    let mut packed = ZipArchive::new(Cursor::new(bytes)).map_err(Unreadable::broken)?;
    let mut left = MAX_UNPACKED;
    for index in 0..packed.len() {
        let part = packed.by_index(index).map_err(Unreadable::broken)?;
        let has_strings = part.name().map_err(Unreadable::broken)?.to_ascii_lowercase().ends_with("sharedstrings.xml");
        let mut part = part.take(left + 1);
        let size = if has_strings {
            let mut strings = Vec::new();
            part.read_to_end(&mut strings).map_err(Unreadable::broken)?;
            check_strings_announced(&strings)?;
            strings.len() as u64
        } else {
            std::io::copy(&mut part, &mut sink()).map_err(Unreadable::broken)?
        };
        left = left.checked_sub(size).ok_or(Unreadable::TooMuchInside)?;
    }
    Ok(())
}

/// The parser makes room for as many strings as the file announces before it reads the first one, and running out of
/// memory there would end the process. Zero bytes are left out so that UTF-16 reads alike.
fn check_strings_announced(xml: &[u8]) -> Result<(), Unreadable> {
    const NAME: &[u8] = b"uniqueCount";
    let plain: Vec<u8> = xml.iter().copied().filter(|b| *b != 0).collect();
    for place in (0..plain.len()).filter(|place| plain[*place..].starts_with(NAME)) {
        let number = plain[place + NAME.len()..].iter().skip_while(|b| b.is_ascii_whitespace() || b"='\"".contains(b));
        let digits = number.take_while(|b| b.is_ascii_digit()).count();
        // no list that passes the limit on cells needs more than seven digits
        if digits > 7 {
            return Err(Unreadable::broken("more strings are announced than a file may have"));
        }
    }
    Ok(())
}

fn refused(error: XlsxError) -> Unreadable {
    match error {
        XlsxError::Password => Unreadable::Locked,
        // a packed file of another kind: a document, an archive of pictures
        XlsxError::FileNotFound(_) | XlsxError::RelationshipNotFound => Unreadable::NotASheet,
        other => Unreadable::broken(other),
    }
}
