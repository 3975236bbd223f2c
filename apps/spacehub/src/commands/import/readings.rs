//! `spacehub import readings …`: a month's readings from an owner's own list.

use billing::readings::import;
use domain::Month;
use serde_json::json;
use sheets::{Workbook, columns::Mapping};

use super::Import;
use crate::{commands::refused, problem::Problem, settings::Settings};

/// A list of readings, whose it is and for which month.
#[derive(Debug, clap::Args)]
pub struct ImportReadings {
    #[command(flatten)]
    import: Import,
    /// The month that is read: 2026-10
    #[arg(long)]
    month: Month,
}

impl ImportReadings {
    /// Prints what the list holds, row by row; meters that are not known yet are made.
    pub async fn run(self, settings: &Settings) -> Result<(), Problem> {
        let (import, month) = (self.import, self.month);
        let (name, bytes) = (import.file_name(), import.read()?);
        let workbook =
            Workbook::read(&name, &bytes).map_err(|why| Problem::new(format!("{}: {why}", import.file.display())))?;
        let (readings, report) = import
            .with_owner(settings, async |actor| {
                let by_hand = Mapping::default();
                let taken = import::import(actor, &workbook, &name, &by_hand, month, import.dry_run).await;
                taken.map_err(|error| refused(&error))
            })
            .await?;
        let rows = json!({ "file": name, "month": month, "rows_count": readings.rows_count, "totals": readings.totals,
            "rows": readings.rows, "counts": report.counts });
        import.say(&report, rows)
    }
}
