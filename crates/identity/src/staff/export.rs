//! Who works for an owner as an Excel file.

use base::{
    Result, Tx,
    exports::{Columns, List, Said},
    lists::Window,
};
use domain::rights::Action;
use wire::{Page, staff::StaffView};
use words::say;

use super::queries;

pub(super) struct Staff;

impl List for Staff {
    const NAME: &'static str = "staff";
    const AUDIT: &'static str = "staff.export";
    const RIGHT: Action = Action::ReadStaff;
    type Row = StaffView;

    fn columns() -> Columns<StaffView> {
        Columns::new()
            .text("name", 28, |member: &StaffView| &member.name)
            .text("email", 30, |member| &member.email)
            .maybe("phone", 16, |member| member.phone.as_deref())
            .term("staff-role", "role", |member| Some(member.role.as_str()))
            .made("export-two-factor", 14, |member, lang| {
                say(lang, if member.two_factor_enabled { "export-yes" } else { "export-no" }, &[]).into_owned()
            })
            .moment("staff-since", |member| Some(member.created_at))
            .moment("staff-disabled", |member| member.disabled_at)
    }

    async fn said(&self, _: &Tx, _: &mut Said) -> Result<()> {
        Ok(())
    }

    async fn page(&self, tx: &Tx, cursor: Option<&str>) -> Result<Page<StaffView>> {
        let window = Window::of_export(cursor)?;
        let staff = queries::page(tx, &window).await?;
        Ok(window.page(staff, |member| member.id))
    }
}
