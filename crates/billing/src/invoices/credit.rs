//! What tenants paid too much, spent on their next bills, the oldest payment first.

use std::collections::HashMap;

use base::{Error, Result, Tx, clock::business_day, params};
use domain::{
    AllocationId, InvoiceId, Money, PaymentId, TenantId,
    allocation::{self, Credit},
    payment::PaymentMethod,
};
use jiff::Timestamp;

use super::Bill;

/// What is left of a payment.
#[derive(Debug, Clone)]
pub(crate) struct Purse {
    payment: PaymentId,
    left: Money,
    method: PaymentMethod,
    paid_at: Timestamp,
}

/// A part of a credit that was put on a bill.
#[derive(Debug, Clone)]
pub(crate) struct Spending {
    pub payment: PaymentId,
    pub invoice: InvoiceId,
    pub amount: Money,
    pub method: PaymentMethod,
    pub paid_at: Timestamp,
}

/// The credit of some tenants, held until this transaction ends.
pub(crate) async fn lock_credits(tx: &Tx, tenants: &[TenantId]) -> Result<HashMap<TenantId, Vec<Purse>>> {
    let rows = tx
        .all(
            "select id, tenant_id, amount - allocated as left_over, method, paid_at
               from payments
              where owner_id = (select app_owner_id()) and tenant_id = any($1)
                and status = 'recorded' and allocated < amount
              order by id
                for no key update",
            &[&tenants],
        )
        .await?;
    let mut purses: HashMap<TenantId, Vec<Purse>> = HashMap::new();
    for row in &rows {
        let (left, method) = (row.get("left_over"), row.get("method"));
        let purse = Purse { payment: row.get("id"), left, method, paid_at: row.get("paid_at") };
        purses.entry(row.get("tenant_id")).or_default().push(purse);
    }
    Ok(purses)
}

/// Puts what the tenant has left on a bill that is not written yet.
pub(crate) fn spend(purses: &mut HashMap<TenantId, Vec<Purse>>, bill: &mut Bill) -> Result<Vec<Spending>> {
    let spent = spend_on(purses, bill.tenant_id, bill.id, bill.total)?;
    let paid = sum(&spent)?;
    if paid.is_positive() {
        bill.put(paid)?;
    }
    Ok(spent)
}

/// Takes from a tenant's credit what an invoice with that much open needs.
pub(crate) fn spend_on(
    purses: &mut HashMap<TenantId, Vec<Purse>>,
    tenant: TenantId,
    invoice: InvoiceId,
    open: Money,
) -> Result<Vec<Spending>> {
    let Some(purses) = purses.get_mut(&tenant) else { return Ok(Vec::new()) };
    let credits: Vec<Credit> = purses
        .iter()
        .map(|purse| Credit { payment: purse.payment, paid_on: business_day(purse.paid_at), left: purse.left })
        .collect();
    let settled = allocation::spend_credit(open, &credits).map_err(|error| Error::Internal(error.to_string()))?;
    let mut spent = Vec::with_capacity(settled.spent.len());
    for part in settled.spent {
        let purse = purses.iter_mut().find(|purse| purse.payment == part.payment).expect("it was among the credits");
        purse.left = purse.left.checked_sub(part.amount)?;
        let (method, paid_at) = (purse.method, purse.paid_at);
        spent.push(Spending { payment: part.payment, invoice, amount: part.amount, method, paid_at });
    }
    Ok(spent)
}

/// What was spent altogether.
pub(crate) fn sum(spent: &[Spending]) -> Result<Money> {
    Ok(Money::sum(spent.iter().map(|spending| spending.amount))?)
}

/// Writes the spendings as allocations, without waiting.
pub(crate) async fn write(tx: &Tx, spent: &[Spending]) -> Result<()> {
    if spent.is_empty() {
        return Ok(());
    }
    let payments: Vec<PaymentId> = spent.iter().map(|s| s.payment).collect();
    let invoices: Vec<InvoiceId> = spent.iter().map(|s| s.invoice).collect();
    let amounts: Vec<Money> = spent.iter().map(|s| s.amount).collect();
    let ids: Vec<AllocationId> = spent.iter().map(|_| AllocationId::new()).collect();
    tx.later(
        "insert into allocations (id, payment_id, invoice_id, amount)
         select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[])",
        params![ids, payments.clone(), invoices, amounts.clone()],
    )
    .await?;
    tx.later(
        "update payments p set allocated = p.allocated + s.amount
           from (select payment, sum(amount)::bigint as amount
                   from unnest($1::uuid[], $2::bigint[]) as s (payment, amount) group by payment) s
          where p.owner_id = (select app_owner_id()) and p.id = s.payment",
        params![payments, amounts],
    )
    .await
}
