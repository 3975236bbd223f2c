//! The register of deposits as an Excel file.

use base::{
    Result, Tx,
    exports::{Columns, List, Said},
    lists::Window,
};
use domain::rights::Action;
use wire::{
    Page,
    deposits::{DepositFilter, DepositRow, DepositStanding},
};

use super::register;

pub(super) struct Deposits(pub DepositFilter);

impl List for Deposits {
    const NAME: &'static str = "deposits";
    const AUDIT: &'static str = "deposit.export";
    const RIGHT: Action = Action::ReadReports;
    type Row = DepositRow;

    fn columns() -> Columns<DepositRow> {
        Columns::new()
            .text("contract", 18, |deposit: &DepositRow| &deposit.contract_code)
            .text("tenant", 36, |deposit| &deposit.tenant_name)
            .text("space", 18, |deposit| &deposit.units)
            .text("building", 24, |deposit| &deposit.property_name)
            .term("status", "contract-status", |deposit| Some(deposit.contract_status.as_str()))
            .sum("deposit-due", |deposit| deposit.sums.due)
            .sum("deposit-received", |deposit| deposit.sums.received)
            .sum("deposit-set-off", |deposit| deposit.sums.set_off)
            .sum("deposit-refunded", |deposit| deposit.sums.refunded)
            .sum("deposit-corrected", |deposit| deposit.sums.corrected)
            .sum("deposit-held", |deposit| deposit.sums.held)
            .sum("deposit-missing", |deposit| deposit.sums.missing)
            .day("export-deposit-last", |deposit| Some(deposit.last_on))
    }

    async fn said(&self, tx: &Tx, said: &mut Said) -> Result<()> {
        let filter = &self.0;
        said.add("export-search", filter.q.as_ref())
            .add("as-of", filter.as_of.as_ref())
            .flag(filter.standing == Some(DepositStanding::Held), "deposit-standing-held")
            .flag(filter.standing == Some(DepositStanding::Missing), "deposit-standing-missing")
            .named(tx, "building", "select name from properties where id = $1", filter.property_id)
            .await?
            .named(tx, "tenant", "select name from tenants where id = $1", filter.tenant_id)
            .await?;
        Ok(())
    }

    async fn page(&self, tx: &Tx, cursor: Option<&str>) -> Result<Page<DepositRow>> {
        let window = Window::of_export(cursor)?;
        let rows = register::page(tx, &self.0, &window).await?;
        Ok(window.page(rows, |row| row.contract_code.clone()))
    }
}
