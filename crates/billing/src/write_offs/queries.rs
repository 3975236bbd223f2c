//! Every question asked about write-offs.

use base::{Result, Tx, lists::Window, params};
use domain::{AllocationId, InvoiceId, Money, WriteOffId, write_off::WriteOffStatus};
use jiff::civil::Date;
use tokio_postgres::Row;
use wire::write_offs::{WriteOffFilter, WriteOffView};

pub(super) async fn insert(tx: &Tx, id: WriteOffId, invoice: InvoiceId, amount: Money, reason: &str) -> Result<u64> {
    tx.touch(
        "insert into write_offs (id, invoice_id, amount, reason, status, asked_at) values ($1, $2, $3, $4, 'asked', $5)",
        &[&id, &invoice, &amount, &reason, &tx.clock().now()],
    )
    .await
}

pub(super) async fn invoice_of(tx: &Tx, id: WriteOffId) -> Result<Option<InvoiceId>> {
    let sql = "select invoice_id from write_offs where owner_id = (select app_owner_id()) and id = $1";
    Ok(tx.maybe(sql, &[&id]).await?.map(|row| row.get("invoice_id")))
}

/// How it stands, what it is about and on which day it was booked, held until this transaction ends.
pub(super) async fn lock(tx: &Tx, id: WriteOffId) -> Result<Option<(WriteOffStatus, Money, Option<Date>)>> {
    let sql = "select status, amount, booked_on from write_offs
                where owner_id = (select app_owner_id()) and id = $1 for no key update";
    Ok(tx.maybe(sql, &[&id]).await?.map(|row| (row.get("status"), row.get("amount"), row.get("booked_on"))))
}

pub(super) async fn stands(tx: &Tx, invoice: InvoiceId) -> Result<bool> {
    let sql = "select exists (select from write_offs
                               where owner_id = (select app_owner_id()) and invoice_id = $1 and status in ('asked', 'booked')) as yes";
    Ok(tx.one(sql, &[&invoice]).await?.get("yes"))
}

/// Writes a step down that has been judged by [`WriteOffStatus::transition_to`].
pub(super) async fn decide(
    tx: &Tx,
    id: WriteOffId,
    status: WriteOffStatus,
    booked_on: Option<Date>,
    answer: &str,
) -> Result<()> {
    tx.later(
        "update write_offs set status = $2, booked_on = $3, answer = $4, decided_by = app_user_id(), decided_at = $5
          where owner_id = (select app_owner_id()) and id = $1",
        params![id, status, booked_on, answer.to_owned(), tx.clock().now()],
    )
    .await
}

/// Takes it off the bill, or puts it on it again below nothing.
pub(super) async fn allocate(tx: &Tx, id: WriteOffId, invoice: InvoiceId, amount: Money) -> Result<()> {
    tx.later(
        "insert into allocations (id, write_off_id, invoice_id, amount) values ($1, $2, $3, $4)",
        params![AllocationId::new(), id, invoice, amount],
    )
    .await
}

const VIEW: &str = "
    select w.id, w.status, w.invoice_id, i.code as invoice_code, i.contract_id, i.contract_code, i.customer_name, i.units,
           w.amount, w.reason, a.name as asked_by, w.asked_at, d.name as decided_by, w.decided_at, w.booked_on, w.answer
      from write_offs w
      join invoices i on i.owner_id = w.owner_id and i.id = w.invoice_id
      left join users a on a.id = w.asked_by
      left join users d on d.id = w.decided_by
     where w.owner_id = (select app_owner_id())";

pub(super) async fn find(tx: &Tx, id: WriteOffId) -> Result<Option<WriteOffView>> {
    Ok(tx.maybe(&format!("{VIEW} and w.id = $1"), &[&id]).await?.as_ref().map(view))
}

/// The write-offs after `window.after`, newest first.
pub(super) async fn page(tx: &Tx, filter: &WriteOffFilter, window: &Window<WriteOffId>) -> Result<Vec<WriteOffView>> {
    let sql = format!(
        "{VIEW} and ($1::text is null or w.status = $1) and ($2::uuid is null or w.invoice_id = $2)
            and ($3::uuid is null or w.id < $3)
          order by w.id desc
          limit $4"
    );
    let rows = tx.last().all(&sql, &[&filter.status, &filter.invoice_id, &window.after, &window.rows()]).await?;
    Ok(rows.iter().map(view).collect())
}

fn view(row: &Row) -> WriteOffView {
    WriteOffView {
        id: row.get("id"),
        status: row.get("status"),
        invoice_id: row.get("invoice_id"),
        invoice_code: row.get("invoice_code"),
        contract_id: row.get("contract_id"),
        contract_code: row.get("contract_code"),
        customer_name: row.get("customer_name"),
        units: row.get("units"),
        amount: row.get("amount"),
        reason: row.get("reason"),
        asked_by: row.get("asked_by"),
        asked_at: row.get("asked_at"),
        decided_by: row.get("decided_by"),
        decided_at: row.get("decided_at"),
        booked_on: row.get("booked_on"),
        answer: row.get("answer"),
    }
}
