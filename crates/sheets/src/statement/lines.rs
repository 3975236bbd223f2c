//! The rows of a statement: each a movement, a remark under the table, or a problem that says why it is neither.

use domain::{
    Money,
    bank::Precision,
    text::{fold_word, tidy},
};
use jiff::civil::{DateTime, Time};

use super::{
    Field, Layout, Line, MOST_LINES, Refusal, Sums,
    amounts::{self, Mark},
    layout::Heading,
    moments, own_cells,
};
use crate::{
    lexicon::Lexicon,
    problem::{Kind, Problem},
    values::{Read, Unclear, said},
    workbook::{Cell, Merged, Sheet},
};

/// What stands below a header.
pub(super) struct Body {
    pub lines: Vec<Line>,
    pub problems: Vec<Problem>,
    /// The sums under the amounts' own columns.
    pub totals: Option<Sums>,
    /// Rows that speak about the whole: sums and balances.
    pub feet: Vec<u32>,
}

pub(super) fn read(sheet: &Sheet, heading: &Heading, layout: Layout) -> Result<Body, Refusal> {
    let rows = heading.first_row..=sheet.last_row();
    let amounts = [Field::In, Field::Out, Field::Amount, Field::Balance];
    let cells = amounts.iter().filter_map(|field| heading.columns.get(field));
    let mark = amounts::mark(cells.flat_map(|column| rows.clone().map(|row| sheet.cell(row, *column))));
    let mut body = Body { lines: Vec::new(), problems: Vec::new(), totals: None, feet: Vec::new() };
    for row in rows {
        let mut reader = Row { sheet, heading, layout, mark, row, problems: Vec::new() };
        if own_cells(sheet, row).next().is_none() {
            continue;
        }
        if reader.is_foot() {
            body.feet.push(row);
            if body.totals.is_none() {
                body.totals = reader.totals();
            }
            continue;
        }
        match reader.line() {
            Some(line) => body.lines.push(line),
            None => body.problems.append(&mut reader.problems),
        }
        if body.lines.len() > MOST_LINES {
            return Err(Refusal::TooManyLines);
        }
    }
    if body.lines.iter().all(|line| line.at.time() == Time::midnight()) {
        // a column of bare days, formatted with a time or not
        body.lines.iter_mut().for_each(|line| line.precision = Precision::Day);
    }
    Ok(body)
}

struct Row<'a> {
    sheet: &'a Sheet,
    heading: &'a Heading,
    layout: Layout,
    mark: Mark,
    row: u32,
    problems: Vec<Problem>,
}

/// What the first words of a row about the whole begin with.
static FEET: Lexicon<()> = Lexicon::new(&[(
    "нийт|эцсийн үлдэгдэл|эхний үлдэгдэл|дүн:|total|closing balance|opening balance|balance brought|balance carried",
    (),
)]);

impl Row<'_> {
    /// Its first words are about the whole and no moment stands where moments do.
    fn is_foot(&self) -> bool {
        let first = own_cells(self.sheet, self.row).find_map(said).map(|text| fold_word(&text));
        let is_about_the_whole = first.is_some_and(|text| FEET.strip_prefix(&text).is_some());
        is_about_the_whole && !matches!(moments::read(self.cell(Field::Date)), Ok(Some(_)))
    }

    /// The sums in a foot: under the amounts' own columns, or where the layout puts them.
    fn totals(&self) -> Option<Sums> {
        let (into, out) = match self.layout {
            Layout::TdbDeposit => (self.at(6), self.at(13)),
            _ => (self.cell(Field::In), self.cell(Field::Out)),
        };
        let read = |cell| amounts::read(cell, self.mark).ok().flatten();
        Some(Sums { into: read(into)?, out: negative(read(out)?)? })
    }

    fn line(&mut self) -> Option<Line> {
        let moment = self.moment();
        let (amount, has_amount) = self.amount();
        if moment == Ok(None) && !has_amount {
            // a signature, a wish, a line of dashes
            return None;
        }
        let moment = match moment {
            Ok(Some(moment)) => Some(moment),
            Ok(None) | Err(Unclear) => {
                self.object(Field::Date, Kind::DateBad);
                None
            }
        };
        let balance_after = amounts::read(self.cell(Field::Balance), self.mark).unwrap_or_else(|Unclear| {
            self.object(Field::Balance, Kind::MoneyBad);
            None
        });
        let ((at, precision), amount) = (moment?, amount?);
        if !self.problems.is_empty() {
            return None;
        }
        let text = |field| said(self.cell(field)).map(|text| tidy(&text)).filter(|text| !text.is_empty());
        Some(Line {
            row: self.row,
            at,
            precision,
            amount,
            balance_after,
            text: self.cell(Field::Description).shown().into_owned(),
            counter_account: text(Field::CounterAccount),
            counter_name: text(Field::CounterName),
        })
    }

    fn moment(&self) -> Read<(DateTime, Precision)> {
        let Some((at, precision)) = moments::read(self.cell(Field::Date))? else { return Ok(None) };
        let own_time = if self.heading.columns.contains_key(&Field::Time) {
            moments::of_day(self.cell(Field::Time))?
        } else {
            None
        };
        Ok(Some(match own_time {
            Some((time, precision)) => (at.date().to_datetime(time), precision),
            None => (at, precision),
        }))
    }

    /// The signed amount, and whether any cell of it says something.
    fn amount(&mut self) -> (Option<Money>, bool) {
        if self.heading.columns.contains_key(&Field::Amount) && !self.heading.columns.contains_key(&Field::In) {
            return self.one_amount();
        }
        let says = |field| said(self.cell(field)).is_some();
        let has_amount = says(Field::In) || says(Field::Out);
        let mut read = |field| match amounts::read(self.cell(field), self.mark) {
            Ok(amount) => Some(amount.unwrap_or(Money::ZERO)),
            Err(Unclear) => {
                self.object(field, Kind::MoneyBad);
                None
            }
        };
        let (Some(into), Some(out)) = (read(Field::In), read(Field::Out)) else { return (None, has_amount) };
        if !has_amount {
            if matches!(self.moment(), Ok(Some(_))) {
                self.object(Field::In, Kind::AmountMissing);
            }
            return (None, false);
        }
        match (into.is_zero(), out.is_zero()) {
            (true, true) => self.object(Field::In, Kind::AmountMissing),
            (false, false) => self.object(Field::Out, Kind::TwoAmounts),
            (false, true) => return (Some(into), true),
            // Khan writes what goes out below nought, the others above
            (true, false) => return (negative(out), true),
        }
        (None, true)
    }

    fn one_amount(&mut self) -> (Option<Money>, bool) {
        let has_amount = said(self.cell(Field::Amount)).is_some();
        let amount = match amounts::read(self.cell(Field::Amount), self.mark) {
            Ok(Some(amount)) if !amount.is_zero() => amount,
            Ok(_) => {
                if has_amount || matches!(self.moment(), Ok(Some(_))) {
                    self.object(Field::Amount, Kind::AmountMissing);
                }
                return (None, has_amount);
            }
            Err(Unclear) => {
                self.object(Field::Amount, Kind::MoneyBad);
                return (None, true);
            }
        };
        let Some(direction) = said(self.cell(Field::Direction)) else { return (Some(amount), true) };
        match DIRECTIONS.whole(&fold_word(&direction)) {
            Some(Direction::Out) => (negative(amount), true),
            Some(Direction::In) => (negative(amount).and_then(|out| out.checked_neg().ok()), true),
            // a kind of movement, not a direction: the sign is the amount's own
            None if amount.is_negative() => (Some(amount), true),
            None => {
                self.object(Field::Direction, Kind::DirectionBad);
                (None, true)
            }
        }
    }

    fn cell(&self, field: Field) -> &Cell {
        let column = self.heading.columns.get(&field);
        own(column.map(|column| self.sheet.cell(self.row, *column)))
    }

    fn at(&self, place: usize) -> &Cell {
        own(self.sheet.row(self.row).get(place))
    }

    fn object(&mut self, field: Field, kind: Kind) {
        self.problems.push(Problem {
            sheet: self.sheet.name.clone(),
            row: self.row,
            column: self.heading.columns.get(&field).copied(),
            field: field.as_str(),
            kind,
            other_row: None,
            other_sheet: None,
            found: self.cell(field).shown().into_owned(),
        });
    }
}

/// A cell that says something itself and does not only repeat its neighbour.
fn own(cell: Option<&Cell>) -> &Cell {
    static BLANK: Cell = Cell::BLANK;
    cell.filter(|cell| cell.merged == Merged::Not).unwrap_or(&BLANK)
}

/// The amount below nought, whatever its sign was.
fn negative(amount: Money) -> Option<Money> {
    if amount.is_positive() { amount.checked_neg().ok() } else { Some(amount) }
}

#[derive(Debug, Clone, Copy)]
enum Direction {
    In,
    Out,
}

static DIRECTIONS: Lexicon<Direction> = Lexicon::new(&[
    ("орлого|кредит|орсон|credit|cr|crdt|c|in|кт|+", Direction::In),
    ("зарлага|дебит|дебет|гарсан|debit|dr|dbit|d|out|дт|-", Direction::Out),
]);
