//! Which of the known layouts a file has, told by what stands in it, and where its columns are.

use std::collections::BTreeMap;

use domain::{bank::Bank, text::fold_word};
use serde::Serialize;

use super::{
    Refusal,
    field::{Field, names},
    own_cells,
};
use crate::{
    columns::{self, Column, Mapping},
    workbook::{Sheet, Workbook},
};

pub(super) type Heading = columns::Heading<Field>;

/// The rows in which a statement says what it is.
pub(super) const TITLE_ROWS: u32 = 15;

/// How a file is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    Khan,
    Golomt,
    TdbDeposit,
    TdbCompact,
    /// A table whose columns were told by their words, or by a person.
    Table,
}

impl Layout {
    /// The bank that writes so; a table may be any bank's.
    pub const fn bank(self) -> Option<Bank> {
        match self {
            Layout::Khan => Some(Bank::Khan),
            Layout::Golomt => Some(Bank::Golomt),
            Layout::TdbDeposit | Layout::TdbCompact => Some(Bank::Tdb),
            Layout::Table => None,
        }
    }

    pub const fn as_str(self) -> &'static str {
        match self {
            Layout::Khan => "khan",
            Layout::Golomt => "golomt",
            Layout::TdbDeposit => "tdb_deposit",
            Layout::TdbCompact => "tdb_compact",
            Layout::Table => "table",
        }
    }
}

pub(super) struct Found<'w> {
    pub layout: Layout,
    pub sheet: &'w Sheet,
    pub heading: Heading,
}

/// Finds the sheet that is a statement. A person's word on columns makes it a table.
pub(super) fn recognise<'w>(workbook: &'w Workbook, by_hand: &Mapping<Field>) -> Result<Found<'w>, Refusal> {
    let visible = || workbook.sheets.iter().filter(|sheet| !sheet.hidden);
    if by_hand.columns.is_empty() && by_hand.first_row.is_none() {
        for sheet in visible() {
            if let Some(found) = known(sheet)? {
                return Ok(found);
            }
        }
    }
    let mut fewest: Option<Vec<Field>> = None;
    for sheet in visible() {
        let heading =
            columns::find(sheet, names()).map_or_else(|| by_hand.alone(), |heading| heading.corrected(by_hand));
        let missing = missing(&heading.columns);
        if missing.is_empty() {
            return Ok(Found { layout: Layout::Table, sheet, heading });
        }
        if fewest.as_ref().is_none_or(|fewest| missing.len() < fewest.len()) {
            fewest = Some(missing);
        }
    }
    Err(Refusal::NotAStatement { missing: fewest.unwrap_or_default() })
}

/// A table needs a date, and the amounts in one column or in two.
fn missing(columns: &BTreeMap<Field, Column>) -> Vec<Field> {
    let has = |field| columns.contains_key(&field);
    let mut missing: Vec<Field> = if has(Field::Date) { Vec::new() } else { vec![Field::Date] };
    if !has(Field::Amount) {
        missing.extend([Field::In, Field::Out].into_iter().filter(|field| !has(*field)));
    }
    missing
}

fn known(sheet: &Sheet) -> Result<Option<Found<'_>>, Refusal> {
    let rows = 1..=TITLE_ROWS.min(sheet.last_row());
    let titles: Vec<String> = rows.flat_map(|row| own_cells(sheet, row)).map(|cell| fold_word(&cell.shown())).collect();
    let says = |title: &str| titles.iter().any(|text| *text == fold_word(title));
    if says("Зээлийн дансны хуулга") {
        return Err(Refusal::LoanStatement);
    }
    if says("Депозит дансны хуулга")
        && let Some(heading) = tdb_deposit(sheet)
    {
        return Ok(Some(Found { layout: Layout::TdbDeposit, sheet, heading }));
    }
    if let Some(heading) = tdb_compact(sheet) {
        return Ok(Some(Found { layout: Layout::TdbCompact, sheet, heading }));
    }
    let Some(heading) = columns::find(sheet, names()) else { return Ok(None) };
    let has = |fields: &[Field]| fields.iter().all(|field| heading.columns.contains_key(field));
    let named = |field: Field, word: &str| {
        let column = heading.columns.get(&field);
        let text = heading.texts.iter().find(|(at, _)| Some(at) == column).map(|(_, text)| fold_word(text));
        text.is_some_and(|text| text.contains(&fold_word(word)))
    };
    let both = has(&[Field::Date, Field::In, Field::Out]);
    if both && has(&[Field::Opening, Field::Balance]) && named(Field::In, "кредит") && named(Field::Out, "дебит")
    {
        return Ok(Some(Found { layout: Layout::Khan, sheet, heading }));
    }
    let titled = says("ДАНСНЫ ХУУЛГА") || fold_word(&sheet.name) == fold_word("OperativeAccountStatement");
    if both && titled && named(Field::In, "орлого") && named(Field::Out, "зарлага") && has(&[Field::CounterName])
    {
        return Ok(Some(Found { layout: Layout::Golomt, sheet, heading }));
    }
    Ok(None)
}

/// TDB's data stands in other columns than the words above it: the positions are the layout's own.
fn tdb_deposit(sheet: &Sheet) -> Option<Heading> {
    let is_header = |row: &u32| {
        let mut cells = own_cells(sheet, *row).map(|cell| fold_word(&cell.shown()));
        cells.next().as_deref() == Some(&fold_word("Огноо")) && cells.any(|text| text == fold_word("Теллер"))
    };
    let header = (1..=TITLE_ROWS.min(sheet.last_row())).find(is_header)?;
    let places = [
        (Field::Date, 0),
        (Field::In, 7),
        (Field::Out, 11),
        (Field::CounterAccount, 21),
        (Field::CounterName, 23),
        (Field::Balance, 26),
        (Field::Description, 28),
    ];
    Some(fixed(&places, vec![header], header + 1))
}

/// One line of `Label: value` parts that says it is a company's, and the data right below it.
fn tdb_compact(sheet: &Sheet) -> Option<Heading> {
    let first: Vec<String> = own_cells(sheet, 1).map(|cell| fold_word(&cell.shown())).collect();
    let is_head = first.iter().any(|text| text.contains(&fold_word("- Байгууллага")))
        && first.iter().map(|text| text.matches(':').count()).sum::<usize>() >= 2;
    let places =
        [(Field::Date, 0), (Field::In, 2), (Field::Out, 3), (Field::CounterAccount, 5), (Field::Description, 7)];
    is_head.then(|| fixed(&places, vec![1], 2))
}

fn fixed(places: &[(Field, usize)], rows: Vec<u32>, first_row: u32) -> Heading {
    let column = |place| Column::at(place).expect("the layouts are narrow");
    let columns = places.iter().map(|(field, place)| (*field, column(*place))).collect();
    Heading { rows, first_row, columns, texts: Vec::new() }
}
