//! Taking over a rent roll: rooms, tenants, contracts and what was open between them, in one transaction.
//!
//! The file is read first, then compared with what is there; what is missing is written set by set. Rows that are wrong
//! are listed and left out, so that they can be mended and the whole file sent again: what came in before is known.

mod plan;
mod queries;
mod report;

use std::collections::BTreeMap;

use base::{Actor, Error, Lang, Result, Tx, error::FieldProblem};
use bytes::Bytes;
use domain::{ImportId, rights::Action};
use jiff::civil::Date;
use serde_json::json;
use sheets::{
    RentRoll, Unreadable, Workbook,
    columns::Mapping,
    rent_roll::{Field, NoRentRoll, Reading},
};
use wire::imports::ImportReport;

use self::plan::Plan;

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
}

/// Reads a file for somebody who may import it.
///
/// The command line calls it with [`Actor::system`], which speaks for the owner it names.
pub async fn read(actor: &Actor, order: &Order) -> Result<RentRoll> {
    // Nobody has a large file read for them before it is known that they may.
    actor
        .transact(async |tx| {
            tx.allow(Action::Import)?;
            tx.owner().await
        })
        .await?;
    let (order, today, lang) = (order.clone(), actor.app.clock.today(), actor.lang);
    let reading = tokio::task::spawn_blocking(move || understand(&order, today, lang));
    reading.await.map_err(|error| Error::Internal(error.to_string()))?
}

/// Writes what is right and new in a rent roll, in one transaction; `progress` is told how many records of how many
/// are written.
pub async fn take_over(
    actor: &Actor,
    roll: &RentRoll,
    dry_run: bool,
    progress: impl Fn(usize, usize) + Sync,
) -> Result<ImportReport> {
    let today = actor.app.clock.today();
    let plan = actor.transact(async |tx| take(tx, roll, today, dry_run, &progress).await).await?;
    Ok(report::of(roll, &plan, dry_run, actor.lang))
}

async fn take(
    tx: &Tx,
    roll: &RentRoll,
    today: Date,
    dry_run: bool,
    progress: &(impl Fn(usize, usize) + Sync),
) -> Result<Plan> {
    tx.allow(Action::Import)?;
    let known = queries::known(tx).await?;
    let plan = Plan::of(roll, &known, today);
    if dry_run {
        return Ok(plan);
    }
    queries::write(tx, &plan, progress).await?;
    let counts = json!({ "rows": roll.rows.len(), "rooms": plan.rooms.len(), "tenants": plan.tenants.len(),
        "contracts": plan.contracts.len(), "openingBalances": plan.balances().count() });
    tx.audit("import.rent_roll", ImportId::new().0, &counts).await?;
    Ok(plan)
}

fn understand(order: &Order, today: Date, lang: Lang) -> Result<RentRoll> {
    let by_hand = order.mapping.as_deref().map(by_hand).transpose()?.unwrap_or_default();
    let workbook = Workbook::read(&order.file_name, &order.bytes).map_err(|why| unreadable(&why, lang))?;
    let reading = Reading { by_hand, ..Reading::on(today) };
    RentRoll::read(&workbook, &reading).map_err(|none| no_rent_roll(&none, lang))
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
