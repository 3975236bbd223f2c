//! What a run needs to know, asked in a few questions whatever its size.

use std::collections::HashMap;

use base::{Result, Tx, params};
use domain::{
    BankAccountId, BankTransactionId, InvoiceId, Money, Month, TenantId,
    matching::{Bill, Book, Debtor, Paid, text_key},
};
use jiff::Timestamp;

/// A line that waits to be judged.
pub(in crate::matching) struct Waiting {
    pub id: BankTransactionId,
    pub account: BankAccountId,
    pub posted_at: Timestamp,
    pub amount: Money,
    pub description: String,
    pub counter_account: Option<String>,
    pub counter_name: Option<String>,
    pub times_linked: i32,
}

/// Two runs of an owner at once are one after the other: the second finds what the first has left.
pub(super) async fn alone(tx: &Tx) -> Result<()> {
    tx.later("select pg_advisory_xact_lock(hashtextextended('bank.match' || app_owner_id()::text, 0))", params![]).await
}

/// The next lines in the order of time, held until this transaction ends.
pub(super) async fn waiting(
    tx: &Tx,
    after: Option<(Timestamp, BankTransactionId)>,
    limit: i64,
) -> Result<Vec<Waiting>> {
    let (posted_at, id) = after.unzip();
    let rows = tx
        .all(
            "select id, account_id, posted_at, amount, description, counter_account, counter_name, times_linked
               from bank_transactions
              where owner_id = (select app_owner_id()) and state in ('unknown', 'probable') and not held
                and (posted_at, id) > (coalesce($1::timestamptz, '-infinity'), coalesce($2::uuid, '00000000-0000-0000-0000-000000000000'))
              order by posted_at, id
              limit $3
                for no key update",
            &[&posted_at, &id, &limit],
        )
        .await?;
    let line = |row: &tokio_postgres::Row| Waiting {
        id: row.get("id"),
        account: row.get("account_id"),
        posted_at: row.get("posted_at"),
        amount: row.get("amount"),
        description: row.get("description"),
        counter_account: row.get("counter_account"),
        counter_name: row.get("counter_name"),
        times_linked: row.get("times_linked"),
    };
    Ok(rows.iter().map(line).collect())
}

/// The owner's open bills, who owes them, which senders are known, which links a waiting line may take back; and whose each
/// bill is.
pub(super) async fn book(tx: &Tx) -> Result<(Book, HashMap<InvoiceId, TenantId>)> {
    let (bills, tenants) = bills(tx).await?;
    let mut book = Book::new(debtors(tx).await?, bills);
    let senders =
        tx.all("select account, contract_id from bank_senders where owner_id = (select app_owner_id())", &[]).await?;
    for row in &senders {
        book.remember_sender(row.get("account"), row.get("contract_id"));
    }
    for paid in taken_back(tx).await? {
        book.remember_paid(paid);
    }
    Ok((book, tenants))
}

/// What is open; arrears from before these books are left to people.
async fn bills(tx: &Tx) -> Result<(Vec<Bill>, HashMap<InvoiceId, TenantId>)> {
    let rows = tx
        .all(
            "select id, code, contract_id, tenant_id, total - paid_amount as open, due_on, period
               from invoices
              where owner_id = (select app_owner_id()) and status in ('issued', 'partially_paid', 'overdue')
                and total > paid_amount and kind <> 'correction'",
            &[],
        )
        .await?;
    let bill = |row: &tokio_postgres::Row| Bill {
        invoice: row.get("id"),
        code: row.get("code"),
        contract: row.get("contract_id"),
        open: row.get("open"),
        due_on: row.get("due_on"),
        month: Some(Month::of(row.get("period"))),
    };
    let tenants = rows.iter().map(|row| (row.get("id"), row.get("tenant_id"))).collect();
    Ok((rows.iter().map(bill).collect(), tenants))
}

/// Whoever owes, and whoever could: a line that names a contract without bills says so.
async fn debtors(tx: &Tx) -> Result<Vec<Debtor>> {
    let rows = tx
        .all(
            "with rooms_of as (
                 select cr.contract_id, array_agg(distinct r.unit_no) as units
                   from contract_rooms cr
                   join rooms r on r.owner_id = cr.owner_id and r.id = cr.room_id
                  where cr.owner_id = (select app_owner_id())
                  group by cr.contract_id)
             select c.id, c.code, c.tenant_id, t.name, t.register_no, t.phone, t.second_phone,
                    coalesce(rooms_of.units, '{}') as units
               from contracts c
               join tenants t on t.owner_id = c.owner_id and t.id = c.tenant_id
               left join rooms_of on rooms_of.contract_id = c.id
              where c.owner_id = (select app_owner_id()) and c.status not in ('draft', 'pending_signature')
                and c.code is not null",
            &[],
        )
        .await?;
    let debtor = |row: &tokio_postgres::Row| {
        let phones: [Option<String>; 2] = [row.get("phone"), row.get("second_phone")];
        Debtor {
            contract: row.get("id"),
            code: row.get("code"),
            units: row.get("units"),
            tenant: row.get("tenant_id"),
            tenant_name: row.get("name"),
            phones: phones.into_iter().flatten().collect(),
            register: row.get::<_, Option<String>>("register_no").unwrap_or_default(),
        }
    };
    Ok(rows.iter().map(debtor).collect())
}

/// Linked lines of a sum that a waiting line has gone out with.
async fn taken_back(tx: &Tx) -> Result<Vec<Paid>> {
    let rows = tx
        .all(
            "select l.id, l.account_id, l.amount, l.description, l.counter_account,
                    array(select a.invoice_id
                            from bank_links k
                            join allocations a on a.owner_id = k.owner_id and a.payment_id = k.payment_id
                           where k.owner_id = l.owner_id and k.transaction_id = l.id and k.undone_at is null) as invoices
               from bank_transactions l
              where l.owner_id = (select app_owner_id()) and l.state = 'linked' and l.amount > 0
                and (l.account_id, l.amount) in (
                    select o.account_id, -o.amount
                      from bank_transactions o
                     where o.owner_id = (select app_owner_id()) and o.state in ('unknown', 'probable') and o.amount < 0
                       and not o.held)
                and not exists (select from bank_transactions b
                                 where b.owner_id = l.owner_id and b.reverses_id = l.id and b.state = 'linked')
              order by l.posted_at, l.id",
            &[],
        )
        .await?;
    let paid = |row: &tokio_postgres::Row| Paid {
        line: row.get("id"),
        account: row.get("account_id"),
        amount: row.get("amount"),
        text_key: text_key(row.get("description")),
        counter_account: row.get("counter_account"),
        invoices: row.get("invoices"),
    };
    Ok(rows.iter().map(paid).collect())
}
