//! Meter readings of a month: a row a meter, common ones marked, in whatever layout an owner keeps them.
//!
//! [`Readings::read`] answers with every row, right or wrong; as JSON it is what `spacehub import readings --json` prints.
//! Whether a room is known only the books can say, so `unknown_room` is put on a row by whoever asks them
//! ([`Reading::refuse_room`]).

mod names;
mod notes;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, HashMap},
    str::FromStr,
};

use domain::{
    meter::{Dial, MeterKind, ReadingError, ReadingStatus, shown},
    text::fold_code,
};
use jiff::civil::Date;
use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::{Serialize, Serializer};

use self::names::names;
use crate::{
    columns::{self, Heading, Mapping},
    problem::{Kind, Problem},
    rent_roll::building_of,
    values::{Read, Unclear, dates, people, said},
    workbook::{Cell, Merged, Sheet, Value, Workbook},
};

/// What a column of readings holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    Serial,
    Kind,
    Building,
    Room,
    Multiplier,
    Digits,
    Previous,
    Current,
    ReadOn,
    Reader,
    Note,
}

impl Field {
    const ALL: [Field; 11] = [
        Field::Serial,
        Field::Kind,
        Field::Building,
        Field::Room,
        Field::Multiplier,
        Field::Digits,
        Field::Previous,
        Field::Current,
        Field::ReadOn,
        Field::Reader,
        Field::Note,
    ];

    /// Its name in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Field::Serial => "serial",
            Field::Kind => "kind",
            Field::Building => "building",
            Field::Room => "room",
            Field::Multiplier => "multiplier",
            Field::Digits => "digits",
            Field::Previous => "previous",
            Field::Current => "current",
            Field::ReadOn => "read_on",
            Field::Reader => "reader",
            Field::Note => "note",
        }
    }
}

/// No field of a sheet of readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a field of a meter reading")]
pub struct NotAField;

impl FromStr for Field {
    type Err = NotAField;

    fn from_str(text: &str) -> Result<Field, NotAField> {
        Field::ALL.into_iter().find(|field| field.as_str() == text).ok_or(NotAField)
    }
}

/// The readings of one file.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Readings {
    pub rows_count: usize,
    pub totals: Vec<Total>,
    pub rows: Vec<Reading>,
}

/// What a sheet's meters of a kind used together, common ones apart; wrong rows are not counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Total {
    pub sheet: String,
    pub kind: MeterKind,
    pub common: bool,
    #[serde(serialize_with = "quantity")]
    pub consumption: Decimal,
}

/// A meter's row.
#[derive(Debug, Clone, Serialize)]
pub struct Reading {
    pub sheet: String,
    pub row: u32,
    #[serde(skip)]
    pub building: String,
    /// The unit's number; `None` is a common meter.
    pub room: Option<String>,
    pub kind: Option<MeterKind>,
    pub serial: Option<String>,
    #[serde(serialize_with = "number")]
    pub multiplier: Decimal,
    pub digits: u32,
    #[serde(serialize_with = "quantity_or_none")]
    pub previous: Option<Decimal>,
    #[serde(serialize_with = "quantity_or_none")]
    pub current: Option<Decimal>,
    pub read_on: Option<Date>,
    pub reader: Option<String>,
    #[serde(skip)]
    pub note: Option<String>,
    pub status: Status,
    #[serde(serialize_with = "quantity_or_none")]
    pub difference: Option<Decimal>,
    #[serde(serialize_with = "quantity_or_none")]
    pub consumption: Option<Decimal>,
    pub errors: Vec<Problem>,
    /// The first of them, for whoever looks at one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Problem>,
    #[serde(skip)]
    room_cell: Option<(Option<columns::Column>, String)>,
}

/// What a row comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Read(ReadingStatus),
    Error,
}

impl Status {
    pub const fn as_str(self) -> &'static str {
        match self {
            Status::Read(status) => status.as_str(),
            Status::Error => "error",
        }
    }
}

impl Serialize for Status {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

/// No sheet of the file holds readings; names the columns that are missing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there are no meter readings in the file: it needs the columns {}", list(.missing))]
pub struct NoReadings {
    pub missing: Vec<Field>,
}

impl NoReadings {
    /// The sentence for a reader of Mongolian.
    pub fn mn(&self) -> String {
        format!("Файлаас тоолуурын заалт олдсонгүй. Дутуу багана: {}.", list(&self.missing))
    }
}

fn list(fields: &[Field]) -> String {
    fields.iter().map(|field| field.as_str()).collect::<Vec<_>>().join(", ")
}

impl Readings {
    /// Reads every sheet that holds readings, its columns found by their words or said by hand for all of them.
    pub fn read(workbook: &Workbook, by_hand: &Mapping<Field>) -> Result<Readings, NoReadings> {
        const NEEDED: [Field; 4] = [Field::Serial, Field::Room, Field::Previous, Field::Current];
        let mut found = Readings::default();
        let mut fewest = NEEDED.to_vec();
        let mut any = false;
        for sheet in workbook.sheets.iter().filter(|sheet| !sheet.hidden) {
            let heading =
                columns::find(sheet, names()).map_or_else(|| by_hand.alone(), |heading| heading.corrected(by_hand));
            let missing: Vec<_> = NEEDED.into_iter().filter(|field| !heading.columns.contains_key(field)).collect();
            if missing.is_empty() {
                any = true;
                read(sheet, &heading, &mut found.rows);
            } else if missing.len() < fewest.len() {
                fewest = missing;
            }
        }
        if !any {
            return Err(NoReadings { missing: fewest });
        }
        refuse_twice(&mut found.rows);
        found.sum_up();
        Ok(found)
    }

    /// Sums the right rows up anew, after some were refused.
    pub fn sum_up(&mut self) {
        self.rows_count = self.rows.len();
        let mut sheets: Vec<&str> = Vec::new();
        let mut sums: BTreeMap<(usize, bool, MeterKind), Decimal> = BTreeMap::new();
        for row in &self.rows {
            let place = sheets.iter().position(|sheet| *sheet == row.sheet).unwrap_or_else(|| {
                sheets.push(&row.sheet);
                sheets.len() - 1
            });
            if let (Some(kind), Some(consumption)) = (row.kind, row.consumption) {
                *sums.entry((place, row.room.is_none(), kind)).or_default() += consumption;
            }
        }
        let total = |((place, common, kind), consumption): (&(usize, bool, MeterKind), &Decimal)| Total {
            sheet: sheets[*place].to_owned(),
            kind: *kind,
            common: *common,
            consumption: *consumption,
        };
        self.totals = sums.iter().map(total).collect();
    }
}

fn read(sheet: &Sheet, heading: &Heading<Field>, rows: &mut Vec<Reading>) {
    let building = building_of(sheet, heading.rows.first().copied().unwrap_or(heading.first_row));
    for row in heading.first_row..=sheet.last_row() {
        let mut line = Line { sheet, heading, row, errors: Vec::new() };
        if !line.is_empty() {
            rows.push(line.reading(&building));
        }
    }
}

/// A meter stands in a file once; a second row of it says who it argues with.
fn refuse_twice(rows: &mut [Reading]) {
    let mut first: HashMap<String, (u32, String)> = HashMap::new();
    for row in rows {
        let Some(serial) = row.serial.clone() else { continue };
        match first.get(&fold_code(&serial)) {
            Some((other, sheet)) => {
                let other_sheet = (*sheet != row.sheet).then(|| sheet.clone());
                let problem = row.problem(Kind::DuplicateSerial, Field::Serial, None, serial, Some(*other));
                row.refuse(Problem { other_sheet, ..problem });
            }
            None => drop(first.insert(fold_code(&serial), (row.row, row.sheet.clone()))),
        }
    }
}

impl Reading {
    /// The building is known and has no such room.
    pub fn refuse_room(&mut self) {
        let (column, found) = self.room_cell.clone().unwrap_or_default();
        let problem = self.problem(Kind::UnknownRoom, Field::Room, column, found, None);
        self.refuse(problem);
    }

    /// The books say something else of this meter: a different kind, room or building.
    pub fn refuse_meter(&mut self, found: String) {
        let problem = self.problem(Kind::MeterElsewhere, Field::Serial, None, found, None);
        self.refuse(problem);
    }

    /// Another reading of this meter is kept for the month.
    pub fn refuse_other(&mut self, found: String) {
        let problem = self.problem(Kind::ReadingDiffers, Field::Current, None, found, None);
        self.refuse(problem);
    }

    /// The month's bill was made with what is kept.
    pub fn refuse_billed(&mut self, found: String) {
        let problem = self.problem(Kind::ReadingBilled, Field::Current, None, found, None);
        self.refuse(problem);
    }

    pub fn is_right(&self) -> bool {
        self.status != Status::Error
    }

    fn refuse(&mut self, problem: Problem) {
        self.status = Status::Error;
        (self.difference, self.consumption) = (None, None);
        self.errors.push(problem);
        self.error = self.errors.first().cloned();
    }

    fn problem(
        &self,
        kind: Kind,
        field: Field,
        column: Option<columns::Column>,
        found: String,
        other_row: Option<u32>,
    ) -> Problem {
        let (sheet, field) = (self.sheet.clone(), field.as_str());
        Problem { sheet, row: self.row, column, field, kind, other_row, other_sheet: None, found }
    }
}

struct Line<'a> {
    sheet: &'a Sheet,
    heading: &'a Heading<Field>,
    row: u32,
    errors: Vec<Problem>,
}

impl Line<'_> {
    /// A meter has a serial, or at least a room and something that it showed; a line of sums or signatures has not.
    fn is_empty(&self) -> bool {
        let says = |field| said(self.cell(field)).is_some();
        if says(Field::Serial) {
            // the words under a table stand in its first column too
            return !(says(Field::Room) || says(Field::Previous) || says(Field::Current))
                || said(self.cell(Field::Serial)).is_some_and(|text| notes::is_a_sum(&text));
        }
        !(says(Field::Room) && (says(Field::Previous) || says(Field::Current)))
            || said(self.cell(Field::Room)).is_some_and(|text| notes::is_a_sum(&text))
    }

    fn reading(&mut self, building: &str) -> Reading {
        let text = |field| said(self.cell(field)).map(|text| text.into_owned());
        let (reader, note) = (text(Field::Reader), text(Field::Note));
        let own_building = text(Field::Building);
        let said_room = text(Field::Room).unwrap_or_default();
        let is_common = notes::means_common(&said_room);
        let room = if is_common { None } else { people::unit(self.cell(Field::Room)) };
        if !is_common && room.is_none() {
            self.object(Field::Room, Kind::UnitMissing);
        }
        let serial = people::as_written(self.cell(Field::Serial));
        if serial.is_none() {
            self.object(Field::Serial, Kind::SerialMissing);
        }
        let kind = self.read(Field::Kind, Kind::MeterKindBad, notes::kind);
        if kind.is_none() && !self.has_said(Field::Kind) {
            self.object(Field::Kind, Kind::MeterKindBad);
        }
        let multiplier = self.read(Field::Multiplier, Kind::NumberBad, multiplier).unwrap_or(Decimal::ONE);
        let digits = self.read(Field::Digits, Kind::NumberBad, digits);
        let previous = self.read(Field::Previous, Kind::NumberBad, counter);
        let current = self.read(Field::Current, Kind::NumberBad, counter);
        for (field, value) in [(Field::Previous, previous), (Field::Current, current)] {
            if value.is_none() && !self.has_said(field) {
                self.object(field, Kind::MissingReading);
            }
        }
        let read_on = self.read(Field::ReadOn, Kind::DateBad, dates::read);
        let status = notes::status(note.as_deref().unwrap_or_default(), previous, current);
        let digits = digits.unwrap_or_else(|| usual_digits(kind, previous));

        let mut used = None;
        if let (Some(previous), Some(current)) = (previous, current) {
            match (Dial { digits, multiplier }).used(previous, current, status) {
                Ok(told) => used = Some(told),
                Err(ReadingError::CurrentBelowPrevious) => self.object(Field::Current, Kind::CurrentBelowPrevious),
                Err(_) => {
                    let dial = Dial { digits, multiplier };
                    let field = if dial.shows(previous) { Field::Current } else { Field::Previous };
                    self.object(field, Kind::NumberBad);
                }
            }
        }
        let is_wrong = !self.errors.is_empty();
        let used = used.filter(|_| !is_wrong);
        let errors = std::mem::take(&mut self.errors);
        Reading {
            sheet: self.sheet.name.clone(),
            row: self.row,
            building: own_building.unwrap_or_else(|| building.to_owned()),
            room,
            kind,
            serial,
            multiplier,
            digits,
            previous,
            current,
            read_on,
            reader,
            note,
            status: if is_wrong { Status::Error } else { Status::Read(status) },
            difference: used.map(|used| used.difference),
            consumption: used.map(|used| used.consumption),
            error: errors.first().cloned(),
            errors,
            room_cell: Some((self.heading.columns.get(&Field::Room).copied(), said_room)),
        }
    }

    /// A value that may be absent; what can't be read is an error.
    fn read<T>(&mut self, field: Field, kind: Kind, reader: fn(&Cell) -> Read<T>) -> Option<T> {
        reader(self.cell(field)).unwrap_or_else(|Unclear| {
            self.object(field, kind);
            None
        })
    }

    fn has_said(&self, field: Field) -> bool {
        said(self.cell(field)).is_some()
    }

    /// A room or a kind may be merged over the rows of its meters.
    fn cell(&self, field: Field) -> &Cell {
        static BLANK: Cell = Cell::BLANK;
        let cell = self.heading.columns.get(&field).map(|column| self.sheet.cell(self.row, *column));
        let reaches_down = matches!(field, Field::Room | Field::Kind | Field::Building | Field::ReadOn | Field::Reader);
        let stands = |cell: &&Cell| match cell.merged {
            Merged::Not => true,
            Merged::Down => reaches_down,
            Merged::Right => false,
        };
        cell.filter(stands).unwrap_or(&BLANK)
    }

    fn object(&mut self, field: Field, kind: Kind) {
        self.errors.push(Problem {
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

/// What a counter shows: not below nought, to the third decimal.
fn counter(cell: &Cell) -> Read<Decimal> {
    let number = match &cell.value {
        Value::Number(number) => *number,
        Value::Text(_) => match said(cell) {
            Some(text) => notes::number(&text).ok_or(Unclear)?,
            None => return Ok(None),
        },
        Value::Blank => return Ok(None),
        Value::Date(_) | Value::Flag(_) => return Err(Unclear),
    };
    // a float of nine digits before the point may carry a last digit that nobody typed
    let number = number.round_dp(3);
    if number.is_sign_negative() && !number.is_zero() { Err(Unclear) } else { Ok(Some(number)) }
}

fn multiplier(cell: &Cell) -> Read<Decimal> {
    match counter(cell)? {
        Some(number) if number > Decimal::ZERO => Ok(Some(number.normalize())),
        Some(_) => Err(Unclear),
        None => Ok(None),
    }
}

fn digits(cell: &Cell) -> Read<u32> {
    let digits = counter(cell)?.map(|number| number.to_u32().filter(|digits| (3..=9).contains(digits)).ok_or(Unclear));
    digits.transpose()
}

/// Where no column says it: water meters mostly have five digits, the others six; never fewer than are shown.
fn usual_digits(kind: Option<MeterKind>, previous: Option<Decimal>) -> u32 {
    let usual = if matches!(kind, Some(MeterKind::ColdWater | MeterKind::HotWater)) { 5 } else { 6 };
    let shown = previous.map_or(0, |previous| previous.trunc().normalize().to_string().len());
    u32::try_from(shown).map_or(usual, |shown| shown.max(usual)).min(9)
}

fn quantity<S: Serializer>(quantity: &Decimal, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&shown(*quantity))
}

fn quantity_or_none<S: Serializer>(quantity: &Option<Decimal>, to: S) -> Result<S::Ok, S::Error> {
    match quantity {
        Some(quantity) => to.serialize_some(&shown(*quantity)),
        None => to.serialize_none(),
    }
}

/// A whole number as a number, as keys have it.
fn number<S: Serializer>(number: &Decimal, to: S) -> Result<S::Ok, S::Error> {
    match number.normalize().to_i64().filter(|whole| Decimal::from(*whole) == *number) {
        Some(whole) => to.serialize_i64(whole),
        None => to.serialize_str(&number.normalize().to_string()),
    }
}
