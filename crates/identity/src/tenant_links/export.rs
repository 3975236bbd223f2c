//! The people whose telephone is a tenant's as an Excel file.

use base::{
    Result, Tx,
    exports::{Columns, List, Said},
    lists::Window,
};
use domain::rights::Action;
use wire::{
    Page,
    tenant_links::{TenantLinkFilter, TenantLinkView},
};

use super::queries;

pub(super) struct TenantLinks(pub TenantLinkFilter);

impl List for TenantLinks {
    const NAME: &'static str = "tenant-links";
    const AUDIT: &'static str = "tenant_link.export";
    const RIGHT: Action = Action::ReadTenantLinks;
    type Row = TenantLinkView;

    fn columns() -> Columns<TenantLinkView> {
        Columns::new()
            .text("tenant", 36, |link: &TenantLinkView| &link.tenant_name)
            .text("phone", 12, |link| &link.phone)
            .term("status", "tenant-link-status", |link| Some(link.status.as_str()))
            .moment("export-created-at", |link| Some(link.created_at))
            .moment("export-decided-at", |link| link.decided_at)
    }

    async fn said(&self, _: &Tx, said: &mut Said) -> Result<()> {
        said.term("status", "tenant-link-status", self.0.status.map(|status| status.as_str()));
        Ok(())
    }

    async fn page(&self, tx: &Tx, cursor: Option<&str>) -> Result<Page<TenantLinkView>> {
        let window = Window::of_export(cursor)?;
        let links = queries::page(tx, &self.0, &window).await?;
        Ok(window.page(links, |link| link.id))
    }
}
