//! Receivables as an Excel file: exactly what is filtered, with the totals of the page at its foot.

use base::{
    Result, Tx,
    exports::{Columns, List, Said},
    lists::Window,
};
use domain::{Month, month_report::MonthReport, rights::Action};
use wire::{
    Page,
    receivables::{ReceivableFilter, ReceivableRow},
};

use super::queries::Place;
use crate::months::reports;

pub(super) struct Receivables(pub ReceivableFilter);

impl List for Receivables {
    const NAME: &'static str = "receivables";
    const AUDIT: &'static str = "receivable.export";
    const RIGHT: Action = Action::ReadReports;
    type Row = ReceivableRow;

    fn columns() -> Columns<ReceivableRow> {
        Columns::new()
            .text("tenant", 36, |row: &ReceivableRow| &row.tenant_name)
            .maybe("register-no", 14, |row| row.register_no.as_deref())
            .maybe("contract", 18, |row| row.contract_code.as_deref())
            .maybe("space", 16, |row| row.units.as_deref())
            .maybe("phone", 12, |row| row.phone.as_deref())
            .sum("arrears-bucket-not-due", |row| row.not_due)
            .sum("arrears-bucket-to-30", |row| row.to_30)
            .sum("arrears-bucket-to-60", |row| row.to_60)
            .sum("arrears-bucket-to-90", |row| row.to_90)
            .sum("arrears-bucket-to-180", |row| row.to_180)
            .sum("arrears-bucket-over-180", |row| row.over_180)
            .sum("arrears-total", |row| row.total)
            .sum("arrears-penalty-part", |row| row.penalty)
            .sum("arrears-credit", |row| row.credit)
            .sum("arrears-deposit", |row| row.deposit_held)
            .day("arrears-last-paid-on", |row| row.last_paid_on)
            .price("arrears-last-paid", |row| row.last_paid.unwrap_or_default())
            .count("arrears-stage", |row| (row.stage > 0).then_some(row.stage.into()))
            .day("arrears-promise-on", |row| row.promise.as_ref().map(|promise| promise.due_on))
            .term("arrears-promise", "promise-to-pay", |row| {
                row.promise.as_ref().map(|promise| promise.status.as_str())
            })
            .maybe("note", 30, |row| row.promise.as_ref().map(|promise| promise.note.as_str()))
    }

    async fn said(&self, tx: &Tx, said: &mut Said) -> Result<()> {
        let filter = &self.0;
        let as_of = super::allow(tx, filter.as_of)?;
        said.add("arrears-as-of", Some(format!("{:04}.{:02}.{:02}", as_of.year(), as_of.month(), as_of.day())))
            .add("export-search", filter.q.as_ref())
            .term("arrears-age", "arrears-bucket", filter.bucket.map(|bucket| bucket.as_str()))
            .add("arrears-stage", filter.stage)
            .named(tx, "building", "select name from properties where id = $1", filter.property_id)
            .await?
            .named(tx, "tenant", "select name from tenants where id = $1", filter.tenant_id)
            .await?;
        Ok(())
    }

    async fn taken(&self, tx: &Tx, rows: usize) -> Result<()> {
        let month = self
            .0
            .as_of
            .map(Month::of)
            .filter(|month| self.0.as_of == Some(month.last_day()) && reports::asks_only(&self.0, &["asOf", "by"]));
        reports::keep(tx, MonthReport::Receivables, month, rows).await
    }

    async fn page(&self, tx: &Tx, cursor: Option<&str>) -> Result<Page<ReceivableRow>> {
        let window = Window::of_export(cursor)?;
        let rows = super::page(tx, &self.0, &window).await?;
        Ok(window.page(rows, Place::of))
    }
}
