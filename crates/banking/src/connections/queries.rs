//! Every question asked of Postgres about how accounts are read.

use base::{Result, Tx, params};
use domain::{BankAccountId, BankConnectionId, bank::ConnectionStatus};
use jiff::civil::Date;
use wire::banks::ConnectionView;

/// How far an account was read, and what it is read with.
pub struct Connection {
    pub sealed: Vec<u8>,
    pub status: ConnectionStatus,
    pub read_through: Option<Date>,
    pub cursor: Option<i64>,
}

pub async fn view(tx: &Tx, account: BankAccountId) -> Result<Option<ConnectionView>> {
    let row = tx
        .maybe(
            "select status, said, asked_at, read_through from bank_connections
              where owner_id = (select app_owner_id()) and account_id = $1",
            &[&account],
        )
        .await?;
    Ok(row.map(|row| ConnectionView {
        status: row.get("status"),
        said: row.get("said"),
        asked_at: row.get("asked_at"),
        read_through: row.get("read_through"),
    }))
}

pub async fn find(tx: &Tx, account: BankAccountId) -> Result<Option<Connection>> {
    let row = tx
        .maybe(
            "select sealed, status, read_through, cursor from bank_connections
              where owner_id = (select app_owner_id()) and account_id = $1",
            &[&account],
        )
        .await?;
    Ok(row.map(|row| Connection {
        sealed: row.get("sealed"),
        status: row.get("status"),
        read_through: row.get("read_through"),
        cursor: row.get("cursor"),
    }))
}

/// The accounts that are asked about every hour: a bank that said no is asked again by hand only.
pub async fn to_ask(tx: &Tx) -> Result<Vec<BankAccountId>> {
    let rows = tx
        .all(
            "select account_id from bank_connections
              where owner_id = (select app_owner_id()) and status <> 'refused' order by account_id",
            &[],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get("account_id")).collect())
}

pub async fn keep(tx: &Tx, account: BankAccountId, sealed: &[u8]) -> Result<()> {
    tx.later(
        "insert into bank_connections (id, account_id, sealed) values ($1, $2, $3)
         on conflict (owner_id, account_id) do update
            set sealed = excluded.sealed, status = 'untested', said = '', version = bank_connections.version + 1",
        params![BankConnectionId::new(), account, sealed.to_vec()],
    )
    .await
}

pub async fn forget(tx: &Tx, account: BankAccountId) -> Result<bool> {
    let sql = "delete from bank_connections where owner_id = (select app_owner_id()) and account_id = $1";
    Ok(tx.touch(sql, &[&account]).await? > 0)
}

/// Says how the account stands with its bank.
pub async fn stand(tx: &Tx, account: BankAccountId, status: ConnectionStatus, said: &str) -> Result<()> {
    tx.later(
        "update bank_connections set status = $2, said = $3, asked_at = case when $2 = 'untested' then asked_at else $4 end,
                version = version + 1
          where owner_id = (select app_owner_id()) and account_id = $1",
        params![account, status, said.to_owned(), tx.clock().now()],
    )
    .await
}

/// Says how far the account was read; never less far than before.
pub async fn read_so_far(tx: &Tx, account: BankAccountId, through: Date, record: Option<i64>) -> Result<()> {
    tx.later(
        "update bank_connections set read_through = greatest(read_through, $2), cursor = greatest(cursor, $3)
          where owner_id = (select app_owner_id()) and account_id = $1",
        params![account, through, record],
    )
    .await
}
