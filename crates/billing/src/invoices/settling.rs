//! How what a bill below nothing takes off is put where it belongs: on the bills that owe less for it, and off the
//! payments that had paid it.

use base::{Result, Tx, params};
use domain::{AllocationId, ContractId, InvoiceId, Money, PaymentId};

use super::standing::{self, Standing, save, standing};

/// What a payment pays of a bill.
pub(crate) struct Part {
    pub payment: PaymentId,
    pub amount: Money,
}

/// What becomes of payments that somebody else holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Held {
    Awaited,
    /// By whoever holds the bill already: the other may be waiting for it.
    PassedOver,
}

/// The payments that pay a bill, newest first, held until this transaction ends. What its corrections have given back
/// already is not paid by them any more; what is paid of an undone correction is.
pub(crate) async fn lock_parts(tx: &Tx, invoice: InvoiceId, held: Held) -> Result<Vec<Part>> {
    let lock = match held {
        Held::Awaited => "for no key update of p",
        Held::PassedOver => "for no key update of p skip locked",
    };
    parts(tx, invoice, lock).await
}

/// What payments pay of a bill altogether, whoever holds them.
pub(crate) async fn sum_of_parts(tx: &Tx, invoice: InvoiceId) -> Result<Money> {
    Ok(Money::sum(parts(tx, invoice, "").await?.iter().map(|part| part.amount))?)
}

async fn parts(tx: &Tx, invoice: InvoiceId, lock: &str) -> Result<Vec<Part>> {
    let rows = tx
        .all(
            &format!(
                "with family as materialized (
                 select $1::uuid as id
                 union all
                 select c.id from invoices c where c.owner_id = (select app_owner_id()) and c.corrects_id = $1
                 union all
                 select u.id from invoices c
                   join invoices u on u.owner_id = c.owner_id and u.corrects_id = c.id
                  where c.owner_id = (select app_owner_id()) and c.corrects_id = $1)
             select p.id, (select sum(a.amount) from allocations a
                            where a.owner_id = p.owner_id and a.payment_id = p.id
                              and a.invoice_id in (select id from family))::bigint as amount
               from payments p
              where p.owner_id = (select app_owner_id()) and p.status = 'recorded' and p.amount > 0
                and p.id in (select a.payment_id from allocations a
                              where a.owner_id = (select app_owner_id()) and a.invoice_id in (select id from family))
              order by p.id desc
              {lock}"
            ),
            &[&invoice],
        )
        .await?;
    let parts = rows.iter().map(|row| Part { payment: row.get("id"), amount: row.get("amount") });
    Ok(parts.filter(|part| part.amount.is_positive()).collect())
}

/// A contract's open bills, the oldest due first, held until this transaction ends.
pub(crate) async fn lock_open(tx: &Tx, contract: ContractId) -> Result<Vec<Standing>> {
    let rows = tx
        .all(
            "select id, code, status, issued_on, due_on, total, paid_amount
               from invoices
              where owner_id = (select app_owner_id()) and contract_id = $1
                and status in ('issued', 'partially_paid', 'overdue')
              order by due_on, id
                for no key update",
            &[&contract],
        )
        .await?;
    // Held in the order in which payments hold them, used in the order in which they are paid.
    let mut open: Vec<Standing> = rows.iter().map(standing).collect();
    open.sort_by(|a, b| (a.due_on, a.issued_on, &a.code).cmp(&(b.due_on, b.issued_on, &b.code)));
    Ok(open)
}

/// So much of a payment pays nothing any more: it is the tenant's credit.
pub(crate) async fn free(tx: &Tx, payment: PaymentId, amount: Money) -> Result<()> {
    tx.later(
        "update payments set allocated = allocated - $2 where owner_id = (select app_owner_id()) and id = $1",
        params![payment, amount],
    )
    .await
}

/// Writes what payments put on bills or take off them, without waiting.
pub(crate) async fn write_rows(tx: &Tx, rows: &[(PaymentId, InvoiceId, Money)]) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let ids: Vec<AllocationId> = rows.iter().map(|_| AllocationId::new()).collect();
    tx.later(
        "insert into allocations (id, payment_id, invoice_id, amount)
         select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[])",
        params![
            ids,
            rows.iter().map(|row| row.0).collect::<Vec<_>>(),
            rows.iter().map(|row| row.1).collect::<Vec<_>>(),
            rows.iter().map(|row| row.2).collect::<Vec<_>>(),
        ],
    )
    .await
}

/// Puts what a bill below nothing takes off on bills, which then owe so much less; the bill itself is written as settled.
pub(crate) async fn put_from_bill(tx: &Tx, from: InvoiceId, parts: Vec<(Standing, Money)>) -> Result<()> {
    let mut rows: Vec<(InvoiceId, Money)> = parts.iter().map(|(bill, amount)| (bill.id, *amount)).collect();
    rows.push((from, Money::sum(rows.iter().map(|row| row.1))?.checked_neg()?));
    write_rows_from_bill(tx, from, &rows).await?;
    let today = tx.clock().today();
    let steps = parts.into_iter().map(|(bill, amount)| bill.put(amount, today)).collect::<Result<Vec<_>>>()?;
    save(tx, &steps).await
}

/// Writes what a bill below nothing puts on others and on itself – together nothing – without waiting.
pub(crate) async fn write_rows_from_bill(tx: &Tx, from: InvoiceId, rows: &[(InvoiceId, Money)]) -> Result<()> {
    let ids: Vec<AllocationId> = rows.iter().map(|_| AllocationId::new()).collect();
    tx.later(
        "insert into allocations (id, from_invoice_id, invoice_id, amount)
         select a.id, $1, a.invoice, a.amount from unnest($2::uuid[], $3::uuid[], $4::bigint[]) as a (id, invoice, amount)",
        params![
            from,
            ids,
            rows.iter().map(|row| row.0).collect::<Vec<_>>(),
            rows.iter().map(|row| row.1).collect::<Vec<_>>(),
        ],
    )
    .await
}

/// Puts a discount on what the contract owes, the oldest due first. More than that is refused: what is not owed can't be
/// taken off.
pub(crate) async fn put_discount(tx: &Tx, discount: InvoiceId, amount: Money, open: Vec<Standing>) -> Result<()> {
    let owed = Money::sum(open.iter().map(Standing::open))?;
    if amount.compare(owed).is_gt() {
        return Err(base::Conflict::new("DISCOUNT_ABOVE_OPEN").with("open", owed.to_string()).into());
    }
    let (mut left, mut parts) = (amount, Vec::new());
    for bill in open {
        let part = bill.open().min(left);
        if part.is_positive() {
            left = left.checked_sub(part)?;
            parts.push((bill, part));
        }
    }
    put_from_bill(tx, discount, parts).await
}

/// Puts so much on a bill again from a bill below nothing, or takes it off it.
pub(crate) async fn move_between(
    tx: &Tx,
    from: InvoiceId,
    off: InvoiceId,
    onto: InvoiceId,
    amount: Money,
) -> Result<()> {
    let less = amount.checked_neg()?;
    write_rows_from_bill(tx, from, &[(off, less), (onto, amount)]).await?;
    let today = tx.clock().today();
    for (id, amount) in [(off, less), (onto, amount)] {
        let standing = standing::lock(tx, id).await?.ok_or(base::Error::NotFound("invoice"))?;
        save(tx, &[standing.put(amount, today)?]).await?;
    }
    Ok(())
}
