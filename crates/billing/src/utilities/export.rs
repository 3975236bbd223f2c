//! The utility bills of a month as an Excel file, a row for each line with how it was made.

use base::{
    Result, Tx,
    exports::{Columns, List, Said},
};
use domain::rights::Action;
use wire::{
    Page,
    readings::{UtilityBillLine, UtilityFilter},
};

/// What the filter picks, all pages at once: the month is reckoned as a whole.
pub(crate) struct UtilityLines(pub UtilityFilter);

/// A line with whose it is.
pub(crate) struct UtilityRow {
    contract_code: String,
    tenant_name: String,
    units: String,
    line: UtilityBillLine,
}

impl List for UtilityLines {
    const NAME: &'static str = "utilities";
    const AUDIT: &'static str = "utility.export";
    const RIGHT: Action = Action::ReadReports;
    type Row = UtilityRow;

    fn columns() -> Columns<UtilityRow> {
        Columns::new()
            .text("contract", 18, |row: &UtilityRow| &row.contract_code)
            .text("tenant", 36, |row| &row.tenant_name)
            .text("space", 16, |row| &row.units)
            .text("meters-line", 36, |row| &row.line.description)
            .quantity("quantity", |row| row.line.quantity)
            .price("meters-unit-price", |row| row.line.unit_price)
            .sum("vat", |row| row.line.vat)
            .sum("amount", |row| row.line.amount)
            .text("meters-how", 90, |row| &row.line.how)
    }

    async fn said(&self, tx: &Tx, said: &mut Said) -> Result<()> {
        said.add("month", Some(self.0.month));
        said.named(tx, "building", "select name from properties where id = $1", self.0.property_id).await?;
        Ok(())
    }

    async fn page(&self, tx: &Tx, _: Option<&str>) -> Result<Page<UtilityRow>> {
        let filter = UtilityFilter { limit: None, cursor: None, ..self.0.clone() };
        let preview = super::preview(tx, &filter).await?;
        let items = preview.bills.into_iter().flat_map(|bill| {
            let whose = move |line| UtilityRow {
                contract_code: bill.contract_code.clone(),
                tenant_name: bill.tenant_name.clone(),
                units: bill.units.clone(),
                line,
            };
            bill.lines.into_iter().map(whose)
        });
        Ok(Page { items: items.collect(), next_cursor: None })
    }
}
