//! What is in the books already, asked for all lines at once.

use std::collections::{HashMap, HashSet};

use base::{Error, Result, Tx, params};
use domain::{ContractId, Money, Month, PropertyId, TenantId};
use sheets::open_invoices::OpenInvoice;
use tokio_postgres::Row;

/// A contract that is named in the sheet, with whom it bills.
pub(super) struct Contract {
    pub id: ContractId,
    pub code: String,
    pub tenant_id: TenantId,
    pub property_id: PropertyId,
    pub units: String,
    pub customer_name: String,
    pub customer_register_no: Option<String>,
    pub customer_tin: Option<String>,
}

/// The contracts, codes and billed months that the sheet speaks of.
pub(super) struct Known {
    /// By code.
    pub contracts: HashMap<String, Contract>,
    /// What stands behind each code of the sheet that is given already.
    pub codes: HashMap<String, (ContractId, Month, Money)>,
    /// Contracts that have their rent bill of a month.
    pub billed: HashSet<(ContractId, Month)>,
    pub vat_payer: bool,
}

impl Known {
    pub async fn of(tx: &Tx, lines: &[OpenInvoice], months: &[Month]) -> Result<Known> {
        let named: Vec<String> = lines.iter().map(|line| line.contract.clone()).collect();
        let given: Vec<String> = lines.iter().map(|line| line.code.clone()).collect();
        let contracts = tx
            .ahead(
                "select c.id, c.code, c.tenant_id, c.property_id, c.units, t.name, t.register_no, t.tin
                   from contracts c
                   join tenants t on t.owner_id = c.owner_id and t.id = c.tenant_id
                  where c.owner_id = (select app_owner_id()) and c.code = any($1)
                    and c.status not in ('draft', 'pending_signature')",
                params![named],
            )
            .await?;
        let codes = tx
            .ahead(
                "select code, contract_id, period, total from invoices
                  where owner_id = (select app_owner_id()) and code = any($1)",
                params![given],
            )
            .await?;
        let billed = tx
            .ahead(
                "select contract_id, period from invoices
                  where owner_id = (select app_owner_id()) and period = any($1) and kind = 'rent' and status <> 'void'",
                params![months.to_vec()],
            )
            .await?;
        let owner = tx
            .maybe("select vat_payer from property_owners where id = (select app_owner_id())", &[])
            .await?
            .ok_or(Error::Forbidden)?;
        Ok(Known {
            contracts: contracts.rows()?.iter().map(|row| (row.get("code"), contract(row))).collect(),
            codes: codes
                .rows()?
                .iter()
                .map(|row| (row.get("code"), (row.get("contract_id"), row.get("period"), row.get("total"))))
                .collect(),
            billed: billed.rows()?.iter().map(|row| (row.get("contract_id"), row.get("period"))).collect(),
            vat_payer: owner.get("vat_payer"),
        })
    }
}

fn contract(row: &Row) -> Contract {
    Contract {
        id: row.get("id"),
        code: row.get("code"),
        tenant_id: row.get("tenant_id"),
        property_id: row.get("property_id"),
        units: row.get("units"),
        customer_name: row.get("name"),
        customer_register_no: row.get("register_no"),
        customer_tin: row.get("tin"),
    }
}
