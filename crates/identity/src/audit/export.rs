//! What was done in an owner's world as an Excel file.

use base::{
    Result, Tx,
    exports::{Columns, List, Said},
    lists::Window,
};
use domain::rights::Action;
use wire::{
    Page,
    audit::{AuditFilter, AuditRow},
};

pub(super) struct History(pub AuditFilter);

impl List for History {
    const NAME: &'static str = "audit";
    const AUDIT: &'static str = "audit.export";
    const RIGHT: Action = Action::ReadAudit;
    type Row = AuditRow;

    fn columns() -> Columns<AuditRow> {
        let json = |value: &Option<serde_json::Value>| value.as_ref().map(ToString::to_string).unwrap_or_default();
        Columns::new()
            .moment("audit-at", |row: &AuditRow| Some(row.at))
            .maybe("audit-who", 24, |row| row.user_name.as_deref())
            .term("staff-role", "role", |row| row.role.as_deref())
            .text("audit-done", 24, |row| &row.action)
            .made("export-id", 38, |row, _| row.entity_id.map(|id| id.to_string()).unwrap_or_default())
            .maybe("reason", 30, |row| row.reason.as_deref())
            .made("audit-before", 40, move |row, _| json(&row.before))
            .made("audit-after", 40, move |row, _| json(&row.after))
            .maybe("export-ip", 16, |row| row.ip.as_deref())
    }

    async fn said(&self, tx: &Tx, said: &mut Said) -> Result<()> {
        let filter = &self.0;
        said.add("from", filter.from)
            .add("to", filter.to)
            .add("audit-done", filter.action.as_ref())
            .add("audit-what", filter.entity.as_ref())
            .add("export-id", filter.entity_id)
            .named(tx, "audit-who", "select name from users where id = $1", filter.user_id)
            .await?;
        Ok(())
    }

    async fn page(&self, tx: &Tx, cursor: Option<&str>) -> Result<Page<AuditRow>> {
        let window = Window::of_export(cursor)?;
        let rows = super::page(tx, &self.0, &window).await?;
        Ok(window.page(rows, |row| row.id))
    }
}
