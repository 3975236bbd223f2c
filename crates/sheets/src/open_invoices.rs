//! Open invoices of the system that an owner leaves: codes kept, amounts exact.

use std::{collections::HashMap, sync::LazyLock};

use domain::{Money, Month, text::code};
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    columns::{self, Heading, Mapping, Name, Names},
    problem::{Kind, Problem},
    values::{Read, Unclear, dates, money, people, said},
    workbook::{Cell, Merged, Sheet, Workbook},
};

/// What a column of open invoices holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    Code,
    Contract,
    Tenant,
    Building,
    Unit,
    Period,
    Amount,
    DueOn,
}

impl Field {
    /// Its name in the file and in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Field::Code => "code",
            Field::Contract => "contract",
            Field::Tenant => "tenant",
            Field::Building => "building",
            Field::Unit => "unit",
            Field::Period => "period",
            Field::Amount => "amount",
            Field::DueOn => "due_date",
        }
    }
}

/// The invoices of one file, right ones and what is wrong with the others.
#[derive(Debug, Clone, Default, Serialize)]
pub struct OpenInvoices {
    pub invoices: Vec<OpenInvoice>,
    pub errors: Vec<Problem>,
}

/// An invoice that is not settled yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenInvoice {
    pub row: u32,
    pub code: String,
    pub contract: String,
    pub tenant: Option<String>,
    pub building: Option<String>,
    /// The rooms it is for: `K-403; K-404` are two.
    pub units: Vec<String>,
    pub period: Month,
    pub amount: Money,
    pub due_on: Date,
}

/// No sheet of the file holds invoices; names the columns that are missing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there are no invoices in the file: it needs the columns {}", list(.missing))]
pub struct NoInvoices {
    pub missing: Vec<Field>,
}

impl NoInvoices {
    /// The sentence for a reader of Mongolian.
    pub fn mn(&self) -> String {
        format!("Файлаас нэхэмжлэх олдсонгүй. Дутуу багана: {}.", list(&self.missing))
    }
}

fn list(fields: &[Field]) -> String {
    fields.iter().map(|field| field.as_str()).collect::<Vec<_>>().join(", ")
}

impl OpenInvoices {
    /// Reads the first sheet that holds invoices, its columns found by their words or said by hand.
    pub fn read(workbook: &Workbook, by_hand: &Mapping<Field>) -> Result<OpenInvoices, NoInvoices> {
        const NEEDED: [Field; 5] = [Field::Code, Field::Contract, Field::Period, Field::Amount, Field::DueOn];
        let mut fewest = NEEDED.to_vec();
        for sheet in workbook.sheets.iter().filter(|sheet| !sheet.hidden) {
            let heading =
                columns::find(sheet, names()).map_or_else(|| by_hand.alone(), |heading| heading.corrected(by_hand));
            let missing: Vec<_> = NEEDED.into_iter().filter(|field| !heading.columns.contains_key(field)).collect();
            if missing.is_empty() {
                return Ok(read(sheet, &heading));
            }
            if missing.len() < fewest.len() {
                fewest = missing;
            }
        }
        Err(NoInvoices { missing: fewest })
    }
}

fn read(sheet: &Sheet, heading: &Heading<Field>) -> OpenInvoices {
    let mut found = OpenInvoices::default();
    let mut rows_by_code: HashMap<String, u32> = HashMap::new();
    for row in heading.first_row..=sheet.last_row() {
        let mut line = Line { sheet, heading, row, errors: Vec::new() };
        if line.is_empty() {
            continue;
        }
        let invoice = line.invoice();
        match invoice.as_ref().and_then(|invoice| rows_by_code.get(&invoice.code)) {
            Some(first) => line.object(Field::Code, Kind::DuplicateCode, Some(*first)),
            None => {
                if let Some(invoice) = invoice {
                    rows_by_code.insert(invoice.code.clone(), row);
                    found.invoices.push(invoice);
                }
            }
        }
        found.errors.append(&mut line.errors);
    }
    found
}

struct Line<'a> {
    sheet: &'a Sheet,
    heading: &'a Heading<Field>,
    row: u32,
    errors: Vec<Problem>,
}

impl Line<'_> {
    /// Nothing that makes an invoice stands in it: a blank line, or the line of the sum.
    fn is_empty(&self) -> bool {
        let says = [Field::Code, Field::Contract, Field::Period];
        !says.into_iter().any(|field| said(self.cell(field)).is_some())
    }

    /// The invoice; `None` where something is wrong with it.
    fn invoice(&mut self) -> Option<OpenInvoice> {
        let text = |field| said(self.cell(field)).map(|text| text.into_owned());
        let (tenant, building, units) = (text(Field::Tenant), text(Field::Building), text(Field::Unit));
        let units = units.as_deref().unwrap_or_default().split([';', ',', '/']).map(code);
        let units = units.filter(|unit| !unit.is_empty()).collect();
        let code = self.needed(Field::Code, Kind::CodeMissing, |cell| Ok(people::as_written(cell)));
        let contract = self.needed(Field::Contract, Kind::ContractMissing, |cell| Ok(people::code(cell)));
        let period = self.needed(Field::Period, Kind::PeriodBad, dates::month);
        let amount = self.needed(Field::Amount, Kind::MoneyBad, owed);
        let due_on = self.needed(Field::DueOn, Kind::DateBad, dates::read);
        Some(OpenInvoice {
            row: self.row,
            code: code?,
            contract: contract?,
            tenant,
            building,
            units,
            period: period?,
            amount: amount?,
            due_on: due_on?,
        })
    }

    /// A value that an invoice can't be without; one that is missing is as wrong as one that can't be read.
    fn needed<T>(&mut self, field: Field, kind: Kind, reader: fn(&Cell) -> Read<T>) -> Option<T> {
        let value = reader(self.cell(field)).ok().flatten();
        if value.is_none() {
            self.object(field, kind, None);
        }
        value
    }

    fn cell(&self, field: Field) -> &Cell {
        static BLANK: Cell = Cell::BLANK;
        let cell = self.heading.columns.get(&field).map(|column| self.sheet.cell(self.row, *column));
        cell.filter(|cell| cell.merged == Merged::Not).unwrap_or(&BLANK)
    }

    fn object(&mut self, field: Field, kind: Kind, other_row: Option<u32>) {
        self.errors.push(Problem {
            sheet: self.sheet.name.clone(),
            row: self.row,
            column: self.heading.columns.get(&field).copied(),
            field: field.as_str(),
            kind,
            other_row,
            other_sheet: None,
            found: self.cell(field).shown().into_owned(),
        });
    }
}

/// An amount above nought: what is settled or to be paid back is no open invoice.
fn owed(cell: &Cell) -> Read<Money> {
    money::read(cell).and_then(|amount| match amount {
        Some(amount) if !amount.is_positive() => Err(Unclear),
        amount => Ok(amount),
    })
}

fn names() -> &'static Names<Field> {
    static NAMES: LazyLock<Names<Field>> = LazyLock::new(|| Names::new(&NAMED));
    &NAMES
}

const NAMED: [Name<Field>; 8] = [
    Name {
        field: Field::Code,
        called: &[
            ("code", 10),
            ("invoice", 10),
            ("нэхэмжлэх дугаар", 10),
            ("нэхэмжлэл дугаар", 10),
            ("нэхэмжлэх", 9),
            ("код", 8),
        ],
        also: &["дугаар", "код", "code"],
        never: &["огноо", "дүн", "гэрээ"],
    },
    Name {
        field: Field::Contract,
        called: &[("contract", 10), ("гэрээ дугаар", 10), ("гэрээ", 9)],
        also: &["дугаар", "түрээс", "code", "код"],
        never: &["огноо", "хугацаа"],
    },
    Name {
        field: Field::Tenant,
        called: &[("tenant", 10), ("түрээслэгч", 10), ("түрээслэгч нэр", 10), ("харилцагч", 9), ("нэр", 7)],
        also: &["нэр", "name"],
        never: &["дугаар", "утас", "барилга"],
    },
    Name {
        field: Field::Building,
        called: &[("building", 10), ("барилга", 10), ("барилга нэр", 10), ("обьект", 8), ("объект", 8)],
        also: &["нэр"],
        never: &[],
    },
    Name {
        field: Field::Unit,
        called: &[
            ("unit", 10),
            ("тоот", 10),
            ("өрөө дугаар", 10),
            ("талбай дугаар", 10),
            ("өрөө", 9),
            ("талбай", 8),
            ("room", 8),
        ],
        also: &["дугаар"],
        never: &["хэмжээ", "m2"],
    },
    Name {
        field: Field::Period,
        called: &[("period", 10), ("тайлант үе", 9), ("үе", 8), ("хугацаа", 6), ("month", 8), ("тооцоо үе", 8)],
        also: &["нэхэмжлэх"],
        never: &["төлөх", "гэрээ"],
    },
    Name {
        field: Field::Amount,
        called: &[
            ("amount", 10),
            ("дүн", 10),
            ("төлөх дүн", 10),
            ("үлдэгдэл", 8),
            ("нийт дүн", 9),
            ("нэхэмжлэх дүн", 10),
        ],
        also: &["төлбөр", "дүн", "нийт", "нэхэмжлэх"],
        never: &["нөат", "төлсөн", "алданги"],
    },
    Name {
        field: Field::DueOn,
        called: &[
            ("due date", 10),
            ("due", 9),
            ("төлөх огноо", 10),
            ("төлөх өдөр", 9),
            ("төлөх хугацаа", 9),
            ("эцсийн хугацаа", 8),
        ],
        also: &["төлбөр", "огноо", "эцсийн"],
        never: &[],
    },
];

#[cfg(test)]
mod tests;
