//! The report «Алданги» as an Excel file.

use base::{
    Result, Tx,
    exports::{Columns, List, Said},
    lists::Window,
};
use domain::{Month, month_report::MonthReport, rights::Action};
use rust_decimal::Decimal;
use wire::{
    Page,
    penalties::{PenaltyFilter, PenaltyRow},
};

use super::{as_of, queries::Place};
use crate::months::reports;

pub(super) struct Penalties(pub PenaltyFilter);

impl List for Penalties {
    const NAME: &'static str = "penalties";
    const AUDIT: &'static str = "penalty.export";
    const RIGHT: Action = Action::ReadReports;
    type Row = PenaltyRow;

    fn columns() -> Columns<PenaltyRow> {
        Columns::new()
            .text("contract", 18, |row: &PenaltyRow| &row.contract_code)
            .text("tenant", 36, |row| &row.customer_name)
            .text("space", 16, |row| &row.units)
            .text("invoice-no", 18, |row| &row.invoice_code)
            .sum("arrears-principal", |row| row.principal)
            .day("due-on", |row| Some(row.due_on))
            .count("arrears-days", |row| Some(row.days))
            .count("arrears-grace", |row| Some(row.grace_days.into()))
            .made("arrears-rate", 10, |row, _| Decimal::new(row.rate_bp.into(), 2).normalize().to_string())
            .sum("arrears-ceiling", |row| row.ceiling)
            .sum("arrears-computed", |row| row.computed)
            .sum("arrears-charged", |row| row.charged)
            .sum("arrears-waived", |row| row.waived)
            .sum("paid", |row| row.paid)
            .sum("arrears-left", |row| row.left)
            .text("arrears-how", 60, |row| &row.how)
    }

    async fn said(&self, tx: &Tx, said: &mut Said) -> Result<()> {
        let filter = &self.0;
        let as_of = as_of(tx, filter.as_of)?;
        said.add("arrears-as-of", Some(format!("{:04}.{:02}.{:02}", as_of.year(), as_of.month(), as_of.day())))
            .add("export-search", filter.q.as_ref())
            .flag(filter.settled == Some(true), "arrears-with-settled")
            .named(tx, "contract", "select code from contracts where id = $1", filter.contract_id)
            .await?
            .named(tx, "building", "select name from properties where id = $1", filter.property_id)
            .await?;
        Ok(())
    }

    async fn taken(&self, tx: &Tx, rows: usize) -> Result<()> {
        let month = self.0.as_of.map(Month::of).filter(|month| {
            self.0.as_of == Some(month.last_day()) && reports::asks_only(&self.0, &["asOf", "settled"])
        });
        reports::keep(tx, MonthReport::Penalties, month, rows).await
    }

    async fn page(&self, tx: &Tx, cursor: Option<&str>) -> Result<Page<PenaltyRow>> {
        let window = Window::of_export(cursor)?;
        let rows = super::page(tx, &self.0, &window).await?;
        Ok(window.page(rows, |row| Place(row.due_on, row.invoice_id)))
    }
}
