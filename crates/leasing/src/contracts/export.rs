//! The list of contracts as an Excel file.

use base::{
    Result, Tx,
    exports::{Columns, List, Said},
    lists::Window,
};
use domain::rights::Action;
use wire::{
    Page,
    contracts::{ContractFilter, ContractRow, ContractSort},
};
use words::say;

use super::list;

pub(super) struct Contracts(pub ContractFilter);

impl List for Contracts {
    const NAME: &'static str = "contracts";
    const AUDIT: &'static str = "contract.export";
    const RIGHT: Action = Action::ReadContracts;
    type Row = ContractRow;

    fn columns() -> Columns<ContractRow> {
        Columns::new()
            .text("contract", 18, |contract: &ContractRow| &contract.code)
            .text("tenant", 36, |contract| &contract.tenant_name)
            .text("space", 18, |contract| &contract.units)
            .term("export-kind", "room-kind", |contract| Some(contract.kind.as_str()))
            .text("building", 24, |contract| &contract.property_name)
            .term("status", "contract-status", |contract| Some(contract.status.as_str()))
            .day("starts-on", |contract| Some(contract.starts_on))
            .day("ends-on", |contract| contract.ends_on)
            .sum("deposit", |contract| contract.deposit_amount)
    }

    async fn said(&self, tx: &Tx, said: &mut Said) -> Result<()> {
        let filter = &self.0;
        let lang = tx.actor().lang;
        let ending = filter
            .ending_within_days
            .map(|days| say(lang, "export-ending-within", &[("days", days.into())]).into_owned());
        said.add("export-search", filter.q.as_ref())
            .term("status", "contract-status", filter.status.map(|status| status.as_str()))
            .add("ends-on", ending)
            .named(tx, "building", "select name from properties where id = $1", filter.property_id)
            .await?
            .named(tx, "tenant", "select name from tenants where id = $1", filter.tenant_id)
            .await?;
        if let Some((by, down)) = filter.sort.and_then(order) {
            let down = if down { format!(", {}", say(lang, "export-sort-down", &[])) } else { String::new() };
            said.add("export-sort", Some(format!("{}{down}", say(lang, by, &[]))));
        }
        Ok(())
    }

    async fn page(&self, tx: &Tx, cursor: Option<&str>) -> Result<Page<ContractRow>> {
        list::page(tx, &self.0, &Window::of_export(cursor)?).await
    }
}

/// An order in words, and whether from the end; the one in which contracts were made needs none.
fn order(sort: ContractSort) -> Option<(&'static str, bool)> {
    Some(match sort {
        ContractSort::Id => return None,
        ContractSort::Code => ("export-sort-code", false),
        ContractSort::CodeDown => ("export-sort-code", true),
        ContractSort::Tenant => ("export-sort-tenant", false),
        ContractSort::TenantDown => ("export-sort-tenant", true),
        ContractSort::StartsOn => ("export-sort-starts-on", false),
        ContractSort::StartsOnDown => ("export-sort-starts-on", true),
        ContractSort::EndsOn => ("export-sort-ends-on", false),
        ContractSort::EndsOnDown => ("export-sort-ends-on", true),
    })
}
