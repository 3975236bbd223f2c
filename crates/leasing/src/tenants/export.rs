//! The list of tenants as an Excel file.

use base::{
    Result, Tx,
    exports::{Columns, List, Said},
    lists::Window,
};
use domain::{rights::Action, text::sort_key};
use wire::{
    Page,
    tenants::{TenantFilter, TenantView},
};

use super::queries;

pub(super) struct Tenants(pub TenantFilter);

impl List for Tenants {
    const NAME: &'static str = "tenants";
    const AUDIT: &'static str = "tenant.export";
    const RIGHT: Action = Action::ReadTenants;
    type Row = TenantView;

    fn columns() -> Columns<TenantView> {
        Columns::new()
            .text("tenant", 36, |tenant: &TenantView| &tenant.name)
            .term("kind", "tenant-kind", |tenant| Some(tenant.kind.as_str()))
            .maybe("register-no", 14, |tenant| tenant.register_no.as_deref())
            .maybe("tenant-tin", 16, |tenant| tenant.tin.as_deref())
            .maybe("tenant-director", 24, |tenant| tenant.director.as_deref())
            .maybe("phone", 12, |tenant| tenant.phone.as_deref())
            .maybe("tenant-second-phone", 12, |tenant| tenant.second_phone.as_deref())
            .maybe("email", 28, |tenant| tenant.email.as_deref())
            .moment("export-created-at", |tenant| Some(tenant.created_at))
    }

    async fn said(&self, _: &Tx, said: &mut Said) -> Result<()> {
        said.add("export-search", self.0.q.as_ref());
        Ok(())
    }

    async fn page(&self, tx: &Tx, cursor: Option<&str>) -> Result<Page<TenantView>> {
        let window = Window::of_export(cursor)?;
        let tenants = queries::page(tx, &self.0, &window).await?;
        Ok(window.page(tenants, |tenant| (sort_key(&tenant.name), tenant.id)))
    }
}
