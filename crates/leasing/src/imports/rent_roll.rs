//! Taking over a rent roll: rooms, tenants, contracts and what was open between them, in one transaction.
//!
//! The file is read first, then compared with what is there; what is missing is written set by set. Rows that are wrong
//! are listed and left out, so that they can be mended and the whole file sent again: what came in before is known.

mod awaited;
mod plan;
mod queries;
mod report;

use std::collections::BTreeMap;

use base::{Actor, Error, Lang, Result, Tx, error::FieldProblem};
use bytes::Bytes;
use domain::rights::Action;
use jiff::civil::Date;
use serde_json::json;
use sheets::{
    RentRoll, Unreadable, Workbook,
    columns::{Column, Mapping},
    rent_roll::{Field, NoRentRoll, Reading},
    workbook::Sheet,
};
use wire::imports::{ImportKind, ImportReport, RememberedColumns};

use self::plan::Plan;
use super::{
    kept,
    mappings::{self, Remembered, ToRemember},
};

/// A file, and how it is to be taken.
#[derive(Debug, Clone)]
pub struct Order {
    /// A CSV has no sheet name of its own and gets the file's.
    pub file_name: String,
    pub bytes: Bytes,
    /// Columns mapped by hand, as JSON: `{"Алтан Плаза": {"unit": "C"}}`; null says that no column holds it.
    pub mapping: Option<String>,
    /// Nothing is written.
    pub dry_run: bool,
    /// What was mapped by hand before is not taken up again.
    pub afresh: bool,
}

/// A file that was read, before anything of it is written.
#[derive(Debug)]
pub struct Read {
    pub roll: RentRoll,
    file_name: String,
    dry_run: bool,
    /// The sheets whose columns were known by their headings.
    remembered: Vec<RememberedColumns>,
    /// What was said by hand this time, with what was known before.
    said: Vec<ToRemember>,
}

/// Reads a file for somebody who may import it.
///
/// The command line calls it with [`Actor::system`], which speaks for the owner it names.
pub async fn read(actor: &Actor, order: &Order) -> Result<Read> {
    // Nobody has a large file read for them before it is known that they may.
    let known = actor
        .transact(async |tx| {
            tx.allow(Action::Import)?;
            tx.owner().await?;
            if order.afresh { Ok(Vec::new()) } else { mappings::of_kind(tx, ImportKind::RentRoll).await }
        })
        .await?;
    let (order, today, lang) = (order.clone(), actor.app.clock.today(), actor.lang);
    let reading = tokio::task::spawn_blocking(move || understand(&order, &known, today, lang));
    reading.await.map_err(|error| Error::Internal(error.to_string()))?
}

/// Writes what is right and new in a rent roll, in one transaction; `progress` is told how many records of how many
/// are written.
pub async fn take_over(actor: &Actor, read: &Read, progress: impl Fn(usize, usize) + Sync) -> Result<ImportReport> {
    let (today, lang) = (actor.app.clock.today(), actor.lang);
    actor.transact(async |tx| take(tx, read, today, lang, &progress).await).await
}

async fn take(
    tx: &Tx,
    read: &Read,
    today: Date,
    lang: Lang,
    progress: &(impl Fn(usize, usize) + Sync),
) -> Result<ImportReport> {
    tx.allow(Action::Import)?;
    let known = queries::known(tx).await?;
    let plan = Plan::of(&read.roll, &known, today);
    let mut report = report::of(&read.roll, &plan, read.dry_run, lang);
    report.remembered.clone_from(&read.remembered);
    if read.dry_run {
        return Ok(report);
    }
    let made = queries::write(tx, &plan, progress).await?;
    awaited::keep(tx, &read.roll).await?;
    mappings::remember(tx, ImportKind::RentRoll, &read.said).await?;
    let import = kept::keep(tx, ImportKind::RentRoll, &read.file_name, &report.counts, &made).await?;
    let counts = json!({ "rows": read.roll.rows.len(), "rooms": plan.rooms.len(), "tenants": plan.tenants.len(),
        "contracts": plan.contracts.len(), "openingBalances": plan.balances().count() });
    tx.audit("import.rent_roll", import.0, &counts).await?;
    tx.settled().await?;
    report.import_id = Some(import);
    Ok(report)
}

fn understand(order: &Order, known: &[Remembered], today: Date, lang: Lang) -> Result<Read> {
    let mut by_hand = order.mapping.as_deref().map(by_hand).transpose()?.unwrap_or_default();
    let workbook = Workbook::read(&order.file_name, &order.bytes).map_err(|why| unreadable(&why, lang))?;
    let mut read = Sheets::default();
    let first = workbook.sheets.iter().position(|sheet| !sheet.hidden);
    for (at, sheet) in workbook.sheets.iter().enumerate().filter(|(_, sheet)| !sheet.hidden) {
        read.look(sheet, first == Some(at), known, &mut by_hand)?;
    }
    let reading = Reading { by_hand, ..Reading::on(today) };
    let roll = RentRoll::read(&workbook, &reading).map_err(|none| no_rent_roll(&none, lang))?;
    let Sheets { remembered, said } = read;
    Ok(Read { roll, file_name: order.file_name.clone(), dry_run: order.dry_run, remembered, said })
}

/// What is known of a file's sheets by their headings, and what is said of them now.
#[derive(Default)]
struct Sheets {
    remembered: Vec<RememberedColumns>,
    said: Vec<ToRemember>,
}

impl Sheets {
    /// Puts what was said before for these headings below what is said now.
    fn look(
        &mut self,
        sheet: &Sheet,
        is_first: bool,
        known: &[Remembered],
        by_hand: &mut BTreeMap<String, Mapping<Field>>,
    ) -> Result<()> {
        let Some(fingerprint) = mappings::fingerprint(sheet) else { return Ok(()) };
        let now = match (by_hand.get(&sheet.name), by_hand.get("").filter(|_| is_first)) {
            (Some(named), Some(meant)) => {
                let mut both = meant.clone();
                both.columns.extend(named.columns.clone());
                Some(both)
            }
            (one, other) => one.or(other).cloned(),
        };
        let before = known.iter().find(|of| of.fingerprint == fingerprint);
        let mut whole = Mapping::<Field>::default();
        if let Some(before) = before {
            self.remembered.push(RememberedColumns { id: before.id, sheet: sheet.name.clone(), since: before.since });
            // A field that is known no more is passed over.
            whole.columns = before.columns.iter().filter_map(|(field, column)| remembered(field, column)).collect();
        }
        let is_new = now.is_some();
        whole.columns.extend(now.map(|now| now.columns).unwrap_or_default());
        if whole.columns.is_empty() {
            return Ok(());
        }
        if is_new {
            let columns = whole.columns.iter();
            let columns = columns.map(|(field, column)| (field.to_string(), column.map(|column| column.to_string())));
            self.said.push(ToRemember { fingerprint, sheet: sheet.name.clone(), columns: columns.collect() });
        }
        by_hand.insert(sheet.name.clone(), whole);
        Ok(())
    }
}

fn remembered(field: &str, column: &Option<String>) -> Option<(Field, Option<Column>)> {
    let column = column.as_ref().map(|letters| letters.parse()).transpose().ok()?;
    Some((field.parse().ok()?, column))
}

/// `{"sheet": {"field": "C"}}`.
fn by_hand(json: &str) -> Result<BTreeMap<String, Mapping<Field>>> {
    let wrong = || Error::field("mapping", "bad-format");
    let said: BTreeMap<String, BTreeMap<String, Option<String>>> = serde_json::from_str(json).map_err(|_| wrong())?;
    let mut mappings = BTreeMap::new();
    for (sheet, fields) in said {
        let mut mapping = Mapping::default();
        for (field, column) in fields {
            let path = format!("mapping.{sheet}.{field}");
            let field: Field = field.parse().map_err(|_| Error::field(path.clone(), "unknown-field"))?;
            let column = column.map(|letters| letters.parse()).transpose();
            mapping.columns.insert(field, column.map_err(|_| Error::field(path, "bad-format"))?);
        }
        mappings.insert(sheet, mapping);
    }
    Ok(mappings)
}

fn unreadable(why: &Unreadable, lang: Lang) -> Error {
    match why {
        Unreadable::TooLarge => Error::PayloadTooLarge,
        why => {
            tracing::info!("a sheet could not be read: {why:?}");
            sentence(match lang {
                Lang::Mn => why.mn().to_owned(),
                Lang::En => why.en(),
            })
        }
    }
}

fn no_rent_roll(none: &NoRentRoll, lang: Lang) -> Error {
    sentence(match lang {
        Lang::Mn => none.mn(),
        Lang::En => none.en(),
    })
}

/// The reader of sheets has its own words for what is wrong with a file.
fn sentence(said: String) -> Error {
    Error::Validation(vec![FieldProblem { path: "file".into(), problem: "file", args: vec![("said", said)] }])
}
