//! Where a contract stands when a step is taken.

use base::{Result, Tx, params};
use domain::{ContractId, Money, contract::ContractStatus};
use jiff::civil::Date;
use tokio_postgres::Row;

/// What steps look at.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    pub id: ContractId,
    pub code: String,
    pub status: ContractStatus,
    pub starts_on: Date,
    /// The last day agreed; `None` is an open contract.
    pub ends_on: Option<Date>,
    pub grace_days: i32,
    pub deposit_amount: Money,
    /// The contract that it goes on from.
    pub renews: Option<ContractId>,
    pub version: i32,
}

const STANDING: &str =
    "select id, code, status, starts_on, ends_on, grace_days, deposit_amount, renews_contract_id, version
      from contracts where id = $1";

pub(super) async fn find(tx: &Tx, id: ContractId) -> Result<Option<Standing>> {
    Ok(tx.maybe(STANDING, &[&id]).await?.as_ref().map(standing))
}

pub(super) async fn lock(tx: &Tx, id: ContractId) -> Result<Option<Standing>> {
    Ok(tx.maybe(&format!("{STANDING} for no key update"), &[&id]).await?.as_ref().map(standing))
}

pub(super) async fn save_status(tx: &Tx, id: ContractId, status: ContractStatus) -> Result<()> {
    tx.later("update contracts set status = $2, version = version + 1 where id = $1", params![id, status]).await
}

fn standing(row: &Row) -> Standing {
    Standing {
        id: row.get("id"),
        code: row.get("code"),
        status: row.get("status"),
        starts_on: row.get("starts_on"),
        ends_on: row.get("ends_on"),
        grace_days: row.get("grace_days"),
        deposit_amount: row.get("deposit_amount"),
        renews: row.get("renews_contract_id"),
        version: row.get("version"),
    }
}
