//! `spacehub import …`: an owner's own sheets. Wrong rows are listed, right ones written, a second run adds nothing.

mod readings;
mod statement;

use std::{collections::BTreeMap, fs, io::Write, path::PathBuf};

use base::Actor;
use billing::open_invoices;
use leasing::imports::rent_roll::{self, Order};
use serde_json::{Value, json};
use sheets::{Workbook, columns::Mapping};
use wire::imports::ImportReport;

pub use self::{readings::ImportReadings, statement::ImportStatement};
use super::{actor_for, on_the_ground, refused};
use crate::{problem::Problem, settings::Settings};

/// The most that is read of a file.
const LARGEST: u64 = 20 * 1024 * 1024;

/// A sheet, and whose it is.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// The sheet: .xlsx, .xls or .csv
    file: PathBuf,
    /// The owner's register number
    #[arg(long)]
    owner: String,
    /// Only say what is in it and what is wrong; write nothing
    #[arg(long)]
    dry_run: bool,
    /// Print every row as JSON
    #[arg(long)]
    json: bool,
    /// Columns mapped by hand, as JSON: {"sheet": {"field": "C"}}
    #[arg(long)]
    mapping: Option<String>,
}

impl Import {
    /// Rooms, tenants, contracts and opening balances of a rent roll.
    pub async fn rent_roll(self, settings: &Settings) -> Result<(), Problem> {
        let order = Order {
            file_name: self.file_name(),
            bytes: self.read()?.into(),
            mapping: self.mapping.clone(),
            dry_run: self.dry_run,
            afresh: false,
        };
        let quiet = self.json;
        let tell = |line: String| {
            if !quiet {
                let _ = writeln!(std::io::stderr(), "{line}");
            }
        };
        let import = async |actor: &Actor| {
            let read = rent_roll::read(actor, &order).await?;
            tell(format!("{} rows read", read.roll.rows.len()));
            let written = |done, total| tell(format!("{done} of {total} records written"));
            let report = rent_roll::take_over(actor, &read, written).await?;
            base::Result::Ok((read.roll, report))
        };
        let (roll, report) =
            self.with_owner(settings, async |actor| import(actor).await.map_err(|error| refused(&error))).await?;
        let rows = serde_json::to_value(&roll)?;
        self.say(&report, rows)
    }

    /// Open invoices of the system before, their codes kept.
    pub async fn invoices(self, settings: &Settings) -> Result<(), Problem> {
        let (name, bytes) = (self.file_name(), self.read()?);
        let workbook =
            Workbook::read(&name, &bytes).map_err(|why| Problem::new(format!("{}: {why}", self.file.display())))?;
        let report = self
            .with_owner(settings, async |actor| {
                let found_by_words = Mapping::default();
                let written = |done, total| {
                    if !self.json {
                        let _ = writeln!(std::io::stderr(), "{done} of {total} invoices written");
                    }
                };
                let import = open_invoices::import(actor, &workbook, &name, &found_by_words, self.dry_run, written);
                import.await.map_err(|error| refused(&error))
            })
            .await?;
        let rows = json!({ "rows": report.rows, "counts": report.counts });
        self.say(&report, rows)
    }

    async fn with_owner<T>(
        &self,
        settings: &Settings,
        work: impl AsyncFnOnce(&Actor) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        on_the_ground(settings, async |app| {
            let actor = actor_for(app, &self.owner).await?;
            work(&actor).await
        })
        .await
    }

    fn file_name(&self) -> String {
        self.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    fn read(&self) -> Result<Vec<u8>, Problem> {
        let cannot =
            |why: &dyn std::fmt::Display| Problem::new(format!("{} can't be read: {why}", self.file.display()));
        let size = fs::metadata(&self.file).map_err(|error| cannot(&error))?.len();
        if size > LARGEST {
            return Err(cannot(&"it is larger than 20 MB"));
        }
        fs::read(&self.file).map_err(|error| cannot(&error))
    }

    /// The rows for a program, or the counts and every problem for a person; nothing usable at all is a failure.
    fn say(&self, report: &ImportReport, rows: Value) -> Result<(), Problem> {
        let mut out = std::io::stdout();
        if self.json {
            writeln!(out, "{}", serde_json::to_string_pretty(&rows)?)?;
        } else {
            for error in report.rows.iter().flat_map(|row| &row.errors) {
                writeln!(out, "{}", error.message)?;
            }
            let counts: BTreeMap<String, i64> = serde_json::from_value(serde_json::to_value(&report.counts)?)?;
            let counts: Vec<String> = counts.iter().map(|(what, n)| format!("{what} {n}")).collect();
            writeln!(out, "{}{}", if self.dry_run { "dry run, nothing written: " } else { "" }, counts.join(", "))?;
        }
        match report.counts.rows > 0 && report.counts.errors == report.counts.rows {
            true => Err(Problem::new("no row of the sheet is right, nothing was written")),
            false => Ok(()),
        }
    }
}
