//! A batch of bills and everything they leave behind, in the transaction that is open.

use std::collections::HashSet;

use base::{Conflict, Error, OnConstraint, Promise, Result, Tx, params};
use domain::{ContractId, Money, PromiseId, TenantId};
use serde_json::json;
use uuid::Uuid;

use super::{
    bills,
    portion::{Ground, Portion},
};
use crate::{
    invoices::{self, Bill, Spending},
    news::InvoiceIssued,
};

/// What a batch came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Made {
    pub bills: usize,
    pub total: Money,
    pub first_code: Option<String>,
    pub last_code: Option<String>,
}

/// Makes the bills of a portion that are missing, but for those of whoever is left out. The caller holds the month's
/// lock.
pub(super) async fn make(
    tx: &Tx,
    ground: &Ground,
    portion: &Portion,
    left_out: &HashSet<ContractId>,
    send: bool,
) -> Result<Made> {
    let missing: Vec<_> = portion.0.iter().filter(|looked| !left_out.contains(&looked.facts.contract)).collect();
    let mut bills = bills::of(tx, ground, &missing);
    if bills.is_empty() {
        return Ok(Made::default());
    }
    let tenants: Vec<TenantId> = bills.iter().map(|bill| bill.tenant_id).collect();
    let count = i64::try_from(bills.len()).map_err(|error| Error::Internal(error.to_string()))?;
    let year = i32::from(ground.issue_on.year());
    let numbers = tx.ahead("select take_numbers('invoice', $1, $2) as first", params![year, count]).await?;
    let mut purses = invoices::lock_credits(tx, &tenants).await?;
    let first: i64 = numbers.rows()?.first().ok_or_else(|| Error::Internal("no number was given".into()))?.get("first");
    let mut spent = Vec::new();
    for (number, bill) in (first..).zip(&mut bills) {
        let due_on = bill.due_on.ok_or_else(|| Error::Internal("a planned bill has its due date".into()))?;
        bill.issue(tx.app(), number, ground.issue_on, due_on)?;
        spent.extend(invoices::spend(&mut purses, bill)?);
    }
    let written = write(tx, ground, &bills, &spent, send).await;
    written.on_constraint("invoices_once_a_month", || Conflict::new("MONTH_BEING_BILLED").into())?;
    Ok(Made {
        bills: bills.len(),
        total: Money::sum(bills.iter().map(|bill| bill.total))?,
        first_code: bills.first().and_then(|bill| bill.code.clone()),
        last_code: bills.last().and_then(|bill| bill.code.clone()),
    })
}

/// Everything a batch leaves behind. A refusal of one statement may come to light at any later one, so what Postgres
/// says is waited for here.
async fn write(tx: &Tx, ground: &Ground, bills: &[Bill], spent: &[Spending], send: bool) -> Result<()> {
    invoices::write_bills(tx, bills).await?;
    invoices::write_spendings(tx, spent).await?;
    note(tx, bills).await?;
    if send {
        announce(tx, bills).await?;
    }
    if ground.receipt_on_payment {
        invoices::promise_receipts(tx, spent).await?;
    }
    tx.settled().await
}

/// One line in the audit for each bill.
pub(crate) async fn note(tx: &Tx, bills: &[Bill]) -> Result<()> {
    let ids: Vec<Uuid> = bills.iter().map(|_| Uuid::now_v7()).collect();
    let invoices: Vec<_> = bills.iter().map(|bill| bill.id).collect();
    let told: Vec<_> = bills.iter().map(Bill::told).collect();
    let actor = tx.actor();
    tx.later(
        "insert into audit_log (id, action, entity, entity_id, after, request_id, ip)
         select n.id, 'invoice.create', 'invoice', n.invoice, n.told, $4, $5
           from unnest($1::uuid[], $2::uuid[], $3::jsonb[]) as n (id, invoice, told)",
        params![ids, invoices, told, actor.request_id, actor.ip.map(|ip| ip.to_string())],
    )
    .await
}

/// Promises the news of each bill, in one statement.
async fn announce(tx: &Tx, bills: &[Bill]) -> Result<()> {
    let ids: Vec<PromiseId> = bills.iter().map(|_| PromiseId::new()).collect();
    let news: Vec<InvoiceIssued> = bills.iter().map(|bill| InvoiceIssued { invoice: bill.id }).collect();
    let aggregates: Vec<Option<Uuid>> = news.iter().map(Promise::aggregate).collect();
    let payloads: Vec<serde_json::Value> = news.iter().map(|news| json!(news)).collect();
    tx.later(
        "insert into outbox (id, kind, aggregate_id, payload, run_at)
         select p.id, $4, p.aggregate, p.payload, $5
           from unnest($1::uuid[], $2::uuid[], $3::jsonb[]) as p (id, aggregate, payload)",
        params![ids, aggregates, payloads, InvoiceIssued::KIND, tx.clock().now()],
    )
    .await?;
    tx.promised_many();
    Ok(())
}
