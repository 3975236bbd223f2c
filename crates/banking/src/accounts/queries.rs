//! Every question asked of Postgres about bank accounts.

use base::{Error, Result, Tx};
use domain::{BankAccountId, bank::Bank};
use tokio_postgres::Row;
use wire::banks::{BankAccountView, ConnectionView, NewBankAccount};

/// An account as its statements are read by.
#[derive(Debug, Clone)]
pub struct Account {
    pub id: BankAccountId,
    pub bank: Bank,
    pub number: String,
    pub holder: String,
    pub currency: String,
    pub shown: bool,
    pub version: i32,
}

pub async fn list(tx: &Tx) -> Result<Vec<BankAccountView>> {
    let rows = tx.last().all(&format!("{VIEW} order by a.id"), &[]).await?;
    Ok(rows.iter().map(bank_account).collect())
}

pub async fn view(tx: &Tx, id: BankAccountId) -> Result<BankAccountView> {
    let row = tx.maybe(&format!("{VIEW} and a.id = $1"), &[&id]).await?;
    row.as_ref().map(bank_account).ok_or(Error::NotFound("bank-account"))
}

/// An account, if it is the owner's.
pub async fn find(tx: &Tx, id: BankAccountId) -> Result<Option<Account>> {
    let row = tx.maybe(&format!("{ACCOUNT} and id = $1"), &[&id]).await?;
    Ok(row.as_ref().map(account))
}

/// The accounts with that number, at whatever banks.
pub async fn by_number(tx: &Tx, number: &str) -> Result<Vec<Account>> {
    let rows = tx.all(&format!("{ACCOUNT} and number = $1 order by id"), &[&number]).await?;
    Ok(rows.iter().map(account).collect())
}

/// An account, held for the rest of the transaction: its statements are taken in one after the other.
pub async fn lock(tx: &Tx, id: BankAccountId) -> Result<Option<Account>> {
    let row = tx.maybe(&format!("{ACCOUNT} and id = $1 for no key update"), &[&id]).await?;
    Ok(row.as_ref().map(account))
}

pub async fn insert(
    tx: &Tx,
    id: BankAccountId,
    new: &NewBankAccount,
    number: &str,
    currency: &str,
    holder: Option<&str>,
) -> Result<()> {
    tx.touch(
        "insert into bank_accounts (id, bank, number, holder, currency, shown)
         select $1, $2, $3, coalesce($4, o.name), $5, $6 from property_owners o where o.id = (select app_owner_id())",
        &[&id, &new.bank, &number, &holder, &currency, &new.shown],
    )
    .await?;
    Ok(())
}

pub async fn save(tx: &Tx, id: BankAccountId, holder: &str, shown: bool) -> Result<()> {
    tx.touch(
        "update bank_accounts set holder = $2, shown = $3, version = version + 1 where id = $1",
        &[&id, &holder, &shown],
    )
    .await?;
    Ok(())
}

const ACCOUNT: &str = "
    select id, bank, number, holder, currency, shown, version from bank_accounts
     where owner_id = (select app_owner_id())";

const VIEW: &str = "
    select a.id, a.bank, a.number, a.holder, a.currency, a.shown, a.version,
           c.status, c.said, c.asked_at, c.read_through
      from bank_accounts a
      left join bank_connections c on c.owner_id = a.owner_id and c.account_id = a.id
     where a.owner_id = (select app_owner_id())";

fn account(row: &Row) -> Account {
    Account {
        id: row.get("id"),
        bank: row.get("bank"),
        number: row.get("number"),
        holder: row.get("holder"),
        currency: row.get("currency"),
        shown: row.get("shown"),
        version: row.get("version"),
    }
}

fn bank_account(row: &Row) -> BankAccountView {
    let connection = row.get::<_, Option<_>>("status").map(|status| ConnectionView {
        status,
        said: row.get("said"),
        asked_at: row.get("asked_at"),
        read_through: row.get("read_through"),
    });
    BankAccountView {
        id: row.get("id"),
        bank: row.get("bank"),
        number: row.get("number"),
        holder: row.get("holder"),
        currency: row.get("currency"),
        shown: row.get("shown"),
        version: row.get("version"),
        connection,
    }
}
