//! Recording money: the payment, what it pays, and the news of it, in one go.

use base::{Conflict, Error, OnConstraint, Result, Tx, params, tx::Ahead};
use domain::{
    AllocationId, InvoiceId, Money, PaymentId, TenantId,
    allocation::{self, Allocation, AllocationError, OpenInvoice, Spread},
    payment::PaymentMethod,
    rights::Action,
};
use jiff::Timestamp;
use serde_json::json;

use crate::{
    invoices::{self, Standing},
    news::PaymentReceived,
    receipts::IssueReceipt,
};

/// Money as it came in, before it is known what it pays.
#[derive(Debug, Clone)]
pub struct Incoming {
    pub tenant: TenantId,
    pub method: PaymentMethod,
    /// Of which nothing was recorded yet; more than zero.
    pub amount: Money,
    pub paid_at: Timestamp,
    /// Who paid, as the provider or the payer says; empty when nobody said.
    pub payer: String,
    /// The provider's own id of the payment: under it money is recorded once.
    pub provider_reference: Option<String>,
    pub note: String,
    /// Paid for this invoice; what it does not need goes to the oldest due.
    pub for_invoice: Option<InvoiceId>,
    /// Spread by hand; then nothing goes anywhere else.
    pub allocations: Option<Vec<(InvoiceId, Money)>>,
}

/// A payment that is in the books now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    pub payment: PaymentId,
    pub allocations: Vec<Allocation>,
    /// What no bill needed: the tenant's credit.
    pub credit: Money,
}

/// Records money and puts it on the tenant's bills; `None` when this provider reference is in the books already.
///
/// The tenant's open bills are locked, so that two payments at once are put on them one after the other.
pub async fn record(tx: &Tx, incoming: Incoming) -> Result<Option<Recorded>> {
    tx.allow(Action::RecordPayments)?;
    if !incoming.amount.is_positive() {
        return Err(Error::field("amount", "not-positive"));
    }
    let payment = PaymentId::new();
    let (inserted, owner, bills) = enter(tx, payment, &incoming)
        .await
        .on_constraint("payments_owner_id_tenant_id_fkey", || Error::NotFound("tenant"))?;
    if inserted.rows()?.is_empty() {
        return Ok(None);
    }
    let with_receipt = owner.rows()?.first().is_some_and(|row| row.get::<_, &str>("receipt_moment") == "on_payment");

    let Spread { allocations, rest } = spread(&incoming, &bills)?;
    put(tx, payment, &allocations, bills).await?;
    let paid = incoming.amount.checked_sub(rest)?;
    tx.later("update payments set allocated = $2 where id = $1", params![payment, paid]).await?;
    let told: Vec<_> = allocations.iter().map(|a| json!({ "invoiceId": a.invoice, "amount": a.amount })).collect();
    tx.audit(
        "payment.record",
        payment.0,
        &json!({ "tenantId": incoming.tenant, "method": incoming.method, "amount": incoming.amount,
                 "paidAt": incoming.paid_at, "allocations": told }),
    )
    .await?;
    tx.promise(&PaymentReceived { payment }).await?;
    if with_receipt && !allocations.is_empty() {
        tx.promise(&IssueReceipt { payment }).await?;
    }
    Ok(Some(Recorded { payment, allocations, credit: rest }))
}

/// Puts the payment into the books and holds the bills it may pay, in one wait. A refusal of the first statement may
/// come to light at any of them.
async fn enter(tx: &Tx, payment: PaymentId, incoming: &Incoming) -> Result<(Ahead, Ahead, Vec<Standing>)> {
    let inserted = insert(tx, payment, incoming).await?;
    let owner =
        tx.ahead("select receipt_moment from property_owners where id = (select app_owner_id())", vec![]).await?;
    let bills = lock_open(tx, incoming.tenant).await?;
    Ok((inserted, owner, bills))
}

/// By hand, or the invoice it was paid for and then the oldest due.
fn spread(incoming: &Incoming, bills: &[Standing]) -> Result<Spread> {
    let open: Vec<OpenInvoice> = bills.iter().map(Standing::as_open_invoice).collect();
    if let Some(chosen) = &incoming.allocations {
        let chosen: Vec<Allocation> =
            chosen.iter().map(|(invoice, amount)| Allocation { invoice: *invoice, amount: *amount }).collect();
        return allocation::by_hand(incoming.amount, &open, &chosen).map_err(refusal);
    }
    let (meant, others): (Vec<OpenInvoice>, Vec<OpenInvoice>) =
        open.into_iter().partition(|invoice| Some(invoice.id) == incoming.for_invoice);
    let mut spread = allocation::oldest_first(incoming.amount, &meant).map_err(refusal)?;
    if spread.rest.is_positive() {
        let more = allocation::oldest_first(spread.rest, &others).map_err(refusal)?;
        spread.allocations.extend(more.allocations);
        spread.rest = more.rest;
    }
    Ok(spread)
}

/// What a person can do about a spread that does not fit.
pub(super) fn refusal(error: AllocationError) -> Error {
    match error {
        AllocationError::NotPositive { .. } => Error::field("amount", "not-positive"),
        AllocationError::MoreThanPaid { left, .. } => {
            Conflict::new("OVER_ALLOCATION").with("open", left.to_string()).into()
        }
        AllocationError::MoreThanOpen { code, open, .. } => {
            Conflict::new("OVER_ALLOCATION").with("open", open.to_string()).with("code", code).into()
        }
        AllocationError::NotOpen(_) => Error::NotFound("invoice"),
        AllocationError::InvoiceTwice(_) => Error::field("allocations", "repeated"),
        AllocationError::PaymentTwice(_) => Error::Internal(error.to_string()),
    }
}

/// Writes allocations of a payment and what they make of the bills, without waiting.
pub(crate) async fn put(
    tx: &Tx,
    payment: PaymentId,
    allocations: &[Allocation],
    mut bills: Vec<Standing>,
) -> Result<()> {
    let today = tx.clock().today();
    let mut steps = Vec::with_capacity(allocations.len());
    for allocation in allocations {
        let place = bills.iter().position(|bill| bill.id == allocation.invoice).ok_or(Error::NotFound("invoice"))?;
        steps.push(bills.swap_remove(place).put(allocation.amount, today)?);
    }
    if steps.is_empty() {
        return Ok(());
    }
    let ids: Vec<AllocationId> = allocations.iter().map(|_| AllocationId::new()).collect();
    let invoices: Vec<InvoiceId> = allocations.iter().map(|a| a.invoice).collect();
    let amounts: Vec<Money> = allocations.iter().map(|a| a.amount).collect();
    tx.later(
        "insert into allocations (id, payment_id, invoice_id, amount)
         select a.id, $1, a.invoice, a.amount from unnest($2::uuid[], $3::uuid[], $4::bigint[]) as a (id, invoice, amount)",
        params![payment, ids, invoices, amounts],
    )
    .await?;
    invoices::save_standings(tx, &steps).await
}

/// Puts the payment into the books; gives no row when its reference is there already. Money that a provider tells of too
/// late, when its month is locked, has come all the same: it counts from now on.
async fn insert(tx: &Tx, id: PaymentId, incoming: &Incoming) -> Result<Ahead> {
    tx.ahead(
        "insert into payments (id, tenant_id, method, amount, paid_at, payer, provider_reference, note)
         values ($1, $2, $3, $4,
                 case when $7::text is not null and day_is_locked(app_owner_id(), business_day($5)) then $9 else $5 end,
                 $6, $7, $8)
         on conflict (owner_id, method, provider_reference) do nothing
         returning id",
        params![
            id,
            incoming.tenant,
            incoming.method,
            incoming.amount,
            incoming.paid_at,
            incoming.payer.clone(),
            incoming.provider_reference.clone(),
            incoming.note.clone(),
            tx.clock().now(),
        ],
    )
    .await
}

/// The tenant's open bills, held until this transaction ends.
pub(super) async fn lock_open(tx: &Tx, tenant: TenantId) -> Result<Vec<Standing>> {
    let rows = tx
        .all(
            "select id, code, status, issued_on, due_on, total, paid_amount
               from invoices
              where owner_id = (select app_owner_id()) and tenant_id = $1
                and status in ('issued', 'partially_paid', 'overdue')
              order by due_on, id
                for no key update",
            &[&tenant],
        )
        .await?;
    Ok(rows.iter().map(invoices::standing).collect())
}
