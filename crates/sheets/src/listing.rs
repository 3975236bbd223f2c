//! Writes a list as a workbook: a head that says what it is, columns of one kind each, a line of totals, and the foot on
//! which accountants sign. Rows go to a file as they come, so that a long list needs no more memory than a short one.
//!
//! Text is text: whatever stands in it, no cell is ever a formula, and what looks like one stays text when somebody
//! edits it in Excel. Amounts are numbers in tögrög, exact to the möngö up to [`EXACT`]; a larger one, which a number of
//! a spreadsheet could not hold, is written as text.

use std::borrow::Cow;

use domain::Money;
use jiff::civil::{Date, DateTime};
use rust_decimal::Decimal;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

/// The largest amount that is a number: fifteen digits, as many as Excel shows and a double holds without losing one.
pub const EXACT: Money = Money::from_mungo(999_999_999_999_999);

/// As much text as Excel takes in a cell, in characters.
const LONGEST: usize = 32_767;

/// What stands above a list.
#[derive(Debug, Clone, Default)]
pub struct Head {
    pub owner: String,
    pub title: String,
    /// The filters in words, a line each.
    pub said: Vec<String>,
    /// When and by whom it was printed.
    pub printed: String,
}

/// A column: its heading, and how wide it is in characters.
#[derive(Debug, Clone)]
pub struct Column {
    pub title: String,
    pub width: u16,
    pub is_number: bool,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell<'a> {
    Empty,
    Text(Cow<'a, str>),
    Money(Money),
    Count(i64),
    /// An exact quantity.
    Quantity(Decimal),
    Day(Date),
    /// As the clocks in Ulaanbaatar showed it.
    Moment(DateTime),
}

/// A list that could not be written: the disk is full, or the list is longer than a sheet.
#[derive(Debug, thiserror::Error)]
#[error("the workbook could not be written: {0}")]
pub struct Unwritten(#[from] XlsxError);

/// A list on its way into a workbook.
pub struct Listing {
    workbook: Workbook,
    styles: Styles,
    columns: usize,
    next_row: u32,
}

impl Listing {
    /// Begins with the head and the columns' headings.
    pub fn begin(head: &Head, columns: &[Column]) -> Result<Listing, Unwritten> {
        let mut workbook = Workbook::new();
        let properties = DocProperties::new().set_title(&head.title).set_company(&head.owner);
        workbook.set_properties(&properties);
        let sheet = workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(sheet_name(&head.title))?;
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        sheet.set_header("&R&P / &N");
        for (at, column) in (0..).zip(columns) {
            sheet.set_column_width(at, column.width)?;
        }
        let mut listing = Listing { workbook, styles: Styles::new(), columns: columns.len(), next_row: 0 };
        listing.head(head)?;
        listing.headings(columns)?;
        Ok(listing)
    }

    /// The next row, a cell for each column.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), Unwritten> {
        self.write(cells, false)
    }

    /// The line of totals.
    pub fn totals(&mut self, cells: &[Cell<'_>]) -> Result<(), Unwritten> {
        self.write(cells, true)
    }

    /// The foot, a blank line above it and one between its lines; then the file.
    pub fn finish(mut self, foot: &[String]) -> Result<Vec<u8>, Unwritten> {
        for line in foot {
            self.next_row += 1;
            self.line(line, &Format::new())?;
        }
        Ok(self.workbook.save_to_buffer()?)
    }

    fn head(&mut self, head: &Head) -> Result<(), Unwritten> {
        let (owner, title, small) = (Format::new().set_bold(), self.styles.title.clone(), self.styles.small.clone());
        self.line(&head.owner, &owner)?;
        self.line(&head.title, &title)?;
        for said in &head.said {
            self.line(said, &small)?;
        }
        self.line(&head.printed, &small)?;
        self.next_row += 1;
        Ok(())
    }

    fn headings(&mut self, columns: &[Column]) -> Result<(), Unwritten> {
        let row = self.next_row;
        let (heading, number_heading) = (self.styles.heading.clone(), self.styles.number_heading.clone());
        let sheet = self.sheet()?;
        for (at, column) in (0..).zip(columns) {
            let style = if column.is_number { &number_heading } else { &heading };
            sheet.write_string_with_format(row, at, &column.title, style)?;
        }
        sheet.set_freeze_panes(row + 1, 0)?;
        sheet.set_repeat_rows(row, row)?;
        self.next_row += 1;
        Ok(())
    }

    /// A line of text from the first column on.
    fn line(&mut self, text: &str, style: &Format) -> Result<(), Unwritten> {
        let row = self.next_row;
        write_text(self.sheet()?, row, 0, text, style)?;
        self.next_row += 1;
        Ok(())
    }

    fn write(&mut self, cells: &[Cell<'_>], is_total: bool) -> Result<(), Unwritten> {
        debug_assert_eq!(cells.len(), self.columns, "a row has a cell for each column");
        let (row, styles) = (self.next_row, &self.styles);
        let sheet = self.workbook.worksheet_from_index(0)?;
        for (at, cell) in (0..).zip(cells) {
            match cell {
                Cell::Empty if is_total => write_text(sheet, row, at, "", &styles.text.total)?,
                Cell::Empty => {}
                Cell::Text(text) if looks_like_a_formula(text) => {
                    write_text(sheet, row, at, text, styles.quoted.of(is_total))?;
                }
                Cell::Text(text) => write_text(sheet, row, at, text, styles.text.of(is_total))?,
                Cell::Money(amount) if amount.mungo().unsigned_abs() > EXACT.mungo().unsigned_abs() => {
                    write_text(sheet, row, at, &amount.to_decimal_string(), styles.money.of(is_total))?;
                }
                Cell::Money(amount) => number(sheet, row, at, &amount.to_decimal_string(), styles.money.of(is_total))?,
                Cell::Count(count) => number(sheet, row, at, &count.to_string(), styles.count.of(is_total))?,
                Cell::Quantity(quantity) => {
                    number(sheet, row, at, &quantity.to_string(), styles.quantity.of(is_total))?
                }
                Cell::Day(day) => moment(sheet, row, at, &excel_day(*day)?, styles.day.of(is_total))?,
                Cell::Moment(moment_of) => {
                    let (hour, minute, second) = (moment_of.hour(), moment_of.minute(), moment_of.second());
                    let at_time =
                        excel_day(moment_of.date())?.and_hms(small(hour).into(), small(minute), small(second))?;
                    moment(sheet, row, at, &at_time, styles.moment.of(is_total))?;
                }
            }
        }
        self.next_row += 1;
        Ok(())
    }

    fn sheet(&mut self) -> Result<&mut Worksheet, Unwritten> {
        Ok(self.workbook.worksheet_from_index(0)?)
    }
}

/// A number by its decimal digits; the nearest double is read back as the same digits (see [`EXACT`]).
fn number(sheet: &mut Worksheet, row: u32, at: u16, digits: &str, style: &Format) -> Result<(), Unwritten> {
    match digits.parse::<f64>() {
        Ok(number) => {
            sheet.write_number_with_format(row, at, number, style)?;
            Ok(())
        }
        Err(_) => write_text(sheet, row, at, digits, style),
    }
}

fn write_text(sheet: &mut Worksheet, row: u32, at: u16, text: &str, style: &Format) -> Result<(), Unwritten> {
    let fits = text.char_indices().nth(LONGEST).map_or(text, |(end, _)| &text[..end]);
    sheet.write_string_with_format(row, at, fits, style)?;
    Ok(())
}

fn moment(sheet: &mut Worksheet, row: u32, at: u16, moment: &ExcelDateTime, style: &Format) -> Result<(), Unwritten> {
    sheet.write_datetime_with_format(row, at, moment, style)?;
    Ok(())
}

/// What a spreadsheet would take for a formula were it typed into a cell.
fn looks_like_a_formula(text: &str) -> bool {
    text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// A day that Excel knows; it has none before 1900.
fn excel_day(day: Date) -> Result<ExcelDateTime, XlsxError> {
    let year = u16::try_from(day.year()).unwrap_or_default();
    ExcelDateTime::from_ymd(year, small(day.month()), small(day.day()))
}

fn small(number: i8) -> u8 {
    number.unsigned_abs()
}

/// At most 31 characters, none of those that a sheet's name must not have.
fn sheet_name(title: &str) -> String {
    let name: String = title.chars().map(|c| if "[]:*?/\\'".contains(c) { ' ' } else { c }).take(31).collect();
    if name.trim().is_empty() { "1".to_owned() } else { name }
}

/// A style and the same for the line of totals.
#[derive(Clone)]
struct Pair {
    plain: Format,
    total: Format,
}

impl Pair {
    fn of(&self, is_total: bool) -> &Format {
        if is_total { &self.total } else { &self.plain }
    }

    fn new(plain: Format) -> Pair {
        let total = plain.clone().set_bold().set_border_top(FormatBorder::Thin);
        Pair { plain, total }
    }
}

#[derive(Clone)]
struct Styles {
    title: Format,
    small: Format,
    heading: Format,
    number_heading: Format,
    text: Pair,
    quoted: Pair,
    money: Pair,
    count: Pair,
    quantity: Pair,
    day: Pair,
    moment: Pair,
}

impl Styles {
    fn new() -> Styles {
        let heading = Format::new()
            .set_bold()
            .set_background_color(Color::RGB(0x00E7_EBF0))
            .set_border_bottom(FormatBorder::Thin)
            .set_align(FormatAlign::VerticalCenter)
            .set_text_wrap();
        let numbers = |format: &str| Pair::new(Format::new().set_num_format(format));
        let days = |format: &str| Pair::new(Format::new().set_num_format(format).set_align(FormatAlign::Left));
        Styles {
            title: Format::new().set_bold().set_font_size(14),
            small: Format::new().set_font_color(Color::RGB(0x0058_6069)),
            number_heading: heading.clone().set_align(FormatAlign::Right),
            heading,
            text: Pair::new(Format::new().set_num_format("@")),
            quoted: Pair::new(Format::new().set_num_format("@").set_quote_prefix()),
            money: numbers("#,##0.00"),
            count: numbers("#,##0"),
            quantity: numbers("#,##0.######"),
            day: days("yyyy.mm.dd"),
            moment: days("yyyy.mm.dd hh:mm"),
        }
    }
}

#[cfg(test)]
mod tests;
