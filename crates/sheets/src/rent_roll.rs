//! Rent rolls: one sheet a building, one row a room and its tenant, read as owners lay them out.
//!
//! [`RentRoll::read`] answers with every data row, right or wrong, and with every line that was left out; as JSON it is
//! what `spacehub import rent-roll --json` prints. Nothing is dropped silently.

mod checks;
mod field;
mod lines;
mod row;
#[cfg(test)]
mod tests;
mod title;
mod total;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use domain::{
    Money,
    contract::VatMode,
    rooms::{RoomKind, TenantKind},
    tax::rates_on,
};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

pub use field::Field;
pub use lines::Why;
pub(crate) use title::building_of;

use crate::{
    columns::{self, Column, Heading, Mapping},
    problem::{Kind, Problem},
    values::{Floor, areas},
    workbook::{Sheet, Workbook},
};

/// How a file is to be read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The business day whose tax rates count where the title names no day.
    pub today: Date,
    /// Columns said by hand, by sheet; a sheet that is named here is read as a rent roll whatever it looks like. An
    /// empty name means the first sheet that is to be seen, for whoever has not been told the names yet.
    pub by_hand: BTreeMap<String, Mapping<Field>>,
    /// Sheets that are not to be read.
    pub leave_out: BTreeSet<String>,
    /// The building of a sheet, where its name does not say it.
    pub buildings: BTreeMap<String, String>,
}

impl Reading {
    /// Reads everything as it is found.
    pub fn on(today: Date) -> Reading {
        Reading { today, by_hand: BTreeMap::new(), leave_out: BTreeSet::new(), buildings: BTreeMap::new() }
    }

    /// What was said by hand about a sheet; what names it stands above what only means it.
    fn said_of(&self, sheet: &Sheet, is_first: bool) -> Option<Mapping<Field>> {
        let named = self.by_hand.get(&sheet.name);
        let meant = self.by_hand.get("").filter(|_| is_first);
        let said: Vec<_> = meant.into_iter().chain(named).cloned().collect();
        said.into_iter().reduce(|mut meant, named| {
            meant.columns.extend(named.columns);
            Mapping { first_row: named.first_row.or(meant.first_row), ..meant }
        })
    }
}

/// The rent roll of one owner: the rows of all buildings.
#[derive(Debug, Clone, Serialize)]
pub struct RentRoll {
    /// The day that the title says the sheets are true for.
    pub as_of: Option<Date>,
    /// Whose rent roll the title says it is.
    pub owner: Option<String>,
    pub owner_register: Option<String>,
    pub counts: Counts,
    pub sheets: Vec<Building>,
    pub skip_rows: Vec<Skipped>,
    pub rows: Vec<Row>,
    /// The sheets that hold something else.
    #[serde(skip)]
    pub other_sheets: Vec<OtherSheet>,
}

/// The sheet of one building, and what was found in it.
#[derive(Debug, Clone, Serialize)]
pub struct Building {
    pub sheet: String,
    pub building: String,
    pub header_rows: Vec<u32>,
    /// The first row with data.
    pub first_row: Option<u32>,
    /// The line with the totals of the whole sheet.
    pub total_row: Option<u32>,
    pub columns: BTreeMap<Field, Column>,
    /// The sums over the rows, each room's area once.
    pub totals: Totals,
    /// The sums as the sheet's own total line says them.
    #[serde(skip)]
    pub stated: Option<Totals>,
    /// The words over every column, for a person to see and correct.
    #[serde(skip)]
    pub texts: Vec<(Column, String)>,
}

/// Sums of a sheet; `None` where they are not said or do not fit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    #[serde(serialize_with = "area")]
    pub area_m2: Option<Decimal>,
    pub deposit_due: Option<Money>,
    pub deposit_paid: Option<Money>,
    pub opening_balance: Option<Money>,
}

/// A line that is no data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skipped {
    pub sheet: String,
    pub row: u32,
    pub why: Why,
}

/// A room and who rents it.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    pub sheet: String,
    pub row: u32,
    pub status: Status,
    pub values: Values,
    /// What a full month costs, VAT included; `None` in a vacant room and where it can't be told.
    pub monthly_total: Option<Money>,
    pub errors: Vec<Problem>,
    /// What was left out without harm to the row.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Problem>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Ok,
    Vacant,
    Error,
}

/// The values of a row in one form; `None` where the sheet says nothing, or nothing that can be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Values {
    pub building: String,
    pub floor: Option<Floor>,
    pub unit: Option<String>,
    pub kind: Option<RoomKind>,
    #[serde(serialize_with = "area")]
    pub area_m2: Option<Decimal>,
    pub tenant: Option<String>,
    pub tenant_type: Option<TenantKind>,
    pub register: Option<String>,
    pub tin: Option<String>,
    pub phones: Vec<String>,
    pub email: Option<String>,
    pub contract: Option<String>,
    pub starts_on: Option<Date>,
    /// `None` is a contract without an end.
    pub ends_on: Option<Date>,
    #[serde(serialize_with = "vat")]
    pub vat_mode: Option<VatMode>,
    pub payment_day: Option<i8>,
    pub penalty_bp_per_day: Option<Decimal>,
    pub note: Option<String>,
    pub price_per_m2: Option<Money>,
    pub flat_rent: Option<Money>,
    pub management_fee: Option<Money>,
    pub deposit_due: Option<Money>,
    pub deposit_paid: Option<Money>,
    /// Arrears above nought, credit below.
    pub opening_balance: Option<Money>,
}

/// A contract over one or several rooms.
#[derive(Debug, Clone)]
pub struct Contract<'a> {
    pub code: &'a str,
    /// The first one has the deposit and the opening balance.
    pub rows: Vec<&'a Row>,
    /// No other row of it is wrong: all its rooms are here.
    pub is_whole: bool,
}

/// How many there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub data_rows: usize,
    pub ok: usize,
    pub vacant: usize,
    pub error: usize,
    pub rooms: usize,
    pub valid_contracts: usize,
}

/// A sheet that was not read as a rent roll.
#[derive(Debug, Clone)]
pub struct OtherSheet {
    pub sheet: String,
    pub why: NotRead,
}

#[derive(Debug, Clone)]
pub enum NotRead {
    Hidden,
    /// A person said so.
    LeftOut,
    /// It has no such columns; what was found is there to be corrected by hand.
    NoRentRoll {
        missing: Vec<Field>,
        heading: Option<Heading<Field>>,
    },
}

/// No sheet of the file is a rent roll.
#[derive(Debug, Clone)]
pub struct NoRentRoll {
    pub sheets: Vec<OtherSheet>,
}

impl RentRoll {
    /// Reads every sheet that is a rent roll; only where there is none at all this is an error.
    pub fn read(workbook: &Workbook, reading: &Reading) -> Result<RentRoll, NoRentRoll> {
        let mut roll = RentRoll {
            as_of: None,
            owner: None,
            owner_register: None,
            counts: Counts::default(),
            sheets: Vec::new(),
            skip_rows: Vec::new(),
            rows: Vec::new(),
            other_sheets: Vec::new(),
        };
        let first = workbook.sheets.iter().position(|sheet| !sheet.hidden);
        for (at, sheet) in workbook.sheets.iter().enumerate() {
            match heading(sheet, reading, first == Some(at)) {
                Ok(heading) => roll.take(sheet, heading, reading),
                Err(why) => roll.other_sheets.push(OtherSheet { sheet: sheet.name.clone(), why }),
            }
        }
        if roll.sheets.is_empty() {
            return Err(NoRentRoll { sheets: roll.other_sheets });
        }
        checks::across(&mut roll);
        let rates = rates_on(roll.as_of.unwrap_or(reading.today));
        roll.rows.iter_mut().for_each(|row| row.monthly_total = total::monthly(row, rates));
        roll.counts = roll.summary();
        Ok(roll)
    }

    /// How many rows, rooms and contracts there are.
    pub fn summary(&self) -> Counts {
        let with = |status| self.rows.iter().filter(|row| row.status == status).count();
        let rooms: HashSet<_> =
            self.rows.iter().filter_map(|row| Some((&row.values.building, row.values.unit.as_ref()?))).collect();
        let right = self.rows.iter().filter(|row| row.status == Status::Ok);
        let contracts: HashSet<_> = right.filter_map(|row| row.values.contract.as_ref()).collect();
        Counts {
            data_rows: self.rows.len(),
            ok: with(Status::Ok),
            vacant: with(Status::Vacant),
            error: with(Status::Error),
            rooms: rooms.len(),
            valid_contracts: contracts.len(),
        }
    }

    /// The contracts of the right rows, each with its rows, in the order of the sheets.
    pub fn contracts(&self) -> Vec<Contract<'_>> {
        let mut contracts: Vec<Contract> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        for row in self.rows.iter().filter(|row| row.status == Status::Ok) {
            let Some(code) = row.values.contract.as_deref() else { continue };
            let place = *places.entry(code).or_insert(contracts.len());
            match contracts.get_mut(place) {
                Some(contract) => contract.rows.push(row),
                None => contracts.push(Contract { code, rows: vec![row], is_whole: true }),
            }
        }
        for wrong in self.rows.iter().filter(|row| row.status == Status::Error) {
            let belongs_to_another = wrong.errors.iter().any(|error| error.kind == Kind::DuplicateContract);
            let place = wrong.values.contract.as_deref().and_then(|code| places.get(code));
            if let Some(place) = place.filter(|_| !belongs_to_another) {
                contracts[*place].is_whole = false;
            }
        }
        contracts
    }

    /// Everything that is wrong, in the order of the sheets.
    pub fn errors(&self) -> impl Iterator<Item = &Problem> {
        self.rows.iter().flat_map(|row| &row.errors)
    }

    fn take(&mut self, sheet: &Sheet, heading: Heading<Field>, reading: &Reading) {
        let said = title::read(sheet, &heading);
        let building = reading.buildings.get(&sheet.name).cloned().unwrap_or(said.building);
        self.as_of = self.as_of.or(said.as_of);
        self.owner = self.owner.take().or(said.owner);
        self.owner_register = self.owner_register.take().or(said.owner_register);

        let first = self.rows.len();
        let mut total_row = None;
        let mut floor = None;
        for line in lines::all(sheet, &heading) {
            match line.why {
                None => self.rows.push(row::read(sheet, &heading, line.row, &building, &mut floor)),
                Some(why) => {
                    floor = line.floor.or(floor);
                    total_row = if why == Why::Total { Some(line.row) } else { total_row };
                    self.skip_rows.push(Skipped { sheet: sheet.name.clone(), row: line.row, why });
                }
            }
        }
        let rows = &self.rows[first..];
        // a total above the last data is but a part's
        let total_row = total_row.filter(|total| rows.last().is_none_or(|last| last.row < *total));
        self.sheets.push(Building {
            sheet: sheet.name.clone(),
            building,
            first_row: rows.first().map(|row| row.row),
            total_row,
            totals: Totals::over(rows),
            stated: total_row.map(|row| row::totals(sheet, &heading, row)),
            header_rows: heading.rows,
            columns: heading.columns,
            texts: heading.texts,
        });
    }
}

impl Building {
    /// Whether the sheet's own total line, where it has one, says what its rows add up to.
    pub fn totals_agree(&self) -> bool {
        fn agree<T: PartialEq>(stated: Option<&T>, summed: Option<&T>) -> bool {
            stated.is_none() || stated == summed
        }
        let summed = &self.totals;
        self.stated.as_ref().is_none_or(|stated| {
            agree(stated.area_m2.as_ref(), summed.area_m2.as_ref())
                && agree(stated.deposit_due.as_ref(), summed.deposit_due.as_ref())
                && agree(stated.deposit_paid.as_ref(), summed.deposit_paid.as_ref())
                && agree(stated.opening_balance.as_ref(), summed.opening_balance.as_ref())
        })
    }
}

impl Totals {
    fn over(rows: &[Row]) -> Totals {
        let sum =
            |amount: fn(&Values) -> Option<Money>| Money::sum(rows.iter().filter_map(|row| amount(&row.values))).ok();
        let mut rooms = HashSet::new();
        let areas = rows.iter().filter_map(|row| Some((row.values.unit.as_ref(), row.values.area_m2?)));
        let areas = areas.filter(|(unit, _)| unit.is_none() || rooms.insert(*unit)).map(|(_, area)| area);
        Totals {
            area_m2: areas.into_iter().try_fold(Decimal::ZERO, Decimal::checked_add),
            deposit_due: sum(|values| values.deposit_due),
            deposit_paid: sum(|values| values.deposit_paid),
            opening_balance: sum(|values| values.opening_balance),
        }
    }
}

/// The heading of a rent roll's sheet, or why it is none.
fn heading(sheet: &Sheet, reading: &Reading, is_first: bool) -> Result<Heading<Field>, NotRead> {
    if reading.leave_out.contains(&sheet.name) {
        return Err(NotRead::LeftOut);
    }
    let found = columns::find(sheet, field::names());
    if let Some(mapping) = reading.said_of(sheet, is_first) {
        return Ok(found.map_or_else(|| mapping.alone(), |heading| heading.corrected(&mapping)));
    }
    if sheet.hidden {
        return Err(NotRead::Hidden);
    }
    let missing = Field::missing(found.as_ref());
    match found {
        Some(heading) if missing.is_empty() => Ok(heading),
        heading => Err(NotRead::NoRentRoll { missing, heading }),
    }
}

impl NoRentRoll {
    /// The sentence for a reader of Mongolian.
    pub fn mn(&self) -> String {
        let missing = self.missing(Field::mn);
        format!(
            "Файлаас түрээсийн бүртгэл олдсонгүй.{}",
            missing.map(|m| format!(" Олдоогүй багана: {m}.")).unwrap_or_default()
        )
    }

    /// The sentence for a reader of English.
    pub fn en(&self) -> String {
        let missing = self.missing(Field::en);
        format!(
            "There is no rent roll in the file.{}",
            missing.map(|m| format!(" Columns not found: {m}.")).unwrap_or_default()
        )
    }

    /// What is missing in the sheet that comes nearest.
    fn missing(&self, name: fn(Field) -> &'static str) -> Option<String> {
        let candidates = self.sheets.iter().filter_map(|sheet| match &sheet.why {
            NotRead::NoRentRoll { missing, heading: Some(_) } => Some((&sheet.sheet, missing)),
            _ => None,
        });
        let (sheet, missing) = candidates.min_by_key(|(_, missing)| missing.len())?;
        let names: Vec<_> = missing.iter().map(|field| format!("«{}»", name(*field))).collect();
        Some(format!("«{sheet}» – {}", names.join(", ")))
    }
}

fn area<S: Serializer>(area: &Option<Decimal>, to: S) -> Result<S::Ok, S::Error> {
    area.map(areas::shown).serialize(to)
}

/// Prices without VAT are called `excluded` in the answer.
fn vat<S: Serializer>(mode: &Option<VatMode>, to: S) -> Result<S::Ok, S::Error> {
    let word = mode.map(|mode| match mode {
        VatMode::Included => "included",
        VatMode::Added => "excluded",
        VatMode::Exempt => "exempt",
    });
    word.serialize(to)
}
