//! The preview of a month as an Excel file.

use base::{
    Result, Tx,
    exports::{Columns, List, Said},
    lists::Window,
};
use domain::{Month, rights::Action};
use wire::{
    Page,
    months::{PreviewKind, PreviewLine, PreviewOrder},
};

use super::{issue_day, portion::Ground, view};

pub(super) struct Preview {
    pub month: Month,
    pub order: PreviewOrder,
}

impl List for Preview {
    const NAME: &'static str = "month-preview";
    const AUDIT: &'static str = "month.export";
    const RIGHT: Action = Action::ReadReports;
    type Row = PreviewLine;

    fn columns() -> Columns<PreviewLine> {
        Columns::new()
            .text("contract", 18, |line: &PreviewLine| &line.contract_code)
            .text("tenant", 36, |line| &line.tenant_name)
            .text("space", 16, |line| &line.units)
            .term("month-what", "preview-kind", |line| Some(line.what.as_str()))
            .sum("month-previous", |line| line.previous)
            .sum("month-amount", |line| line.amount)
            .sum("month-difference", |line| line.difference)
            .day("due-on", |line| line.due_on)
            .made("month-why", 60, |line, _| line.reasons.join("; "))
    }

    async fn said(&self, _: &Tx, said: &mut Said) -> Result<()> {
        said.add("month", Some(self.month))
            .add("month-issue-on", self.order.issue_on)
            .term("month-what", "preview-kind", self.order.what.map(PreviewKind::as_str))
            .flag(self.order.differing == Some(true), "run-differing");
        Ok(())
    }

    async fn page(&self, tx: &Tx, cursor: Option<&str>) -> Result<Page<PreviewLine>> {
        let window = Window::of_export(cursor)?;
        let ground = Ground::of(tx, self.month, issue_day(tx, self.month, self.order.issue_on)?).await?;
        view::lines(tx, &ground, &self.order, &window).await
    }
}
